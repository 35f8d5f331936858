"""Where headings, links, pictures and code stand in a Markdown text."""

from __future__ import annotations

from typing import Any, NamedTuple

from idesluss.body.engine import LEVELS, engine
from idesluss.body.targets import is_footnote


class Places(NamedTuple):
    """Where headings (lines), links and pictures (line, column) stand in a Markdown text, in the order of the text."""

    headings: list[int]
    links: list[tuple[int, int]]
    pictures: list[tuple[int, int]]
    code: list[tuple[int, int, int, int]]


def places_of(markdown: str) -> Places:
    """Find where headings, links and pictures stand. A column is a code point, as the engine counts bytes."""
    render, clean, parse, _ = engine()
    root = parse(clean(render(markdown, True)))
    lines = markdown.split("\n")
    found = Places([], [], [], [])
    for element in root.iter("a", "img", "code", "pre", *LEVELS):
        spot = _span(element, lines)
        if element.tag in LEVELS:
            found.headings.append(spot[0])
        elif element.tag == "a":
            if element.get("href") is not None and not is_footnote(element):
                found.links.append(spot[:2])
        elif element.tag == "img":
            found.pictures.append(spot[:2])
        elif element.get("data-sourcepos"):
            found.code.append(spot)
    return found


def _span(element: Any, lines: list[str]) -> tuple[int, int, int, int]:
    """Line and column of an element's start and end; raw HTML has none of its own, so its nearest block's count."""
    node = element
    while node is not None and not node.get("data-sourcepos"):
        node = node.getprevious() if node.getprevious() is not None else node.getparent()
    if node is None:
        return (1, 1, 1, 1)
    start, _, end = node.get("data-sourcepos").partition("-")
    (line, column), (last, until) = (map(int, spot.split(":")) for spot in (start, end))
    return (line, _code_points(lines, line, column), last, _code_points(lines, last, until))


def _code_points(lines: list[str], line: int, column: int) -> int:
    if not 0 < line <= len(lines) or lines[line - 1].isascii():
        return column
    return len(lines[line - 1].encode()[: column - 1].decode("utf-8", "ignore")) + 1
