"""The lock on an idea's page: drawn once for every way that it can look, then filled with the idea's own dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from idesluss.templates import escaped

_MARK = "zqdate{}qz"
_MARKED = re.compile("zqdate([0-9])qz")


class Chamber(NamedTuple):
    """A chamber as an idea meets it: `state` is "past", "now", "left" or "ahead"; `date` is in words, or ""."""

    label: str
    date: str
    state: str


Drawn = tuple[list[str], list[int]]
"""A drawing cut at its marks: what stands between, and which chamber's date each mark is."""


def draw(
    look: Callable[[tuple[tuple[str, str, bool], ...], str], Drawn], chambers: Sequence[Chamber], aside: str
) -> Markup:
    """The drawing of these chambers, filled with their dates; `look` gives it cut; `aside` is the side stage or "".

    To draw takes longer than all the rest of an idea's page, and there are few ways that a lock can look.
    """
    pieces, places = look(tuple((one.label, one.state, bool(one.date)) for one in chambers), aside)
    filled = [""] * (2 * len(pieces) - 1)
    filled[::2] = pieces
    filled[1::2] = [escaped(chambers[place].date) for place in places]
    return Markup("".join(filled))


def marked(looks: Sequence[tuple[str, str, bool]]) -> list[Chamber]:
    """Chambers of (label, state, whether there is a date) with a mark for each date."""
    return [Chamber(label, _MARK.format(at) if dated else "", state) for at, (label, state, dated) in enumerate(looks)]


def pieces_of(drawing: str) -> Drawn:
    """The drawing cut at its marks."""
    cut = _MARKED.split(drawing)
    return cut[::2], [int(number) for number in cut[1::2]]
