"""A change against its base, in real repositories: merged, squashed, rebased, reverted, renamed, pulled."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from conftest import SETTINGS, Files, GitInstance, run_cli, write_files
from idesluss import compare, entry
from idesluss.history import reverts
from idesluss.problem import Severity
from idesluss.stages import STAGES
from lock_ideas import COMPLETE, decision, idea, surroundings, without, written

A, B, C, D = (f"ideas/2026/{name}.md" for name in ("a", "b", "c", "d"))
PLAN = {name: value for name, value in COMPLETE["tests"][0].items() if name != "outcome"}
PLANNED = [PLAN]
DONE = COMPLETE["tests"]
Told = dict[str, list[str]]


@pytest.fixture(autouse=True)
def _own_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("IDESLUSS_CACHE", str(tmp_path / "cache"))


def brought(repository: GitInstance, base: str = "main") -> Told:
    """The codes of the errors that the change brought, in the order of the alphabet, by the file's name."""
    found = compare.compare(repository.root, base)
    assert found.stopped is None
    told: Told = {}
    for problem in found.brought:
        if problem.severity is Severity.ERROR:
            told.setdefault(Path(problem.path).stem, []).append(problem.code)
    return {name: sorted(codes) for name, codes in told.items()}


@pytest.fixture
def repository(git_instance: GitInstance) -> GitInstance:
    """Three ideas on main: one handed in, one answered, one that is tested."""
    files = {
        A: written(idea("submitted", title="A")),
        B: written(idea("answered", title="B")),
        C: written(idea("test", title="C", tests=PLANNED)),
    }
    git_instance.commit({**surroundings(), **files}, "2026-02-01", "Begin")
    return git_instance


def branch_of_two(repository: GitInstance) -> None:
    """A branch with a legal step, two steps of one idea in two commits, a new idea too far on, and a changed plan.

    Meanwhile main goes on.
    """
    repository.git("switch", "--quiet", "--create", "forslag")
    new = [{**DONE[0], "threshold": "5 av 10"}]
    repository.commit(
        {A: written(idea("answered", title="A")), B: written(idea("assessed", title="B"))}, "2026-02-02", "First"
    )
    later = {B: written(idea("concept", title="B")), C: written(idea("test", title="C", tests=new))}
    repository.commit({**later, D: written(idea("test", title="D"))}, "2026-02-03", "Second")
    repository.git("switch", "--quiet", "main")
    repository.commit({"ideas/units/annan.md": written({"title": "Annan", "type": "unit"})}, "2026-02-04", "Meanwhile")


BY_HAND: Told = {
    "b": ["illegal-step"],
    "c": ["outcome-without-plan", "rewritten-record"],
    "d": ["new-above-submitted", "outcome-without-plan"],
}


def merged(repository: GitInstance) -> str:
    repository.git("merge", "--quiet", "--no-ff", "--message", "Merge", "forslag", date="2026-02-05")
    return "HEAD^1"


def squashed(repository: GitInstance) -> str:
    repository.git("merge", "--quiet", "--squash", "forslag")
    repository.git("commit", "--quiet", "--message", "First and second (#1)", date="2026-02-05")
    return "HEAD~1"


def rebased(repository: GitInstance) -> str:
    before = repository.git("rev-parse", "main")
    repository.git("switch", "--quiet", "forslag")
    repository.git("rebase", "--quiet", "main", date="2026-02-05")
    repository.git("switch", "--quiet", "main")
    repository.git("merge", "--quiet", "--ff-only", "forslag")
    return before


def proposed(repository: GitInstance) -> str:
    """The branch itself, which main has gone past."""
    repository.git("switch", "--quiet", "forslag")
    return "main"


def tried(repository: GitInstance) -> str:
    """What GitHub checks of a pull request: a merge that stands on no branch."""
    repository.git("switch", "--quiet", "--detach", "main")
    repository.git("merge", "--quiet", "--no-ff", "--message", "Merge", "forslag", date="2026-02-05")
    return repository.git("rev-parse", "main")


