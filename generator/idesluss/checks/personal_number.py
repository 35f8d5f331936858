"""A personal identity number or coordination number stands in the file.

The number says who somebody is, and what has once been in git stays in its history. Take it out before the file is
merged; write about the group ("en boende", "två elever") instead of the person. If it is merged already, the number
must be taken out of the history too: ask whoever runs the repository. A test number counts as well, since nobody can
see that it is one. The number is found however it is written: with or without century, hyphen and spaces.

Right:
    En boende glömde sin medicin tre gånger.
Wrong:
    Boende 19121212-1212 glömde sin medicin tre gånger.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from idesluss.kinds.entry import Entry
from idesluss.personal_data import Group, Hit, digit_groups, digit_runs, findings, joiner, token_before
from idesluss.problem import Problem, Severity, text
from idesluss.settings import Settings
from idesluss.source import Source

CODE = "personal-number"
SEVERITY = Severity.ERROR
CLOSES = True

LENGTH = 10
"""Digits in a number without its century."""
COORDINATION = 60
"""What is added to the day of birth in a coordination number."""
_DAYS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_CENTURIES = frozenset({"", "18", "19", "20"})

_SPACED, _DATED, _LAST = frozenset({"", "-"}), frozenset({"", "-", ".", "/"}), frozenset({"", "-", "+", "/"})
_SIGNED = frozenset({"-", "+"})
_SHAPES: Mapping[tuple[int, ...], tuple[frozenset[str], ...]] = {
    (12,): (),
    (8, 4): (_LAST | {"."},),
    (2, 10): (_SPACED,),
    (4, 8): (_SPACED,),
    (2, 6, 4): (_SPACED, _LAST),
    (4, 4, 4): (_SPACED, _LAST),
    (4, 2, 2, 4): (_DATED, _DATED, _LAST),
    (2, 2, 2, 2, 4): (_SPACED, _DATED, _DATED, _LAST),
    (8, 2, 2): (_SIGNED, _SPACED),
    (8, 3, 1): (_SIGNED, _SPACED),
    (1,) * 12: (*(_SPACED,) * 7, _LAST, *(_SPACED,) * 3),
    (10,): (),
    (6, 4): (_LAST,),
    (2, 2, 2, 4): (_DATED, _DATED, _LAST),
    (6, 2, 2): (_SIGNED, _SPACED),
    (6, 3, 1): (_SIGNED, _SPACED),
    (1,) * 10: (*(_SPACED,) * 5, _LAST, *(_SPACED,) * 3),
}
"""How people group the digits, the longest first, and what may join each group to the one before."""
_BY_FIRST: Mapping[int, tuple[tuple[int, ...], ...]] = {
    first: tuple(shape for shape in _SHAPES if shape[0] == first) for first in {shape[0] for shape in _SHAPES}
}
_ALONE = frozenset({(4, 4, 4), (2, 2, 2, 4), (1,) * 12, (1,) * 10})
"""Groups so common that they count only where no further group is joined to them."""
_DATE_LIKE = frozenset({(4, 2, 2, 4), (2, 2, 2, 4)})

_POSSIBLE = re.compile(rb"\d{6}\+?[\dT]\d{3}")
_INTERIM = re.compile(r"[TRSUWXJKLMN]\d{3}(?!\w)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_RANGE_GOES_ON = re.compile(r"[-\u2010-\u2015\u2212]\d\d")
_HEX = re.compile(r"[0-9A-Fa-f]+")
_ISBN = re.compile(r"ISBN(?:-10)?[:\s]*$", re.IGNORECASE)


def check_entry(source: Source, entry: Entry, settings: Settings) -> Iterator[Problem]:
    for hit, place in findings(source, find):
        coordination = int(hit.value[4:6]) >= COORDINATION
        yield Problem(
            source.path,
            place,
            CODE,
            SEVERITY,
            text("a coordination number stands here")
            if coordination
            else text("a personal identity number stands here"),
            text("take it out, and write about the group instead of the person"),
        )


def find(content: str) -> Iterator[Hit]:
    """Every personal identity number, coordination number and interim number in a text."""
    if not _POSSIBLE.search(digit_runs(content)):
        return
    groups = _with_interim(content, digit_groups(content))
    at = 0
    while at < len(groups):
        for shape in _BY_FIRST.get(len(groups[at].digits), ()):
            number = _number(content, groups, at, shape)
            if number:
                at += len(shape) - 1
                yield Hit(groups[at - len(shape) + 1].start, groups[at].end, number)
                break
        at += 1


def is_valid(ten: str, century: str = "") -> bool:
    """Whether ten digits have a possible date of birth, a serial number and the right last digit."""
    month, day = int(ten[2:4]), int(ten[4:6])
    coordination = day >= COORDINATION
    day -= COORDINATION * coordination
    if month > 12 or day > _DAYS[month or 1] or ten[6:9] == "000" or century not in _CENTURIES:
        return False
    if not coordination and not (month and day):
        return False  # in coordination numbers zeros stand for a month or day that is not known
    if month == 2 and day == 29 and not _is_leap(int(ten[:2]), century):
        return False
    return _luhn(ten) % 10 == 0


def _is_leap(year: int, century: str) -> bool:
    return (int(century) * 100 + year) % 400 == 0 if year == 0 and century else year % 4 == 0


def _luhn(digits: str) -> int:
    doubled = (int(digit) * (2 - number % 2) for number, digit in enumerate(digits))
    return sum(value - 9 if value > 9 else value for value in doubled)


def _with_interim(content: str, groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """The groups with those of an interim number, such as T123, as four digits: the letter counts as 1."""
    starts = {match.start() + 1 for match in _INTERIM.finditer(content)}
    if not starts:
        return groups
    return tuple(
        _interim(content, groups[number - 1], group) if number and group.start in starts else group
        for number, group in enumerate(groups)
    )


def _interim(content: str, before: Group, group: Group) -> Group:
    joined = joiner(content[before.end : group.start - 1])
    return Group(group.start - 1, group.end, "1" + group.digits, joined)


def _number(content: str, groups: tuple[Group, ...], at: int, shape: tuple[int, ...]) -> str:
    """The ten digits of the number whose groups begin at `at` and have this shape, or ""."""
    window = groups[at : at + len(shape)]
    if len(window) < len(shape):
        return ""
    for group, size in zip(window, shape, strict=True):
        if len(group.digits) != size:
            return ""
    for group, allowed in zip(window[1:], _SHAPES[shape], strict=True):
        if group.joined not in allowed:
            return ""
    digits = "".join(group.digits for group in window)
    if len(shape) == 1 and content[: window[0].start].rstrip().endswith("SE") and digits.endswith("01"):
        digits = digits[:LENGTH]  # the VAT number of somebody who trades in their own name
    ten = digits[-LENGTH:]
    if not is_valid(ten, digits[:-LENGTH]):
        return ""
    after = groups[at + len(shape)] if at + len(shape) < len(groups) else None
    return "" if _means_other(content, window, shape, after) else ten


def _means_other(content: str, window: tuple[Group, ...], shape: tuple[int, ...], after: Group | None) -> bool:
    """Whether the digits, though they would make a number, are something else by what stands around them."""
    start, end = window[0].start, window[-1].end
    if shape in _ALONE and (window[0].joined is not None or (after is not None and after.joined is not None)):
        return True
    if shape in _DATE_LIKE:
        tight = content[window[-2].end : window[-1].start] in ("-", "+")
        if (not tight and _YEAR.fullmatch(window[-1].digits)) or _RANGE_GOES_ON.match(content, end):
            return True
    return len(shape) == 1 and _is_other_id(content, start, end, window[0].digits)


def _is_other_id(content: str, start: int, end: int, digits: str) -> bool:
    """Whether digits without any sign between them belong to a longer id, decimal, address, ISBN or phone number."""
    before = token_before(content, start)
    tail = re.match(r"\w*", content[end : end + 40])
    word = (re.search(r"\w*$", before) or [""])[0] + digits + (tail[0] if tail else "")
    if word != digits and _HEX.fullmatch(word):
        return True
    if re.search(r"(?:^|\D)\d{1,3}[.,]$", content[max(0, start - 5) : start]) or re.match(
        r"[.,]\d{1,2}(?!\d)", content[end:][:4]
    ):
        return True
    if len(digits) != LENGTH:
        return False
    if re.search(r"\+\d{0,3}\s?$", content[max(0, start - 5) : start]):
        return True
    if ("://" in before or before.startswith(("www.", "10.", "doi:"))) and not before.endswith("="):
        return True
    return _is_isbn(content, start, digits) or (digits[0] == "0" and _is_phone(digits))


def _is_isbn(content: str, start: int, digits: str) -> bool:
    labelled = _ISBN.search(content[max(0, start - 12) : start])
    return bool(labelled) and sum(int(digit) * (10 - number) for number, digit in enumerate(digits)) % 11 == 0


def _is_phone(digits: str) -> bool:
    """Whether ten digits are a Swedish phone number, which another check sees."""
    import phonenumbers

    return phonenumbers.is_valid_number(phonenumbers.parse(digits, "SE"))
