"""The calendar of an idea: answers due, standstills, reviews and next steps, day by day."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from idesluss import clock
from idesluss.history import Life, Step
from idesluss.kinds.idea import Idea
from idesluss.stages import STAGES

DAY = datetime.date.fromisoformat


def idea(stage: str = "submitted", **fields: Any) -> Idea:
    return Idea.model_validate({"title": "A", "unit": "u", "stage": stage, **fields})


def logged(date: str, type_: str = "answer") -> dict[str, str]:
    return {"date": date, "role": "Idécoach", "type": type_, "text": "Tack!"}


def test_promise_counts_working_days_from_the_day_at_the_door() -> None:
    waiting = idea(handed_in={"door": "form", "at": "2026-12-18"})
    assert clock.answer_due(waiting, None, 10) == DAY("2027-01-08"), "Christmas, New Year and Epiphany do not count"
    assert clock.answer_due(waiting, None, 0) is None, "nothing was promised"
    git = Life("2026-12-21", "2026-12-21", "2026-12-21")
    assert clock.answer_due(idea(), git, 1) == DAY("2026-12-22"), "without a door, git says when it came"
    assert clock.answer_due(idea(), None, 1) is None
    answered = idea(handed_in={"door": "form", "at": "2026-12-18"}, log=[logged("2026-12-19")])
    assert clock.answer_due(answered, None, 10) is None
    asked = idea(handed_in={"door": "form", "at": "2026-12-18"}, log=[logged("2026-12-19", "question")])
    assert clock.answer_due(asked, None, 10) == DAY("2027-01-08"), "a question is no answer"


@pytest.mark.parametrize("stage", STAGES)
def test_standstill_begins_the_day_after_the_last_of_its_days(stage: str) -> None:
    moved = Life("2026-01-01", "2026-03-01", "2026-02-01", (Step(stage, "2026-01-01", "a"),))
    days = {"submitted": 60, "answered": 60, "assessed": 60, "concept": 180, "test": 180, "pilot": 180}.get(stage)
    for after in (0, 60, 61, 180, 181, 2000):
        today = DAY("2026-02-01") + datetime.timedelta(days=after)
        assert clock.is_stalled(idea(stage), moved, today) == (days is not None and after > days)


def test_last_move_is_the_newest_that_git_or_the_file_shows() -> None:
    git = Life("2026-01-01", "2026-03-01", "2026-02-01")
    assert clock.last_moved(idea(), git) == DAY("2026-02-01")
    assert clock.last_moved(idea(log=[logged("2026-04-01")]), git) == DAY("2026-04-01")
    assert clock.last_moved(idea(), None) is None
    brought = idea(history=[{"stage": "submitted", "date": "2025-03"}])
    came = Life("2026-01-01", "2026-01-01", "2026-01-01")
    assert clock.last_moved(brought, came) == DAY("2025-03-01"), "to be brought in is no move"
    assert clock.last_moved(brought, git) == DAY("2026-02-01")


def test_dates_count_only_where_somebody_has_work() -> None:
    step = {"what": "Ring", "role": "Idécoach", "by": "2026-05-01"}
    assert clock.next_step_due(idea("test", next_step=step)) == DAY("2026-05-01")
    assert clock.next_step_due(idea("closed", next_step=step)) is None
    assert clock.review_due(idea("parked", review_by="2026-06-01")) == DAY("2026-06-01")
    assert clock.review_due(idea("concept", review_by="2026-06-01")) is None
