"""The slug of a title: the file name and address that it is known by."""

from __future__ import annotations

import re
import unicodedata

LENGTH = 80
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "đ": "d", "ß": "ss", "þ": "th", "ð": "d", "ł": "l", "œ": "oe"})
"""Letters that no accent can be taken off; å, ä, ö, é and ü lose theirs."""
_GAP = re.compile(r"[^a-z0-9]+")
_JOINED = re.compile("['\u2019`\u00b4]")


def slug_of(title: str) -> str:
    """The slug of a title: a-z, 0-9 and hyphens, at most 80; ValueError if nothing of the title is left.

    A title that is too long ends at a whole word.
    """
    plain = unicodedata.normalize("NFKD", title.casefold().translate(_LETTERS))
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign)).translate(_LETTERS)
    slug = _GAP.sub("-", _JOINED.sub("", bare)).strip("-")
    if len(slug) > LENGTH:
        whole = slug[: LENGTH + 1].rpartition("-")[0]
        slug = whole or slug[:LENGTH]
    if not slug:
        raise ValueError(f"no slug can be made of the title {title!r}")
    return slug


def is_utf8(name: str) -> bool:
    """Whether the name of a file, as the system gives it, was written as UTF-8; others have no place on the web."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
