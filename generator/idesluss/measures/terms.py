"""Terms that several measures, and the pages, count with: days, months, and how long a word holds."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import cache

from idesluss import clock
from idesluss.kinds.adoption import Adoption

USED = ("in_use", "benefit_confirmed")
"""The phases of an adoption in which the case is in use."""


@cache
def exact(moment: str) -> datetime.date | None:
    """The day, or None where only its month or year is known."""
    return clock.first_day(moment) if len(moment) == 10 else None


def is_lapsed(confirmed: str, now: datetime.date) -> bool:
    """Whether it is too long since somebody confirmed it; a month or a year is given its whole length."""
    return confirmed < clock.months_after(now, -clock.HOLDS_MONTHS).isoformat()[: len(confirmed)]


def newest_words(adoptions: Iterable[Adoption]) -> tuple[Adoption, ...]:
    """The newest word of each adopter of each case: one that tells twice of the same case is still one place.

    Of two that were confirmed on the same day the first one holds.
    """
    newest: dict[tuple[str, str], Adoption] = {}
    for adoption in adoptions:
        held = newest.get((adoption.case, adoption.by))
        if held is None or held.confirmed < adoption.confirmed:
            newest[adoption.case, adoption.by] = adoption
    return tuple(newest.values())


def is_live(adoption: Adoption, now: datetime.date) -> bool:
    """Whether a case that was taken over is in use or on the way, as far as anybody has said of late."""
    return adoption.phase != "ended" and not is_lapsed(adoption.confirmed, now)
