"""The prose of an entry: GitHub's Markdown made to HTML, made safe, and split into sections, once for all outputs."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Mapping

from idesluss.body.boxes import with_named_boxes
from idesluss.body.engine import engine
from idesluss.body.notes import with_names_once
from idesluss.body.ordinary import read_ordinary
from idesluss.body.parts import EMPTY, Body, cuts_of
from idesluss.body.places import places_of
from idesluss.body.removed import is_suspect, removed_from
from idesluss.body.walk import NOTES, Walk

DEEPEST = 99
"""So many quotes may stand in one another; one that is deeper belongs to the last of them."""
_DEEPER = re.compile(rf"^((?:[ \t]*>){{{DEEPEST}}})[ \t>]*>", re.MULTILINE)
NOTES_BEGIN = f'<div class="{NOTES}">'


def read_body(markdown: str, path: str, section_keys: Mapping[str, str], language: str) -> Body:
    """Make the Markdown of the entry at `path` (such as "ideas/2026/x.md") safe and take it apart.

    What is written in pieces, as `a` and a ring above it, is composed, so that it is found and judged as it is seen.
    `section_keys` maps a heading in lower case to the kind's name for that section. Links and pictures get their
    line and column only where something may be wrong with one of them; `places_of` finds them else.
    """
    if not markdown.strip():
        return EMPTY
    if "\r" in markdown:
        markdown = markdown.replace("\r\n", "\n")
    if markdown.count(">") > DEEPEST:  # to make safe what is nested takes the square of its depth
        markdown = _DEEPER.sub(r"\1", markdown)
    if "[^" in markdown:
        markdown = with_names_once(markdown)
    if "[!" in markdown:
        markdown = with_named_boxes(markdown, language)
    render, clean, parse, serialise = engine()
    raw = render(markdown if markdown.isascii() else unicodedata.normalize("NFC", markdown), False)
    suspect = is_suspect(markdown)
    ordinary = None if suspect else read_ordinary(raw, posixpath.dirname(path), section_keys)
    if ordinary is not None:
        return ordinary
    root = parse(clean(raw))
    removed = removed_from(raw, root, markdown) if suspect else ()
    walk = Walk(path, language)
    walk.over(root)
    html = serialise(root)[5:-6].strip()
    headings, links, pictures = walk.headings, walk.links, walk.pictures
    if pictures or walk.doubtful:
        spots = places_of(markdown)
        headings = [heading._replace(line=at) for heading, at in zip(headings, spots.headings, strict=False)]
        links = [use._replace(line=at[0], column=at[1]) for use, at in zip(links, spots.links, strict=False)]
        pictures = [use._replace(line=at[0], column=at[1]) for use, at in zip(pictures, spots.pictures, strict=False)]
    notes_at = html.rindex(NOTES_BEGIN) if len(root) and root[-1].get("class") == NOTES else None
    cuts = cuts_of(html, walk.tops, section_keys, notes_at)
    return Body(html, cuts, tuple(headings), tuple(links), tuple(pictures), removed, notes_at)
