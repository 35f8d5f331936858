"""The commands with somebody at a real terminal: they ask in plain words, and ask again for what does not fit."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from idesluss.source import parse
from working import STOCK, run

pty = pytest.importorskip("pty", reason="no terminals of this sort on the system")

PATH = "ideas/2026/varma-matlador.md"
Play = Callable[..., tuple[int, str]]


@pytest.fixture
def root(instance: Callable[[Mapping[str, str]], Path]) -> Path:
    return instance(STOCK)


@pytest.fixture
def play(root: Path, tmp_path: Path) -> Play:
    """Run a command at a terminal, give an answer at each question, and get exit code and all that was shown."""

    def played(arguments: Sequence[str], answers: Sequence[tuple[str, str]], **surroundings: str) -> tuple[int, str]:
        ours, theirs = pty.openpty()
        command = [sys.executable, "-c", "from idesluss.cli import main; main()", "--root", str(root), "--lang", "en"]
        process = subprocess.Popen(
            [*command, *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env={**os.environ, "IDESLUSS_CACHE": str(tmp_path / "cache"), "TERM": "dumb", **surroundings},
        )
        os.close(theirs)
        try:
            shown = _talk(ours, answers)
            return process.wait(timeout=60), shown.replace("\r\n", "\n")
        finally:
            process.kill()
            process.wait()
            os.close(ours)

    return played


def _talk(terminal: int, answers: Sequence[tuple[str, str]]) -> str:
    shown, at = "", 0
    for question, answer in answers:
        while question not in shown[at:]:
            more = _read(terminal)
            assert more, f"{question!r} was not asked: {shown}"
            shown += more
        at = shown.index(question, at) + len(question)
        os.write(terminal, f"{answer}\n".encode())
    while more := _read(terminal):
        shown += more
    return shown


def _read(terminal: int) -> str:
    """What is shown next, or "" when the program has ended."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        ready, _, _ = select.select([terminal], [], [], 1)
        if ready:
            try:
                return os.read(terminal, 65536).decode("utf-8", "replace")
            except OSError:  # how Linux says that nobody writes any more
                return ""
    raise TimeoutError


def front(root: Path) -> dict[str, object]:
    source, _ = parse(PATH, (root / PATH).read_bytes())
    assert source is not None
    return source.front


def test_advance_asks_for_what_the_gate_lacks_and_again_for_what_does_not_fit(root: Path, play: Play) -> None:
    assert run(root, "answer", "varma-matlador", "--text", "Tack!").exit_code == 0
    code, shown = play(
        ["advance", "varma-matlador", "assessed", "--now", "2026-02-01"],
        [
            ("Needs (the name of a file; ? shows all): ", "varmmat"),
            ("Did you mean varm-mat?\nNeeds".replace("\n", "\r\n"), "?"),
            ("varm-mat  Varm mat", "varm-mat"),
            ("(Enter leaves it out): ", ""),
            ("Number or word: ", "9"),
            ("Number or word: ", "1"),
            ("Date [2026-02-01]: ", "snart"),
            ("write the date as YYYY-MM-DD", "2026-01-30"),
            ("Similar ideas and cases", "kalla-handskar"),
            ("Similar ideas and cases", ""),
            ("Note (Enter leaves it out): ", "Ring 070-174 06 05"),
            ("a phone number", "Inget liknande"),
        ],
    )
    assert code == 0, shown
    held = front(root)
    assert held["stage"] == "assessed"
    assert (held["needs"], held["type"]) == (["varm-mat"], "improvement")
    assert held["duplicates_checked"] == {"date": "2026-01-30", "found": ["kalla-handskar"], "note": "Inget liknande"}
    assert "decisions" not in held, "this gate wants none"
    assert "Next is Concept" in shown


GIVEN = (
    "needs=varm-mat", "type=innovation", "duplicates_checked.date=2026-02-01", "beneficiaries=Alla",
    "benefit.type=quality", "benefit.expected=Bra", "goals=god-mat", "track=development", "equality.affects=Alla",
    "equality.difference=Nej",
)  # fmt: skip
CONCEPT = ("advance", "varma-matlador", "concept", "--now", "2026-02-01", *(f"--set={one}" for one in GIVEN))


