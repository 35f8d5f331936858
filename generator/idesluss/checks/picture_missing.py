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
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from idesluss.media_faults import place_of, with_fault
from idesluss.pictures import MEDIA
from idesluss.problem import Problem, Severity, Text, text

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

CODE = "picture-missing"
SEVERITY = Severity.ERROR
CLOSES = False


def check_all(catalogue: Catalogue) -> Iterator[Problem]:
    folder = catalogue.root / MEDIA
    there: list[str] | None = None
    for entry, use in with_fault(catalogue, "missing"):
        if use.number >= 0:
            continue  # a link, which broken-link sees
        if there is None:
            there = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
        yield Problem(
            entry.path,
            place_of(catalogue, entry, use),
            CODE,
            SEVERITY,
            text("{file} is not in ideas/media/", file=use.file),
            _way_out(use.file, there),
        )


def _way_out(name: str, there: Sequence[str]) -> Text:
    """What to do about a name that none of the files has."""
    alike = {_known_as(one): one for one in there}.get(_known_as(name))
    if alike and _composed(alike) == _composed(name):  # as an older Mac writes å: an a, and a ring of its own
        return text("a file there has a name that only looks the same; name it with a-z, 0-9 and hyphens, also here")
    near = [alike] if alike else get_close_matches(name, there, 1, 0.7)
    return text("did you mean {near}?", near=near[0]) if near else text("put the file there, or take its name out")


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _known_as(file: str) -> str:
    """A file's name as people take it: capitals, and where it is named from, do not count."""
    return _composed(file).casefold().removeprefix("ideas/").removeprefix("media/")
