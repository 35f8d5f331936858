"""An event: a mashup, workshop, training or experience conference."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ValidationInfo, field_validator

from idesluss.kinds.entry import Entry, SectionName
from idesluss.kinds.fields import (
    Clock,
    Colour,
    Count,
    Day,
    File,
    Kronor,
    Line,
    Moment,
    Part,
    Prose,
    Reference,
    Slug,
    Title,
    field,
    not_before,
)
from idesluss.problem import N_

Omitted = Literal[
    "picture",
    "figures",
    "effects",
    "core",
    "challenges",
    "lessons",
    "adoption",
    "users",
    "sources",
    "programme",
    "needs",
]
"""Parts that a booklet can do without."""


class Slot(Part):
    """One item of the programme."""

    time: Clock = field("Time")
    title: Line = field("Title")
    cases: tuple[Reference, ...] = field("Good examples", default=(), to=("case",))
    presenter_role: Line | None = field("Presented by", "A function", default=None)
    length: Count | None = field("Length", "Minutes", default=None)
    day: Day | None = field("Day", "If the event runs over several days", default=None)


class Participants(Part):
    planned: Count | None = field("Planned", default=None)
    came: Count | None = field("Came", default=None)


class Organisations(Part):
    planned: Count | None = field("Planned", default=None)
    came: Count | None = field("Came", default=None)


class Rating(Part):
    question: Line = field("Question")
    share: int = field("Share", "Per cent", ge=0, le=100)
    n: Count | None = field("Answers", default=None)


class Colours(Part):
    """The two colours of a booklet, as #rrggbb; white is read on both."""

    deep: Colour = field(
        "Ground colour", "Of the cover and the headings, dark enough for white text", default="#0f3346"
    )
    accent: Colour = field("Second colour", "Of lines and marks, dark enough to be read on white", default="#9a5b1e")


class Booklet(Part):
    """What the event's booklet holds."""

    cases: tuple[Reference, ...] = field("Good examples", default=(), to=("case",))
    from_themes: tuple[Slug, ...] = field("Also those of these themes", default=())
    from_units: tuple[Reference, ...] = field(
        "Also those of these organisations", "With all their parts", default=(), to=("unit", "actor")
    )
    from_goals: tuple[Reference, ...] = field("Also those that serve these goals", default=(), to=("goal",))
    from_search: Line | None = field("Also those with these words", "All of the words, anywhere in it", default=None)
    order: Literal["own", "programme", "theme", "municipality", "organisation"] = field(
        "Order", "As listed, by the programme, or by the Swedish alphabet", default="own"
    )
    title: Title | None = field("Title of the booklet", "Else the event's", default=None)
    edition: Line | None = field("Edition", "Such as: second edition", default=None)
    foreword: Prose | None = field("Foreword", default=None)
    committee: tuple[Line, ...] = field("Committee", "Functions, not persons", default=())
    cover: File | None = field("Cover picture", default=None)
    cover_alt: Line | None = field("Text for those who do not see the cover picture", default=None)
    logo: File | None = field("Logo", "A picture in ideas/media/, shown on white", default=None)
    logo_alt: Line | None = field("Text for those who do not see the logo", default=None)
    colours: Colours = field("Colours", default=Colours())
    leave_out: tuple[Omitted, ...] = field("Leave out", "Parts that the booklet does without", default=())
    contacts: bool = field("Contact details", "Whether each example's contact is printed", default=True)


class Event(Entry):
    """A meeting where what worked is passed on."""

    kind: ClassVar[str] = "event"
    folder: ClassVar[str] = "events"
    label: ClassVar[str] = N_("Event")
    plural: ClassVar[str] = N_("Events")
    words = {"sv": "evenemang", "en": "events"}
    sections: ClassVar[tuple[SectionName, ...]] = (
        SectionName("about", ("About",), ("Om", "Om dagen")),
        SectionName("lessons", ("Lessons",), ("Lärdomar", "Det vi lärde oss")),
    )

    type: Literal["mashup", "workshop", "training", "experience_conference"] = field("Type", asked="hand-in")
    date: Moment = field("Date", asked="hand-in")
    end: Moment | None = field("Last day", default=None)
    series: Line | None = field("Series", default=None)
    place: Line | None = field("Place", default=None)
    organiser: Reference | None = field("Organiser", default=None, to=("unit", "actor"))
    programme: tuple[Slot, ...] = field("Programme", default=())
    organisations: Organisations | None = field("Organisations", default=None)
    participants: Participants | None = field("Participants", default=None)
    rating: tuple[Rating, ...] = field("Rating", default=())
    reference_number: Line | None = field("Diary number", default=None)
    amount: Kronor | None = field("Grant", "Kronor", default=None)
    funder: Reference | None = field("Funder", default=None, to=("actor",))
    projects: tuple[Reference, ...] = field("Projects", default=(), to=("project",))
    booklet: Booklet | None = field("Booklet", default=None)
    materials: tuple[File, ...] = field("Materials", default=())
    source: Line | None = field("Source", "Where the facts come from", default=None)

    @field_validator("end")
    @classmethod
    def _not_before_date(cls, end: str | None, told: ValidationInfo) -> str | None:
        return not_before(end, told.data.get("date"))

    def days(self) -> dict[str, list[Slot]]:
        """The items of the programme by their day, the first day first; within a day as they are listed."""
        found: dict[str, list[Slot]] = {}
        for slot in self.programme:
            found.setdefault(slot.day or self.date, []).append(slot)
        return dict(sorted(found.items()))
