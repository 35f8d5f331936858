"""An adoption that nobody has confirmed for two years.

How far an example has spread is counted by what somebody still stands for. Ask the one who took it over,
and write the new day in `confirmed`, or `phase: ended`.

This is a notice, and changes no exit code.

Right:
    phase: ended
Wrong:
    phase: in_use
    confirmed: 2023-05-01    (more than two years ago)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss import clock
from idesluss.kinds.adoption import Adoption
from idesluss.measures.terms import newest_words
from idesluss.problem import Problem, Severity, text

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

CODE = "lapsed-adoption"
SEVERITY = Severity.NOTICE
CLOSES = False


def check_all(catalogue: Catalogue) -> Iterator[Problem]:
    for adoption in newest_words(entry for entry in catalogue.of("adoption") if isinstance(entry, Adoption)):
        due = clock.lapses(adoption)
        if due is not None and due < catalogue.now:
            yield Problem(
                adoption.path,
                catalogue.place(adoption, "confirmed"),
                CODE,
                SEVERITY,
                text("the adoption has not been confirmed for two years, and no longer counts"),
                text("ask those who took it over, and write the new day here, or `phase: ended`"),
            )
