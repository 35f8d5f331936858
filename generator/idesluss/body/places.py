"""Where headings, links, pictures and code stand in a Markdown text."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from idesluss.body.engine import LEVELS, SCHEMES, engine
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
    tags = _tags(markdown) if "<" in markdown else {}
    for element in root.iter("a", "img", "code", "pre", *LEVELS):
        spot = _spot(element, lines, tags)
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


def refused_addresses(markdown: str) -> list[tuple[str, int, int]]:
    """The addresses of links and pictures that begin as no address may, with their line and column."""
    render, _, parse, _ = engine()
    lines, tags = markdown.split("\n"), _tags(markdown)
    found = []
    for element in parse(render(markdown, True)).iter("a", "img"):
        target = element.get("href") if element.tag == "a" else element.get("src")
        spot = _spot(element, lines, tags)
        scheme, sign, _ = (target or "").partition(":")
        if sign and not re.search("[/?#]", scheme) and _QUIET.sub("", scheme).lower() not in SCHEMES:
            found.append((_QUIET.sub("", target or ""), *spot[:2]))
    return found


_QUIET = re.compile("[\0-\x20\x7f]")
"""What browsers read over in an address."""
_RAW = re.compile(r"<!--.*?-->|<(a|img)(?=[\s/>])", re.IGNORECASE | re.DOTALL)


def _tags(markdown: str) -> dict[str, list[tuple[int, int]]]:
    """Where links and pictures written as HTML stand: lines and columns by tag, the last one first."""
    found: dict[str, list[tuple[int, int]]] = {"a": [], "img": []}
    line, end = 1, 0
    for match in _RAW.finditer(markdown):
        line, end = line + markdown.count("\n", end, match.start()), match.start()
        if match[1]:
            found[match[1].lower()].append((line, end - markdown.rfind("\n", 0, end)))
    return {tag: spots[::-1] for tag, spots in found.items()}


def _spot(element: Any, lines: list[str], tags: dict[str, list[tuple[int, int]]]) -> tuple[int, int, int, int]:
    """Line and column of an element's start and end; of a link or picture in HTML, where its tag stands."""
    near = _span(element, lines)
    left = tags.get(element.tag) or []
    if element.get("data-sourcepos"):
        return near
    while left:
        spot = left.pop()
        if spot >= near[:2]:  # one before it stands in code
            return (*spot, *spot)
    return near


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
