"""A clone of the repository that was cut short.

Dates come from git: when an idea came in, and when it passed each gate. A shallow clone holds only the latest
commits, so that every date before them would be wrong. No dates are shown then. Fetch the rest.

Right:
    git fetch --unshallow
    fetch-depth: 0    (in a workflow, with actions/checkout)
Wrong:
    git clone --depth 1 …
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss.problem import Place, Problem, Severity, text

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

CODE = "shallow-clone"
SEVERITY = Severity.ERROR
CLOSES = False


def check_all(catalogue: Catalogue) -> Iterator[Problem]:
    if catalogue.history.is_shallow:
        yield problem()


def problem() -> Problem:
    return Problem(
        ".git",
        Place(),
        CODE,
        SEVERITY,
        text("the clone is shallow, so the dates of the ideas are not known"),
        text("fetch the rest with `git fetch --unshallow`; in a workflow, give actions/checkout `fetch-depth: 0`"),
    )
