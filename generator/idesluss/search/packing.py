"""How Pagefind's files are packed: CBOR, in gzip, after a sign."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from typing import Any

import cbor2

SIGN = b"pagefind_dcd"
"""What stands before the content of each of Pagefind's files."""
LEVEL = 5
"""How hard it is squeezed: with 6, an index is 2 % smaller and takes twice as long to squeeze."""
_GZIP = 31


def unpacked(file: bytes) -> Any:
    """The values that a file holds."""
    return cbor2.loads(zlib.decompress(file, _GZIP).removeprefix(SIGN))


def packed(value: Any) -> bytes:
    return cbor2.dumps(value)


def row(parts: Sequence[bytes]) -> bytes:
    """A list of values that are packed already."""
    return start(len(parts)) + b"".join(parts)


def file_of(content: bytes) -> bytes:
    """The file that holds what is packed."""
    squeezed = zlib.compressobj(LEVEL, wbits=_GZIP)
    return squeezed.compress(SIGN + content) + squeezed.flush()


def name_of(content: bytes, language: str, digits: int) -> str:
    """The name for a file of this content, with so many digits that stand for it."""
    return f"{language}_{hashlib.sha1(content, usedforsecurity=False).hexdigest()[:digits]}"


class _Numbers(dict[int, bytes]):
    """Numbers as packed, each made once."""

    def __missing__(self, number: int) -> bytes:
        made = self[number] = cbor2.dumps(number)
        return made


class _Starts(dict[int, bytes]):
    """How a list of so many values begins."""

    def __missing__(self, length: int) -> bytes:
        zeros = cbor2.dumps([0] * length)
        made = self[length] = zeros[: len(zeros) - length]
        return made


number = _Numbers().__getitem__
"""A number, packed."""
start = _Starts().__getitem__
"""The beginning of a list of so many values, packed."""
