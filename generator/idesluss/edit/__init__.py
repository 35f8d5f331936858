"""Changes of an entry's file that leave everything else in it as its author wrote it, byte for byte.

No round trip through a YAML library keeps quotes, folds, gaps and line ends as they are, so the new words are spliced
into the text, and the result counts only if the strict reader reads exactly what was meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from functools import partial
from itertools import pairwise, takewhile
from typing import Any, NamedTuple
from unicodedata import normalize

from pydantic import BaseModel

from idesluss.edit import splice
from idesluss.edit.layout import Path, Unfit
from idesluss.edit.wording import Value, plain
from idesluss.front_matter import Refused, construct
from idesluss.kinds.fields import part_of
from idesluss.source import Source, parse

__all__ = ["Change", "Path", "Unfit", "Value", "added", "changed", "put", "taken"]

BOM = b"\xef\xbb\xbf"


class Change(NamedTuple):
    """One change: the field by its steps, such as ("tests", 0, "outcome"), and its value; None takes it out.

    `last` puts the value last into a list, instead of in the place of what is there.
    """

    field: Path
    value: Value | None
    last: bool = False


def put(field: str, value: Value) -> Change:
    """A field, its steps with dots between, gets a value."""
    return Change(tuple(field.split(".")), value)


def added(field: str, value: Value) -> Change:
    """A list gets one more item."""
    return Change(tuple(field.split(".")), value, last=True)


def taken(field: Path) -> Change:
    return Change(field, None)


def changed(data: bytes, changes: Iterable[Change], model: type[BaseModel]) -> bytes:
    """The file after the changes; Unfit where its layout does not allow one of them without touching more.

    `data` is a file that can be read, `model` its kind, which says in what order fields stand.
    """
    source, faults = parse("", data)
    if source is None or faults:
        raise Unfit
    front = source.front_text
    newline = "\r\n" if source.text[: source.text.index("\n") + 1].endswith("\r\n") else "\n"
    after = front
    for change in changes:
        after = _one(after, change, model, newline)
    return _whole(data, source, after)


def _whole(data: bytes, source: Source, front: str) -> bytes:
    start = source.text.index("\n") + 1
    text = source.text[:start] + front + source.text[start + len(source.front_text) :]
    return (BOM if data.startswith(BOM) else b"") + text.encode()


def _one(front: str, change: Change, model: type[BaseModel], newline: str) -> str:
    try:
        meant = _meant(construct(front).values, change)
    except (LookupError, TypeError):  # the way leads through what is not there, or is no part
        raise Unfit from None
    for tried in _ways(front, change, model):
        text = _with_line_ends(front, tried, newline)
        try:
            read = construct(text)
        except Refused:
            continue
        if read.values == meant and not read.doubles:
            return text
    raise Unfit


def _ways(front: str, change: Change, model: type[BaseModel]) -> Iterator[str]:
    if change.value is None:
        return splice.take(front, change.field)
    way = splice.add if change.last else splice.put
    return way(front, change.field, _composed(change.value), partial(_order, model))


def _with_line_ends(before: str, after: str, newline: str) -> str:
    """The new text with the file's line ends in what was put in; all else keeps its own."""
    if newline == "\n":
        return after
    same = _alike(before, after)
    tail = _alike(reversed(before[same:]), reversed(after[same:]))
    tail -= after[len(after) - tail :].startswith("\n")  # only the half of a line end
    new = after[same : len(after) - tail].replace("\r\n", "\n").replace("\n", newline)
    return after[:same] + new + after[len(after) - tail :]


def _alike(one: Iterable[str], other: Iterable[str]) -> int:
    """How many signs are the same at the beginning of two texts."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _order(model: type[BaseModel], part: Path) -> tuple[str, ...]:
    """The names of the fields of a part, by the way to it."""
    current: type[BaseModel] | None = model
    for step in part:
        if isinstance(step, str):
            info = current.model_fields.get(step) if current else None
            current = part_of(info.annotation) if info else None
    return tuple(current.model_fields) if current else ()


def _composed(value: Any) -> Any:
    """The value with its texts as the reader gives them."""
    if isinstance(value, dict):
        return {name: _composed(held) for name, held in value.items()}
    if isinstance(value, str):
        return normalize("NFC", value).replace("\r\n", "\n").strip()
    return value if isinstance(value, int) else [_composed(held) for held in value]


def _meant(values: dict[str, Any], change: Change) -> dict[str, Any]:
    """The fields as they are to be after the change."""
    result = deepcopy(values)
    if change.value is None:
        _take(result, change.field)
        return result
    value = plain(_composed(change.value))
    held: Any = result
    last = change.field[-1]
    for step, following in pairwise(change.field):
        if isinstance(held, dict) and step not in held:
            held[step] = [] if isinstance(following, int) else {}
        elif isinstance(held, list) and step == len(held):
            held.append([] if isinstance(following, int) else {})
        held = held[step]
    if change.last:
        if isinstance(held, dict):
            held.setdefault(last, []).append(value)
        else:
            held[last].append(value)
    elif isinstance(held, list) and last == len(held):
        held.append(value)
    else:
        held[last] = value
    return result


def _take(values: Any, field: Path) -> None:
    """Take a value out, and each part that is empty without it."""
    held = values
    for step in field[:-1]:
        held = held[step]
    del held[field[-1]]
    if not held and len(field) > 1:
        _take(values, field[:-1])
