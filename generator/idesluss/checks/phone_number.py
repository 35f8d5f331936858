"""A phone number stands in the file.

Most numbers lead to one person, and what has once been in git stays in its history. Write the function that one may
turn to, or its mail address. A switchboard or another number of the organisation's own may stand if it is listed under
`phone_numbers` in idesluss.yml. Numbers that no person has (020, 077) may always stand.

Right:
    Ring kommunens växel och fråga efter idéslussen.
Wrong:
    Ring chefen på 070-174 06 05.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from idesluss.checks import personal_number
from idesluss.kinds.entry import Entry
from idesluss.personal_data import LEAST_DIGITS, Group, Hit, digit_groups, digit_runs, findings, token_before
from idesluss.problem import Problem, Severity, text
from idesluss.settings import Settings
from idesluss.source import Source

CODE = "phone-number"
SEVERITY = Severity.ERROR
CLOSES = True

COUNTRY = "SE"
SHORTEST = LEAST_DIGITS
"""Digits of the shortest number with its area code."""
LONGEST = 15
MOST_GROUPS = 8

_POSSIBLE = re.compile(rb"(?:[0+]|46)[\d+]{%d}|\+" % (SHORTEST - 1))
"""What `_may_hold_one` asks for, but for all runs at once; no date passes."""
_IN_A_YEAR = re.compile(rb"(?:19|20)\d\d0\d{4}")
"""2016-04017 or 2016\u20132020, as runs show them: so common that they are told apart here."""
_TELL_TALES = ("tel", "tfn", "telefon", "mob", "mobil", "mobilnr", "nr", "fax", "sms")
_OTHER_LABEL = re.compile(
    r"(?:ISBN|ISSN|IBAN|CPV|DOI|OCR|D(?:ia)?n?r\.?|diarien(?:umme)?r\.?|bankgiro|plusgiro|BG|PG|org\.?\s?n(?:umme)?r\.?)"
    r"[:\s-]{0,3}(?:[A-Za-z]{2,4}[\s/]?)?$",
    re.IGNORECASE,
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ \u00a0]?[0-9A-Z]{4}){0,7}[ \u00a0]?$")
_AMOUNT = re.compile(
    r"[\s\u00a0]*(?:%|‰|°|\u2032|kr\b|kronor|tkr|mkr|SEK|EUR|euro|USD|NOK|DKK|miljon|m²|kvm)", re.IGNORECASE
)
_GOES_ON = re.compile(r"[-\u2010-\u2015\u2212.:]\d|[A-Za-zÅÄÖåäö]")
_YEAR = re.compile(r"(?:19|20)\d\d")


def check_entry(source: Source, entry: Entry, settings: Settings) -> Iterator[Problem]:
    for hit, place in findings(source, find):
        if hit.value in allowed(settings.phone_numbers):
            continue
        yield Problem(
            source.path,
            place,
            CODE,
            SEVERITY,
            text("a phone number stands here"),
            text("write a function to turn to; list the organisation's own numbers in idesluss.yml (phone_numbers)"),
        )


def find(content: str) -> Iterator[Hit]:
    """Every phone number in a text, Swedish or with its country code; a hit's value begins with +46 or the like."""
    runs = digit_runs(content)
    if not _POSSIBLE.search(runs) or not any(map(_may_hold_one, runs.split())):
        return
    groups = digit_groups(content)
    persons: list[Hit] | None = None
    at = 0
    while at < len(groups):
        start = _start(content, groups[at])
        size, number = _longest(content, groups, at, start) if start >= 0 else (0, "")
        if size:
            persons = list(personal_number.find(content)) if persons is None else persons
            before = bisect_right(persons, (groups[at].start + 1,)) - 1
            if before < 0 or persons[before].end <= groups[at].start:
                yield Hit(start, groups[at + size - 1].end, number)
        at += size or 1


@lru_cache(maxsize=8)
def allowed(numbers: tuple[str, ...]) -> frozenset[str]:
    """The numbers that settings list, each beginning with +46 or the like."""
    return frozenset(filter(None, (_valid(re.sub(r"[^\d+]", "", number)) for number in numbers)))


def _may_hold_one(run: bytes) -> bool:
    """Whether a run of digits may hold a phone number; a letter (T) ends one."""
    return any(
        (b"0" in part[: 1 - SHORTEST] or b"+" in part or b"46" in part[: 1 - SHORTEST])
        and not _IN_A_YEAR.fullmatch(part)
        for part in run.split(b"T")
        if len(part) >= SHORTEST
    )


