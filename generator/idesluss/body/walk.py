"""The one way over the tree of a body: links and pictures resolved, headings in order, tables for everyone."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from typing import Any

from idesluss.body.engine import LEVELS
from idesluss.body.parts import Heading, LinkUse, PictureUse, words
from idesluss.body.targets import is_footnote, new_anchor, resolve, written

NOTES = "footnotes"
_FOOTNOTE = re.compile(r"^fn(?:ref)?-[\w-]+$")
_NOTE_SIGNS = frozenset({"fn", "fnref", "#fn", "#fnref"})
_ODD = re.compile(r"[^A-Za-z0-9_-]")
_IN_LINE = ("abbr", "b", "code", "em", "i", "kbd", "mark", "q", "s", "small", "strong", "sub", "sup", "u")
_BLOCKS = frozenset({"blockquote", "details", "hr", "li", "ol", "p", "pre", "section", "table", "ul", *LEVELS})
_ALIGNED = {"left": "left", "right": "right", "center": "center"}
_BACK = {"sv": "Tillbaka till hänvisning {}", "en": "Back to reference {}"}
_TABLE = {"sv": "Tabell", "en": "Table"}


class Walk:
    """One way over the clean tree: links and pictures resolved, headings in order, ids given."""

    def __init__(self, path: str, language: str) -> None:
        self.folder = posixpath.dirname(path)
        self.language = language
        self.headings: list[Heading] = []
        self.links: list[LinkUse] = []
        self.pictures: list[PictureUse] = []
        self.tops: list[tuple[str, str]] = []
        self.doubtful = False
        self.anchors: set[str] = set()
        self.level = 1
        self.tables = 0

    def over(self, root: Any) -> None:
        for element in reversed(list(root.iter(*_IN_LINE))):
            if any(child.tag in _BLOCKS for child in element):  # a tag that nobody closed goes on over all that follows
                element.drop_tag()
        elements = list(root.iter("a", "img", "input", "table", "li", "summary", "section", "td", "th", *LEVELS))
        _name_notes_plainly(elements)
        for element in elements:
            if element.tag in LEVELS:
                self.heading(element, root)
        for element in elements:
            turn = _TURNS.get(element.tag)
            if turn:
                turn(self, element)

    def heading(self, element: Any, root: Any) -> None:
        title = words("".join(element.itertext()))
        level = LEVELS[element.tag]
        self.headings.append(Heading(level, title, 0))
        if level == 1 or level > self.level + 1:
            self.doubtful = True
        if not title:
            element.tag = "p"
            return
        self.level = min(max(level, 2), self.level + 1)
        element.tag = f"h{self.level}"
        anchor = new_anchor(title, self.anchors)
        element.attrib.clear()
        element.set("id", anchor)
        if self.level == 2 and element.getparent() is root:
            self.tops.append((anchor, title))

    def link(self, element: Any) -> None:
        target = element.get("href")
        if target is None:  # it had none, or one that is not allowed
            element.drop_tag()
            return
        if not _FOOTNOTE.match(element.get("id") or ""):
            element.attrib.pop("id", None)
        if is_footnote(element):
            element.attrib.pop("rel", None)
            if target.startswith("#fnref-"):
                element.set("aria-label", _BACK.get(self.language, _BACK["en"]).format(_note(element, target)))
            return
        title = words("".join(element.itertext()))
        resolved = resolve(target, self.folder)
        if resolved.startswith("#"):
            resolved = resolved if resolved[1:] in self.anchors else ""
        self.links.append(LinkUse(target, title, 0, 0, resolved))
        named = title or any(image.get("alt") for image in element.iter("img"))
        if not resolved or not named:
            self.doubtful = True
            element.drop_tag()
            return
        element.set("href", written(resolved))
        if not resolved.startswith("http"):
            element.attrib.pop("rel", None)

    def picture(self, element: Any) -> None:
        target = element.get("src") or ""
        alt = element.get("alt") or ""
        resolved = resolve(target, self.folder)
        file = resolved[6:] if resolved.startswith("media:") else ""
        self.pictures.append(PictureUse(target, alt, 0, 0, file))
        if file:
            element.set("src", written(resolved))
            element.set("alt", alt)
            element.set("loading", "lazy")
        else:
            element.tail = alt + (element.tail or "")
            element.drop_tree()

    def checkbox(self, element: Any) -> None:
        sign = (
            ("\u2611 " if element.get("checked") is not None else "\u2610 ")
            if element.get("type") == "checkbox"
            else ""
        )
        after, following = (element.tail or "").lstrip(), element.getnext()
        if not after and following is not None and following.tag == "p":  # the items of the list stand apart
            following.text, element.tail = sign + (following.text or ""), ""
        else:
            element.tail = sign + after
        element.drop_tree()

    def table(self, element: Any) -> None:
        self.tables += 1
        name = f"{_TABLE.get(self.language, _TABLE['en'])} {self.tables}"
        frame = element.makeelement("div", {"class": "wide", "role": "region", "tabindex": "0", "aria-label": name})
        parent = element.getparent()
        frame.tail, element.tail = element.tail, None
        parent.replace(element, frame)
        frame.append(element)

    def cell(self, element: Any) -> None:
        align = _ALIGNED.get(element.attrib.pop("align", ""))
        if align:
            element.set("class", align)
        if element.tag == "th":
            element.set("scope", "col")
            if not len(element) and not (element.text or "").strip():
                element.tag = "td"
                element.attrib.pop("scope")

    def item(self, element: Any) -> None:
        if not _FOOTNOTE.match(element.get("id") or ""):
            element.attrib.pop("id", None)
        if element.getparent().tag not in ("ul", "ol"):
            element.tag = "p"

    def summary(self, element: Any) -> None:
        if element.getparent().tag != "details" or element.getprevious() is not None:
            element.tag = "p"

    def section(self, element: Any) -> None:
        """Only footnotes come as a section; one that somebody wrote is nothing but its content."""
        if any(_FOOTNOTE.match(item.get("id") or "") for item in element.iter("li")):
            element.tag = "div"
            element.set("class", NOTES)
        else:
            element.drop_tag()


def _name_notes_plainly(elements: list[Any]) -> None:
    """Ids of footnotes made of letters and digits alone, whatever their author calls them, such as ``två`` or ``*``."""
    for element in elements:
        for name in ("id", "href"):
            sign, mark, own = (element.get(name) or "").partition("-")
            if mark and sign in _NOTE_SIGNS and not own.isalnum():
                element.set(name, f"{sign}-{_ODD.sub(lambda odd: f'_{ord(odd[0]):x}', own)}")


def _note(element: Any, target: str) -> str:
    """The number that readers see of the footnote around a way back, as 1, or 1-2 for the second way."""
    item = next(element.iterancestors("li"), None)
    number = 1 if item is None else 1 + sum(1 for _ in item.itersiblings("li", preceding=True))
    again = target.rpartition("-")[2] if element.find("sup") is not None else ""
    return f"{number}-{again}" if again else f"{number}"


_TURNS: Mapping[str, Callable[[Walk, Any], None]] = {
    "a": Walk.link,
    "img": Walk.picture,
    "input": Walk.checkbox,
    "table": Walk.table,
    "td": Walk.cell,
    "th": Walk.cell,
    "li": Walk.item,
    "summary": Walk.summary,
    "section": Walk.section,
}
