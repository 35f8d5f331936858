"""The sheet that an example or a method is passed on with: what stands on it, and whether one A4 holds it.

The room is reckoned from the letters, without a browser, a little too large rather than too small. The sizes are those
of the class `a4` in the portal's style, in millimetres; a test prints sheets that are just full.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from idesluss.body.parts import plain
from idesluss.kinds.case import Case
from idesluss.kinds.entry import Entry
from idesluss.kinds.method import Method

KINDS = ("case", "method")
"""The kinds whose entries have a sheet."""
HEIGHT, WIDTH = 270.0, 182.0
"""What is left of an A4 within its margins."""
TOP, FOOT, PICTURE = 10.0, 38.5, (54.0, 36.0)
"""The band with the portal's name, the one with the code, and the picture's width and height."""
BY, NOTE_LENGTH = 90, 60
"""So many characters the line under the title has, and the note under a fact but for the effect's."""
EXTRAS = ("what", "challenges")
"""Sections of an example that stand on its sheet if there is room, the most wanted first."""
POINT = 0.3528

_WIDTHS = {
    "ijl.,:;'’!|": 0.26,
    " ": 0.29,
    "tfr()[]": 0.34,
    "I-/1": 0.41,
    "ckszvyx”": 0.49,
    "w": 0.7,
    "mMW@—…": 0.87,
    "%": 0.95,
}
"""How wide letters are beside their height, a little rounded up; the rest is below."""
_OTHER, _UPPER, _FAR = 0.56, 0.68, 1.0
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<t[dh]\b[^>]*>")
_BLOCK = re.compile(r"<(?:p|li|h[1-6]|pre|blockquote|dt|dd)\b[^>]*>")
_PICTURE = re.compile(r"<img\b[^>]*>")


class _Letters(dict[str, float]):
    """How wide each letter is, in its own size; looked up once."""

    def __missing__(self, letter: str) -> float:
        is_upper = letter.isupper() or letter.isdigit()
        width = self[letter] = _FAR if letter > "\u2e7f" else _UPPER if is_upper else _OTHER
        return width


_WIDE = _Letters({letter: width for letters, width in _WIDTHS.items() for letter in letters})


class Type(NamedTuple):
    """A size of letters in millimetres: how high a line is, and the letters' own size."""

    line: float
    size: float


def _type(points: float, leading: float, weight: float = 1.0) -> Type:
    return Type(points * leading * POINT, points * weight * POINT)


TITLE = _type(23, 1.12, 1.04)
LEAD = _type(11.5, 1.4)
BODY = _type(9.8, 1.42)
VALUE = _type(13, 1.2, 1.06)
NOTE = _type(8.5, 1.35)


class Block(NamedTuple):
    """A piece of the sheet: the field or section that it comes from, and how many millimetres it takes."""

    field: str
    height: float


def blocks(entry: Entry) -> Iterator[Block]:
    """All pieces of an entry's sheet that stand below each other."""
    yield from _opening(entry)
    if isinstance(entry, Case):
        yield _figures([*_case_facts(entry), ("", "")])
        yield _side_by_side([("core", entry.core), ("adaptable", entry.adaptable)])
        for key in ("lessons", "adoption") if is_stopped(entry) else ("adoption",):
            yield _section(entry, key)
        yield Block("contact", max(0.0, _high(entry.contact or "", BODY, 140) - 2 * BODY.line))
    elif isinstance(entry, Method):
        stages = ", ".join(entry.stages)
        yield _figures([(value, "") for value in (stages, entry.time, entry.participants) if value])
        when = entry.section("when")
        texts = [("when", list(pieces(when.html)) if when else []), ("materials", entry.materials)]
        yield _side_by_side(texts)
        yield _section(entry, "how")


def extras(entry: Entry) -> tuple[str, ...]:
    """The sections that the sheet tells beside what must stand there, as long as they find room."""
    chosen: tuple[str, ...] = ()
    left = HEIGHT - needed(entry)
    for key in EXTRAS if isinstance(entry, Case) else ():
        high = _section(entry, key).height
        if entry.section(key) and high <= left:
            chosen, left = (*chosen, key), left - high
    return chosen


