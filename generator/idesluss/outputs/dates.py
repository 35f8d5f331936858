"""When an entry became public, and when it changed last."""

from __future__ import annotations

from idesluss.kinds.entry import Entry
from idesluss.kinds.idea import Idea
from idesluss.outputs.cards import SAYS, came_in
from idesluss.outputs.view import View


def dates(view: View, entry: Entry) -> tuple[str, str]:
    """The two days, from git, else as the entry states; "" where nobody knows.

    What was embargoed became public when the embargo ended.
    """
    known = view.dates.get(entry.id)
    if known is None:
        known = view.dates[entry.id] = _dates(view, entry)
    return known


def _dates(view: View, entry: Entry) -> tuple[str, str]:
    life = view.catalogue.life(entry.id)
    if life is None:
        stated = came_in(entry) if isinstance(entry, Idea) else SAYS[entry.kind](view, entry).stamp
        born = changed = "" if entry.kind == "event" else stated  # an event's date is when it takes place
    else:
        born, changed = life.born, life.changed
    opened = entry.publish_from or ""
    return max(born, opened), max(changed, opened)
