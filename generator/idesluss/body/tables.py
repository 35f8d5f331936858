"""Rows of tables that have more cells than their table: Markdown leaves the rest out without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from idesluss.body.engine import engine

_DASHES = re.compile(r":?-+:?")
_BORDER = re.compile(r"(?<!\\)\|")


class Lost(NamedTuple):
    """What stands in no column, and where; line and column count from 1 within the Markdown."""

    words: str
    line: int
    column: int


def lost_cells(markdown: str) -> list[Lost]:
    """What no reader sees of the tables of a text, in the order of its lines."""
    found = list(_too_long(markdown.split("\n")))
    rows = _rows(markdown) if found else frozenset()
    return [lost for lost in found if lost.line in rows]


def _too_long(lines: list[str]) -> Iterator[Lost]:
    columns = 0
    for number, line in enumerate(lines, 1):
        if not line.strip(" \t>"):
            columns = 0
        elif "|" in line and all(_DASHES.fullmatch(line[start:end].strip()) for start, end in _cells(line)):
            columns = len(_cells(line))
        elif columns:
            rest = _cells(line)[columns:]
            words = " | ".join(line[start:end].strip() for start, end in rest)
            if words.strip(" |"):
                yield Lost(words, number, rest[0][0] + len(line[rest[0][0] :]) - len(line[rest[0][0] :].lstrip()) + 1)


def _cells(line: str) -> list[tuple[int, int]]:
    """Where the cells of a row begin and end; a border at either end of it begins none."""
    begins = len(line) - len(line.lstrip(" \t>"))
    ends = len(line.rstrip())
    borders = [found.start() for found in _BORDER.finditer(line, begins, ends)]
    starts = [begins, *(border + 1 for border in borders)]
    stops = [*borders, ends]
    cells = list(zip(starts, stops, strict=True))
    if borders and borders[0] == begins:
        cells = cells[1:]
    if len(cells) > 1 and borders and borders[-1] == ends - 1:
        cells = cells[:-1]
    return cells


def _rows(markdown: str) -> frozenset[int]:
    """The lines where a row of a table stands, as the engine sees it; code that looks like one is none."""
    render, _, parse, _ = engine()
    rows = parse(render(markdown, True)).iter("tr")
    return frozenset(int(row.get("data-sourcepos", "0").partition(":")[0]) for row in rows)
