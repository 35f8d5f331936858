"""What the calendar says: told from the right day on, never an error, and never from memory of another day."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Files, GitInstance, run_cli, write_files
from idesluss import clock, examine
from idesluss.kinds.case import Case
from idesluss.kinds.idea import Idea
from lock_ideas import CASE_BODY, idea, surroundings, written

A = "ideas/2026/a.md"
QUIET: dict[str, Any] = {"tests": None, "decisions": None, "history": None}
ANSWERED = [{"date": "2026-01-12", "role": "Idécoach", "type": "answer", "text": "Tack!"}]
WAITING = {"title": "A", "unit": "enheten", "handed_in": {"door": "form", "at": "2026-03-30"}}
STEP = {"what": "Besök", "role": "Idécoach", "by": "2026-05-01"}
ADOPTION = {"title": "A", "case": "exemplet", "by": "enheten", "version": "1", "degree": "copy", "phase": "in_use"}
CASE = {
    "title": "Gammalt",
    "summary": "x",
    "organisation": "enheten",
    "type": "solution",
    "status": "in_use",
    "licence": "CC-BY-4.0",
}


@pytest.fixture(autouse=True)
def _own_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("IDESLUSS_CACHE", str(tmp_path / "cache"))


def reminders(root: Path, now: str | None = None) -> list[str]:
    """The codes of the notices about the one file that is looked at; anything graver fails."""
    done = run_cli("check", "--format", "json", *(["--now", now] if now else []), root=root)
    found = json.loads(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert {one["severity"] for one in found} <= {"notice"}
    return [one["code"] for one in found if Path(one["path"]).stem in ("a", "gammalt")]


ROWS: list[tuple[str, str, str, str]] = [
    # the code, the file, the last day without a reminder, and the first with one
    ("stalled", written(idea("answered", **QUIET, log=ANSWERED)), "2026-03-13", "2026-03-14"),
    ("stalled", written(idea("pilot")), "2026-07-19", "2026-07-20"),
    ("overdue-answer", written(WAITING), "2026-04-15", "2026-04-16"),  # over Easter
    ("overdue-review", written(idea("parked", review_by="2026-06-06")), "2026-06-06", "2026-06-07"),
    ("overdue-step", written({"title": "A", "unit": "enheten", "next_step": STEP}), "2026-05-01", "2026-05-02"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "file", "before", "after"), ROWS)
def test_a_reminder_comes_on_its_day(
    instance: Callable[[Files], Path], code: str, file: str, before: str, after: str
) -> None:
    root = instance({**surroundings(), A: file})
    assert reminders(root, before) == []
    assert reminders(root, after) == [code]


OLD_ADOPTION = written({**ADOPTION, "confirmed": "2024-02-29"})
OLD_CASE = written({**CASE, "last_confirmed": "2024-05"}, CASE_BODY)
FILES = [
    ("lapsed-adoption", "ideas/adoptions/a.md", OLD_ADOPTION, "2026-02-28", "2026-03-01"),
    ("unconfirmed-case", "ideas/cases/gammalt.md", OLD_CASE, "2026-05-01", "2026-05-02"),
]


@pytest.mark.parametrize(("code", "path", "file", "before", "after"), FILES, ids=[row[0] for row in FILES])
def test_what_was_confirmed_holds_for_two_years(
    instance: Callable[[Files], Path], code: str, path: str, file: str, before: str, after: str
) -> None:
    root = instance({**surroundings(), path: file})
    assert reminders(root, before) == []
    assert reminders(root, after) == [code]
    ended = file.replace('"in_use"', '"ended"')
    assert reminders(instance({path: ended}), after) == []


@pytest.mark.parametrize("stage", ["verified", "closed", "referred", "combined", "withdrawn"])
def test_nobody_is_reminded_of_what_is_over(instance: Callable[[Files], Path], stage: str) -> None:
    fields = idea(stage, next_step=STEP, handed_in=WAITING["handed_in"], review_by="2026-02-01")
    assert reminders(instance({**surroundings(["a"]), A: written(fields)}), "2030-01-01") == []


def test_the_last_check_is_not_remembered_for_another_day(instance: Callable[[Files], Path]) -> None:
    """Nothing but the day has changed."""
    root = instance({**surroundings(), A: written(WAITING)})
    old = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC).timestamp()
    for path in sorted(root.rglob("*")):
        os.utime(path, (old, old))
    assert reminders(root, "2026-04-15") == []
    assert reminders(root, "2026-04-16") == ["overdue-answer"]
    assert reminders(root, "2026-04-15") == []


def test_the_last_check_is_not_remembered_for_another_commit(git_instance: GitInstance) -> None:
    """A commit that changes no file moves the day."""
    git_instance.commit({**surroundings(), A: written(WAITING)}, "2026-04-15")
    assert reminders(git_instance.root) == []
    git_instance.commit({}, "2026-04-16")
    assert reminders(git_instance.root) == ["overdue-answer"]


def test_nothing_is_remembered_while_git_does_not_answer(git_instance: GitInstance) -> None:
    """Before the first commit the day is today's; in a folder that git does not trust nothing is known of the past."""
    root = git_instance.root
    write_files(root, {**surroundings(), A: written(WAITING)})
    old = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC).timestamp()

    def is_remembered() -> bool:
        for path in sorted((root / "ideas").rglob("*")):
            os.utime(path, (old, old))
        held = examine.fingerprint(root, None)
        examine.keep(root, held, examine.examine(root))
        return examine.again(root, held) is not None

    assert not is_remembered()
    git_instance.commit({}, "2026-04-16")
    told = (root / ".git" / "config").read_text("utf-8")
    (root / ".git" / "config").write_text("[core]\n\trepositoryformatversion = 99\n", "utf-8")
    assert not is_remembered()
    (root / ".git" / "config").write_text(told, "utf-8")
    assert is_remembered()


