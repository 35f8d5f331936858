"""What the page of every kind is made of: a few figures at the top, and its own parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from idesluss.outputs import tables
from idesluss.outputs.view import View
from idesluss.translate import gettext as _


class Figure(NamedTuple):
    """One of the facts at the top: a label, a short value and a softer line under it."""

    label: str
    value: str
    note: str = ""


def measured(view: View, key: str, id: str, columns: Iterable[str]) -> list[Figure]:
    """What a measure came to for an entry, as facts; nothing where it is nought or may not be shown."""
    if key not in view.catalogue.figures:
        return []
    told = view.catalogue.figures[key]
    known = {column.key: column for column in told.columns}
    cells = {name: told.cell(id, name) for name in columns}
    return [
        Figure(_(known[name].label), tables.value(cell, known[name], view.say))
        for name, cell in cells.items()
        if cell.n
    ]


class Layout(NamedTuple):
    """How a kind is laid out: which fields and which groups of references have their own place, and the rest of it."""

    context: Callable[[View, Any], Mapping[str, Any]]
    elsewhere: frozenset[str] = frozenset()
    grouped_elsewhere: frozenset[tuple[str, str]] = frozenset()
