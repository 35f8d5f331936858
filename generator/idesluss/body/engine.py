"""The libraries that make HTML of Markdown, make it safe and make a tree of it; nothing else knows them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

_TAGS = frozenset(
    "a abbr b blockquote br code del details em h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q s "
    "section small strong sub summary sup table tbody td th thead tr u ul".split()
)
_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "*": frozenset({"data-sourcepos"}),
    "a": frozenset({"href", "title", "id"}),
    "abbr": frozenset({"title"}),
    "details": frozenset({"open"}),
    "img": frozenset({"src", "alt", "title"}),
    "input": frozenset({"type", "checked", "disabled"}),
    "li": frozenset({"id"}),
    "ol": frozenset({"start"}),
    "td": frozenset({"align"}),
    "th": frozenset({"align"}),
}
SCHEMES = frozenset({"http", "https", "mailto"})
LEVELS: Mapping[str, int] = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_CONTROLS = bytes({*range(0x20)} - {*b"\t\n"})
_UNPRINTED = re.compile("[\0-\x08\x0b-\x1f\ufffe\uffff]")
"""What no tree of HTML may hold, though Markdown lets it through, as itself or as an entity such as `&#11;`."""


_QUOTE = "\U0010fffd"
"""Stands for a double quote while a tree is written; nobody uses this sign."""


class Engine(NamedTuple):
    """The four steps from Markdown to safe HTML and back from its tree.

    `render` gives each element its place in the Markdown where that is asked for; what `clean` gives holds no
    controls, but the sign for an unknown character (U+FFFD) in their stead.
    """

    render: Callable[[str, bool], str]
    clean: Callable[[str], str]
    parse: Callable[[str], Any]
    serialise: Callable[[Any], str]


@cache
def engine() -> Engine:
    """The libraries, loaded when the first body is read."""
    import comrak
    import nh3
    from lxml import etree, html

    extension = comrak.ExtensionOptions()
    extension.table = extension.strikethrough = extension.autolink = True
    extension.tasklist = extension.footnotes = True
    plain, placed = comrak.RenderOptions(), comrak.RenderOptions()
    plain.unsafe_ = placed.unsafe_ = True
    placed.sourcepos = True
    options = comrak.ParseOptions()
    cleaner = nh3.Cleaner(
        tags=set(_TAGS), attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()}, url_schemes=set(SCHEMES)
    )
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)

    def render(markdown: str, with_places: bool) -> str:
        return str(comrak.render_markdown(markdown, extension, options, placed if with_places else plain))

    def clean(raw: str) -> str:
        safe = cleaner.clean(raw)
        data = safe.encode("latin-1", "replace")
        held = len(data.translate(None, _CONTROLS)) < len(data) or "\ufffe" in safe or "\uffff" in safe
        return _UNPRINTED.sub("\ufffd", safe) if held else safe

    def parse(text: str) -> Any:
        return html.fragment_fromstring(f"<div>{text}</div>", parser=parser)

    def serialise(root: Any) -> str:
        """Each attribute stands between double quotes, which all that reads the HTML can rely on."""
        written = str(etree.tostring(root, method="html", encoding="unicode"))
        if "='" not in written:
            return written
        for element in root.iter():
            for name, value in element.attrib.items():
                if '"' in value:
                    element.set(name, value.replace('"', _QUOTE))
        return str(etree.tostring(root, method="html", encoding="unicode")).replace(_QUOTE, "&quot;")

    return Engine(render, clean, parse, serialise)
