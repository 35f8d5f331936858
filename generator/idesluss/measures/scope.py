"""What is measured: the entries of an instance or of one unit of it, with every idea's way through the lock."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from idesluss.kinds.adoption import Adoption
from idesluss.kinds.case import Case
from idesluss.kinds.coach import Coach
from idesluss.kinds.entry import Entry
from idesluss.kinds.event import Event
from idesluss.kinds.idea import Idea
from idesluss.kinds.unit import Unit
from idesluss.measures.terms import exact, newest_words
from idesluss.stages import ORDER

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

Kind = TypeVar("Kind", bound=Entry)


class Stop(NamedTuple):
    """That an idea came to a stage; `day` is None where only a month or a year is stated."""

    stage: str
    day: datetime.date | None
    stated: bool


class Journey(NamedTuple):
    """An idea's way: the day it was handed in (None if nobody knows), where it came, and whether it is hidden.

    `furthest` is the place in the lock of the furthest chamber that it has come to.
    """

    idea: Idea
    came: datetime.date | None
    stops: tuple[Stop, ...]
    hidden: bool
    furthest: int

    def first(self, *stages: str) -> Stop | None:
        """When it first came to one of these stages."""
        return next((stop for stop in self.stops if stop.stage in stages), None)


@dataclass(frozen=True, eq=False)
class Scope:
    """A whole catalogue, or what belongs to one unit and its parts."""

    catalogue: Catalogue
    unit: str = ""

    @property
    def now(self) -> datetime.date:
        return self.catalogue.now

    def of(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """All entries of a kind, those too that nobody is to see."""
        held = (*self.catalogue.of(kind.kind), *(one for one in self.catalogue.closed if one.kind == kind.kind))
        return tuple(entry for entry in held if isinstance(entry, kind))

    def hidden(self, entry: Entry) -> bool:
        """Whether the public does not see the entry."""
        return entry.id in self._closed or self.catalogue.is_internal(entry) or self.catalogue.is_embargoed(entry)

    def any_hidden(self, entries: Iterable[Entry]) -> bool:
        return any(map(self.hidden, entries))

    def all_hidden(self, ids: Iterable[str]) -> bool:
        """Whether the public sees none of the entries with these ids; one of another idésluss is no secret."""
        return all(map(self._hides, ids))

    def _hides(self, id_: str) -> bool:
        entry = self.catalogue.get(id_)
        return id_ in self._closed or (entry is not None and self.hidden(entry))

    @cached_property
    def _closed(self) -> frozenset[str]:
        return frozenset(entry.id for entry in self.catalogue.closed)

    @cached_property
    def journeys(self) -> tuple[Journey, ...]:
        ideas = self.of(Idea) if not self.unit else (idea for idea in self.of(Idea) if idea.unit in self.home)
        return tuple(map(self._journey, ideas))

    def _journey(self, idea: Idea) -> Journey:
        steps = self.catalogue.steps(idea)
        stops = tuple(Stop(step.stage, exact(step.day), step.is_stated) for step in steps)
        came = exact(idea.handed_in.at) if idea.handed_in else stops[0].day if stops else None
        furthest = max(ORDER.get(stage, 0) for stage in (idea.stage, *(step.stage for step in steps)))
        return Journey(idea, came, stops, self.hidden(idea), furthest)

    @cached_property
    def units(self) -> dict[str, Unit]:
        return {unit.id: unit for unit in self.of(Unit)}

    def above(self, unit: str) -> list[str]:
        """A unit and those that it is part of, from below; each once, even where they go in circles."""
        found: dict[str, None] = {}
        while unit and unit not in found:
            found[unit] = None
            held = self.units.get(unit)
            unit = (held.part_of if held else None) or ""
        return list(found)

    def within(self, unit: str) -> frozenset[str]:
        """A unit and all its parts."""
        return frozenset(id_ for id_ in (*self.units, unit) if unit in self.above(id_))

    @cached_property
    def home(self) -> frozenset[str]:
        """The units that are our own: the one that is asked about, or the instance's owner, with its parts.

        Where no unit bears the owner's name, all units are our own.
        """
        if self.unit:
            return self.within(self.unit)
        owner = next((unit.id for unit in self.units.values() if unit.title == self.catalogue.settings.owner), "")
        return self.within(owner) if owner else frozenset(self.units)

    @cached_property
    def cases(self) -> dict[str, Case]:
        return {case.id: case for case in self.of(Case)}

    @cached_property
    def adoptions(self) -> tuple[Adoption, ...]:
        """The newest word of each adopter of each case."""
        return newest_words(self.of(Adoption))

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Those that have been, the oldest first; of a unit those that it arranged."""
        day = self.now.isoformat()
        past = [event for event in self.of(Event) if (event.end or event.date) < day[: len(event.end or event.date)]]
        of_unit = [event for event in past if not self.unit or event.organiser in self.home]
        return tuple(sorted(of_unit, key=lambda event: (event.date, event.id)))

    @cached_property
    def coach_of_unit(self) -> dict[str, str]:
        """Which coach helps a unit, where its own coach is named."""
        return dict(chain.from_iterable(((unit, coach.id) for unit in coach.units) for coach in self.of(Coach)))

    def coach(self, idea: Idea) -> str:
        """The coach of an idea: its own, else the one of its unit or of the nearest unit above, else ""."""
        named = (self.coach_of_unit[unit] for unit in self.above(idea.unit) if unit in self.coach_of_unit)
        return idea.coach or next(named, "")
