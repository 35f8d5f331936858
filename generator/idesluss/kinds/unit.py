"""A unit: a municipality, region, administration, company or part of one."""

from __future__ import annotations

from typing import ClassVar, Literal

from idesluss.kinds.entry import Entry
from idesluss.kinds.fields import Count, Line, Moment, Part, Reference, field
from idesluss.problem import N_


class Rollout(Part):
    """How far the idésluss has come in the unit."""

    status: Literal["not_started", "pilot", "active", "paused"] = field("Status")
    since: Moment | None = field("Since", default=None)


class Headcount(Part):
    year: int = field("Year", ge=1900, le=2200)
    number: Count = field("Employees")


class Unit(Entry):
    """A part of the organisation where ideas come from and are taken into use."""

    kind: ClassVar[str] = "unit"
    folder: ClassVar[str] = "units"
    label: ClassVar[str] = N_("Unit")
    plural: ClassVar[str] = N_("Units")
    words = {"sv": "enheter", "en": "units"}

    type: Literal["municipality", "region", "administration", "company", "association", "unit"] = field(
        "Type", asked="hand-in"
    )
    part_of: Reference | None = field("Part of", default=None, to=("unit",))
    employees: tuple[Headcount, ...] = field("Employees", default=())
    rollout: tuple[Rollout, ...] = field("Roll-out", "Each step with its date, oldest first", default=())
    contact: Line | None = field("Contact", "A function, not a person", default=None)
    source: Line | None = field("Source", "Where the facts come from", default=None)
