"""One file as it stands: front matter read strictly, with the place of every value, and the Markdown after it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from idesluss.front_matter import Path, Refused, construct, find, place_in
from idesluss.problem import Place, Problem, Severity, Text, text

FILE_BYTES = 1_000_000

_SHIFTING = re.compile("[\x85\u2028\u2029]|\r(?!\n)")
_OPENING = re.compile(rb"\A((?:[ \t]*(?:#[^\n]*)?\n)*)---[ \t]*(?=\r?\n|\Z)")
_ALMOST_OPENING = re.compile(r"\s*(?:```\w*\s*|[#>*]\s*)?[-—–]{2,}\s*$", re.MULTILINE)
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_BARE = re.compile(rb" *([A-Za-z][\w-]*)[ \t]*(?: #.*)?\r?")
"""What follows the name of a field whose value is one bare word."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file split in two: `front` holds each scalar as the author wrote it (text), empty ones left out."""

    path: str
    text: str
    front: dict[str, Any]
    body: str
    body_line: int
    closing_line: int
    shift: int = 0
    """Lines put before the file's own, for a file that is front matter only."""

    def line(self, number: int) -> str:
        """Line `number` of the file, counted from 1, without its end."""
        lines = self.text.split("\n")
        return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else ""

    def place(self, *field: str | int) -> Place:
        """Where the value of `field` stands, such as ("tests", 0, "outcome"); if it is missing, what encloses it.

        A missing top-level field points at the line that closes the front matter.
        """
        return self._find(field, of_key=False)

    def key_place(self, *field: str | int) -> Place:
        """Where the name of `field` stands."""
        return self._find(field, of_key=True)

    def names(self, *field: str | int) -> bool:
        """Whether the name of `field` is written, be it without a value."""
        return self.place(*field) != self.place(*field[:-1]) if field else False

    def _find(self, field: Path, *, of_key: bool) -> Place:
        place = find(self.front_text, field, of_key=of_key) or Place(self.closing_line, 1)
        return Place(max(place.line - self.shift, 1), place.column)

    def body_place(self, line: int, column: int) -> Place:
        """The place in the file of a spot in the body, both counted from 1."""
        return Place(self.body_line + line - 1, column)

    @property
    def front_text(self) -> str:
        start = self.text.index("\n") + 1
        closing = _CLOSING.search(self.text, start)
        return self.text[start : closing.start() if closing else start]


def plain_place(data: bytes, field: str) -> Place | None:
    """Where the value of a field stands, if it is one bare word on the line of its name; None if only a reader can say.

    Much quicker than reading the file, for what is told of thousands of them.
    """
    closing = data.find(b"\n---", 3)
    front = data[: max(closing, 0)]
    name = b"\n%s: " % field.encode()
    start = front.find(name) + 1
    if not start or front.count(name) > 1 or any(sign in front for sign in (b'"', b"'", b"\n...")):
        return None  # between quotes, and after the end, a line may look like a field
    end = front.find(b"\n", start)
    bare = _BARE.fullmatch(front[start + len(name) - 1 : None if end < 0 else end])
    return Place(front.count(b"\n", 0, start) + 1, len(name) + bare.start(1)) if bare else None


def parse(path: str, data: bytes) -> tuple[Source | None, list[Problem]]:
    """Read the bytes of one file. Without a Source there is at least one problem; never raises for bad content."""

    def refuse(code: str, place: Place, message: Text, hint: Text) -> tuple[None, list[Problem]]:
        return None, [Problem(path, place, code, Severity.ERROR, message, hint)]

    if len(data) > FILE_BYTES:
        return refuse(
            "unreadable-file",
            Place(),
            text("the file is {size} bytes; at most {limit} are read", size=len(data), limit=FILE_BYTES),
            text("move long material to a file of its own and link to it"),
        )
    try:
        content = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        return refuse(
            "unreadable-file",
            Place(before.count("\n") + 1, len(before) - before.rfind("\n")),
            text("the file is not UTF-8"),
            text("save it with the encoding UTF-8"),
        )
    content = content.removeprefix("\ufeff")
    shifting = _SHIFTING.search(content) if _shifts(content) else None
    if shifting:
        return refuse(
            "unreadable-file",
            place_in(content, shifting.start()),
            text("here stands U+{code}, which some programs take for a new line", code=f"{ord(shifting[0]):04X}"),
            text("end lines with Enter (LF or CRLF) and take this character out"),
        )
    first = content[: content.find("\n") + 1].rstrip()
    if first != "---":
        return refuse(
            "front-matter",
            Place(1, 1),
            text("the file does not begin with front matter"),
            text("let the first line be --- and nothing else: no space, no empty line and no other sign before it")
            if _ALMOST_OPENING.match(content)
            else text("put the fields first, between two lines of ---"),
        )
    start = content.index("\n") + 1
    closing = _CLOSING.search(content, start)
    if closing is None:
        return refuse(
            "front-matter",
            Place(1, 1),
            text("the front matter is not closed"),
            text("put a line of --- after the last field"),
        )
    closing_line = content.count("\n", 0, closing.start()) + 1
    front_text = content[start : closing.start()]
    end = content.find("\n", closing.end())
    body = content[end + 1 :] if end >= 0 else ""
    try:
        front = construct(front_text)
    except Refused as refused:
        place = Place(closing_line, 1) if refused.place is None else refused.place
        return refuse(refused.code, place, refused.message, refused.hint)
    problems = [
        Problem(
            path,
            place,
            "duplicate-key",
            Severity.ERROR,
            text("{field} stands twice; the first is on line {line}", field=key, line=earlier),
            text("keep one of them"),
        )
        for key, place, earlier in front.doubles
    ]
    return Source(path, content, front.values, body, closing_line + 1, closing_line), problems


def parse_plain(path: str, data: bytes) -> tuple[Source | None, list[Problem]]:
    """Read a YAML file that has no body, such as the settings, as `parse` reads front matter.

    A line of --- may stand before all else, as in many YAML files. What is missing is missing on the last line.
    """
    content = _OPENING.sub(rb"\1", data.removeprefix(b"\xef\xbb\xbf")).rstrip()
    source, problems = parse(path, b"---\n" + content + b"\n---\n")
    if source and source.body.removesuffix("---\n").strip():
        place = Place(source.closing_line, 1)
        said = text("the file ends here for the reader; what stands below is not read")
        way_out = text("take this line out")
        source, problems = None, [Problem(path, place, "front-matter", Severity.ERROR, said, way_out)]
    last = content.count(b"\n") + 1
    moved = [
        replace(problem, place=problem.place._replace(line=min(max(problem.place.line - 1, 1), last)))
        for problem in problems
    ]
    return (replace(source, shift=1, closing_line=max(source.closing_line - 1, 2)) if source else None), moved


def _shifts(content: str) -> bool:
    """Whether the text may hold a line end that counts for some programs only; much quicker than the expression."""
    return ("\r" in content and content.count("\r") != content.count("\r\n")) or (
        not content.isascii() and ("\x85" in content or "\u2028" in content or "\u2029" in content)
    )
