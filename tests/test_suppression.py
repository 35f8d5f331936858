"""Small cells are hidden so that nobody can work them out, not even with all totals in hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from idesluss.figures import Cell, Column, Figure, Row, Same, Spot, Sum
from idesluss.figures.suppression import SMALLEST, Equation, hide

TOTAL = (9, 0)
COUNTS = st.lists(st.integers(0, 9), min_size=1, max_size=4)


def small_of(values: dict[tuple[int, int], int], guarded: set[tuple[int, int]]) -> set[tuple[int, int]]:
    return {place for place in guarded if 0 < values[place] < SMALLEST}


def worlds(
    values: dict[tuple[int, int], int], hidden: frozenset[tuple[int, int]], small: set[tuple[int, int]], told: Equation
) -> list[dict[tuple[int, int], int]]:
    """Every way to fill in what is hidden that fits all that is seen; who looks knows which cells are small."""
    places = sorted(hidden)
    most = 2 * max(values.values()) + SMALLEST + told.rest
    ranges = [range(1, SMALLEST) if place in small else range(most + 1) for place in places]
    rests = range(1, SMALLEST) if 0 < told.rest < SMALLEST else [told.rest] if not told.rest else range(most + 1)
    found = []
    for guess in product(*ranges, rests):
        world = {**values, **dict(zip(places, guess, strict=False))}
        if world[told.total] == sum(world[part] for part in told.parts) + guess[-1]:
            found.append({**world, (99, 99): guess[-1]})
    return found


@given(COUNTS, st.sets(st.integers(0, 3)), st.sampled_from([0, 0, 1, 3, 7]))
def test_no_hidden_cell_follows_from_the_others(counts: list[int], guarded: set[int], rest: int) -> None:
    """Every hidden cell, and every small rest, could still be at least two different numbers."""
    parts = tuple((at, 0) for at in range(len(counts)))
    values = {**dict(zip(parts, counts, strict=True)), TOTAL: sum(counts) + rest}
    small = small_of(values, {(at, 0) for at in guarded if at < len(counts)} | {TOTAL})
    told = Equation(TOTAL, parts, rest)
    hidden = hide(values, small, [told])
    assert small <= hidden
    assume(len(hidden) < 4)
    found = worlds(values, hidden, small, told)
    watched = [*hidden, *([(99, 99)] if 0 < rest < SMALLEST else [])]
    assert all(len({world[place] for world in found}) > 1 for place in watched), (values, hidden)


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([3, 20, 8], {0, 2}),  # the smallest other goes too
        ([3, 4, 20], {0, 1}),  # two small ones hide each other
        ([1, 1, 20], {0, 1, 2}),  # their sum of two would tell that each is one
        ([4, 4, 20], {0, 1, 2}),  # and so would a sum of eight
        ([3, 0, 20], {0, 2}),  # nought hides nothing while there is something else
        ([3, 0, 0], {0, 9}),  # the total is small itself
        ([9, 8, 7], set()),
    ],
)
def test_what_else_has_to_go(counts: list[int], hidden: set[int]) -> None:
    parts = tuple((at, 0) for at in range(len(counts)))
    values = {**dict(zip(parts, counts, strict=True)), TOTAL: sum(counts)}
    found = hide(values, small_of(values, set(values)), [Equation(TOTAL, parts)])
    assert {row for row, _column in found} == hidden


def figure(rows: dict[str, tuple[int, bool]]) -> Figure:
    """A figure of one column whose rows are (count, guarded), with a total."""
    total = sum(count for count, _ in rows.values())
    cells = [Row("unit", key, (Cell(count, count, guarded),), key.title()) for key, (count, guarded) in rows.items()]
    last = Row("total", "total", (Cell(total, total, guarded=True),))
    sums = (Sum(Spot(len(cells), 0), tuple(Spot(at, 0) for at in range(len(cells)))),)
    return Figure("x", "launching", "X", "X.", (Column("ideas", "Ideas"),), (*cells, last), total, sums=sums)


def values(told: Figure) -> dict[str, object]:
    return {row.key: ".." if row.cells[0].suppressed else row.cells[0].value for row in told.rows}


def test_the_public_gets_no_small_cell_of_what_it_does_not_see() -> None:
    told = figure({"a": (3, True), "b": (4, False), "c": (12, False)})
    assert values(told.public({"a", "b", "c"}, {})) == {"a": "..", "b": "..", "c": 12, "total": 19}
    assert told.public({"a", "b", "c"}, {}).n is None


def test_a_small_cell_of_what_everybody_sees_stays() -> None:
    told = figure({"a": (3, False), "b": (4, False), "c": (12, False)})
    assert values(told.public({"a", "b", "c"}, {})) == {"a": 3, "b": 4, "c": 12, "total": 19}


def test_a_row_that_is_not_for_the_public_goes_and_its_count_cannot_be_found() -> None:
    """The total still counts it; since it is small, another cell goes, so that the difference tells nothing."""
    told = figure({"secret": (2, True), "b": (8, False), "c": (12, False)})
    public = told.public({"b", "c"}, {})
    assert values(public) == {"b": "..", "c": 12, "total": 22}
    assert "secret" not in repr(public).lower()


def test_a_share_goes_with_what_it_is_made_of() -> None:
    columns = (Column("part", "P"), Column("whole", "W"), Column("share", "S", "percent", of=("part", "whole")))
    row = Row("year", "2026", (Cell(2, 2, guarded=True), Cell(20, 20), Cell(10, 20)))
    told = Figure("x", "launching", "X", "X.", columns, (row,), 20).public((), {})
    assert [cell.suppressed for cell in told.rows[0].cells] == [True, False, True]


def test_what_is_hidden_in_one_figure_is_hidden_in_its_twin() -> None:
    """And there too, so much else goes that no total gives it away."""
    first = figure({"a": (3, True), "b": (8, False), "c": (12, False)})
    twin = replace(figure({"a": (3, False), "b": (8, False), "c": (12, False)}), same=(Same("ideas", "x", "ideas"),))
    seen = {"a", "b", "c"}
    assert values(first.public(seen, {})) == values(twin.public(seen, {"x": first.public(seen, {})}))
    other = replace(figure({"b": (8, False), "d": (6, False), "e": (9, False)}), same=twin.same)
    assert values(other.public({"b", "d", "e"}, {"x": first.public(seen, {})})) == {
        "b": "..",
        "d": "..",
        "e": 9,
        "total": 23,
    }


def test_a_total_in_another_figure_gives_nothing_away() -> None:
    told = figure({"a": (3, True), "b": (8, False), "c": (12, False)})
    alone = replace(told, rows=told.rows[:-1], sums=(Sum(None, told.sums[0].parts),))
    assert values(alone.public({"a", "b", "c"}, {})) == {"a": "..", "b": "..", "c": 12}
