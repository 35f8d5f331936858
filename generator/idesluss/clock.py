"""What the calendar says: who waits for an answer, what has come to a standstill, which dates have come.

Nothing here closes or moves an idea: these are reminders.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from idesluss.history import Life
from idesluss.kinds.adoption import Adoption
from idesluss.kinds.case import Case
from idesluss.kinds.idea import Idea
from idesluss.workdays import add_working_days

STALLED_AFTER: Mapping[str, int] = MappingProxyType(
    {"submitted": 60, "answered": 60, "assessed": 60, "concept": 180, "test": 180, "pilot": 180}
)
"""So many days without a change of stage, log, decisions or tests are a standstill. Other stages have none."""

ENDED = frozenset({"verified", "referred", "combined", "closed", "withdrawn"})
"""Stages where a coach has nothing more to do; in all others the idea is open."""

HOLDS_MONTHS = 24
"""So long holds what somebody has confirmed: an adoption, or a case."""

OVER = frozenset({"ended", "failed"})
"""Cases that tell of what was, and need no confirming."""


def is_open(idea: Idea) -> bool:
    """Whether a coach still has work with the idea."""
    return idea.stage not in ENDED


def came_in(idea: Idea, life: Life | None) -> datetime.date | None:
    """The day the idea was handed in: as its door stated, else as git shows; None if nobody knows."""
    if idea.handed_in:
        return first_day(idea.handed_in.at)
    return datetime.date.fromisoformat(life.born) if life else None


def waits_for_answer(idea: Idea) -> bool:
    """Whether nobody has answered the idea giver yet."""
    return idea.stage == "submitted" and not any(line.type == "answer" for line in idea.log)


def answer_due(idea: Idea, life: Life | None, promise: int) -> datetime.date | None:
    """The last day to answer within the promise of so many working days; None if nothing is due."""
    came = came_in(idea, life) if promise and waits_for_answer(idea) else None
    return add_working_days(came, promise) if came else None


def last_moved(idea: Idea, life: Life | None) -> datetime.date | None:
    """The day of the last change of stage, log, decisions or tests, by git or by the dates in the file itself.

    An idea that was brought in with its history did not move on the day it was brought in.
    """
    days = [first_day(day) for day in _dated(idea)]
    if life and life.moved and (life.moved != life.born or not idea.history):
        days.append(datetime.date.fromisoformat(life.moved))
    return max(days, default=None)


def _dated(idea: Idea) -> Iterator[str]:
    if idea.handed_in:
        yield idea.handed_in.at
    yield from (step.date for step in idea.history)
    yield from (decision.date for decision in idea.decisions)
    yield from (line.date for line in idea.log)


def stalled_since(idea: Idea, life: Life | None, today: datetime.date) -> datetime.date | None:
    """The day of the last move, if that was too long ago for the idea's stage; else None."""
    moved = last_moved(idea, life)
    if idea.stage not in STALLED_AFTER or moved is None:
        return None
    return moved if (today - moved).days > STALLED_AFTER[idea.stage] else None


def is_stalled(idea: Idea, life: Life | None, today: datetime.date) -> bool:
    return stalled_since(idea, life, today) is not None


def review_due(idea: Idea) -> datetime.date | None:
    """The day on which a parked idea is to be looked at again; None if it is not parked."""
    return first_day(idea.review_by) if idea.stage == "parked" and idea.review_by else None


def next_step_due(idea: Idea) -> datetime.date | None:
    """The day by which the next step of an open idea is to be done; None if there is none."""
    return first_day(idea.next_step.by) if idea.next_step and is_open(idea) else None


def lapses(adoption: Adoption) -> datetime.date | None:
    """The day on which an adoption no longer counts unless it is confirmed again; None if it has ended."""
    return months_after(first_day(adoption.confirmed), HOLDS_MONTHS) if adoption.phase != "ended" else None


def confirmation_due(case: Case, life: Life | None) -> datetime.date | None:
    """The day by which a case is to be confirmed again; None if it is over, or nobody knows how old it is."""
    told = case.last_confirmed or (life.born if life else "")
    return months_after(first_day(told), HOLDS_MONTHS) if told and case.status not in OVER else None


@cache
def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later or earlier, or the last of that month if it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (datetime.date(year + month // 11, (month + 1) % 12 + 1, 1) - datetime.timedelta(days=1)).day
    return datetime.date(year, month + 1, min(day.day, last))


def first_day(moment: str) -> datetime.date:
    """A date as YYYY, YYYY-MM or YYYY-MM-DD as a day, the first that it may mean."""
    return datetime.date.fromisoformat(f"{moment}-01-01"[:10])
