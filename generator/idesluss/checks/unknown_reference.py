"""A reference to an entry that does not exist.

A reference is the name of the other entry's file, without folder and .md. The other file may have been renamed, or the
name misspelt. A reference to an entry of another instance is written `instance:name` and is not looked up here.

Right:
    unit: fastighet
Wrong:
    unit: fastigheter
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss.problem import Problem, Severity, text

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

CODE = "unknown-reference"
SEVERITY = Severity.ERROR
CLOSES = False


def check_all(catalogue: Catalogue) -> Iterator[Problem]:
    known = {*catalogue.entries, *(lost.id for lost in catalogue.broken)}
    unknown = {target for target in catalogue.referred if target not in known and ":" not in target}
    if not unknown:
        return
    former = {name: entry.id for entry in reversed(list(catalogue.entries.values())) for name in entry.formerly}
    suspects = dict.fromkeys(mention.source for target in unknown for mention in catalogue.referring(target))
    for entry in map(catalogue.entries.__getitem__, suspects):
        for ref in catalogue.references(entry):
            if ref.target not in unknown:
                continue
            near = former.get(ref.target) or _near(ref.target, ref.kinds, catalogue)
            hint = (
                text("did you mean {near}?", near=near)
                if near
                else text("write the name of a file in ideas/, without folder and .md, or make the entry first")
            )
            message = text("{field} leads to {target}, which does not exist", field=ref.field[0], target=ref.target)
            yield Problem(entry.path, catalogue.place(entry, *ref.field), CODE, SEVERITY, message, hint)


def _near(target: str, kinds: tuple[str, ...], catalogue: Catalogue) -> str:
    from difflib import get_close_matches

    known = [entry.id for kind in kinds for entry in catalogue.of(kind)]
    return next(iter(get_close_matches(target, known, 1, 0.8)), "")
