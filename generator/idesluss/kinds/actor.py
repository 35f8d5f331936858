"""An actor outside the organisation's own units: university, company, funder, network, test environment."""

from __future__ import annotations

from typing import ClassVar, Literal

from idesluss.kinds.entry import Entry
from idesluss.kinds.fields import Line, field
from idesluss.problem import N_


class Actor(Entry):
    """Someone to work with: what they offer, where, and how to reach them."""

    kind: ClassVar[str] = "actor"
    folder: ClassVar[str] = "actors"
    label: ClassVar[str] = N_("Actor")
    plural: ClassVar[str] = N_("Actors")
    words = {"sv": "aktorer", "en": "actors"}

    sector: Literal[
        "municipality", "region", "state", "academia", "institute", "company",
        "supplier", "civil_society", "incubator", "funder", "network", "testbed",
    ] = field("Sector", asked="hand-in")  # fmt: skip
    offers: tuple[Line, ...] = field("Offers", default=())
    area: tuple[Line, ...] = field("Area", default=())
    capacity: Line | None = field("Capacity", default=None)
    contact: Line | None = field("Contact", "A function, not a person", default=None)
    source: Line | None = field("Source", "Where the facts come from", default=None)
