"""A finished document, read back: what it tells those who do not see it, and whether it only asks to be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import version
from io import BytesIO
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from idesluss import __version__
from idesluss.booklet.writers import Look
from idesluss.booklet.writers.docx.wordml import qn
from idesluss.problem import Text, text
from idesluss.translate import gettext as _

CLAIMS = ("Office Open XML (ISO/IEC 29500), Transitional",)
FIELDS = frozenset({"TOC", "PAGE", "PAGEREF", "REF", "STYLEREF"})
"""The fields that a book has: all count or repeat what stands in it."""
LOWEST = 9
"""From this level on a paragraph is text."""
VISITED = ("http://", "https://", "mailto:")
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def look(book: bytes) -> Look:
    """Read a document back by python-docx and judge it."""
    document = Document(BytesIO(book))
    body = document.element.body
    pictures = list(body.iter(_DRAWING))
    told = [one for one in pictures if one.get("descr")]
    tables, links = list(body.iter(qn("w:tbl"))), list(body.iter(qn("w:hyperlink")))
    of_style = _levels(document)
    levels = [of_style[style] for one in body.iter(qn("w:p")) if (style := _style(one)) in of_style]
    faults = [
        *_whole(document),
        *_headings(levels),
        *(text("a picture has no text for those who do not see it") for one in pictures if not _is_told(one)),
        *(text("a table has no head") for one in tables if one.find(f".//{qn('w:tblHeader')}") is None),
        *_links(body, links),
        *_outside(document),
    ]
    reader = _("idesluss {version}, which read the finished file back by python-docx {docx}")
    counted = (
        (_("Pictures with a text for those who do not see them"), len(told)),
        (_("Pictures that are marked as decoration"), len(pictures) - len(told)),
        (_("Links with their text"), len(links)),
        (_("Tables with a head"), len(tables)),
        (_("Headings"), len(levels)),
    )
    return Look(
        claims=CLAIMS,
        by=(reader.format(version=__version__, docx=version("python-docx")),),
        found=(
            *(f"{label}: {number}" for label, number in counted),
            _("language and title are set; links lead to places that are there; nothing outside the file is fetched"),
        ),
        faults=tuple(faults),
        unchecked=(_("by Word and its accessibility checker: it is not part of this program"),),
    )


def _levels(document: Any) -> Mapping[str, int]:
    """Which level of heading each style is, counted from 1. One that says nothing is as the one that it is based on."""
    told = {one.get(qn("w:styleId")): one for one in document.styles.element.iter(qn("w:style"))}
    found = {}
    for name, style in told.items():
        at, seen = style, set()
        while at is not None and at not in seen and at.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}") is None:
            seen.add(at)
            based = at.find(qn("w:basedOn"))
            at = told.get(based.get(qn("w:val"))) if based is not None else None
        level = None if at is None else at.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if level is not None and int(level.get(qn("w:val"))) < LOWEST:
            found[name] = int(level.get(qn("w:val"))) + 1
    return found


def _style(paragraph: Any) -> str:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if style is None else str(style.get(qn("w:val")))


def _whole(document: Any) -> Iterator[Text]:
    lang = document.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:lang')}")
    if lang is None or not lang.get(qn("w:val")):
        yield text("the file does not say its language")
    if not document.core_properties.title:
        yield text("the file does not say its title")


def _headings(levels: list[int]) -> Iterator[Text]:
    for above, level in zip([0, *levels], levels, strict=False):
        if level > above + 1:
            yield text("a heading of level {level} stands below one of level {above}", level=level, above=above)


def _is_told(picture: Any) -> bool:
    """Whether a picture says what it shows, or that it shows nothing."""
    mark = picture.find(f".//{_DECORATIVE}")
    return bool(picture.get("descr")) or (mark is not None and mark.get("val") == "1")


def _links(body: Any, links: list[Any]) -> Iterator[Text]:
    """Links have a text, and lead to where something is; so do the fields that repeat numbers and pages."""
    places = {one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))}
    for link in links:
        if not "".join(piece.text or "" for piece in link.iter(qn("w:t"))).strip():
            yield text("a link has no text")
        anchor = link.get(qn("w:anchor"))
        if anchor is not None and anchor not in places:
            yield text("a link leads to a place that is not there: {place}", place=anchor)


def _outside(document: Any) -> Iterator[Text]:
    """Nothing that Word would fetch or carry out: no fields but ours, no files from elsewhere, no programs."""
    for part in document.part.package.iter_parts():
        if "vba" in part.content_type.lower() or "macro" in part.content_type.lower():
            yield text("the file holds a program: {name}", name=str(part.partname))
        for relation in part.rels.values():
            is_link = relation.reltype == RELATIONSHIP_TYPE.HYPERLINK and relation.target_ref.startswith(VISITED)
            if relation.is_external and not is_link:
                yield text("the file asks for something outside itself: {target}", target=relation.target_ref)
    for field in document.element.body.iter(qn("w:instrText"), qn("w:fldSimple")):
        said = (field.text or field.get(qn("w:instr")) or "").split()
        if not said or said[0] not in FIELDS:
            yield text("the file holds a command that is not the book's: {command}", command=" ".join(said)[:60])
