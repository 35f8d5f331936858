"""What leads to an example: its title as a link, its number, and the page once Word has counted it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from idesluss.booklet.writers.docx.paper import Paper
from idesluss.booklet.writers.docx.wordml import PLAIN, Element, Look, computed, node, paragraph, run, tab
from idesluss.translate import gettext as _

TOGETHER = 15
"""So many lines of an index are not parted by a page."""
LINK, NUMBER = Look(style="Hyperlink"), Look(style="Number")


def number_of(paper: Paper, id_: str) -> list[Element]:
    """In words, which example it is. The number follows when examples are moved."""
    before, _sign, after = _("example {number}").partition("{number}")
    shown = _number(paper, id_, PLAIN)
    return [*([run(before)] if before else []), *shown, *([run(after)] if after else [])]


def _number(paper: Paper, id_: str, look: Look) -> list[Element]:
    return computed(rf"REF {paper.place(id_)} \r \h", str(paper.chapters[id_]["number"]), look)


def page_of(place: str) -> list[Element]:
    """The page of a bookmark: nothing until Word counts, which it does when the book is printed or updated."""
    return computed(rf"PAGEREF {place} \h")


def named(paper: Paper, id_: str) -> list[Element]:
    """The title as a link, and the number."""
    return [*_title(paper, id_), run(", "), *number_of(paper, id_)]


def _title(paper: Paper, id_: str) -> list[Element]:
    """The title as a link, in the language of its example."""
    one = paper.chapters[id_]
    return paper.link(f"#{id_}", [run(one["title"], LINK.with_(language=one["language"]))])


def rows(paper: Paper, ids: Sequence[str]) -> Iterator[Element]:
    """The lines of an entry in an index: number, title and page. So many as fit are kept on one page."""
    for at, id_ in enumerate(ids, 1):
        kept = len(ids) <= TOGETHER and at < len(ids)
        yield _row(paper, id_, [node("w:keepNext")] if kept else [])


def _row(paper: Paper, id_: str, properties: list[Element]) -> Element:
    said = [*_number(paper, id_, NUMBER), tab(), *_title(paper, id_), tab(), *page_of(paper.place(id_))]
    return paragraph("IndexLine", said, *properties)
