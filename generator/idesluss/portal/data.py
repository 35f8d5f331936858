"""What a page tells programs of itself: JSON-LD in its head, which its own policy allows by a digest."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from html import unescape

from idesluss.outputs import linked

POLICY = "(?<=script-src 'self')"
"""Where in the policy the digest of a page's data stands. It is no script, but some browsers and checkers think so."""
_AT = re.compile(POLICY)
_NAMED = re.compile(r'<meta (?:property|name)="(og:title|og:url|description)" content="([^"]*)">')


def element(data: str) -> str:
    """The element that holds the data of a page."""
    return f'<script type="application/ld+json">{data}</script>'


def allowed(data: str) -> str:
    """What the policy says to allow it."""
    return f" 'sha256-{b64encode(sha256(data.encode()).digest()).decode()}'"


def described(html: bytes, whole: str) -> bytes:
    """A hand-written page with its data put in, made of its own title, description and address below `whole`.

    A page that does not say its address, such as the one for what does not exist, stays as it is.
    """
    text = html.decode()
    head, sign, body = text.partition("</head>")
    told: Mapping[str, str] = {name: unescape(value) for name, value in _NAMED.findall(head)}
    if not sign or not told.get("og:title") or not told.get("og:url", "").startswith(whole):
        return html
    address = told["og:url"].removeprefix(whole)
    page = linked.web_page(whole, told["og:title"], told.get("description", ""), address)
    data = linked.data(page, linked.path((told["og:title"], told["og:url"])))
    return f"{_AT.sub(allowed(data), head, count=1)}{element(data)}\n{sign}{body}".encode()
