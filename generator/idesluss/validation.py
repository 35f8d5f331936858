"""Values checked against a model: every fault in words, at its field's place in the file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from idesluss import ways_out
from idesluss.kinds.entry import OWN, Entry
from idesluss.kinds.fields import choices_of, part_of
from idesluss.kinds.words import VALUES
from idesluss.problem import N_, Problem, Severity, text
from idesluss.source import Source
from idesluss.stages import SPREAD, STAGES
from idesluss.translate import gettext, languages

Model = TypeVar("Model", bound=BaseModel)


def validate(
    model: type[Model], source: Source, values: dict[str, Any], own_words: Mapping[str, str] = MappingProxyType({})
) -> tuple[Model | None, list[Problem]]:
    """Fill the model from the values; each fault becomes a problem at its field's place in the source.

    `own_words` are what the instance calls some of the fixed values.
    """
    try:
        return model.model_validate(values), []
    except ValidationError as error:
        return None, [_problem(source, model, fault, own_words) for fault in error.errors(include_url=False)]


def _problem(source: Source, model: type[BaseModel], fault: Any, own_words: Mapping[str, str]) -> Problem:
    location = tuple(fault["loc"])
    kind, context, given = fault["type"], fault.get("ctx", {}), fault.get("input")
    if kind == "missing":
        return _missing(source, model, location)
    if kind == "extra_forbidden":
        return unknown_field(source, location, model)
    if location[-1] == OF_KEY:
        return _wrong_name(source, model, location[:-1])
    choices = choices_at(model, location)
    near = _meant(given, choices, own_words) if isinstance(given, str) else []
    said, way_out = _FAULTS.get(kind, _OTHER)
    if kind == "literal_error" and near:
        way_out = N_("did you mean {near}? It may be: {expected}")
    whole = _AMOUNT.fullmatch(given) if kind == "int_parsing" and isinstance(given, str) else None
    if whole:
        way_out = N_("write {meant}: only digits, without spaces and units")
    if kind == "literal_error" and given == SPREAD.name and location[-1] in STAGE_FIELDS:
        way_out = N_("“{value}” is never typed: it shows when somebody else has confirmed an adoption in use")
    if kind == "string_pattern_mismatch":
        name = _pattern_name(context.get("pattern", ""))
        name = name if name != "slug" else _SLUGS.get(_last_name(location), name)
        said, way_out = _PATTERNS.get(name, (said, way_out))
    limits = [context[name] for name in ("max_length", "min_length", "ge", "le") if name in context]
    values = {
        "field": _dotted(location),
        "value": _short(given),
        "expected": choices,
        "limit": limits[0] if limits else "",
        "length": len(given) if isinstance(given, str) else 0,
        "near": near[0] if near else "",
        "meant": "".join(filter(str.isdecimal, whole[1])) if whole else "",
    }
    message, hint = text(said, **values), text(way_out, **values)
    if kind in ("dict_type", "model_type"):
        part = part_of(_annotation_at(model, location))
        hint = ways_out.of_group(given, part.model_fields if part else ())
    elif kind == "tuple_type":
        hint = ways_out.of_list(given, _short(given))
    return Problem(source.path, source.place(*location), "bad-value", Severity.ERROR, message, hint)


OF_KEY = "[key]"
"""The last step of a location that is the name of something in a mapping, not its value."""
STAGE_FIELDS = frozenset({"stage", "to"})
"""Fields that hold the stage of an idea, or the one that a decision leads to."""
_LABELS: Mapping[str, str] = {**VALUES, **{stage.name: stage.label for stage in STAGES.values()}}

_OTHER = (N_("{field} does not fit"), N_("see the field in the handbook"))
_GROUP = (N_("{field} holds fields of its own"), "")
_FAULTS: Mapping[str, tuple[str, str]] = {
    "dict_type": _GROUP,
    "model_type": _GROUP,
    "string_type": (
        N_("{field} is to be text"),
        N_("write one value after the colon, without [ ] and {{ }}; text that begins with one of these needs quotes"),
    ),
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
    "float_parsing": (
        N_("{field} is to be a number, not “{value}”"),
        N_("write only digits, with a point for decimals, without spaces and units"),
    ),
    "float_type": (
        N_("{field} is to be a number, not “{value}”"),
        N_("write only digits, with a point for decimals, without spaces and units"),
    ),
    "finite_number": (N_("{field} is too large a number"), N_("write the number that you mean")),
    "int_parsing_size": (N_("{field} is too large a number"), N_("write the number that you mean")),
    "greater_than_equal": (N_("{field} cannot be {value}"), N_("it is at least {limit}")),
    "less_than_equal": (N_("{field} cannot be {value}"), N_("it is at most {limit}")),
    "tuple_type": (N_("{field} is to be a list"), ""),
    "too_short": (N_("{field} is an empty list"), N_("write at least one, or take the field out")),
    "no_such_year": (
        N_("{field}: the year of {value} can hardly be meant"),
        N_("write a year from 1800 to 2999"),
    ),
    "ends_first": (
        N_("{field} is {value}, which is before the beginning"),
        N_("write a later day, or let the two change places"),
    ),
    "no_such_day": (N_("{field}: there is no day {value}"), N_("write the date as YYYY-MM-DD")),
}
_AMOUNT = re.compile(r"(\d+|\d{1,3}(?:[\s.]\d{3})+)\s?(?:kr|kronor|SEK|:-)?\.?", re.IGNORECASE)
"""A whole number as people write it: with its thousands apart, or with kronor after it."""
_PATTERNS: Mapping[str, tuple[str, str]] = {
    "day": (N_("{field} is to be a date, not “{value}”"), N_("write the date as YYYY-MM-DD")),
    "moment": (N_("{field} is to be a date, not “{value}”"), N_("write the date as YYYY, YYYY-MM or YYYY-MM-DD")),
    "clock": (N_("{field} is to be a time, not “{value}”"), N_("write the time as HH:MM")),
    "web": (
        N_("{field} is to be a web address, not “{value}”"),
        N_("it begins with https:// and has no spaces and no quotes"),
    ),
    "home": (
        N_("{field} is to be a web address, not “{value}”"),
        N_("it begins with https:// and ends with a /, such as https://idesluss.example/"),
    ),
    "slug": (
        N_("{field} is to be the name of a file, not “{value}”"),
        N_("write the file's name without folder and .md: a-z, 0-9 and hyphens"),
    ),
    "theme": (
        N_("{field} is to be the name of a theme, not “{value}”"),
        N_("write the theme's `id` in idesluss.yml; where there are more, part them by commas"),
    ),
    "short": (
        N_("{field} is to be a short name, not “{value}”"),
        N_("write a-z, 0-9 and hyphens, without spaces"),
    ),
    "line": (N_("{field} runs over more than one line"), N_("write it on one line; details go into the body")),
}
_SLUGS: Mapping[str, str] = {
    "themes": "theme",
    "from_themes": "theme",
    "key": "short",
    "id": "short",
    "instance": "short",
}
"""Fields whose short name is not that of a file."""
_SIGNS: Mapping[str, str] = {
    r"^\d{4}-": "day",
    r"^\d{4}(": "moment",
    "^([01]": "clock",
    r"^https?://[^\s?": "home",
    "^http": "web",
    "^[^": "line",
}
"""How the patterns of the field types begin."""


def _pattern_name(pattern: str) -> str:
    found = next((name for start, name in _SIGNS.items() if pattern.startswith(start)), "")
    return found or ("slug" if "a-z0-9" in pattern and "-" in pattern else "")


def _last_name(location: tuple[str | int, ...]) -> str:
    return next((step for step in reversed(location) if isinstance(step, str)), "")


def unknown_field(source: Source, location: tuple[str | int, ...], model: type[BaseModel]) -> Problem:
    owner = part_of(_annotation_at(model, location[:-1])) or model
    own = OWN if issubclass(owner, Entry) else frozenset()
    names = [name for name in owner.model_fields if name not in own]
    meant = ways_out.of_unknown(str(location[-1]), owner, names, source)
    if location[-1] == "<<":
        hint = text("fields are not merged; write them out")
    elif meant:
        hint = meant
    elif own:
        hint = text("take it out, or declare it under fields in idesluss.yml; known are: {known}", known=tuple(names))
    else:
        hint = text("take it out; known are: {known}", known=tuple(names))
    message = text("there is no field {field}", field=_dotted(location))
    return Problem(source.path, source.key_place(*location), "unknown-field", Severity.ERROR, message, hint)


def _wrong_name(source: Source, model: type[BaseModel], location: tuple[str | int, ...]) -> Problem:
    """A name in a mapping that no such name may be."""
    known = choices_at(model, (*location[:-1], OF_KEY))
    near = _meant(str(location[-1]), known)
    if near:
        hint = text("did you mean {near}? It may be: {expected}", near=near[0], expected=known)
    elif known:
        hint = text("it may be: {expected}", expected=known)
    else:
        hint = text("a name has small letters a-z, digits and _, at most 40, and begins with a letter")
    message = text("{field} is no name that can stand here", field=_dotted(location))
    return Problem(source.path, source.key_place(*location), "bad-value", Severity.ERROR, message, hint)


def _missing(source: Source, model: type[BaseModel], location: tuple[str | int, ...]) -> Problem:
    place = source.place(*location)
    annotation, choices = _annotation_at(model, location), choices_at(model, location)
    shown = "[…]" if get_origin(annotation) is tuple else "…"
    values = {"name": location[-1], "shown": shown, "expected": choices}
    if source.names(*location):
        hint = text("write the value after `{name}:`", **values)
        if choices:
            hint = text("write the value after `{name}:`; it may be: {expected}", **values)
        elif re.match(r"\s*#\S", source.line(place.line)[place.column - 1 :]):
            hint = text("write the value after `{name}:`; one that begins with # needs quotes", **values)
        return Problem(
            source.path, place, "missing-field", Severity.ERROR, text("{field} is empty", field=_dotted(location)), hint
        )
    hint = text("write a line `{name}: {shown}`", **values)
    if choices:
        hint = text("write a line `{name}: {shown}`; it may be: {expected}", **values)
    place = source.place(*location[:-1]) if len(location) > 1 else place
    message = text("{field} is missing", field=_dotted(location))
    return Problem(source.path, place, "missing-field", Severity.ERROR, message, hint)


def called(given: str, choices: Sequence[str]) -> list[str]:
    """The choices that are called so on the pages in one of the languages."""
    said = given.strip().casefold()
    return [
        choice
        for choice in choices
        if choice in _LABELS and said in {gettext(_LABELS[choice], language).casefold() for language in languages()}
    ]


def _meant(given: str, choices: Sequence[str], own_words: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """The choice that somebody may have meant: by what it is called, here or elsewhere, or by its letters."""
    own = [choice for choice in choices if own_words.get(choice, "").casefold() == given.strip().casefold()]
    return own or called(given, choices) or get_close_matches(given, choices, 1)


def _annotation_at(model: type[BaseModel], location: tuple[str | int, ...]) -> Any:
    """What may stand at a location, as its model says; None where nothing may."""
    current: Any = model
    for step in location:
        if isinstance(step, int):
            continue
        mapping = _mapping_of(current)
        if mapping:
            current = mapping[0] if step == OF_KEY else mapping[1]
            continue
        owner = part_of(current)
        info = owner.model_fields.get(step) if owner else None
        current = info.annotation if info else None
    return current


def _mapping_of(annotation: Any) -> tuple[Any, ...]:
    """What may be the names and the values of a mapping, or nothing for what is none."""
    return get_args(annotation) if get_origin(annotation) is Mapping else ()


def choices_at(model: type[BaseModel], location: tuple[str | int, ...]) -> tuple[str, ...]:
    """The fixed values that the field at a location may have; none where it may have others."""
    return choices_of(_annotation_at(model, location))


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
