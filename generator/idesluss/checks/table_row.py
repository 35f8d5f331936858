r"""A row of a table has more cells than the table has columns, and the rest is not shown.

The first row says how many columns there are. Each | begins a new cell, also within code. Where the sign itself is
meant, \ goes before it.

Right:
    | Kommando | Gör |
    |---|---|
    | `a \| b` | Väljer en av två |
Wrong:
    | Kommando | Gör |
    |---|---|
    | `a | b` | Väljer en av två |
"""

from __future__ import annotations

from collections.abc import Iterator

from idesluss.body.tables import lost_cells
from idesluss.kinds.entry import Entry
from idesluss.problem import Problem, Severity, text
from idesluss.settings import Settings
from idesluss.source import Source

CODE = "table-row"
SEVERITY = Severity.WARNING
CLOSES = False


def check_entry(source: Source, entry: Entry, settings: Settings) -> Iterator[Problem]:
    if "<table" not in entry.body.html:
        return
    for lost in lost_cells(source.body.replace("\r\n", "\n")):
        message = text("“{words}” stands outside the columns of the table and is not shown", words=lost.words)
        hint = text("write \\| for the sign itself, also within code, or give the first row one more column")
        yield Problem(source.path, source.body_place(lost.line, lost.column), CODE, SEVERITY, message, hint)
