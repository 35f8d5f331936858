"""An idea coach: a function that takes care of ideas."""

from __future__ import annotations

from typing import ClassVar

from idesluss.kinds.entry import Entry
from idesluss.kinds.fields import Count, Line, Reference, field
from idesluss.problem import N_


class Coach(Entry):
    """A coach function; the title is the role, never a name."""

    kind: ClassVar[str] = "coach"
    folder: ClassVar[str] = "coaches"
    label: ClassVar[str] = N_("Idea coach")
    plural: ClassVar[str] = N_("Idea coaches")
    words = {"sv": "coacher", "en": "coaches"}
    internal_by_default: ClassVar[bool] = True

    units: tuple[Reference, ...] = field("Units", "The units that the coach helps", default=(), to=("unit",))
    capacity: Count | None = field("Ideas at a time, at most", "Open ideas at a time", default=None)
    substitute: Reference | None = field("Substitute", default=None, to=("coach",))
    contact: Line | None = field("Contact", "A function address", default=None)
