"""A good example: what was done, how it went, and what must be kept by those who take it over."""

from __future__ import annotations

from typing import ClassVar, Literal

from idesluss.kinds.entry import Entry, SectionName
from idesluss.kinds.fields import Count, Effect, Kronor, Licence, Line, Moment, Part, Period, Prose, Reference, field
from idesluss.problem import N_


class Cost(Part):
    introduce: Kronor | None = field("To introduce", "Kronor", default=None)
    run_per_year: Kronor | None = field("To run", "Kronor a year", default=None)
    hours: Count | None = field("Hours of work", default=None)


class Case(Entry):
    """A good example, or one that was tried and did not work: both are worth knowing."""

    kind: ClassVar[str] = "case"
    folder: ClassVar[str] = "cases"
    label: ClassVar[str] = N_("Good example")
    plural: ClassVar[str] = N_("Good examples")
    words = {"sv": "exempel", "en": "cases"}
    sections: ClassVar[tuple[SectionName, ...]] = (
        SectionName("what", ("What",), ("Vad", "Vad vi gjorde"), required=True),
        SectionName("why", ("Why",), ("Varför",), required=True),
        SectionName("how", ("How",), ("Hur", "Hur vi gjorde"), required=True),
        SectionName(
            "challenges", ("Challenges", "What was hard"), ("Utmaningar", "Vad var svårt", "Det som var svårt")
        ),
        SectionName("lessons", ("Lessons", "What we learnt"), ("Lärdomar", "Vi lärde oss", "Det vi lärde oss")),
        SectionName("adoption", ("How to take it over",), ("Ta över", "Så tar ni över")),
    )

    organisation: Reference = field("Organisation", asked="hand-in", to=("unit", "actor"))
    type: Literal["solution", "way_of_working"] = field("Type", asked="hand-in")
    status: Literal["in_use", "pilot", "ended", "failed"] = field("Status", asked="hand-in")
    licence: Licence = field("Licence", "For text and pictures", asked="hand-in")
    period: Period | None = field("Period", default=None)
    core: tuple[Prose, ...] = field("Must be kept", "Without this it does not work", default=())
    adaptable: tuple[Prose, ...] = field("May change", "Fit it to your own place", default=())
    effects: tuple[Effect, ...] = field("Effects", default=())
    cost: Cost | None = field("Cost", default=None)
    time_to_use: Line | None = field("Time until in use", default=None)
    prerequisites: tuple[Line, ...] = field("Prerequisites", default=())
    needs: tuple[Reference, ...] = field("Needs", default=(), to=("need",))
    goals: tuple[Reference, ...] = field("Goals", default=(), to=("goal",))
    barriers: tuple[Reference, ...] = field("Barriers", default=(), to=("barrier",))
    methods: tuple[Reference, ...] = field("Methods", default=(), to=("method",))
    projects: tuple[Reference, ...] = field("Projects", default=(), to=("project",))
    legal: Prose | None = field("Law", "What the law asks", default=None)
    equality: Prose | None = field("Equality", default=None)
    evidence: int | None = field(
        "Strength of evidence", "0 (told) to 5 (studied with control)", default=None, ge=0, le=5
    )
    review: Literal["self_reported", "editorial", "research", "benefit_verified"] = field(
        "Reviewed", "Who has looked at it", default="self_reported"
    )
    contact: Line | None = field("Contact", "A function, not a person", default=None)
    origin: tuple[Reference, ...] = field("Comes from", default=(), to=("idea", "project"))
    builds_on: tuple[Reference, ...] = field("Builds on", default=(), to=("case", "project"))
    last_confirmed: Moment | None = field("Confirmed", "When the owner last said that it holds", default=None)
    source: Line | None = field("Source", "Where the facts come from", default=None)