def test_a_test_is_asked_for_field_by_field_and_gets_its_key(root: Path, play: Play) -> None:
    assert run(root, "answer", "varma-matlador", "--text", "Tack!").exit_code == 0
    decided = ("--skip", "assessed", "--reason", "Behovet är känt.", "--by", "Idérådet")
    assert run(root, *CONCEPT, *decided).exit_code == 0
    code, shown = play(
        ["advance", "varma-matlador", "test"],
        [
            ("Hypothesis: ", "Vi tror att locket hjälper"),
            ("Measure: ", "Grader i maten"),
            ("Threshold", "Minst 60"),
            ("Start: ", "2026-03"),
            ("End (Enter leaves it out): ", ""),
        ],
    )
    assert code == 0, shown
    plan = {"hypothesis": "Vi tror att locket hjälper", "measure": "Grader i maten", "threshold": "Minst 60"}
    key = "vi-tror-att-locket-hjalper"
    assert front(root)["tests"] == [{"key": key, **plan, "period": {"start": "2026-03"}}]


def test_the_answer_is_asked_for_where_the_gate_lacks_it(root: Path, play: Play) -> None:
    code, shown = play(
        ["advance", "varma-matlador", "answered", "--now", "2026-01-20"],
        [
            ("Coach (the name of a file; ? shows all): ", "coach-omsorg"),
            ("The answer to the idea giver", "Ring 070-174 06 05"),
            ("[Y/n]: ", "n"),
            ("a phone number", "Tack!"),
            ("[Y/n]: ", "y"),
        ],
    )
    assert code == 0, shown
    held = front(root)
    assert (held["stage"], held["coach"]) == ("answered", "coach-omsorg")
    line = {"date": "2026-01-20", "role": "Idécoach", "type": "answer", "text": "Tack!", "public": "true"}
    assert held["log"] == [line]


def test_a_skip_is_asked_for_and_the_council_named(root: Path, play: Play) -> None:
    assert run(root, "answer", "varma-matlador", "--text", "Tack!").exit_code == 0
    code, shown = play(
        CONCEPT,
        [
            ("On the way lies Assessed. Is that to be skipped, by a decision? [y/N]: ", "y"),
            ("Why? ", "Behovet är känt."),
            ("here it is for: idea council: ", "Idérådet"),
        ],
    )
    assert code == 0, shown
    decision = {"date": "2026-02-01", "to": "concept", "by": "Idérådet", "reason": "Behovet är känt."}
    assert front(root)["decisions"] == [{**decision, "skips": ["assessed"]}]


def test_a_long_answer_is_written_in_the_editor(root: Path, play: Play, tmp_path: Path) -> None:
    editor = tmp_path / "editor.py"
    editor.write_text(
        "import pathlib, sys\npath = pathlib.Path(sys.argv[1])\n"
        "path.write_text('Tack!\\n\\nVi hörs.\\n' + path.read_text('utf-8'), 'utf-8')\n",
        "utf-8",
    )
    code, shown = play(
        ["answer", "varma-matlador", "--now", "2026-01-20"],
        [("Enter for your editor): ", ""), ("Is the idea's page to show the answer? [Y/n]: ", "")],
        EDITOR=f"{sys.executable} {editor}",
        VISUAL=f"{sys.executable} {editor}",
    )
    assert code == 0, shown
    line = {"date": "2026-01-20", "role": "Idécoach", "type": "answer", "text": "Tack!\n\nVi hörs.", "public": "true"}
    assert front(root)["log"] == [line]


def test_nothing_is_asked_with_no_input_or_without_a_terminal(root: Path, play: Play) -> None:
    code, shown = play(["answer", "varma-matlador", "--no-input"], [])
    assert (code, "Give --text" in shown) == (2, True)
    assert "Give --text" in run(root, "answer", "varma-matlador").output
