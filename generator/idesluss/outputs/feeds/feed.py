"""A feed as a value, whatever it is written as: what it is called, where it lies, and its items, the newest first."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from idesluss.outputs.view import View

NAME = "feed.xml"
"""The Atom feed's file, beside the page that it follows."""
JSON_NAME = "feed.json"
"""The same as a JSON Feed."""
AT_MOST = 50
"""So many items stand in a feed."""
NEVER = "1970-01-01T00:00:00Z"
"""When a feed changed in which nothing has happened yet."""
NAMED_IN = "2026"
"""The year in the names of feeds and their items: never changed, or readers would show everything again."""


class Item(NamedTuple):
    """Something that happened: `id` is its name for ever, `address` where to read more, `text` plain words.

    `published` and `updated` are moments such as "2026-01-05T00:00:00Z"; `tags` are pairs of name and label.
    """

    id: str
    title: str
    address: str
    published: str
    updated: str
    text: str
    tags: tuple[tuple[str, str], ...] = ()


class Feed(NamedTuple):
    """What is followed; `page` is the address of its page and `folder` where its files lie, which may be a former one.

    Addresses of pages are whole; `folder` is below the portal's address, such as "ideer/fuktvakt/".
    """

    id: str
    title: str
    page: str
    folder: str
    items: tuple[Item, ...] = ()
    since: str = NEVER

    @property
    def updated(self) -> str:
        """When something in it changed last."""
        return max((item.updated for item in self.items), default=self.since)


def tag(view: View, name: str, year: str = NAMED_IN) -> str:
    """A name for ever (RFC 4151) of something that this portal publishes."""
    host, path = _place(view.settings.address)
    return f"tag:{host},{year}:{path}{name}"


@cache
def _place(address: str) -> tuple[str | None, str]:
    """The host, and the path below it, since one host may hold several portals."""
    parts = urlsplit(address)
    return parts.hostname, quote(parts.path.removeprefix("/"), safe="/%")


def moment(stamp: str) -> str:
    """The beginning of a date, which may be a year or a month only."""
    return f"{stamp}{'-01-01'[len(stamp) - 4 :] if len(stamp) < 10 else ''}T00:00:00Z"
