"""When each entry of the worked example came, and when each piece of it: taken from what the files themselves say."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache

from idesluss.catalogue import Catalogue
from idesluss.kinds.adoption import Adoption
from idesluss.kinds.case import Case
from idesluss.kinds.entry import Entry
from idesluss.kinds.event import Event
from idesluss.kinds.idea import Idea
from idesluss.kinds.need import Need
from idesluss.links import Mention
from idesluss.stages import ORDER, STAGES, evidence_until
from pieces import OUTCOME, Piece

START = "2025-01-07"
"""The day on which the invented idésluss opens its repository, a week before its first idea."""
TOLD = "2026-11-23"
"""The day on which the real projects were added, and all that nothing dates."""
GROUND = ("unit", "goal", "actor", "barrier", "method", "coach")
"""Kinds that are there from the start, or from the day on which somebody names them."""
RANKS: Mapping[str, int] = {
    kind: rank for rank, kind in enumerate((*GROUND, "need", "project", "case", "idea", "adoption", "event"))
}
"""The order of kinds within a day, so that what is named comes before who names it."""
ALONE = frozenset({"idea", "case"})
"""Kinds of which each entry has pull requests of its own; those of the others share one a day."""

OTHER_GATES: Mapping[str, str] = {
    "themes": "answered", "summary": "answered", "barriers": "assessed", "builds_on": "assessed", "image": "concept",
    "actors": "test", "methods": "test", "reference_number": "concept", "lesson": "closed",
}  # fmt: skip
"""Which gate brings the fields that no gate asks for; what is in neither table stands as the idea is now."""
FROM_THE_START = frozenset(
    {"title", "example", "unit", "stage", "submitter", "handed_in", "visibility", "publish_from", "language"}
)
ANNOUNCED = 60
"""So many days before it is held an event is announced."""
AFTER_EVENT = frozenset({"rating", "organisations", "came", "materials"})

Day = str
"""YYYY-MM-DD"""


def workday(moment: str, ahead: int = 0) -> Day:
    """The weekday `ahead` days after a moment, or the last one before it; YYYY-MM is the end of that month."""
    if len(moment) == 4:
        moment += "-12"
    if len(moment) == 7:
        first = datetime.date.fromisoformat(f"{moment}-01")
        day = (first + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
    else:
        day = datetime.date.fromisoformat(moment)
    day += datetime.timedelta(days=ahead)
    return (day - datetime.timedelta(days=max(0, day.weekday() - 4))).isoformat()


class Days:
    """The days of an instance's entries."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.born: Mapping[str, Day] = self._births()
        self.stages = cache(self._stages)

    def stage(self, idea: Idea, day: Day) -> str:
        """Where the idea is at the end of a day."""
        return max((at, ORDER.get(stage, 99), stage) for stage, at in self.stages(idea.id).items() if at <= day)[2]

    def _stages(self, id: str) -> Mapping[str, Day]:
        entry = self.catalogue.entries[id]
        return {str(step.stage): step.date for step in entry.history}

    def of(self, entry: Entry, piece: Piece) -> Day:
        """The day on which a piece of an entry came: not before the entry, its gate, its date and whom it names."""
        own = self.in_idea(entry, piece) if isinstance(entry, Idea) else self.in_other(entry, piece)
        waits = [self._after(entry, self.catalogue.entries[name]) for name in piece.names if name != entry.id]
        return max([self.born[entry.id], own, *waits])

    def _after(self, entry: Entry, named: Entry) -> Day:
        """The first day on which one entry can name another."""
        rank, other = RANKS[entry.kind], RANKS[named.kind]
        born = self.born[named.id]
        if other < rank or (other == rank and entry.kind not in ALONE) or born < self.born[entry.id]:
            return born
        monday = datetime.date.fromisoformat(born).weekday() == 4
        return workday(born, 3 if monday else 1)

    def in_other(self, entry: Entry, piece: Piece) -> Day:
        """The day of a piece of an entry that is no idea, by its own date."""
        if isinstance(entry, Event):
            held = entry.end or entry.date
            after = piece.path and piece.path[-1] in AFTER_EVENT
            return workday(held, 3) if after and held <= TOLD else ""
        if isinstance(entry, Adoption) or not piece.when:
            return ""
        return min(workday(piece.when), TOLD)

    def in_idea(self, idea: Idea, piece: Piece) -> Day:
        """The day of a piece of an idea."""
        field, *below = piece.path or ("title",)
        if field == "tests" and not piece.opens:
            return self._of_test(idea, int(below[0]), str(below[1]))
        if field in ("log", "decisions"):
            return piece.when
        if piece.path == ("pilot", "result") and idea.pilot and idea.pilot.period and idea.pilot.period.end:
            return self._known(idea, idea.pilot.period.end)
        if field == "body":
            return self._of_block(idea, piece)
        if field in FROM_THE_START or field == "---":
            return ""
        return max(self._gate(idea, ".".join(map(str, piece.path))), piece.when)

    def _gate(self, idea: Idea, field: str) -> Day:
        """When an idea came through the gate that brings a field; where it never did, when it last happened to it."""
        reached = self.stages(idea.id)
        asked = [(gate, one.field) for gate, one in evidence_until("verified", idea.track)]
        asked += [(name, one.field) for name, stage in STAGES.items() for one in stage.evidence if name not in ORDER]
        top = field.partition(".")[0]
        gate = next((gate for gate, name in asked if name in (field, top)), OTHER_GATES.get(top, ""))
        if field == "summary" and idea.stage not in ORDER:
            gate = ""  # it tells how the idea ended
        if gate in reached:
            return reached[gate]
        return max([*reached.values(), *(line.date for line in idea.log)] if not gate else reached.values())

    def _of_test(self, idea: Idea, number: int, field: str) -> Day:
        """A test's plan comes before the test, and its outcome afterwards."""
        test = idea.tests[number]
        planned = max(workday(test.period.start), self.stages(idea.id)["test"])
        if field not in OUTCOME or not test.outcome:
            return planned
        return self._known(idea, str(test.period.end))

    def _known(self, idea: Idea, end: str) -> Day:
        """The day after a period's `end` on which its outcome is written down, before the idea's next step."""
        following = [day for day in self.stages(idea.id).values() if day > workday(end)]
        return min([workday(end, 5), *(workday(day, -1) for day in following)])

    def _of_block(self, idea: Idea, piece: Piece) -> Day:
        """The problem comes with the idea, the solution with the concept, and what it led to as the idea is now."""
        _body, section, number = map(str, piece.path)
        if section == "1":
            return ""
        if number > "1":
            return self._gate(idea, "prose")
        told = idea.body.sections[int(section) - 1]
        return "" if told.title == "Idén" else self._gate(idea, "track" if told.key == "solution" else "needs")

    def _births(self) -> dict[str, Day]:
        """The day on which each entry came."""
        found: dict[str, Day] = {}
        for kind in sorted(RANKS, key=lambda kind: -RANKS[kind]):
            for entry in self.catalogue.of(kind):
                found[entry.id] = self._natural(entry, found)
        changed = True
        while changed:
            changed = False
            for entry in self.catalogue.entries.values():
                for ref in self.catalogue.references(entry):
                    named = self.catalogue.get(ref.target)
                    if named and named.kind in GROUND and found[named.id] > found[entry.id]:
                        found[named.id], changed = found[entry.id], True
        return found

    def _natural(self, entry: Entry, found: Mapping[str, Day]) -> Day:
        """When an entry came, by what it says and by who names it."""
        if isinstance(entry, Idea):
            return min(self._stages(entry.id).values())
        if not entry.example:
            return TOLD
        if isinstance(entry, Adoption):
            return entry.confirmed
        if isinstance(entry, Event):
            return min(workday(entry.date, -ANNOUNCED), TOLD)
        if isinstance(entry, Case):
            return self._of_case(entry)
        if isinstance(entry, Need):
            named = [workday(found[one.source], -1) for one in self._naming(entry, Idea)]
            return min([*named, *([entry.confirmed.date] if entry.confirmed else [])], default=TOLD)
        stated = [str(getattr(entry, "seen", None) or "")]
        stated += [str(getattr(getattr(entry, "decided", None), "date", ""))]
        return max([START, *(workday(day) for day in stated if day)])

    def _naming(self, entry: Entry, kind: type[Entry]) -> list[Mention]:
        return [one for one in self.catalogue.referring(entry.id) if isinstance(self.catalogue.get(one.source), kind)]

    def _of_case(self, case: Case) -> Day:
        """A case is told when its idea has come into use or was stopped, or when somebody first uses it."""
        days = []
        for origin in case.origin:
            days += [at for stage, at in self._stages(origin).items() if stage in ("implemented", "closed")]
        for one in self._naming(case, Adoption):
            version = getattr(self.catalogue.get(one.source), "version", "")
            days += [version] if version[:2] == "20" else []
        for one in self._naming(case, Event):
            held = str(getattr(self.catalogue.get(one.source), "date", ""))
            days += [workday(held, -ANNOUNCED)] if held <= TOLD else []
        return min(days, default=workday(case.last_confirmed or TOLD))
