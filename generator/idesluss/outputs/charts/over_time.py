"""Charts over time, with columns that stand on the ground: beside each other, or on top of each other."""

from __future__ import annotations

from idesluss.figures import Figure, Row
from idesluss.outputs import tables
from idesluss.outputs.charts.drawn import FULL, Chart, Period, Piece, Plan, Reader
from idesluss.outputs.wording import Wording
from idesluss.translate import gettext as _

PERIODS = 8
"""So many of the last periods stand in a chart; the table behind it holds them all."""
FREE = 0.3
"""How much of a period's room is left free beside its columns."""

Columns = tuple[tuple[str, ...], ...]
"""The columns of a period, and of which of the figure's columns each is piled up."""


def columns(figure: Figure, plan: Plan, say: Wording) -> Chart | None:
    """Columns beside each other; what is only stated stands on top of what git shows."""
    piles = tuple(tuple(f"{key}_{basis}" for basis in tables.BASES) for key in plan.series)
    return _drawn(figure, piles, {key: at for at, pile in enumerate(piles) for key in pile}, say)


def stacks(figure: Figure, plan: Plan, say: Wording) -> Chart | None:
    """One column a period, of pieces on top of each other."""
    return _drawn(figure, (plan.series,), {key: at for at, key in enumerate(plan.series)}, say)


def _drawn(figure: Figure, piles: Columns, numbers: dict[str, int], say: Wording) -> Chart | None:
    read = Reader(figure, say)
    rows = figure.rows[-PERIODS:]
    most = max((read.sum(row, pile) for row in rows for pile in piles), default=0.0)
    if not most:
        return None
    room = FULL / len(rows)
    periods = tuple(_period(read, row, piles, numbers, (at * room, room, most)) for at, row in enumerate(rows))
    words = "; ".join(
        f"{tables.row_label(row, say)}: {period.words}" for row, period in zip(rows, periods, strict=True)
    )
    return Chart(figure.key, _(figure.label), f"{words}.", periods=periods, legend=read.legend(numbers))


def _period(
    read: Reader, row: Row, piles: Columns, numbers: dict[str, int], place: tuple[float, float, float]
) -> Period:
    left, room, most = place
    wide = room * (1 - FREE) / len(piles)
    pieces, words = [], []
    for at, pile in enumerate(piles):
        x, height = left + room * FREE / 2 + at * wide, 0.0
        told = [key for key in pile if read.number(row, key)]
        for key in told:
            high = FULL * read.number(row, key) / most
            over = read.decimal(read.sum(row, pile)) if key == told[-1] else ""
            pieces.append(Piece(x, wide, numbers[key], read.is_stated(key), height, high, over))
            height += high
            words.append(f"{_(read.columns[key].label).lower()} {read.said(row, key)}")
    year, _sign, part = row.key.partition("-")
    return Period(_("Q{number}").format(number=part[1:]), year, left + room / 2, tuple(pieces), ", ".join(words) or "0")
