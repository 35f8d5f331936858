"""The files of ideas/media/: what each holds, judged by its bytes, and whether it may be published."""

from __future__ import annotations

import os
import re
import stat
import struct
import warnings
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple

from idesluss.geotag import has_location
from idesluss.site_paths import fold, is_usable

MEDIA = "ideas/media"
BYTES = 5_000_000
"""The largest picture, unless the settings say otherwise."""
DOCUMENT_BYTES = 20_000_000
PIXELS = 40_000_000

Fault = Literal["outside-root", "missing", "type", "large", "location", "name"]

_NO_FAULT: frozenset[Fault] = frozenset()

TYPES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"PNG": (".png",), "JPEG": (".jpg", ".jpeg"), "WebP": (".webp",), "AVIF": (".avif",), "PDF": (".pdf",)}
)
"""What may be published, and how the names of such files end: a file host tells the type by the name."""

_SIGNS: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("PNG", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("JPEG", re.compile(rb"\xff\xd8\xff")),
    ("WebP", re.compile(rb"RIFF.{4}WEBP", re.DOTALL)),
    ("AVIF", re.compile(rb".{4}ftyp(?:avi[fs]|(?:mif1|msf1)(?:.{4}){1,20}?avi[fs])", re.DOTALL)),
    ("PDF", re.compile(rb"%PDF-\d")),
    ("GIF", re.compile(rb"GIF8[79]a")),
    ("HEIC", re.compile(rb".{4}ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)", re.DOTALL)),
    ("TIFF", re.compile(rb"II\*\0|MM\0\*")),
    ("BMP", re.compile(rb"BM.{4}\0\0\0\0", re.DOTALL)),
    ("ZIP", re.compile(rb"PK\x03\x04")),
    ("SVG", re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<[?!].{0,400}?)?<svg[\s>:]", re.IGNORECASE | re.DOTALL)),
    ("HTML", re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|script)\b", re.IGNORECASE)),
)
_HEAD = 512
_FORMATS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"PNG": ("PNG",), "JPEG": ("JPEG", "MPO"), "WebP": ("WEBP",), "AVIF": ("AVIF",)}
)
"""What Pillow calls them; MPO is several JPEG in one file, as some phones write."""


class Look(NamedTuple):
    """What a file holds: its type ("" if unknown), its size in pixels, and whether it says where it was taken."""

    type: str
    width: int = 0
    height: int = 0
    located: bool = False


def usable(root: Path, file: str, limit: int = BYTES, *, document: bool = False) -> bool:
    """Whether a file of ideas/media/ may be published; a `document` may also be a PDF."""
    return not faults(root, file, limit, document=document)


def faults(root: Path, file: str, limit: int = BYTES, *, document: bool = False) -> frozenset[Fault]:
    """Everything that keeps a file of ideas/media/ from being published. `limit` is in bytes."""
    if not is_below(file):
        return frozenset({"outside-root"})
    path = f"{root}/{MEDIA}"
    for part in ("", *file.split("/")):
        path += f"/{part}" if part else ""
        try:
            told = os.lstat(path)
        except OSError:
            return frozenset({"missing"})
        if stat.S_ISLNK(told.st_mode):
            return frozenset({"outside-root"})
    if not stat.S_ISREG(told.st_mode):
        return frozenset({"missing"})
    look = _look_once(path, told.st_size, told.st_mtime_ns, told.st_ino)
    is_pdf = look.type == "PDF"
    too_large = told.st_size > (DOCUMENT_BYTES if is_pdf else limit) or look.width * look.height > PIXELS
    allowed = file.lower().endswith(TYPES.get(look.type, ())) and (document or not is_pdf)
    unfit = not is_usable(published_name(file))
    if allowed and not too_large and not look.located and not unfit:
        return _NO_FAULT
    found: tuple[tuple[Fault, bool], ...] = (
        ("type", not allowed),
        ("large", too_large),
        ("location", look.located),
        ("name", unfit),
    )
    return frozenset(fault for fault, stands in found if stands)


def published_name(file: str) -> str:
    """What a file of ideas/media/ is called in the site: a picture ends in .webp there, a PDF keeps its name."""
    return file if file.lower().endswith((".webp", ".pdf")) else f"{file}.webp"


def doubles(files: Iterable[str]) -> dict[str, str]:
    """Those of the files that some disk takes for another of them under their published names, each with that other."""
    first: dict[str, str] = {}
    found = {file: first.setdefault(fold(published_name(file)), file) for file in sorted(files)}
    return {file: other for file, other in found.items() if file != other}


def is_below(file: str) -> bool:
    """Whether a name, taken from ideas/media/, stays there."""
    parts = file.replace("\\", "/").split("/")
    return "\0" not in file and not any(part in ("", ".", "..") for part in parts)


def look_at(root: Path, file: str) -> Look:
    """What a file of ideas/media/ holds; looked at once, until it changes."""
    path = f"{root}/{MEDIA}/{file}"
    told = os.stat(path)  # noqa: PTH116 - a Path for each of thousands of files costs more
    return _look_once(path, told.st_size, told.st_mtime_ns, told.st_ino)


@lru_cache(maxsize=16_384)
def _look_once(path: str, size: int, changed: int, inode: int) -> Look:  # noqa: ARG001 - they say that it is the same file
    try:
        with Path(path).open("rb") as file:
            head = file.read(_HEAD)
            kind = next((name for name, sign in _SIGNS if sign.match(head)), "")
            if kind not in TYPES or kind == "PDF" or size > 10 * BYTES:
                return Look(kind)
            return _look_closely(path, kind, head + file.read())
    except OSError:
        return Look("")


def _look_closely(path: str, kind: str, data: bytes) -> Look:
    """The size from the header (nothing is unpacked, so that no small file can fill the memory), and the location."""
    from PIL import AvifImagePlugin, Image, MpoImagePlugin, UnidentifiedImageError, WebPImagePlugin  # noqa: F401 - see below

    # These plugins are imported by name because Pillow would else import all of its fifty.
    located = has_location(kind, data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=("PNG", "JPEG", "WEBP", "AVIF")) as picture:
                look = Look(kind, *picture.size, located)
                if picture.width * picture.height > PIXELS:
                    return look  # so large that it is not looked at further
                if not _is_whole(kind, data):
                    return Look("")
                picture.verify()  # the sums in a PNG; it unpacks nothing either
                return look
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return Look(kind, PIXELS + 1, 1, located)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, struct.error):
        return Look("")


def _is_whole(kind: str, data: bytes) -> bool:
    """Whether a picture goes on to its end, and was not cut off on its way here."""
    if kind == "PNG":
        return b"IEND\xae\x42\x60\x82" in data
    if kind == "JPEG":
        return b"\xff\xd9" in data[_scan_of(data) :]
    if kind == "WebP":
        return len(data) >= int.from_bytes(data[4:8], "little") + 8 - 1  # some leave the last, empty byte out
    at = 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if length == 0:  # this part goes on to the end
            return True
        if length == 1:
            length = int.from_bytes(data[at + 8 : at + 16], "big")
        if length < 8:
            return False
        at += length
    return at == len(data)


def _scan_of(data: bytes) -> int:
    """Where the lines of a JPEG begin, after all that is told of it, such as a small picture with an end of its own."""
    at = 2
    while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] != b"\xda":
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return at
