"""A barrier: something that stands in the way of ideas."""

from __future__ import annotations

from typing import ClassVar, Literal

from idesluss.kinds.entry import Entry
from idesluss.kinds.fields import Line, Moment, Prose, Reference, field
from idesluss.problem import N_


class Barrier(Entry):
    """Something that stands in the way, who owns it, and what could be done."""

    kind: ClassVar[str] = "barrier"
    folder: ClassVar[str] = "barriers"
    label: ClassVar[str] = N_("Barrier")
    plural: ClassVar[str] = N_("Barriers")
    words = {"sv": "hinder", "en": "barriers"}
    internal_by_default: ClassVar[bool] = True

    category: Literal["organisational", "legal", "procurement", "resources", "technology", "knowledge", "culture"] = (
        field("Category", asked="hand-in")
    )
    status: Literal["open", "in_progress", "removed"] = field("Status", default="open")
    owner: Reference | None = field("Owner", default=None, to=("unit", "actor"))
    seen: Moment | None = field("First seen", default=None)
    proposed_action: Prose | None = field("Proposed action", default=None)
    source: Line | None = field("Source", "Where the facts come from", default=None)
