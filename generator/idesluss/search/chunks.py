"""The words of an index in files so small that a browser fetches little beside the word that was asked for.

Pagefind looks for a word, and for all words that begin like it, in the one file whose range holds it. So words that
begin alike stay together as far as they fit, and the ranges leave no gap between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from idesluss.search.packing import row

SIZE = 12_000
"""Bytes of words after which a file ends where the next word begins otherwise; compressed they are half as many."""
MOST = 96_000
"""Bytes of words after which a file ends in any case, which is about what Pagefind takes for each."""
ALIKE = 3
"""So many letters in common make words begin alike."""
LAST = "\U0010ffff"
"""What no word comes after."""


class Word(NamedTuple):
    """A word, and where it stands on which pages, as Pagefind writes it down."""

    name: str
    told: bytes


class Chunk(NamedTuple):
    """A file of words: which words are looked for in it, and what is in it."""

    first: str
    last: str
    content: bytes


def chunked(words: Iterable[Word]) -> Iterator[Chunk]:
    """The words in files, by the order of the alphabet."""
    runs = list(_runs(sorted(words)))
    firsts = [_beginning(run[0].name, before[-1].name) for before, run in pairwise(runs)]
    for first, last, run in zip(["", *firsts], [*firsts, LAST], runs, strict=bool(runs)):
        yield Chunk(first, last, row([row([word.told for word in run])]))


def _runs(words: Iterable[Word]) -> Iterator[list[Word]]:
    """The words, parted where a file ends."""
    run: list[Word] = []
    size = 0
    for word in words:
        size += len(word.told)
        if run and size > SIZE and (size > MOST or word.name[:ALIKE] != run[-1].name[:ALIKE]):
            yield run
            run, size = [], len(word.told)
        run.append(word)
    if run:
        yield run


def _beginning(word: str, before: str) -> str:
    """As much of a word as sets it after the word before it."""
    return next(word[:length] for length in range(1, len(word) + 1) if word[:length] > before)
