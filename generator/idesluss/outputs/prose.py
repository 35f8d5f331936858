"""An entry's prose for a page: its links and pictures lead to where these lie in the site."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import quote

from idesluss.body.parts import plain
from idesluss.kinds.entry import Entry
from idesluss.outputs.view import View

DESCRIPTION = 160
"""So many characters of an entry's text tell what it is, if it has no summary."""

_PICTURE = re.compile(r'<img src="media:([^"]*)" alt="([^"]*)"[^>]*>')


def put_addresses(view: View, html: str) -> str:
    """`html` with "entry:", "media:" and "page:" turned into addresses.

    A link to what this audience has not got becomes plain text; so does a picture that is not published.
    """
    if '="media:' in html:
        html = _PICTURE.sub(lambda found: found[0] if unescape(found[1]) in view.files else found[2], html)
        html = _turned(html, ' src="media:', lambda file: f"{view.root}media/{quote(file)}")
        html = _turned(html, ' href="media:', lambda file: _document(view, file))
    if '="page:' in html:
        html = _turned(html, ' href="page:', lambda page: f"{view.root}{_page(page)}")
    if '="entry:' in html:
        html = _turned(html, ' href="entry:', lambda id_: _entry(view, id_))
    return html


def _turned(html: str, attribute: str, address: Callable[[str], str]) -> str:
    """`html` with what follows `attribute` put into an address; without one, the attribute is left out."""
    first, *rest = html.split(attribute)
    name = attribute.partition('"')[0]
    pieces = [first]
    for piece in rest:
        target, _quote, after = piece.partition('"')
        path, sign, fragment = target.partition("#")
        found = address(unescape(path))
        pieces.append(f'{name}"{found}{sign}{fragment}"{after}' if found else after)
    return "".join(pieces)


def _entry(view: View, id_: str) -> str:
    card = view.card(id_)
    return f"{view.root}{card.address}" if card else ""


def _document(view: View, file: str) -> str:
    return f"{view.root}media/{quote(file)}" if file in view.files else ""


def _page(page: str) -> str:
    name = page.removesuffix("index").rstrip("/")
    return f"{quote(name)}/" if name else ""


def description(entry: Entry) -> str:
    """One or two sentences about an entry, as plain text."""
    if entry.summary:
        return entry.summary
    words = plain(entry.body.html[: 5 * DESCRIPTION])
    return f"{words[:DESCRIPTION].rpartition(' ')[0]} …" if len(words) > DESCRIPTION else words or entry.title
