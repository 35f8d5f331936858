"""Changes of the text below the front matter: what stood under a heading, or all of it, gives way to a few words."""

from __future__ import annotations

import re

from idesluss.body.places import places_of
from idesluss.edit.layout import Unfit
from idesluss.kinds.entry import Entry
from idesluss.source import parse

_ANCHOR = re.compile(r'<h[1-6] id="([^"]*)"')
_SIGN = re.compile(r" {0,3}#{1,6}(?!#)")
_UNDERLINE = re.compile(r" {0,3}(?:-+|=+)\s*")

WHOLE = "body"
"""The name of the text as a whole."""


def sections_of(entry: Entry) -> tuple[str, ...]:
    """The names of what can be taken out of an entry's text."""
    return (WHOLE, *(cut.key for cut in entry.body.cuts if cut.key))


def replaced(data: bytes, entry: Entry, name: str, words: str) -> bytes:
    """The file with `words` in the place of a section's text; of the text as a whole, known headings stay."""
    source, _ = parse(entry.path, data)
    if source is None:
        raise Unfit
    lines = source.body.split("\n")
    starts = places_of(source.body.replace("\r\n", "\n")).headings
    anchors = _ANCHOR.findall(entry.body.html)
    if len(starts) != len(anchors):
        raise Unfit
    keys = {cut.anchor: cut.key for cut in entry.body.cuts}
    tops = [(line, keys[anchor]) for line, anchor in zip(starts, anchors, strict=True) if anchor in keys]
    heads = {line: _heading(lines, line) for line, _key in tops}
    if len(heads) < len(tops):
        raise Unfit
    newline = "\r" if source.body.count("\r\n") else ""
    told = [newline, f"{words}{newline}", newline]
    if name == WHOLE:
        kept = [row for line, key in tops if key for row in [*heads[line], *told]]
        after = [newline, *(kept or told[1:])]
    else:
        begin = next((line for line, key in tops if key == name), 0)
        end = next((line for line, _key in tops if line > begin), len(lines) + 1)
        if not begin:
            raise Unfit
        after = [*lines[: begin - 1], *heads[begin], *told, *lines[end - 1 :]]
    body = "\n".join(after).rstrip("\r\n") + newline + "\n"
    return data[: len(data) - len(source.body.encode())] + body.encode()


def _heading(lines: list[str], line: int) -> list[str]:
    """The lines of a heading: one, or those down to the line below it; Unfit where none begins, as with one in HTML."""
    if _SIGN.match(lines[line - 1]):
        return lines[line - 1 : line]
    for end in range(line, len(lines)):
        if _UNDERLINE.fullmatch(lines[end]):
            return lines[line - 1 : end + 1]
        if not lines[end].strip():
            break
    raise Unfit
