"""A need: a problem that is worth an idea."""

from __future__ import annotations

from typing import ClassVar, Literal

from idesluss.kinds.entry import Entry, SectionName
from idesluss.kinds.fields import Count, Day, Line, Part, QualityReference, Reference, field
from idesluss.problem import N_


class Affected(Part):
    number: Count | None = field("How many", default=None)
    whom: Line = field("Whom")


class Confirmation(Part):
    date: Day = field("Date")
    how: Line = field("How it was confirmed")


class Need(Entry):
    """A need in the organisation or among residents, with where it was seen; ideas answer it."""

    kind: ClassVar[str] = "need"
    folder: ClassVar[str] = "needs"
    label: ClassVar[str] = N_("Need")
    plural: ClassVar[str] = N_("Needs")
    words = {"sv": "behov", "en": "needs"}
    internal_by_default: ClassVar[bool] = True
    sections: ClassVar[tuple[SectionName, ...]] = (
        SectionName("description", ("Description", "The need"), ("Beskrivning", "Behovet"), required=True),
    )

    unit: Reference = field("Unit", "Where the need was seen", asked="hand-in", to=("unit",))
    source: Literal["deviation", "user_dialogue", "staff_dialogue", "audit", "analysis", "horizon", "law"] = field(
        "Source", "How the need was found", asked="hand-in"
    )
    affected: Affected | None = field("Affected", default=None)
    confirmed: Confirmation | None = field("Confirmed", default=None)
    goals: tuple[Reference, ...] = field("Goals", default=(), to=("goal",))
    seeks: tuple[Line, ...] = field("Seeks", "What kind of help is wanted", default=())
    quality_ref: QualityReference | None = field("In the quality system", default=None)
