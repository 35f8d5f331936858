"""Tables with a head that is marked as one and stands on every page that the table goes on to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from idesluss.booklet.writers.docx.wordml import Element, node, paragraph, plain

WIDEST = 63
"""So many columns may a table of Word's have."""
Cell = Sequence[list[Element]]
"""The paragraphs of a cell, each as its runs."""


class Column(NamedTuple):
    """How wide a column is, in twips or as a share of the whole, and the runs of its head."""

    width: float
    head: list[Element]


def table(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], *, name: str = "", told: str = "", inward: int = 0
) -> Iterator[Element]:
    """A table, and the gap after it that keeps two tables apart. `name` and `told` are for those who do not see it."""
    widths = [round(column.width) for column in columns]
    head = _row([[column.head] for column in columns], widths, is_head=True)
    made = node(
        "w:tbl",
        node(
            "w:tblPr",
            node("w:tblStyle", val="BookTable"),
            node("w:tblW", w=sum(widths), type="dxa"),
            *([node("w:tblInd", w=inward, type="dxa")] if inward else []),
            node("w:tblLayout", type="fixed"),
            node("w:tblLook", val="0620", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
            *([node("w:tblCaption", val=plain(name))] if name else []),
            *([node("w:tblDescription", val=plain(told))] if told else []),
        ),
        node("w:tblGrid", *(node("w:gridCol", w=width) for width in widths)),
        head,
        *(_row(row, widths) for row in rows),
    )
    yield made
    yield paragraph("Gap")


def _row(cells: Sequence[Cell], widths: list[int], *, is_head: bool = False) -> Element:
    told = [node("w:cantSplit"), *([node("w:tblHeader")] if is_head else [])]
    made = [
        node(
            "w:tc",
            node("w:tcPr", node("w:tcW", w=width, type="dxa")),
            *(paragraph("Cell", runs, *([node("w:keepNext")] if is_head else [])) for runs in cell or [[]]),
        )
        for cell, width in zip(cells, widths, strict=True)
    ]
    return node("w:tr", node("w:trPr", *told), *made)
