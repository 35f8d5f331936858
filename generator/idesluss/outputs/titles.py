"""What the page of an entry is called in tabs and bookmarks: its title, told apart where another page bears it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from idesluss.artifact import same
from idesluss.kinds import BY_NAME
from idesluss.kinds.entry import Entry
from idesluss.translate import gettext as _

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue


class Borne(NamedTuple):
    """How many pages bear a title, whatever their kind, and how many entries of a kind do."""

    by_any: Mapping[str, int]
    by_kind: Mapping[tuple[str, str], int]


def page_title(catalogue: Catalogue, entry: Entry) -> str:
    """The title of an entry's page: with its kind where another page bears the title, and with its id if need be."""
    borne, title = _borne(catalogue), entry.title.casefold()
    if borne.by_any[title] == 1:
        return entry.title
    kind = _(BY_NAME[entry.kind].label).lower()
    told = kind if borne.by_kind[entry.kind, title] == 1 else f"{kind} {entry.id}"
    return f"{entry.title} ({told})"


def reads(catalogue: Catalogue, entry: Entry) -> tuple[str, ...]:
    """What in other pages the title of an entry's page hangs on, for `Artifact.reads`."""
    title = page_title(catalogue, entry)
    return () if title == entry.title else (same(title),)


@lru_cache(maxsize=8)
def _borne(catalogue: Catalogue) -> Borne:
    entries = [(entry.kind, entry.title.casefold()) for entry in catalogue.entries.values()]
    settings = catalogue.settings
    others = (
        settings.name,
        *(theme.title for theme in settings.themes),
        *(_(kind.plural) for kind in BY_NAME.values()),
    )
    return Borne(Counter((*(title for _kind, title in entries), *map(str.casefold, others))), Counter(entries))
