"""A figure in words: its rows, columns and values as people read them, the same for pages and for the command."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from idesluss.figures import Cell, Column, Figure, Row
from idesluss.outputs.wording import Wording
from idesluss.problem import N_
from idesluss.translate import gettext as _

NONE, HIDDEN, RUNNING = "–", "..", "*"
"""What stands for nothing to count, for a value that is not shown, and after one whose time has not run out."""
BASES: Mapping[str, str] = MappingProxyType({"shown": N_("shown by git"), "stated": N_("stated")})
UNITS: Mapping[str, str] = MappingProxyType({"days": N_("days"), "working_days": N_("working days")})
"""Units that stand in the head of a column; others stand at each value, or are plain."""
WAYS: Mapping[str, str] = MappingProxyType(
    {
        "within": N_("By another unit of ours"),
        "out": N_("By others"),
        "in": N_("From others"),
    }
)
HALVES: Mapping[str, str] = MappingProxyType({"1": N_("First half of {year}"), "2": N_("Second half of {year}")})
NOTES: Mapping[str, str] = MappingProxyType(
    {
        HIDDEN: N_("Groups of fewer than five are not shown, nor what would give them away."),
        RUNNING: N_("The time has not run out for all of them yet."),
    }
)
"""What the signs in a table mean."""
STATED = N_("This is stated in the files; git does not show it.")


class Head(NamedTuple):
    """A column's label with its unit, and what it rests on: "shown", "stated" or ""."""

    label: str
    basis: str


class Said(NamedTuple):
    """A figure as a table of words, of the columns `kept`."""

    heads: tuple[Head, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    kept: tuple[int, ...]

    @property
    def notes(self) -> list[str]:
        """What has to be said of the signs that stand in the table."""
        cells = [cell for _label, held in self.rows for cell in held]
        return [_(note) for sign, note in NOTES.items() if any(cell.endswith(sign) for cell in cells)]

    @property
    def hides(self) -> bool:
        """Whether something was counted that is not shown."""
        return any(HIDDEN in held for _label, held in self.rows)


def said(figure: Figure, say: Wording) -> Said:
    """The figure in words; columns of a basis on which nothing rests are left out, but for one basis of two."""
    lost = [basis for basis in BASES if not rests_on(figure, basis)]
    kept = tuple(
        at
        for at, column in enumerate(figure.columns)
        if column.basis not in (lost if len(lost) < len(BASES) else lost[1:])
    )
    heads = tuple(head(figure.columns[at]) for at in kept)
    rows = tuple(
        (row_label(row, say), tuple(value(row.cells[at], figure.columns[at], say) for at in kept))
        for row in figure.rows
    )
    return Said(heads, rows, kept)


def head(column: Column) -> Head:
    unit = UNITS.get(column.unit)
    return Head(f"{_(column.label)}, {_(unit)}" if unit else _(column.label), column.basis)


def rests_on(figure: Figure, basis: str) -> bool:
    """Whether anything in the figure rests on this basis."""
    columns = [at for at, column in enumerate(figure.columns) if column.basis == basis and not column.of]
    return any(row.cells[at].n or row.cells[at].suppressed for row in figure.rows for at in columns)


def row_label(row: Row, say: Wording) -> str:
    """What a row stands for."""
    return row.title or _LABELS.get(row.of, _plain)(row, say)


def _plain(row: Row, say: Wording) -> str:
    return _("Other") if row.key == "other" else say.label(row.of, row.key)


def _quarter(row: Row, _say: Wording) -> str:
    year, _sign, number = row.key.partition("-Q")
    return _("Q{number} {year}").format(number=number, year=year)


def _half_year(row: Row, _say: Wording) -> str:
    year, _sign, number = row.key.partition("-H")
    return _(HALVES[number]).format(year=year)


_LABELS: Mapping[str, Callable[[Row, Wording], str]] = MappingProxyType(
    {
        "quarter": _quarter,
        "half_year": _half_year,
        "total": lambda _row, _say: _("All together"),
        "way": lambda row, _say: _(WAYS[row.key]),
        "coach": lambda _row, _say: _("Without a coach"),
        "year": lambda row, _say: _("Year unknown") if row.key == "other" else row.key,
    }
)


def value(cell: Cell, column: Column, say: Wording) -> str:
    """What stands in a cell."""
    if cell.suppressed:
        return HIDDEN
    if cell.value is None:
        return NONE
    told = say.stage(cell.value) if isinstance(cell.value, str) else say.decimal(cell.value)
    if column.unit == "percent":
        told = say.percent(int(cell.value))
    return f"{told}{RUNNING}" if cell.running else told
