"""The text of an example or a method is too long for its spreading page.

Each example and method has a page to pass on, which is one A4 when it is printed: what it is, what it gave, what must
be kept and how to take it over. A longer text runs over to a second sheet, which gets lost. The length is reckoned, a
little too strictly, and the hint names what takes most room. The entry's own page has room for all.

Right:
    core:
      - Somebody owns the alarms.
Wrong:
    core:
      - Somebody must own the alarms, and with this we mean that, as we learnt in the spring, the manager of … (a page)
"""

from __future__ import annotations

from collections.abc import Iterator

from idesluss import sheet
from idesluss.body.places import places_of
from idesluss.kinds.entry import Entry
from idesluss.problem import Place, Problem, Severity, text
from idesluss.settings import Settings
from idesluss.source import Source

CODE = "sheet-full"
SEVERITY = Severity.NOTICE
CLOSES = False


def check_entry(source: Source, entry: Entry, settings: Settings) -> Iterator[Problem]:
    if entry.kind not in sheet.KINDS:
        return
    lines = sheet.lines_over(entry)
    if lines:
        block = sheet.longest(entry)
        yield Problem(
            source.path,
            _place(source, entry, block.field),
            CODE,
            SEVERITY,
            text("the spreading page does not fit on one A4: about {lines} lines are too many", lines=lines),
            text("shorten {what}, which takes most room", what=_name(entry, block.field)),
        )


def _name(entry: Entry, field: str) -> str:
    """The field, or the heading of the section, as it stands in the file."""
    section = entry.section(field)
    return f"## {section.title}" if section else field


def _place(source: Source, entry: Entry, field: str) -> Place:
    """Where the field or the heading of the section stands."""
    section = entry.section(field)
    if section is None:
        return source.key_place(field) if field in source.front else Place(1, 1)
    spots = places_of(source.body.replace("\r\n", "\n")).headings
    lines = (line for heading, line in zip(entry.body.headings, spots, strict=False) if heading.title == section.title)
    return source.body_place(next(lines, 1), 1)
