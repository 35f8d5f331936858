"""An idea on its way through the lock."""

from __future__ import annotations

from typing import ClassVar, Literal

from idesluss.kinds.entry import Entry, SectionName
from idesluss.kinds.fields import (
    Contribution,
    Count,
    Day,
    Effect,
    Kronor,
    Line,
    Part,
    Period,
    Prose,
    QualityReference,
    Reference,
    Slug,
    StageName,
    field,
)
from idesluss.problem import N_

BenefitType = Literal[
    "service", "efficiency", "engagement", "quality", "safety", "equality", "environment", "societal", "growth"
]


class HandedIn(Part):
    door: Literal["form", "issue", "mail", "import", "meeting", "terminal"] = field("Door")
    at: Day = field("Date")
    key: Line | None = field("Key at the door", default=None, private=True)


class DuplicateCheck(Part):
    date: Day = field("Date")
    found: tuple[Reference, ...] = field("Similar ideas and cases", default=(), to=("idea", "case"))
    note: Line | None = field("Note", default=None)


class Benefit(Part):
    type: BenefitType = field("Type of benefit")
    expected: Line = field("Expected benefit")


class EqualityCheck(Part):
    affects: Prose = field("Whom does it affect?")
    difference: Prose = field("Does it affect groups in different ways?")
    action: Prose | None = field("What do we do about it?", default=None)


class Test(Part):
    __test__ = False  # not a test of pytest's

    key: Slug = field("Key", "A short name that never changes")
    hypothesis: Prose = field("Hypothesis")
    measure: Line = field("Measure")
    threshold: Line = field("Threshold", "Set before the test starts")
    period: Period = field("Period")
    n: Count | None = field("Number tested", default=None)
    outcome: Literal["met", "not_met", "unclear"] | None = field("Outcome", default=None)
    result: Prose | None = field("Result", default=None)
    lesson: Prose | None = field("Lesson", default=None)


class Pilot(Part):
    scope: Prose | None = field("Scope", "Where, how many, for how long", default=None)
    unit: Reference | None = field("Unit", default=None, to=("unit",))
    period: Period | None = field("Period", default=None)
    stop_rule: Line | None = field("Stop rule", "When the pilot is stopped", default=None)
    result: Prose | None = field("Result", default=None)


class Receiver(Part):
    unit: Reference | None = field("Receiving unit", default=None, to=("unit",))
    role: Line | None = field("Role of the owner", default=None)


class Development(Part):
    user_insight: Prose | None = field("User insight", default=None)
    sketch: Prose | None = field("Sketch", default=None)


class Implementation(Part):
    resources: Prose | None = field("Resources", default=None)
    training_plan: Prose | None = field("Training plan", default=None)
    owner: Line | None = field("Owner of the routine", default=None)
    rollout: Prose | None = field("Roll-out", default=None)


class Commercialisation(Part):
    rights: Prose | None = field("Rights", default=None)
    handover: Prose | None = field("Hand-over to an actor", default=None)
    licence: Line | None = field("Licence or company", default=None)


class Procurement(Part):
    functional_need: Prose | None = field("Functional need", default=None)
    market_dialogue: Prose | None = field("Market dialogue", default=None)
    procedure: Line | None = field("Procedure", default=None)
    award_reference: Line | None = field("Award reference", default=None)
    result: Prose | None = field("Result of the contract", default=None)


class NextStep(Part):
    what: Line = field("What")
    role: Line = field("Who")
    by: Day = field("When")


class Referral(Part):
    to: Line | None = field("To whom", default=None)
    outcome: Prose | None = field("What came of it", default=None)


class Withdrawal(Part):
    date: Day = field("Date")


class Decision(Part):
    date: Day = field("Date")
    to: StageName = field("To stage")
    by: Line = field("Decided by", "A function, never a name")
    reason: Prose = field("Reason")
    skips: tuple[StageName, ...] = field("Skipped stages", default=())
    reference_number: Line | None = field("Diary number", default=None)


class LogLine(Part):
    date: Day = field("Date")
    role: Line = field("Role", "A function, never a name")
    type: Literal["answer", "question", "note", "support", "endorsement"] = field("Type")
    text: Prose = field("Text")
    public: bool = field("May be shown to the public", default=False)


class Support(Part):
    type: Literal["coaching", "law", "procurement", "design", "funding", "method", "technology"] = field("Type")
    hours_band: Literal["under_5", "5_20", "20_80", "over_80"] = field("Hours")


