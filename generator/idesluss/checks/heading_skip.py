"""A heading in the text skips a level, or is a heading of level 1.

The title in the front matter is the heading of level 1, so the text begins with ##. Who listens to a page jumps from
heading to heading, and a level that is left out sounds like something missed. Put one # more at each step down. The
portal evens out the levels, but the file shows what the author meant.

Right:
    ## Lösning
    ### Så gjorde vi
Wrong:
    # Lösning
    ### Så gjorde vi
"""

from __future__ import annotations

from collections.abc import Iterator

from idesluss.kinds.entry import Entry
from idesluss.problem import Place, Problem, Severity, text
from idesluss.settings import Settings
from idesluss.source import Source

CODE = "heading-skip"
SEVERITY = Severity.WARNING
CLOSES = False


def check_entry(source: Source, entry: Entry, settings: Settings) -> Iterator[Problem]:
    above = 1
    for heading in entry.body.headings:
        if not heading.title:
            continue
        if heading.level == 1:
            message = text("“{title}” is a heading of level 1, which only the title is", title=heading.title)
            hint = (
                text("write ## before it")
                if _is_marked(source, heading.line)
                else text("write the line as `## {title}`, and take out the line of = below it", title=heading.title)
            )
        elif heading.level > above + 1:
            message = text(
                "“{title}” is a heading of level {level} below level {above}",
                title=heading.title,
                level=heading.level,
                above=above,
            )
            hint = text("write {signs} before it", signs="#" * (above + 1))
        else:
            above = heading.level
            continue
        above = heading.level
        yield Problem(source.path, _place(source, heading.line), CODE, SEVERITY, message, hint)


def _is_marked(source: Source, line: int) -> bool:
    """Whether a heading is one by what stands before it, not by a line below it."""
    below = source.line(source.body_place(max(line, 1), 1).line + 1).strip()
    return not below or set(below) != {"="}


def _place(source: Source, line: int) -> Place:
    """The first character of the heading: Markdown lets up to three spaces stand before it."""
    place = source.body_place(max(line, 1), 1)
    written = source.line(place.line)
    return place._replace(column=len(written) - len(written.lstrip()) + 1)