def not_committed(repository: GitInstance) -> str:
    repository.git("merge", "--quiet", "--squash", "forslag")
    repository.git("reset", "--quiet")
    return "HEAD"


@pytest.mark.parametrize("way", [merged, squashed, rebased, proposed, tried, not_committed])
def test_every_way_to_bring_a_change_in_gives_the_same_answer(
    repository: GitInstance, way: Callable[[GitInstance], str]
) -> None:
    branch_of_two(repository)
    assert brought(repository, way(repository)) == BY_HAND


def test_two_ideas_in_one_change_are_judged_apart(repository: GitInstance) -> None:
    repository.git("switch", "--quiet", "--create", "forslag")
    both = {A: written(idea("answered", title="A")), B: written(idea("submitted", title="B"))}
    repository.commit(both, "2026-02-02")
    assert brought(repository) == {"b": ["step-without-reason"]}


def test_a_coach_who_pulled_is_asked_about_own_work_only(repository: GitInstance, tmp_path: Path) -> None:
    """What others merged meanwhile is not the coach's, however it came into the clone."""
    there = GitInstance(tmp_path / "hos-coachen")
    repository.git("clone", "--quiet", str(repository.root), str(there.root))
    there.commit({B: written(idea("assessed", title="B"))}, "2026-02-02", "Own work")
    repository.commit({A: written(idea("answered", title="A"))}, "2026-02-03", "By others")
    repository.commit({A: written(idea("assessed", title="A"))}, "2026-02-04", "By others")
    there.git("pull", "--quiet", "--no-rebase", "--no-edit", date="2026-02-05")
    assert brought(there, "origin/main") == {}
    write_files(there.root, {C: written(idea("assessed", title="C", tests=PLANNED))})
    assert brought(there, "origin/main") == {"c": ["step-without-reason"]}
    assert brought(there, "HEAD^1") == {"a": ["illegal-step"], "c": ["step-without-reason"]}, "this is what was asked"


# Reverts


def answered(repository: GitInstance) -> str:
    """Merge a branch that answers an idea and brings a new one, as GitHub does; gives the merge's hash."""
    repository.git("switch", "--quiet", "--create", "svar")
    log = [*COMPLETE["log"], {"date": "2026-02-02", "role": "Idécoach", "type": "note", "text": "Besökt."}]
    files = {A: written(idea("answered", title="A", log=log)), D: written(idea("submitted", title="D", tests=PLANNED))}
    repository.commit(files, "2026-02-02", "Answer")
    repository.git("switch", "--quiet", "main")
    repository.git("merge", "--quiet", "--no-ff", "--message", "Merge pull request #7", "svar", date="2026-02-03")
    repository.commit({"ideas/units/annan.md": written({"title": "Annan", "type": "unit"})}, "2026-02-04", "Meanwhile")
    return repository.git("rev-parse", "HEAD~1")


UNDONE: Told = {"a": ["rewritten-record", "step-without-reason"], "d": ["lost-entry"]}


def revert(repository: GitInstance, sha: str) -> None:
    repository.git("switch", "--quiet", "--create", "revert-7")
    repository.git("revert", "--no-edit", "--mainline", "1", sha, date="2026-02-05")


