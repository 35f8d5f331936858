"""Which paths a file of the site may have, on every system that may serve or copy it."""

from __future__ import annotations

import re
import unicodedata

_USABLE = re.compile(r"(?:(?!\.\.?(?:/|\Z))[^/\\:\x00-\x1f\x7f\ud800-\udfff]{1,255}(?:/(?!\Z)|\Z))+")
_LONGEST = 255
"""So many bytes the name of a file or folder may have on the disks that people have."""


def is_usable(path: str) -> bool:
    """Whether the path stays within the site, and every disk can hold its names."""
    if not _USABLE.fullmatch(path):
        return False
    return path.isascii() or all(len(name.encode()) <= _LONGEST for name in path.split("/"))


def fold(path: str) -> str:
    """The path as a disk sees it that takes "A" and "a", or two ways to write "å", for the same."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path.casefold())
