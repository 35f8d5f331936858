"""A figure: rows and columns of frozen cells, with what is needed to say it, to cut it and to count it again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from idesluss.figures.suppression import SMALLEST, Equation, hide

Basis = Literal["", "shown", "stated"]
"""What a column rests on: what git shows, what a file only states, or "" where there is no such difference."""
Unit = Literal["number", "days", "working_days", "percent", "rate", "stage"]

Value = int | float | str | None

ENTRIES = frozenset({"unit", "goal", "event", "coach"})
"""What rows may stand for that are entries; their key is its id."""


class Cell(NamedTuple):
    """A value, and how many observations are behind it.

    `value` is None where there is nothing to count. `guarded` says that some of what is counted is not for the public,
    `suppressed` that the value was taken out for that, `running` that the time has not run out for all yet.
    """

    value: Value
    n: int = 0
    guarded: bool = False
    running: bool = False
    suppressed: bool = False


class Column(NamedTuple):
    """What a column holds. `of` names the two columns that a share is made of: a part, and the whole."""

    key: str
    label: str
    """An English msgid."""
    unit: Unit = "number"
    basis: Basis = ""
    of: tuple[str, str] | None = None


class Row(NamedTuple):
    """What a row stands for: `of` says which sort of thing ("stage", "unit", "quarter" …), `key` which one of them."""

    of: str
    key: str
    cells: tuple[Cell, ...]
    title: str = ""
    """The title of the entry, where the row stands for one."""


class Spot(NamedTuple):
    row: int
    column: int


class Sum(NamedTuple):
    """That a cell is the sum of others, and of `rest`, which stands nowhere. From sums, a missing cell can be found.

    Without a `total` the sum stands in another figure.
    """

    total: Spot | None
    parts: tuple[Spot, ...]
    rest: int = 0


class Same(NamedTuple):
    """That the cells of a column hold what those of another figure's column hold, in the rows with the same key."""

    column: str
    figure: str
    other: str


@dataclass(frozen=True, slots=True)
class Figure:
    """What one measure came to.

    `n` counts what was looked at, `stated` how much of it only a file states, `undated` what was left out because no
    day is known; they are None where they would give away a hidden cell. `label` and `definition` are English msgids.
    `command` computes it again; `commit` is "" outside git.
    """

    key: str
    group: str
    label: str
    definition: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    n: int | None
    stated: int | None = 0
    undated: int | None = 0
    sums: tuple[Sum, ...] = ()
    same: tuple[Same, ...] = ()
    commit: str = ""
    day: str = ""
    command: str = ""

    def row(self, key: str) -> Row | None:
        return next((row for row in self.rows if row.key == key), None)

    def cell(self, row: str, column: str) -> Cell:
        """The cell of a row and a column, or an empty one."""
        found = self.row(row)
        at = next((at for at, told in enumerate(self.columns) if told.key == column), None)
        return found.cells[at] if found and at is not None else NO_CELL

    def public(self, seen: Collection[str], others: Mapping[str, Figure] | Figures) -> Figure:
        """What the public gets: no row of an entry that is not among `seen`, and no small cell that tells of such.

        A row that is taken out still counts in the totals. What is hidden in the `others`, which are public already,
        is hidden here too.
        """
        kept = [at for at, row in enumerate(self.rows) if row.of not in ENTRIES or row.key in seen]
        place = {old: new for new, old in enumerate(kept)}
        rows = [self.rows[at] for at in kept]
        cells = {(at, column): cell for at, row in enumerate(rows) for column, cell in enumerate(row.cells)}
        small = {spot for spot, cell in cells.items() if cell.guarded and 0 < cell.n < SMALLEST}
        values = {spot: cell.value for spot, cell in cells.items() if isinstance(cell.value, int)}
        sums = [told for one in self.sums if (told := self._cut(one, place))]
        hidden = hide(values, small, sums, set(self._hidden_in(others, rows)))
        shown = tuple(self._without(row, at, hidden) for at, row in enumerate(rows))
        if not hidden and len(kept) == len(self.rows):
            return replace(self, rows=shown, sums=(), same=())
        return replace(self, rows=shown, sums=(), same=(), n=None, stated=None, undated=None)

    def _hidden_in(self, others: Mapping[str, Figure] | Figures, rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
        """The cells whose twins in another figure are hidden."""
        keys = [column.key for column in self.columns]
        for column, key, other in self.same:
            for at, row in enumerate(rows):
                if others[key].cell(row.key, other).suppressed:
                    yield at, keys.index(column)

    def _cut(self, told: Sum, place: Mapping[int, int]) -> Equation | None:
        """A sum without the rows that are gone, whose share of it becomes rest; None if the total is gone."""
        if told.total and told.total.row not in place:
            return None
        lost = [self.rows[row].cells[column].value for row, column in told.parts if row not in place]
        total = (place[told.total.row], told.total.column) if told.total else (ELSEWHERE, told.parts[0].column)
        parts = tuple((place[row], column) for row, column in told.parts if row in place)
        return Equation(total, parts, told.rest + sum(value for value in lost if isinstance(value, int)))

    def _without(self, row: Row, at: int, hidden: Collection[tuple[int, int]]) -> Row:
        """The row with its hidden cells emptied, and with them each share that is made of one."""
        lost = {self.columns[column].key for row_at, column in hidden if row_at == at}
        cells = tuple(
            HIDDEN if told.key in lost or (told.of and lost & set(told.of)) else cell._replace(guarded=False)
            for told, cell in zip(self.columns, row.cells, strict=True)
        )
        return row._replace(cells=cells)


ELSEWHERE = -1
"""The row of a total that stands in another figure."""
NO_CELL = Cell(None)
HIDDEN = Cell(None, suppressed=True)


class Figures:
    """All figures of a catalogue by key, each made when it is first asked for, and then kept.

    Those that are `internal` the public does not get at all.
    """

    def __init__(
        self, keys: tuple[str, ...], make: Callable[[str], Figure], internal: frozenset[str] = frozenset()
    ) -> None:
        self.keys, self.internal, self._make = keys, internal, make
        self._made: dict[str, Figure] = {}

    def __getitem__(self, key: str) -> Figure:
        """The figure; KeyError if there is none of this key."""
        if key not in self._made:
            if key not in self.keys:
                raise KeyError(key)
            self._made[key] = self._make(key)
        return self._made[key]

    def __contains__(self, key: str) -> bool:
        return key in self.keys

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys)

    def public(self, seen: Collection[str]) -> Figures:
        """What the public gets of them, which sees the entries with these ids."""
        told: Figures = Figures(
            tuple(key for key in self.keys if key not in self.internal), lambda key: self[key].public(seen, told)
        )
        return told


def _nothing(key: str) -> Figure:
    raise KeyError(key)


NOTHING = Figures((), _nothing)
