"""Feeds of what is new or changed: in the whole portal, of a kind, in a theme, and around a unit or a goal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from idesluss.artifact import Artifact
from idesluss.kinds import KINDS
from idesluss.kinds.entry import Entry
from idesluss.outputs import former
from idesluss.outputs.dates import dates
from idesluss.outputs.feeds.feed import AT_MOST, Feed, Item, moment, tag
from idesluss.outputs.feeds.files import both
from idesluss.outputs.prose import description
from idesluss.outputs.themes import members_of, theme_address
from idesluss.outputs.view import View, view_of
from idesluss.translate import gettext as _

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

AROUND = ("unit", "goal")
"""Kinds whose entries have a feed of all that names them."""


class Followed(NamedTuple):
    """What a feed is about: a name for ever, a title, the address of its page, and its entries, the newest first.

    `folders` are where its files lie: beside the page, and at the page's former addresses.
    """

    name: str
    title: str
    page: str
    folders: tuple[str, ...]
    entries: tuple[Entry, ...]
    reads: tuple[str, ...] = ()


def entry_feeds(catalogue: Catalogue) -> Iterator[Artifact]:
    """The files of all these feeds; each reads just the entries that are in it."""
    view = view_of(catalogue)
    for told in followed(view):
        reads = (*told.reads, *(entry.id for entry in told.entries))
        for folder in told.folders:
            yield from both(view, folder, reads, partial(entry_feed, view, told))


def followed(view: View) -> Iterator[Followed]:
    """All that can be followed, the widest first."""
    catalogue, settings = view.catalogue, view.settings
    everything = tuple(catalogue.entries.values())
    yield Followed("all", settings.name, "", ("",), newest(view, everything))
    for kind in KINDS:
        address = view.kind_address(kind.kind)
        title = view.say.plural(kind.kind)
        yield Followed(kind.kind, title, address, (address,), newest(view, catalogue.of(kind.kind)))
    members = members_of(catalogue)
    for theme in settings.themes:
        address = theme_address(view, theme.id)
        entries = [entry for of_kind in members[theme.id].values() for entry in of_kind]
        yield Followed(f"theme/{theme.id}", theme.title, address, (address,), newest(view, entries))
    for kind_name in AROUND:
        for entry in catalogue.of(kind_name):
            sources = dict.fromkeys(mention.source for mention in catalogue.referring(entry.id))
            near = [entry, *filter(None, map(catalogue.get, sources))]
            folders = former.folders(catalogue, entry)
            name = f"around/{first_name(entry)}"
            yield Followed(name, entry.title, folders[0], folders, newest(view, near), (entry.id,))


def entry_feed(view: View, told: Followed, folder: str) -> Feed:
    """The feed of what is followed."""
    title = told.title
    if told.page:
        title = _("{portal}: {what}").format(portal=view.settings.name, what=told.title)
    items = tuple(_item(view, entry) for entry in told.entries)
    return Feed(tag(view, told.name), title, view.settings.address + told.page, folder, items)


def first_name(entry: Entry) -> str:
    """The name that the entry had first, so that a new one does not make it new."""
    return f"{entry.kind}/{entry.formerly[0] if entry.formerly else entry.id}"


def _item(view: View, entry: Entry) -> Item:
    published, updated = dates(view, entry)
    themes = [(theme.id, theme.title) for theme in filter(None, map(view.settings.theme, entry.themes))]
    return Item(
        id=tag(view, first_name(entry)),
        title=entry.title,
        address=view.settings.address + view.catalogue.address(entry.id),
        published=moment(published),
        updated=moment(updated),
        text=description(entry),
        tags=((entry.kind, _(entry.label)), *themes),
    )


def newest(view: View, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """So many entries as a feed holds, those that changed last first; those of whom no date is known are left out."""
    dated: Sequence[tuple[str, Entry]] = [(dates(view, entry)[1], entry) for entry in entries]
    known = sorted((one for one in dated if one[0]), key=itemgetter(0), reverse=True)
    return tuple(entry for _date, entry in known[:AT_MOST])
