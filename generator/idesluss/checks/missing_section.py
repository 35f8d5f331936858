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

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss.body.parts import key_of, plain
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
        if section is not None and (plain(section.html) or "<img" in section.html):
            continue
        swedish = settings.language == "sv"
        heading = name.swedish[-1] if swedish else name.english[0]
        meant = _meant(entry, name.key) if section is None else ""
        place, hint = (
            Place(source.closing_line, 1),
            text("write a line `## {heading}` and the text below it", heading=heading),
        )
        if section is not None:
            message = text("the section “{heading}” is empty", heading=section.title)
            place, hint = _place(source, section.title), text("write the text below it")
        elif meant:
            message = text("the heading “{heading}” begins no section, as it stands here", heading=meant)
            place = _place(source, meant)
            hint = text("begin the line with `## `, and close what is open above it, such as a list or <details>")
        else:
            message = text("the section “{heading}” is missing", heading=heading)
        yield Problem(entry.path, place, CODE, SEVERITY, message, hint)


def _meant(entry: Entry, key: str) -> str:
    """A heading of the section's name that begins none, since it has another level or stands inside something."""
    from idesluss.entry import section_keys

    keys = section_keys(type(entry))
    return next((heading.title for heading in entry.body.headings if key_of(heading.title, keys) == key), "")


def _place(source: Source, title: str) -> Place:
    """Where a heading stands, else the end of the fields."""
    lines = [unicodedata.normalize("NFC", line) for line in source.body.split("\n")]
    found = [at for at, line in enumerate(lines, 1) if title in line]
    marked = [at for at in found if "#" in lines[at - 1]]
    return source.body_place((marked or found)[0], 1) if found else Place(source.closing_line, 1)
