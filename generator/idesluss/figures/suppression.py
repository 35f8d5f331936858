"""Small cells are hidden, and as many others as it takes so that no total gives them away."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

SMALLEST = 5
"""A group of fewer than so many is not told of."""
_SMALL = (1, SMALLEST - 1)
_ANY = (0, 10**9)

Place = tuple[int, int]


class Equation(NamedTuple):
    """`total` is the sum of `parts` and of `rest`, which stands nowhere."""

    total: Place
    parts: tuple[Place, ...]
    rest: int = 0


class _Unknown(NamedTuple):
    """What a reader does not see of an equation: its sign there, its value, the least and the most that it may be."""

    sign: int
    value: int
    bounds: tuple[int, int]
    guarded: bool = True


def hide(
    values: Mapping[Place, int], small: Collection[Place], equations: Sequence[Equation], also: Collection[Place] = ()
) -> frozenset[Place]:
    """All places to hide: those that are `small`, those that are hidden `also`, and what else would give them away.

    The reader is taken to know which cells were hidden for being small. In no equation can such a reader work out a
    hidden cell. Where equations form a tree, as totals of totals do, they do not help each other either, since any two
    share at most one cell.
    """
    hidden = {*small, *also}
    waiting = list(equations)
    while waiting:
        equation = waiting.pop()
        if _gives_away(list(_unknown(values, hidden, small, equation))):
            more = _next(values, hidden, equation)
            if more is not None:
                hidden.add(more)
                waiting = list(equations)
    return frozenset(hidden)


def _unknown(
    values: Mapping[Place, int], hidden: Collection[Place], small: Collection[Place], told: Equation
) -> Iterator[_Unknown]:
    for sign, place in [(-1, told.total), *((1, part) for part in told.parts)]:
        if place in hidden:
            yield _Unknown(sign, values.get(place, 0), _SMALL if place in small else _ANY)
    if told.rest:
        is_small = told.rest < SMALLEST
        yield _Unknown(1, told.rest, _SMALL if is_small else _ANY, is_small)


def _gives_away(unknown: Sequence[_Unknown]) -> bool:
    """Whether one of the unknown follows from their signed sum, which the reader can work out from the others."""
    whole = sum(one.sign * one.value for one in unknown)
    spans = [sorted(one.sign * bound for bound in one.bounds) for one in unknown]
    least, most = sum(low for low, _ in spans), sum(high for _, high in spans)
    return any(
        max(low, whole - (most - high)) == min(high, whole - (least - low))
        for one, (low, high) in zip(unknown, spans, strict=True)
        if one.guarded
    )


def _next(values: Mapping[Place, int], hidden: Collection[Place], told: Equation) -> Place | None:
    """The place to hide next: the smallest part that is not nought, else one that is, else the total."""
    left = sorted(
        (values.get(place, 0) == 0, values.get(place, 0), place) for place in told.parts if place not in hidden
    )
    return left[0][2] if left else told.total if told.total not in hidden else None
