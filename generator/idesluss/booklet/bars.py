"""An effect as two bars on one scale from zero, where its numbers can be compared; else it stays in words."""

from __future__ import annotations

import re
from typing import NamedTuple

_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_UNIT = r"(?:\s*[^\W\d_]|\s*[%‰€$]).*"
_SAID = re.compile(rf"(?P<number>{_NUMBER})(?:\s+(?:av|of)\s+(?P<of>{_NUMBER}))?(?P<unit>{_UNIT})?")
_NOTE = re.compile(r"\s*\([^()]*\)\s*$")
_AMBIGUOUS = re.compile(r"[.,]\d{3}(?!\d)")
"""One thousand to some, and one to others."""
_NO_ZERO = frozenset({"grader", "degrees", "°c", "c", "db"})
"""What has no zero that means nothing, so that twice as long a bar would say what is not so."""
_YEARS = range(1900, 2101)


class Bars(NamedTuple):
    """How long the bars are, as shares of the scale, and whether the scale is all that there can be."""

    before: float
    after: float
    whole: bool


class _Amount(NamedTuple):
    number: float
    of: float | None
    unit: str


def bars(before: str, after: str) -> Bars | None:
    """The bars of what was before and after; none unless both begin with a number and are said of the same thing.

    “2 av 14” and “11 av 12” are compared as shares. A note in brackets at the end does not count.
    """
    first, second = _amount(before), _amount(after)
    if first is None or second is None or first.unit != second.unit or (first.of is None) != (second.of is None):
        return None
    if first.of is not None and second.of is not None:
        shares = first.number / first.of, second.number / second.of
        return Bars(*shares, whole=True) if 0 < max(shares) <= 1 else None
    most = max(first.number, second.number)
    if most == 0 or (not first.unit and {first.number, second.number} <= set(_YEARS)):
        return None
    whole = first.unit.startswith(("%", "procent", "per cent", "percent")) and most <= 100
    scale = 100 if whole else most
    return Bars(first.number / scale, second.number / scale, whole)


def _amount(said: str) -> _Amount | None:
    """The number at the beginning, of how many it is, and what is counted."""
    bare = _NOTE.sub("", said).strip().rstrip(".")
    found = _SAID.fullmatch(bare)
    if not found or _AMBIGUOUS.search(bare):
        return None
    unit = " ".join((found["unit"] or "").split()).casefold()
    of = _value(found["of"]) if found["of"] else None
    if unit in _NO_ZERO or of == 0:
        return None
    return _Amount(_value(found["number"]), of, unit)


def _value(digits: str) -> float:
    return float(re.sub(r"[ \u00a0\u202f]", "", digits).replace(",", "."))
