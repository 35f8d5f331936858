"""A picture that the entry names is not in ideas/media/.

Put the file into ideas/media/ and write its name exactly as it is there: capitals and the ending count. Until then the
page is shown without it.

Right:
    image: {file: fuktvakt.webp, alt: En sensor i ett skoltak}
Wrong:
    image: {file: Fuktvakt.WebP, alt: En sensor i ett skoltak}
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss.media_faults import place_of, with_fault
from idesluss.pictures import MEDIA
from idesluss.problem import Problem, Severity, text

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

CODE = "picture-missing"
SEVERITY = Severity.ERROR
CLOSES = False


def check_all(catalogue: Catalogue) -> Iterator[Problem]:
    from difflib import get_close_matches

    folder = catalogue.root / MEDIA
    there: list[str] | None = None
    for entry, use in with_fault(catalogue, "missing"):
        if use.number >= 0:
            continue  # a link, which broken-link sees
        if there is None:
            there = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
        alike = [file for file in there if _known_as(file) == _known_as(use.file)]
        near = alike or get_close_matches(use.file, there, 1, 0.7)
        hint = text("did you mean {near}?", near=near[0]) if near else text("put the file there, or take its name out")
        if near and unicodedata.normalize("NFC", near[0]) == use.file:
            hint = text(
                "give the file its name anew: its letters are in pieces, as `a` and a ring, which only looks alike"
            )
        yield Problem(
            entry.path,
            place_of(catalogue, entry, use),
            CODE,
            SEVERITY,
            text("{file} is not in ideas/media/", file=use.file),
            hint,
        )


def _known_as(file: str) -> str:
    """A file's name as people take it: capitals, and where it is named from, do not count."""
    return unicodedata.normalize("NFC", file).casefold().removeprefix("ideas/").removeprefix("media/")
