"""The way of an idea by the commands alone: each gate asks for what it lacks, and nothing else in the file changes."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from conftest import GitInstance
from idesluss.source import parse
from idesluss.stages import CHAMBERS, MOVES, ORDER, STAGES, TRACK_EVIDENCE, Evidence, skipped
from working import IDEA, STOCK, run, text

PATH = "ideas/2026/varma-matlador.md"
BY = ("--by", "Enhetschef", "--reason", "Det håller.")
GIVEN: Mapping[str, tuple[str, ...]] = {
    "assessed": ("needs=varm-mat", "type=improvement", "duplicates_checked.date=2026-02-01"),
    "concept": (
        "beneficiaries=De som äter", "benefit.type=quality", "benefit.expected=Varmare mat", "goals=god-mat",
        "equality.affects=Alla", "equality.difference=Nej: inte här",
    ),
    "test": (
        "tests.hypothesis=Vi tror att locket hjälper", "tests.measure=Grader", "tests.threshold=Minst 60",
        "tests.period.start=2026-03-01",
    ),
    "pilot": (
        "tests.outcome=met", "receiver.unit=omsorg", "receiver.role=Enhetschef", "pilot.scope=Ett kök",
        "pilot.stop_rule=Om någon bränner sig",
    ),
    "implemented": ("pilot.result=Det gick", "routine=RUT-1", "running_cost=12000"),
    "verified": ("effects.measure=Grader", "effects.baseline=40", "effects.result=65", "effects.date=2026-12"),
}  # fmt: skip
"""What each gate is given, beside what the track asks for."""
TRACK_VALUES = {"commercialisation.handover": "Ett bolag", "reference_number": "KS 2026/1"}
CASE = (
    "---\ntitle: Locket\norganisation: omsorg\ntype: solution\nstatus: in_use\nlicence: CC-BY-4.0\n"
    "origin: [varma-matlador]\n---\n\n## Vad\n\nLock.\n\n## Varför\n\nKallt.\n\n## Hur\n\nMed lock.\n"
)


pytestmark = pytest.mark.usefixtures("undisturbed")


@pytest.fixture
def root(instance: Callable[[Mapping[str, str]], Path]) -> Path:
    return instance(STOCK)


def front(root: Path, path: str = PATH) -> dict[str, object]:
    source, _ = parse(path, (root / path).read_bytes())
    assert source is not None
    return source.front


def evidence_of(gate: str, track: str) -> list[Evidence]:
    return [*STAGES[gate].evidence, *TRACK_EVIDENCE[track].get(gate, ())]


def set_(*given: str) -> list[str]:
    return [word for one in given for word in ("--set", one)]


@pytest.mark.parametrize("track", TRACK_EVIDENCE)
def test_an_idea_goes_all_the_way_and_every_gate_asks_for_exactly_what_it_lacks(
    git_instance: GitInstance, track: str
) -> None:
    root = git_instance.root
    git_instance.commit(STOCK, "2026-01-08")
    done = run(root, "answer", "varma-matlador", "--text", "Tack! Vi hörs.", "--public", "--now", "2026-01-12")
    assert done.exit_code == 0, done.output
    git_instance.commit({}, "2026-01-12", "Answer")
    for number, chamber in enumerate(CHAMBERS[2:], 2):
        gate, day = chamber.name, f"2026-{number:02}-01"
        if gate == "verified":
            git_instance.commit({"ideas/cases/locket.md": CASE}, "2026-07-30")
        before = text(root)
        refused = run(root, "advance", "varma-matlador", gate, "--no-input", "--now", day)
        assert refused.exit_code == 1
        assert text(root) == before
        asked = evidence_of(gate, track)
        assert refused.output.count("[missing-evidence]") == len(asked), refused.output
        assert [one.field for one in asked if f"({one.field})" not in refused.output] == []
        own = TRACK_EVIDENCE[track].get(gate, ())
        given = [*GIVEN[gate], *(f"{one.field}={TRACK_VALUES.get(one.field, 'Klart')}" for one in own)]
        given += [f"track={track}"] if gate == "concept" else []
        told = [re.sub(r"^(tests|effects)\.", r"\1.1.", one.partition("=")[0]) for one in given]
        assert [name for name in told if f"--set {name}=" not in refused.output] == [], "it says how to give it"
        done = run(root, "advance", "varma-matlador", gate, *set_(*given), *BY, "--no-input", "--now", day)
        assert done.exit_code == 0, done.output
        assert front(root)["stage"] == gate
        git_instance.commit({}, day, gate)
        checked = run(root, "check", "--base", "HEAD~1", "--now", day)
        assert checked.exit_code == 0, checked.output
    assert front(root)["running_cost"] == "12000"
    kept = [line for line in difflib.ndiff(IDEA.splitlines(), text(root).splitlines()) if line.startswith("- ")]
    assert kept == ["- stage: submitted  # bara kommandona ändrar"]
    assert "stage: verified  # bara kommandona ändrar\n" in text(root)


@pytest.mark.parametrize("missing", [name for gate in GIVEN.values() for name in gate if "period" not in name])
def test_each_missing_piece_keeps_the_gate_shut(root: Path, missing: str) -> None:
    gate = next(name for name, given in GIVEN.items() if missing in given)
    _at(root, CHAMBERS[ORDER[gate] - 1].name)
    given = [one for one in GIVEN[gate] if one != missing]
    before = text(root)
    refused = run(root, "advance", "varma-matlador", gate, *set_(*given), *BY, "--no-input")
    assert refused.exit_code == 1, refused.output
    assert re.split(r"[.=]", missing)[0] in refused.output
    assert "Nothing has been written." in refused.output
    assert text(root) == before


def test_the_last_gate_is_ready_only_where_a_case_tells_what_came_of_the_idea(root: Path) -> None:
    _at(root, "implemented")
    later = ("--now", "2999-12-01")
    given = [one.replace("2026-12", "2999-11") for one in GIVEN["verified"]]
    done = run(root, "advance", "varma-matlador", "verified", *set_(*given), *BY, *later)
    assert done.exit_code == 0, done.output
    (root / PATH).write_text(text(root).replace("stage: verified", "stage: implemented"), "utf-8")

    def ready() -> list[str]:
        return [row["id"] for row in json.loads(run(root, "desk", "--format", "json", *later).stdout)["ready"]]

    assert ready() == ["varma-matlador"]
    (root / "ideas/cases/locket.md").unlink()
    assert ready() == []


_walked: dict[str, str] = {}
"""The file of the idea at each stage, once it has been brought there."""


def _at(root: Path, stage: str) -> None:
    """Bring the idea of the stock to a stage, by the commands."""
    (root / "ideas/cases").mkdir(exist_ok=True)
    (root / "ideas/cases/locket.md").write_text(CASE, "utf-8")
    if stage not in _walked:
        _step_to(root, stage)
        _walked[stage] = text(root)
    (root / PATH).write_bytes(_walked[stage].encode())


def _step_to(root: Path, stage: str) -> None:
    if stage == "answered":
        assert run(root, "answer", "varma-matlador", "--text", "Tack!").exit_code == 0
        return
    _at(root, CHAMBERS[ORDER[stage] - 1].name)
    given = [*GIVEN[stage], *(["track=development"] if stage == "concept" else [])]
    if stage == "pilot":
        given += ["development.user_insight=De sa det", "development.sketch=Ett lock"]
    done = run(root, "advance", "varma-matlador", stage, *set_(*given), *BY)
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("before", STAGES)
def test_every_pair_of_stages_is_legal_or_refused_with_the_legal_ones(
    instance: Callable[[Mapping[str, str]], Path], before: str
) -> None:
    idea = IDEA.replace("stage: submitted", f"stage: {before}")
    root = instance({**STOCK, PATH: idea})
    for after in STAGES:
        told = run(root, "advance", "varma-matlador", after, "--no-input", "--dry-run")
        assert text(root) == idea
        move = MOVES[before, after]
        if move == "stay":
            assert told.exit_code == 2
            assert "already" in told.output
        elif move == "skip":
            assert "[illegal-step]" in told.output
            assert f"next would be: {CHAMBERS[ORDER[before] + 1].name} (" in told.output
            named = [word for gate in skipped(before, after) for word in ("--skip", gate)]
            decided = run(root, "advance", "varma-matlador", after, "--no-input", "--dry-run", *named, *BY)
            assert "[illegal-step]" not in decided.output
        elif move == "reopen" and after != "submitted":
            assert "[illegal-step]" in told.output, "it had never been further than submitted"
        elif move in ("back", "reopen"):
            assert "[step-without-reason]" in told.output
            assert "--reason" in told.output
            assert run(root, "advance", "varma-matlador", after, "--dry-run", *BY).exit_code in (0, 1)
        else:
            assert "[illegal-step]" not in told.output


def test_a_second_step_in_one_change_is_warned_of(git_instance: GitInstance) -> None:
    root = git_instance.root
    git_instance.commit(STOCK, "2026-01-08")
    assert "not in git yet" not in run(root, "park", "varma-matlador", "--until", "2027-01-01").output
    second = run(root, "withdraw", "varma-matlador")
    assert second.exit_code == 0
    assert "The step to Parked is not in git yet." in second.stderr


def test_back_and_again_takes_a_reason_that_becomes_a_decision(root: Path) -> None:
    _at(root, "assessed")
    back = ("advance", "varma-matlador", "answered", "--now", "2026-04-01")
    assert "[step-without-reason]" in run(root, *back).output
    done = run(root, *back, "--reason", "Behovet var ett annat.")
    assert done.exit_code == 0, done.output
    decisions = front(root)["decisions"]
    assert isinstance(decisions, list)
    decision = {"date": "2026-04-01", "to": "answered", "by": "Idécoach", "reason": "Behovet var ett annat."}
    assert decisions[-1] == decision


def test_a_skip_is_written_into_its_decision_and_asks_for_everything_all_the_same(root: Path) -> None:
    _at(root, "answered")
    given = set_(*GIVEN["assessed"], *GIVEN["concept"], "track=development")
    short = run(root, "advance", "varma-matlador", "concept", "--skip", "assessed", *given[:-6], *BY)
    assert short.exit_code == 1
    done = run(root, "advance", "varma-matlador", "concept", "--skip", "assessed", *given, *BY, "--now", "2026-04-01")
    assert done.exit_code == 0, done.output
    decision = {"date": "2026-04-01", "to": "concept", "by": "Enhetschef", "reason": "Det håller."}
    assert front(root)["decisions"] == [{**decision, "skips": ["assessed"]}]


def test_what_is_wrong_is_shown_as_check_shows_it_and_nothing_is_written(root: Path) -> None:
    before = text(root)
    told = run(root, "answer", "varma-matlador", "--text", "Ring mig på 070-174 06 05.")
    assert told.exit_code == 1
    assert "[phone-number]" in told.output
    assert "070-174" not in told.output, "not said again"
    assert f"{PATH}:13:" in told.output, "where it would stand"
    for given, code in (
        ("needs=varmmat", "unknown-reference"),
        ("type=improvment", "bad-value"),
        ("goals=coach-stad", "wrong-reference"),
    ):
        told = run(root, "advance", "varma-matlador", "answered", *set_(given))
        assert told.exit_code == 1
        assert f"[{code}]" in told.output
    assert text(root) == before
    wrong = run(root, "advance", "varma-matlador", "answered", *set_("benefit.typ=quality"))
    assert (wrong.exit_code, "Did you mean" in wrong.output or "did you mean benefit.type?" in wrong.output) == (
        2,
        True,
    )


def test_unknown_ideas_are_told_with_the_nearest(root: Path) -> None:
    told = run(root, "park", "varma-matlada", "--until", "2027-01-01")
    assert told.exit_code == 2
    assert "Did you mean varma-matlador?" in told.output
    assert "Did you mean kalla-handskar?" in run(root, "park", "Kalla handskar", "--until", "2027-01-01").output
    assert run(root, "park", PATH, "--until", "2027-01-01").exit_code == 0


def test_a_broken_file_is_shown_and_left_alone(root: Path) -> None:
    (root / PATH).write_text(IDEA.replace("unit: kok", "unit: [kok"), "utf-8")
    told = run(root, "answer", "varma-matlador", "--text", "Tack!")
    assert told.exit_code == 2
    assert "[front-matter]" in told.output
    assert "mend it first" in told.output


def test_answer_takes_the_coach_of_the_unit_and_moves_only_what_waited(root: Path) -> None:
    done = run(
        root, "answer", "varma-matlador", "--text", "Tack!\n\nVi hörs.", "--role", "Kökschef", "--now", "2026-01-20"
    )
    assert done.exit_code == 0, done.output
    assert front(root)["coach"] == "coach-omsorg", "who helps the unit above the kitchen"
    assert front(root)["stage"] == "answered"
    line = {"date": "2026-01-20", "role": "Kökschef", "type": "answer", "text": "Tack!\n\nVi hörs."}
    assert front(root)["log"] == [line]
    assert "At a meeting" in done.output
    again = run(
        root, "answer", "varma-matlador", "--text", "Mer.", "--coach", "coach-stad", "--public", "--now", "2026-01-21"
    )
    assert again.exit_code == 0, again.output
    assert front(root)["stage"] == "answered"
    assert front(root)["coach"] == "coach-stad"
    more = {"date": "2026-01-21", "role": "Idécoach", "type": "answer", "text": "Mer.", "public": "true"}
    assert front(root)["log"] == [line, more]


def test_answer_asks_who_takes_care_where_nobody_can_know(root: Path) -> None:
    (root / "ideas/coaches/coach-stad.md").write_text("---\ntitle: Stad\nunits: [omsorg]\n---\n", "utf-8")
    told = run(root, "answer", "varma-matlador", "--text", "Tack!")
    assert told.exit_code == 2
    assert "--coach: coach-omsorg, coach-stad" in told.output
    assert text(root) == IDEA


def test_park_close_refer_withdraw_write_what_their_stage_asks_for(root: Path) -> None:
    assert "Give --until" in run(root, "park", "varma-matlador").output
    done = run(
        root, "park", "varma-matlador", "--until", "2027-01-01", "--reason", "Väntar på köket.", "--now", "2026-03-01"
    )
    assert done.exit_code == 0, done.output
    held = front(root)
    assert (held["stage"], held["review_by"]) == ("parked", "2027-01-01")
    assert held["decisions"] == [{"date": "2026-03-01", "to": "parked", "by": "Idécoach", "reason": "Väntar på köket."}]
    assert run(root, "refer", "varma-matlador", "--to", "Kvalitetssystemet").exit_code == 0
    assert run(root, "refer", "varma-matlador", "--outcome", "Rutinen är ändrad.").exit_code == 0
    assert front(root)["referred"] == {"to": "Kvalitetssystemet", "outcome": "Rutinen är ändrad."}
    assert run(root, "withdraw", "varma-matlador", "--date", "2026-03-03").exit_code == 0
    assert front(root)["withdrawn"] == {"date": "2026-03-03"}
    refused = run(root, "close", "varma-matlador")
    assert refused.exit_code == 1
    assert "--reason … --by …" in refused.output
    assert run(root, "close", "varma-matlador", "--reason", "-", "--now", "2026-03-04").exit_code == 1, (
        "nothing was said"
    )


def test_close_asks_for_the_lesson_of_an_idea_that_had_come_to_concept(root: Path) -> None:
    _at(root, "concept")
    refused = run(root, "close", "varma-matlador", "--reason", "Locket fanns redan.")
    assert refused.exit_code == 1
    assert "(lesson)" in refused.output
    assert "--set lesson=…" in refused.output or "--lesson" in refused.output
    done = run(root, "close", "varma-matlador", "--reason", "Locket fanns redan.", "--lesson", "Fråga köket först.")
    assert done.exit_code == 0, done.output
    assert front(root)["lesson"] == "Fråga köket först."


def test_combine_credits_both(root: Path) -> None:
    done = run(root, "combine", "kalla-handskar", "varma-matlador", "--reason", "Samma sak.", "--now", "2026-02-02")
    assert done.exit_code == 0, done.output
    lost = front(root, "ideas/2026/kalla-handskar.md")
    assert (lost["stage"], lost["combined_into"]) == ("combined", "varma-matlador")
    assert front(root)["log"] == [
        {
            "date": "2026-02-02", "role": "Idécoach", "type": "note", "public": "true",
            "text": "Idén ”Kalla handskar” blev en del av den här.",
        }
    ]  # fmt: skip
    assert run(root, "check").exit_code == 0
    assert "itself" in run(root, "combine", "varma-matlador", "varma-matlador").output
    (root / "ideas/2026/tredje.md").write_text(IDEA, "utf-8")
    assert "kalla-handskar is itself part of varma-matlador" in run(root, "combine", "tredje", "kalla-handskar").output


def test_the_old_address_of_a_combined_idea_leads_on_and_the_other_page_names_it(root: Path, tmp_path: Path) -> None:
    assert run(root, "combine", "kalla-handskar", "varma-matlador", "--reason", "Samma sak.").exit_code == 0
    assert run(root, "build", "--site", str(tmp_path / "site")).exit_code == 0
    old, new = (
        (tmp_path / "site" / "ideer" / name / "index.html").read_text("utf-8").partition("<main")[2]
        for name in ("kalla-handskar", "varma-matlador")
    )
    leads = old.index('href="../../ideer/varma-matlador/"')
    assert leads < old.index("Kallt."), "before its own text, which can still be read"
    assert 'href="../../ideer/kalla-handskar/"' in new


def test_a_trial_writes_nothing_and_shows_all(root: Path) -> None:
    told = run(root, "answer", "varma-matlador", "--text", "Tack!", "--dry-run")
    assert told.exit_code == 0
    assert "+ stage: answered" in told.output
    assert text(root) == IDEA


def test_texts_come_from_the_standard_input(root: Path) -> None:
    said = "Tack!\n\n- ett\n- två: tre\n"
    done = run(root, "answer", "varma-matlador", "--text", "-", said=said)
    assert done.exit_code == 0, done.output
    log = front(root)["log"]
    assert isinstance(log, list)
    assert log[0]["text"] == said.strip()


@pytest.mark.parametrize("stage", ["Besvarad", "besvarad", "ANSWERED", " Answered "])
def test_a_stage_is_known_by_what_it_is_called(root: Path, stage: str) -> None:
    told = run(root, "advance", "varma-matlador", stage, language="sv")
    assert "steget Besvarad kräver" in told.output


def test_an_unknown_stage_is_told_with_all_there_are_and_what_they_are_called(root: Path) -> None:
    told = run(root, "advance", "varma-matlador", "klar", language="sv")
    assert told.exit_code == 2
    assert "”klar” är inget steg" in told.output
    assert "answered (Besvarad)" in told.output


def test_an_entry_of_another_kind_is_told_as_what_it_is(root: Path) -> None:
    told = run(root, "answer", "varm-mat", "--text", "Tack!", language="sv")
    assert "varm-mat är av slaget behov, inte idé." in told.output
    assert "Det finns ingen post nix av slaget idé." in run(root, "answer", "nix", "--text", "a", language="sv").output


def test_the_first_answer_of_all_is_told_to_begin_with_a_coach(root: Path) -> None:
    for coach in (root / "ideas" / "coaches").iterdir():
        coach.unlink()
    told = run(root, "answer", "varma-matlador", "--text", "Tack!")
    assert told.exit_code == 2
    assert "There is no idea coach yet. Make one first: idesluss new coach" in told.output


def test_what_close_lacks_is_told_by_the_option_that_close_has(root: Path) -> None:
    _at(root, "concept")
    told = run(root, "close", "varma-matlador", "--reason", "Nej.", "--by", "Chefen")
    assert told.exit_code == 1
    assert "  --lesson …" in told.output
    assert "--set" not in told.output


@pytest.mark.parametrize("of_key", ["tests.key", "tests.1.key"])
def test_a_key_that_is_given_is_the_key_of_the_test(root: Path, of_key: str) -> None:
    _at(root, "concept")
    step = ["advance", "varma-matlador", "test", "--dry-run", "--set", "tests.hypothesis=De är varma"]
    rest = ["tests.measure=Grader", "tests.threshold=60", "tests.period.start=2026-01"]
    given = run(root, *step, *set_(f"{of_key}=hel-vag", *rest)).output
    assert "key: hel-vag" in given
    assert "key: de-ar-varma" not in given
    assert "key: de-ar-varma" in run(root, *step, *set_(*rest)).output


def test_a_folder_that_may_not_be_written_is_told_with_the_file_that_somebody_knows(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **named: object) -> None:
        raise PermissionError(13, "Permission denied", f"{named['dir']}/.varma-matlador.md.x7")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    told = run(root, "answer", "varma-matlador", "--text", "Tack!", language="sv")
    assert told.exit_code == 2
    assert told.output.rstrip().endswith("varma-matlador.md: behörighet saknas")
    assert ".x7" not in told.output
