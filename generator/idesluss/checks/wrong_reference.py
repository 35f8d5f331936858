"""A reference to an entry of the wrong kind.

A field takes references to one or a few kinds only: a coach's place cannot be taken by a unit.

Right:
    coach: idecoach-skola
Wrong:
    coach: utbildningsforvaltningen
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss.links import PROSE, kinds_anywhere
from idesluss.problem import Problem, Severity, Text, text

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

CODE = "wrong-reference"
SEVERITY = Severity.ERROR
CLOSES = False


def check_all(catalogue: Catalogue) -> Iterator[Problem]:
    from idesluss.kinds import BY_NAME

    for entry in map(catalogue.entries.__getitem__, dict.fromkeys(_suspects(catalogue))):
        for ref in catalogue.references(entry):
            target = catalogue.get(ref.target)
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


def _suspects(catalogue: Catalogue) -> Iterator[str]:
    """The ids of those in whose fields some reference may be wrong; the fields of all others need no closer look."""
    for id, target in catalogue.entries.items():
        for source, field in catalogue.referring(id):
            if field != PROSE and target.kind not in kinds_anywhere(type(catalogue.entries[source]), field):
                yield source