def _start(content: str, group: Group) -> int:
    """Where a number that begins with this group starts, its + and bracket with it; -1 if none can begin here."""
    at = group.start
    while at > 0 and content[at - 1] in "( \u00a0" and group.start - at < 2:
        at -= 1
    if at > 0 and content[at - 1] in "+\uff0b":
        return at - 2 if content[at - 2 : at - 1] == "(" else at - 1
    if not group.digits.startswith(("0", "46")):
        return -1
    at = group.start
    before = content[max(0, at - 2) : at]
    if before[-1:].isalnum() and not token_before(content, at).lower().endswith(_TELL_TALES):
        return -1
    if re.search(r"\d[-\u2010-\u2015\u2212.,:]$|[^\W_]_$", before):
        return -1
    return at - 1 if before.endswith("(") else at


def _longest(content: str, groups: tuple[Group, ...], at: int, start: int) -> tuple[int, str]:
    """How many groups the longest phone number that begins at `at` takes, and the number; (0, "") if there is none."""
    window = [groups[at]]
    total = len(groups[at].digits)
    for group in groups[at + 1 : at + MOST_GROUPS]:
        if group.joined is None or group.joined == "+" or total + len(group.digits) > LONGEST:
            break
        window.append(group)
        total += len(group.digits)
    abroad = content[start : start + 2].strip("(")[:1] in ("+", "\uff0b")
    while window:
        digits = "".join(group.digits for group in window)
        if len(digits) < SHORTEST:
            break
        if (abroad or _is_national_shape(window)) and not _means_other(content, start, window, abroad):
            number = _valid("+" + digits if abroad or digits.startswith("46") else digits)
            if number:
                return len(window), number
        window.pop()
    return 0, ""


def _is_national_shape(window: list[Group]) -> bool:
    """Whether the groups could be an area code and a number, and not dates, hours or years."""
    sizes = [len(group.digits) for group in window]
    joins = [group.joined for group in window[1:]]
    first = window[0].digits
    if first.startswith("46"):
        rest = "".join(group.digits for group in window)[2:].lstrip("0")
        return rest.startswith("7") and len(rest) == 9
    if first.startswith("00"):
        return True
    if len(sizes) == 1:
        return sizes[0] <= 10
    mobile = first.startswith("07")
    if sizes[0] == 1:
        return False
    if sizes[0] > 4 and not (mobile and "-" not in joins):
        return False
    if not mobile and (window[1].digits[0] == "0" or sum(sizes[1:]) < 5):
        return False
    if sizes[-1] == 1 or (_YEAR.fullmatch(window[1].digits) and len(sizes) == 2 and not mobile):
        return False
    return not _is_date_or_hours(window, sizes, joins)


def _is_date_or_hours(window: list[Group], sizes: list[int], joins: list[str | None]) -> bool:
    if sizes[:2] != [2, 2]:
        return False
    if sizes[:3] == [2, 2, 4] and _YEAR.fullmatch(window[2].digits):
        return True
    if joins[0] == "." and int(window[1].digits) < 60:
        return set(joins) != {"."} or len(sizes) < 5
    if sizes[:3] == [2, 2, 2] and joins[0] == joins[1] and joins[0] in ("-", "/"):
        return True
    return set(sizes) == {2} and joins.count("-") > 1


def _means_other(content: str, start: int, window: list[Group], abroad: bool) -> bool:
    """Whether the digits belong to something else by what stands around them."""
    end = window[-1].end
    if _GOES_ON.match(content, end) or _AMOUNT.match(content, end):
        return True
    if abroad:
        return start > 0 and content[start - 1].isdigit()
    before = content[max(0, start - 60) : start]
    if _OTHER_LABEL.search(before[-24:]) or _IBAN.search(before):
        return True
    if re.search(r"(?:19|20)\d\d/$", before):
        return True
    if len(window) == 1:
        token = token_before(content, start)
        inside = "://" in token or token.startswith(("www.", "10."))
        return inside and not token.endswith(("=", "tel:", "wa.me/"))
    return False


@lru_cache(maxsize=4096)
def _valid(digits: str) -> str:
    """The number as +46…, or "" if there is no such number or no person can have it."""
    import phonenumbers
    from phonenumbers import PhoneNumberType

    try:
        number = phonenumbers.parse(digits, COUNTRY)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    public = (PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST)
    if phonenumbers.number_type(number) in public:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
