"""What somebody does with an idea, as changes of its file; whether it may be done, the checks tell."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from idesluss.catalogue import Catalogue
from idesluss.edit import Change, Value, added, put
from idesluss.kinds.coach import Coach
from idesluss.kinds.idea import Idea
from idesluss.slug import slug_of
from idesluss.stages import MOVES, STAGES, Evidence, skipped

KEY_LENGTH = 40


class Decided(NamedTuple):
    """Who decided, and why; `skips` are the gates that are left out on purpose."""

    by: str
    reason: str
    skips: Sequence[str] = ()


def step(idea: Idea, to: str, day: datetime.date, decided: Decided | None) -> list[Change]:
    """The idea goes to another stage, by a decision if there is one."""
    changes = [put("stage", to)]
    if decided:
        decision: dict[str, Value] = {"date": day.isoformat(), "to": to, "by": decided.by, "reason": decided.reason}
        if MOVES[idea.stage, to] == "skip":
            decision["skips"] = list(decided.skips)
        changes.append(added("decisions", decision))
    return changes


def wants_decision(idea: Idea, to: str, lacking: Iterable[Evidence]) -> bool:
    """Whether somebody has to say why the idea goes there."""
    return MOVES[idea.stage, to] in ("back", "reopen", "skip") or any(one.field == "decisions" for one in lacking)


def log_line(day: datetime.date, role: str, type_: str, words: str, *, public: bool) -> Change:
    """A new line of the log."""
    line: dict[str, Value] = {"date": day.isoformat(), "role": role, "type": type_, "text": words}
    return added("log", {**line, "public": True} if public else line)


def answer(idea: Idea, coach: str, line: Change) -> list[Change]:
    """The idea giver is answered: the line, the coach who takes care of the idea, and the step if it waited for it."""
    changes = [line]
    if idea.coach != coach:
        changes.append(put("coach", coach))
    return [*changes, put("stage", "answered")] if idea.stage == "submitted" else changes


def coaches_of(catalogue: Catalogue, idea: Idea) -> list[str]:
    """Who could take care of an idea: its coach, else those who help its unit or a unit above it."""
    if idea.coach:
        return [idea.coach]
    unit, seen = catalogue.get(idea.unit), set[str]()
    while unit is not None and unit.id not in seen:
        found = [coach.id for coach in catalogue.of("coach") if isinstance(coach, Coach) and unit.id in coach.units]
        if found:
            return found
        seen.add(unit.id)
        unit = catalogue.get(getattr(unit, "part_of", None) or "")
    return []


def test_key(idea: Idea, words: str) -> str:
    """A key for a new test, made of what it measures, that no other test of the idea has."""
    taken = {test.key for test in idea.tests}
    try:
        short = slug_of(words)[: KEY_LENGTH + 1]
    except ValueError:
        short = "test"
    key = (short.rpartition("-")[0] or short) if len(short) > KEY_LENGTH else short
    number = 2
    made = key
    while made in taken:
        made, number = f"{key}-{number}", number + 1
    return made


def gates_between(idea: Idea, to: str) -> tuple[str, ...]:
    """The gates that the idea would leave out on the way to a stage."""
    return skipped(idea.stage, to) if MOVES[idea.stage, to] == "skip" else ()


def approves(stage: str) -> str:
    """The msgid of who decides that an idea comes to a stage."""
    return STAGES[stage].approves
