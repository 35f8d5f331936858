"""What the finished pages of a book tell those who do not see them, read back from the file and judged."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlsplit
from zipfile import BadZipFile, ZipFile

from lxml import etree, html

from idesluss import __version__
from idesluss.booklet.writers import Look
from idesluss.problem import Text, text
from idesluss.translate import gettext as _

PACKAGE = "EPUB/package.opf"
TYPE = b"application/epub+zip"
DEMANDED = ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard", "accessibilitySummary")
_HEADING = re.compile(r"h([1-6])")
_LOADS = frozenset({"src", "srcset", "poster", "data"})
_OPF, _DC = "{http://www.idpf.org/2007/opf}", "{http://purl.org/dc/elements/1.1/}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

Pages = Mapping[str, Any]
"""The root of each page's tree by its file; names of elements without namespace."""
Has = Callable[[str], bool]


def look_at_html(book: bytes) -> Look:
    """A book that is one page."""
    pages = {"": html.document_fromstring(book.decode(), parser=html.HTMLParser(encoding="utf-8"))}
    faults = [*_judged(pages, lambda _name: False), *_shut(pages[""])]
    return Look(
        claims=(_("one page that needs no other file, runs no script and fetches nothing"),),
        by=(_read_back(),),
        found=_found(pages),
        faults=tuple(faults),
        unchecked=(_("by the Nu Html Checker and axe each time: they test the program, not every book"),),
    )


def look_at_epub(book: bytes) -> Look:
    """A book that is many pages, packed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        with ZipFile(BytesIO(book)) as pack:
            held = {name: pack.read(name) for name in pack.namelist()}
        trees = {name: etree.fromstring(held[name], parser) for name in held if name.endswith((".xhtml", ".opf"))}
    except (BadZipFile, etree.XMLSyntaxError) as error:
        return Look((), (_read_back(),), (), (text("the file cannot be read back: {said}", said=str(error)),), ())
    package = trees.pop(PACKAGE)
    for tree in trees.values():
        for node in tree.iter(etree.Element):
            node.tag = etree.QName(node).localname
    faults = [*_packed(held), *_package(package, held), *_judged(trees, held.__contains__)]
    return Look(
        claims=("EPUB 3.3", _("metadata of accessibility by schema.org; no claim of conformance to WCAG")),
        by=(_read_back(),),
        found=(_("Pages of the book: {number}").format(number=len(trees)), *_found(trees)),
        faults=tuple(faults),
        unchecked=(_("by EPUBCheck and Ace each time: they test the program, not every book"),),
    )


def _read_back() -> str:
    return _("idesluss {version}, which read the finished file back").format(version=__version__)


def _found(pages: Pages) -> tuple[str, ...]:
    """How much of each sort there is."""
    counts = Counter(node.tag for tree in pages.values() for node in tree.iter(etree.Element))
    shown = sum(1 for tree in pages.values() for node in tree.iter("img") if node.get("alt"))
    headings = sum(counts[f"h{level}"] for level in range(1, 7))
    rows = (
        (_("Pictures with a text for those who do not see them"), shown),
        (_("Links with their text"), counts["a"]),
        (_("Heads of tables that say what they are the head of"), counts["th"]),
        (_("Tables"), counts["table"]),
        (_("Headings"), headings),
    )
    return tuple(f"{label}: {number}" for label, number in rows)


def _judged(pages: Pages, has: Has) -> Iterator[Text]:
    """What is wrong with pages; `has` says whether the book holds another file."""
    anchors = {name: {node.get("id") for node in tree.iter(etree.Element)} for name, tree in pages.items()}
    for name, tree in pages.items():
        if not (tree.get("lang") or tree.get(_LANGUAGE)):
            yield text("the file does not say its language")
        if not (tree.findtext(".//title") or "").strip():
            yield text("the file has no title")
        yield from _headings(tree)
        yield from _repeated(tree)
        for node in tree.iter(etree.Element):
            yield from _each(node)
            yield from _led(node, name, anchors, has)


def _headings(tree: Any) -> Iterator[Text]:
    last = 0
    for node in tree.iter(etree.Element):
        if found := _HEADING.fullmatch(node.tag):
            level = int(found[1])
            if level > last + 1:
                yield text("a heading of level {level} stands below one of level {above}", level=level, above=last)
            last = level


def _repeated(tree: Any) -> Iterator[Text]:
    counts = Counter(node.get("id") for node in tree.iter(etree.Element) if node.get("id"))
    for id_, number in counts.items():
        if number > 1:
            yield text("the name {id} stands at several places", id=id_)


def _each(node: Any) -> Iterator[Text]:
    if node.tag == "img" and not (node.get("alt") or "").strip():
        yield text("a picture has no text for those who do not see it")
    if node.tag == "th" and node.get("scope") not in ("col", "row"):
        yield text("the head of a table does not say what it is the head of")
    if node.tag == "table" and node.find(".//th") is None:
        yield text("a table has no head")
    if node.tag == "a" and not "".join(node.itertext()).strip():
        yield text("a link has no text")
    if node.tag in ("script", "iframe", "object", "embed", "base") or any(key.startswith("on") for key in node.attrib):
        yield text("something in it runs: <{tag}>", tag=node.tag)


def _led(node: Any, name: str, anchors: Mapping[str, set[str]], has: Has) -> Iterator[Text]:
    """Links within the book that lead nowhere, and what would be fetched from elsewhere."""
    for key in node.attrib:
        to = node.get(key)
        if key in _LOADS or (key == "href" and node.tag == "link"):
            if urlsplit(to).scheme != "data" and not has(_beside(name, to)):
                yield text("it would fetch {address}", address=to)
        elif key == "href" and not urlsplit(to).scheme:
            file = _beside(name, to) if urlsplit(to).path else name
            fragment = urlsplit(to).fragment
            if file not in anchors or (fragment and fragment not in anchors[file]):
                yield text("the link {address} leads nowhere", address=to)


def _beside(name: str, to: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(urlsplit(to).path)))


def _shut(tree: Any) -> Iterator[Text]:
    """Whether the page forbids whatever it does not name."""
    policy = tree.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    if not policy.startswith("default-src 'none';"):
        yield text("the page does not forbid what it does not need")


def _packed(held: Mapping[str, bytes]) -> Iterator[Text]:
    if next(iter(held), "") != "mimetype" or held["mimetype"] != TYPE:
        yield text("the file does not say first what it is")


def _package(package: Any, held: Mapping[str, bytes]) -> Iterator[Text]:
    """What the package says of the book, and whether it names all that the book holds."""
    told = {node.get("property") for node in package.iter(f"{_OPF}meta")}
    for name in DEMANDED:
        if f"schema:{name}" not in told:
            yield text("the metadata do not tell {name}", name=name)
    for name in ("identifier", "title", "language"):
        if not (package.findtext(f".//{_DC}{name}") or "").strip():
            yield text("the metadata do not tell {name}", name=name)
    folder = posixpath.dirname(PACKAGE)
    named = {f"{folder}/{unquote(item.get('href'))}" for item in package.iter(f"{_OPF}item")}
    for name in sorted(named ^ {name for name in held if name.startswith(f"{folder}/") and name != PACKAGE}):
        yield text("the list of files and the files differ: {name}", name=name)
