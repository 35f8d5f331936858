"""A field as people name it, such as tests.2.outcome or coach, and where in a file it lies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from idesluss.edit import Change, Path, Value
from idesluss.kinds.entry import OWN, Entry
from idesluss.kinds.fields import part_of
from idesluss.problem import Text, text
from idesluss.settings import LocalField


class Named(NamedTuple):
    """Where a field lies: its steps, with items counted from 0; `kind` is what it holds ("" for text)."""

    field: Path
    kind: type | None = None
    several: bool = False
    needed: bool = False


class Unknown(Exception):  # noqa: N818 - not an error of the program
    """A name that leads to no field, with what to tell of it."""

    def __init__(self, said: Text, way_out: Text) -> None:
        super().__init__(said.msgid)
        self.said, self.way_out = said, way_out


def named(entry: Entry, name: str, own: Mapping[str, LocalField], *, whole: bool = False) -> Named:
    """The field of an entry that `name` leads to; items of a list are counted from 1, tests by their key too.

    Without a number, a field within a list is that of the last item if this one lacks it, else of a new one. `whole`
    lets the name of a part or an item through, which is no field itself.
    """
    if name in own:
        return Named((name,), None, own[name].type == "list", own[name].required)
    steps = name.split(".")
    model: type[BaseModel] | None = type(entry)
    held: Any = entry
    path: list[str | int] = []
    while True:
        step = steps.pop(0)
        if model is None or step not in model.model_fields or (step in OWN and not path):
            raise _unknown(name, path, step, model)
        info = model.model_fields[step]
        several = get_origin(info.annotation) is tuple
        model, held = part_of(info.annotation), getattr(held, step, None)
        path.append(step)
        if several and steps and (number := _number(held or (), steps[0])) is not None:
            steps.pop(0)
            held = held[number] if number < len(held or ()) else None
            path.append(number)
            several = False
            if not steps and (whole or model is None):
                return Named(tuple(path), _kind(info.annotation))
        elif several and steps and model is not None:
            number = _open_item(held or (), steps)
            held = held[number] if number < len(held or ()) else None
            path.append(number)
        if not steps:
            if model is not None and not whole:
                raise _unknown(name, path, "", model)
            return Named(tuple(path), _kind(info.annotation), several, info.is_required())


def is_there(entry: Entry, field: Path) -> bool:
    """Whether the entry holds something at the place."""
    held: Any = entry.extra.get(str(field[0])) if field[0] in entry.extra else entry
    for step in field if held is entry else ():
        if isinstance(step, int):
            held = held[step] if isinstance(held, tuple) and step < len(held) else None
        else:
            held = getattr(held, step, None)
    return held not in (None, (), "")


def put(entry: Entry, name: str, said: str, own: Mapping[str, LocalField]) -> Change:
    """The change that gives a field the value that somebody said; a list gets one more item."""
    found = named(entry, name, own)
    value: Value = said
    if found.kind is bool and said in ("true", "false"):
        value = said == "true"
    elif found.kind is int and said.isdecimal() and said.isascii() and not said.startswith("0"):
        value = int(said)
    return Change(found.field, value, last=found.several)


def _number(items: Sequence[Any], step: str) -> int | None:
    """Which item a step names: by its number, counted from 1, or by its key."""
    if step.isdecimal() and step.isascii() and int(step) > 0:
        return int(step) - 1
    return next((at for at, item in enumerate(items) if getattr(item, "key", None) == step), None)


def _open_item(items: Sequence[Any], steps: Sequence[str]) -> int:
    """The last item if it lacks the field that the steps lead to, else the one after it."""
    held = items[-1] if items else None
    for step in steps:
        held = getattr(held, step, None)
    return len(items) - 1 if items and held is None else len(items)


def _kind(annotation: Any) -> type | None:
    """What a field holds beside text: bool or int."""
    if annotation in (bool, int):
        return annotation  # type: ignore[no-any-return]
    return next((kind for kind in map(_kind, get_args(annotation)) if kind), None)


def _unknown(name: str, path: Path | list[str | int], step: str, model: type[BaseModel] | None) -> Unknown:
    before = "".join(f"{part + 1 if isinstance(part, int) else part}." for part in path)
    known = [f"{before}{field}" for field in _fields(model, bool(path))]
    if not step:
        return Unknown(
            text("{field} holds fields of its own", field=name), text("name one of them: {known}", known=known)
        )
    near = get_close_matches(f"{before}{step}", known, 1)
    way_out = text("did you mean {near}?", near=near[0]) if near else text("known are: {known}", known=known)
    return Unknown(text("there is no field {field}", field=name), way_out)


def _fields(model: type[BaseModel] | None, inside: bool) -> Iterator[str]:
    for name in model.model_fields if model else ():
        if inside or name not in OWN:
            yield name
