"""Sections: how large the pages are, and what stands above and below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from idesluss.booklet.chapters import Data
from idesluss.booklet.writers.docx.paper import Paper
from idesluss.booklet.writers.docx.template import margin, page
from idesluss.booklet.writers.docx.wordml import MM, Element, computed, node, paragraph, qn, run, tab

if TYPE_CHECKING:
    from idesluss.booklet.edition import Edition


class Pages:
    """The sections of a book: the cover has no foot, the others a title and the page's number."""

    def __init__(self, edition: Edition, paper: Paper, it: Data) -> None:
        self.edition, self.paper, self.it = edition, paper, it
        self.draft = (
            self._edge("header1", "header", [paragraph("Header", [run(it["words"]["version"])])]) if it["draft"] else ""
        )

    def end_of_cover(self) -> Element:
        """The paragraph that ends the cover's section."""
        blank = self._edge("footer1", "footer", [paragraph("Footer")])
        return paragraph("CoverLine", (), self._section(blank), node("w:spacing", line=20, lineRule="exact"))

    def end_of_front(self) -> Element:
        """The paragraph that ends the section with foreword, programme and contents."""
        return paragraph("Gap", (), self._section(self._foot("footer2", [run(self.it["title"])])))

    def last(self) -> Element:
        """The section of the examples and indexes: their foot tells whose page it is."""
        return self._section(self._foot("footer3", computed("STYLEREF 1", self.it["title"])))

    def _foot(self, name: str, title: list[Element]) -> str:
        return self._edge(name, "footer", [paragraph("Footer", [*title, tab(), *computed("PAGE", "1")])])

    def _edge(self, name: str, kind: str, content: list[Element]) -> str:
        tag = "w:hdr" if kind == "header" else "w:ftr"
        return self.paper.edge(name, kind, etree.tostring(node(tag, *content), encoding="UTF-8", standalone=True))

    def _section(self, foot: str) -> Element:
        (wide, high), side = page(self.edition), margin(self.edition)
        tall = self.edition.paper == "a4"
        edges = []
        for kind, relation in (("header", self.draft), ("footer", foot)):
            if relation:
                edge = node(f"w:{kind}Reference", type="default")
                edge.set(qn("r:id"), relation)
                edges.append(edge)
        return node(
            "w:sectPr",
            *edges,
            node("w:type", val="nextPage"),
            node("w:pgSz", w=wide, h=high),
            node(
                "w:pgMar",
                top=round((20 if tall else 16) * MM), right=side, bottom=round((22 if tall else 18) * MM), left=side,
                header=round((9 if tall else 6) * MM), footer=round((11 if tall else 8) * MM), gutter=0,
            ),
        )  # fmt: skip
