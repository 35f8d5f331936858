"""`idesluss redact` and `idesluss hand-over`: what must not be seen goes, and a coach's work changes hands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import GitInstance
from idesluss.edit import prose
from idesluss.entry import read
from idesluss.settings import Settings, load
from idesluss.source import parse
from working import STOCK, run, text

PATH = "ideas/2026/varma-matlador.md"
SECRET = "Granne i trean"
FULL = f"""\
---
title: Varma matlådor
summary: {SECRET} klagade.  # kommentar
unit: kok
stage: answered
coach: coach-omsorg
log:
  - date: 2026-01-10
    role: Idécoach
    type: answer
    text: Tack!
  - date: 2026-01-12
    role: Kökschef
    type: note
    text: >-
      {SECRET} ringde
      om maten.
next_step: {{what: "{SECRET}", role: Kökschef, by: 2026-02-01}}
---

Inledning.

## Problem

Maten är kall. {SECRET} såg det.

### Mer

{SECRET} igen.

Eget
----

{SECRET}.
"""


pytestmark = pytest.mark.usefixtures("undisturbed")


@pytest.fixture
def root(instance: Callable[[Mapping[str, str]], Path]) -> Path:
    return instance({**STOCK, PATH: FULL})


def front(root: Path, path: str = PATH) -> dict[str, Any]:
    source, _ = parse(path, (root / path).read_bytes())
    assert source is not None
    return source.front


def redact(root: Path, *fields: str, reason: str = "Pekade ut någon") -> Any:
    return run(root, "redact", "varma-matlador", *fields, "--reason", reason, "--now", "2026-02-02")


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        (("summary",), 5), (("log.2.text",), 5), (("log.2",), 5), (("next_step.what",), 5), (("next_step",), 5),
        (("problem",), 4), (("body",), 3), (("summary", "log.2.text", "next_step", "body"), 0),
        (("log.2.text", "problem", "summary"), 2),
    ],
)  # fmt: skip
def test_what_is_named_goes_and_nothing_else(root: Path, fields: tuple[str, ...], left: int) -> None:
    done = redact(root, *fields)
    assert done.exit_code == 0, done.output
    assert text(root).count(SECRET) == left
    assert SECRET not in done.output, "what was taken out is not said again"
    assert "git's history still holds" in done.stderr
    assert front(root)["redacted"] == {"date": "2026-02-02", "reason": "Pekade ut någon"}
    assert run(root, "check").exit_code == 0
    assert "title: Varma matlådor\n" in text(root)


def test_what_cannot_be_missing_gives_way_to_words_in_the_language_of_the_instance(root: Path) -> None:
    assert redact(root, "log.2.text", "problem", "title").exit_code == 0
    assert front(root)["title"] == "Borttaget"
    assert front(root)["log"][1] == {"date": "2026-01-12", "role": "Kökschef", "type": "note", "text": "Borttaget"}
    assert "Inledning.\n\n## Problem\n\nBorttaget.\n\nEget\n----\n" in text(root)


def test_evidence_gives_way_to_words_where_its_stage_asks_for_it(root: Path) -> None:
    decided = FULL.replace("stage: answered", "stage: referred\nreferred: {to: Granne}")
    (root / PATH).write_text(decided, "utf-8")
    assert redact(root, "referred.to").exit_code == 0
    assert front(root)["referred"] == {"to": "Borttaget"}


def test_what_no_words_can_stand_for_is_refused(root: Path) -> None:
    for field, code in (("unit", "bad-value"), ("stage", "bad-value"), ("log.1.date", "bad-value")):
        refused = redact(root, field)
        assert refused.exit_code == 1, field
        assert f"[{code}]" in refused.output
    whole = redact(root, "log.1")
    assert "[missing-evidence]" in whole.output
    assert "log.1.text" in whole.output
    assert text(root) == FULL
    for field, said in (
        ("lesson", "not filled in"),
        ("log.7.text", "not filled in"),
        ("problm", "did you mean problem?"),
    ):
        refused = redact(root, field)
        assert (refused.exit_code, said in refused.output) == (2, True), refused.output
    assert "--reason" in run(root, "redact", "varma-matlador", "summary").output


def test_git_finds_nothing_wrong_with_a_record_that_was_redacted(git_instance: GitInstance) -> None:
    root = git_instance.root
    git_instance.commit({**STOCK, PATH: FULL}, "2026-01-15")
    assert redact(root, "log.2").exit_code == 0
    git_instance.commit({}, "2026-02-02")
    told = run(root, "check", "--base", "HEAD~1")
    assert told.exit_code == 0, told.output
    assert SECRET in git_instance.git("show", f"HEAD~1:{PATH}"), "as the command says, the history still holds it"


def test_a_test_is_named_by_its_key(root: Path) -> None:
    tests = [
        f"  - {{key: {key}, hypothesis: Hjälper, measure: {SECRET}, threshold: 60, period: {{start: 2026-02-01}}}}\n"
        for key in ("lock", "sked")
    ]
    (root / PATH).write_text(FULL.replace("next_step:", f"tests:\n{''.join(tests)}next_step:"), "utf-8")
    done = redact(root, "tests.sked.measure")
    assert done.exit_code == 0, done.output
    assert [test["measure"] for test in front(root)["tests"]] == [SECRET, "Borttaget"]


def test_other_kinds_are_redacted_too(root: Path) -> None:
    done = run(root, "redact", "varm-mat", "confirmed.how", "description", "--reason", "Pekade ut någon")
    assert done.exit_code == 0, done.output
    assert front(root, "ideas/needs/varm-mat.md")["confirmed"]["how"] == "Borttaget"
    assert text(root, "ideas/needs/varm-mat.md").endswith("## Beskrivning\n\nBorttaget.\n")


NUMBER = re.compile(r"-\d+(?=\")")
"""What tells anchors of equal headings apart."""
HEADINGS = st.sampled_from(
    [
        *("## Problem", "Problemet\n---", "Den här\n*lösningen*\n ===", "## Lösning", "## Bakgrund #\n---"),
        *("# Stor", "### Liten", "Eget\n----", "> ## Citat", "```\n## Kod\n```"),
    ]
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(HEADINGS, st.sampled_from(["Ord.", "- a\n- b", "", "> x"]))), st.booleans(), st.data())
def test_only_the_section_changes(root: Path, parts: list[tuple[str, str]], windows: bool, data: st.DataObject) -> None:
    body = "Först.\n\n" + "\n\n".join(f"{heading}\n\n{words}" for heading, words in parts) + "\n"
    whole = f"---\ntitle: A\nunit: kok\n---\n{body}".replace("\n", "\r\n" if windows else "\n").encode()
    settings_, _ = load(root)
    assert isinstance(settings_, Settings)
    entry = read(PATH, whole, settings_).entry
    assert entry is not None
    name = data.draw(st.sampled_from(prose.sections_of(entry)))
    after = prose.replaced(whole, entry, name, "Borttaget.")
    again = read(PATH, after, settings_).entry
    assert again is not None
    assert after.startswith(whole[: whole.index(b"F\xc3\xb6rst")].rstrip(b"\r\n"))
    assert after.count(b"\n") == (after.count(b"\r\n") if windows else after.count(b"\n"))
    if name == prose.WHOLE:
        assert {section.html for section in again.body.sections} <= {"<p>Borttaget.</p>"}
        assert all(section.key for section in again.body.sections), "a heading of one's own may say it too"
    else:
        at = next(at for at, cut in enumerate(entry.body.cuts) if cut.key == name)
        kept, now = ([NUMBER.sub("", section.html) for section in body.sections] for body in (entry.body, again.body))
        assert now == [*kept[:at], "<p>Borttaget.</p>", *kept[at + 1 :]]


def test_a_coach_hands_everything_over(root: Path) -> None:
    closed = FULL.replace("stage: answered", "stage: withdrawn\nwithdrawn: {date: 2026-01-20}").replace(SECRET, "Någon")
    (root / "ideas/2026/stangd.md").write_text(closed, "utf-8")
    open_only = run(root, "hand-over", "coach-omsorg", "coach-stad", "--only-open", "--dry-run")
    assert open_only.exit_code == 0, open_only.output
    assert PATH in open_only.output
    assert "stangd" not in open_only.output
    done = run(root, "hand-over", "coach-omsorg", "coach-stad")
    assert done.exit_code == 0, done.output
    assert "2 ideas handed over to coach-stad." in done.stderr
    assert [front(root, path)["coach"] for path in (PATH, "ideas/2026/stangd.md")] == ["coach-stad", "coach-stad"]
    new, old = (front(root, f"ideas/coaches/{name}.md") for name in ("coach-stad", "coach-omsorg"))
    assert new == {"title": "Idécoach för stad", "units": ["omsorg"]}, "nobody stands in for oneself"
    assert old == {"title": "Idécoach för omsorg", "substitute": "coach-stad"}
    again = run(root, "hand-over", "coach-omsorg", "coach-stad")
    assert (again.exit_code, "nothing to hand over" in again.stdout) == (0, True)
    assert run(root, "hand-over", "coach-stad", "coach-stad").exit_code == 2
    assert run(root, "check").exit_code == 0


def test_a_file_that_cannot_be_changed_for_sure_is_left_to_a_person(root: Path) -> None:
    alias = FULL.replace("title: Varma matlådor", "title: &namn Varma").replace(
        f"summary: {SECRET} klagade.", "summary: *namn"
    )
    (root / PATH).write_text(alias, "utf-8")
    refused = redact(root, "summary")
    assert refused.exit_code == 2
    assert "by hand" in refused.output
    assert text(root) == alias


@pytest.mark.parametrize("heading", ["\n<h2>Lösning</h2>", "##", "<h2>Bakgrund</h2>\n\n<h2>Lösning</h2>"])
@pytest.mark.parametrize("name", ["problem", "body"])
def test_a_section_is_left_to_a_person_where_it_is_not_sure_where_it_ends(root: Path, heading: str, name: str) -> None:
    whole = FULL.replace("Eget\n----", heading)
    (root / PATH).write_text(whole, "utf-8")
    refused = redact(root, name)
    assert (refused.exit_code, "by hand" in refused.output) == (2, True), refused.output
    assert text(root) == whole
