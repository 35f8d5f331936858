"""What waits on the desk: by the calendar, for one coach, and on paper for the idea council."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from html5lib import HTMLParser

from conftest import GitInstance, write_files
from working import STOCK, run

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ANSWERED = "coach: coach-omsorg\nlog:\n  - {date: 2026-01-20, role: Idécoach, type: answer, text: Tack}\n"
ASSESSED = f"{ANSWERED}needs: [varm-mat]\ntype: innovation\nduplicates_checked: {{date: 2026-02-01}}\n"
CONCEPT = (
    f"{ASSESSED}beneficiaries: Alla\nbenefit: {{type: quality, expected: Bra}}\ngoals: [god-mat]\ntrack: development\n"
    "equality: {affects: Alla, difference: Nej}\n"
)


def idea(title: str, fields: str) -> str:
    return f"---\ntitle: {title}\nunit: kok\n{fields}---\n\n## Problem\n\nKallt.\n"


IDEAS: Mapping[str, str] = {
    "ideas/2026/varma-matlador.md": idea("Varma matlådor", "handed_in: {door: form, at: 2026-01-07}\n"),
    "ideas/2026/kalla-handskar.md": idea("Kalla handskar", "handed_in: {door: form, at: 2026-01-26}\n"),
    "ideas/2026/vilar.md": idea("Vilar", f"stage: parked\nreview_by: 2026-02-02\n{ANSWERED}"),
    "ideas/2026/vilar-till-sommaren.md": idea("Vilar länge", f"stage: parked\nreview_by: 2026-06-01\n{ANSWERED}"),
    "ideas/2026/gammal.md": idea("Gammal", f"stage: answered\n{ANSWERED}".replace("2026-01-20", "2025-11-01")),
    "ideas/2026/klar.md": idea("Klar", f"stage: answered\n{ASSESSED}"),
    "ideas/2026/till-radet.md": idea("Till rådet", f"stage: assessed\n{CONCEPT}"),
    "ideas/2026/stegvis.md": idea(
        "Stegvis", f"stage: answered\n{ANSWERED}next_step: {{what: Ring, role: Kökschef, by: 2026-02-09}}\n"
    ),
    "ideas/2026/senare.md": idea(
        "Senare", f"stage: answered\n{ANSWERED}next_step: {{what: Ring, role: Kökschef, by: 2026-02-10}}\n"
    ),
    "ideas/2026/stangd.md": idea(
        "Stängd",
        "stage: closed\ndecisions:\n  - {date: 2025-01-01, to: closed, by: Idécoach, reason: Nej}\n"
        "next_step: {what: Ring, role: Kökschef, by: 2026-01-01}\n",
    ),
    "ideas/2026/stadens.md": idea("Stadens", "handed_in: {door: form, at: 2026-01-26}\ncoach: coach-stad\n"),
}
NOW = ("--now", "2026-02-02")


pytestmark = pytest.mark.usefixtures("undisturbed")


@pytest.fixture
def root(instance: Callable[[Mapping[str, str]], Path]) -> Path:
    return instance({**STOCK, **IDEAS})


def told(root: Path, *arguments: str) -> dict[str, Any]:
    result = run(root, "desk", "--format", "json", *(arguments or NOW))
    assert result.exit_code == 0, result.output
    held: dict[str, Any] = json.loads(result.stdout)
    return held


def ids(held: dict[str, Any], group: str) -> list[str]:
    return [row["id"] for row in held[group]]


def test_the_desk_holds_what_waits_on_the_day(root: Path) -> None:
    held = told(root)
    assert ids(held, "answers") == ["varma-matlador", "kalla-handskar", "stadens"]
    late, left, _ = held["answers"]
    assert (late["day"], late["late"], late["what"]) == ("2026-01-21", True, "working days late: 8")
    assert (left["day"], left["late"], left["what"]) == ("2026-02-09", False, "working days left: 5")
    assert ids(held, "reviews") == ["vilar"]
    assert ids(held, "stalled") == ["gammal"]
    assert ids(held, "steps") == ["stegvis"], "a week ahead, and not of what is closed"
    assert ids(held, "ready") == ["klar", "till-radet"]
    assert [row["what"] for row in held["ready"]] == [
        "to Assessed: all is there; it is for: coach",
        "to Concept: only the decision is left, which is for: idea council",
    ]


def test_the_next_day_brings_what_comes_due_then(root: Path) -> None:
    before, after = told(root), told(root, "--now", "2026-02-03")
    assert set(ids(after, "steps")) - set(ids(before, "steps")) == {"senare"}
    assert after["answers"][0]["what"] == "working days late: 9"


def test_a_gate_is_not_ready_while_no_need_is_confirmed(root: Path) -> None:
    path = root / "ideas/needs/varm-mat.md"
    path.write_text(path.read_text("utf-8").replace("confirmed: {date: 2026-01-01, how: Mätning}\n", ""), "utf-8")
    assert ids(told(root), "ready") == []


def test_a_coach_sees_own_ideas_and_those_that_wait_in_own_units(root: Path) -> None:
    assert ids(told(root, "--coach", "coach-stad", *NOW), "answers") == ["stadens"]
    assert ids(told(root, "--coach", "coach-omsorg", *NOW), "answers") == ["varma-matlador", "kalla-handskar"]
    wrong = run(root, "desk", "--coach", "coach-stan")
    assert (wrong.exit_code, "Did you mean coach-stad?" in wrong.output) == (2, True)


def test_units_that_are_part_of_each_other_have_no_coach_and_no_end_of_the_way_up(root: Path) -> None:
    write_files(
        root,
        {
            "ideas/units/omsorg.md": "---\ntitle: Omsorgen\ntype: administration\npart_of: kok\n---\n",
            "ideas/coaches/coach-omsorg.md": "---\ntitle: Idécoach för omsorg\n---\n",
        },
    )
    command = [sys.executable, "-m", "idesluss", "--root", str(root), "desk", "--format", "json", *NOW]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert [row["coach"] for row in json.loads(done.stdout)["answers"]] == ["", "", "coach-stad"]


def test_git_says_when_an_idea_came_and_moved(git_instance: GitInstance) -> None:
    root = git_instance.root
    plain = idea("Varma matlådor", "")
    git_instance.commit({**STOCK, "ideas/2026/varma-matlador.md": plain}, "2026-01-07")
    assert told(root, *NOW)["answers"][-1]["day"] == "2026-01-21"
    stalled = told(root, "--now", "2026-03-09")
    assert ids(stalled, "stalled") == ["kalla-handskar", "varma-matlador"]
    assert ids(told(root, "--now", "2026-03-08"), "stalled") == []


def test_text_says_it_in_plain_words(root: Path) -> None:
    said = run(root, "desk", *NOW, language="sv").stdout
    assert said.startswith(
        "Det här väntar 2026-02-02\n\nVäntar på svar: 3\n  2026-01-21! Varma matlådor (varma-matlador)\n"
    )
    assert "arbetsdagar för sent: 8" in said


def test_a_file_that_cannot_be_read_is_told_of(root: Path) -> None:
    (root / "ideas/2026/vilar.md").write_text("---\ntitle: [\n---\n", "utf-8")
    result = run(root, "desk", *NOW)
    assert result.exit_code == 0
    assert "1 file cannot be read and is missing here" in result.stderr


def test_the_list_for_the_council_begins_with_what_is_decided_on(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "lista.html"
    assert run(root, "desk", *NOW, "--print", str(file), language="sv").stdout == ""
    page = file.read_text("utf-8")
    assert run(root, "desk", *NOW, "--print", language="sv").stdout == page
    HTMLParser(strict=True).parse(page)
    headings = [part.partition("<")[0] for part in page.split("<h2>")[1:]]
    assert headings == [
        "Redo för nästa steg (2)", "Att ta upp igen (1)", "Står still (1)", "Nästa steg (1)", "Väntar på svar (3)"
    ]  # fmt: skip
    assert page.count("<tr>") == 8 + 5
    assert "http" not in page.replace("http-equiv", ""), "nothing is fetched"
    assert "size: A4" in page
    assert "coach-omsorg" not in page, "people meet coaches, not files"
    hostile = idea("<script>alert(1)</script>", "handed_in: {door: form, at: 2026-01-07}\n")
    (root / "ideas/2026/ond.md").write_text(hostile, "utf-8")
    assert "<script" not in run(root, "desk", *NOW, "--print").stdout


def test_the_printed_list_is_accessible_and_fits_its_paper(
    root: Path, tmp_path: Path, chromium: Browser, axe_source: str
) -> None:
    file = tmp_path / "lista.html"
    run(root, "desk", *NOW, "--print", str(file), language="sv")
    page = chromium.new_page(viewport={"width": 390, "height": 800})
    page.goto(file.as_uri())
    page.evaluate(axe_source)
    found = page.evaluate("axe.run().then(told => told.violations.map(one => one.id))")
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.close()
