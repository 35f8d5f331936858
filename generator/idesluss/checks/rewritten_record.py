"""Something that had been said and that was changed or taken out.

Lines of the log, decisions, and the plan of a test are only added to, so that everybody can trust what they read.
What was wrong gets a new line that says so, and a test that is to be done in another way gets a key of its own. Only
what must not stand there may go: then `redacted` says when and why.

This is seen only with `idesluss check --base`, which compares with what was there before.

Right:
    redacted: {date: 2026-04-01, reason: En uppgift om en person är borttagen.}
Wrong:
    threshold: minst 5 av 10    (was: minst 8 av 10)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pydantic import BaseModel

from idesluss.checks.outcome_without_plan import changed
from idesluss.problem import N_, Problem, Severity, text

if TYPE_CHECKING:
    from idesluss.change import Change
    from idesluss.kinds.idea import Idea

CODE = "rewritten-record"
SEVERITY = Severity.ERROR
CLOSES = False

RECORDS = {
    "log": N_("the log line of {date} has been changed or taken out"),
    "decisions": N_("the decision of {date} has been changed or taken out"),
}
LATER = frozenset({"public", "reference_number"})
"""What may be settled after the line was written: who may read it, and its number in the diary."""


def check_step(change: Change) -> Iterator[Problem]:
    for before, after in change.ideas():
        if before is None or (after.redacted and after.redacted != before.redacted):
            continue
        yield from _records(change, before, after)
        yield from _plans(change, before, after)


def _records(change: Change, before: Idea, after: Idea) -> Iterator[Problem]:
    for field, message in RECORDS.items():
        held: Sequence[BaseModel] = getattr(after, field)
        left = [_words(line) for line in held]
        for at, line in enumerate(getattr(before, field)):
            if _words(line) in left:
                left.remove(_words(line))
                continue
            place = change.after.place(after, *((field, at) if at < len(held) else (field,)))
            hint = text("put it back as it was, and add a new one that says what is right; or tell of it in `redacted`")
            yield Problem(after.path, place, CODE, SEVERITY, text(message, date=line.date), hint)


def _words(line: BaseModel) -> dict[str, object]:
    """What a line says, however its text is broken into lines."""
    told = line.model_dump(exclude=set(LATER))
    return {name: value.split() if isinstance(value, str) else value for name, value in told.items()}


def _plans(change: Change, before: Idea, after: Idea) -> Iterator[Problem]:
    places = {test.key: at for at, test in enumerate(after.tests)}
    for test in before.tests:
        at = places.get(test.key)
        other = changed(test, after.tests[at]) if at is not None else ()
        if at is not None and not other:
            continue
        if at is None:
            place = change.after.place(after, "tests")
            message = text("the test {key} has been taken out", key=test.key)
        else:
            place = change.after.place(after, "tests", at, other[0])
            message = text("the plan of the test {key} has been changed: {fields}", key=test.key, fields=other)
        hint = text("put it back as it was, and add a test with a key of its own; or tell of it in `redacted`")
        yield Problem(after.path, place, CODE, SEVERITY, message, hint)
