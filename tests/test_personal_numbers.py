"""Personal identity numbers are found however they are written, and no other number is."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.checks import personal_number
from written_numbers import (
    OLD,
    PLAIN_NUMBERS,
    WORDS,
    WRITINGS,
    check_digit,
    in_prose,
    made_number,
    places,
    write,
)


def start(form: str) -> int:
    """The column where a number written so begins in the sentence of `in_prose`."""
    return 14 + form.index("{")


PERSONS = st.builds(
    made_number,
    st.dates(datetime.date(1890, 1, 1), datetime.date(1899, 12, 31)),
    st.integers(1, 999),
    coordination=st.booleans(),
)


@pytest.mark.parametrize("form", WRITINGS)
@pytest.mark.parametrize("number", [OLD, made_number(datetime.date(1893, 11, 30), 982, coordination=True)])
def test_a_personal_number_is_found_however_it_is_written(form: str, number: str) -> None:
    assert in_prose(personal_number, write(form, number)) == [(7, start(form))]


@given(PERSONS, st.sampled_from(WRITINGS), st.lists(st.sampled_from(WORDS), max_size=8))
def test_any_number_in_any_writing_is_found_at_its_column(number: str, form: str, words: list[str]) -> None:
    before = "".join(f"{word} " for word in words)
    found = places(personal_number, f"{before}{write(form, number)} {' '.join(words)}")
    assert found == [(5, len(before) + 1 + form.index("{"))]


@given(PERSONS, st.integers(1, 9), st.sampled_from(WRITINGS))
def test_a_wrong_last_digit_is_no_number(number: str, shift: int, form: str) -> None:
    wrong = number[:-1] + str((int(number[-1]) + shift) % 10)
    assert in_prose(personal_number, write(form, wrong)) == []


@pytest.mark.parametrize(
    "number", ["19121212-1212", "1912-12-12 1212", "701063-2391", "1 2 1 2 1 2 - 1 2 1 2", "121212-12 12"]
)
def test_well_known_test_numbers_count_too(number: str) -> None:
    assert in_prose(personal_number, number) == [(7, 14)]


@pytest.mark.parametrize(
    "number",
    [
        "".join(chr(0xFF10 + int(digit)) for digit in OLD),
        "".join(chr(0x0660 + int(digit)) for digit in OLD),
        "".join(chr(0xFF10 + int(digit)) for digit in OLD[:8]) + "\N{FULLWIDTH HYPHEN-MINUS}" + OLD[8:],
    ],
)
def test_digits_of_other_scripts_count(number: str) -> None:
    assert in_prose(personal_number, number) == [(7, 14)]


@pytest.mark.parametrize("letter", "TRSUWXJKLMN")
def test_an_interim_number_has_a_letter_for_its_seventh_digit(letter: str) -> None:
    date = "930214"
    digits = next(f"{letter}{serial:02}{check_digit(f'{date}1{serial:02}')}" for serial in range(10, 99))
    assert in_prose(personal_number, f"{date}-{digits}") == [(7, 14)]


def test_a_coordination_number_may_lack_month_and_day() -> None:
    nine = "930060123"
    assert in_prose(personal_number, f"{nine[:6]}-{nine[6:]}{check_digit(nine)}") == [(7, 14)]


@pytest.mark.parametrize(
    "written",
    [
        *PLAIN_NUMBERS,
        "212000-1124",  # Helsingborg's organisation number: the third digit is 2 or more
        "16212000-1124",
        "556012-5790",
        "2016-11-01 \N{EN DASH} 2019-12-31",
        "2016-11-01 2019",
        "2016-11-01\N{EN DASH}2019",
        "2016-11-01 1207-12-13",
        "19121212-1213",  # wrong last digit
        "19121312-1212",  # no thirteenth month
        "19120230-1211",  # no 30 February
        "19110229-1218",  # no leap year
        "121212-0008",  # there is no serial number 000
        "191212121212345",  # too long
        "99191212121212",
        "070-174 06 05",
        "08 12 12 12 12",
        "0701740605",
        "+46701740605",
        "+1 201 212 1212",
        "+1 2012121218",
        "https://nyheter.example/artikel/1212121212",
        "doi:10.1016/1212121212",
        "10.1016/1212121212",
        "0.1212121212",
        "3,1212121212",
        "1212121212,50",
        "a1212121212f",
        "9f1212121212",
        "550e8400-e29b-41d4-a716-191212121212ab",
        "ISBN 978-91-44-12121-2",
        "ISBN 9789144121212",
        "ISBN 9101121218",
        "SE45 5000 0000 0583 9825 7466",
        "1912 1212 1212 1212",
        "59.329323, 18.068581",
        "6580822 1628000",
        "5050-1055",
        "12 34 56-7",
        "2026-03-04T12:12:12",
        "1 212 121 212",
        "10 11 12 13 14",
        "2010 2011 2012",
        "2016-03994, 2016-04012, 2016-04017",
        "12 av 12, 12 av 12 och 12 av 12",
    ],
)
def test_other_numbers_are_no_personal_numbers(written: str) -> None:
    assert in_prose(personal_number, written) == []


def test_an_isbn_must_be_one_and_say_so() -> None:
    numbers = (made_number(datetime.date(1891, 1, 23), serial)[2:] for serial in range(1, 999))
    both = next(ten for ten in numbers if sum(int(digit) * (10 - at) for at, digit in enumerate(ten)) % 11 == 0)
    assert in_prose(personal_number, f"ISBN {both}") == []
    assert in_prose(personal_number, both) == [(7, 14)]
    assert in_prose(personal_number, f"ISBN {OLD[2:]}") == [(7, 19)]


DAYS = [datetime.date(2016, 1, 1) + datetime.timedelta(days) for days in range(366)]


@pytest.mark.parametrize("between", [" ", "-", " - ", "\N{EN DASH}", " \N{EN DASH} ", "/", ", ", " till ", "\n"])
def test_periods_are_no_personal_numbers(between: str) -> None:
    assert places(personal_number, "\n\n".join(f"Under {day}{between}2019-12-31." for day in DAYS)) == []
    if between not in "-/":
        assert places(personal_number, "\n\n".join(f"Under {day}{between}2019." for day in DAYS)) == []
