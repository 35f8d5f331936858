"""The kinds of entry: a folder each, and a frozen model each whose annotations are the schema."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from idesluss.kinds.actor import Actor
from idesluss.kinds.adoption import Adoption
from idesluss.kinds.barrier import Barrier
from idesluss.kinds.case import Case
from idesluss.kinds.coach import Coach
from idesluss.kinds.entry import Entry
from idesluss.kinds.event import Event
from idesluss.kinds.goal import Goal
from idesluss.kinds.idea import Idea
from idesluss.kinds.method import Method
from idesluss.kinds.need import Need
from idesluss.kinds.project import Project
from idesluss.kinds.unit import Unit

KINDS: tuple[type[Entry], ...] = (
    Idea,
    Need,
    Case,
    Adoption,
    Method,
    Barrier,
    Unit,
    Coach,
    Actor,
    Goal,
    Event,
    Project,
)

BY_NAME: Mapping[str, type[Entry]] = MappingProxyType({kind.kind: kind for kind in KINDS})
BY_FOLDER: Mapping[str, type[Entry]] = MappingProxyType({kind.folder: kind for kind in KINDS if kind.folder})


def kind_of_folder(folder: str) -> type[Entry] | None:
    """The kind whose entries live in `ideas/<folder>/`; four digits are a year of ideas."""
    if len(folder) == 4 and folder.isascii() and folder.isdigit():
        return Idea
    return BY_FOLDER.get(folder)
