"""What a region wrote that began an idésluss of its own, and that did not stand where its readers look for it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import SETTINGS, run_cli
from idesluss.body import read_body
from idesluss.body.parts import plain
from idesluss.outputs.prose import description
from test_odd_content import UNIT, case
from test_outputs import page, read, small, words

__all__ = ["small"]
IDEA = "---\ntitle: En idé\nunit: skola\nstage: {}\n{}---\n\n## Problem\n\nDet.\n"
NEED = "---\ntitle: Halka\nunit: skola\nsource: audit\n---\n\n## Behovet\n\nHalka.\n"
NOTED = (
    "## Vad\n\nEn givare[^1].\n\n## Varför\n\nDärför.\n\n## Hur\n\nSå.\n\n## Lärdomar\n\nMät.\n\n"
    "## Ta över\n\nBörja.\n\n[^1]: Noten.\n"
)


def idea(stage: str, *lines: str) -> str:
    return IDEA.format(stage, "".join(f"{line}\n" for line in lines))


def test_the_footnotes_of_an_example_stand_after_all_of_its_text(small: Callable[..., Path]) -> None:
    """Wherever its last section has its place, which for how to take it over is beside the text."""
    tree = page(read(small({"ideas/cases/givare.md": case(NOTED)})), "exempel/givare/")
    notes = tree.find_class("footnotes")
    assert len(notes) == 1
    assert words(notes[0]).startswith("Noten.")
    assert "Noten" not in words(next(tree.iter("aside")))
    assert notes[0].getparent().getprevious().text_content().strip() == "Mät."


def test_footnotes_are_in_no_section_and_their_numbers_are_no_words() -> None:
    body = read_body(NOTED, "ideas/cases/givare.md", {"ta över": "adoption"}, "sv")
    adoption = body.section("adoption")
    assert adoption
    assert adoption.html == "<p>Börja.</p>"
    assert plain(body.notes) == "Noten."
    assert plain(body.html).startswith("Vad En givare. Varför")
    alone = read_body("En givare[^1].\n\n[^1]: Noten.\n", "ideas/cases/givare.md", {}, "sv")
    assert (plain(alone.lead), plain(alone.notes)) == ("En givare.", "Noten.")


def test_a_section_that_somebody_wrote_is_no_footnote() -> None:
    body = read_body("## Vad\n\n<section>\n\nEn ruta.\n\n</section>\n", "ideas/cases/x.md", {"vad": "what"}, "sv")
    assert body.notes == ""
    what = body.section("what")
    assert what
    assert plain(what.html) == "En ruta."
    assert "footnotes" not in body.html


def test_what_was_hard_is_told_without_the_headings_below_it(small: Callable[..., Path]) -> None:
    hard = "## Vad\n\nA.\n\n## Varför\n\nB.\n\n## Hur\n\nC.\n\n## Utmaningar\n\n{}### Tekniken\n\nWifi.\n"

    def told(before: str) -> str:
        tree = page(read(small({"ideas/cases/givare.md": case(hard.format(before))})), "exempel/givare/")
        return words(tree.find_class("shorts")[0])

    assert told("Schemat var svårt.\n\n").endswith("Det som var svårtSchemat var svårt.")
    assert told("").endswith("Det som var svårtWifi.")


def test_what_tells_of_an_entry_without_a_summary_has_no_headings(small: Callable[..., Path]) -> None:
    links = "[länk](https://a.example/" + "x" * 900 + ")"
    for body, said in ((NOTED, "En givare. Därför. Så. Mät. Börja. Noten."), (f"## Vad\n\nEn. {links}\n", "En.")):
        catalogue = read(small({"ideas/cases/givare.md": case(body)}))
        assert description(catalogue.entries["givare"]) == said


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "Här finns ingen idé om det här ännu."),
        ({"ideas/2026/a.md": idea("closed", "needs: [halka]")}, "Ingen av idéerna här är på väg."),
        ({"ideas/cases/givare.md": case(status="failed", more="needs: [halka]")}, "Det som prövades fungerade inte."),
        ({"ideas/2026/a.md": idea("answered", "needs: [halka]")}, ""),
    ],
)
def test_a_need_that_waits_does_not_deny_what_has_been_tried(
    small: Callable[..., Path], files: dict[str, str], said: str
) -> None:
    tree = page(read(small({"ideas/needs/halka.md": NEED, **files})), "behov/halka/")
    assert [words(box.find(".//b")) for box in tree.find_class("now")] == ([said] if said else [])


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-01-19", "Svaret kommer inom 10 arbetsdagar"),
        ("2026-01-20", "Svaret skulle ha kommit senast 19 januari 2026"),
    ],
)
def test_no_answer_is_promised_for_a_day_that_has_passed(small: Callable[..., Path], now: str, said: str) -> None:
    root = small({"ideas/2026/a.md": idea("submitted", "handed_in: {door: form, at: 2026-01-02}")})
    assert said in words(page(read(root, datetime.date.fromisoformat(now)), "ideer/a/").find_class("now")[0])


def test_a_chamber_that_was_skipped_has_no_date(small: Callable[..., Path]) -> None:
    decision = "decisions: [{{date: 2026-01-04, to: concept, by: Rådet, reason: Känt.{}}}]"
    checked = "duplicates_checked: {date: 2026-01-03}"
    told = []
    for skips in ("", ", skips: [assessed]"):
        root = small({"ideas/2026/a.md": idea("concept", checked, decision.format(skips))})
        told.append("3 jan 2026" in words(page(read(root), "ideer/a/").find_class("lock")[0]))
    assert told == [True, False]


def test_what_is_known_by_its_year_stands_after_what_came_before_it(small: Callable[..., Path]) -> None:
    steps = "{stage: submitted, date: 2021-03}, {stage: answered, date: 2021-04-12}, {stage: concept, date: 2021}"
    root = small({"ideas/2021/a.md": idea("concept", f"history: [{steps}]")})
    catalogue = read(root)
    happened = [words(one) for one in page(catalogue, "ideer/a/").find_class("time")[0].iter("li")]
    assert [one.partition(" · ")[0] for one in happened] == ["2021", "12 april 2021", "mars 2021"]
    assert "mars 2021" in words(page(catalogue, "ideer/"))


def test_what_is_quoted_in_what_is_quoted_stands_between_single_marks(small: Callable[..., Path]) -> None:
    line = "log: [{date: 2026-01-02, role: Coach, type: note, text: Idén ”Buss” ingår., public: true}]"
    text = words(page(read(small({"ideas/2026/a.md": idea("submitted", line)})), "ideer/a/"))
    assert "”Idén ’Buss’ ingår.”" in text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{measure: Svinn, result: 3,1 mnkr}", 'result: "3,1 mnkr"'),
        ("{measure: Svinn, result: Färre fel, mest på natten, date: 2025}", 'result: "Färre fel, mest på natten"'),
        ("{measure: Svinn, result }", 'measure: "Svinn, result"'),
    ],
)
def test_a_comma_in_text_between_braces_loses_nothing(instance: Callable[..., Path], written: str, meant: str) -> None:
    """YAML takes the rest for a field without a value, and what stands there would be lost without a word."""
    files = {"idesluss.yml": SETTINGS, "ideas/units/skola.md": UNIT}
    root = instance({**files, "ideas/cases/givare.md": case(more=f"effects: [{written}]")})
    said = run_cli("check", root=root).stdout
    assert f"sätt citattecken runt text med kommatecken: {meant}" in said
    name, _colon, quoted = meant.partition(": ")
    mended = written.replace(f"{name}: {quoted[1:-1]}", meant).replace(" }", "}")
    root = instance({**files, "ideas/cases/givare.md": case(more=f"effects: [{mended}]")})
    assert run_cli("check", root=root).returncode == 0


@pytest.mark.parametrize("written", ["{measure: Svinn, result: , date:   }", '{"measure":"Svinn", "result": "" }'])
def test_a_field_left_empty_between_braces_is_no_fault(instance: Callable[..., Path], written: str) -> None:
    files = {"idesluss.yml": SETTINGS, "ideas/units/skola.md": UNIT}
    root = instance({**files, "ideas/cases/givare.md": case(more=f"effects: [{written}]")})
    assert "läses som ett eget fält" not in run_cli("check", root=root).stdout
