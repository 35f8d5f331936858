"""The replayed history of the worked example: what it ends with, its days, and that every state of it holds."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import REPOSITORY, GitInstance
from idesluss import examine
from idesluss.problem import Severity
from idesluss.stages import MOVES

SCRIPT = REPOSITORY / "tools" / "replay.py"
SAMPLED = 23
"""One of so many commits is checked whole; a prime, so that every way of merging is met."""

IDEAS = sorted(REPOSITORY.glob("ideas/20*/*.md"))


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), str(folder)], cwd=REPOSITORY, check=False, capture_output=True, text=True
    )


def front(text: str) -> dict[str, object]:
    told: dict[str, object] = yaml.safe_load(text.split("---\n")[1])
    return told


def without_history(text: str) -> str:
    kept, inside = [], False
    for line in text.splitlines(keepends=True):
        inside = line == "history:\n" or (inside and line.startswith(("  ", "- ")))
        kept += [] if inside else [line]
    return "".join(kept)


def stages(replayed: GitInstance, path: str) -> Iterator[tuple[str, str]]:
    """The stage of an idea and the day, at each commit of the first-parent line that changes it, oldest first."""
    told = replayed.git("log", "--first-parent", "--reverse", "--format=%H %cs", "main", "--", path)
    for line in told.splitlines():
        sha, day = line.split()
        text = replayed.git("show", f"{sha}:{path}")
        yield str(front(f"{text}\n")["stage"]), day


def test_the_last_commit_holds_the_very_ideas_without_the_stated_history(replayed: GitInstance) -> None:
    there = {path.relative_to(REPOSITORY): path for path in REPOSITORY.glob("ideas/**/*") if path.is_file()}
    made = {path.relative_to(replayed.root) for path in replayed.root.glob("ideas/**/*") if path.is_file()}
    assert made == set(there)
    assert len(IDEAS) >= 36
    for name, whole in there.items():
        ours = whole.read_bytes()
        if whole in IDEAS:
            ours = without_history(ours.decode()).encode()
            assert ours != whole.read_bytes()
        assert (replayed.root / name).read_bytes() == ours, name
    assert replayed.git("status", "--porcelain") == ""
    for beside in ("idesluss.yml", "mkdocs.yml", "docs/om.md"):
        assert (replayed.root / beside).read_bytes() == (REPOSITORY / beside).read_bytes()


@pytest.mark.parametrize("path", IDEAS, ids=lambda path: path.stem)
def test_git_shows_the_stages_on_the_very_days_that_the_file_states(replayed: GitInstance, path: Path) -> None:
    stated = [(step["stage"], str(step["date"])) for step in front(path.read_text(encoding="utf-8"))["history"]]  # type: ignore[attr-defined]
    shown: list[tuple[str, str]] = []
    for stage, day in stages(replayed, path.relative_to(REPOSITORY).as_posix()):
        if not shown or shown[-1][0] != stage:
            shown.append((stage, day))
    assert shown == stated
    assert shown[0][0] == "submitted"
    assert all(MOVES[one[0], two[0]] in ("forward", "aside") for one, two in itertools.pairwise(shown))


def test_log_lines_decisions_and_tests_come_when_they_are_dated_and_stay_as_they_are(replayed: GitInstance) -> None:
    path = "ideas/2025/fuktvakt.md"
    seen: dict[str, str] = {}
    for line in replayed.git("log", "--first-parent", "--reverse", "--format=%H %cs", "main", "--", path).splitlines():
        sha, day = line.split()
        told = front(replayed.git("show", f"{sha}:{path}") + "\n")
        for field in ("log", "decisions"):
            for item in told.get(field, ()):  # type: ignore[attr-defined]
                seen.setdefault(f"{field} {item['date']}", day)
        for test in told.get("tests", ()):  # type: ignore[attr-defined]
            seen.setdefault(f"plan {test['key']}", day)
            if "outcome" in test:
                seen.setdefault(f"outcome {test['key']}", day)
            else:
                assert not {"result", "lesson", "n"} & set(test)
                assert {"hypothesis", "measure", "threshold", "period"} <= set(test)
    dated = {key: day for key, day in seen.items() if key[:1] in "ld"}
    assert len(dated) == 9
    assert all(key.endswith(day) for key, day in dated.items())
    assert seen["plan hittar-det-blota"] == "2025-04-01"
    assert seen["plan larmet-blir-gjort"] == "2025-05-05"
    assert "2025-04-30" < seen["outcome hittar-det-blota"] < "2025-05-10"
    assert "2025-06-05" < seen["outcome larmet-blir-gjort"] < "2025-06-17"


@pytest.mark.parametrize("path", IDEAS, ids=lambda path: path.stem)
def test_what_was_written_stays_and_an_outcome_finds_its_plan(replayed: GitInstance, path: Path) -> None:
    """From one state of an idea to the next nothing of its log, decisions and plans is changed or taken out."""
    name = path.relative_to(REPOSITORY).as_posix()
    before: dict[str, Any] = {}
    for sha in replayed.git("rev-list", "--first-parent", "--reverse", "main", "--", name).split():
        after: dict[str, Any] = front(replayed.git("show", f"{sha}:{name}") + "\n")
        for field in ("log", "decisions"):
            assert [item for item in before.get(field, ()) if item not in after.get(field, ())] == []
        held = {test["key"]: test for test in before.get("tests", ())}
        new = {test["key"]: test for test in after.get("tests", ())}
        assert set(held) <= set(new)
        for key, test in new.items():
            plan = {field: test[field] for field in ("hypothesis", "measure", "threshold", "period")}
            assert key not in held or plan.items() <= held[key].items()
            assert "outcome" not in test or key in held, f"{key} came with its outcome"
        before = after


def test_the_states_hold(replayed: GitInstance, tmp_path: Path) -> None:
    line = replayed.git("rev-list", "--first-parent", "--reverse", "main").split()
    assert len(line) > 300
    clone = GitInstance(tmp_path / "clone")
    clone.root.mkdir()
    clone.git("clone", "--quiet", str(replayed.root), ".")
    for sha in [*line[::SAMPLED], line[-1]]:
        clone.git("checkout", "--quiet", sha)
        problems = examine.examine(clone.root, jobs=1).problems
        assert [problem for problem in problems if problem.severity is Severity.ERROR] == [], sha


def test_pull_requests_are_merged_in_three_ways_and_time_runs_forward(replayed: GitInstance) -> None:
    told = replayed.git("log", "--first-parent", "--reverse", "--format=%ct\t%P\t%an\t%cn\t%s").splitlines()
    lines = [line.split("\t") for line in told]
    times = [int(line[0]) for line in lines]
    assert times == sorted(set(times))
    merges = [line for line in lines if " " in line[1]]
    squashed = [line for line in lines if re.search(r" \(#\d+\)$", line[4])]
    assert min(len(merges), len(squashed), len(lines) - len(merges) - len(squashed)) > 90
    assert all(re.match(r"Merge pull request #\d+ from \S+/\S+$", line[4]) for line in merges)
    names = {name for line in lines for name in line[2:4]}
    assert {name.split()[0] for name in names} == {
        "Idéslussen", "Idécoach", "Formuläret", "Brevlådan", "Ärendeformuläret",
    }  # fmt: skip
    mails = replayed.git("log", "--format=%ae %ce").split()
    assert all(mail.endswith("@exempelstad.example") for mail in mails)


def test_the_same_files_give_the_same_commits(replayed: GitInstance, tmp_path: Path) -> None:
    again = GitInstance(tmp_path / "again")
    assert run(again.root).returncode == 0
    assert again.git("rev-parse", "main") == replayed.git("rev-parse", "main")
    assert again.git("branch", "--all", "--format=%(refname)") == "refs/heads/main"


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    done = run(tmp_path)
    assert done.returncode == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
