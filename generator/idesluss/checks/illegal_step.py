"""A step that the lock does not allow.

An idea goes one stage forward at a time, so that every gate gets its evidence and its answer. It may leave the lock
from every stage. It may go back, or come back into the lock, with a reason, but not further than it had come. To
skip gates takes a new decision to the stage that it lands on, which names all that are skipped. Two steps are two
changes.

This is seen only with `idesluss check --base`, which compares with what was there before.

Right:
    stage: answered    (was: submitted)

    stage: concept    (was: answered)
    decisions:
      - {date: 2026-03-02, to: concept, by: Idérådet, reason: Behovet är känt., skips: [assessed]}
Wrong:
    stage: assessed    (was: submitted)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from idesluss.change import new_decisions
from idesluss.problem import Problem, Severity, Text, text
from idesluss.stages import MOVES, label, next_from, skipped

if TYPE_CHECKING:
    from idesluss.change import Change
    from idesluss.kinds.idea import Idea

CODE = "illegal-step"
SEVERITY = Severity.ERROR
CLOSES = False


def check_step(change: Change) -> Iterator[Problem]:
    own = change.after.settings.stages
    for before, after in change.ideas():
        if before is None:
            continue
        move = MOVES[before.stage, after.stage]
        furthest = change.furthest(before)
        legal = next_from(before.stage, furthest)
        values = {"before": label(before.stage, own), "after": label(after.stage, own), "stages": named(legal, own)}
        if move == "skip" and not _is_decided(before, after):
            message = text("an idea cannot go from {before} to {after} in one step", **values)
            hint = text(
                "next would be: {stages}; to skip takes a new decision with `to: {to}` and `skips: [{skips}]`",
                **values,
                to=after.stage,
                skips=skipped(before.stage, after.stage),
            )
        elif move == "reopen" and after.stage not in legal:
            message = text(
                "a reopened idea cannot go on to {after}: it had come to {furthest}",
                **values,
                furthest=label(furthest, own),
            )
            hint = text("next would be: {stages}", **values)
        else:
            continue
        yield Problem(after.path, change.after.place(after, "stage"), CODE, SEVERITY, message, hint)


def _is_decided(before: Idea, after: Idea) -> bool:
    """Whether a new decision to the stage names every gate that is skipped."""
    gates = set(skipped(before.stage, after.stage))
    return any(decision.to == after.stage and gates <= set(decision.skips) for decision in new_decisions(before, after))


def named(stages: tuple[str, ...], own: Mapping[Any, str]) -> tuple[Text, ...]:
    """Stages as they are written in a file, each with what it is called."""
    return tuple(text("{stage} ({label})", stage=stage, label=label(stage, own)) for stage in stages)
