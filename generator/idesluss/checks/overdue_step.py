"""A next step whose day has passed.

`next_step` says what happens next, who sees to it, and by when. Everybody can read it, and the idea giver waits for
it. Write what came of it in the log, and what the next step is now.

This is a notice, and changes no exit code.

Right:
    next_step: {what: Besök boendet, role: Idécoach, by: 2027-02-01}    (a day to come)
Wrong:
    next_step: {what: Besök boendet, role: Idécoach, by: 2026-02-01}    (a day that has passed)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss import clock
from idesluss.kinds.idea import Idea
from idesluss.problem import Problem, Severity, text

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

CODE = "overdue-step"
SEVERITY = Severity.NOTICE
CLOSES = False


def check_all(catalogue: Catalogue) -> Iterator[Problem]:
    for idea in catalogue.of("idea"):
        due = clock.next_step_due(idea) if isinstance(idea, Idea) else None
        if due is not None and due < catalogue.now:
            yield Problem(
                idea.path,
                catalogue.place(idea, "next_step", "by"),
                CODE,
                SEVERITY,
                text("the next step was to be done by {date}", date=due.isoformat()),
                text("write in the log what came of it, and say what the next step is now"),
            )
