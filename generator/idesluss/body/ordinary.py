"""The short way to a body: for plain prose, whose HTML can be read without making a tree of it."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Mapping

from idesluss.body.parts import Body, Heading, LinkUse, cuts_of, words
from idesluss.body.targets import FOOTNOTES, new_anchor, resolve

_PIECE = re.compile(
    r"<(?!(?:p|li|strong|em|code|br|pre|hr|del)>(?!</)|/(?:p|li|strong|em|code|pre|del)>)"
    r"(?:h(?P<level>[2-6])>(?P<heading>[^<]+)</h"
    r"|a href=\"(?P<target>[A-Za-z0-9:/#?=%,+@~._-]+)\" rel=\"noopener noreferrer\">(?P<shown>[^<]+)</a>"
    r"|(?P<close>/)?(?:ul|ol|blockquote)>"
    r"|(?P<other>))"
)
"""All tags but the plainest, with what is needed of headings and links; `other` is what only a walk understands.

An empty element counts as other, since a tree is written without its end.
"""
_ORDINARY_TARGET = re.compile(r"[A-Za-z0-9:/#?=%,+@~._-]+")
_ORDINARY_DEPTH = 16


def read_ordinary(safe: str, folder: str, section_keys: Mapping[str, str]) -> Body | None:
    """What a walk over the tree would give, without a tree: for prose, lists, headings in order and links that lead on.

    None where anything else stands in the text; then the walk decides.
    """
    if "&" in safe and "&nbsp;" in safe:  # a tree would write another sign for it
        return None
    headings: list[Heading] = []
    links: list[LinkUse] = []
    tops: list[tuple[str, str]] = []
    anchors: set[str] = set()
    pieces: list[str] = []
    within: list[str] = []
    level, depth, end = 1, 0, 0
    for match in _PIECE.finditer(safe):
        at, heading, target, shown, close, other = match.groups()
        if heading:
            title = words(entities.unescape(heading))
            if not title or int(at) > level + 1:
                return None
            level = int(at)
            anchor = new_anchor(title, anchors)
            headings.append(Heading(level, title, 0))
            if level == 2 and not depth:
                tops.append((anchor, title))
            pieces += (safe[end : match.start()], f'<h{at} id="{anchor}">{heading}</h')
        elif target:
            title = words(entities.unescape(shown))
            resolved = resolve(target, folder)
            if not title or not _ORDINARY_TARGET.fullmatch(resolved) or target.startswith(FOOTNOTES):
                return None
            if resolved[0] == "#":
                within.append(resolved[1:])
            rel = ' rel="noopener noreferrer"' if resolved.startswith("http") else ""
            links.append(LinkUse(target, title, 0, 0, resolved))
            pieces += (safe[end : match.start()], f'<a href="{resolved}"{rel}>{shown}</a>')
        elif other is None:
            depth += -1 if close else 1
            if depth > _ORDINARY_DEPTH:
                return None
            continue
        else:
            return None
        end = match.end()
    if not anchors.issuperset(within):
        return None
    html = "".join((*pieces, safe[end:])).strip()
    return Body(html, cuts_of(html, tops, section_keys), tuple(headings), tuple(links))
