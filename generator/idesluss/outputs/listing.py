"""Long lists cut into pages, under headings, with a way to each heading."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import groupby
from typing import Any, NamedTuple

from idesluss.artifact import Artifact, Page
from idesluss.outputs import linked, media
from idesluss.outputs.feeds.files import discovery
from idesluss.outputs.view import Card, View
from idesluss.translate import gettext as _

A_PAGE = 60
_LAST = {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"}  # the signs that follow z
_DIGITS = 9
_SORTING = str.maketrans({**_LAST, "é": "e", "è": "e", "ü": "y", "à": "a"})


_NUMBER = re.compile(r"\d+")


@lru_cache(maxsize=50_000)
def alphabetical(title: str) -> str:
    """What titles are sorted by: å, ä and ö come last, capitals do not count, and 3 comes before 10."""
    return _NUMBER.sub(lambda number: number[0].zfill(_DIGITS), title.lower().translate(_SORTING))


class Heading(NamedTuple):
    """A heading of a list: its anchor and its words ("" for a list without headings), and the ids under it."""

    anchor: str
    title: str
    ids: Sequence[str]


class Part(NamedTuple):
    """What one page shows of a heading; `again` if the heading began on a page before."""

    anchor: str
    title: str
    number: int
    again: bool
    ids: Sequence[str]


@dataclass(frozen=True)
class Listing:
    """A list of `number` entries: where it lies, what it is called and made of, and the list above it, if any.

    `sort` puts the entries under headings; it is asked only when a page is made. `look` is "cards" or "list", `up` is
    (address, title).
    """

    number: int
    sort: Callable[[], Sequence[Heading]]
    reads: tuple[str, ...]
    page_word: str
    look: str = "list"
    address: str = ""
    section: str = ""
    title: str = ""
    summary: str = ""
    up: tuple[str, str] | None = None
    followed: bool = False
    """Whether feeds lie beside its first page."""

    @property
    def addresses(self) -> list[str]:
        """Where its pages lie: the first at its own address, the others below it, such as ideer/sida/2/."""
        further = range(A_PAGE, self.number, A_PAGE)
        return [self.address, *(f"{self.address}{self.page_word}/{start // A_PAGE + 1}/" for start in further)]

    @cached_property
    def headings(self) -> Sequence[Heading]:
        return self.sort()

    @cached_property
    def pages(self) -> list[list[Part]]:
        """The parts that each page shows; an empty list is one empty page."""
        flat = [(heading, id_) for heading in self.headings for id_ in heading.ids]
        return [list(_parts(flat, start)) for start in range(0, len(flat), A_PAGE) or [0]]

    @cached_property
    def places(self) -> dict[str, str]:
        """Where each heading begins, by its anchor: "ideer/sida/2/#stage-test"."""
        return {
            part.anchor: f"{address}#{part.anchor}"
            for address, parts in zip(self.addresses, self.pages, strict=True)
            for part in parts
            if part.anchor and not part.again
        }


def _parts(flat: list[tuple[Heading, str]], start: int) -> Iterator[Part]:
    """What the page that begins at `start` shows of each heading."""
    begun = flat[start - 1][0] if start else None
    for heading, members in groupby(flat[start : start + A_PAGE], key=lambda item: item[0]):
        yield Part(
            heading.anchor, heading.title, len(heading.ids), heading is begun, [id_ for _heading, id_ in members]
        )


def artifacts(view: View, told: Listing) -> Iterator[Artifact]:
    """The pages of a list."""
    reads = (*told.reads, view.shown_pictures) if told.look == "cards" else told.reads
    for at, address in enumerate(told.addresses):
        yield Artifact(f"{address}index.html", reads, partial(page, view, told, at))


def _cards(view: View, part: Part) -> list[Card]:
    """The cards under a heading; what the heading says already is not said again."""
    return [card._replace(note="") if card.note == part.title else card for card in view.cards(part.ids)]


def pictured(view: View, root: str) -> Callable[[Card], media.Source | None]:
    """A function that gives where a card's picture lies, or None if it has none that is published."""
    return lambda card: media.source(root, card.picture) if card.picture in view.pictures else None


def page(view: View, told: Listing, at: int) -> Page:
    """The page number `at` of a list, from 0."""
    addresses = told.addresses
    root = "../" * addresses[at].count("/")
    places = told.places if len(told.headings) > 1 else {}
    context: dict[str, Any] = {
        "root": root,
        "title": told.title,
        "summary": told.summary,
        "look": told.look,
        "up": told.up,
        "shown": [(part, _cards(view, part)) for part in told.pages[at]],
        "jumps": [(root + places[one.anchor], one.title, len(one.ids)) for one in told.headings if places],
        "at": at + 1,
        "last": len(addresses),
        "earlier": root + addresses[at - 1] if at else "",
        "later": root + addresses[at + 1] if at + 1 < len(addresses) else "",
        "picture": pictured(view, root),
    }
    title = _("{title}, page {number}").format(title=told.title, number=at + 1) if at else told.title
    head = discovery(told.title, root + told.address) if told.followed else ""
    data = linked.of_list(view, title, told.summary, addresses[at], told.up)
    return Page(title, told.summary, told.section, view.render("pages/list.html", context), head, data)