class Idea(Entry):
    """An idea from an employee, a resident or a company, from hand-in to use."""

    kind: ClassVar[str] = "idea"
    folder: ClassVar[str] = ""
    label: ClassVar[str] = N_("Idea")
    plural: ClassVar[str] = N_("Ideas")
    words = {"sv": "ideer", "en": "ideas"}
    internal_by_default: ClassVar[bool] = True
    sections: ClassVar[tuple[SectionName, ...]] = (
        SectionName("problem", ("Problem", "The problem"), ("Problem", "Problemet"), required=True),
        SectionName("solution", ("Solution", "The solution"), ("Lösning", "Lösningen", "Idén")),
        SectionName("background", ("Background",), ("Bakgrund",)),
    )

    unit: Reference = field("Unit", "Where the idea comes from", asked="hand-in", to=("unit",))
    stage: StageName = field("Stage", "Where in the lock the idea is", default="submitted")
    submitter: Literal["employee", "manager", "resident", "company", "association", "authority", "student"] | None = (
        field("Idea giver", "Which group the idea giver belongs to; never who", default=None, private=True)
    )
    handed_in: HandedIn | None = field("Handed in", "Filled in by the door the idea came through", default=None)
    coach: Reference | None = field("Coach", default=None, asked="answered", to=("coach",))
    needs: tuple[Reference, ...] = field("Needs", default=(), asked="assessed", to=("need",))
    type: Literal["improvement", "innovation", "digitalisation"] | None = field("Type", default=None, asked="assessed")
    duplicates_checked: DuplicateCheck | None = field("Similar ideas looked for", default=None, asked="assessed")
    beneficiaries: Line | None = field("For whom", default=None, asked="concept")
    benefit: Benefit | None = field("Benefit", default=None, asked="concept")
    goals: tuple[Reference, ...] = field("Goals", default=(), asked="concept", to=("goal",))
    track: Literal["development", "implementation", "commercialisation", "procurement"] | None = field(
        "Track", default=None, asked="concept"
    )
    equality: EqualityCheck | None = field("Equality check", default=None, asked="concept")
    tests: tuple[Test, ...] = field("Tests", default=(), asked="test")
    pilot: Pilot | None = field("Pilot", default=None, asked="pilot")
    receiver: Receiver | None = field("Receiver", default=None, asked="pilot")
    development: Development | None = field("Development track", default=None, asked="pilot")
    implementation: Implementation | None = field("Implementation track", default=None, asked="pilot")
    commercialisation: Commercialisation | None = field("Commercialisation track", default=None, asked="pilot")
    procurement: Procurement | None = field("Procurement track", default=None, asked="pilot")
    routine: Line | None = field("Routine or contract", default=None, asked="implemented")
    running_cost: Kronor | None = field("Running cost", "Kronor a year", default=None, asked="implemented")
    effects: tuple[Effect, ...] = field("Effects", default=(), asked="verified")
    barriers: tuple[Reference, ...] = field("Barriers", default=(), to=("barrier",))
    actors: tuple[Contribution, ...] = field("Actors", default=())
    seeks: tuple[Line, ...] = field("Seeks", "What kind of help is wanted", default=())
    next_step: NextStep | None = field("Next step", default=None)
    methods: tuple[Reference, ...] = field("Methods", default=(), to=("method",))
    projects: tuple[Reference, ...] = field("Projects", default=(), to=("project",))
    quality_ref: QualityReference | None = field("In the quality system", default=None)
    builds_on: tuple[Reference, ...] = field("Builds on", default=(), to=("idea", "case", "project"))
    combined_into: Reference | None = field("Combined into", default=None, to=("idea",))
    shared_from: Line | None = field("Shared from", "The instance that shared it", default=None)
    reference_number: Line | None = field("Diary number", default=None)
    review_by: Day | None = field("Look again by", default=None)
    referred: Referral | None = field("Referred", default=None)
    withdrawn: Withdrawal | None = field("Withdrawn", default=None)
    lesson: Prose | None = field("Lesson", "What we learnt", default=None)
    decisions: tuple[Decision, ...] = field("Decisions", default=())
    log: tuple[LogLine, ...] = field("Log", "Shown to the public only where a line says so", default=())
    support: tuple[Support, ...] = field("Support given", default=(), private=True)
