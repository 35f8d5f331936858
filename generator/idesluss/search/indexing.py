"""The index of a search: the files in which Pagefind's script finds words, and what it shows of a hit.

Pagefind works out for every word of every text what it is searched as, which takes longer than to draw all pages. Here
it is asked about each word once, and where the words stand is noted by us. The files are always the same for the same
records, in whatever order Pagefind answers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

import orjson

from idesluss.search import packing
from idesluss.search.chunks import Word, chunked
from idesluss.search.concordance import Concordance
from idesluss.search.records import Record
from idesluss.search.words import Root, meanings, split

ENTRY = "pagefind-entry.json"
"""The file that a browser reads first; it names the description of the index."""
DIGITS, DESCRIPTION_DIGITS = 7, 10
"""So many hexadecimal digits name a file, and the description of the index."""
ORDERS = ()
"""What hits may be sorted by."""


def index(records: Sequence[Record], language: str) -> dict[str, bytes]:
    """The files of an index of the records, by path; words are taken for words of `language`."""
    meant, told = meanings(records, language)
    files = {path: data for path, data in told.items() if ".pf_" not in path}
    entry = json.loads(files[ENTRY])
    for tongue, held in entry["languages"].items():
        made = _Folder(tongue, files)
        fields = sorted({field for record in records for field in record.meta})
        words = Concordance(meant, fields)
        pages = []
        for record in records:
            said = split(record.content)
            words.note(said, record.meta)
            pages.append([made.add("fragment", _fragment(record, said)), len(said)])
        chunks = [[chunk.first, chunk.last, made.add("index", chunk.content)] for chunk in chunked(_words(words))]
        filters = [[name, made.add("filter", packing.packed([name, chosen]))] for name, chosen in _filters(records)]
        content = packing.packed([entry["version"], pages, chunks, filters, ORDERS, fields])
        held |= {"hash": packing.name_of(content, tongue, DESCRIPTION_DIGITS), "page_count": len(pages)}
        held["chunks"] = [[first, name] for first, _last, name in chunks]
        files[f"pagefind.{held['hash']}.pf_meta"] = packing.file_of(content)
    files[ENTRY] = orjson.dumps(entry)
    return dict(sorted(files.items()))


class _Folder:
    """The files of an index, to which more are added; each is named after what is in it."""

    def __init__(self, language: str, files: dict[str, bytes]) -> None:
        self._language = language
        self._files = files

    def add(self, kind: str, content: bytes) -> str:
        """Add a file of a kind, and tell its name, which is longer where another has the same short name."""
        file, digits = packing.file_of(content), DIGITS
        while True:
            name = packing.name_of(content, self._language, digits)
            if self._files.setdefault(f"{kind}/{name}.pf_{kind}", file) == file:
                return name
            digits += 1


def _fragment(record: Record, said: Sequence[str]) -> bytes:
    """What a browser is told of a hit."""
    return orjson.dumps(
        {
            "url": record.url,
            "content": " ".join(said),
            "word_count": len(said),
            "filters": dict(sorted(record.filters.items())),
            "meta": dict(sorted(record.meta.items())),
            "anchors": (),
        }
    )


def _filters(records: Iterable[Record]) -> list[tuple[str, list[tuple[str, list[int]]]]]:
    """The filters with their values, and the numbers of the records that each chooses."""
    found: dict[str, dict[str, list[int]]] = {}
    for number, record in enumerate(records):
        for name, values in record.filters.items():
            for value in values:
                found.setdefault(name, {}).setdefault(value, []).append(number)
    return [(name, sorted(values.items())) for name, values in sorted(found.items())]


def _words(words: Concordance) -> Iterator[Word]:
    """All that is told of each stem, in the order of the alphabet."""
    for stem, roots in groupby(words.roots, attrgetter("stem")):
        yield Word(stem, _told(stem, roots, words))


def _told(stem: str, roots: Iterable[Root], words: Concordance) -> bytes:
    """What is told of a stem: where it stands without accents, and each spelling with accents."""
    places = {root.spelling: words.places(root) for root in roots}
    plain = places.pop("", packing.row([]))
    spellings = [packing.row([packing.packed(spelling), held]) for spelling, held in places.items()]
    return packing.row([packing.packed(stem), plain, packing.row(spellings)])
