"""The files of an index as they always are for the same records.

Pagefind lists filters and their values in another order each time, and a file is named after what is in it. Here they
are put in order, and the files renamed as Pagefind names them.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import Any

import cbor2

SIGN = b"pagefind_dcd"
"""What stands before the content of each of Pagefind's files."""
FILTERS, NAMED = 3, ".pf_filter"
"""Where in the description of an index its filters stand, and how their files' names end."""


def canonical(files: dict[str, bytes]) -> dict[str, bytes]:
    """The same index with its filters in the order of the alphabet."""
    entry = json.loads(files["pagefind-entry.json"])
    ordered = {path: data for path, data in files.items() if not path.endswith((NAMED, ".pf_meta"))}
    for told in entry["languages"].values():
        meta = _read(files[f"pagefind.{told['hash']}.pf_meta"])
        for named in sorted(meta[FILTERS]):
            name, values = _read(files[f"filter/{named[1]}{NAMED}"])
            content = cbor2.dumps([name, sorted(values)])
            named[1] = _renamed(named[1], content)
            ordered[f"filter/{named[1]}{NAMED}"] = _written(content)
        meta[FILTERS].sort()
        content = cbor2.dumps(meta)
        told["hash"] = _renamed(told["hash"], content)
        ordered[f"pagefind.{told['hash']}.pf_meta"] = _written(content)
    ordered["pagefind-entry.json"] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    return dict(sorted(ordered.items()))


def _read(data: bytes) -> Any:
    return cbor2.loads(gzip.decompress(data).removeprefix(SIGN))


def _written(content: bytes) -> bytes:
    return gzip.compress(SIGN + content, mtime=0)


def _renamed(name: str, content: bytes) -> str:
    """The name for a file of this content: as long as the former, with the same language before it."""
    language, _, before = name.rpartition("_")
    return f"{language}_{hashlib.sha1(content, usedforsecurity=False).hexdigest()[: len(before)]}"
