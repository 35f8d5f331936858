"""A good example that nobody has confirmed for two years.

Others take after it, and want to know that it still holds. Ask the organisation, and write the day in
`last_confirmed`; if it is over, say so in `status`. Without a day it counts from the day that the file came.

This is a notice, and changes no exit code.

Right:
    last_confirmed: 2026-09
Wrong:
    status: in_use
    last_confirmed: 2023-09    (more than two years ago)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss import clock
from idesluss.kinds.case import Case
from idesluss.problem import Problem, Severity, text

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

CODE = "unconfirmed-case"
SEVERITY = Severity.NOTICE
CLOSES = False


def check_all(catalogue: Catalogue) -> Iterator[Problem]:
    for case in catalogue.of("case"):
        due = clock.confirmation_due(case, catalogue.life(case.id)) if isinstance(case, Case) else None
        if due is not None and due < catalogue.now:
            yield Problem(
                case.path,
                catalogue.place(case, "last_confirmed"),
                CODE,
                SEVERITY,
                text("nobody has confirmed for two years that this example holds"),
                text("ask the organisation, and write the day in `last_confirmed`, or that it has ended in `status`"),
            )
