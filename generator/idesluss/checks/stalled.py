"""An idea that has come to a standstill.

Its stage, its log, its decisions and its tests have been left alone for 60 days, or for 180 days from concept to
pilot. Perhaps it waits for somebody who does not know. Nothing is closed by itself: move it on, write down what is
being done, or park it with a day on which it is looked at again.

This is a notice, and changes no exit code.

Right:
    stage: parked
    review_by: 2027-02-01
Wrong:
    stage: assessed    (and no new line since last year)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss import clock
from idesluss.kinds.idea import Idea
from idesluss.problem import Problem, Severity, text
from idesluss.stages import label

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

CODE = "stalled"
SEVERITY = Severity.NOTICE
CLOSES = False


def check_all(catalogue: Catalogue) -> Iterator[Problem]:
    for idea in catalogue.of("idea"):
        if not isinstance(idea, Idea):
            continue
        since = clock.stalled_since(idea, catalogue.life(idea.id), catalogue.now)
        if since is None:
            continue
        yield Problem(
            idea.path,
            catalogue.place(idea, "stage"),
            CODE,
            SEVERITY,
            text("nothing has happened here since {date}", date=since.isoformat()),
            text(
                "move it on, write in the log what is done, or park it; at {stage} this is said after {days} days",
                stage=label(idea.stage, catalogue.settings.stages),
                days=clock.STALLED_AFTER[idea.stage],
            ),
        )
