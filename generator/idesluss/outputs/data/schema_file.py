"""The JSON Schema of the data, made from the kinds: one for `catalogue.json` and for the file of each entry."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from idesluss.kinds import KINDS
from idesluss.kinds.entry import OWN, Entry
from idesluss.kinds.idea import Idea
from idesluss.outputs.data.record import SCHEMA, VERSION
from idesluss.schema import DIALECT, in_words, local
from idesluss.settings import Settings, fields_of
from idesluss.stages import STAGES
from idesluss.translate import gettext as _

_DAY = {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
_ADDRESS = {"type": "string", "format": "uri"}
_HEAD = {"$schema": _ADDRESS, "schema_version": {"const": VERSION}, "licence": _ADDRESS}


def schema(settings: Settings) -> dict[str, Any]:
    """The whole schema, with labels in the portal's language and the instance's own fields."""
    made, whole = models_json_schema([(kind, "validation") for kind in KINDS], ref_template="#/$defs/{model}")
    names = {kind: made[kind, "validation"]["$ref"].rpartition("/")[2] for kind in KINDS}
    parts = {name: _seen(part) for name, part in whole["$defs"].items() if name not in names.values()}
    for part in parts.values():
        part.pop("title", None)  # the name of a class is no label
    kinds = {kind.kind: _kind(kind, whole["$defs"][names[kind]], settings) for kind in KINDS}
    defs = in_words({**parts, **kinds}, settings.language)
    entry = {"oneOf": [{"$ref": f"#/$defs/{kind}"} for kind in kinds]}
    return {
        "$schema": DIALECT,
        "$id": settings.address + SCHEMA,
        "title": settings.name,
        "oneOf": [
            {
                "title": _("All entries"),
                "type": "object",
                "properties": {
                    **_HEAD,
                    **{key: {"type": "string"} for key in ("name", "owner")},
                    "address": _ADDRESS,
                    "language": {"enum": ["sv", "en"]},
                    "themes": {"type": "array", "items": {"$ref": "#/$defs/theme"}},
                    "entries": {"type": "array", "items": {"$ref": "#/$defs/entry"}},
                },
                "required": [*_HEAD, "name", "owner", "address", "language", "themes", "entries"],
                "additionalProperties": False,
            },
            {
                "title": _("One entry"),
                "type": "object",
                "properties": {**_HEAD, "entry": {"$ref": "#/$defs/entry"}},
                "required": [*_HEAD, "entry"],
                "additionalProperties": False,
            },
            {
                "title": _("No entry any more"),
                "type": "object",
                "properties": {**_HEAD, "status": {"enum": ["gone", "in_correction"]}},
                "required": ["$schema", "schema_version", "status"],
                "additionalProperties": False,
            },
        ],
        "$defs": {**defs, "entry": entry, "theme": _THEME},
    }


_STEP: dict[str, Any] = {"stage": {"enum": list(STAGES)}, "date": _DAY, "stated": {"type": "boolean"}}
_THEME: dict[str, Any] = {
    "type": "object",
    "properties": {key: {"type": "string"} for key in ("id", "title", "summary")},
    "required": ["id", "title"],
    "additionalProperties": False,
}


def _kind(kind: type[Entry], made: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """The schema of a record: the fields of the kind, and what a record adds to them."""
    told = _seen(made)
    fields = {name: part for name, part in told["properties"].items() if name not in OWN}
    own = {name: local(field, settings.language) for name, field in fields_of(settings, kind.kind).items()}
    shown = {name: part for name, part in own.items() if not fields_of(settings, kind.kind)[name].private}
    key = {"key": {"enum": [section.key for section in kind.sections]}} if kind.sections else {}
    return {
        **told,
        "title": kind.label,
        "properties": {
            "id": {"type": "string"},
            "kind": {"const": kind.kind},
            "url": _ADDRESS,
            "published": _DAY,
            "modified": _DAY,
            "picture": _ADDRESS,
            **fields,
            "own": {"type": "object", "properties": shown, "additionalProperties": False},
            **({"steps": _list(_STEP)} if kind is Idea else {}),
            "text": _list({**key, "title": {"type": "string"}, "html": {"type": "string"}}, "html"),
        },
        "required": ["id", "kind", "url", "title"],  # another may name what this reader is not to see
    }


def _list(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    """The schema of a list of objects that hold nothing else."""
    needed = list(required or properties)
    item = {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}
    return {"type": "array", "items": item}


def _seen(node: Any) -> Any:
    """The schema without fields that never leave the instance; of our notes only what a reference leads to stays."""
    if isinstance(node, list):
        return [_seen(item) for item in node]
    if not isinstance(node, dict):
        return node
    notes = node.get("x-idesluss")
    made = {key: _seen(value) for key, value in node.items() if key != "x-idesluss"}
    if isinstance(notes, dict) and notes.get("to"):
        made["x-idesluss"] = {"to": list(notes["to"])}
    if isinstance(node.get("properties"), dict):
        hidden = [name for name, told in node["properties"].items() if _is_private(told)]
        made["properties"] = {name: told for name, told in made["properties"].items() if name not in hidden}
        made["required"] = [name for name in made.get("required", ()) if name not in hidden]
    return made


def _is_private(told: Any) -> bool:
    return isinstance(told, dict) and bool((told.get("x-idesluss") or {}).get("private"))
