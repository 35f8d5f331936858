"""Where an entry's page has been before: under other names, and as another kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from idesluss.catalogue import Broken, broken_of
from idesluss.kinds.entry import Entry

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue


def folders(catalogue: Catalogue, entry: Entry) -> tuple[str, ...]:
    """Where the files of an entry lie: at its own address first, then at all former ones."""
    return (catalogue.address(entry.id), *former(catalogue, entry))


def former(catalogue: Catalogue, entry: Entry) -> Iterable[str]:
    """The former addresses of an entry, each once, but for those that another entry has now.

    They are those of its stated former names, and those where git shows that its file has stood as another kind.
    """
    return _former(catalogue, entry) if entry.formerly or entry.id in catalogue.history.stood else ()


def places(catalogue: Catalogue, entry: Entry) -> list[Broken]:
    """Where git shows that an entry's file has stood, for each former address that git knows, with its kind."""
    stood = catalogue.history.stood.get(entry.id)
    known = set(former(catalogue, entry)) if stood else set()
    found = [broken_of(f"ideas/{path}", catalogue.settings) for path in stood.paths] if stood else []
    return list({place.address: place for place in found if place and place.address in known}.values())


def _former(catalogue: Catalogue, entry: Entry) -> Iterator[str]:
    found = {f"{catalogue.word(entry.kind)}/{slug}/": slug for slug in entry.formerly}
    stood = catalogue.history.stood.get(entry.id)
    for path in stood.paths if stood else ():
        place = broken_of(f"ideas/{path}", catalogue.settings)
        if place is not None and (place.id == entry.id or place.id in entry.formerly):
            found.setdefault(place.address, place.id)
    for address, slug in found.items():
        holder = catalogue.get(slug)
        if holder is None or (holder is entry and address != catalogue.address(entry.id)):
            yield address
