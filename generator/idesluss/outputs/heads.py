"""What the head of a page tells programs of the feeds and data that belong to it."""

from __future__ import annotations

from idesluss.kinds.entry import Entry
from idesluss.kinds.idea import Idea
from idesluss.outputs.feeds.files import discovery
from idesluss.translate import gettext as _

FOLLOWED = frozenset({"idea", "unit", "goal"})
"""Kinds whose entries have feeds of their own."""
DATA = "index.json"
"""The file with the data of an entry, beside its page."""


def of_entry(entry: Entry) -> str:
    """What the head of an entry's page holds."""
    told = f'<link rel="alternate" type="application/json" href="{DATA}">'
    if entry.kind not in FOLLOWED:
        return told
    named = _("What happens to the idea {title}") if isinstance(entry, Idea) else _("Around {title}")
    return f"{told}\n{discovery(named.format(title=entry.title))}"
