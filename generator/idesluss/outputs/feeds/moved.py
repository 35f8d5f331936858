"""The last word of a feed whose entry became a kind without feeds: whoever followed it is told where it is now."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from idesluss.artifact import Artifact
from idesluss.catalogue import Broken
from idesluss.kinds.entry import Entry
from idesluss.outputs import former
from idesluss.outputs.dates import dates
from idesluss.outputs.feeds.feed import NEVER, Feed, Item, moment, tag
from idesluss.outputs.feeds.files import both
from idesluss.outputs.heads import FOLLOWED
from idesluss.outputs.view import View, view_of
from idesluss.translate import gettext as _

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue


def moved_feeds(catalogue: Catalogue) -> Iterator[Artifact]:
    """A feed of one item at each place where an entry that has none now had one as another kind."""
    view = view_of(catalogue)
    for entry in catalogue.entries.values():
        for place in former.places(catalogue, entry) if entry.kind not in FOLLOWED else ():
            if place.kind in FOLLOWED:
                yield from both(view, place.address, (entry.id,), partial(moved_feed, view, entry, place))


def moved_feed(view: View, entry: Entry, place: Broken, folder: str) -> Feed:
    """The feed that stood at `place`, under the name that it had there, with where the entry is now."""
    name = feed_name(view, place)
    page = view.settings.address + view.catalogue.address(entry.id)
    known = dates(view, entry)[0]
    day = moment(known) if known else NEVER
    plural = view.say.plural(entry.kind)
    text = _("It is now among “{kind}”. Nothing more comes in this feed; that of “{kind}” goes on.").format(kind=plural)
    title = _("Moved: {title}").format(title=entry.title)
    return Feed(name, title, page, folder, (Item(f"{name}/moved", title, page, day, day, text),))


def feed_name(view: View, place: Broken) -> str:
    """What the feed of an entry that stood at a place is called for ever."""
    if place.kind == "idea":
        return tag(view, f"idea/{place.id}", place.path.split("/")[1])
    return tag(view, f"around/{place.kind}/{place.id}")
