"""What is left at the addresses of what was public and is no more: generic words, and nothing of the content."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from idesluss.artifact import Artifact, Page
from idesluss.catalogue import Broken
from idesluss.outputs import former
from idesluss.outputs.data.record import notice
from idesluss.outputs.feeds.feed import NEVER, Feed, moment
from idesluss.outputs.feeds.files import both
from idesluss.outputs.feeds.moved import feed_name
from idesluss.outputs.heads import DATA, FOLLOWED
from idesluss.outputs.view import View, view_of
from idesluss.problem import N_
from idesluss.translate import gettext as _

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

GONE = N_("This page has been taken away")
BROKEN = N_("This page is being corrected")


def tombstones(catalogue: Catalogue) -> Iterator[Artifact]:
    """A plain page, an empty feed and data that say so, where an entry was public and is gone, internal or broken."""
    view = view_of(catalogue)
    taken = {address for entry in catalogue.entries.values() for address in former.folders(catalogue, entry)}
    for lost, title in _lost(catalogue):
        if lost.address not in taken and not _is_written_by_hand(catalogue, lost.address):
            taken.add(lost.address)
            yield Artifact(f"{lost.address}index.html", (), partial(_page, view, lost, title))
            yield Artifact(f"{lost.address}{DATA}", (), partial(notice, view, title == GONE))
            if lost.kind in FOLLOWED:
                yield from both(view, lost.address, (), partial(_feed, view, lost, title))


def _lost(catalogue: Catalogue) -> Iterator[tuple[Broken, str]]:
    yield from ((lost, BROKEN) for lost in catalogue.broken if lost.was_public)
    yield from ((lost, GONE) for lost in catalogue.withdrawn)


def _is_written_by_hand(catalogue: Catalogue, address: str) -> bool:
    return (catalogue.root / "docs" / f"{address.rstrip('/')}.md").is_file()


def _page(view: View, lost: Broken, title: str) -> Page:
    up = {"root": view.root, "list": view.kind_address(lost.kind), "plural": view.say.plural(lost.kind)}
    name = "gone" if title == GONE else "correction"
    body = view.render(f"pages/{name}.html", {"title": _(title), **up})
    return Page(_(title), _(title), lost.kind, body, '<meta name="robots" content="noindex">')


def _feed(view: View, lost: Broken, title: str, folder: str) -> Feed:
    """An empty feed where the entry's was, under the same name."""
    name = feed_name(view, lost)
    page = view.settings.address + lost.address
    life = view.catalogue.life(lost.id)
    return Feed(name, _(title), page, folder, (), moment(life.gone or life.changed) if life else NEVER)
