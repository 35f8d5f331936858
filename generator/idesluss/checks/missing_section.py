"""A section of the text that has to be there and is not.

A kind asks for some sections of the body: an idea for its problem, a good example for what, why and how. A section is a
heading with two # and the text below it. It is empty if only the heading stands there.

Right:
    ## Problemet
    Fukten syns först när golvet är förstört.
Wrong:
    Fukten syns först när golvet är förstört.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss.problem import Place, Problem, Severity, text

if TYPE_CHECKING:
    from idesluss.kinds.entry import Entry
    from idesluss.settings import Settings
    from idesluss.source import Source

CODE = "missing-section"
SEVERITY = Severity.ERROR
CLOSES = True


def check_entry(source: Source, entry: Entry, settings: Settings) -> Iterator[Problem]:
    for name in type(entry).sections:
        if not name.required:
            continue
        section = entry.section(name.key)
        if section is not None and section.html:
            continue
        swedish = settings.language == "sv"
        heading = name.swedish[-1] if swedish else name.english[0]
        if section is None:
            message = text("the section “{heading}” is missing", heading=heading)
            place = Place(source.closing_line, 1)
        else:
            message = text("the section “{heading}” is empty", heading=section.title)
            place = next(
                (
                    source.body_place(at, 1)
                    for at, line in enumerate(source.body.split("\n"), 1)
                    if section.title in line
                ),
                Place(source.closing_line, 1),
            )
        yield Problem(
            entry.path,
            place,
            CODE,
            SEVERITY,
            message,
            text("write a line `## {heading}` and the text below it", heading=heading),
        )
