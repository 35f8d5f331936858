"""The book as one web page that needs no other file: to send, to keep, to read on a phone, to print."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping

from idesluss.booklet.chapters import Data
from idesluss.booklet.edition import Edition
from idesluss.booklet.pictures import code_of
from idesluss.booklet.writers import Look
from idesluss.booklet.writers.markup import Shape, draw, font, parts, prepared, title
from idesluss.booklet.writers.reading import look_at_html

_RULES = ("default-src 'none'", "img-src data:", "font-src data:", "style-src 'sha256-{digest}'")
POLICY = "; ".join((*_RULES, "base-uri 'none'", "form-action 'none'"))
"""What the page may do: show what it holds."""
FONTS = ("atkinson.woff2", "atkinson-ext.woff2", "atkinson-italic.woff2")


def write(edition: Edition, data: Data, files: Mapping[str, bytes]) -> bytes:
    """The page, with pictures, codes, style and fonts inside. It runs nothing and fetches nothing."""
    sources: dict[str, str] = {}

    def source(name: str) -> str:
        return sources.setdefault(name, within("image/jpeg", files[name]))

    it = prepared(data, Shape(2, lambda id_: f"#case-{id_}", source, files))
    fonts = [within("font/woff2", font(name)) for name in FONTS]
    style = draw(edition, "whole.css", it=it, fonts=fonts).strip()
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    front, back = parts(it)
    return draw(
        edition,
        "whole.html",
        it=it,
        w=it["words"],
        title=title(it),
        description=it["subtitle"] or title(it),
        style=style,
        policy=POLICY.format(digest=digest),
        front=front,
        back=back,
        codes={one["id"]: within("image/svg+xml", files[code_of(one["id"])]) for one in it["chapters"]},
    ).encode()


def look(book: bytes) -> Look:
    """What the finished page tells, read back."""
    return look_at_html(book)


def within(kind: str, content: bytes) -> str:
    """A file as an address that holds it."""
    return f"data:{kind};base64,{b64encode(content).decode()}"
