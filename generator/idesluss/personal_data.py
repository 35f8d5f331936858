"""What finds numbers and addresses that identify people: in a text as it stands, and where YAML, HTML or % hide it."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from idesluss.problem import Place

if TYPE_CHECKING:
    from idesluss.source import Source


class Hit(NamedTuple):
    """Something found: where it starts and ends, and what it is when all writings are made one; that is never shown."""

    start: int
    end: int
    value: str


Finder = Callable[[str], Iterable[Hit]]


def findings(source: Source, find: Finder) -> Iterator[tuple[Hit, Place]]:
    """Everything that `find` sees in a file, front matter and body, with its place; each thing once."""
    hits = list(find(source.text))
    for hit in hits:
        yield hit, place_at(source.text, hit.start)
    front = len(source.text) - len(source.body)
    if source.text.find("\\", 0, front) >= 0:
        in_front = Counter(hit.value for hit in hits if hit.start < front)
        for path, value in scalars(source.front):
            for hit in _more(find(value), in_front):
                hits.append(hit)
                yield hit, source.place(*path)
    bare = undo(source.text)
    if bare:
        for hit in _more(find(bare.text), Counter(hit.value for hit in hits)):
            yield hit, place_at(source.text, bare.offset(hit.start))


def _more(hits: Iterable[Hit], seen: Counter[str]) -> Iterator[Hit]:
    """The hits that go beyond those seen; `seen` is used up."""
    left = seen.copy()
    for hit in hits:
        if left[hit.value] > 0:
            left[hit.value] -= 1
        else:
            yield hit


def place_at(text: str, offset: int) -> Place:
    """The line and column of an offset in a text."""
    return Place(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def scalars(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text in a front matter, with the way to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from scalars(item, (*path, name))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from scalars(item, (*path, number))


_HIDING = re.compile(
    r"&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
    r"|%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2})*"
    r"|</?[A-Za-z][A-Za-z0-9]{0,9}[ \t]*/?>"
    r"|<!--[^<>]{0,80}-->"
    r"|\\(?=[!-/:-@\[-`{-~])"
    r"|\u00ad|\u200b|\u200c|\u200d|\u2060|\ufeff"
)
_SIGNS = "&%<\\\u00ad\u200b"
"""One of these stands wherever something hides."""
_TURNS: dict[str, Callable[[str], str]] = {"&": html.unescape, "%": unquote}


class Undone(NamedTuple):
    """A text without what hides in it; `offset` leads back into the text as it was written."""

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def offset(self, at: int) -> int:
        piece = bisect_right(self.starts, at) - 1
        return self.origins[piece] + at - self.starts[piece]


@lru_cache(maxsize=4)
def undo(text: str) -> Undone | None:
    """A text without what hides in it: entities, %40 and backslashes resolved, tags gone; None if there is nothing."""
    if not any(sign in text for sign in _SIGNS):
        return None
    pieces: list[str] = []
    starts, origins, end, size = [0], [0], 0, 0
    for match in _HIDING.finditer(text):
        turn = _TURNS.get(match[0][0])
        shown = turn(match[0]) if turn else ""
        pieces += (text[end : match.start()], shown)
        size += match.start() - end
        starts += (size, size + len(shown))
        origins += (match.start(), match.end())
        size += len(shown)
        end = match.end()
    if not pieces:
        return None
    return Undone("".join((*pieces, text[end:])), tuple(starts), tuple(origins))


QUIET = "*_`~()[]{}\\\u00ad\u034f\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff" + "".join(
    sign for sign in map(chr, range(0x3001)) if sign.isspace()
)
"""What may stand between the digits of one number and says nothing: space of all kinds, emphasis, brackets."""
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d"
_JOINING = str.maketrans(
    {**dict.fromkeys(QUIET), **dict.fromkeys(DASHES, "-"), "\uff0b": "+", "\uff0f": "/", "\uff0e": "."}
)
_JOINERS = {"": "", "-": "-", "--": "-", "+": "+", ".": ".", "/": "/"}
_NEW_ITEM = re.compile(r"\n[ \t]*[-*+][ \t]|\n[ \t]*\r?\n")
_LONGEST_GAP = 16


@lru_cache(maxsize=512)
def joiner(gap: str) -> str | None:
    """What joins two groups of digits: "-", "+", ".", "/", or "" for space or nothing; None if they are two numbers."""
    if _NEW_ITEM.search(gap):
        return None
    return _JOINERS.get(gap.translate(_JOINING))


_INTERIM = b"TRSUWXJKLMN"
_CLASSES = bytes(
    sign if sign in b"0123456789+" else ord("T") if sign in _INTERIM else ord("0") if sign == ord("?") else ord(" ")
    for sign in range(256)
)
"""For Latin-1, where a question mark stands for every other character: it may be a digit of another script."""
_DELETED = (QUIET + DASHES + "/.").encode("latin-1", "ignore")


LEAST_DIGITS = 8


@lru_cache(maxsize=4)
def digit_runs(text: str) -> bytes:
    """Long runs of digits, a space between, without all that may join a number, as cheaply as can be.

    It may show more digits than there are (a question mark counts as one, capitals of interim numbers too), never
    fewer: it tells which files need no closer look, and that is nearly all of them.
    """
    runs = text.encode("latin-1", "replace").translate(_CLASSES, _DELETED).split()
    return b" ".join([run for run in runs if len(run) >= LEAST_DIGITS])


class Group(NamedTuple):
    """Digits that stand together; `joined` is what joins them to the group before, None if nothing does."""

    start: int
    end: int
    digits: str
    joined: str | None


_DIGITS = re.compile(r"(\d+)")


@lru_cache(maxsize=4)
def digit_groups(text: str) -> tuple[Group, ...]:
    """All groups of digits of a text; digits of other scripts are made 0–9."""
    groups: list[Group] = []
    parts = _DIGITS.split(text)
    end = len(parts[0])
    joined: str | None = None
    for written, gap in zip(parts[1::2], parts[2::2], strict=True):
        digits = written if written.isascii() else "".join(str(int(digit)) for digit in written)
        start, end = end, end + len(written)
        groups.append(Group(start, end, digits, joined))
        joined = joiner(gap) if len(gap) <= _LONGEST_GAP else None
        end += len(gap)
    return tuple(groups)


def token_before(text: str, offset: int, *, most: int = 200) -> str:
    """What stands directly before an offset, back to the nearest space, bracket or quote."""
    before = text[max(0, offset - most) : offset]
    return re.split(r"[\s<>()\[\]\"'|,;]", before)[-1]
