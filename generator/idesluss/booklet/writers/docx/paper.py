"""The document while it is written: what its paragraphs refer to, and the headings so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from idesluss.booklet import pictures
from idesluss.booklet.chapters import Data
from idesluss.booklet.tree import web_address
from idesluss.booklet.writers.docx import drawings, lists
from idesluss.booklet.writers.docx.wordml import PLAIN, Element, Look, drawn, node, paragraph, qn, run, to_place

LONGEST_ADDRESS = 2000
"""Word refuses a file with a link much longer than this."""
LOWEST = 6


class Listed(NamedTuple):
    """A part of the book by its bookmark; an example has a number."""

    place: str
    title: str
    number: int
    language: str
    """That of the title, where it is not the book's."""


@dataclass
class Paper:
    """A document that grows: `document` is python-docx's, `chapters` the book's examples by id."""

    document: Any
    width: int
    """How wide the text is, in twips."""
    files: Mapping[str, bytes]
    chapters: Mapping[str, Data]
    outline: list[Listed] = field(default_factory=list)
    """The parts of the book so far."""
    language: str = ""
    """That of the example which is written just now, where it is not the book's."""
    heading_level: int = 0
    _links: dict[str, str] = field(default_factory=dict)
    _images: dict[str, str] = field(default_factory=dict)
    _numbering: Any = None
    _drawings: int = 0
    _bookmarks: int = 0

    @property
    def look(self) -> Look:
        """How the example's own words look: they may be in a language of their own."""
        return Look(language=self.language) if self.language else PLAIN

    def said(self, text: str, **look: Any) -> Element:
        """A run with words of the example."""
        return run(text, self.look.with_(**look))

    def heading(self, level: int, content: Iterable[Element], *properties: Element) -> Element:
        """A heading, at most one level below the one before it."""
        self.heading_level = max(1, min(level, self.heading_level + 1, LOWEST))
        return paragraph(f"Heading{self.heading_level}", content, *properties)

    def part(self, name: str, title: str, *properties: Element, number: int = 0) -> Element:
        """The heading of a part of the book or of an example, which the contents list."""
        self.outline.append(Listed(name, title, number, self.language))
        words = self.said(title) if number else run(title)
        return self.heading(1, self.marked(name, [words]), *properties)

    def marked(self, name: str, content: Iterable[Element]) -> list[Element]:
        """Content with a bookmark around it, which links lead to."""
        self._bookmarks += 1
        start = node("w:bookmarkStart", id=self._bookmarks, name=name)
        return [start, *content, node("w:bookmarkEnd", id=self._bookmarks)]

    def place(self, id_: str) -> str:
        """The bookmark of an example."""
        return f"case_{self.chapters[id_]['number']}"

    def link(self, to: str, content: list[Element]) -> list[Element]:
        """Content that leads to an address, or to an example by "#id"; plain where Word could not follow it."""
        if to.startswith("#"):
            return [to_place(self.place(to[1:]), content)] if to[1:] in self.chapters else content
        place = web_address(to)
        if not place or len(place) > LONGEST_ADDRESS:
            return content
        if place not in self._links:
            self._links[place] = self._related(place, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = node("w:hyperlink", *content, history=1)
        link.set(qn("r:id"), self._links[place])
        return [link]

    def numbered(self, level: int, start: int) -> int:
        """A new list with numbers."""
        if self._numbering is None:
            self._numbering = self.document.part.numbering_part.element
        return lists.begin(self._numbering, level, start)

    def picture(self, file: str, alt: str, box: drawings.Box) -> Element:
        """A run with one of the book's pictures."""
        return self.image(pictures.name_of(file), self.files[pictures.name_of(file)], alt, box)

    def image(self, name: str, data: bytes, alt: str, box: drawings.Box) -> Element:
        """A run with a picture, known by a name of ours."""
        relation = self._image(name, data)
        return drawn(drawings.inline(relation, self._drawings, box, alt))

    def backdrop(self, data: bytes, box: drawings.Box) -> Element:
        """A run with a drawing behind its page."""
        relation = self._image("backdrop.png", data)
        return drawn(drawings.behind(relation, self._drawings, box))

    def jpeg(self, file: str) -> bytes:
        return self.files[pictures.name_of(file)]

    def _image(self, name: str, data: bytes) -> str:
        self._drawings += 1
        if name not in self._images:
            kind, ending = (CONTENT_TYPE.PNG, "png") if name.endswith("png") else (CONTENT_TYPE.JPEG, "jpg")
            place = f"/word/media/image{len(self._images) + 1}.{ending}"
            self._images[name] = self._part(place, kind, data, RELATIONSHIP_TYPE.IMAGE)
        return self._images[name]

    def edge(self, name: str, kind: str, data: bytes) -> str:
        """A header or footer of pages, as a part of its own."""
        types = {"header": CONTENT_TYPE.WML_HEADER, "footer": CONTENT_TYPE.WML_FOOTER}
        relations = {"header": RELATIONSHIP_TYPE.HEADER, "footer": RELATIONSHIP_TYPE.FOOTER}
        return self._part(f"/word/{name}.xml", types[kind], data, relations[kind])

    def _part(self, place: str, kind: str, data: bytes, relation: str) -> str:
        part = Part(PackURI(place), kind, data, self.document.part.package)
        return self._related(part, relation)

    def _related(self, target: Part | str, kind: str, *, is_external: bool = False) -> str:
        """A new relationship of the document, known to be one: python-docx would compare it with all that there are."""
        rels = self.document.part.rels
        name = f"rId{len(rels) + 1}"
        rels.add_relationship(kind, target, name, is_external)
        return name
