"""An entry as data: every field that may be seen, with nothing left of what this audience has not got."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from urllib.parse import quote

from pydantic import BaseModel

from idesluss.kept import public_part
from idesluss.kinds.entry import OWN, Entry
from idesluss.kinds.fields import part_of
from idesluss.kinds.idea import Idea
from idesluss.outputs import media
from idesluss.outputs.dates import dates
from idesluss.outputs.prose import put_addresses
from idesluss.outputs.view import View
from idesluss.settings import Settings

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

SCHEMA = "schema/catalogue.json"
"""Where the schema is published."""
VERSION = "1.0"
"""Of the shape of the data. The first number grows when something is taken away or means something else."""
ADDED = ("id", "kind", "url", "published", "modified", "picture", "own", "steps", "text")
"""What a record holds beside the entry's own fields; no field of a kind has one of these names."""
_ATTRIBUTE = re.compile(r' href="#')


class Shape(NamedTuple):
    """How a field is told of: `kinds` are those that a reference may lead to, `part` is the model of its own fields."""

    name: str
    many: bool
    kinds: tuple[str, ...]
    part: type[BaseModel] | None
    required: bool


@cache
def shapes(model: type[BaseModel]) -> tuple[Shape, ...]:
    """The fields of a model that may leave the instance, in their order."""
    found = []
    for name, info in model.model_fields.items():
        notes = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
        told: Any = notes.get("x-idesluss", {})
        if (issubclass(model, Entry) and name in OWN) or told.get("private"):
            continue
        many = "tuple" in str(info.annotation)
        found.append(Shape(name, many, tuple(told.get("to", ())), part_of(info.annotation), info.is_required()))
    return tuple(found)


def head_of(settings: Settings) -> dict[str, Any]:
    """What every file of data begins with."""
    return {"$schema": settings.address + SCHEMA, "schema_version": VERSION}


def notice(view: View, is_gone: bool) -> bytes:
    """What stands in place of the data of an entry that was public; it tells nothing of the entry."""
    told = {**head_of(view.settings), "status": "gone" if is_gone else "in_correction"}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def record(view: View, entry: Entry) -> dict[str, Any]:
    """All fields of an entry that hold something; its prose is not among them."""
    entry = entry if view.catalogue.audience == "public" else public_part(entry, view.settings)
    published, modified = dates(view, entry)
    told: dict[str, Any] = {
        "id": entry.id,
        "kind": entry.kind,
        "url": view.settings.address + view.catalogue.address(entry.id),
    }
    if published:
        told |= {"published": published, "modified": modified}
    told |= _fields(entry, view.catalogue.entries)
    if entry.image and entry.image.file in view.pictures:
        told["picture"] = view.settings.address + quote(media.address(entry.image.file, media.WIDEST))
    own = {name: _plain(value) for name, value in entry.extra.items() if value not in (None, ())}
    if own:
        told["own"] = own
    steps = view.catalogue.steps(entry) if isinstance(entry, Idea) else ()
    if steps:
        told["steps"] = [{"stage": step.stage, "date": step.day, "stated": step.is_stated} for step in steps]
    return told


def named(catalogue: Catalogue, entry: Entry) -> Iterable[str]:
    """What `Artifact.reads` has for the entries that a record names: that they can be seen, and where they lie."""
    return dict.fromkeys(f"{target}#card" for target in catalogue.named(entry))


def with_text(view: View, entry: Entry) -> dict[str, Any]:
    """The same with the prose as HTML, part by part; `view` leads from anywhere."""
    body = entry.body
    parts = [{"html": _html(view, entry, body.lead)}] if body.lead.strip() else []
    for section in body.sections:
        key = {"key": section.key} if section.key else {}
        parts.append({**key, "title": section.title, "html": _html(view, entry, section.html)})
    if body.notes:
        parts.append({"html": _html(view, entry, body.notes)})
    return {**record(view, entry), **({"text": parts} if parts else {})}


def _html(view: View, entry: Entry, html: str) -> str:
    """A piece of prose whose links hold wherever it is read."""
    page = view.settings.address + view.catalogue.address(entry.id)
    return _ATTRIBUTE.sub(f' href="{page}#', put_addresses(view, html.strip()))


class _Step(NamedTuple):
    """What to do with a field: `holds` a reference, a part, or a plain value ("")."""

    name: str
    many: bool
    holds: Literal["reference", "part", ""]


@cache
def _steps(model: type[BaseModel]) -> tuple[tuple[_Step, ...], frozenset[str]]:
    """How a model is turned into data, and those of its required fields that may get lost on the way."""
    told = [
        (shape, _Step(shape.name, shape.many, "reference" if shape.kinds else "part" if shape.part else ""))
        for shape in shapes(model)
    ]
    return tuple(step for _, step in told), frozenset(
        step.name for shape, step in told if shape.required and step.holds
    )


def _fields(holder: BaseModel, known: Collection[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    values = vars(holder)
    for name, many, holds in _steps(type(holder))[0]:
        value = values[name]
        if value is None or (not value and value == ()):
            continue
        if holds == "reference":
            kept = [one for one in (value if many else (value,)) if one in known or ":" in one]
        elif holds:
            kept = [told for one in (value if many else (value,)) if (told := _seen(one, known)) is not None]
        else:
            found[name] = list(value) if isinstance(value, tuple) else value
            continue
        if kept:
            found[name] = kept if many else kept[0]
    return found


def _seen(part: BaseModel, known: Collection[str]) -> dict[str, Any] | None:
    """A part as data; None for what would only make sense with an entry that is not to be seen."""
    told = _fields(part, known)
    return told if _steps(type(part))[1] <= told.keys() else None


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
