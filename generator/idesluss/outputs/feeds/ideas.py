"""A feed for every idea: what has happened to it, for those who follow it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from idesluss.artifact import Artifact
from idesluss.kinds.idea import Idea
from idesluss.outputs.feeds.feed import Feed, Item, moment, tag
from idesluss.outputs.feeds.files import both
from idesluss.outputs.former import folders
from idesluss.outputs.timeline import Happening, timeline
from idesluss.outputs.view import View, view_of
from idesluss.translate import gettext as _

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue


def idea_feeds(catalogue: Catalogue) -> Iterator[Artifact]:
    """A feed for each idea, at its former addresses too, for a feed reader does not follow a page that leads on."""
    view = view_of(catalogue)
    for idea in catalogue.of("idea"):
        if isinstance(idea, Idea):
            for folder in folders(catalogue, idea):
                yield from both(view, folder, (idea.id,), partial(idea_feed, view, idea))


def idea_feed(view: View, idea: Idea, folder: str = "") -> Feed:
    """The feed of an idea, the newest happening first."""
    folder = folder or view.catalogue.address(idea.id)
    page = view.settings.address + view.catalogue.address(idea.id)
    name = _name(view, idea.path, idea.formerly[0] if idea.formerly else idea.id)
    items = tuple(_item(name, page, one) for one in timeline(view, idea))
    return Feed(name, title(idea), page, folder, items, moment(idea.path.split("/")[1]))


def title(idea: Idea) -> str:
    return _("What happens to the idea {title}").format(title=idea.title)


def _item(name: str, address: str, told: Happening) -> Item:
    stamp = moment(told.stamp)
    said = " ".join(filter(None, (f"{told.by}:" if told.by else "", told.text, f"{told.note}." if told.note else "")))
    said += " " * bool(said) + f"({_('stated')})" if told.stated else ""
    return Item(f"{name}/{told.key}", told.title, address, stamp, stamp, said or told.title)


def _name(view: View, path: str, slug: str) -> str:
    """A name by the year that the idea came in, and its first slug."""
    return tag(view, f"idea/{slug}", path.split("/")[1])
