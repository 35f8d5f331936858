"""What the head of a page tells programs: which feeds and data belong to it, and what it is about."""

from __future__ import annotations

from idesluss.kinds.entry import Entry
from idesluss.kinds.idea import Idea
from idesluss.outputs import linked
from idesluss.outputs.feeds.files import discovery
from idesluss.outputs.view import View
from idesluss.translate import gettext as _

FOLLOWED = frozenset({"idea", "unit", "goal"})
"""Kinds whose entries have feeds of their own."""
DATA = "index.json"
"""The file with the data of an entry, beside its page."""


def of_entry(view: View, entry: Entry) -> str:
    """What the head of an entry's page holds."""
    told = [linked.of_entry(view, entry), f'<link rel="alternate" type="application/json" href="{DATA}">']
    if entry.kind in FOLLOWED:
        named = _("What happens to the idea {title}") if isinstance(entry, Idea) else _("Around {title}")
        told.append(discovery(named.format(title=entry.title)))
    return "\n".join(told)


def of_list(view: View, title: str, summary: str, address: str, up: tuple[str, str] | None, feed: str | None) -> str:
    """What the head of a page of a list holds; `feed` is where its feeds lie, seen from the page, None for nowhere."""
    told = linked.of_list(view, title, summary, address, up)
    return told if feed is None else f"{told}\n{discovery(title, feed)}"
