"""What stands before the examples: cover, colophon, foreword, programme and contents."""

from __future__ import annotations

from collections.abc import Iterator

from idesluss.booklet.chapters import Data
from idesluss.booklet.writers.docx import drawings, lists
from idesluss.booklet.writers.docx.paper import Paper
from idesluss.booklet.writers.docx.references import named, number_of, page_of
from idesluss.booklet.writers.docx.tables import Cell, Column, table
from idesluss.booklet.writers.docx.wordml import (
    MM,
    Element,
    Look,
    computed,
    line_break,
    node,
    paragraph,
    run,
    tab,
    to_place,
)

SOFT, LINK, STRONG = Look(style="Aside"), Look(style="Hyperlink"), Look(bold=True)
HIGHEST_LOGO = round(16 * MM)


def cover(paper: Paper, it: Data, page: tuple[int, int]) -> Iterator[Element]:
    """White on the deep colour, with the lock at its foot."""
    dots = 1240
    drawn = drawings.backdrop(dots, round(dots * page[1] / page[0]), it["colours"]["deep"])
    first = [paper.backdrop(drawn, drawings.Box(*page)), run(it["portal"])]
    owner = [] if it["logo"] else [tab(), run(it["owner"], Look(bold=False))]
    yield paragraph("CoverLine", [*first, *owner], node("w:tabs", node("w:tab", val="right", pos=paper.width)))
    if logo := it["logo"]:
        box = drawings.fitted(paper.jpeg(logo["file"]), paper.width // 2, HIGHEST_LOGO)
        yield paragraph("CoverLine", [paper.picture(logo["file"], logo["alt"], box)], node("w:spacing", before=300))
    yield paragraph("CoverKind", [run(it["kind"])])
    yield paragraph("Title", [run(it["title"])])
    if it["subtitle"]:
        yield paragraph("Subtitle", [run(it["subtitle"])])
    yield paragraph("CoverLine", [run(" · ".join(filter(None, (it["when"], it["where"]))))])
    if shown := it["cover"]:
        box = drawings.filling(paper.jpeg(shown["file"]), paper.width, round(paper.width * 0.56))
        picture = paper.picture(shown["file"], shown["alt"], box)
        yield paragraph("CoverLine", [picture], node("w:spacing", before=700, line=240, lineRule="auto"))


def colophon(paper: Paper, it: Data) -> Iterator[Element]:
    """What edition it is, of which content, and under which licence."""
    yield paper.part("about", it["words"]["about"])
    for one in it["colophon"]:
        if one["press"]:
            continue
        value = paper.link(one["to"], [run(one["value"], LINK)]) if one["to"] else [run(one["value"])]
        yield paragraph("Fact", [run(one["label"], SOFT), tab(), *value])
    if it["cover"] and it["cover"]["credit"]:
        yield paragraph(
            "Caption", [run(it["words"]["picture"].format(credit=it["cover"]["credit"]))], node("w:spacing", before=280)
        )


def foreword(paper: Paper, it: Data) -> Iterator[Element]:
    if it["foreword"]:
        yield paper.part("foreword", it["words"]["foreword"])
        yield from (paragraph("Lead", [run(one)]) for one in it["foreword"])
    if it["committee"]:
        name = it["words"]["committee"]
        yield paper.heading(2, [run(name)]) if it["foreword"] else paper.part("committee", name)
        for one in it["committee"]:
            yield paragraph("ListBullet", [run(one)], lists.item(lists.BULLETS, 0))


def programme(paper: Paper, it: Data) -> Iterator[Element]:
    """A table for each day: when, what and who."""
    words = it["words"]
    if it["programme"]:
        yield paper.part("programme", words["programme"])
    for day in it["programme"]:
        if len(it["programme"]) > 1:
            yield paper.heading(2, [run(day["day"])])
        columns = [
            Column(paper.width * share, [run(words[name])])
            for name, share in (("time", 0.16), ("what", 0.54), ("who", 0.3))
        ]
        rows = [[[_time(one)], _what(paper, one), [[run(one["by"])]]] for one in day["rows"]]
        yield from table(columns, rows, name=f"{words['programme']}, {day['day']}")


def _time(one: Data) -> list[Element]:
    length = [line_break(), run(one["length"], SOFT)] if one["length"] else []
    return [run(one["time"], STRONG), *length]


def _what(paper: Paper, one: Data) -> Cell:
    if len(one["cases"]) == 1:
        return [
            [
                *paper.link(f"#{one['cases'][0]}", [run(one["title"], LINK)]),
                run(", "),
                *number_of(paper, one["cases"][0]),
            ]
        ]
    return [[run(one["title"])], *(named(paper, id_) for id_ in one["cases"])]


def contents(paper: Paper, words: Data) -> Iterator[Element]:
    """A real table of contents. Its entries are there at once; the page numbers come when Word works it out anew.

    Word asks every reader whether it may, if a file wants that done at once. So this one does not.
    """
    entries = [paragraph("TOCHeading", [run(words["contents"])])]
    begin, instruction, separate, end = computed(r'TOC \o "1-1" \h \z')
    for at, one in enumerate(paper.outline):
        number = [run(str(one.number), Look(style="Number")), tab()] if one.number else []
        entry = to_place(one.place, [*number, run(one.title, Look(language=one.language)), tab(), *page_of(one.place)])
        opening = [begin, instruction, separate] if at == 0 else []
        entries.append(paragraph("TOC1", [*opening, entry]))
    entries.append(paragraph("Gap", [end]))
    gallery = node("w:docPartObj", node("w:docPartGallery", val="Table of Contents"), node("w:docPartUnique"))
    yield node("w:sdt", node("w:sdtPr", gallery), node("w:sdtContent", *entries))