def test_months_are_counted_as_people_do() -> None:
    day = datetime.date.fromisoformat
    assert clock.months_after(day("2024-02-29"), 24) == day("2026-02-28")
    assert clock.months_after(day("2026-08-31"), 6) == day("2027-02-28")
    assert clock.months_after(day("2026-12-01"), 1) == day("2027-01-01")
    assert clock.months_after(day("2026-11-30"), 1) == day("2026-12-30")


def test_a_case_without_a_day_counts_from_git() -> None:
    from idesluss.history import Life

    case = Case.model_validate(CASE)
    assert clock.confirmation_due(case, None) is None
    assert clock.confirmation_due(case, Life("2025-01-10", "2026-01-01")) == datetime.date(2027, 1, 10)


def test_an_idea_rests_longer_from_concept_on() -> None:
    fields = {"title": "A", "unit": "u", "log": ANSWERED}
    for stage, days in (("assessed", 60), ("concept", 180), ("pilot", 180)):
        held = Idea.model_validate({**fields, "stage": stage})
        last = datetime.date(2026, 1, 12) + datetime.timedelta(days=days)
        assert clock.stalled_since(held, None, last) is None
        assert clock.stalled_since(held, None, last + datetime.timedelta(days=1)) == datetime.date(2026, 1, 12)


def test_notices_are_told_by_check_and_only_counted_by_build(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    root = instance({**surroundings(), A: written(WAITING)})
    at = ("--now", "2026-05-01")
    assert "[overdue-answer]" in run_cli("check", *at, root=root).stdout
    assert run_cli("check", "--quiet", *at, root=root).stdout == ""
    built = run_cli("build", *at, "--site", str(tmp_path / "site"), root=root)
    assert "[overdue-answer]" not in built.stdout
    assert "idesluss check" in built.stdout
    assert run_cli("build", "--quiet", *at, "--site", str(tmp_path / "site"), root=root).stdout == ""
