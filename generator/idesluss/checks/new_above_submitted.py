"""A new idea that does not begin at the first stage.

A new file begins at *submitted*, so that the idea giver gets an answer, and everybody can see when. Only an idea
that lived before it came here may stand further on: one from an older list says so in `history`, one from another
idésluss in `shared_from`.

This is seen only with `idesluss check --base`, which compares with what was there before.

Right:
    stage: test
    history:
      - {stage: submitted, date: 2024-03}
      - {stage: test, date: 2025-01}
Wrong:
    stage: test    (in a new file, without history and shared_from)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss.problem import Problem, Severity, text
from idesluss.stages import CHAMBERS, label

if TYPE_CHECKING:
    from idesluss.change import Change
    from idesluss.kinds.idea import Idea

CODE = "new-above-submitted"
SEVERITY = Severity.ERROR
CLOSES = False


def check_step(change: Change) -> Iterator[Problem]:
    own = change.after.settings.stages
    first = CHAMBERS[0].name
    for before, after in change.ideas():
        if before is None and after.stage != first and not is_brought_in(after):
            yield Problem(
                after.path,
                change.after.place(after, "stage"),
                CODE,
                SEVERITY,
                text("a new idea cannot begin at {stage}", stage=label(after.stage, own)),
                text(
                    "begin with `stage: {first}`, or say where it comes from, with `history` or `shared_from`",
                    first=first,
                ),
            )


def is_brought_in(idea: Idea) -> bool:
    """Whether an idea lived before its file came here, by its own word."""
    return bool(idea.history or idea.shared_from)
