"""The fields of an entry as facts: a label and its values, straight from the field's own description."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Literal, NamedTuple, get_args, get_origin
from urllib.parse import quote

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from idesluss.kinds.entry import OWN, Entry
from idesluss.kinds.fields import Period
from idesluss.outputs.view import Shown, View
from idesluss.settings import fields_of
from idesluss.templates import whole
from idesluss.translate import gettext as _

FRAME = frozenset(
    {
        "title", "summary", "example", "visibility", "publish_from", "language", "themes", "image", "links",
        "formerly", "history", "redacted", *OWN,
    }
)  # fmt: skip
"""Fields that every page shows in the same place, or not at all."""

_MAIL = re.compile(r"[^\s@,;:<>()]+@[\w-]+(?:\.[\w-]+)+")

Shower = Callable[[View, Any], Shown | None]


class Fact(NamedTuple):
    """A label and what is said under it."""

    label: str
    values: tuple[Shown, ...]


class Spec(NamedTuple):
    """How a field is shown: its name, its label's msgid, whether it holds many, and what makes a piece of one value."""

    name: str
    label: str
    many: bool
    show: Shower


def facts(view: View, entry: Entry, elsewhere: frozenset[str] = frozenset()) -> list[Fact]:
    """All fields of an entry that the page does not show `elsewhere`, then the instance's own, in their order."""
    found = []
    for name, label, many, show in _left(type(entry), elsewhere):
        value = getattr(entry, name)
        if value is None or value == ():
            continue
        values = tuple(filter(None, [show(view, one) for one in (value if many else (value,))]))
        if values:
            found.append(Fact(_(label), values))
    return [*found, *_own(view, entry)] if entry.extra else found


@cache
def _left(model: type[Entry], elsewhere: frozenset[str]) -> tuple[Spec, ...]:
    return tuple(spec for name, spec in specs(model).items() if name not in elsewhere and name not in FRAME)


def rows(view: View, holder: BaseModel | None, *names: str) -> list[Fact]:
    """Some fields of an entry or a part as facts, in this order; all its fields if none is named."""
    if holder is None:
        return []
    known = specs(type(holder))
    found = []
    for name in names or known:
        value = getattr(holder, name)
        if value is None or value == ():
            continue
        _name, label, many, show = known[name]
        values = tuple(filter(None, [show(view, one) for one in (value if many else (value,))]))
        if values:
            found.append(Fact(_(label), values))
    return found


@cache
def specs(model: type[BaseModel]) -> Mapping[str, Spec]:
    """How each public field of a model is shown, by its name."""
    return {spec.name: spec for spec in _specs(model)}


def _specs(model: type[BaseModel]) -> Iterator[Spec]:
    for name, info in model.model_fields.items():
        notes = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
        told: Any = notes.get("x-idesluss", {})
        if (issubclass(model, Entry) and name in OWN) or told.get("private"):
            continue
        annotation, many = _inner(info.annotation)
        yield Spec(name, info.title or name, many, _shower(name, annotation, info, bool(told.get("to"))))


def _inner(annotation: Any) -> tuple[Any, bool]:
    """The type of one value, and whether there may be many: `tuple[X, ...] | None` is (X, True)."""
    if get_origin(annotation) is tuple:
        return _inner(get_args(annotation)[0])[0], True
    if type(None) in get_args(annotation):
        return _inner(next(one for one in get_args(annotation) if one is not type(None)))
    return annotation, False


def _bounds(annotation: Any, info: FieldInfo) -> Iterable[Any]:
    return [*info.metadata, *getattr(annotation, "__metadata__", ())]


def _shower(name: str, annotation: Any, info: FieldInfo, is_reference: bool) -> Shower:
    if is_reference:
        return lambda view, value: view.link(value)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation is Period:
            return lambda view, value: Shown(view.say.period(value))
        return part
    pattern = next((bound.pattern for bound in _bounds(annotation, info) if getattr(bound, "pattern", None)), "")
    plain = get_args(annotation)[0] if hasattr(annotation, "__metadata__") else annotation
    if get_origin(plain) is Literal:
        return lambda view, value: Shown(view.say.label(name, value))
    if str(pattern).startswith(r"^\d{4}"):
        return lambda view, value: Shown(view.say.day(value), stamp=value)
    if name == "contact":
        return lambda _view, value: contact(value)
    if str(pattern).startswith("^http"):
        return lambda view, value: Shown(value, value)
    if plain is bool:
        return lambda view, value: Shown(_("yes") if value else _("no"))
    if plain is int and name != "year":
        return _AMOUNTS.get((info.description or "").partition(" ")[0], _number)
    return lambda view, value: Shown(whole(str(value)))


def contact(said: str) -> Shown:
    """Whom to ask; where a mail address stands in it, this is a link that writes to them."""
    mail = _MAIL.search(said)
    return Shown(said, f"mailto:{quote(mail[0], safe='@+')}" if mail else "")


def _number(view: View, value: int) -> Shown:
    return Shown(view.say.number(value))


_AMOUNTS: Mapping[str, Shower] = {
    "Kronor": lambda view, value: Shown(view.say.kronor(value)),
    "Per": lambda view, value: Shown(view.say.percent(value)),
}
"""How a whole number is shown, by the first word of its field's help, which is its unit."""


def part(view: View, value: BaseModel) -> Shown | None:
    """A group of fields as one piece: what it links to first, the rest as a soft addition."""
    leading: Shown | None = None
    rest: list[str] = []
    for name, _label, many, show in specs(type(value)).values():
        held = getattr(value, name)
        if held is None or held == ():
            continue
        for shown in [show(view, one) for one in (held if many else (held,))]:
            if shown is None:
                return None
            if shown.href and leading is None:
                leading = shown
            else:
                rest.append(shown.text)
    if leading is None:
        return Shown(", ".join(rest)) if rest else None
    if leading.text == leading.href and rest:
        return Shown(rest[0], leading.href, note=", ".join(rest[1:]))
    return leading._replace(note=", ".join(rest))


def _own(view: View, entry: Entry) -> Iterator[Fact]:
    """The instance's own fields of an entry, as idesluss.yml labels them."""
    for name, told in fields_of(view.settings, entry.kind).items():
        value = entry.extra.get(name)
        if value is None or value == () or told.private:
            continue
        label = (told.label.sv if view.say.is_swedish else told.label.en) or told.label.sv or told.label.en or name
        values = value if isinstance(value, tuple) else (value,)
        yield Fact(label, tuple(_own_value(view, told.type, one) for one in values))


def _own_value(view: View, type_: str, value: Any) -> Shown:
    if type_ == "yes_no":
        return Shown(_("yes") if value else _("no"))
    if type_ == "date":
        return Shown(view.say.day(value), stamp=value)
    if type_ == "number":
        return Shown(view.say.decimal(value))
    return Shown(str(value), str(value) if type_ == "link" else "")