@pytest.mark.parametrize("few", [200, 0], ids=["few files", "many files"])
def test_the_revert_button_passes(repository: GitInstance, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(reverts, "_FEW", few)
    sha = answered(repository)
    revert(repository, sha)
    assert "This reverts commit" in repository.git("log", "-1", "--format=%B")
    assert brought(repository) == {}


@pytest.mark.parametrize("message", ['Revert "Answer" (#8)', "Undo\n\nReverts idesluss/idesluss#7"])
def test_a_revert_passes_squashed_too(repository: GitInstance, message: str) -> None:
    revert(repository, answered(repository))
    repository.git("switch", "--quiet", "main")
    repository.git("merge", "--quiet", "--squash", "revert-7")
    repository.git("commit", "--quiet", "--message", message, date="2026-02-06")
    assert brought(repository, "HEAD~1") == {}


def test_the_same_files_without_the_word_are_no_revert(repository: GitInstance) -> None:
    revert(repository, answered(repository))
    repository.git("commit", "--quiet", "--amend", "--message", "I revert nothing", date="2026-02-05")
    assert brought(repository) == UNDONE


def test_the_word_alone_is_no_revert(repository: GitInstance) -> None:
    """Only a file that stands just as it once stood is put back."""
    revert(repository, answered(repository))
    write_files(repository.root, {A: written(idea("submitted", title="A, again"))})
    assert brought(repository) == {"a": UNDONE["a"]}


def test_a_revert_can_be_reverted(repository: GitInstance) -> None:
    revert(repository, answered(repository))
    repository.git("switch", "--quiet", "main")
    repository.git("merge", "--quiet", "--no-ff", "--message", "Merge", "revert-7", date="2026-02-06")
    repository.git("revert", "--no-edit", "--mainline", "1", "HEAD", date="2026-02-07")
    assert brought(repository, "HEAD~1") == {}


def test_a_branch_that_was_never_merged_is_no_earlier_version(repository: GitInstance) -> None:
    repository.git("switch", "--quiet", "--create", "aldrig")
    repository.commit({C: written(idea("submitted", title="C", tests=[]))}, "2026-02-02")
    repository.git("switch", "--quiet", "main")
    repository.git("switch", "--quiet", "--create", "forslag")
    repository.commit({C: written(idea("submitted", title="C", tests=[]))}, "2026-02-03", 'Revert "Test"')
    assert brought(repository) == {"c": ["rewritten-record", "step-without-reason"]}


# Names


def test_a_renamed_entry_says_what_it_was(repository: GitInstance) -> None:
    broken = written(idea("test", title="C", tests=PLANNED), "\n## Problem\n\n[x](ingenstans.md)\n")
    repository.commit({C: broken}, "2026-02-02")
    moved = broken.replace("---\n", "---\nformerly: [c]\n", 1)
    repository.commit({C: None, "ideas/2025/ny.md": moved}, "2026-02-03")
    found = compare.compare(repository.root, "HEAD~1")
    assert found.brought == []
    assert [(problem.path, problem.code) for problem in found.older if problem.severity is Severity.ERROR] == [
        ("ideas/2025/ny.md", "broken-link")
    ], "an old fault stays old under a new name"
    write_files(repository.root, {"ideas/2025/ny.md": moved.replace("formerly: [c]\n", "")})
    assert brought(repository, "HEAD~1") == {
        "c": ["lost-entry"],
        "ny": ["broken-link", "new-above-submitted"],
    }


def test_a_step_is_seen_through_a_new_name(repository: GitInstance) -> None:
    repository.commit({B: None, D: written(idea("concept", title="B", formerly=["b"]))}, "2026-02-02")
    assert brought(repository, "HEAD~1") == {"d": ["illegal-step"]}


def test_another_folder_is_no_other_name(repository: GitInstance) -> None:
    repository.commit({B: None, "ideas/2025/b.md": written(idea("answered", title="B"))}, "2026-02-02")
    assert brought(repository, "HEAD~1") == {}


def test_every_kind_keeps_its_address(repository: GitInstance) -> None:
    repository.commit({"ideas/goals/malet.md": None, "ideas/goals/nytt.md": written({"title": "M"})}, "2026-02-02")
    told = brought(repository, "HEAD~1")
    assert told["malet"] == ["lost-entry"]
    write_files(repository.root, {"ideas/needs/b.md": written({"title": "B"}), B: None})
    assert "lost-entry" in brought(repository, "HEAD~1")["b"], "a need has another address than an idea"


def test_an_entry_that_cannot_be_read_is_not_lost(repository: GitInstance) -> None:
    repository.commit({B: "---\ntitle: [\n---\n"}, "2026-02-02")
    assert brought(repository, "HEAD~1") == {"b": ["front-matter"]}
    repository.commit({B: written(idea("concept", title="B"))}, "2026-02-03")
    assert brought(repository, "HEAD~1") == {}, "nobody knows what it was"


# Reopened


def test_a_reopened_idea_lands_no_further_than_it_had_come(repository: GitInstance) -> None:
    """By the file alone it had come nowhere: git knows better."""
    bare = {"decisions": None, "history": None}
    for day, stage in (("02", "answered"), ("03", "assessed"), ("04", "parked")):
        repository.commit({D: written(idea(stage, title="D", **bare))}, f"2026-02-{day}")
    opened = written(idea("assessed", title="D", decisions=[decision("assessed")]))
    repository.commit({D: opened}, "2026-02-05")
    assert brought(repository, "HEAD~1") == {}
    write_files(repository.root, {D: written(idea("assessed", title="D", **bare))})
    assert brought(repository, "HEAD~1") == {"d": ["step-without-reason"]}
    write_files(repository.root, {D: written(idea("concept", title="D", decisions=[decision("concept")]))})
    assert brought(repository, "HEAD~1") == {"d": ["illegal-step"]}


# What is only added to

NOTE = {"date": "2026-02-02", "role": "Idécoach", "type": "note", "text": "Ett tillägg."}
RECORDS: list[tuple[str, dict[str, Any], list[str]]] = [
    ("a line is added", {"log": [*COMPLETE["log"], NOTE]}, []),
    ("a line is put before", {"log": [NOTE, *COMPLETE["log"]]}, []),
    ("a line is shown", {"log": [{**COMPLETE["log"][0], "public": True}]}, []),
    ("a line is broken otherwise", {"log": [{**COMPLETE["log"][0], "text": " Tack! "}]}, []),
    ("a line is rewritten", {"log": [{**COMPLETE["log"][0], "text": "Nej."}]}, ["rewritten-record"]),
    ("a line is redated", {"log": [{**COMPLETE["log"][0], "date": "2026-01-11"}]}, ["rewritten-record"]),
    ("a line is replaced", {"log": [{**NOTE, "type": "answer"}]}, ["rewritten-record"]),
    ("a number is filled in", {"decisions": [{**d, "reference_number": "1"} for d in COMPLETE["decisions"]]}, []),
    ("a decision goes", {"decisions": COMPLETE["decisions"][:2]}, ["rewritten-record"]),
    ("a reason is rewritten", {"decisions": [*COMPLETE["decisions"][:2], decision("closed", reason="x")]},
     ["rewritten-record"]),
    ("a skip is written into the past", {"decisions": [decision("concept", skips=["assessed"]),
     *COMPLETE["decisions"][1:]]}, ["rewritten-record"]),
    ("another threshold", {"tests": [{**PLAN, "threshold": "1 av 10"}]}, ["rewritten-record"]),
    ("another measure", {"tests": [{**PLAN, "measure": "Känsla"}]}, ["rewritten-record"]),
    ("another hypothesis", {"tests": [{**PLAN, "hypothesis": "Det skadar inte"}]}, ["rewritten-record"]),
    ("another key", {"tests": [{**PLAN, "key": "andra"}]}, ["rewritten-record"]),
    ("a longer time", {"tests": [{**PLAN, "period": {"start": "2026-01", "end": "2026-06"}, "n": 9}]}, []),
    ("a second test", {"tests": [PLAN, {**PLAN, "key": "andra"}]}, []),
    ("an outcome", {"tests": DONE}, []),
    ("an outcome and another threshold", {"tests": [{**DONE[0], "threshold": "1 av 10"}]},
     ["outcome-without-plan", "rewritten-record"]),
    ("an outcome of a new test", {"tests": [PLAN, {**DONE[0], "key": "andra"}]}, ["outcome-without-plan"]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "codes"), [row[1:] for row in RECORDS], ids=[row[0] for row in RECORDS])
def test_what_was_said_is_only_added_to(repository: GitInstance, changes: dict[str, Any], codes: list[str]) -> None:
    repository.commit({C: written(idea("test", title="C", **{"tests": PLANNED, **changes}))}, "2026-02-02")
    assert brought(repository, "HEAD~1").get("c", []) == codes


def test_redacted_is_the_one_way_to_take_out_what_was_said(repository: GitInstance) -> None:
    silent = {"tests": PLANNED, "log": [{**COMPLETE["log"][0], "text": "Borttaget."}], "decisions": []}
    told = {"date": "2026-02-02", "reason": "En uppgift om en person"}
    repository.commit({C: written(idea("assessed", title="C", tests=PLANNED, redacted=told))}, "2026-02-02")
    gone = idea("assessed", title="C", **silent, redacted=told)
    repository.commit({C: written(gone)}, "2026-02-03")
    assert brought(repository, "HEAD~1") == {"c": ["rewritten-record"] * 4}, "an old redaction covers nothing new"
    write_files(repository.root, {C: written({**gone, "redacted": {**told, "date": "2026-02-03"}})})
    assert brought(repository, "HEAD~1") == {}


@pytest.mark.parametrize("origin", [{"history": [{"stage": "test", "date": "2025"}]}, {"shared_from": "helsingborg"}])
def test_what_lived_elsewhere_may_come_in_further_on(repository: GitInstance, origin: dict[str, Any]) -> None:
    repository.commit({D: written(idea("test", title="D", **origin))}, "2026-02-02")
    assert brought(repository, "HEAD~1") == {}


# Older problems, and how all this is told


def test_an_old_problem_is_counted_wherever_it_stands(repository: GitInstance) -> None:
    lost = written(without(idea("answered", title="B"), STAGES["answered"].evidence[0]))
    repository.commit({B: lost, D: lost}, "2026-02-02")
    shifted = lost.replace("---\n", "---\nsummary: En rad till.\n", 1)
    repository.commit({B: shifted, C: written(idea("test", title="C", tests=PLANNED, unit="okand"))}, "2026-02-03")
    done = run_cli("--lang", "en", "check", "--base", "HEAD~1", root=repository.root)
    assert done.returncode == 1
    assert "unknown-reference" in done.stdout
    assert "missing-evidence" not in done.stdout
    assert "2 older problems, which this change did not bring; --all shows them" in done.stdout
    repository.commit({C: written(idea("test", title="C", tests=PLANNED))}, "2026-02-04")
    done = run_cli("--lang", "sv", "check", "--base", "HEAD~2", root=repository.root)
    assert done.returncode == 0
    assert "2 äldre" in done.stdout
    done = run_cli("--lang", "en", "check", "--base", "HEAD~2", "--all", "--format", "json", root=repository.root)
    assert done.returncode == 0, "older problems stay older when they are shown"
    assert [one["code"] for one in json.loads(done.stdout)] == ["missing-evidence"] * 2
    assert run_cli("check", root=repository.root).returncode == 1, "without a base all count"


def test_the_same_fault_once_more_is_a_new_one(repository: GitInstance) -> None:
    twice = written(idea("answered", title="B"), "\n## Problem\n\n[x](y.md)\n")
    repository.commit({B: twice}, "2026-02-02")
    repository.commit({B: twice + "\n[x](y.md)\n"}, "2026-02-03")
    assert brought(repository, "HEAD~1") == {"b": ["broken-link"]}


def test_faults_of_the_settings_are_new_or_old_too(repository: GitInstance) -> None:
    repository.commit({"idesluss.yml": SETTINGS + "okand: 1\n"}, "2026-02-02")
    assert brought(repository, "HEAD~1") == {"idesluss": ["unknown-field"]}
    assert brought(repository, "HEAD") == {}
    repository.commit({"idesluss.yml": SETTINGS, B: written(idea("concept", title="B"))}, "2026-02-03")
    assert brought(repository, "HEAD~1") == {"b": ["illegal-step"]}, "what cannot be read then is read as now"


def test_an_instance_that_is_new_has_no_past(git_instance: GitInstance) -> None:
    (git_instance.root / "idesluss.yml").unlink()
    git_instance.commit({"README.md": "x"}, "2026-02-01")
    files: Files = {"idesluss.yml": SETTINGS, **surroundings(), A: written(idea("submitted")), B: written(idea("test"))}
    git_instance.commit(files, "2026-02-02")
    assert brought(git_instance, "HEAD~1")["b"] == ["new-above-submitted", "outcome-without-plan"]


def test_an_instance_in_a_folder_of_its_repository(tmp_path: Path) -> None:
    top = GitInstance(tmp_path / "forrad")
    top.root.mkdir()
    top.git("init", "--quiet", "--initial-branch=main")
    inner = GitInstance(top.root / "idéer")
    begin = {"idesluss.yml": SETTINGS, **surroundings(), A: written(idea("submitted")), "ideas/å.md": "x"}
    write_files(inner.root, begin)
    top.commit({"ideas/2026/b.md": "not an entry of the instance"}, "2026-02-01")
    write_files(inner.root, {A: written(idea("answered")), B: written(idea("answered", title="B"))})
    top.commit({}, "2026-02-02")
    assert brought(inner, "HEAD~1") == {"b": ["new-above-submitted", "outcome-without-plan"]}
    top.git("revert", "--no-edit", "HEAD", date="2026-02-03")
    assert brought(inner, "HEAD~1") == {}


REFUSALS = ("ingen-sådan", "--output=x", "")


@pytest.mark.parametrize("ref", REFUSALS)
def test_an_unknown_base_is_told_of_with_a_way_out(repository: GitInstance, ref: str) -> None:
    done = run_cli("--lang", "en", "check", f"--base={ref}", root=repository.root)
    assert done.returncode == 2
    assert f"git knows no commit {ref}" in done.stderr
    assert "git fetch" in done.stderr
    assert done.stdout == ""


def test_lines_without_a_common_past_cannot_be_compared(repository: GitInstance) -> None:
    repository.git("switch", "--quiet", "--orphan", "ensam")
    repository.commit({"idesluss.yml": SETTINGS}, "2026-02-02")
    done = run_cli("--lang", "en", "check", "--base", "main", root=repository.root)
    assert (done.returncode, "no commit in common" in done.stderr) == (2, True)


def test_a_shallow_clone_is_refused_with_the_way_out(repository: GitInstance, tmp_path: Path) -> None:
    repository.commit({A: written(idea("answered", title="A"))}, "2026-02-02")
    shallow = tmp_path / "grund"
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.root}", str(shallow))
    done = run_cli("--lang", "sv", "check", "--base", "HEAD", root=shallow)
    assert done.returncode == 2
    assert "git fetch --unshallow" in done.stderr
    assert "fetch-depth: 0" in done.stderr


def test_without_a_repository_there_is_nothing_to_compare_with(instance: Callable[[Files], Path]) -> None:
    done = run_cli("--lang", "en", "check", "--base", "main", root=instance({}))
    assert (done.returncode, "no git repository" in done.stderr) == (2, True)


def test_what_stands_unchanged_is_read_once(repository: GitInstance, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    reading = entry.in_steps

    def noted(path: str, *rest: Any) -> Generator[None, None, entry.Reading]:
        read.append(path)
        return reading(path, *rest)

    monkeypatch.setattr(entry, "in_steps", noted)
    repository.commit({A: written(idea("answered", title="A"))}, "2026-02-02")
    assert brought(repository, "HEAD~1") == {}
    assert [path for path in sorted(set(read)) if read.count(path) > 1] == [A]
