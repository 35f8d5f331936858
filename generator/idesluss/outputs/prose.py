"""An entry's prose for a page: its links and pictures lead to where these lie in the site."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import quote, unquote

from markupsafe import Markup

from idesluss.body.parts import plain, unheaded
from idesluss.kinds.entry import Entry
from idesluss.outputs import media
from idesluss.outputs.view import View
from idesluss.pictures import MEDIA
from idesluss.templates import whole

DESCRIPTION = 160
"""So many characters of an entry's text tell what it is, if it has no summary."""
SIZES = "(min-width: 48rem) 42rem, 100vw"
"""How wide a picture in the prose is: as wide as the text."""
_PICTURE = re.compile(r'<img src="media:([^"]*)" alt="([^"]*)"')
_WHOLE = re.compile(r'<img src="media:([^"]*)" alt="([^"]*)"[^>]*>')
_CODE = re.compile(r"(<(?:pre|code)\b.*?</(?:pre|code)>)", re.DOTALL)


def on_page(view: View, html: str) -> Markup:
    """Prose as it stands on a page: with its addresses, and with numbers that no line breaks but for those in code."""
    html = put_addresses(view, html)
    pieces = _CODE.split(html) if "<code" in html or "<pre" in html else [html]
    return Markup("".join(piece if at % 2 else whole(piece) for at, piece in enumerate(pieces)))


def put_addresses(view: View, html: str) -> str:
    """`html` with "entry:", "media:" and "page:" turned into addresses.

    A link to what this audience has not got becomes plain text; so does a picture that is not published.
    """
    if '="media:' in html:
        html = _WHOLE.sub(lambda found: found[0] if unquote(found[1]) in view.pictures else found[2], html)
        html = _PICTURE.sub(lambda found: _picture(view, unquote(found[1]), found[2]), html)
        html = _turned(html, ' href="media:', lambda file: _document(view, unquote(file)))
    if '="page:' in html:
        html = _turned(html, ' href="page:', lambda page: f"{view.root}{page_address(unquote(page))}")
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


def _picture(view: View, file: str, alt: str) -> str:
    """The start of an <img> in three widths; `alt` is HTML already."""
    src, srcset = media.source(view.root, file)
    width, height = media.size(view.catalogue.root / MEDIA / file)
    return f'<img src="{src}" srcset="{srcset}" sizes="{SIZES}" alt="{alt}" width="{width}" height="{height}"'


def _entry(view: View, id_: str) -> str:
    card = view.card(id_)
    return f"{view.root}{card.address}" if card else ""


def _document(view: View, file: str) -> str:
    return f"{view.root}{quote(media.address_of(view.catalogue.root, file))}" if file in view.files else ""


def page_address(page: str) -> str:
    """Where a hand-written page lies, by its file in docs/ without ending, such as "handbok/index"."""
    name = page.removesuffix("index").rstrip("/")
    return f"{quote(name)}/" if name else ""


def description(entry: Entry) -> str:
    """One or two sentences about an entry, as plain text."""
    if entry.summary:
        return entry.summary
    begun = entry.body.html[: 5 * DESCRIPTION]
    whole_tags = begun[: begun.rfind("<")] if begun.rfind("<") > begun.rfind(">") else begun
    words = plain(unheaded(whole_tags))
    return f"{words[:DESCRIPTION].rpartition(' ')[0]} …" if len(words) > DESCRIPTION else words or entry.title
