"""An idea that goes back, or is opened again, without a reason.

An idea may go back any number of stages, and whatever was put aside may be opened again. The idea giver wants to
know why: a new decision to the stage where it lands says so.

This is seen only with `idesluss check --base`, which compares with what was there before.

Right:
    stage: assessed    (was: test)
    decisions:
      - {date: 2026-05-04, to: assessed, by: Idérådet, reason: Testet visade att behovet är ett annat.}
Wrong:
    stage: assessed    (was: test, and no new decision says why)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss.change import new_decisions
from idesluss.problem import N_, Problem, Severity, text
from idesluss.stages import MOVES, label, next_from

if TYPE_CHECKING:
    from idesluss.change import Change

CODE = "step-without-reason"
SEVERITY = Severity.ERROR
CLOSES = False

MESSAGES = {
    "back": N_("the idea goes back from {before} to {after}, and no new decision says why"),
    "reopen": N_("the idea is opened again from {before} to {after}, and no new decision says why"),
}


def check_step(change: Change) -> Iterator[Problem]:
    own = change.after.settings.stages
    for before, after in change.ideas():
        if before is None:
            continue
        move = MOVES[before.stage, after.stage]
        too_far = move == "reopen" and after.stage not in next_from(before.stage, change.furthest(before))
        if move not in MESSAGES or too_far:
            continue
        if any(decision.to == after.stage for decision in new_decisions(before, after)):
            continue
        yield Problem(
            after.path,
            change.after.place(after, "stage"),
            CODE,
            SEVERITY,
            text(MESSAGES[move], before=label(before.stage, own), after=label(after.stage, own)),
            text("add a decision with date, `to: {to}`, by and reason", to=after.stage),
        )
