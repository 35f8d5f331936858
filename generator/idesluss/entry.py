"""From a source to an entry: the fields checked against the kind's model, every fault with its line."""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model

from idesluss.body import read_body
from idesluss.kinds import kind_of_folder
from idesluss.kinds.entry import OWN, Entry
from idesluss.kinds.fields import Line, Moment, Prose, WebAddress
from idesluss.problem import Place, Problem, Severity, text
from idesluss.settings import Settings, fields_of
from idesluss.source import Source, parse
from idesluss.validation import unknown_field, validate


class Reading(NamedTuple):
    """What one file gave: with faults in it, `entry` is None and the problems say why."""

    source: Source | None
    entry: Entry | None
    problems: list[Problem]


def read(path: str, data: bytes, settings: Settings) -> Reading:
    """Read the file at `path` (relative, such as "ideas/2026/x.md") whose bytes are `data`."""
    steps = in_steps(path, data, settings)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            reading: Reading = done.value
            return reading


def in_steps(path: str, data: bytes, settings: Settings) -> Generator[None, None, Reading]:
    """What `read` does, with a stop before each step, so that many files can take each step together."""
    parts = path.split("/")
    kind = kind_of_folder(parts[1]) if len(parts) > 2 else None
    if kind is None:
        return Reading(None, None, [_no_kind(path)])
    source, problems = parse(path, data)
    if source is None:
        return Reading(None, None, problems)
    own = fields_of(settings, kind.kind)
    front = {name: value for name, value in source.front.items() if name not in own}
    extra: Mapping[str, Any] = {}
    if own:
        given = {name: value for name, value in source.front.items() if name in own}
        definition = json.dumps({name: told.model_dump() for name, told in own.items()}, sort_keys=True)
        local, faults = validate(_local_model(kind.kind, definition), source, given)
        problems += faults
        extra = local.model_dump() if local else {}
    problems += [unknown_field(source, (name,), kind) for name in OWN if front.pop(name, None) is not None]
    language = front["language"] if front.get("language") in ("sv", "en") else settings.language
    yield
    body = read_body(source.body, path, section_keys(kind), language)
    yield
    filled = {**front, "id": parts[-1].removesuffix(".md"), "path": path, "body": body, "extra": extra}
    entry, faults = validate(kind, source, filled, {str(name): word for name, word in settings.stages.items()})
    problems += faults
    return Reading(source, None if problems else entry, problems)


@cache
def section_keys(kind: type[Entry]) -> Mapping[str, str]:
    """The kind's sections by their headings in lower case, Swedish and English."""
    return {word.lower(): name.key for name in kind.sections for word in name.english + name.swedish}


def _no_kind(path: str) -> Problem:
    return Problem(
        path,
        Place(),
        "file-name",
        Severity.ERROR,
        text("no kind of entry lives in this folder"),
        text("ideas go into a folder named by the year, the others into needs/, cases/, units/ …"),
    )


_EXACT = 2.0**53


def _as_written(number: float) -> float:
    """A whole number without decimals, as its author wrote it."""
    return int(number) if number.is_integer() and abs(number) < _EXACT else number


_LOCAL_TYPES: Mapping[str, Any] = {
    "line": Line,
    "text": Prose,
    "number": Annotated[float, Field(allow_inf_nan=False), AfterValidator(_as_written)],
    "date": Moment,
    "yes_no": bool,
    "list": tuple[Line, ...],
    "link": WebAddress,
}


@cache
def _local_model(kind: str, definition: str) -> type[BaseModel]:
    """A model of an instance's own fields for a kind; `definition` is the settings' part as JSON."""
    model = {}
    for name, told in json.loads(definition).items():
        kind_of_value = Literal[tuple(told["choices"])] if told["type"] == "choice" else _LOCAL_TYPES[told["type"]]
        model[name] = (kind_of_value, ...) if told["required"] else (kind_of_value | None, None)
    return create_model(f"Local{kind}", __config__=ConfigDict(frozen=True, extra="forbid"), **model)  # type: ignore[call-overload, no-any-return]
