"""Values checked against a model: every fault in words, at its field's place in the file."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from idesluss.kinds.entry import OWN
from idesluss.kinds.fields import part_of
from idesluss.problem import N_, Problem, Severity, Text, text
from idesluss.source import Source
from idesluss.stages import SPREAD

Model = TypeVar("Model", bound=BaseModel)


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
        return unknown_field(source, location, model)
    choices = _choices(model, location)
    near = get_close_matches(given, choices, 1) if isinstance(given, str) else []
    said, way_out = _FAULTS.get(kind, _OTHER)
    if kind == "literal_error" and near:
        way_out = N_("did you mean {near}? It may be: {expected}")
    if kind == "literal_error" and given == SPREAD.name and location[-1] in STAGE_FIELDS:
        way_out = N_("“{value}” is never typed: it shows when somebody else has confirmed an adoption in use")
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


STAGE_FIELDS = frozenset({"stage", "to"})
"""Fields that hold the stage of an idea, or the one that a decision leads to."""

_OTHER = (N_("{field} does not fit"), N_("see the field in the handbook"))
_GROUP = (N_("{field} holds fields of its own"), N_("write them below it, each as `name: value`, indented"))
_FAULTS: Mapping[str, tuple[str, str]] = {
    "dict_type": _GROUP,
    "model_type": _GROUP,
    "string_type": (N_("{field} is to be text"), N_("write one value after the colon")),
    "string_too_long": (
        N_("{field} has {length} characters; at most {limit} fit"),
        N_("shorten it; details go into the body"),
    ),
    "string_too_short": (N_("{field} is empty"), N_("write something, or take the field out")),
    "string_pattern_mismatch": (N_("{field} cannot be “{value}”"), N_("see the field in the handbook")),
    "literal_error": (N_("{field} cannot be “{value}”"), N_("it may be: {expected}")),
    "bool_parsing": (N_("{field} cannot be “{value}”"), N_("write true or false")),
    "bool_type": (N_("{field} is to be true or false"), N_("write true or false")),
    "int_parsing": (
        N_("{field} is to be a whole number, not “{value}”"),
        N_("write only digits, without spaces and units"),
    ),
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


def unknown_field(source: Source, location: tuple[str | int, ...], model: type[BaseModel]) -> Problem:
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
    shown = (
        value
        if isinstance(value, str)
        else ", ".join(map(str, value))
        if isinstance(value, list | dict)
        else str(value)
    )
    return shown if len(shown) <= 60 else shown[:59] + "…"
