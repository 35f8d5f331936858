"""A feed as JSON Feed 1.1."""

from __future__ import annotations

from typing import Any

import orjson

from idesluss.outputs.feeds.feed import JSON_NAME, Feed, Item
from idesluss.outputs.view import View

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(view: View, feed: Feed) -> bytes:
    """The bytes of the feed's file."""
    settings = view.settings
    told = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": settings.address + feed.folder + JSON_NAME,
        "language": settings.language,
        "authors": [{"name": settings.owner, "url": settings.address}],
        "items": [_item(item) for item in feed.items],
    }
    return orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)


def _item(item: Item) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": item.id,
        "url": item.address,
        "title": item.title,
        "content_text": item.text,
        "date_published": item.published,
        "date_modified": item.updated,
    }
    return {**told, "tags": [label for _term, label in item.tags]} if item.tags else told
