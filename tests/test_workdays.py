"""Swedish working days, against calendars of real years."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.workdays import add_working_days, easter_sunday, free_days, is_working_day, working_days_between

DAYS = st.dates(datetime.date(1990, 1, 1), datetime.date(2099, 12, 31))
FREE_2026 = (
    "01-01", "01-06", "04-03", "04-05", "04-06", "05-01", "05-14", "05-24", "06-06", "06-19", "06-20", "10-31",
    "12-24", "12-25", "12-26", "12-31",
)  # fmt: skip


def day(told: str) -> datetime.date:
    return datetime.date.fromisoformat(told)


def test_free_days_of_a_year() -> None:
    assert sorted(free_days(2026)) == [day(f"2026-{told}") for told in FREE_2026]


@pytest.mark.parametrize(
    "told",
    ["1818-03-22", "1943-04-25", "2000-04-23", "2008-03-23", "2011-04-24", "2024-03-31", "2025-04-20", "2038-04-25"],
)
def test_easter_of_years_far_apart(told: str) -> None:
    """The earliest and latest days that Easter can fall on are among them."""
    assert easter_sunday(int(told[:4])) == day(told)


@pytest.mark.parametrize(
    ("told", "works"),
    [
        ("2004-05-31", False),  # Whit Monday, the last that was free
        ("2004-06-07", True),
        ("2005-05-16", True),
        ("2005-06-06", False),
        ("2025-06-20", False),  # Midsummer Eve
        ("2025-11-01", False),  # All Saints' Day
        ("2026-12-23", True),
        ("2026-12-28", True),
        ("2027-03-26", False),  # Good Friday
        ("2027-05-06", False),  # Ascension Day
    ],
)
def test_single_days(told: str, works: bool) -> None:
    assert is_working_day(day(told)) is works


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2026-03-02", 10, "2026-03-16"),
        ("2026-03-02", 0, "2026-03-02"),
        ("2026-03-07", 1, "2026-03-09"),  # from a Saturday
        ("2026-04-01", 3, "2026-04-08"),  # Easter between
        ("2026-12-22", 5, "2027-01-04"),  # Christmas and New Year
        ("2026-06-18", 1, "2026-06-22"),  # midsummer
    ],
)
def test_days_are_added_and_counted(start: str, n: int, end: str) -> None:
    assert add_working_days(day(start), n) == day(end)
    assert working_days_between(day(start), day(end)) == n


def test_a_whole_year_of_working_days() -> None:
    """2026 has 261 weekdays, and ten free days fall on one."""
    assert working_days_between(day("2025-12-31"), day("2026-12-31")) == 261 - 10


@given(DAYS, st.integers(1, 60))
def test_the_nth_day_lies_n_days_away(start: datetime.date, n: int) -> None:
    end = add_working_days(start, n)
    assert is_working_day(end)
    assert working_days_between(start, end) == n
    assert working_days_between(end, start) == -n


@given(DAYS, DAYS)
def test_counting_is_the_same_as_going_day_by_day(a: datetime.date, b: datetime.date) -> None:
    early, late = sorted((a, b))
    late = min(late, early + datetime.timedelta(days=900))
    days = (early + datetime.timedelta(days=n) for n in range(1, (late - early).days + 1))
    assert working_days_between(early, late) == sum(map(is_working_day, days))
