"""Terms that several measures, and the pages, count with: days, months, and how long a word holds."""

from __future__ import annotations

import datetime
from functools import cache

from idesluss import clock
from idesluss.kinds.adoption import Adoption

LAPSES_AFTER = 24
"""Months after which a case or an adoption that nobody has confirmed no longer counts as in use."""


@cache
def exact(moment: str) -> datetime.date | None:
    """The day, or None where only its month or year is known."""
    return clock.first_day(moment) if len(moment) == 10 else None


@cache
def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later or earlier, or the last of that month if it is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - datetime.timedelta(days=1)).day
    return datetime.date(year, month + 1, min(day.day, last))


def is_lapsed(confirmed: str, now: datetime.date) -> bool:
    """Whether it is too long since somebody confirmed it; a month or a year is given its whole length."""
    return confirmed < months_after(now, -LAPSES_AFTER).isoformat()[: len(confirmed)]


def is_live(adoption: Adoption, now: datetime.date) -> bool:
    """Whether a case that was taken over is in use or on the way, as far as anybody has said of late."""
    return adoption.phase != "ended" and not is_lapsed(adoption.confirmed, now)
