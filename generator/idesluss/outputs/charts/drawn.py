"""What a drawn chart is made of. All lengths are per cent of the room that there is, so that it fits any screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from idesluss.figures import Cell, Column, Figure, Row
from idesluss.outputs import tables
from idesluss.outputs.wording import Wording

FULL = 100.0
ROOM, SHORTEST = 38, 16
"""So many letters a bar's label and value have together on a narrow screen; so many the label has at least."""


class Piece(NamedTuple):
    """A coloured piece: where it lies and how large it is, the number of its series, and whether it is only stated."""

    x: float
    width: float
    series: int
    stated: bool = False
    y: float = 0.0
    height: float = FULL
    over: str = ""
    """What is written over it."""


class Bar(NamedTuple):
    """A row: its label, what is written at its end, its pieces, and whether a whole is drawn behind them."""

    label: str
    value: str
    pieces: tuple[Piece, ...]
    has_track: bool = False
    mark: float | None = None
    """Where a line stands that is to be reached."""

    @property
    def short(self) -> str:
        """The label, cut where it would run into the value."""
        room = max(SHORTEST, ROOM - len(self.value))
        return self.label if len(self.label) <= room else self.label[: room - 1].rstrip(" ,;:.") + "…"


class Period(NamedTuple):
    """A period: its label in two lines, the middle of its room, and its columns."""

    label: str
    year: str
    middle: float
    pieces: tuple[Piece, ...]
    words: str


class Key(NamedTuple):
    """A line of the legend."""

    label: str
    series: int
    stated: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of bars or of periods; `words` tell of it to those who do not see it."""

    key: str
    title: str
    words: str
    bars: tuple[Bar, ...] = ()
    periods: tuple[Period, ...] = ()
    legend: tuple[Key, ...] = ()

    @property
    def hatched(self) -> list[int]:
        """The series that have a piece which is only stated."""
        held = [*(bar.pieces for bar in self.bars), *(period.pieces for period in self.periods)]
        pieces = [piece for some in held for piece in some]
        return sorted({piece.series for piece in pieces if piece.stated})


@dataclass(frozen=True, slots=True)
class Plan:
    """Which columns a chart is drawn from: `series` one after the other, as parts of `whole` if there is one.

    `of_first` draws every row as part of the first. `target` is a value to be reached, with a line of its own; `words`
    is a msgid for what stands at the end of a bar, `said` the column that is told there, if it is not what was drawn.
    """

    form: str
    series: tuple[str, ...]
    whole: str = ""
    of_first: bool = False
    target: int = 0
    words: str = ""
    said: str = ""


class Reader:
    """Reads a figure's cells by the names of their columns, and says them."""

    def __init__(self, figure: Figure, say: Wording) -> None:
        self.figure, self.say = figure, say
        self.at = {column.key: at for at, column in enumerate(figure.columns)}
        self.columns: Mapping[str, Column] = {column.key: column for column in figure.columns}

    def cell(self, row: Row, key: str) -> Cell:
        return row.cells[self.at[key]]

    def number(self, row: Row, key: str) -> float:
        """The value of a cell, nought where there is none to show."""
        value = self.cell(row, key).value
        return float(value) if isinstance(value, int | float) else 0.0

    def sum(self, row: Row, keys: tuple[str, ...]) -> float:
        return sum(self.number(row, key) for key in keys)

    def said(self, row: Row, key: str) -> str:
        return tables.value(self.cell(row, key), self.columns[key], self.say)

    def is_stated(self, key: str) -> bool:
        return self.columns[key].basis == "stated"

    def label(self, row: Row) -> str:
        """What a row stands for."""
        return tables.row_label(row, self.say)

    def legend(self, keys: dict[str, int]) -> tuple[Key, ...]:
        """A line for each of these columns that holds something, by the number of its series; none for a single one."""
        held = [key for key in keys if any(self.number(row, key) for row in self.figure.rows)]
        lines = tuple(Key(tables.head(self.columns[key]).label, keys[key], self.is_stated(key)) for key in held)
        return lines if len(lines) > 1 or any(line.stated for line in lines) else ()

    def decimal(self, value: float) -> str:
        return self.say.decimal(value)
