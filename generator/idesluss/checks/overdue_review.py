"""A parked idea whose day has come.

It was put aside until the day in `review_by`, and that day has passed. Look at it: open it again with a reason, park
it until another day, or close it.

This is a notice, and changes no exit code.

Right:
    stage: parked
    review_by: 2027-02-01    (a day to come)
Wrong:
    stage: parked
    review_by: 2026-02-01    (a day that has passed)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss import clock
from idesluss.kinds.idea import Idea
from idesluss.problem import Problem, Severity, text

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

CODE = "overdue-review"
SEVERITY = Severity.NOTICE
CLOSES = False


def check_all(catalogue: Catalogue) -> Iterator[Problem]:
    for idea in catalogue.of("idea"):
        due = clock.review_due(idea) if isinstance(idea, Idea) else None
        if due is not None and due < catalogue.now:
            yield Problem(
                idea.path,
                catalogue.place(idea, "review_by"),
                CODE,
                SEVERITY,
                text("the idea was to be looked at again by {date}", date=due.isoformat()),
                text("open it again with a reason, give it another day, or close it"),
            )
