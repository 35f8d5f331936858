"""Every code and every stage is explained, in Swedish and English."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner

from idesluss import checks, translate
from idesluss.cli import everything
from idesluss.manual import codes, manual
from idesluss.stages import CHAMBERS, ORDER, STAGES, TRACK_EVIDENCE

Explain = Callable[..., str]


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    before = translate.used()
    yield
    translate.use(before)


def explain(*arguments: str, language: str = "en", code: int = 0) -> str:
    result = CliRunner().invoke(everything, ["--lang", language, "explain", *arguments])
    assert result.exit_code == code, result.output
    return result.output


def test_there_is_a_manual_for_every_check_and_for_nothing_else() -> None:
    assert codes() == tuple(sorted(checks.CODES))


@pytest.mark.parametrize("code", checks.CODES)
def test_a_manual_is_what_the_check_says_of_itself(code: str) -> None:
    held, module = manual(code), checks.check(code)
    assert held is not None
    assert (held.code, held.severity, held.closes) == (module.CODE, module.SEVERITY.word, module.CLOSES)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("code", checks.CODES)
def test_a_manual_says_what_why_and_shows_right_and_wrong(code: str, language: str) -> None:
    words = {"en": ("Right:", "Wrong:"), "sv": ("Rätt:", "Fel:")}[language]
    head, blank, first, *rest = explain(code, language=language).splitlines()
    assert head.startswith(f"{code} (")
    assert blank == rest[0] == ""
    assert first.endswith(".")
    right, wrong = rest.index(words[0]), rest.index(words[1])
    assert rest[right - 1] == ""
    assert any(rest[1 : right - 1])
    for snippet in (rest[right + 1 : wrong], rest[wrong + 1 :]):
        assert snippet
        assert all(line.startswith("    ") or not line for line in snippet)


@pytest.mark.parametrize("code", checks.CODES)
def test_a_manual_is_another_text_in_swedish(code: str) -> None:
    swedish, english = (explain(code, language=language).splitlines()[2] for language in ("sv", "en"))
    assert swedish != english


def test_a_manual_says_whether_the_entry_is_kept_back() -> None:
    assert "is not published until" in explain("bad-value").splitlines()[0]
    told = [code for code in checks.CODES if "is not published until" in explain(code).splitlines()[0]]
    assert set(told) == checks.closing()


def test_all_codes_are_listed_with_their_first_line() -> None:
    listed = explain(language="sv").splitlines()
    for code in checks.CODES:
        held = manual(code)
        assert held is not None
        first = translate.gettext(held.text, "sv").partition("\n")[0]
        assert any(line.split(maxsplit=1) == [code, first] for line in listed)
    assert any(all(stage in line for stage in STAGES) for line in listed)


@pytest.mark.parametrize("name", STAGES)
def test_a_stage_says_what_it_asks_for(name: str) -> None:
    said = explain(name)
    tracks = [evidence for gates in TRACK_EVIDENCE.values() for evidence in gates.get(name, ())]
    for evidence in (*STAGES[name].evidence, *tracks):
        assert evidence.words in said
        assert evidence.field in said
    assert STAGES[name].asks in said
    assert f"Who decides: {STAGES[name].approves}" in said
    if ORDER.get(name):
        assert f"idesluss explain {CHAMBERS[ORDER[name] - 1].name}" in said


def test_a_stage_is_explained_in_swedish_too() -> None:
    said = explain("pilot", language="sv")
    assert "  - enheten som tar över idén (receiver.unit)" in said
    assert "Den som beslutar: den enhet som tar emot" in said


def test_a_closed_idea_says_that_it_may_need_a_lesson() -> None:
    assert "(lesson)" in explain("closed")
    assert "(lesson)" not in explain("parked")


@pytest.mark.parametrize("name", STAGES)
def test_a_stage_says_where_an_idea_may_go_from_there(name: str) -> None:
    ways = dict(line.removeprefix("  - ").split(": ", 1) for line in explain(name).partition("goes:\n")[2].splitlines())
    told = {stage.partition(" ")[0] for way in ways.values() for stage in re.split(r"(?<=\)), ", way)}
    assert told == set(STAGES) - {name}
    if name in ORDER:
        back = next((way for words, way in ways.items() if words.startswith("back")), "")
        assert back.count("(") == ORDER[name]
        assert ("forward" in ways) == (name != "verified")
        assert ways.get("forward", "").startswith("" if name == "verified" else f"{CHAMBERS[ORDER[name] + 1].name} (")
    else:
        assert "no further than it had come" in next(iter(ways))


def test_what_can_be_said_later_is_told_of() -> None:
    assert "(referred.outcome)" in explain("referred").partition("Later")[2]


def test_spread_is_explained_although_nobody_types_it() -> None:
    assert "Never typed." in explain("spread")
    assert explain("spread", language="sv").startswith("spread: Spridd\n")


@pytest.mark.parametrize(("given", "meant"), [("bad_value", "bad-value"), ("pilott", "pilot")])
def test_a_slip_of_the_pen_gets_a_proposal(given: str, meant: str) -> None:
    assert f"Did you mean {meant}?" in explain(given, code=2)


def test_what_nobody_knows_is_told_so() -> None:
    assert "There is no code and no stage “zzzzzz”. All of them: idesluss explain\n" in explain("zzzzzz", code=2)
    assert "Did you mean" not in explain("zzzzzz", code=2)
    assert "Det finns varken" in explain("zzzzzz", language="sv", code=2)


@pytest.mark.parametrize("name", ["../stages", "__init__", "", "bad-value.py", "/etc/passwd"])
def test_only_checks_are_read(name: str) -> None:
    assert manual(name) is None


def test_explaining_runs_no_check() -> None:
    told = "import sys; from idesluss.manual import codes, manual; [manual(code) for code in codes()]"
    done = subprocess.run(
        [sys.executable, "-c", f"{told}; print([name for name in sys.modules if name.startswith('idesluss.checks')])"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "[]"
