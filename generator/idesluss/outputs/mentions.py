"""Who refers to an entry, grouped by kind and field under a heading in words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from idesluss.kinds.entry import Entry
from idesluss.links import PROSE
from idesluss.outputs.facets import address_of
from idesluss.outputs.listing import alphabetical
from idesluss.outputs.view import Card, View
from idesluss.outputs.words import GROUPS, MENTIONED
from idesluss.translate import gettext as _

AT_MOST = 60
"""So many entries of a group stand on the page; of the others it gives the number."""
LISTED = frozenset({"unit", "goal"})
"""Kinds of which a list of the portal holds all who name one of them in a field."""

_ORDER = {heading: at for at, heading in enumerate((*GROUPS.values(), MENTIONED))}


class Group(NamedTuple):
    """Entries under one heading, the newest first, those without a date by name.

    `more` is how many are left out, `whole` where all stand.
    """

    title: str
    cards: tuple[Card, ...]
    more: int
    whole: str


def groups(view: View, entry: Entry, elsewhere: Collection[tuple[str, str]] = ()) -> list[Group]:
    """Everybody who refers to an entry, but for the (kind, field) pairs that its page shows `elsewhere`."""
    if not view.catalogue.referring(entry.id):
        return []
    return [
        _group(view, heading, cards, entry)
        for heading, cards in _told_once(view, entry, _found(view, entry, elsewhere))
    ]


def _found(view: View, entry: Entry, elsewhere: Collection[tuple[str, str]]) -> dict[str, dict[str, Card]]:
    """Under each heading the cards of those who refer here, by id."""
    found: dict[str, dict[str, Card]] = {}
    for source, field in view.catalogue.referring(entry.id):
        card = view.card(source)
        if card is not None and source != entry.id and (card.kind, field) not in elsewhere:
            heading = GROUPS.get((card.kind, field), MENTIONED) if field != PROSE else MENTIONED
            found.setdefault(heading, {})[source] = card
    return found


def _told_once(view: View, entry: Entry, found: dict[str, dict[str, Card]]) -> Iterator[tuple[str, list[Card]]]:
    """The headings in the order of the table, each entry under the first of its own.

    A mention in prose says nothing new of one whom a field of this entry names already.
    """
    told: set[str] = set()
    for heading in sorted(found, key=_ORDER.__getitem__):
        if heading == MENTIONED:
            told.update(ref.target for ref in view.catalogue.references(entry))
        cards = [card for id_, card in found[heading].items() if id_ not in told]
        told.update(found[heading])
        if cards:
            yield heading, cards


def _group(view: View, heading: str, cards: list[Card], entry: Entry) -> Group:
    named = sorted(cards, key=lambda card: "" if card.stamp else alphabetical(card.title))
    newest = sorted(named, key=lambda card: card.stamp, reverse=True)[:AT_MOST]
    shown = tuple(card._replace(note="") if card.note == entry.title else card for card in newest)
    has_list = entry.kind in LISTED and heading != MENTIONED and len(cards) > AT_MOST
    where = address_of(view, entry.kind, entry.id) if has_list else ""
    return Group(_(heading), shown, len(cards) - len(shown), where)
