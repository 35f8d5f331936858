"""Footnotes as they are written: which there are, and which of them nobody would see."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

_NOTE = re.compile(r" {0,3}(\[\^([^\]\s]+)\]):")
_FENCE = re.compile(r"[ \t>]*(?:[-*+] +|\d+[.)] +)*(```+|~~~+)")


class Note(NamedTuple):
    """A footnote: its name, the line and column of its sign, and whether one of the same name stands before it."""

    name: str
    line: int
    column: int
    again: bool


def notes_of(markdown: str) -> Iterator[Note]:
    """The footnotes that a text defines at the beginning of a line, but for those within fenced code."""
    seen: set[str] = set()
    fence = ""
    for number, line in enumerate(markdown.split("\n"), 1):
        mark = _FENCE.match(line)
        if mark:
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        note = None if fence or mark else _NOTE.match(line)
        if note:
            name = note[2].casefold()
            yield Note(note[2], number, note.start(1) + 1, name in seen)
            seen.add(name)


def loose_notes(markdown: str) -> list[Note]:
    """Those that nothing refers to, and those whose name another has taken."""
    found = list(notes_of(markdown)) if "[^" in markdown else []
    defined = Counter(note.name.casefold() for note in found)
    written = Counter(rest.partition("]")[0] for rest in markdown.casefold().split("[^")[1:])
    loose = {name for name, times in defined.items() if written[name] <= times}
    return [note for note in found if note.again or note.name.casefold() in loose]


def with_names_once(markdown: str) -> str:
    """The Markdown with a name of its own for each footnote; the engine makes broken HTML of two with one name."""
    again = {note.line: note for note in notes_of(markdown) if note.again}
    if not again:
        return markdown
    lines = markdown.split("\n")
    for number, note in again.items():
        at = note.column + len(note.name) + 1
        lines[number - 1] = f"{lines[number - 1][:at]}-{number}{lines[number - 1][at:]}"
    return "\n".join(lines)
