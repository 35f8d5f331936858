"""An entry marked internal in a repository that everybody can read.

In a public repository the file is public already, whatever it says: anyone can read it, and its history, for ever.
Take it out and keep it in a private repository, or publish it.

Right:
    repository: private    (in idesluss.yml)
Wrong:
    visibility: internal    (in a public repository)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss.problem import Problem, Severity, text

if TYPE_CHECKING:
    from idesluss.kinds.entry import Entry
    from idesluss.settings import Settings
    from idesluss.source import Source

CODE = "internal-in-public"
SEVERITY = Severity.ERROR
CLOSES = True


def check_entry(source: Source, entry: Entry, settings: Settings) -> Iterator[Problem]:
    if settings.repository == "public" and entry.visibility == "internal":
        yield Problem(
            entry.path,
            source.place("visibility"),
            CODE,
            SEVERITY,
            text("the entry is internal, but everybody can read this repository"),
            text("move the file to a private repository, or take the line out"),
        )
