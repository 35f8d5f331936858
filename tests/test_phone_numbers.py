"""Phone numbers are found however they are written, and years, hours and amounts are not."""

from __future__ import annotations

import pytest

from idesluss.checks import phone_number
from written_numbers import (
    OLD,
    PLAIN_NUMBERS,
    SETTINGS,
    WRITINGS,
    in_prose,
    places,
    write,
)

PHONES = """
070-174 06 05 | 070 174 06 05 | 0701740605 | 0701-74 06 05 | 070-1740605 | 070/174 06 05 | (070) 174 06 05
(070)-174 06 05 | 070 - 174 06 05 | 070-174-06-05 | 070.174.06.05 | 070174 06 05 | 07017 406 05 | 0701 740 605
+46 70 174 06 05 | +46 70-174 06 05 | +46701740605 | +46 (0)70-174 06 05 | +46(0)701740605 | +46-70-174-06-05
+46.70.174.06.05 | (+46) 70 174 06 05 | + 46 70 174 06 05 | 0046 70 174 06 05 | 00 46 70 174 06 05 | 0046701740605
46701740605 | 46 70-174 06 05 | 08-465 004 00 | 08 465 004 00 | 08-46500400 | 0846500400 | (08) 465 004 00
08.465.004.00 | 08-465 004 00/01 | 031-390 06 01 | 0313900601 | 040-628 04 10 | 0980-319 200 | 0980-31 92 00
+46 8 465 004 00 | +46-8-465 004 00 | 010-123 45 67 | 075-123 45 67 | +45 33 12 34 56 | +47 22 12 34 56
+358 9 1234567 | +44 20 7946 0958 | +1 212-555-0123 | 001 212 555 0123 | 070-174 06 05 2026 | 070**-174** 06 05
"""


@pytest.mark.parametrize(
    "written", [phone.strip() for line in PHONES.splitlines() for phone in line.split("|") if phone]
)
def test_a_phone_number_is_found_however_it_is_written(written: str) -> None:
    assert in_prose(phone_number, written) == [(7, 14)]


@pytest.mark.parametrize(
    ("before", "number"),
    [
        ("tel:", "+46701740605"),
        ("tel:", "0701740605"),
        ("Tel.", "070-174 06 05"),
        ("Tfn:", "08-465 004 00"),
        ("tfn", "070-174 06 05"),
        ("https://wa.me/", "46701740605"),
        ("1 ", "070-174 06 05"),
        ("**", "070-174 06 05**"),
        ("`", "070-174 06 05`"),
        ("_", "070-174 06 05_"),
    ],
)
def test_a_phone_number_begins_where_its_first_sign_stands(before: str, number: str) -> None:
    assert in_prose(phone_number, before + number) == [(7, 14 + len(before))]


SIGNS = [
    "\N{EN DASH}",
    "\N{NON-BREAKING HYPHEN}",
    "\N{MINUS SIGN}",
    "\N{FULLWIDTH HYPHEN-MINUS}",
    "\N{HYPHEN}\N{SOFT HYPHEN}",
]


@pytest.mark.parametrize("dash", SIGNS)
def test_a_phone_number_with_other_dashes(dash: str) -> None:
    assert in_prose(phone_number, f"070{dash}174 06 05") == [(7, 14)]


def test_a_phone_number_in_full_width() -> None:
    wide = "".join(chr(0xFEE0 + ord(sign)) for sign in "+46701740605")
    assert in_prose(phone_number, wide) == [(7, 14)]
    assert in_prose(phone_number, wide[3:].replace(wide[3], chr(0xFF10) + wide[3], 1)) == [(7, 14)]


@pytest.mark.parametrize("space", ["\N{NO-BREAK SPACE}", "\N{THIN SPACE}", "\N{NARROW NO-BREAK SPACE}", "\n"])
def test_a_phone_number_with_other_spaces(space: str) -> None:
    assert in_prose(phone_number, space.join(("070", "174", "06", "05"))) == [(7, 14)]


def test_each_of_several_phone_numbers_is_found() -> None:
    assert places(phone_number, "070-174 06 05, 08-465 004 00 eller 070-174 06 06.") == [(5, 1), (5, 16), (5, 36)]
    assert places(phone_number, "[070-174 06 05](tel:+46701740605)") == [(5, 2), (5, 21)]


@pytest.mark.parametrize(
    "written",
    [
        *PLAIN_NUMBERS,
        *(write(form, OLD) for form in WRITINGS),
        "2018-02040, 2018-02041",
        "2016/0401712",
        "Dnr 0401712345",
        "dnr KS 0401-712345",
        "0401-2016",
        "01-12-2016",
        "01 12 2016",
        "01-12 2016",
        "07\N{EN DASH}16, 08\N{EN DASH}12",
        "07-16 08-12",
        "08-12 och 13-16",
        "08.00 \N{EN DASH} 16.30",
        "09.30-11.45 12.30-16.00",
        "2026-03-04 08:30",
        "2026-08-12 08 12",
        "00-talet",
        "SE45 5000 0000 0583 9825 7466",
        "DE89 3704 0044 0846 5004 00",
        "59.329323, 18.068581",
        "N 59 19 45, E 018 04 07",
        "09310000-5",
        "CPV 09310000",
        "ISBN 0-306-40615-2",
        "ISBN 0306406152",
        "IBAN 0701740605",
        "a0701740605b",
        "x0701740605",
        "id_0701740605",
        "https://x.example/id/0701740605",
        "+10 000 000 kr",
        "+46 000 000 kronor",
        "+47 22 123 456 kr",
        "08 46 50 04-0",
        "+25 %",
        "+2 000 000",
        "0,5 miljoner",
        "0.12345678",
        "3,0701740605",
        "113 13",
        "116 117",
        "123 45 67",
        "5050-1055",
        "012 34 56-7",
        "0000 0000",
        "1 070 000 invånare",
        "10 070 174 06",
        "020-50 50 50",
        "0771-11 22 33",
        "v. 08-12 2026",
        "040101-1234",
        "07-talet 1740605",
    ],
)
def test_other_numbers_are_no_phone_numbers(written: str) -> None:
    assert in_prose(phone_number, written) == []


@pytest.mark.parametrize("listed", ["042-10 50 00", "+46 42 10 50 00", "042105000"])
def test_a_listed_phone_number_may_stand(listed: str) -> None:
    settings = SETTINGS.model_copy(update={"phone_numbers": (listed,)})
    assert in_prose(phone_number, "042-10 50 00", settings) == []
    assert in_prose(phone_number, "+46 (0)42-10 50 00", settings) == []
    assert in_prose(phone_number, "042-10 50 01", settings) == [(7, 14)]
