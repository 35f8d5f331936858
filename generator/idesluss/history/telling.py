"""What one version of a file says of the lock: its stage, its former names, and whether anything moved."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from idesluss.front_matter import construct
from idesluss.source import parse
from idesluss.stages import STAGES

FIRST = "submitted"
"""The stage of an idea that states none."""
SAYING = ("stage", "formerly", "visibility")
MOVING = ("log", "decisions", "tests")
READ = "\0"
PLAIN_CHARACTERS = 10_000
"""A longer front matter is read by the strict reader, which bounds how many values it holds."""


class Told(NamedTuple):
    """`stage` is "" where none of the lock's is named; `marks` are the log, decisions and tests, for `differ`."""

    stage: str
    marks: tuple[str, ...]
    formerly: tuple[str, ...] = ()
    visibility: str = ""
    """"public", "internal", or "" where nothing is said."""


def tell(data: bytes) -> Told | None:
    """What the file says, or None where its front matter cannot be read.

    Most files are written plainly, and then the lines of the fields that count are enough. The answer is that of the
    strict reader all the same.
    """
    front = _plain_front(data)
    if front is not None:
        fields: dict[str, str] = {}
        for field in _COUNTING.finditer(front):
            fields.setdefault(field[1], field[0])
        stage, formerly, visibility = (_value(fields[name]) if name in fields else None for name in SAYING)
        return _told(stage, formerly, visibility, tuple(fields.get(name, "") for name in MOVING))
    source, _ = parse("", data)
    if source is None:
        return None
    values = source.front
    read = (values.get(name) for name in MOVING)
    marks = tuple("" if value is None else f"{READ}{value!r}" for value in read)
    return _told(values.get("stage"), values.get("formerly"), values.get("visibility"), marks)


def _told(stage: Any, formerly: Any, visibility: Any, marks: tuple[str, ...]) -> Told:
    named = FIRST if stage is None else stage if isinstance(stage, str) and stage in STAGES else ""
    former = tuple(name for name in formerly if isinstance(name, str)) if isinstance(formerly, list) else ()
    seen = visibility if visibility in ("public", "internal") else ""
    return Told(named, marks, former, seen)


def differ(marks: Sequence[str], others: Sequence[str]) -> bool:
    """Whether log, decisions or tests of two versions say different things, not only in another layout.

    A mark is the lines of the field, read only where they are not the same; or, after READ, what the strict reader made
    of them; "" where there is none.
    """
    return any(one != other and _differ(one, other) for one, other in zip(marks, others, strict=True))


def _differ(mark: str, other: str) -> bool:
    whole = mark or other
    if not (mark and other) and (whole.startswith(READ) or whole.count("\n") > 1):
        return True
    return _meaning(mark) != _meaning(other)


@lru_cache(20_000)
def _meaning(mark: str) -> str:
    return mark.removeprefix(READ) if mark.startswith(READ) else repr(_value(mark) if mark else None)


def _value(field: str) -> Any:
    """The value of a field whose lines these are."""
    plain = _WORD.fullmatch(field)
    if plain:
        return plain[1]
    values: Mapping[str, Any] = construct(field).values
    return next(iter(values.values()), None)


def _plain_front(data: bytes) -> str | None:
    """The front matter, if it is so plain that the strict reader is sure to read it, each field by its own lines."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    end = text.find("\n---\n", 3)
    if not text.startswith("---\n") or not 0 < end < PLAIN_CHARACTERS or "\r" in text:
        return None
    if not text.isascii() and any(sign in text for sign in _LINE_ENDS):
        return None
    front = text[4 : end + 1]
    return front if not _ODD.search(front) and _PLAIN.fullmatch(front) else None


_LINE_ENDS = ("\x85", "\u2028", "\u2029")
_ODD = re.compile("[\x00-\x09\x0b-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff\ufe00-\ufeff\ufff0-\uffff]")
"""Signs that YAML refuses, and their neighbours."""
_KEY = "[a-z_]{1,40}:"
_TEXT = r"[^\W_][^\n:#]*+(?::(?=\S)[^\n:#]*+)*+"
_QUOTED = r"""(?:"[^\n"\\]*"|'[^\n']*')"""
_WORDS = rf"""(?:[^\W_][^\n:#,?\[\]{{}}"']*+|{_QUOTED})"""
_MAP = rf"\{{{_KEY} {_WORDS}(?:, {_KEY} {_WORDS})*+\}}"
_LIST = rf"\[(?:{_WORDS}(?:, {_WORDS})*+|{_MAP}(?:, {_MAP})*+)?\]"


def _value_within(indent: str) -> str:
    """A value whose further lines, if any, begin with `indent`."""
    folded = rf"[>|]-?\n{indent}\S[^\n]*\n(?:{indent}[^\n]*\S\n)*+"
    return rf"(?:{_TEXT}(?:\n{indent}{_TEXT})*+\n|{_QUOTED}\n|{_LIST}\n|{_MAP}\n|{folded})"


def _fields_at(indent: str) -> str:
    return rf"{_KEY} {_value_within(indent + '  ')}"


def _items_at(indent: str) -> str:
    fields = _fields_at(indent + "  ")
    return rf"(?:{indent}- (?:{fields}(?:{indent}  {fields})*+|{_value_within(indent + '  ')}))++"


_BLOCK = rf"{_KEY}\n(?:(?:  {_fields_at('  ')})++|{_items_at('')}|{_items_at('  ')})?"
_PLAIN = re.compile(rf"(?:{_fields_at('')}|{_BLOCK})*+")
"""Fields, each with a text, a flat list or map in one line, or a block of these."""
_COUNTING = re.compile(rf"^(stage|formerly|visibility|{'|'.join(MOVING)}):(?:.*\n)(?:[ -].*\n)*", re.MULTILINE)
_WORD = re.compile(r"[a-z_]+: ([a-z]{5,20}|test)\n")
