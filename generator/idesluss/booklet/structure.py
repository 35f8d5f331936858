"""What a finished PDF tells those who do not see it: its structure tree, read back from the file and judged."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from io import BytesIO
from types import MappingProxyType
from typing import Any, NamedTuple

import pikepdf

from idesluss.problem import N_, Text, text

CLAIMS: Mapping[str, bytes] = MappingProxyType(
    {"PDF/UA-1": b"<pdfuaid:part>1</pdfuaid:part>", "PDF/A-2a": b"<pdfaid:conformance>A</pdfaid:conformance>"}
)
"""What the file says that it is, and where it says so."""
COUNTED = (
    ("Figure", N_("Pictures with a text for those who do not see them")),
    ("Link", N_("Links with their text")),
    ("TH", N_("Heads of tables that say what they are the head of")),
    ("Table", N_("Tables")),
    ("Heading", N_("Headings")),
)
_HEADING = re.compile(r"/H([1-6])")
_SHOWS = frozenset({"Tj", "TJ", "'", '"', "Do", "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh"})
"""Operators that put something on the page."""
_MARKS: Mapping[str, int] = MappingProxyType({"BDC": 1, "BMC": 1, "EMC": -1})
"""Operators that begin and end a part of the structure or a decoration."""


class Seen(NamedTuple):
    """How many elements of each type the tree has, how many pages there are, and what is wrong."""

    counts: Mapping[str, int]
    pages: int
    faults: tuple[Text, ...]


def seen(document: bytes) -> Seen:
    """Read a PDF back and judge it."""
    with pikepdf.open(BytesIO(document)) as opened:
        elements = list(_elements(opened.Root.get("/StructTreeRoot")))
        counts = Counter(str(one.S).removeprefix("/") for one in elements)
        headings = sum(1 for one in elements if _HEADING.fullmatch(str(one.S)))
        faults = [*_whole(opened), *_headings(elements), *_each(elements), *_untagged(opened)]
        return Seen({**counts, "Heading": headings}, len(opened.pages), tuple(faults))


class Starts(NamedTuple):
    """On which page, counted from 1, each named place lies, and each bookmark of the first level; and the last page."""

    named: Mapping[str, int]
    parts: tuple[int, ...]
    last: int


def starts(document: bytes) -> Starts:
    """Where the parts of a document begin."""
    with pikepdf.open(BytesIO(document)) as opened, opened.open_outline() as outline:
        numbers: Any = {page.objgen: number for number, page in enumerate(opened.pages, 1)}
        root: Any = opened.Root
        tree = pikepdf.NameTree(root.Names.Dests) if "/Names" in root and "/Dests" in root.Names else {}
        named = {str(name): numbers[place[0].objgen] for name, place in tree.items()}
        parts = (one.destination for one in outline.root)
        pages = sorted(numbers[place[0].objgen] for place in parts if isinstance(place, pikepdf.Array))
        return Starts(named, tuple(pages), len(numbers))


def _elements(node: Any) -> Iterator[Any]:
    """Every element of the structure tree, in the order of reading."""
    children = node.get("/K") if node is not None else None
    if children is None:
        return
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _elements(child)


def _whole(opened: pikepdf.Pdf) -> Iterator[Text]:
    root: Any = opened.Root
    meta = root.Metadata.read_bytes() if "/Metadata" in root else b""
    demands = (
        (
            "/StructTreeRoot" in root and "/MarkInfo" in root and bool(root.MarkInfo.get("/Marked")),
            text("the file is not tagged"),
        ),
        (bool(str(root.get("/Lang", ""))), text("the file does not say its language")),
        (b"<dc:title>" in meta, text("the file has no title")),
        (
            "/ViewerPreferences" in root and bool(root.ViewerPreferences.get("/DisplayDocTitle")),
            text("the title is not shown"),
        ),
        ("/Outlines" in root, text("the file has no bookmarks")),
        (all(page.get("/Tabs") == "/S" for page in opened.pages if "/Annots" in page), text("tab order is not set")),
    )
    yield from (fault for holds, fault in demands if not holds)
    for claim, sign in CLAIMS.items():
        if sign not in meta:
            yield text("the file does not say that it is {claim}", claim=claim)


def _headings(elements: list[Any]) -> Iterator[Text]:
    last = 0
    for element in elements:
        found = _HEADING.fullmatch(str(element.S))
        if found:
            level = int(found[1])
            if level > last + 1:
                yield text("a heading of level {level} stands below one of level {above}", level=level, above=last)
            last = level


def _each(elements: list[Any]) -> Iterator[Text]:
    for element in elements:
        kind = str(element.S)
        if kind == "/Figure" and not str(element.get("/Alt", "")).strip():
            yield text("a picture has no text for those who do not see it")
        if kind == "/TH" and not any("/Scope" in one for one in _attributes(element)):
            yield text("the head of a table does not say what it is the head of")
        if kind == "/Table" and not any(str(one.S) == "/TH" for one in _elements(element)):
            yield text("a table has no head")
        if kind == "/Link" and not (_has_content(element) and all(map(_says, _annotations(element)))):
            yield text("a link has no text")


def _attributes(element: Any) -> list[Any]:
    held = element.get("/A")
    if held is None:
        return []
    return [one for one in (held if isinstance(held, pikepdf.Array) else [held]) if isinstance(one, pikepdf.Dictionary)]


def _children(element: Any) -> list[Any]:
    held = element.get("/K", pikepdf.Array())
    return list(held) if isinstance(held, pikepdf.Array) else [held]


def _has_content(element: Any) -> bool:
    """Whether something that is drawn belongs to the element or to one below it."""
    for child in _children(element):
        if not isinstance(child, pikepdf.Dictionary) or child.get("/Type") == "/MCR":
            return True
        if "/S" in child and _has_content(child):
            return True
    return False


def _annotations(element: Any) -> list[Any]:
    held = [child for child in _children(element) if isinstance(child, pikepdf.Dictionary)]
    return [child.Obj for child in held if child.get("/Type") == "/OBJR"]


def _says(annotation: Any) -> bool:
    return bool(str(annotation.get("/Contents", "")).strip())


def _untagged(opened: pikepdf.Pdf) -> Iterator[Text]:
    """Pages on which something is drawn that is neither part of the structure nor marked as decoration."""
    for number, page in enumerate(opened.pages, 1):
        depth = 0
        for drawn in pikepdf.parse_content_stream(page, " ".join((*_MARKS, *_SHOWS))):
            name = str(drawn.operator)
            depth += _MARKS.get(name, 0)
            if depth == 0 and name in _SHOWS:
                yield text("on page {page}, something is neither tagged nor marked as decoration", page=number)
                break
