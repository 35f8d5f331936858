"""Where everything stands that words are searched as: noted record by record, told root by root."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from operator import sub

from idesluss.search.packing import number, row, start
from idesluss.search.words import Meanings, Root, split

BITS = 32
"""A place is the number of its record, and in these last bits that of its word."""
NOTHING = row(())

Strands = dict[int, "array[int]"]
"""Places in their order: of each weight in the texts, or of each field."""


class Concordance:
    """Where each root stands in the texts of the records, and in their `fields`."""

    def __init__(self, meanings: Meanings, fields: Sequence[str]) -> None:
        self.roots = sorted({root for held in meanings.values() for root, _weight in held})
        self._meanings = meanings
        self._fields = fields
        self._records = 0
        self._in_texts: dict[Root, Strands] = {root: {} for root in self.roots}
        self._in_fields: dict[Root, Strands] = {root: {} for root in self.roots}
        self._of_word = {
            word: [self._in_texts[root].setdefault(weight, array("Q")) for root, weight in held]
            for word, held in meanings.items()
        }

    def note(self, said: Iterable[str], meta: Mapping[str, str]) -> None:
        """Note where the words of one more record stand, those of its text and those of its fields."""
        first = self._records << BITS
        self._records += 1
        for place, word in enumerate(said, first):
            for places in self._of_word[word]:
                places.append(place)
        for field, name in enumerate(self._fields):
            for place, word in enumerate(split(meta.get(name, "")), first):
                for root, _weight in self._meanings[word]:
                    self._in_fields[root].setdefault(field, array("Q")).append(place)

    def places(self, root: Root) -> bytes:
        """The records where a root stands, each as how far it is from the one before, and the places in it, packed."""
        texts, fields = _by_record(self._in_texts[root]), _by_record(self._in_fields[root])
        records = sorted(texts.keys() | fields.keys())
        ways = map(sub, records, (0, *records))
        return row(
            [
                start(3) + number(way) + texts.get(record, NOTHING) + fields.get(record, NOTHING)
                for way, record in zip(ways, records, strict=True)
            ]
        )


def _by_record(strands: Strands) -> dict[int, bytes]:
    """For each record the places of each strand, after a negative number that stands for it.

    The first is told by its number, the others by how far they are from the one before.
    """
    found: dict[int, list[bytes]] = {}
    for strand, places in sorted(strands.items()):
        mark, record, before = number(-strand - 1), -1, 0
        told: list[bytes] = []
        for place in places:
            if place >> BITS == record:
                told.append(number(place - before))
            else:
                record = place >> BITS
                told = found.setdefault(record, [])
                told += (mark, number(place - (record << BITS)))
            before = place
    return {record: row(told) for record, told in found.items()}