def is_stopped(case: Case) -> bool:
    """Whether what was learnt matters more than how to take it over."""
    return case.status in ("failed", "ended")


def needed(entry: Entry) -> float:
    """How many millimetres the sheet of an entry takes."""
    return TOP + FOOT + sum(block.height for block in blocks(entry))


def lines_over(entry: Entry) -> int:
    """How many lines of text are too many for one A4; 0 if it fits."""
    over = needed(entry) - HEIGHT
    return max(0, -int(-over // BODY.line))


def longest(entry: Entry) -> Block:
    """The piece that takes most room, which is what to shorten."""
    return max(blocks(entry), key=lambda block: block.height)


def pieces(html: str) -> Iterator[str]:
    """The paragraphs and items of a piece of HTML as plain text, without pictures."""
    return filter(None, map(plain, _BLOCK.split(_PICTURE.sub("", html))))


def _opening(entry: Entry) -> Iterator[Block]:
    wide = WIDTH - PICTURE[0] - 8 if entry.image else WIDTH
    title, lead = _high(entry.title, TITLE, wide) + 2, _high(entry.summary or "", LEAD, wide)
    spare = max(0.0, PICTURE[1] - title - lead) if entry.image else 0.0
    yield Block("title", title)
    yield Block("summary", lead + spare)
    yield Block("organisation", BODY.line + 2)


def _case_facts(case: Case) -> list[tuple[str, str]]:
    """Effect, cost and time as (value, note); cost stands for users too, whom the entry itself does not know."""
    told = next((effect for effect in case.effects if effect.result), None)
    before, after = ((value or "").partition(" (")[0] for value in (told.baseline, told.result)) if told else ("", "")
    return [
        (f"från {before} till {after}", f"{told.measure}, 30 september 2026" if told else ""),
        ("x" * 28, "x" * NOTE_LENGTH),
        (case.time_to_use or "", ""),
    ]


def _figures(facts: list[tuple[str, str]]) -> Block:
    """Facts in a row: a label over a value and a note."""
    wide = (WIDTH - 5 * (len(facts) - 1)) / max(1, len(facts))
    highest = max((_high(value, VALUE, wide) + _high(note, NOTE, wide) for value, note in facts), default=0.0)
    return Block("effects", highest + NOTE.line + 5.5)


def _side_by_side(texts: Iterable[tuple[str, Iterable[str]]]) -> Block:
    """Two lists beside each other; the longer one counts."""
    name, high = max(
        ((name, sum(_high(text, BODY, 74) + 0.7 for text in items)) for name, items in texts), key=lambda one: one[1]
    )
    return Block(name, high + 15 if high else 0)


def _section(entry: Entry, key: str) -> Block:
    section = entry.section(key)
    if section is None:
        return Block(key, 12.5 + 3 * BODY.line if isinstance(entry, Case) else 0)
    tables = sum(map(_row, _ROW.findall(section.html)))
    texts = sum(_high(text, BODY, WIDTH - 6) + 1.2 for text in pieces(_ROW.sub("", section.html)))
    return Block(key, 12.5 + tables + texts)


def _row(html: str) -> float:
    """A row of a table, its cells taken as equally wide."""
    cells = [plain(cell) for cell in _CELL.split(html)[1:]]
    wide = WIDTH / max(1, len(cells)) - 5
    return max((_high(cell, BODY, max(wide, 10.0)) for cell in cells), default=BODY.line) + 2.5


def _high(text: str, type_: Type, wide: float) -> float:
    """How high a text stands, its words put into lines of a width; what the author broke stays broken."""
    lines = 0
    for paragraph in text.split("\n") if text else ():
        lines, at = lines + 1, 0.0
        for word in paragraph.split():
            width = _wide(word) * type_.size
            if at and at + width > wide:
                lines, at = lines + 1, 0.0
            lines += int(width // wide)
            at += width % wide + _WIDE[" "] * type_.size
    return lines * type_.line


@lru_cache(maxsize=20_000)
def _wide(word: str) -> float:
    """How wide a word is beside the height of its letters; the same few thousand words stand everywhere."""
    return sum(map(_WIDE.__getitem__, word))
