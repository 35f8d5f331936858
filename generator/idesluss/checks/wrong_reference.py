"""A reference to an entry that does not fit.

A field takes references to one or a few kinds only: a coach's place cannot be taken by a unit. No entry refers to
itself, and what is part of something, builds on it, or went into it does not lead back to itself in a circle.

Right:
    coach: idecoach-skola
Wrong:
    coach: utbildningsforvaltningen
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import dropwhile
from typing import TYPE_CHECKING

from idesluss.links import PROSE, kinds_anywhere
from idesluss.problem import Problem, Severity, Text, text

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

CODE = "wrong-reference"
SEVERITY = Severity.ERROR
CLOSES = False

ONE_WAY = ("part_of", "combined_into", "builds_on", "followed_by")
"""Fields that lead from an entry to what it comes from or went to."""


def check_all(catalogue: Catalogue) -> Iterator[Problem]:
    from idesluss.kinds import BY_NAME

    for entry in map(catalogue.entries.__getitem__, dict.fromkeys(_suspects(catalogue))):
        for ref in catalogue.references(entry):
            target = catalogue.get(ref.target)
            if ref.target == entry.id and target is not None and target.kind in ref.kinds:
                said, way_out = text("{field} leads to the entry itself", field=ref.field[0]), text("take it out")
                yield Problem(entry.path, catalogue.place(entry, *ref.field), CODE, SEVERITY, said, way_out)
            if target is None or target.kind in ref.kinds:
                continue
            yield Problem(
                entry.path,
                catalogue.place(entry, *ref.field),
                CODE,
                SEVERITY,
                text(
                    "{field} leads to {target}, which is of the kind {kind}",
                    field=ref.field[0],
                    target=ref.target,
                    kind=Text(type(target).label),
                ),
                text("here fits: {kinds}", kinds=tuple(Text(BY_NAME[kind].label) for kind in ref.kinds)),
            )
    yield from _circles(catalogue)


def _circles(catalogue: Catalogue) -> Iterator[Problem]:
    """Each circle once, told at the first of its entries."""
    leads: dict[str, dict[str, list[str]]] = {field: {} for field in ONE_WAY}
    for target in catalogue.entries:
        for source, field in catalogue.referring(target):
            if field in leads and source != target:
                leads[field].setdefault(source, []).append(target)
    for field, graph in leads.items():
        for circle in _closed(graph):
            start = circle.index(min(circle))
            first, *others = (*circle[start:], *circle[:start])
            entry = catalogue.entries[first]
            said = text("{field} leads in a circle: {way}", field=field, way=" → ".join((first, *others, first)))
            way_out = text("take out the one of them that is not so")
            yield Problem(entry.path, catalogue.place(entry, field), CODE, SEVERITY, said, way_out)


def _closed(leads: Mapping[str, list[str]]) -> Iterator[tuple[str, ...]]:
    """The circles that are met when each way is gone once, as the ids along them."""
    done: set[str] = set()
    for start in leads:
        path, ways = {start: None}, [iter(leads[start] if start not in done else ())]
        while ways:
            target = next(ways[-1], None)
            if target is None:
                ways.pop()
                done.add(path.popitem()[0])
            elif target in path:
                yield tuple(dropwhile(target.__ne__, path))
            elif target not in done:
                path[target] = None
                ways.append(iter(leads.get(target, ())))


def _suspects(catalogue: Catalogue) -> Iterator[str]:
    """The ids of those in whose fields some reference may be wrong; the fields of all others need no closer look."""
    for id, target in catalogue.entries.items():
        for source, field in catalogue.referring(id):
            if field != PROSE and (
                source == id or target.kind not in kinds_anywhere(type(catalogue.entries[source]), field)
            ):
                yield source
