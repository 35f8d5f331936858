"""The prose of an entry as a tree of plain data: blocks and inline pieces, each a table with its type under `t`.

It is made of the HTML that was made safe, and bounded: no gaps between headings, no endless nesting, no endless word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from lxml import html as parser

from idesluss.templates import whole

Node = dict[str, Any]
Target = Callable[[str], str]
"""What a link leads to: an address, "#id" within the book, or "" for nothing."""

DEEPEST = 6
"""So many lists and quotes may stand in one another; what is deeper is told as plain paragraphs."""
WORD, PIECE = 40, 20
"""A word of so many letters may be broken, after each piece."""
TOP_HEADING, LOWEST_HEADING = 3, 6
"""Headings of the author's stand below those of the sections."""

_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_STRAY = re.compile(r"""[\x00-\x20"<>\\^`{|}\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]""")
_HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.?|[0-9a-f:.]*:[0-9a-f:.]*")
_LONG = re.compile(rf"\S{{{WORD},}}")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_USED = frozenset("\u00ad\u200d")
"""Invisible, and yet of use: where a word may be broken, and what joins emoji."""
_HEADING = re.compile(r"h([1-6])")
_STYLES = {"strong": "b", "b": "b", "em": "i", "i": "i", "del": "del", "s": "del", "sup": "sup", "sub": "sub"}
_BLOCKS = frozenset({"p", "ul", "ol", "li", "blockquote", "pre", "table", "hr", "div", "section", "details", "dl"})


def said(text: str) -> str:
    """A text as it can be set: composed, without what is invisible, with places to break a word that has no end.

    Numbers such as 2 300 stay on one line.
    """
    seen = unicodedata.normalize("NFC", text)
    if not seen.isprintable():
        seen = "".join(
            one for one in seen if one in _USED or one == "\n" or unicodedata.category(one) not in _INVISIBLE
        )
    return whole(_LONG.sub(lambda found: "\u200b".join(re.findall(rf".{{1,{PIECE}}}", found[0])), seen))


def line(text: str) -> str:
    """The same in one line."""
    return said(" ".join(text.split()))


def web_address(href: str) -> str:
    """A web or mail address with what cannot stand in one written as %XX, or "" where it leads nowhere."""
    whole = _STRAY.sub(lambda found: quote(found[0]), _PERCENT.sub("%25", href.strip()))
    before, sign, fragment = whole.partition("#")
    try:
        told = urlsplit(before)
        host = told.hostname or ""
        _port = told.port
    except ValueError:
        return ""
    if told.scheme in ("http", "https"):
        if not _HOST.fullmatch(host):
            return ""
        start = before.index("//") + 2 + len(told.netloc)
        before = before[:start] + _outside(before[start:])
    elif told.scheme != "mailto" or "@" not in told.path:
        return ""
    return f"{before}{sign}{_outside(fragment).replace('#', '%23')}"


def _outside(text: str) -> str:
    """What comes after the host, where brackets do not stand as they are."""
    return text.replace("[", "%5B").replace("]", "%5D")


def blocks(html: str, target: Target, pictures: frozenset[str]) -> list[Node]:
    """The blocks of a piece of safe HTML. `pictures` are the files of ideas/media/ that may be shown."""
    if not html.strip():
        return []
    return _Writer(target, pictures).blocks(parser.fragment_fromstring(html, create_parent="div"))


