"""A project: who paid for what, from when to when, and what came after."""

from __future__ import annotations

from typing import ClassVar, Literal

from idesluss.kinds.entry import Entry, SectionName
from idesluss.kinds.fields import Contribution, Day, Kronor, Line, Moment, Part, Period, Reference, WebAddress, field
from idesluss.problem import N_


class Status(Part):
    """What was said of the project, and the day when it was true."""

    word: Literal["planned", "ongoing", "ended", "handed_over"] = field("Status")
    as_of: Moment | None = field("As of", "The date of the source; unknown if left out", default=None)


class Share(Part):
    funder: Reference = field("Funder", to=("actor", "unit"))
    percent: int | None = field("Share", "Per cent", default=None, ge=0, le=100)
    amount: Kronor | None = field("Amount", "Kronor", default=None)


class WorkPackage(Part):
    title: Line = field("Title")
    status: Literal["planned", "ongoing", "ended"] | None = field("Status", default=None)


class ProjectSource(Part):
    title: Line = field("Title")
    url: WebAddress | None = field("Web address", default=None)
    date: Moment | None = field("Last updated", default=None)
    reviewed_by_editors: bool | None = field(
        "Reviewed by editors", "Leave out if the source does not say", default=None
    )


class Governance(Part):
    """Who steers and who leads."""

    role: Line = field("Role", "A function, never a name")
    task: Line = field("Task")


class Home(Part):
    """The organisational home of the project, from a date on."""

    unit: Reference = field("Unit", to=("unit", "actor"))
    since: Moment | None = field("Since", default=None)


class DecisionQuote(Part):
    """A decision about the project and the reason that was given in public."""

    date: Day | None = field("Date", default=None)
    by: Reference = field("Decided by", to=("unit", "actor"))
    what: Line = field("What was decided")
    reason: Line | None = field("Reason", default=None)


class Project(Entry):
    """A project that built or paid for something here."""

    kind: ClassVar[str] = "project"
    folder: ClassVar[str] = "projects"
    label: ClassVar[str] = N_("Project")
    plural: ClassVar[str] = N_("Projects")
    words = {"sv": "projekt", "en": "projects"}
    sections: ClassVar[tuple[SectionName, ...]] = (
        SectionName("purpose", ("Purpose",), ("Syfte", "Syfte och mål")),
        SectionName("effects", ("Expected effects",), ("Väntade effekter", "Förväntade effekter")),
        SectionName("approach", ("Approach",), ("Upplägg", "Upplägg och genomförande", "Genomförande")),
        SectionName("outcome", ("Outcome",), ("Vad det ledde till", "Utfall")),
    )

    status: Status = field("Status", asked="hand-in")
    reference_number: Line | None = field("Diary number", default=None)
    funder: Reference | None = field("Funder", default=None, to=("actor",))
    amount: Kronor | None = field("Grant", "Kronor", default=None)
    shares: tuple[Share, ...] = field("Funding", default=())
    call: Line | None = field("Call", default=None)
    period: Period | None = field("Period", default=None)
    coordinator: Reference | None = field("Coordinator", default=None, to=("unit", "actor"))
    owners: tuple[Home, ...] = field("Owners", "Oldest first", default=())
    partners: tuple[Contribution, ...] = field("Partners", default=())
    governance: tuple[Governance, ...] = field("Steering", default=())
    decisions: tuple[DecisionQuote, ...] = field("Decisions", default=())
    part_of: Reference | None = field("Part of", default=None, to=("project",))
    followed_by: Reference | None = field("Followed by", default=None, to=("project", "goal"))
    builds_on: tuple[Reference, ...] = field("Builds on", default=(), to=("project", "goal"))
    goals: tuple[Reference, ...] = field("Goals", default=(), to=("goal",))
    work_packages: tuple[WorkPackage, ...] = field("Work packages", default=())
    source: ProjectSource = field("Source", asked="hand-in")
