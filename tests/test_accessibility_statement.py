"""The accessibility statement: what only people can judge comes from the settings, and machines claim nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from lxml import html

from idesluss import outputs, reading, settings, translate
from idesluss.artifact import Page

Instance = Callable[[Mapping[str, str | bytes | None]], Path]
SETTINGS = "name: Slussen\nowner: Kommun\naddress: https://x.example/\ncontact: sluss@kommun.example\n{}"
FULL = "helt förenlig"
PARTLY = "delvis förenlig"


@pytest.fixture(autouse=True)
def in_swedish(undisturbed: None) -> None:  # noqa: ARG001 - it gives the former language back
    translate.use("sv")


def statement(instance: Instance, more: str, **files: str) -> str | None:
    """The words of the statement, or None where none is made."""
    root = instance({"idesluss.yml": SETTINGS.format(more), **files})
    told, faults = settings.load(root)
    assert told is not None, faults
    catalogue = reading.load(root, told, lambda *_: ()).catalogue.for_audience("public")
    made = {artifact.path: artifact for output in outputs.OUTPUTS for artifact in output(catalogue)}
    artifact = made.get("tillganglighet/index.html")
    assert ("tillganglighet/" in outputs.addresses(catalogue)) is (artifact is not None)
    if artifact is None:
        return None
    page = artifact.make()
    assert isinstance(page, Page)
    return " ".join("".join(map(str, html.fromstring(page.body).itertext())).split())


def test_without_a_word_from_people_nothing_is_claimed(instance: Instance) -> None:
    said = statement(instance, "")
    assert said is not None
    assert "Ingen har ännu bedömt" in said
    assert "axe-core" in said
    assert FULL not in said
    assert PARTLY not in said
    assert "Ingen människa har granskat portalen" in said
    assert "sluss@kommun.example" in said
    assert "Digg" in said


def test_status_gaps_and_the_review_are_told_as_the_settings_say(instance: Instance) -> None:
    said = statement(
        instance,
        "accessibility:\n  status: partly\n  reviewed: 2026-10-14\n  method: Två redaktörer läste tolv sidor.\n"
        "  gaps:\n    - {what: Kartan kräver mus., by: 2027-03}\n"
        "    - {what: Äldre filmer saknar text., why: burden, reason: Det är 900 filmer.}\n"
        "    - {what: Kartor till sjöss., why: outside_law}\n",
    )
    assert said is not None
    assert PARTLY in said
    assert FULL not in said
    assert "14 oktober 2026" in said
    assert "Två redaktörer läste tolv sidor." in said
    assert "Kartan kräver mus. Ska vara åtgärdat senast mars 2027." in said
    assert said.index("oskäligt betungande") < said.index("Äldre filmer") < said.index("lagen inte omfattar")
    assert "Ingen människa har granskat" not in said


def test_what_has_no_full_stop_runs_not_into_the_next_sentence(instance: Instance) -> None:
    said = statement(
        instance,
        "accessibility:\n  gaps:\n    - {what: Kartan kräver mus, by: 2027-03}\n"
        "    - {what: Filmer saknar text, why: burden, reason: Det är 900 filmer}\n",
    )
    assert said is not None
    assert "Kartan kräver mus. Ska vara åtgärdat senast mars 2027." in said
    assert "Filmer saknar text. Det är 900 filmer." in said


def test_full_stands_only_after_a_review_and_without_gaps(instance: Instance) -> None:
    said = statement(instance, "accessibility: {status: full, reviewed: 2026-10-14}\n")
    assert said is not None
    assert FULL in said
    for more in ("{status: full}", "{status: full, reviewed: 2026-10-14, gaps: [{what: Kartan.}]}"):
        root = instance({"idesluss.yml": SETTINGS.format(f"accessibility: {more}\n")})
        told, faults = settings.load(root)
        assert told is None
        (fault,) = faults
        assert (fault.path, fault.place.line, fault.code) == ("idesluss.yml", 5, "bad-value")
        assert "full" in translate.render(fault.hint)


def test_a_statement_of_ones_own_is_kept(instance: Instance) -> None:
    assert statement(instance, "", **{"docs/tillganglighet.md": "# Vår egen\n"}) is None
