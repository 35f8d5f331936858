"""The elements that a Word document is made of. A text goes in as text alone: it cannot be markup or a field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Any

from docx.oxml import ns
from lxml import etree

from idesluss.booklet.tree import said

Element = Any
"""An lxml element."""
MM, POINT = 56.6929, 20
"""How many twips, the measure of most lengths, go into a millimetre and a point."""
EMU = 635
"""How many of the units of drawings go into a twip."""

_ORDER = {
    name: place
    for place, name in enumerate(
        # of a paragraph
        "pStyle keepNext keepLines pageBreakBefore framePr numPr pBdr shd tabs suppressAutoHyphens spacing ind "
        "contextualSpacing jc textAlignment outlineLvl sectPr "
        # of a run
        "rStyle b i strike noProof color sz szCs vertAlign lang".split()
    )
}
"""Properties stand in this order, which the format lays down."""
_PARTED = re.compile("([\n\u00ad])")
_BREAKS = {"\n": "w:br", "\u00ad": "w:softHyphen"}
_LANGUAGES: Mapping[str, str] = MappingProxyType({"sv": "sv-SE", "en": "en-GB"})


@cache
def qn(tag: str) -> str:
    """The full name of an element or attribute that is told with its prefix, as `w:p`."""
    return str(ns.qn(tag))


def node(tag: str, *children: Element, **attributes: object) -> Element:
    """An element with children; the attributes are of the namespace w."""
    made = etree.Element(qn(tag), nsmap={prefix: ns.nsmap[prefix] for prefix in {"w", tag.partition(":")[0]}})
    for name, value in attributes.items():
        made.set(qn(f"w:{name.rstrip('_')}"), str(value))
    made.extend(children)
    return made


def locale(language: str) -> str:
    """The language as Word names it, with its country where we know which is meant."""
    return _LANGUAGES.get(language, language)


def plain(text: str) -> str:
    """A text as it may stand in the file: nothing invisible, nothing that is no XML. Word itself breaks long words."""
    return said(text).replace("\u200b", "")


@dataclass(frozen=True)
class Look:
    """How a run looks. `style` is a character style; `language` is set where it is not the document's."""

    style: str = ""
    bold: bool = False
    italic: bool = False
    strike: bool = False
    raised: str = ""
    colour: str = ""
    language: str = ""

    def with_(self, **changes: Any) -> Look:
        return replace(self, **changes)

    def properties(self) -> Iterator[Element]:
        if self.style:
            yield node("w:rStyle", val=self.style)
        for tag, is_set in (("w:b", self.bold), ("w:i", self.italic), ("w:strike", self.strike)):
            if is_set:
                yield node(tag)
        if self.colour:
            yield node("w:color", val=self.colour)
        if self.raised:
            yield node("w:vertAlign", val=self.raised)
        if self.language:
            yield node("w:lang", val=locale(self.language))


PLAIN = Look()


def _run(look: Look, *content: Element) -> Element:
    properties = list(look.properties())
    return node("w:r", *([node("w:rPr", *properties)] if properties else []), *content)


def run(text: str, look: Look = PLAIN) -> Element:
    """A text in one look. A line break and a place where a word may be parted become what Word has for them."""
    return _run(look, *map(_piece, filter(None, _PARTED.split(plain(text)))))


def _piece(text: str) -> Element:
    if text in _BREAKS:
        return node(_BREAKS[text])
    made = node("w:t")
    made.text = text
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def tab() -> Element:
    return node("w:r", node("w:tab"))


def line_break() -> Element:
    return node("w:r", node("w:br"))


def drawn(drawing: Element) -> Element:
    """A run that holds a drawing."""
    return node("w:r", node("w:drawing", drawing))


def computed(instruction: str, shown: str = "", look: Look = PLAIN) -> list[Element]:
    """A field of ours with what it shows until Word works it out anew. The instruction is never content."""
    told = node("w:instrText")
    told.text = f" {instruction} "
    told.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return [
        _run(look, node("w:fldChar", fldCharType="begin")),
        _run(look, told),
        _run(look, node("w:fldChar", fldCharType="separate")),
        *([run(shown, look)] if shown else []),
        _run(look, node("w:fldChar", fldCharType="end")),
    ]


def to_place(bookmark: str, content: Iterable[Element]) -> Element:
    """A link within the document."""
    return node("w:hyperlink", *content, anchor=bookmark, history=1)


def paragraph(style: str, content: Iterable[Element] = (), *properties: Element) -> Element:
    """A paragraph of a style, with properties of its own."""
    told = sorted((node("w:pStyle", val=style), *properties), key=lambda one: _ORDER[etree.QName(one).localname])
    return node("w:p", node("w:pPr", *told), *content)
