"""An example on pages of its own, with everything that its chapter holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from idesluss.booklet.chapters import Data
from idesluss.booklet.writers.docx import drawings, lists
from idesluss.booklet.writers.docx.paper import Paper
from idesluss.booklet.writers.docx.prose import blocks
from idesluss.booklet.writers.docx.tables import Cell, Column, table
from idesluss.booklet.writers.docx.wordml import MM, Element, Look, line_break, node, paragraph, run, tab

SOFT, LINK, STRONG = Look(style="Aside"), Look(style="Hyperlink"), Look(bold=True)
TONES: Mapping[str, str] = MappingProxyType({"good": "3F6B4B", "stop": "9B3D2A"})
"""The colours of what went well and of what did not."""
HIGHEST = round(70 * MM)
BESIDE, GAP = round(46 * MM), round(6 * MM)
"""The column of facts beside the picture, and what parts it from the picture."""
WIDE = round(140 * MM)
"""Text wider than this has room for that column."""
SQUARE = round(24 * MM)


def written(paper: Paper, one: Data, words: Data) -> Iterator[Element]:
    """One chapter. Its own words are in its own language."""
    paper.language = one["language"]
    number = lists.item(lists.EXAMPLES, 0)
    yield paper.part(paper.place(one["id"]), one["title"], number, number=one["number"])
    yield from _opening(paper, one, words)
    taking_over = [part for part in one["parts"] if part["key"] == "adoption"]
    for part in one["parts"]:
        if part["key"] != "adoption":
            yield from _part(paper, part)
    if one["effects"]:
        yield paper.heading(2, [run(words["effects"])])
        yield from _effects(paper, one, words)
    for key, style in (("core", "Kept"), ("adaptable", "Changed")):
        if one[key]:
            yield paper.heading(2, [run(words[key])])
            for said in one[key]:
                yield paragraph(style, [paper.said(said)], lists.item(lists.BULLETS, 0))
    for part in taking_over:
        yield from _part(paper, part)
    if one["users"]:
        yield paper.heading(2, [run(words["users"])])
        for user in one["users"]:
            said = [run(f"{user['by']}: ", STRONG), paper.said(user["says"])]
            yield paragraph("ListBullet", said, lists.item(lists.BULLETS, 0))
    if not one["fault"]:
        yield from _contact(paper, one, words)
    paper.language = ""


def _opening(paper: Paper, one: Data, words: Data) -> Iterator[Element]:
    """What is seen at a glance: where it stands, whose it is, a summary, a picture and the facts."""
    if one["fault"]:
        yield paragraph("Fault", [run(words["unset"], STRONG)])
        yield from (paragraph("Fault", [run(reason)]) for reason in one["fault"])
    yield from (paragraph("Fault", [run(notice, STRONG)]) for notice in one["notices"])
    whose = " · ".join(filter(None, (one["organisation"], ", ".join(one["themes"]))))
    mark = [run(one["mark"], Look(bold=True, colour=TONES.get(one["tone"], "")))] if one["mark"] else []
    if mark or whose:
        yield paragraph("Mark", [*mark, *([line_break()] if mark and whose else []), *([run(whose)] if whose else [])])
    if one["summary"]:
        yield paragraph("Lead", [paper.said(one["summary"])])
    beside = bool(one["figures"] and one["picture"]) and paper.width > WIDE
    facts = [_fact(fact, [_frame()] if beside else []) for fact in one["figures"]]
    yield from facts if beside else ()
    if shown := one["picture"]:
        across = paper.width - BESIDE - GAP if beside else paper.width
        yield from _picture(paper, shown, drawings.filling(paper.jpeg(shown["file"]), across, HIGHEST), words)
    yield from () if beside else facts


def _frame() -> Element:
    """The property of paragraphs that stand in a column of their own, at the right of what follows."""
    return node("w:framePr", w=BESIDE, hSpace=GAP, wrap="around", vAnchor="text", hAnchor="margin", xAlign="right", y=1)


def _fact(fact: Data, frame: list[Element]) -> Element:
    apart = line_break() if frame else tab()
    note = [line_break(), run(fact["note"], SOFT)] if fact["note"] else []
    said = [run(fact["label"], SOFT), apart, run(fact["value"], STRONG), *note]
    return paragraph("FactBeside" if frame else "Fact", said, *frame)


def _picture(paper: Paper, shown: Data, box: drawings.Box, words: Data) -> Iterator[Element]:
    picture = paper.picture(shown["file"], shown["alt"], box)
    if shown["credit"]:
        yield paragraph("Picture", [picture])
        yield paragraph("Caption", [run(words["picture"].format(credit=shown["credit"]))])
    else:
        yield paragraph("Picture", [picture], node("w:keepNext", val=0), node("w:spacing", after=200))


def _part(paper: Paper, part: Data) -> Iterator[Element]:
    if part["title"]:
        yield paper.heading(2, [paper.said(part["title"])])
    yield from blocks(paper, part["blocks"])


def _effects(paper: Paper, one: Data, words: Data) -> Iterator[Element]:
    columns = [
        Column(paper.width * share, [run(words[name])])
        for name, share in (("measure", 0.44), ("before", 0.26), ("after", 0.3))
    ]
    yield from table(
        columns, [_effect(paper, row) for row in one["effects"]], name=f"{words['effects']}: {one['title']}"
    )


def _effect(paper: Paper, row: Data) -> list[Cell]:
    told = ", ".join(filter(None, (row["reached"], row["date"])))
    after = [paper.said(row["after"], bold=True)]
    tone = Look(style="Aside", colour=TONES.get(row["tone"], ""))
    return [
        [[paper.said(row["measure"])], *([[run(row["of"], SOFT)]] if row["of"] else [])],
        [[paper.said(row["before"])]],
        [after, *([[run(told, tone)]] if told else [])],
    ]


def _contact(paper: Paper, one: Data, words: Data) -> Iterator[Element]:
    """A band with whom to ask, and the way to the web: a code for phones and its address beside it."""
    yield paragraph("Gap", (), node("w:keepNext"))
    if one["contact"]:
        yield paragraph("Band", [run(words["contact"], SOFT), line_break(), paper.said(one["contact"], bold=True)])
    alt = words["code"].format(address=one["visible"])
    code = paper.image(f"{one['id']}.png", drawings.code(one["address"]), alt, drawings.Box(SQUARE, SQUARE))
    address = paper.link(one["address"], [run(one["visible"], LINK)])
    more = [run(f"{words['more']}: ", SOFT)] if paper.width > WIDE else []
    beside = [node("w:textAlignment", val="center"), node("w:keepNext", val=1 if one["provenance"] else 0)]
    yield paragraph("Band", [code, tab(), *more, *address], *beside)
    if one["provenance"]:
        said = run(f"{one['provenance']} {one['licence']}", SOFT)
        yield paragraph("Band", [said], node("w:keepNext", val=0))
