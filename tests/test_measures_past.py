"""Figures of the past: at a commit they are what its checkout gives, and what another script counts from git alone."""

from __future__ import annotations

import datetime
import gc
import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import recompute
from conftest import REPOSITORY, GitInstance, run_cli
from idesluss.cli import everything

DATES = 50
FIRST, LAST = datetime.date(2025, 1, 7), datetime.date(2026, 11, 24)
"""The days between which the replayed history has its commits."""
IDEA = "---\ntitle: {}\nunit: skola\nstage: {}\n---\n\n## Problemet\n\nFukten syns sent.\n"
UNIT = "---\ntitle: Skolan\ntype: administration\n---\n"


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> GitInstance:
    folder = tmp_path_factory.mktemp("measured") / "instance"
    subprocess.run([sys.executable, "tools/replay.py", str(folder)], cwd=REPOSITORY, check=True, capture_output=True)
    return GitInstance(folder)


@pytest.fixture
def measured() -> Iterator[Callable[..., dict[str, Any]]]:
    """The command in this process, with what it prints as JSON."""

    def run(root: Path, *arguments: str) -> dict[str, Any]:
        told = ["--root", str(root), "--lang", "en", "measures", "--format", "json", *arguments]
        done = CliRunner().invoke(everything, told)
        assert done.exit_code == 0, done.output
        read: dict[str, Any] = json.loads(done.stdout)
        return read

    yield run
    gc.enable()  # the command line goes without


def days() -> list[str]:
    chosen = random.Random(2026)
    return [(FIRST + datetime.timedelta(days=chosen.randint(0, (LAST - FIRST).days))).isoformat() for _ in range(DATES)]


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_the_past_is_what_a_checkout_gives(
    audience: str, replayed: GitInstance, tmp_path: Path, measured: Callable[..., dict[str, Any]]
) -> None:
    """At 50 random dates, half of them for each audience: the same to the last cell, definition and command."""
    clone = GitInstance(tmp_path / "clone")
    subprocess.run(["git", "clone", "--quiet", str(replayed.root), str(clone.root)], check=True)
    seen = set()
    for day in days()[audience == "internal" :: 2]:
        then = measured(replayed.root, "--at", day, "--audience", audience)
        assert then["day"] <= day
        if then["commit"] in seen:
            continue
        seen.add(then["commit"])
        clone.git("checkout", "--quiet", "--detach", then["commit"])
        assert measured(clone.root, "--audience", audience) == then, day
    assert len(seen) > DATES // 4


def test_the_command_that_is_told_gives_the_same(
    replayed: GitInstance, measured: Callable[..., dict[str, Any]]
) -> None:
    """Each figure's own command computes it again, for the day that somebody took for today too."""
    told = measured(replayed.root, "--at", "2026-06-15", "--now", "2026-07-01", "--audience", "internal")
    assert {figure["day"] for figure in told["figures"]} == {"2026-07-01"}
    for figure in told["figures"]:
        program, command, *words = figure["command"].split()
        assert (program, command) == ("idesluss", "measures")
        again = measured(replayed.root, *words)["figures"]
        assert [one["key"] for one in again] == [figure["key"]]
        assert again[0]["definition"] == figure["definition"]
        if "internal" in words:
            assert again[0] == figure


@pytest.mark.parametrize("day", ["2025-02-03", "2025-09-15", "2026-02-14", "2026-06-30", "2026-11-24"])
def test_every_figure_is_what_another_script_counts(
    day: str, replayed: GitInstance, measured: Callable[..., dict[str, Any]]
) -> None:
    """Counted from `git log` and `git show` alone there is no difference, in any measure, row or column."""
    told = measured(replayed.root, "--at", day, "--audience", "internal")
    ours = {figure["key"]: {row["key"]: row["values"] for row in figure["rows"]} for figure in told["figures"]}
    again = recompute.recompute(replayed.root, told["commit"])
    assert set(ours) == set(again)
    assert {key: table for key, table in ours.items() if table != again[key]} == {}
    assert sum(value is not None for table in ours.values() for row in table.values() for value in row.values()) > 300


def test_what_is_only_stated_is_what_another_script_counts(measured: Callable[..., dict[str, Any]]) -> None:
    """In this repository the example's history stands in the files: it is counted apart, and nothing of it as shown."""
    told = measured(REPOSITORY, "--at", head(REPOSITORY), "--audience", "internal")
    ours = {figure["key"]: {row["key"]: row["values"] for row in figure["rows"]} for figure in told["figures"]}
    again = recompute.recompute(REPOSITORY, told["commit"])
    assert {key: table for key, table in ours.items() if table != again[key]} == {}
    assert sum(row["stated"] for row in ours["lead-time"].values()) > 100


def head(root: Path) -> str:
    return GitInstance(root).git("rev-parse", "HEAD")


def test_the_settings_are_those_of_the_time(git_instance: GitInstance, measured: Callable[..., dict[str, Any]]) -> None:
    """A promise that was made later does not count for what came before."""
    answer = "{date: 2026-01-30, role: Coach, type: answer, text: Tack!}"
    late = f"handed_in: {{door: form, at: 2026-01-05}}\nlog:\n  - {answer}\n"
    idea = IDEA.format("Givare", "submitted").replace("stage:", f"{late}stage:")
    first = git_instance.commit({"ideas/units/skola.md": UNIT, "ideas/2026/givare.md": idea}, "2026-02-02")
    settings = (git_instance.root / "idesluss.yml").read_text("utf-8")
    git_instance.commit({"idesluss.yml": f"{settings}response_promise: 30\n"}, "2026-02-09")

    def within(*arguments: str) -> Any:
        figure = measured(git_instance.root, "response", "--audience", "internal", *arguments)["figures"][0]
        return figure["rows"][-1]["values"]["within"]

    assert within("--at", "2026-02-05") == within("--at", first) == within("--at", first[:9]) == 0
    assert within("--at", "2026-02-09") == within() == 1


def test_a_past_that_is_not_there_is_told(git_instance: GitInstance) -> None:
    git_instance.commit({"ideas/units/skola.md": UNIT}, "2026-02-02")
    for at, said in (
        ("2026-02-01", "There is no commit as old as 2026-02-01. The oldest is of 2026-02-02."),
        ("abcdef12", "There is no commit abcdef12."),
        ("yesterday", "is neither a date"),
        ("2026-02-30", "is no date"),
    ):
        done = run_cli("--lang", "en", "measures", "--at", at, root=git_instance.root)
        assert done.returncode == 2
        assert said in done.stderr


def test_nothing_of_the_past_is_left_behind(
    git_instance: GitInstance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, measured: Callable[..., dict[str, Any]]
) -> None:
    """The files of a past commit lie in a folder of their own that is gone afterwards."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    git_instance.commit({"ideas/units/skola.md": UNIT, "ideas/2026/a.md": IDEA.format("A", "submitted")}, "2026-02-02")
    git_instance.commit({"ideas/2026/a.md": None}, "2026-02-03")
    told = measured(git_instance.root, "overview", "--at", "2026-02-02", "--audience", "internal")
    assert told["figures"][0]["rows"][0]["values"]["ideas"] == 1
    assert list(scratch.iterdir()) == []
    assert not (git_instance.root / "ideas/2026/a.md").exists()
