"""From a source to an entry: the fields checked against the kind's model, every fault with its line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any, Literal, NamedTuple, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from idesluss.body import read_body
from idesluss.kinds import kind_of_folder
from idesluss.kinds.entry import OWN, Entry
from idesluss.kinds.fields import Line, Moment, Prose, WebAddress, part_of
from idesluss.problem import N_, Place, Problem, Severity, Text, text
from idesluss.settings import Settings, fields_of
from idesluss.source import Source, parse

Model = TypeVar("Model", bound=BaseModel)


class Reading(NamedTuple):
    """What one file gave: with faults in it, `entry` is None and the problems say why."""

    source: Source | None
    entry: Entry | None
    problems: list[Problem]


def read(path: str, data: bytes, settings: Settings) -> Reading:
    """Read the file at `path` (relative, such as "ideas/2026/x.md") whose bytes are `data`."""
    parts = path.split("/")
    kind = kind_of_folder(parts[1]) if len(parts) > 2 else None  # noqa: PLR2004 - ideas/folder/file
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
    problems += [_unknown(source, (name,), kind) for name in OWN if front.pop(name, None) is not None]
    language = front["language"] if front.get("language") in ("sv", "en") else settings.language
    body = read_body(source.body, path, section_keys(kind), language)
    filled = {**front, "id": parts[-1].removesuffix(".md"), "path": path, "body": body, "extra": extra}
    entry, faults = validate(kind, source, filled)
    problems += faults
    return Reading(source, None if problems else entry, problems)


@cache
def section_keys(kind: type[Entry]) -> Mapping[str, str]:
    """The kind's sections by their headings in lower case, Swedish and English."""
    return {word.lower(): name.key for name in kind.sections for word in name.english + name.swedish}


def validate(model: type[Model], source: Source, values: dict[str, Any]) -> tuple[Model | None, list[Problem]]:
    """Fill the model from the values; each fault becomes a problem at its field's place in the source."""
    try:
        return model.model_validate(values), []
    except ValidationError as error:
        return None, [_problem(source, model, fault) for fault in error.errors(include_url=False)]


def _problem(source: Source, model: type[BaseModel], fault: Any) -> Problem:
    location = tuple(fault["loc"])
    kind, context, given = fault["type"], fault.get("ctx", {}), fault.get("input")
    if kind == "missing":
        message = text("{field} is missing", field=_dotted(location))
        place = source.place(*location[:-1]) if len(location) > 1 else source.place(*location)
        return Problem(source.path, place, "missing-field", Severity.ERROR, message, _add(model, location))
    if kind == "extra_forbidden":
        return _unknown(source, location, model)
    choices = _choices(model, location)
    near = get_close_matches(given, choices, 1) if isinstance(given, str) else []
    said, way_out = _FAULTS.get(kind, _OTHER)
    if kind == "literal_error" and near:
        way_out = N_("did you mean {near}? It may be: {expected}")
    if kind == "string_pattern_mismatch":
        said, way_out = _PATTERNS.get(_pattern_name(context.get("pattern", "")), (said, way_out))
    limits = [context[name] for name in ("max_length", "min_length", "ge", "le") if name in context]
    values = {
        "field": _dotted(location),
        "value": _short(given),
        "expected": tuple(choices),
        "limit": limits[0] if limits else "",
        "length": len(given) if isinstance(given, str) else 0,
        "near": near[0] if near else "",
    }
    message, hint = text(said, **values), text(way_out, **values)
    return Problem(source.path, source.place(*location), "bad-value", Severity.ERROR, message, hint)


