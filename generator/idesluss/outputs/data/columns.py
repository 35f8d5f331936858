"""An entry as a row of a table: which columns a kind has, and what stands in them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic import BaseModel

from idesluss.kinds import BY_NAME
from idesluss.outputs.data.record import record, shapes
from idesluss.outputs.view import View
from idesluss.problem import N_
from idesluss.settings import fields_of
from idesluss.translate import gettext as _

FIRST: Mapping[str, str] = {
    "id": N_("Id"),
    "url": N_("Web address"),
    "published": N_("Published"),
    "modified": N_("Changed"),
}
"""The columns that every table begins with, and what they are called."""
BETWEEN = " | "
"""Stands between the values of a list."""

Value = str | int | float | None


class Column(NamedTuple):
    """A column: its name, which says where the value stands in a record ("benefit.type"), and what people call it."""

    name: str
    label: str
    help: str


def columns(view: View, kind: str) -> list[Column]:
    """The columns of a kind: what every record has, each field, and the instance's own fields."""
    first = [Column(name, _(label), "") for name, label in FIRST.items()]
    own = fields_of(view.settings, kind)
    swedish = view.say.is_swedish
    last = [
        Column(f"own.{name}", (told.label.sv if swedish else told.label.en) or name, "")
        for name, told in own.items()
        if not told.private
    ]
    return [*first, *_columns(BY_NAME[kind], "", ""), *last]


def _columns(model: type[BaseModel], before: str, above: str) -> Iterator[Column]:
    for name, many, _kinds, part, _required in shapes(model):
        info = model.model_fields[name]
        label = above + _(info.title or name)
        if part and not many:
            yield from _columns(part, f"{before}{name}.", f"{label}: ")
        else:
            yield Column(before + name, label, _(info.description or ""))


@lru_cache(maxsize=1)
def rows(view: View, kind: str) -> list[Sequence[Value]]:
    """The entries of a kind, in the order of their columns; both tables of a kind are written one after the other."""
    at = {column.name: number for number, column in enumerate(columns(view, kind))}
    empty: list[Value] = [None] * len(at)
    found: list[Sequence[Value]] = []
    for entry in view.catalogue.of(kind):
        row = empty.copy()
        _put(row, at, "", record(view, entry))
        found.append(row)
    return found


def _put(row: list[Value], at: Mapping[str, int], before: str, told: Mapping[str, Any]) -> None:
    """Put what a record, or a part of it, holds into its columns; a part lies in columns of its own."""
    for name, value in told.items():
        number = at.get(before + name)
        if number is not None:
            row[number] = _value(value)
        elif isinstance(value, dict):
            _put(row, at, f"{before}{name}.", value)


def _value(value: Any) -> Value:
    """What stands in a cell: a number, or text; of a list of parts their JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return int(value)  # 3, not 3.0
    if isinstance(value, int | float):
        return value
    if all(isinstance(one, str) for one in value):
        return BETWEEN.join(value)
    return json.dumps(value, ensure_ascii=False)
