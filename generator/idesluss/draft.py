"""The file of a new entry as text: what is known already, and comments that say what is to be filled in."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any, NamedTuple, get_origin

from pydantic import BaseModel

from idesluss.kinds.entry import OWN, Entry, SectionName
from idesluss.kinds.fields import choices_of, part_of
from idesluss.settings import Settings, fields_of
from idesluss.translate import gettext

OFFERED = ("summary", "themes")
"""Fields that nobody has to fill in but that are worth asking for from the start."""
_BARE = re.compile(r"[^\W\d_][\w ,.()/–-]*(?<! )|\d{4}-\d\d-\d\d")
_NOT_TEXT = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


class Asked(NamedTuple):
    """A field to ask for: its name (with a dot if it lies within another), its label, and which values it takes."""

    name: str
    label: str
    help: str = ""
    choices: tuple[str, ...] = ()
    several: bool = False
    to: tuple[str, ...] = ()
    needed: bool = True

    @property
    def words(self) -> str:
        """The label and the help, in one line."""
        return ". ".join(filter(None, (gettext(self.label), gettext(self.help))))


class Draft(NamedTuple):
    """What is known of a new entry: values by the fields' dotted names, texts by the sections' keys."""

    kind: type[Entry]
    title: str
    values: Mapping[str, str | Sequence[str]]
    sections: Mapping[str, str]
    day: datetime.date
    door: str


def asked_of(kind: type[Entry], settings: Settings | None, language: str) -> list[Asked]:
    """What a kind, and the instance itself, ask for from the start, beside the title."""
    own = fields_of(settings, kind.kind).items() if settings else ()
    themes = tuple(theme.id for theme in settings.themes) if settings else ()
    return [
        *(
            field._replace(choices=themes) if field.name == "themes" else field
            for field in _asked(kind, "")
            if field.name != "title"
        ),
        *(
            Asked(
                name,
                getattr(told.label, language) or name,
                getattr(told.help, language) or "",
                told.choices,
                told.type == "list",
            )
            for name, told in own
            if told.required
        ),
    ]


def _asked(model: type[BaseModel], before: str) -> Iterator[Asked]:
    for name, info in model.model_fields.items():
        if not info.is_required() and (before or name not in OFFERED):
            continue
        part = part_of(info.annotation)
        if part is not None:
            yield from _asked(part, f"{before}{name}.")
            continue
        notes: Any = info.json_schema_extra or {}
        yield Asked(
            name=f"{before}{name}",
            label=info.title or name,
            help=info.description or "",
            choices=choices_of(info.annotation),
            several=get_origin(info.annotation) is tuple,
            to=notes.get("x-idesluss", {}).get("to", ()),
            needed=info.is_required(),
        )


def heading(section: SectionName, language: str) -> str:
    """The heading that a new entry gets for a section."""
    return section.swedish[-1] if language == "sv" else section.english[0]


def written(draft: Draft, fields: Sequence[Asked], settings: Settings, schema: str) -> str:
    """The text of the file; `schema` is where editors find the kind's schema, from the file's folder."""
    lines = ["---", f"# yaml-language-server: $schema={schema}", f"title: {scalar(draft.title)}"]
    group = ""
    for field in fields:
        head, _, last = field.name.rpartition(".")
        if head and head != group:
            lines.append(f"{head}:")
        group = head
        lines.append(("  " if head else "") + _line(field, last, draft.values.get(field.name)))
    if "handed_in" in draft.kind.model_fields:
        lines += ["handed_in:", f"  door: {draft.door}", f"  at: {draft.day}"]
    lines += [*_advice(draft.kind, fields, settings.language), "---"]
    for section in draft.kind.sections:
        if section.required:
            said = draft.sections.get(section.key, "").strip()
            lines += ["", f"## {heading(section, settings.language)}", *(["", said] if said else [])]
    return "\n".join(lines) + "\n"


def _line(field: Asked, name: str, value: str | Sequence[str] | None) -> str:
    if value:
        return f"{name}: {scalar(value) if isinstance(value, str) else '[' + ', '.join(map(scalar, value)) + ']'}"
    words = f"{field.words} ({', '.join(field.choices)})" if field.choices else field.words
    if field.needed:
        return f"{name}:  # {gettext('Fill in')}: {words}"
    return f"# {name}: []  # {words}" if field.several else f"# {name}:  # {words}"


def _advice(kind: type[Entry], fields: Sequence[Asked], language: str) -> list[str]:
    """What more the file can hold, as comments."""
    shown = {field.name.partition(".")[0] for field in fields} | {"title", "handed_in"} | OWN
    others = ", ".join(name for name in kind.model_fields if name not in shown)
    headings = ", ".join(f"## {heading(section, language)}" for section in kind.sections if not section.required)
    fields_told = gettext("More fields, explained by {command}: {fields}")
    headings_told = gettext("Headings that the text can have beside: {headings}") if headings else ""
    told = (
        fields_told.format(command=f"idesluss schema {kind.kind}", fields=others),
        headings_told.format(headings=headings),
    )
    return [line for words in told for line in wrap(words, 100, initial_indent="# ", subsequent_indent="#   ")]


def scalar(value: str) -> str:
    """A text as YAML: bare where every reader of YAML takes it for text or a date, else between quotes."""
    if _BARE.fullmatch(value) and value.casefold() not in _NOT_TEXT:
        return value
    return json.dumps(value, ensure_ascii=False)
