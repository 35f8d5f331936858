"""The files of an index as they always are for the same records, and cut for readers whose line is slow.

Pagefind lists filters and their values in another order each time, and a file is named after what is in it. Here they
are put in order, and the files renamed as Pagefind names them. The words are parted anew, and the entry, which is read
first, says in which file each lies, so that a page can ask for it before Pagefind has begun.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import Any

import cbor2

from idesluss.search.chunks import chunked, words_of

SIGN, LEVEL = b"pagefind_dcd", 6
"""What stands before the content of each of Pagefind's files, and how hard it is compressed."""
CHUNKS, FILTERS = 2, 3
"""Where in the description of an index its files of words and its filters stand."""
WORDS, NAMED = ".pf_index", ".pf_filter"
"""How the names of these files end."""


def canonical(files: dict[str, bytes]) -> dict[str, bytes]:
    """The same index in small files of words, with its filters in the order of the alphabet."""
    entry = json.loads(files["pagefind-entry.json"])
    ordered = {path: data for path, data in files.items() if not path.endswith((WORDS, NAMED, ".pf_meta"))}
    for told in entry["languages"].values():
        meta = _read(files[f"pagefind.{told['hash']}.pf_meta"])
        for named in sorted(meta[FILTERS]):
            name, values = _read(files[f"filter/{named[1]}{NAMED}"])
            content = cbor2.dumps([name, sorted(values)])
            named[1] = _renamed(named[1], content)
            ordered[f"filter/{named[1]}{NAMED}"] = _written(content)
        meta[FILTERS].sort()
        meta[CHUNKS] = _words(files, ordered, meta[CHUNKS])
        told["chunks"] = [[first, name] for first, _last, name in meta[CHUNKS]]
        content = cbor2.dumps(meta)
        told["hash"] = _renamed(told["hash"], content)
        ordered[f"pagefind.{told['hash']}.pf_meta"] = _written(content)
    ordered["pagefind-entry.json"] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    return dict(sorted(ordered.items()))


def _words(files: dict[str, bytes], ordered: dict[str, bytes], given: list[list[str]]) -> list[list[str]]:
    """Put the words of the `given` files in order; returns the range and the name of each new file."""
    words = (word for *_range, name in given for word in words_of(_content(files[f"index/{name}{WORDS}"])))
    described = []
    for chunk in chunked(words):
        name, data = _renamed(given[0][2], chunk.content), _written(chunk.content)
        while ordered.get(path := f"index/{name}{WORDS}", data) != data:  # another file has this short name
            name = _renamed(f"{name}-", chunk.content)
        ordered[path] = data
        described.append([chunk.first, chunk.last, name])
    return described


def _content(data: bytes) -> bytes:
    return gzip.decompress(data).removeprefix(SIGN)


def _read(data: bytes) -> Any:
    return cbor2.loads(_content(data))


def _written(content: bytes) -> bytes:
    return gzip.compress(SIGN + content, LEVEL, mtime=0)


def _renamed(name: str, content: bytes) -> str:
    """The name for a file of this content: as long as the former, with the same language before it."""
    language, _, before = name.rpartition("_")
    return f"{language}_{hashlib.sha1(content, usedforsecurity=False).hexdigest()[: len(before)]}"
