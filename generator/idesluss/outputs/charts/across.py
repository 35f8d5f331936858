"""Charts whose bars go across the page: counts, parts of a whole, and spans of time."""

from __future__ import annotations

from collections.abc import Iterable

from idesluss.figures import Figure, Row
from idesluss.measures.table import TOTAL
from idesluss.outputs import tables
from idesluss.outputs.charts.drawn import FULL, Bar, Chart, Piece, Plan, Reader
from idesluss.outputs.wording import Wording
from idesluss.problem import N_
from idesluss.translate import gettext as _
from idesluss.translate import ngettext

SPAN = N_("{median}, nine of ten within {ninety}")
PART = N_("{part} of {whole}")
LIGHT = 4
"""The series that is drawn lightest."""


def bars(figure: Figure, plan: Plan, say: Wording) -> Chart | None:
    """A bar for each row, of pieces one after the other."""
    read = Reader(figure, say)
    rows = [row for row in figure.rows if not _is_bare(read, row, plan) and not _dwarfs(row, figure, plan)]
    sizes = {row: max(read.number(row, plan.whole) if plan.whole else 0.0, read.sum(row, plan.series)) for row in rows}
    if not any(sizes.values()):
        return None
    most = max(*sizes.values(), float(plan.target))
    scale = sizes[rows[0]] if plan.of_first else most
    mark = FULL * plan.target / most if plan.target else None
    drawn = tuple(
        Bar(
            read.label(row),
            _at_end(read, row, plan),
            tuple(_pieces(read, row, plan, (sizes[row] if plan.whole else scale) or 1.0)),
            bool(plan.whole) or plan.of_first,
            mark,
        )
        for row in rows
    )
    numbers = {key: 0 if read.columns[key].basis else at for at, key in enumerate(plan.series)}
    return Chart(figure.key, _(figure.label), in_words(drawn), drawn, legend=read.legend(numbers))


def _is_bare(read: Reader, row: Row, plan: Plan) -> bool:
    """Whether a row has nothing to draw: an entry for which there is nought, or a part of no whole."""
    told = (*plan.series, plan.whole) if plan.whole else plan.series
    nothing = not any(read.number(row, key) or read.cell(row, key).suppressed for key in told)
    return nothing and bool(row.title or plan.whole)


def _dwarfs(row: Row, figure: Figure, plan: Plan) -> bool:
    """Whether a row holds the sums of the others, beside which these would hardly be seen."""
    return row.key == TOTAL and len(figure.rows) > 1 and not plan.whole


def _pieces(read: Reader, row: Row, plan: Plan, scale: float) -> Iterable[Piece]:
    start = 0.0
    for at, key in enumerate(plan.series):
        length = FULL * read.number(row, key) / scale
        if length:
            yield Piece(start, length, 0 if read.columns[key].basis else at, read.is_stated(key))
        start += length


def _at_end(read: Reader, row: Row, plan: Plan) -> str:
    """What is written at the end of a bar: the value, or part and whole."""
    if plan.said:
        return read.said(row, plan.said)
    cells = [read.cell(row, key) for key in plan.series]
    if any(cell.suppressed for cell in cells):
        return tables.HIDDEN
    part = read.said(row, plan.series[0])
    if plan.words and cells[0].value is not None:
        return _(plan.words).format(value=part)
    if len(cells) > 1:
        mark = tables.RUNNING if any(cell.running for cell in cells) else ""
        part = f"{read.decimal(read.sum(row, plan.series))}{mark}"
    if not plan.whole or read.cell(row, plan.whole).value is None:
        return part
    return _(PART).format(part=part, whole=read.said(row, plan.whole))


def spans(figure: Figure, plan: Plan, say: Wording) -> Chart | None:
    """For each row a piece as long as the median, and one from there to what nine of ten do not exceed."""
    read = Reader(figure, say)
    median, ninety = plan.series
    lines = [
        (row, basis)
        for row in figure.rows
        for basis in tables.BASES
        if read.cell(row, f"{basis}_{median}").value is not None
    ]
    most = max((read.number(row, f"{basis}_{ninety}") for row, basis in lines), default=0.0)
    if not most:
        return None
    drawn = tuple(_span(read, row, f"{basis}_{median}", f"{basis}_{ninety}", most) for row, basis in lines)
    numbers = {f"{basis}_{key}": series for basis in tables.BASES for key, series in ((median, 0), (ninety, LIGHT))}
    return Chart(figure.key, _(figure.label), in_words(drawn), drawn, legend=read.legend(numbers))


def _span(read: Reader, row: Row, median: str, ninety: str, most: float) -> Bar:
    middle, last = (FULL * read.number(row, key) / most for key in (median, ninety))
    stated = read.is_stated(median)
    days = ngettext("{number} day", "{number} days", int(read.number(row, median)))
    value = _(SPAN).format(median=days.format(number=read.said(row, median)), ninety=read.said(row, ninety))
    return Bar(read.label(row), value, (Piece(0.0, middle, 0, stated), Piece(middle, last - middle, LIGHT, stated)))


def in_words(drawn: Iterable[Bar]) -> str:
    return "; ".join(f"{bar.label}: {bar.value}" for bar in drawn) + "."
