"""Who refers to whom: every reference in an entry's fields and prose, and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from pydantic import BaseModel

from idesluss.kinds.entry import Entry
from idesluss.kinds.fields import part_of

PROSE = "body"


class Ref(NamedTuple):
    """A reference as it stands in an entry: where, to which id, and which kinds are allowed there."""

    field: tuple[str | int, ...]
    target: str
    kinds: tuple[str, ...]


class Mention(NamedTuple):
    """Seen from the entry that is referred to: who does it, and in which field (`body` is the prose)."""

    source: str
    field: str


class _Spec(NamedTuple):
    name: str
    many: bool
    kinds: tuple[str, ...]
    parts: tuple[_Spec, ...]


@cache
def _specs(model: type[BaseModel]) -> tuple[_Spec, ...]:
    """Where in a model references stand; only fields that hold some."""
    found = []
    for name, info in model.model_fields.items():
        notes = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
        told: Any = notes.get("x-idesluss", {})
        many = "tuple" in str(info.annotation)
        if told.get("to"):
            found.append(_Spec(name, many, tuple(told["to"]), ()))
            continue
        part = part_of(info.annotation)
        parts = _specs(part) if part else ()
        if parts:
            found.append(_Spec(name, many, (), parts))
    return tuple(found)


def references(entry: Entry) -> Iterator[Ref]:
    """All references in the entry's fields, in the order of the fields."""
    return _walk(entry, _specs(type(entry)), ())


def _walk(value: Any, specs: tuple[_Spec, ...], above: tuple[str | int, ...]) -> Iterator[Ref]:
    for name, many, kinds, parts in specs:
        held = getattr(value, name)
        if not held:
            continue
        at = (*above, name)
        for place, item in (((*at, n), one) for n, one in enumerate(held)) if many else ((at, held),):
            if kinds:
                yield Ref(place, item, kinds)
            else:
                yield from _walk(item, parts, place)


def prose_targets(entry: Entry) -> Iterator[str]:
    """The ids that the entry's prose links to."""
    for use in entry.body.links:
        if use.resolved.startswith("entry:"):
            yield use.resolved[6:].partition("#")[0]


class Named(NamedTuple):
    """A field of an entry, and the ids that it names, each once."""

    field: str
    ids: tuple[str, ...]


def named(entry: Entry) -> tuple[Named, ...]:
    """What an entry names, field by field; its prose comes last."""
    found = []
    for spec in _specs(type(entry)):
        held = getattr(entry, spec.name)
        if held:
            found.append(Named(spec.name, tuple(dict.fromkeys(_targets(held, spec)))))
    if entry.body.links:
        found.append(Named(PROSE, tuple(dict.fromkeys(prose_targets(entry)))))
    return tuple(found)


def mentions(told: Iterable[tuple[str, tuple[Named, ...]]]) -> Mapping[str, tuple[Mention, ...]]:
    """For each id that somebody names: who, in the order of the entries; `told` is what each entry names."""
    found: dict[str, list[Mention]] = {}
    for source, fields in told:
        for field, ids in fields:
            mention = Mention(source, field)
            for id_ in ids:
                found.setdefault(id_, []).append(mention)
    return {target: tuple(who) for target, who in found.items()}


def _targets(held: Any, spec: _Spec) -> Iterable[str]:
    """The ids in a field, without where in it they stand."""
    if spec.kinds:
        return held if spec.many else (held,)
    found: list[str] = []
    for part in held if spec.many else (held,):
        for below in spec.parts:
            value = getattr(part, below.name)
            if value:
                found += _targets(value, below)
    return found


@cache
def kinds_anywhere(model: type[Entry], field: str) -> frozenset[str]:
    """The kinds that every reference in a field of an entry may lead to, wherever in the field it stands."""
    specs = [spec for spec in _specs(model) if spec.name == field]
    allowed: list[frozenset[str]] = []
    for spec in specs:
        specs += spec.parts
        allowed += [frozenset(spec.kinds)] if spec.kinds else []
    return frozenset.intersection(*allowed) if allowed else frozenset()
