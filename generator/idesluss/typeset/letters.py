"""Which texts can be set: characters that no font has are named, or replaced."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from idesluss.typeset.fonts import characters

BOX = "□"
"""What stands for characters that no font has; one for a whole run of them."""

LATIN = "\u024f"
"""The last of the letters that every one of the program's own fonts has."""
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_BOXES = re.compile(rf"{BOX}(?:\s*{BOX})+")


class Lacking(NamedTuple):
    """Characters that no font has, and where in the data they stand ("cases/3/title")."""

    at: str
    characters: str


def lacking(root: Path, data: Any) -> list[Lacking]:
    """Every text in the data that holds characters which no font has."""
    has = characters(root)
    found = []
    for at, text in _texts(data):
        lost = "".join(dict.fromkeys(one for one in text if ord(one) not in has and one not in "\n\t"))
        found += [Lacking(at, lost)] if lost else []
    return found


def settable(root: Path, text: str) -> str:
    """The text as it can be set, in one line: composed, without what is invisible, a box for what no font has."""
    has = characters(root)
    whole = " ".join(unicodedata.normalize("NFC", text).split())
    seen = "".join(one for one in whole if unicodedata.category(one) not in _INVISIBLE)
    return _BOXES.sub(BOX, "".join(one if ord(one) in has else BOX for one in seen))


def is_settable(root: Path, text: str) -> bool:
    """Whether the fonts have all letters of a text; where it is plain Latin, nobody looks."""
    return not max(text, default="") > LATIN or BOX in text or BOX not in settable(root, text)


def _texts(data: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Every text in the data, and where."""
    if isinstance(data, str):
        yield at, data
    elif isinstance(data, dict):
        for name, value in data.items():
            yield from _texts(value, f"{at}/{name}" if at else str(name))
    elif isinstance(data, (list, tuple)):
        for number, value in enumerate(data):
            yield from _texts(value, f"{at}/{number}" if at else str(number))