class _Writer:
    """One walk over the HTML; it remembers how deep it is and the last heading."""

    def __init__(self, target: Target, pictures: frozenset[str]) -> None:
        self.target, self.pictures = target, pictures
        self.depth, self.heading = 0, TOP_HEADING - 1
        self.shown: list[Node] = []

    def blocks(self, parent: Any) -> list[Node]:
        made: list[Node] = []
        loose: list[Node] = self._text(parent.text)
        for child in parent:
            if not isinstance(child.tag, str):
                loose += self._text(child.tail)
                continue
            if child.tag in _BLOCKS or _HEADING.fullmatch(child.tag):
                made += self._paragraph(loose)
                loose = []
                made += self._block(child)
            else:
                loose += self._inline(child)
            loose += self._text(child.tail)
        return made + self._paragraph(loose)

    def _paragraph(self, pieces: list[Node]) -> list[Node]:
        shown, self.shown = self.shown, []
        is_said = any(words_of(piece).strip() for piece in pieces)
        return [*([{"t": "p", "c": pieces}] if is_said else []), *shown]

    def _block(self, node: Any) -> list[Node]:
        if found := _HEADING.fullmatch(node.tag):
            return self._heading(int(found[1]), self._pieces(node))
        if node.tag == "pre":
            words = said(node.text_content()).rstrip("\n")
            return [{"t": "code", "s": words}] if words.strip() else []
        if node.tag == "table":
            return self._table(node)
        if node.tag == "hr":
            return [{"t": "rule"}]
        if node.tag not in ("ul", "ol", "blockquote"):
            return self.blocks(node)
        if self.depth >= DEEPEST:
            return self._paragraph([{"t": "s", "s": line(node.text_content())}])
        self.depth += 1
        made = self._quote(node) if node.tag == "blockquote" else self._list(node)
        self.depth -= 1
        return made

    def _heading(self, level: int, pieces: list[Node]) -> list[Node]:
        if not any(words_of(piece).strip() for piece in pieces):
            return self._paragraph([])
        self.heading = max(TOP_HEADING, min(level, self.heading + 1, LOWEST_HEADING))
        return [{"t": "h", "l": self.heading, "c": pieces}, *self._paragraph([])]

    def _quote(self, node: Any) -> list[Node]:
        inner = self.blocks(node)
        return [{"t": "quote", "c": inner}] if inner else []

    def _list(self, node: Any) -> list[Node]:
        items = [found for item in node.iterchildren("li") if (found := self.blocks(item))]
        start = node.get("start", "1")
        first = int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 1
        return [{"t": node.tag, "items": items, "start": first}] if items else []

    def _table(self, node: Any) -> list[Node]:
        rows = [[self._pieces(cell) for cell in row.iterchildren("th", "td")] for row in node.iter("tr")]
        rows = [row for row in rows if any(words_of(piece).strip() for cell in row for piece in cell)]
        wide = max(map(len, rows), default=0)
        even: list[list[list[Node]]] = [row + [[] for _ in range(wide - len(row))] for row in rows]
        table = [{"t": "table", "head": even[0], "rows": even[1:]}] if even else []
        return [*table, *self._paragraph([])]

    def _pieces(self, node: Any) -> list[Node]:
        made = self._text(node.text)
        for child in node:
            if isinstance(child.tag, str):
                made += self._inline(child)
            made += self._text(child.tail)
        return made

    def _inline(self, node: Any) -> list[Node]:
        if node.tag == "br":
            return [{"t": "br"}]
        if node.tag == "img":
            return self._picture(node)
        if node.tag == "input":
            return [{"t": "s", "s": "☑ " if node.get("checked") is not None else "☐ "}]
        if node.tag == "code":
            return [{"t": "code", "s": said(node.text_content())}] if node.text_content().strip() else []
        inner = self._pieces(node)
        if node.tag == "a" and any(words_of(piece).strip() for piece in inner):
            to = self.target(node.get("href") or "")
            return [{"t": "a", "to": to, "c": inner}] if to else inner
        style = _STYLES.get(node.tag)
        return [{"t": style, "c": inner}] if style and inner else inner

    def _picture(self, node: Any) -> list[Node]:
        """A picture that may be shown comes after its paragraph; of any other, its text stays."""
        file, alt = unquote((node.get("src") or "").removeprefix("media:")), line(node.get("alt") or "")
        if file not in self.pictures or not alt:
            return self._text(alt)
        self.shown.append({"t": "img", "file": file, "alt": alt})
        return []

    def _text(self, text: str | None) -> list[Node]:
        words = said(re.sub(r"\s+", " ", text or ""))
        return [{"t": "s", "s": words}] if words else []


def words_of(piece: Node) -> str:
    """The words of an inline piece, with those of all that it holds."""
    if piece["t"] == "br":
        return " "
    return str(piece.get("s") or "".join(map(words_of, piece.get("c", ()))))


def files(parts: Iterable[Node]) -> set[str]:
    """The pictures that blocks show."""
    found: set[str] = set()
    for part in parts:
        found |= {part["file"]} if part["t"] == "img" else set()
        found |= files(part["c"]) if part["t"] == "quote" else set()
        for item in part.get("items", ()):
            found |= files(item)
    return found
