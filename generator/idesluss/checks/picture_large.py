"""A picture or file is too large to be published.

A large picture makes the page slow, above all on a phone, and stays in git for ever. Make it smaller before it is
merged: 2,000 pixels wide is enough for any page. The largest size is set by `picture_bytes` in idesluss.yml; a PDF may
be larger.

Right:
    fuktvakt.webp, 1 600 × 900 pixels, 180 kB
Wrong:
    IMG_2041.jpg, 9 248 × 6 936 pixels, 14 MB
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss.media_faults import place_of, with_fault
from idesluss.pictures import DOCUMENT_BYTES, MEDIA, PIXELS, look_at
from idesluss.problem import Problem, Severity, text

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

CODE = "picture-large"
SEVERITY = Severity.ERROR
CLOSES = False


def check_all(catalogue: Catalogue) -> Iterator[Problem]:
    for entry, use in with_fault(catalogue, "large"):
        look = look_at(catalogue.root, use.file)
        size = (catalogue.root / MEDIA / use.file).stat().st_size
        limit = DOCUMENT_BYTES if look.type == "PDF" else catalogue.settings.picture_bytes
        if size > limit:
            message = text(
                "{file} is {size} bytes; at most {limit} are published", file=use.file, size=size, limit=limit
            )
        else:
            most = PIXELS // 1_000_000
            message = text("{file} has more than {limit} million pixels", file=use.file, limit=most)
        hint = text("make it smaller; 2000 pixels wide is enough for a picture")
        yield Problem(entry.path, place_of(catalogue, entry, use), CODE, SEVERITY, message, hint)
