"""A footnote that nothing in the text refers to, and so is not shown.

Markdown leaves such a note out. Write `[^name]` in the text where it belongs. Where two notes have the same name, the
first one counts.

Right:
    Det tog tre veckor[^1].

    [^1]: Med semestern borträknad.
Wrong:
    Det tog tre veckor.

    [^1]: Med semestern borträknad.
"""

from __future__ import annotations

from collections.abc import Iterator

from idesluss.body.notes import loose_notes
from idesluss.kinds.entry import Entry
from idesluss.problem import Problem, Severity, text
from idesluss.settings import Settings
from idesluss.source import Source

CODE = "loose-footnote"
SEVERITY = Severity.WARNING
CLOSES = False


def check_entry(source: Source, entry: Entry, settings: Settings) -> Iterator[Problem]:
    for note in loose_notes(source.body.replace("\r\n", "\n")):
        message = text("the footnote {name} is not shown, since nothing refers to it", name=note.name)
        hint = text("write [^{name}] in the text where it belongs, or take the note out", name=note.name)
        if note.again:
            message = text("the footnote {name} is not shown, since another has the same name", name=note.name)
            hint = text("give it a name of its own")
        yield Problem(source.path, source.body_place(note.line, note.column), CODE, SEVERITY, message, hint)
