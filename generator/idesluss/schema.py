"""The JSON Schema of a kind or of the settings, with titles and descriptions in the reader's language."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from idesluss.kinds import BY_NAME
from idesluss.kinds.entry import OWN
from idesluss.problem import N_
from idesluss.settings import LocalField, Settings, fields_of
from idesluss.translate import gettext

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SETTINGS = "settings"

_LOCAL_TYPES: Mapping[str, Mapping[str, Any]] = {
    "line": {"type": "string", "maxLength": 300, "pattern": r"^[^\n]*$"},
    "text": {"type": "string", "maxLength": 2000},
    "number": {"type": "number"},
    "date": {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
    "yes_no": {"type": "boolean"},
    "choice": {"type": "string"},
    "list": {"type": "array", "items": {"type": "string", "maxLength": 300}},
    "link": {"type": "string", "pattern": r"^https?://"},
}


def schema_of(name: str, language: str, settings: Settings | None = None) -> dict[str, Any]:
    """The schema of a kind, such as "idea", or of "settings". With settings it knows own fields and themes."""
    model: type[BaseModel] = Settings if name == SETTINGS else BY_NAME[name]
    made: dict[str, Any] = model.model_json_schema()
    for part in made.get("$defs", {}).values():
        part.pop("title", None)  # the name of a class is no label
    said: dict[str, Any] = in_words(_lenient(made), language)
    said["title"] = gettext(N_("Settings") if name == SETTINGS else BY_NAME[name].label, language)
    if name != SETTINGS:
        said["properties"] = {field: told for field, told in said["properties"].items() if field not in OWN}
    if settings is not None and name != SETTINGS:
        own = fields_of(settings, name)
        said["properties"] |= {field: local(told, language) for field, told in own.items()}
        said["required"] = [*said.get("required", ()), *(field for field, told in own.items() if told.required)]
        said["properties"]["themes"]["items"] = {"enum": [theme.id for theme in settings.themes]}
    where = settings.address if settings else "urn:idesluss:"
    return {"$schema": DIALECT, "$id": f"{where}schema/{name}.json", **said}


def _lenient(node: Any) -> Any:
    """Text may stand without quotes even where YAML then sees a number, such as a year: our reader takes it too."""
    if isinstance(node, dict):
        changed = {key: _lenient(value) for key, value in node.items() if value or key != "x-idesluss"}
        told = changed.get("pattern", "")
        if changed.get("type") == "string" and not {"enum", "const"} & changed.keys() and "http" not in told:
            changed["type"] = ["string", "number"]
        return changed
    return [_lenient(item) for item in node] if isinstance(node, list) else node


def in_words(node: Any, language: str) -> Any:
    """The schema with what people read of it in their language."""
    if isinstance(node, list):
        return [in_words(item, language) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: in_words(value, language) for key, value in node.items()}
    for key in ("title", "description"):
        if isinstance(made.get(key), str):
            made[key] = gettext(inspect.cleandoc(made[key]), language)
    return made


def local(told: LocalField, language: str) -> dict[str, Any]:
    label, help_ = (getattr(words, language) or words.sv or words.en for words in (told.label, told.help))
    named = {key: said for key, said in (("title", label), ("description", help_)) if said}
    choices = {"enum": list(told.choices)} if told.type == "choice" else {}
    return {**_LOCAL_TYPES[told.type], **choices, **named}
