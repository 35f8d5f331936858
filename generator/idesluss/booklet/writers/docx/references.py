"""What leads to an example: its title as a link, its number, and the page once Word has counted it."""

from __future__ import annotations

from idesluss.booklet.writers.docx.paper import Paper
from idesluss.booklet.writers.docx.wordml import PLAIN, Element, Look, computed, paragraph, run, tab
from idesluss.translate import gettext as _

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
    return [*paper.link(f"#{id_}", [run(paper.chapters[id_]["title"], LINK)]), run(", "), *number_of(paper, id_)]


def row(paper: Paper, id_: str) -> Element:
    """A line of an index: number, title and page."""
    title = paper.link(f"#{id_}", [run(paper.chapters[id_]["title"], LINK)])
    return paragraph("IndexLine", [*_number(paper, id_, NUMBER), tab(), *title, tab(), *page_of(paper.place(id_))])
