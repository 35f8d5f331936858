"""The book as a document for Word: real headings, lists, tables and links, to be edited and to be heard.

No content is ever a field, a relationship or markup; what the file asks Word to do is ours alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from docx import Document

from idesluss import typeset
from idesluss.booklet.chapters import Data
from idesluss.booklet.edition import Edition
from idesluss.booklet.writers.docx import back, edges, examples, front
from idesluss.booklet.writers.docx.judged import look
from idesluss.booklet.writers.docx.paper import Paper
from idesluss.booklet.writers.docx.template import page, template, text_width
from idesluss.booklet.writers.docx.wordml import Element, locale, plain
from idesluss.booklet.zipped import zipped

__all__ = ["look", "write"]

TYPES = "[Content_Types].xml"
LONGEST_PROPERTY = 255
"""So many letters may a property of a document have."""


def write(edition: Edition, data: Data, files: Mapping[str, bytes]) -> bytes | typeset.Unset:
    """The finished document, or why a template of the instance cannot be used."""
    try:
        document = Document(BytesIO(template(edition)))
    except ValueError as error:
        return typeset.Unset(str(error))
    chapters = {one["id"]: one for one in data["chapters"]}
    paper = Paper(document, text_width(edition), files, chapters)
    body = document.element.body
    body.extend(_book(edition, paper, data))
    _properties(document.core_properties, edition, data)
    out = BytesIO()
    document.save(out)
    with ZipFile(out) as packed:
        return zipped({name: packed.read(name) for name in packed.namelist()}, edition.made, first=TYPES)


def _book(edition: Edition, paper: Paper, it: Data) -> Iterator[Element]:
    """All paragraphs and tables in order. The contents are made last, when it is known what there is."""
    cover = list(front.cover(paper, it, page(edition)))
    before = [*front.colophon(paper, it), *front.foreword(paper, it), *front.programme(paper, it)]
    shown = [piece for one in it["chapters"] for piece in examples.written(paper, one, it["words"])]
    after = [*back.needs(paper, it), *back.indexes(paper, it), *back.organisations(paper, it)]
    contents = list(front.contents(paper, it["words"]))
    pages = edges.Pages(edition, paper, it)
    yield from (*cover, pages.end_of_cover())
    yield from (*before, *contents, pages.end_of_front())
    yield from (*shown, *after, pages.last())


def _properties(core: Any, edition: Edition, it: Data) -> None:
    """What the file says of itself; the day is the edition's, never the clock's."""
    told = {
        "title": it["title"],
        "subject": it["subtitle"],
        "author": it["owner"],
        "last_modified_by": it["owner"],
        "keywords": ", ".join(one["name"] for one in it["themes"]),
        "category": it["kind"],
        "content_status": it["words"]["draft"] if it["draft"] else "",
        "language": locale(it["language"]),
    }
    for name, words in told.items():
        if words:
            setattr(core, name, plain(words)[:LONGEST_PROPERTY])
    core.created = core.modified = edition.made.replace(tzinfo=None)
    core.revision = 1
