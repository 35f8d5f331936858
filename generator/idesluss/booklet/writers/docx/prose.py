"""What authors write, from blocks and inline pieces (`booklet.tree`) to paragraphs of Word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from idesluss.booklet.tree import Node
from idesluss.booklet.writers.docx import drawings, lists
from idesluss.booklet.writers.docx.paper import Paper
from idesluss.booklet.writers.docx.tables import WIDEST, Column, table
from idesluss.booklet.writers.docx.wordml import MM, Element, Look, line_break, node, paragraph, run

HIGHEST_PICTURE = round(70 * MM)
QUOTED = 260
"""How much further in each quote stands, in twips."""
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "b": {"bold": True},
    "i": {"italic": True},
    "del": {"strike": True},
    "sup": {"raised": "superscript"},
    "sub": {"raised": "subscript"},
}


@dataclass(frozen=True)
class Place:
    """Where a block stands: how far in, in how many lists and in how many quotes."""

    inward: int = 0
    lists: int = 0
    quotes: int = 0

    def listed(self) -> Place:
        return replace(self, inward=self.inward + lists.STEP, lists=self.lists + 1)

    def quoted(self) -> Place:
        return replace(self, inward=self.inward + QUOTED, quotes=self.quotes + 1)

    @property
    def indent(self) -> list[Element]:
        return [node("w:ind", left=self.inward)] if self.inward else []

    @property
    def style(self) -> str:
        return "Quote" if self.quotes else "ListContinue" if self.lists else "Normal"


def pieces(paper: Paper, items: list[Node], look: Look) -> Iterator[Element]:
    """Runs and links of inline pieces."""
    for one in items:
        kind = one["t"]
        if kind == "s":
            yield run(one["s"], look)
        elif kind == "code":
            yield run(one["s"], look.with_(style="HTMLCode"))
        elif kind == "br":
            yield line_break()
        elif kind == "a":
            inner = list(pieces(paper, one["c"], look.with_(style=look.style or "Hyperlink")))
            linked = paper.link(one["to"], inner)
            yield from linked if linked is not inner else pieces(paper, one["c"], look)
        else:
            yield from pieces(paper, one["c"], look.with_(**_LOOKS[kind]))


def blocks(paper: Paper, parts: list[Node], place: Place = Place()) -> Iterator[Element]:
    """Paragraphs and tables of blocks."""
    for one in parts:
        kind = one["t"]
        if kind == "p":
            yield paragraph(place.style, pieces(paper, one["c"], paper.look), *place.indent)
        elif kind == "h":
            yield paper.heading(one["l"], pieces(paper, one["c"], paper.look), *place.indent)
        elif kind in ("ul", "ol"):
            yield from _list(paper, one, place)
        elif kind == "quote":
            yield from blocks(paper, one["c"], place.quoted())
        elif kind == "code":
            yield paragraph("Code", [paper.said(one["s"])], *_code_indent(place))
        elif kind == "img":
            yield _picture(paper, one, place)
        elif kind == "table":
            yield from _table(paper, one, place)


def _code_indent(place: Place) -> list[Element]:
    return [node("w:ind", left=place.inward + 140, right=140)] if place.inward else []


def _picture(paper: Paper, one: Node, place: Place) -> Element:
    box = drawings.fitted(paper.jpeg(one["file"]), paper.width - place.inward, HIGHEST_PICTURE)
    return paragraph("Normal", [paper.picture(one["file"], one["alt"], box)], *place.indent)


def _list(paper: Paper, one: Node, place: Place) -> Iterator[Element]:
    """Each item with its mark; one that begins with something else than text has its mark on a line of its own."""
    within, start = place.listed(), one.get("start", 1)
    told = one["t"] == "ol" and start + len(one["items"]) > lists.HIGHEST
    number = lists.BULLETS if one["t"] == "ul" or told else paper.numbered(place.lists, start)
    for at, item in enumerate(one["items"]):
        first, rest = (item[0]["c"], item[1:]) if item[0]["t"] == "p" else ([], item)
        mark = node("w:ind", left=within.inward, hanging=lists.STEP)
        style = "Quote" if place.quotes else "ListNumber" if one["t"] == "ol" else "ListBullet"
        if told:
            shown = [run(f"{start + at}. ", paper.look), *pieces(paper, first, paper.look)]
            yield paragraph(style, shown, mark)
        else:
            yield paragraph(style, pieces(paper, first, paper.look), lists.item(number, place.lists), mark)
        yield from blocks(paper, rest, within)


def _table(paper: Paper, one: Node, place: Place) -> Iterator[Element]:
    """A table with its head; one with more columns than Word has becomes a paragraph for each row."""
    rows = [one["head"], *one["rows"]]
    if len(one["head"]) > WIDEST:
        for row in rows:
            said = [piece for cell in row for piece in (*cell, {"t": "s", "s": " · "})]
            yield paragraph(place.style, pieces(paper, said[:-1], paper.look), *place.indent)
        return
    width = paper.width - place.inward
    columns = [Column(width / len(one["head"]), list(pieces(paper, cell, paper.look))) for cell in one["head"]]
    cells = [[[list(pieces(paper, cell, paper.look))] for cell in row] for row in one["rows"]]
    yield from table(columns, cells, inward=place.inward)
