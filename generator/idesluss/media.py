"""Where entries name pictures and files: in which field or on which line of the prose, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from idesluss.kinds.entry import Entry
from idesluss.kinds.event import Event
from idesluss.pictures import is_below
from idesluss.problem import Place
from idesluss.source import Source

_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[/\\]{2}")


class Use(NamedTuple):
    """A file as an entry names it. `file` is below ideas/media/, or "" where the name leads elsewhere.

    `field` is the way to it in the front matter. In the prose that is empty; a picture has its `line` and `column`
    within the body, a link its `number` among the links. A `document` may also be a PDF.
    """

    target: str
    file: str
    field: tuple[str | int, ...] = ()
    line: int = 0
    column: int = 0
    number: int = -1
    document: bool = False

    @property
    def is_elsewhere(self) -> bool:
        """Whether it is an address on another site, or no file at all."""
        return not self.field and bool(_ELSEWHERE.match(self.target))


def uses(entry: Entry) -> Iterator[Use]:
    """Every picture that an entry names, and every file of ideas/media/ that it links to."""
    if entry.image:
        yield _in_field(entry.image.file, ("image", "file"))
    if isinstance(entry, Event):
        for name in ("cover", "logo") if entry.booklet else ():
            if file := getattr(entry.booklet, name):
                yield _in_field(file, ("booklet", name))
        for number, file in enumerate(entry.materials):
            yield _in_field(file, ("materials", number), document=True)
    if entry.body.pictures:
        yield from pictures_of(entry)
    for number, link in enumerate(entry.body.links):
        if link.resolved.startswith("media:"):
            yield Use(link.target, link.resolved[6:], number=number, document=True)


def pictures_of(entry: Entry) -> Iterator[Use]:
    """The pictures in an entry's prose."""
    for picture in entry.body.pictures:
        yield Use(picture.target, picture.file, line=picture.line, column=picture.column)


def _in_field(file: str, field: tuple[str | int, ...], *, document: bool = False) -> Use:
    return Use(file, file if is_below(file) else "", field, document=document)


def place_in(source: Source, use: Use) -> Place:
    """Where a source names a file: the value of a field, or the start of a picture in the prose.

    For a picture that is written as HTML the engine knows only the block that it stands in.
    """
    if use.field:
        return source.place(*use.field)
    place = source.body_place(max(use.line, 1), max(use.column, 1))
    if source.line(place.line).startswith("![", place.column - 1):
        return place
    lines = source.body.split("\n")
    for number in range(max(use.line, 1), len(lines) + 1):
        tag = re.search(rf"(?i)<img\b[^>]*{re.escape(use.target)}" if use.target else r"(?i)<img\b", lines[number - 1])
        if tag:
            return source.body_place(number, tag.start() + 1)
    return place
