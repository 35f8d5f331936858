"""An entry that is gone, and with it its address.

Others link to every page that was published. A file that gets another name says its old one in `formerly`, and the
old address leads on. What is over is closed, withdrawn or ended, and stays. What must not be shown is taken out of
the file, which says so in `redacted`.

This is seen only with `idesluss check --base`, which compares with what was there before.

Right:
    formerly: [fuktlarm]    (in ideas/2026/fuktvakt.md, which was ideas/2026/fuktlarm.md)
Wrong:
    ideas/2026/fuktlarm.md is not there any more
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss.problem import Place, Problem, Severity, text

if TYPE_CHECKING:
    from idesluss.change import Change

CODE = "lost-entry"
SEVERITY = Severity.ERROR
CLOSES = False


def check_step(change: Change) -> Iterator[Problem]:
    after = change.after
    there = {(entry.kind, name) for entry in after.entries.values() for name in (entry.id, *entry.formerly)}
    there |= {(lost.kind, lost.id) for lost in after.broken}
    for id, entry in change.before.entries.items():
        if (entry.kind, id) in there or entry.path in change.reverted:
            continue
        yield Problem(
            entry.path,
            Place(),
            CODE,
            SEVERITY,
            text("the entry {id} is gone, and its address leads nowhere", id=id),
            text("put the file back, or write `formerly: [{id}]` in the one that takes its place", id=id),
        )
