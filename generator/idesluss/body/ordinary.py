"""The short way to a body: for plain prose, whose HTML is safe by what it consists of, and is read without a tree."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Mapping

from idesluss.body.parts import Body, Heading, LinkUse, cuts_of, words
from idesluss.body.targets import FOOTNOTES, new_anchor, resolve, written

_PIECE = re.compile(
    r"<(?!(?:p|li|strong|em|code|pre|del)>(?!</)|/(?:p|li|strong|em|code|pre|del)>|[bh]r />)"
    r"(?:h(?P<level>[2-6])>(?P<heading>[^<]+)</h"
    r"|a href=\"(?P<target>[A-Za-z0-9:/#?=%,+@~._-]+)\">(?P<shown>[^<]+)</a>"
    r"|(?P<close>/)?(?:ul|ol|blockquote)>"
    r"|(?P<other>))"
)
"""All tags but the plainest, with what is needed of headings and links; `other` is what only a walk understands.

Whatever begins with < and is not named here is other, so that no attribute but a plain `href` and no tag that could do
harm goes the short way. An empty element counts as other, since a tree is written without its end.
"""
_ORDINARY_TARGET = re.compile(r"[A-Za-z0-9:/#?=%,+@~._-]+")
_ORDINARY_DEPTH = 16
_UNPRINTED = bytes({*range(0x20), 0x7F} - {*b"\t\n"})


def read_ordinary(raw: str, folder: str, section_keys: Mapping[str, str]) -> Body | None:
    """What the sanitiser and a walk over the tree would give, without either.

    `raw` is what the Markdown engine makes of a text in which nobody has written a tag. Taken are prose, lists,
    headings in order and links that lead on; None where anything else stands in it, and then sanitiser and walk decide.
    """
    if _has_unusual(raw):
        return None
    headings: list[Heading] = []
    links: list[LinkUse] = []
    tops: list[tuple[str, str]] = []
    anchors: set[str] = set()
    pieces: list[str] = []
    within: list[str] = []
    level, depth, end = 1, 0, 0
    for match in _PIECE.finditer(raw):
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
            pieces += (raw[end : match.start()], f'<h{at} id="{anchor}">{heading}</h')
        elif target:
            title = words(entities.unescape(shown))
            resolved = resolve(target, folder)
            if not title or not _ORDINARY_TARGET.fullmatch(resolved) or target.startswith(FOOTNOTES):
                return None
            if resolved[0] == "#":
                within.append(resolved[1:])
            rel = ' rel="noopener noreferrer"' if resolved.startswith("http") else ""
            links.append(LinkUse(target, title, 0, 0, resolved))
            pieces += (raw[end : match.start()], f'<a href="{written(resolved)}"{rel}>{shown}</a>')
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
    html = _as_a_tree_writes("".join((*pieces, raw[end:])).strip())
    return Body(html, cuts_of(html, tops, section_keys), tuple(headings), tuple(links))


def _has_unusual(raw: str) -> bool:
    """Whether a sign stands in the text that a tree holds, or writes, in another way."""
    data = raw.encode("latin-1", "replace")
    return len(data.translate(None, _UNPRINTED)) < len(data) or any(
        sign in raw for sign in ("\xa0", "\ufffe", "\uffff")
    )


def _as_a_tree_writes(html: str) -> str:
    """Quotes in text as themselves, and empty elements without a slash; no attribute that is let through has them."""
    if "&quot;" in html:
        html = html.replace("&quot;", '"')
    return html.replace("<br />", "<br>").replace("<hr />", "<hr>") if " />" in html else html
