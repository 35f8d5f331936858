"""A file whose name or folder does not fit.

The name of the file becomes the last part of the entry's address. It takes small letters a to z, digits and single
hyphens, at most 80 characters; å and ä become a, ö becomes o. The folder below ideas/ says the kind.

Right:
    ideas/2026/fuktvakt-i-skolor.md
Wrong:
    ideas/2026/Fuktvakt i skolor.md
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss.kinds.fields import SLUG, SLUG_LENGTH
from idesluss.problem import Place, Problem, Severity, text

if TYPE_CHECKING:
    from idesluss.kinds.entry import Entry
    from idesluss.settings import Settings
    from idesluss.source import Source

CODE = "file-name"
SEVERITY = Severity.ERROR
CLOSES = True

_SLUG = re.compile(SLUG)
RESERVED = frozenset({"sida", "page", "index"})
"""Parts of addresses that the portal's lists use."""


def check_entry(source: Source, entry: Entry, settings: Settings) -> Iterator[Problem]:
    if _SLUG.match(entry.id) and len(entry.id) <= SLUG_LENGTH and entry.id not in RESERVED:
        return
    from idesluss.slug import slug_of

    message = text("{name} cannot be part of an address", name=f"{entry.id}.md")
    try:
        better = slug_of(entry.id)
    except ValueError:
        better = ""
    hint = (
        text("name the file {name}", name=f"{better}.md")
        if better and better not in RESERVED
        else text("name the file with a-z, 0-9 and hyphens, at most 80 characters")
    )
    yield Problem(entry.path, Place(), CODE, SEVERITY, message, hint)
