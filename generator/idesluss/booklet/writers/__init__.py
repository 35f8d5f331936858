"""The formats of a book: a module for each, with `write` and `look`, found by the table below.

All are made of one tree of data (`contents.contents` with its chapters), so that they are one edition. A module is
imported when its format is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from idesluss import typeset
    from idesluss.booklet.chapters import Data
    from idesluss.booklet.edition import Edition
    from idesluss.problem import Text


class Look(NamedTuple):
    """What a finished file was found to be when it was read back: lines for the accessibility report, and faults."""

    claims: tuple[str, ...]
    """What the file says of itself."""
    by: tuple[str, ...]
    """By what it was checked."""
    found: tuple[str, ...]
    faults: tuple[Text, ...]
    unchecked: tuple[str, ...]
    """By what it was not checked, beside what no program checks."""
    pages: int = 0


class Writer(Protocol):
    """A module that writes one format."""

    def write(self, edition: Edition, data: Data, files: Mapping[str, bytes]) -> bytes | typeset.Unset:
        """The finished file: the same bytes for the same edition. Or why the data cannot be set.

        `data` is what `contents.contents` gives; `files` are the pictures (JPEG) and codes (SVG) that it names, by
        `pictures.name_of(file)` and `pictures.code_of(id)`.
        """

    def look(self, book: bytes) -> Look:
        """Read a finished file back and judge it."""


WRITERS: Mapping[str, str] = MappingProxyType({"pdf": "pdf", "epub": "epub", "docx": "docx", "html": "html"})
"""The module that writes each format, by the ending of its files, in the order in which they are made."""


def writer(ending: str) -> Writer:
    """The module that writes a format."""
    return cast("Writer", import_module(f"{__name__}.{WRITERS[ending]}"))


def in_order(endings: Iterable[str]) -> tuple[str, ...]:
    """These formats, each once, as they are made."""
    asked = set(endings)
    return tuple(ending for ending in WRITERS if ending in asked)
