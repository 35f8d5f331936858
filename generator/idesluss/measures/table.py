"""What measures are put together from: cells that count, and rows with their total."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from idesluss.figures import Cell, Column, Row, Same, Spot, Sum

PERCENT = 100
NINETY = 90
TOTAL = "total"


class Table(NamedTuple):
    """What a measure gives: the columns, the rows, and what they rest on."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    n: int
    stated: int = 0
    undated: int = 0
    sums: tuple[Sum, ...] = ()
    same: tuple[Same, ...] = ()


class Tally:
    """Counts things, and notes whether one of them is hidden from the public."""

    def __init__(self) -> None:
        self.n, self.guarded = 0, False

    def add(self, *, hidden: bool, number: int = 1) -> None:
        self.n += number
        self.guarded = self.guarded or hidden

    def cell(self, *, running: bool = False) -> Cell:
        return Cell(self.n, self.n, self.guarded, running)


class Spell:
    """Gathers lengths of time, and notes whether one of them is of something hidden."""

    def __init__(self) -> None:
        self.days: list[int] = []
        self.guarded = False

    def add(self, days: int, *, hidden: bool) -> None:
        self.days.append(days)
        self.guarded = self.guarded or hidden

    def count(self) -> Cell:
        return Cell(len(self.days), len(self.days), self.guarded)

    def median(self) -> Cell:
        """The middle one, or the mean of the two in the middle."""
        if not self.days:
            return Cell(None)
        ordered, half = sorted(self.days), len(self.days) // 2
        middle = ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
        return Cell(whole(middle), len(ordered), self.guarded)

    def ninety(self) -> Cell:
        """The smallest that at least 90 per cent are not longer than."""
        if not self.days:
            return Cell(None)
        at = -(-len(self.days) * NINETY // PERCENT) - 1
        return Cell(sorted(self.days)[at], len(self.days), self.guarded)


def whole(value: float) -> float:
    """The number as a whole one, where it is one."""
    return int(value) if float(value).is_integer() else value


def share(part: Cell, of: Cell, *, running: bool = False) -> Cell:
    """Part of a whole in whole per cent, half a per cent upwards; None of nothing."""
    if not isinstance(part.value, int) or not isinstance(of.value, int) or not of.value:
        return Cell(None, running=running)
    percent = (2 * PERCENT * part.value + of.value) // (2 * of.value)
    return Cell(percent, of.n, part.guarded or of.guarded, running)


def number(value: int | None) -> Cell:
    """A number that an entry states itself."""
    return Cell(value, value or 0)


def with_total(
    columns: Sequence[Column], rows: Sequence[Row], added: Iterable[str]
) -> tuple[tuple[Row, ...], tuple[Sum, ...]]:
    """The rows and a last one with the sums of the `added` columns and the shares that they make, and these sums."""
    at = {column.key: place for place, column in enumerate(columns)}
    cells: dict[str, Cell] = {}
    for key in added:
        held = [row.cells[at[key]] for row in rows]
        n = sum(cell.n for cell in held)
        cells[key] = Cell(n, n, any(cell.guarded for cell in held))
    for column in columns:
        if column.of:
            cells[column.key] = share(cells[column.of[0]], cells[column.of[1]])
    total = Row(TOTAL, TOTAL, tuple(cells.get(column.key, Cell(None)) for column in columns))
    sums = tuple(
        Sum(Spot(len(rows), at[key]), tuple(Spot(row, at[key]) for row in range(len(rows))))
        for key in cells
        if not columns[at[key]].of
    )
    return (*rows, total), sums


def tree_sums(
    units: Sequence[str], part_of: Mapping[str, str | None], column: int, direct: Mapping[str, int]
) -> Iterator[Sum]:
    """That what stands at a unit is what stands at its parts, and what is its own."""
    place = {unit: at for at, unit in enumerate(units)}
    parts: dict[str, list[Spot]] = {}
    for unit in units:
        above = part_of.get(unit)
        if above in place and above is not None:
            parts.setdefault(above, []).append(Spot(place[unit], column))
    for unit, spots in parts.items():
        yield Sum(Spot(place[unit], column), tuple(spots), direct.get(unit, 0))


def quarter(day: datetime.date) -> int:
    """The number of the quarter, counted from the beginning of our era."""
    return day.year * 4 + (day.month - 1) // 3


def quarter_key(number: int) -> str:
    """A quarter as "2026-Q3"."""
    return f"{number // 4}-Q{number % 4 + 1}"


def half_year(day: datetime.date) -> int:
    return day.year * 2 + (day.month > 6)


def half_year_key(number: int) -> str:
    """Half a year as "2026-H1"."""
    return f"{number // 2}-H{number % 2 + 1}"
