"""What tells whether a picture says where it was taken, in EXIF, XMP or the film behind a moving photo."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Literal

_GPS = 0x8825
_PLACE_TAGS = frozenset({0x02, 0x04, 0x14, 0x16, 0x1B, 0x1C})
"""Latitude and longitude, those of the goal, the method and the name of the area; time and version tell no place."""
_MOST_TAGS = 500
_XMP_SIGNS = (b"GPS", b"Gps", b"gps")
_XMP = re.compile(rb"GPS-?(?:Dest)?(?:Latitude|Longi?tude|Longtitude)[\s=>:\"]", re.IGNORECASE)
_EXIF_SIGNS = (b"II*\0", b"MM\0*")
_FILM = re.compile(rb"\xa9xyz.{2}\x15\xc7[+-]\d", re.DOTALL)
_UNPACKED = 2_000_000
"""At most so many bytes of a packed note in a PNG are unpacked."""


def has_location(kind: str, data: bytes) -> bool:
    """Whether a picture says where it was taken, wherever in the file that stands."""
    if kind == "PNG":
        data = b"\n".join(_png_notes(data))
    if any(sign in data for sign in _XMP_SIGNS) and _XMP.search(data):
        return True
    if b"\xa9xyz" in data and _FILM.search(data):
        return True
    return any(_exif_has_place(data, at) for sign in _EXIF_SIGNS for at in _all(data, sign))


def _all(data: bytes, sign: bytes) -> Iterator[int]:
    at = data.find(sign)
    while at >= 0:
        yield at
        at = data.find(sign, at + 1)


def _exif_has_place(data: bytes, at: int) -> bool:
    """Whether the TIFF structure at an offset, which EXIF is, holds GPS fields that tell a place."""
    order: Literal["little", "big"] = "little" if data[at : at + 1] == b"I" else "big"

    def number(offset: int, size: int) -> int:
        return int.from_bytes(data[at + offset : at + offset + size], order)

    def tags(offset: int) -> Iterator[tuple[int, int]]:
        for item in range(min(number(offset, 2), _MOST_TAGS)):
            spot = offset + 2 + item * 12
            yield number(spot, 2), number(spot + 8, 4)

    return any(tag in _PLACE_TAGS for name, value in tags(number(4, 4)) if name == _GPS for tag, _ in tags(value))


def _png_notes(data: bytes) -> Iterator[bytes]:
    """The chunks of a PNG that hold notes, unpacked; they may stand behind the picture."""
    at = 8
    while at + 8 <= len(data):
        size, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        chunk = data[at + 8 : at + 8 + size]
        at += 12 + size
        if name == b"eXIf":
            yield chunk
        elif name in (b"tEXt", b"zTXt", b"iTXt"):
            for note in (chunk, *_unpacked(chunk)):
                yield note
                if b"Raw profile type" in chunk[:40]:
                    yield _from_hex(note)


def _unpacked(chunk: bytes) -> Iterator[bytes]:
    for start in re.finditer(rb"x[\x01\x5e\x9c\xda]", chunk[:400]):
        try:
            yield zlib.decompressobj().decompress(chunk[start.start() :], _UNPACKED)
        except zlib.error:
            continue


def _from_hex(note: bytes) -> bytes:
    """The bytes of a profile that some programs write into a PNG as hexadecimal digits, 36 a pair of lines."""
    longest = re.sub(rb"\s", b"", max(re.findall(rb"(?:[0-9a-fA-F]{2,}\s*)+", note), key=len, default=b""))
    return bytes.fromhex(longest[: len(longest) // 2 * 2].decode())