_OTHER = (N_("{field} does not fit"), N_("see the field in the handbook"))
_GROUP = (N_("{field} holds fields of its own"), N_("write them below it, each as `name: value`, indented"))
_FAULTS: Mapping[str, tuple[str, str]] = {
    "dict_type": _GROUP,
    "model_type": _GROUP,
    "string_type": (N_("{field} is to be text"), N_("write one value after the colon")),
    "string_too_long": (N_("{field} has {length} characters; at most {limit} fit"), N_("shorten it; details go into the body")),
    "string_too_short": (N_("{field} is empty"), N_("write something, or take the field out")),
    "string_pattern_mismatch": (N_("{field} cannot be “{value}”"), N_("see the field in the handbook")),
    "literal_error": (N_("{field} cannot be “{value}”"), N_("it may be: {expected}")),
    "bool_parsing": (N_("{field} cannot be “{value}”"), N_("write true or false")),
    "bool_type": (N_("{field} is to be true or false"), N_("write true or false")),
    "int_parsing": (N_("{field} is to be a whole number, not “{value}”"), N_("write only digits, without spaces and units")),
    "int_type": (N_("{field} is to be a whole number"), N_("write only digits, without spaces and units")),
    "int_parsing_size": (N_("{field} is too large a number"), N_("write the number that you mean")),
    "greater_than_equal": (N_("{field} cannot be {value}"), N_("it is at least {limit}")),
    "less_than_equal": (N_("{field} cannot be {value}"), N_("it is at most {limit}")),
    "tuple_type": (N_("{field} is to be a list"), N_("write it as [{value}], or a line with - for each")),
    "too_short": (N_("{field} is an empty list"), N_("write at least one, or take the field out")),
    "no_such_day": (N_("{field}: there is no day {value}"), N_("write the date as YYYY-MM-DD")),
}
_PATTERNS: Mapping[str, tuple[str, str]] = {
    "day": (N_("{field} is to be a date, not “{value}”"), N_("write the date as YYYY-MM-DD")),
    "moment": (N_("{field} is to be a date, not “{value}”"), N_("write the date as YYYY, YYYY-MM or YYYY-MM-DD")),
    "clock": (N_("{field} is to be a time, not “{value}”"), N_("write the time as HH:MM")),
    "web": (N_("{field} is to be a web address, not “{value}”"), N_("it begins with https://")),
    "slug": (
        N_("{field} is to be the name of a file, not “{value}”"),
        N_("write the file's name without folder and .md: a-z, 0-9 and hyphens"),
    ),
    "line": (N_("{field} runs over more than one line"), N_("write it on one line; details go into the body")),
}


def _pattern_name(pattern: str) -> str:
    signs = {r"^\d{4}-": "day", r"^\d{4}(": "moment", "^([01]": "clock", "^http": "web", "^[^": "line"}
    found = next((name for start, name in signs.items() if pattern.startswith(start)), "")
    return found or ("slug" if "a-z0-9" in pattern and "-" in pattern else "")


def _unknown(source: Source, location: tuple[str | int, ...], model: type[BaseModel]) -> Problem:
    owner = _model_at(model, location[:-1]) or model
    names = [name for name in owner.model_fields if name not in OWN]
    near = get_close_matches(str(location[-1]), names, 1)
    hint = (
        text("did you mean {near}?", near=near[0])
        if near
        else text("take it out, or declare it under fields in idesluss.yml; known are: {known}", known=tuple(names))
    )
    message = text("there is no field {field}", field=_dotted(location))
    return Problem(source.path, source.key_place(*location), "unknown-field", Severity.ERROR, message, hint)


def _add(model: type[BaseModel], location: tuple[str | int, ...]) -> Text:
    choices = _choices(model, location)
    if choices:
        return text("write a line `{name}: …`; it may be: {expected}", name=location[-1], expected=tuple(choices))
    return text("write a line `{name}: …`", name=location[-1])


def _model_at(model: type[BaseModel], location: tuple[str | int, ...]) -> type[BaseModel] | None:
    """The model of the part that stands at a location, or None."""
    current: type[BaseModel] | None = model
    for step in location:
        if isinstance(step, int):
            continue
        info = current.model_fields.get(step) if current else None
        current = part_of(info.annotation) if info else None
    return current


def _choices(model: type[BaseModel], location: tuple[str | int, ...]) -> list[str]:
    names = [step for step in location if isinstance(step, str)]
    owner = _model_at(model, tuple(names[:-1])) if names else None
    info = owner.model_fields.get(names[-1]) if owner else None
    return _literals(info.annotation) if info else []


def _literals(annotation: Any) -> list[str]:
    arguments = get_args(annotation)
    if arguments and all(isinstance(argument, str) for argument in arguments):
        return list(arguments)
    return [word for argument in arguments for word in _literals(argument)]


def _dotted(location: tuple[str | int, ...]) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in location)


def _short(value: object) -> str:
    shown = value if isinstance(value, str) else ", ".join(map(str, value)) if isinstance(value, list | dict) else str(value)
    return shown if len(shown) <= 60 else shown[:59] + "…"  # noqa: PLR2004 - fits a line


def _no_kind(path: str) -> Problem:
    return Problem(
        path,
        Place(),
        "file-name",
        Severity.ERROR,
        text("no kind of entry lives in this folder"),
        text("ideas go into a folder named by the year, the others into needs/, cases/, units/ …"),
    )


_LOCAL_TYPES: Mapping[str, Any] = {
    "line": Line,
    "text": Prose,
    "number": float,
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
