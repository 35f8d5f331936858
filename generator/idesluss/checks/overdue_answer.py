"""An answer that was promised and has not come.

`response_promise` in idesluss.yml says within how many working days an idea giver gets an answer. They are counted
from the day at the door (`handed_in.at`), else from the day that the file came. A no is an answer too, if it says
why.

This is a notice, and changes no exit code.

Right:
    log:
      - {date: 2026-01-19, role: idécoach, type: answer, text: Tack!, public: true}
Wrong:
    handed_in: {door: form, at: 2026-01-05}    (and no answer in the log three weeks later)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss import clock
from idesluss.kinds.idea import Idea
from idesluss.problem import Problem, Severity, text

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

CODE = "overdue-answer"
SEVERITY = Severity.NOTICE
CLOSES = False


def check_all(catalogue: Catalogue) -> Iterator[Problem]:
    promise = catalogue.settings.response_promise
    for idea in catalogue.of("idea"):
        due = clock.answer_due(idea, catalogue.life(idea.id), promise) if isinstance(idea, Idea) else None
        if due is not None and due < catalogue.now:
            yield Problem(
                idea.path,
                catalogue.place(idea, "handed_in", "at"),
                CODE,
                SEVERITY,
                text("the idea giver was to have an answer by {date}", date=due.isoformat()),
                text("write the answer in `log`, with `type: answer`; {days} working days are promised", days=promise),
            )
