"""A change of an instance: what it held before, what it holds after, and what a revert put back as it once stood."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from idesluss.catalogue import Catalogue
from idesluss.kinds.entry import Entry
from idesluss.kinds.idea import Decision, Idea
from idesluss.stages import CHAMBERS, ORDER


class Pair(NamedTuple):
    """An entry before and after the change; None where there was none."""

    before: Entry | None
    after: Entry


class Ideas(NamedTuple):
    """An idea before and after the change; None where it is new."""

    before: Idea | None
    after: Idea


@dataclass(frozen=True, eq=False)
class Change:
    """Two catalogues, neither with entries closed, so that a fault of the text does not hide a step.

    `reverted` are the paths that stand, or are missing, exactly as before, by a commit that says it is a revert.
    `reached` is the furthest chamber that an idea had been in by git, for ideas that come back into the lock.
    """

    before: Catalogue
    after: Catalogue
    reverted: Collection[str] = ()
    reached: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Every entry there is now, beside what it was before, by its name or a former one.

        What could not be read before is left out: nobody knows what it was.
        """
        unknown = {lost.id for lost in self.before.broken}
        found = (Pair(self._before(entry), entry) for entry in self.after.entries.values())
        return tuple(pair for pair in found if pair.before or not unknown.intersection(_names(pair.after)))

    def ideas(self) -> Iterator[Ideas]:
        """The ideas among the pairs, but not those that a revert put back."""
        for before, after in self.pairs:
            if isinstance(after, Idea) and after.path not in self.reverted:
                yield Ideas(before if isinstance(before, Idea) else None, after)

    @cached_property
    def moved(self) -> Mapping[str, str]:
        """Where each file of before stands now, by path, if it stands elsewhere."""
        return {
            before.path: after.path for before, after in self.pairs if before is not None and before.path != after.path
        }

    def furthest(self, idea: Idea) -> str:
        """The furthest chamber that an idea of before had come to, by its file and by git."""
        stages = [idea.stage, *(decision.to for decision in idea.decisions), *(step.stage for step in idea.history)]
        place = max(ORDER.get(stage, 0) for stage in [*stages, self.reached.get(idea.id, "")])
        return CHAMBERS[place].name

    def _before(self, entry: Entry) -> Entry | None:
        names = (name for name in _names(entry) if name == entry.id or name not in self.after.entries)
        return next((held for held in map(self.before.get, names) if held is not None), None)


def new_decisions(before: Idea, after: Idea) -> list[Decision]:
    """The decisions that the change brought; one that only got its diary number is not among them."""
    left = [_bare(decision) for decision in before.decisions]
    found = []
    for decision in after.decisions:
        if _bare(decision) in left:
            left.remove(_bare(decision))
        else:
            found.append(decision)
    return found


def _bare(decision: Decision) -> Decision:
    return decision.model_copy(update={"reference_number": None})


def _names(entry: Entry) -> tuple[str, ...]:
    return (entry.id, *entry.formerly)
