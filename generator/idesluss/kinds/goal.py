"""A goal: vision, strategy, board goal, challenge or one of Agenda 2030's goals."""

from __future__ import annotations

from typing import ClassVar, Literal

from idesluss.kinds.entry import Entry
from idesluss.kinds.fields import Day, Line, Moment, Part, Period, Reference, field
from idesluss.problem import N_


class Target(Part):
    measure: Line = field("Measure")
    baseline: Line | None = field("Baseline", default=None)
    target: Line = field("Target")


class Ownership(Part):
    owner: Line = field("Owner", "A function or an organisation")
    since: Moment = field("Since")


class DecisionReference(Part):
    body: Line = field("Decided by")
    date: Day = field("Date")
    reference_number: Line | None = field("Diary number", default=None)


class Goal(Entry):
    """Something that ideas are to lead to."""

    kind: ClassVar[str] = "goal"
    folder: ClassVar[str] = "goals"
    label: ClassVar[str] = N_("Goal")
    plural: ClassVar[str] = N_("Goals")
    words = {"sv": "mal", "en": "goals"}

    level: Literal["vision", "strategy", "board_goal", "challenge", "direction", "agenda2030"] = field(
        "Level", asked="hand-in"
    )
    horizon: Literal["present", "future"] | None = field("Horizon", default=None)
    period: Period | None = field("Period", default=None)
    document: Line | None = field("Document", default=None)
    decided: DecisionReference | None = field("Decision", default=None)
    targets: tuple[Target, ...] = field("Targets", default=())
    part_of: Reference | None = field("Part of", default=None, to=("goal",))
    owners: tuple[Ownership, ...] = field("Owners", "Oldest first", default=())
    source: Line | None = field("Source", "Where the facts come from", default=None)
