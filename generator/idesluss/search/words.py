"""What each word is searched as, as Pagefind says, which in the browser does the same with the words of a query."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from idesluss.problem import text
from idesluss.search import packing, service
from idesluss.search.records import Record

VERSION = "1.5"
"""The version of Pagefind whose files are packed as ours."""
OWN_SIGN = "___"
"""How the words begin that Pagefind takes for signs of its own."""
NO_WIDTH = "\u200b"
"""A space that nobody sees, and Pagefind leaves out."""


class Root(NamedTuple):
    """What words are searched as: a stem without accents, and the word itself where it has accents, else ""."""

    stem: str
    spelling: str


_ON_THE_LINE = str.maketrans("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹", 2 * "0123456789")
_RAISED_OR_LOWERED = frozenset(map(chr, _ON_THE_LINE))

Meanings = Mapping[str, Sequence[tuple[Root, int]]]
"""What each word is searched as, and how much each root weighs where the word stands: a part of a compound less."""


def split(said: str) -> list[str]:
    """The words of a text, as Pagefind counts them."""
    return said.replace(NO_WIDTH, "").split()


def meanings(records: Iterable[Record], language: str) -> tuple[Meanings, Mapping[str, bytes]]:
    """What Pagefind says of all words of the records, asked by a text in which each stands once; and its files.

    A word such as CO₂ is searched as CO2 too, as people type it.
    """
    words: set[str] = set()
    for record in records:
        words.update(split(record.content), *map(split, record.meta.values()))
    typed = {word: word.translate(_ON_THE_LINE) for word in words if set(word) & _RAISED_OR_LOWERED}
    asked = sorted(word for word in words | set(typed.values()) if not word.startswith(OWN_SIGN))
    files = service.index([Record("", " ".join(asked), {}, {})], language)
    version = json.loads(files["pagefind-entry.json"])["version"]
    if not version.startswith(f"{VERSION}."):
        raise service.ServiceError(
            text("Pagefind is {version}, and {wanted} is needed", version=version, wanted=VERSION)
        )
    found: dict[str, list[tuple[Root, int]]] = {word: [] for word in (*words, *asked)}
    for path, data in files.items():
        if path.endswith(".pf_index"):
            for root, numbers in _roots(packing.unpacked(data)):
                for at, weight in _places(numbers):
                    found[asked[at]].append((root, weight))
    for word, other in typed.items():
        found[word] += [meaning for meaning in found[other] if meaning not in found[word]]
    return found, files


def _roots(chunk: Any) -> Iterator[tuple[Root, Iterable[int]]]:
    """What words are searched as, and the numbers that tell which words."""
    for stem, pages, variants in chunk[0]:
        for spelling, held in (("", pages), *variants):
            if held:
                yield Root(stem, spelling), held[0][1]


def _places(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The places that `numbers` tell of, and the weight at each.

    A negative number is a new weight; after it stands the first place, then how far it is from each to the next.
    """
    at = weight = 0
    for number in numbers:
        if number < 0:
            at, weight = 0, -number - 1
        else:
            at += number
            yield at, weight
