"""The fonts that everything is set in: those that come with the program, after an instance's own."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from idesluss.templates import folders

FOLDER = "typeset/fonts"
FORMATS = frozenset({4, 12})
"""The tables of characters that are read: all of Unicode's first plane, and all of Unicode."""


def places(root: Path) -> list[Path]:
    """The folders with fonts, the instance's own first."""
    return [folder / FOLDER for folder in folders(root) if (folder / FOLDER).is_dir()]


@cache
def characters(root: Path) -> frozenset[int]:
    """All characters that one of the fonts has."""
    found = (path for folder in places(root) for path in sorted(folder.rglob("*.[ot]tf")))
    return frozenset(code for path in found if not path.is_symlink() for code in _characters(path.read_bytes()))


def _characters(font: bytes) -> Iterator[int]:
    """The characters of one font, from its table `cmap`."""
    (count,) = struct.unpack_from(">H", font, 4)
    for entry in range(count):
        tag, _sum, start, _length = struct.unpack_from(">4sIII", font, 12 + 16 * entry)
        if tag == b"cmap":
            (tables,) = struct.unpack_from(">H", font, start + 2)
            places = {start + struct.unpack_from(">I", font, start + 8 + 8 * table)[0] for table in range(tables)}
            for place in places:
                (format_,) = struct.unpack_from(">H", font, place)
                if format_ in FORMATS:
                    yield from _of_plane(font, place) if format_ == 4 else _of_all(font, place)


def _of_plane(font: bytes, place: int) -> Iterator[int]:
    """Format 4: the ends of all segments, two bytes, then their starts."""
    (double,) = struct.unpack_from(">H", font, place + 6)
    ends = struct.unpack_from(f">{double // 2}H", font, place + 14)
    starts = struct.unpack_from(f">{double // 2}H", font, place + 16 + double)
    for start, end in zip(starts, ends, strict=True):
        yield from range(start, end + 1 if end < 0xFFFF else end)


def _of_all(font: bytes, place: int) -> Iterator[int]:
    """Format 12: groups of start, end and first glyph."""
    (groups,) = struct.unpack_from(">I", font, place + 12)
    for group in range(groups):
        start, end, _glyph = struct.unpack_from(">III", font, place + 16 + 12 * group)
        yield from range(start, end + 1)
