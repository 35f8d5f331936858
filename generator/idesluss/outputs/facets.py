"""What entries are found by beside their words: kind, stage, theme, unit, goal, sector and year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple, get_args

from idesluss.kinds import KINDS
from idesluss.kinds.actor import Actor
from idesluss.kinds.entry import Entry
from idesluss.kinds.idea import Idea
from idesluss.links import PROSE
from idesluss.outputs.indexes import newest
from idesluss.outputs.listing import alphabetical
from idesluss.outputs.themes import theme_address
from idesluss.outputs.view import View
from idesluss.problem import N_
from idesluss.stages import STAGES
from idesluss.translate import gettext as _

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "kind": N_("Kind"),
        "stage": N_("Stage"),
        "theme": N_("Theme"),
        "unit": N_("Unit"),
        "goal": N_("Goal"),
        "sector": N_("Sector"),
        "year": N_("Year"),
    }
)
"""The facets, in the order in which they are shown."""

SECTORS: tuple[str, ...] = get_args(Actor.model_fields["sector"].annotation)


class Value(NamedTuple):
    """A value of a facet: its id, its words, where its list lies, and its entries kind by kind, the newest first."""

    id: str
    label: str
    address: str
    entries: tuple[Entry, ...]


class Facet(NamedTuple):
    """A facet with those of its values that some entry has, in the order in which they are shown."""

    name: str
    label: str
    values: tuple[Value, ...]


@lru_cache(maxsize=2)
def facets_of(view: View) -> tuple[Facet, ...]:
    """All facets that somebody can choose by, with who has what."""
    named = _named(view)
    found: dict[str, dict[str, list[Entry]]] = {name: {} for name in LABELS}
    for kind in KINDS:
        entries = view.catalogue.entries
        for id_ in newest(view, view.catalogue.of(kind.kind)):
            for name, values in _of_entry(view, entries[id_], named.get(id_, {})):
                for value in values:
                    found[name].setdefault(value, []).append(entries[id_])
    return tuple(
        Facet(
            name,
            _(LABELS[name]),
            tuple(
                Value(value, _label(view, name, value), address_of(view, name, value), tuple(held[value]))
                for value in _in_order(view, name, held)
            ),
        )
        for name, held in found.items()
        if held
    )


def _of_entry(view: View, entry: Entry, named: Mapping[str, dict[str, None]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The values that an entry has, facet by facet."""
    yield "kind", (entry.kind,)
    if isinstance(entry, Idea):
        yield "stage", (entry.stage,)
    yield "theme", tuple(theme for theme in dict.fromkeys(entry.themes) if view.settings.theme(theme))
    for facet, values in named.items():
        yield facet, tuple(values)
    if year := view.stamp(entry)[:4]:
        yield "year", (year,)


def _named(view: View) -> Mapping[str, dict[str, dict[str, None]]]:
    """The units and goals that each entry names in its fields, and the sectors of the actors that it names."""
    found: dict[str, dict[str, dict[str, None]]] = {}
    for facet, kind in (("unit", "unit"), ("goal", "goal"), ("sector", "actor")):
        for target in view.catalogue.of(kind):
            value = target.sector if isinstance(target, Actor) else target.id
            sources = [mention.source for mention in view.catalogue.referring(target.id) if mention.field != PROSE]
            for id_ in [target.id, *sources] if isinstance(target, Actor) else sources:
                found.setdefault(id_, {}).setdefault(facet, {})[value] = None
    return found


def _label(view: View, facet: str, value: str) -> str:
    """What a value is called."""
    if facet == "kind":
        return view.say.plural(value)
    if facet == "stage":
        return view.say.stage(value)
    if facet == "sector":
        return view.say.label("sector", value)
    entry = view.catalogue.get(value) if facet in ("unit", "goal") else None
    theme = view.settings.theme(value) if facet == "theme" else None
    return entry.title if entry else theme.title if theme else value


def _in_order(view: View, facet: str, values: Mapping[str, list[Entry]]) -> list[str]:
    fixed = {
        "kind": tuple(kind.kind for kind in KINDS),
        "stage": tuple(STAGES),
        "theme": tuple(theme.id for theme in view.settings.themes),
        "sector": SECTORS,
    }
    if facet in fixed:
        return [value for value in fixed[facet] if value in values]
    if facet == "year":
        return sorted(values, reverse=True)
    return sorted(values, key=lambda value: (alphabetical(_label(view, facet, value)), value))


def address_of(view: View, facet: str, value: str) -> str:
    """Where all entries with a value are listed, from the top of the site."""
    if facet == "kind":
        return view.kind_address(value)
    if facet == "theme":
        return theme_address(view, value)
    words = view.address_words
    return f"{words['browse']}/{words[facet]}/{value}/"
