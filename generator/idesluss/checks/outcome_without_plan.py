"""An outcome whose test was not there before it.

What is believed, what is measured, and when the belief was wrong is written down before the test, in a change of its
own. Else a threshold could be set so that it fits. An outcome may be added only where the same test, by its `key`,
stood there already, with the same hypothesis, measure and threshold.

This is seen only with `idesluss check --base`, which compares with what was there before.

Right:
    outcome: not_met    (added to a test that was merged before)
Wrong:
    outcome: met    (added together with the test, or with another threshold)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss.problem import Problem, Severity, text

if TYPE_CHECKING:
    from idesluss.change import Change
    from idesluss.kinds.idea import Test

CODE = "outcome-without-plan"
SEVERITY = Severity.ERROR
CLOSES = False

PLAN = ("hypothesis", "measure", "threshold")
"""What of a test is settled before it starts."""


def check_step(change: Change) -> Iterator[Problem]:
    for before, after in change.ideas():
        if before is None and (after.history or after.shared_from):
            continue
        held = {test.key: test for test in before.tests} if before else {}
        for at, test in enumerate(after.tests):
            known = held.get(test.key)
            if test.outcome is None or (known and (known.outcome == test.outcome or not changed(known, test))):
                continue
            place = change.after.place(after, "tests", at, "outcome")
            if known is None:
                message = text("the test {key} came together with its outcome", key=test.key)
            else:
                fields = changed(known, test)
                message = text("the test {key} had another {fields} before its outcome", key=test.key, fields=fields)
            hint = text("add the test alone, without `outcome`, and its outcome in a later change")
            yield Problem(after.path, place, CODE, SEVERITY, message, hint)


def changed(before: Test, after: Test) -> tuple[str, ...]:
    """The fields of a test's plan that are others now; how lines are broken does not count."""
    return tuple(name for name in PLAN if getattr(before, name).split() != getattr(after, name).split())
