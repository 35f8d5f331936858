"""Swedish working days: what a promise to answer within so many of them is counted in."""

from __future__ import annotations

import datetime
from functools import cache

YEARS = (1800, 2999)
"""The years that a date of an entry may lie in; with days added to it, it can then still be counted with."""
_DAY = datetime.timedelta(days=1)
NATIONAL_DAY_SINCE = 2005
"""From this year 6 June is a public holiday, and Whit Monday is none."""


def is_working_day(day: datetime.date) -> bool:
    """Whether people in Swedish municipalities are at work: not on weekends and free days."""
    return day.weekday() < 5 and day not in free_days(day.year)


def add_working_days(day: datetime.date, n: int) -> datetime.date:
    """The `n`th working day after `day`, which itself does not count; `day` for 0."""
    left = n
    while left > 0:
        day += _DAY
        left -= is_working_day(day)
    return day


@cache
def working_days_between(a: datetime.date, b: datetime.date) -> int:
    """How many working days come after `a` until `b`, with `b` counted; below nought if `b` is before `a`.

    So `add_working_days(a, working_days_between(a, b)) == b` for every working day `b` after `a`.
    """
    if b < a:
        return -working_days_between(b, a)
    free = sum(a < day <= b for year in range(a.year, b.year + 1) for day in free_days(year) if day.weekday() < 5)
    return _weekdays(b) - _weekdays(a) - free


def _weekdays(day: datetime.date) -> int:
    """Mondays to Fridays from the first day of the calendar, which is a Monday, until `day`."""
    weeks, rest = divmod(day.toordinal(), 7)
    return 5 * weeks + min(rest, 5)


@cache
def free_days(year: int) -> frozenset[datetime.date]:
    """The public holidays of a year, by Swedish law (1989:253), and three eves that are free by custom.

    These are the eves of midsummer, Christmas and New Year.
    """
    easter = easter_sunday(year)
    midsummer = _first_saturday(datetime.date(year, 6, 20))
    all_saints = _first_saturday(datetime.date(year, 10, 31))
    fixed = {(1, 1), (1, 6), (5, 1), (12, 24), (12, 25), (12, 26), (12, 31)}
    after_easter = {-2, 0, 1, 39, 49}
    if year >= NATIONAL_DAY_SINCE:
        fixed.add((6, 6))
    else:
        after_easter.add(50)
    return frozenset(
        {
            *(datetime.date(year, month, day) for month, day in fixed),
            *(easter + days * _DAY for days in after_easter),
            midsummer - _DAY,
            midsummer,
            all_saints,
        }
    )


def _first_saturday(day: datetime.date) -> datetime.date:
    """The first Saturday from `day` on."""
    return day + (5 - day.weekday()) % 7 * _DAY


def easter_sunday(year: int) -> datetime.date:
    """Easter Sunday in the Gregorian calendar, by the rule of Meeus, Jones and Butcher."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap_centuries, century_left = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_shift + 15) % 30
    leaps, left = divmod(of_century, 4)
    weekday = (32 + 2 * century_left + 2 * leaps - epact - left) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return datetime.date(year, month, day + 1)
