"""Tables of fields: what each is called, what may stand in it, and when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from idesluss import settings, stages
from idesluss.handbook.markdown import LANGUAGE, sentences, table
from idesluss.kinds import BY_NAME, fields
from idesluss.kinds.words import OWN_VALUES, VALUES
from idesluss.problem import N_
from idesluss.translate import gettext as _

HEAD = (N_("Field"), N_("What may stand there"), N_("Has to be there"))

TYPES: Mapping[Any, str] = {
    fields.Line: N_("one line of text, at most {longest} characters"),
    fields.Title: N_("one line of text, at most {longest} characters"),
    fields.Summary: N_("text, at most {longest} characters"),
    fields.Prose: N_("text, at most {longest} characters"),
    fields.Slug: N_("a name of a-z, 0-9 and hyphens, at most {longest} characters"),
    fields.Day: N_("a date as YYYY-MM-DD"),
    fields.Moment: N_("a date as YYYY, YYYY-MM or YYYY-MM-DD"),
    fields.Clock: N_("a time as HH:MM"),
    fields.Colour: N_("a colour as #rrggbb"),
    fields.WebAddress: N_("a web address"),
    fields.File: N_("the name of a file in ideas/media/"),
    bool: N_("true or false"),
    int: N_("a whole number"),
}
"""What may stand in a field of each type. A type that is made of one of these is told of in the same words."""

KEYS: Mapping[Any, str] = {
    fields.StageName: N_("STAGE"),
    settings.KindName: N_("KIND"),
    settings.FieldName: N_("NAME"),
}
"""What stands for the names that somebody chooses, in settings that hold others by name."""


def fields_table(model: type[BaseModel], names: Iterable[str], up: str = "") -> str:
    """A table of these fields and of those within them; `up` leads from the page to the handbook's folder."""
    return table(HEAD, _rows(model, names, up, ""))


def _rows(model: type[BaseModel], names: Iterable[str], up: str, before: str) -> Iterator[Sequence[str]]:
    annotations = get_type_hints(model, include_extras=True)
    for name in names:
        info, annotation = model.model_fields[name], annotations[name]
        private = _("Never shown to the public") if _notes(info).get("private") else ""
        told = (sentences(_(info.description or ""), private), _value(name, annotation, info, up))
        yield f"`{before}{name}`<br>{_(info.title or name)}", "<br>".join(filter(None, told)), _when(info)
        part = fields.part_of(info.annotation)
        if part is not None:
            keys = "".join(f"{_(KEYS[key])}." for key in _keys(_one(annotation)[0]))
            yield from _rows(part, part.model_fields, up, f"{before}{name}.{keys}")


def _notes(info: FieldInfo) -> Mapping[str, Any]:
    extra: Any = info.json_schema_extra or {}
    noted: Mapping[str, Any] = extra.get("x-idesluss", {})
    return noted


def _one(annotation: Any) -> tuple[Any, bool]:
    """The type of one value, and whether there may be many: `tuple[X, ...] | None` is (X, True)."""
    if get_origin(annotation) is tuple:
        return _one(get_args(annotation)[0])[0], True
    if type(None) in get_args(annotation):
        return _one(next(one for one in get_args(annotation) if one is not type(None)))
    return annotation, False


def _keys(annotation: Any) -> Iterator[Any]:
    """The types of the names under which a setting holds others, from outside in."""
    if get_origin(annotation) is Mapping:
        key, value = get_args(annotation)
        yield key
        yield from _keys(value)


def _value(name: str, annotation: Any, info: FieldInfo, up: str) -> str:
    """What may stand in a field, in words."""
    one, many = _one(annotation)
    keys = [_(KEYS[key]) for key in _keys(one)]
    if keys:
        said = _("one for each {names}").format(names=", ".join(keys))
    elif to := _notes(info).get("to"):
        kinds = (BY_NAME[kind] for kind in to)
        linked = (f"[{_(kind.label)}]({up}slag/{kind.words[LANGUAGE]}.md)" for kind in kinds)
        said = _("the file name of: {kinds}").format(kinds=", ".join(linked))
    elif one == fields.StageName:
        said = f"[{_('the name of a stage')}]({up}stadier.md)"
    elif fields.part_of(one):
        said = _("fields of its own")
    elif get_origin(one) is Literal:
        said = ", ".join(_choice(name, choice) for choice in get_args(one))
    else:
        said = _plain_value(one, info)
    return _("list: {value}").format(value=said) if many else said


def _choice(field: str, choice: str) -> str:
    label = OWN_VALUES.get((field, choice)) or VALUES.get(choice)
    return f"`{choice}` ({_(label)})" if label else f"`{choice}`"


def _plain_value(annotation: Any, info: FieldInfo) -> str:
    bounds = {
        name: getattr(bound, name)
        for bound in (*info.metadata, *getattr(annotation, "__metadata__", ()))
        for name in ("ge", "le", "max_length")
        if getattr(bound, name, None) is not None
    }
    said = _(_known(annotation)).format(longest=_number(bounds.get("max_length", 0)))
    if "le" in bounds:
        least, most = _number(bounds.get("ge", 0)), _number(bounds["le"])
        said = _("{value} from {least} to {most}").format(value=said, least=least, most=most)
    return said


def _number(number: int) -> str:
    """Thousands apart from five digits on, so that a year is not cut in two."""
    return f"{number:,}".replace(",", "\u00a0") if number >= 10_000 else str(number)


def _known(annotation: Any) -> str:
    """The words for a type, or for the nearest that it is made of by adding bounds."""
    ground, *bounds = get_args(annotation) if hasattr(annotation, "__metadata__") else (annotation,)
    for count in range(len(bounds), -1, -1):
        made: Any = Annotated[(ground, *bounds[:count])] if count else ground
        if made in TYPES:
            return TYPES[made]
    raise TypeError(f"no words for {annotation}; give it a line in TYPES")


def _when(info: FieldInfo) -> str:
    """From when on a field has to be there, or what counts where it is left out."""
    asked = _notes(info).get("asked")
    if asked:
        return _("from the start") if asked == "hand-in" else _(stages.STAGES[asked].label)
    if info.is_required():
        return _("always")
    if isinstance(info.default, str | int) and info.default:
        return _("no, else `{value}`").format(value="true" if info.default is True else info.default)
    return ""
