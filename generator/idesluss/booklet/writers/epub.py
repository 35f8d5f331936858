"""The book as EPUB 3.3: a page for each example, contents, landmarks, and metadata that tell of its accessibility."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, NamedTuple

from idesluss import typeset
from idesluss.booklet.chapters import Data
from idesluss.booklet.edition import Edition
from idesluss.booklet.pictures import CODES
from idesluss.booklet.writers import Look
from idesluss.booklet.writers.markup import Part, Shape, draw, font, parts, prepared, size, title
from idesluss.booklet.writers.pdf import TEMPLATE
from idesluss.booklet.writers.reading import look_at_epub
from idesluss.booklet.zipped import zipped
from idesluss.translate import gettext as _

FOLDER = "EPUB"
TYPE = b"application/epub+zip"
CONTAINER = (
    b'<?xml version="1.0" encoding="utf-8"?>\n'
    b'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    b'<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)
FONTS = ("atkinson.woff2", "atkinson-ext.woff2", "atkinson-italic.woff2", "OFL.txt")
TYPES = {
    "css": "text/css", "jpg": "image/jpeg", "txt": "text/plain", "woff2": "font/woff2", "xhtml": "application/xhtml+xml"
}  # fmt: skip
FEATURES = (
    "alternativeText",
    "displayTransformability",
    "index",
    "readingOrder",
    "structuralNavigation",
    "tableOfContents",
)
COVER, DOTS, QUALITY = "cover.jpg", 140, 86


class Page(NamedTuple):
    """A page of the book: its file, what it is called in the contents ("" for not at all), and its text."""

    file: str
    title: str
    text: bytes
    landmark: str = ""
    language: str = ""
    """Of its title, where that is another than the book's."""


def write(edition: Edition, data: Data, files: Mapping[str, bytes]) -> bytes | typeset.Unset:
    """The book as one file; its pictures are those of the PDF, its cover is the PDF's first page."""
    shown = {name: f"picture-{number:03}.jpg" for number, name in enumerate(_pictures(files), 1)}
    it = prepared(data, Shape(1, lambda id_: f"case-{id_}.xhtml", shown.__getitem__, files))
    first = cover(edition, data, files)
    if isinstance(first, typeset.Unset):
        return first
    pages = list(_pages(edition, it, first))
    held = {
        **{page.file: page.text for page in pages},
        **{name: files[file] for file, name in shown.items()},
        **{f"fonts/{name}": font(name) for name in FONTS},
        COVER: first,
        "book.css": draw(edition, "epub.css", it=it).encode(),
    }
    held["package.opf"] = _package(edition, it, pages, held).encode()
    packed = {"mimetype": TYPE, "META-INF/container.xml": CONTAINER}
    packed |= {f"{FOLDER}/{name}": content for name, content in held.items()}
    return zipped(packed, edition.made, first="mimetype")


def look(book: bytes) -> Look:
    """What the finished file tells, read back page by page."""
    return look_at_epub(book)


def cover(edition: Edition, data: Data, files: Mapping[str, bytes]) -> bytes | typeset.Unset:
    """The first page of the book as a picture."""
    from PIL import Image

    lists = ("chapters", "programme", "needs", "municipalities", "themes", "organisations", "foreword", "committee")
    alone = {**data, **{name: [] for name in lists}, "colophon": []}
    made = typeset.pages(edition.catalogue.root, TEMPLATE, alone, files, dots=DOTS)
    if isinstance(made, typeset.Unset):
        return made
    out = BytesIO()
    with Image.open(BytesIO(made[0])) as page:
        page.convert("RGB").save(out, format="JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _pictures(files: Mapping[str, bytes]) -> list[str]:
    """The pictures; an EPUB is read on a screen, where a link does what a code is for."""
    return sorted(name for name in files if not name.startswith(f"{CODES}/"))


def _pages(edition: Edition, it: Data, first: bytes) -> Iterator[Page]:
    """The pages in the order of reading."""
    words, name = it["words"], title(it)
    width, height = size(first)
    told = {"it": it, "w": words, "language": it["language"], "case": None}

    def page(one: Part, title: str, **more: Any) -> bytes:
        return draw(edition, "page.html", **{**told, "one": one, "title": title, **more}).encode()

    alt = _("Cover: {title}").format(title=name)
    picture = {"src": COVER, "alt": alt, "width": width, "height": height}
    yield Page("cover.xhtml", "", page(Part("cover", alt), alt, cover=picture))
    yield Page("front.xhtml", "", page(Part("front", name), name))
    front, back = parts(it)
    in_order = [
        *((f"{one.key}.xhtml", one, None) for one in front),
        *((case["href"], Part("case", case["title"]), case) for case in it["chapters"]),
        *((f"{one.key}.xhtml", one, None) for one in back),
    ]
    rows = [
        Page(file, one.title, page(one, one.title, case=case), one.landmark, case["language"] if case else "")
        for file, one, case in in_order
    ]
    start = it["chapters"][0]["href"]
    nav = draw(edition, "nav.html", language=it["language"], w=words, rows=rows, text=start, title=name)
    yield Page("nav.xhtml", "", nav.encode())
    yield from rows


def _package(edition: Edition, it: Data, pages: list[Page], held: Mapping[str, bytes]) -> str:
    """The list of all that the book holds, the order of reading, and what the book says of itself."""
    drawn = (name for name, content in held.items() if name.endswith(".xhtml") and b"<svg " in content)
    properties = {**dict.fromkeys(drawn, "svg"), "nav.xhtml": "nav", COVER: "cover-image"}
    rows = [
        {
            "id": name.replace("/", "-"),
            "href": name,
            "type": TYPES[name.rpartition(".")[2]],
            "properties": properties.get(name, ""),
        }
        for name in sorted(held)
    ]
    told = edition.catalogue.settings
    languages = dict.fromkeys([it["language"], *(one["language"] for one in it["chapters"] if one["language"])])
    summary = _(
        "Every picture has a text, tables have heads, and the headings are in order. "
        "Checked by programs, not by people."
    )
    return draw(
        edition,
        "package.xml",
        it=it,
        language=it["language"],
        languages=list(languages),
        title=title(it),
        identifier=identifier(edition),
        modified=edition.made.strftime("%Y-%m-%dT%H:%M:%SZ"),
        date=edition.made.date().isoformat(),
        rights=", ".join(sorted({one["licence"] for one in it["chapters"]} - {""})),
        address=told.address + edition.catalogue.address(edition.event.id),
        modes=("textual", "visual"),
        features=FEATURES,
        summary=summary,
        rows=rows,
        spine=[page.file for page in pages],
    )


def identifier(edition: Edition) -> str:
    """A name that is the same whenever the edition is made, and another for every other edition."""
    of = edition.catalogue.settings.address + edition.catalogue.address(edition.event.id)
    which = (edition.told.edition or "", edition.catalogue.audience, edition.catalogue.commit)
    return uuid.uuid5(uuid.NAMESPACE_URL, "\n".join((of, edition.name, edition.language, *which))).urn
