"""The files of a feed, and what pages say of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial

from idesluss.artifact import Artifact
from idesluss.outputs.feeds.atom import atom
from idesluss.outputs.feeds.feed import JSON_NAME, NAME, Feed
from idesluss.outputs.feeds.json_feed import json_feed
from idesluss.outputs.view import View
from idesluss.templates import escaped

TYPES = ((NAME, "application/atom+xml", atom), (JSON_NAME, "application/feed+json", json_feed))
"""What each feed is written as: the file's name, its media type, and its writer."""


def both(view: View, folder: str, reads: tuple[str, ...], make: Callable[..., Feed]) -> list[Artifact]:
    """The feed that `make(folder=…)` gives, as Atom and as JSON Feed in a folder."""
    return [Artifact(folder + name, reads, partial(_written, write, view, make, folder)) for name, _, write in TYPES]


def _written(write: Callable[[View, Feed], bytes], view: View, make: Callable[..., Feed], folder: str) -> bytes:
    return write(view, _made(make, folder))


@lru_cache(maxsize=2)
def _made(make: Callable[..., Feed], folder: str) -> Feed:
    """The feed, which is written in two formats, one after the other."""
    return make(folder=folder)


def discovery(title: str, folder: str = "") -> str:
    """What the head of a page says of a feed whose files lie in `folder`, seen from the page."""
    return "\n".join(
        f'<link rel="alternate" type="{type_}" title="{escaped(title)}" href="{folder}{name}">'
        for name, type_, _ in TYPES
    )
