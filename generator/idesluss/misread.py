"""Where YAML stops reading: what the one who wrote it did there, and a way out that is known to work."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from idesluss.problem import N_, Text, text

_PLAINER: Mapping[str, str] = {
    "mapping values are not allowed in this context": N_("a colon stands where none fits"),
    "did not find expected key": N_("the indentation does not fit, or a quote is missing"),
    "could not find expected ':'": N_("a colon is missing after the name"),
    "did not find expected ',' or ']'": N_("a list in [ ] is not closed"),
    "did not find expected ',' or '}'": N_("fields in {{ }} are not closed"),
    "found character that cannot start any token": N_("a value begins with a sign that needs quotes"),
    "found unexpected end of stream": N_("a quote is not closed"),
    "block sequence entries are not allowed": N_("a list begins on the line of its name"),
    "mapping keys are not allowed in this context": N_("a value begins with a sign that needs quotes"),
    "found undefined alias": N_("a word that begins with * needs quotes"),
    "did not find expected alphabetic or numeric character": N_("a word that begins with * or & needs quotes"),
    "did not find expected node content": N_("a list in [ ] or fields in {{ }} are not closed"),
    "did not find expected comment or line break": N_("the text begins on the line of | or >, not below it"),
    "did not find expected hexdecimal number": N_("a \\ between double quotes is not understood"),
    "found invalid Unicode character escape code": N_("a \\ between double quotes is not understood"),
    "did not find expected <document start>": N_("the fields do not begin in the same column"),
    "found unknown escape character": N_("a \\ between double quotes is not understood"),
    "did not find expected '-' indicator": N_("the items of a list are not indented alike"),
}
"""How the sentences of libyaml begin, and what they mean to the one who wrote the text."""

_OPENED = ("found unexpected end of stream", "did not find expected ',' or", "did not find expected alphabetic")
"""What libyaml says where it misses the end of something; where that begins is the place to look at."""
_JOINED = ("mapping values are not allowed", "could not find expected ':'")
"""What libyaml says, a line too late, of a name and a value with no space between."""
_NO_SPACE = re.compile(r"[ \t-]*[A-Za-z_][\w.-]*:(?=[^\s/])")
_NEEDS_QUOTES = (
    "mapping values are not allowed", "did not find expected key", "found character that cannot start",
    "found undefined alias", "did not find expected alphabetic", "found unknown escape", "mapping keys are not allowed",
    "did not find expected hexdecimal", "found invalid Unicode",
)  # fmt: skip
"""What libyaml says of values that are read as they were meant once they stand between quotes."""
_VALUE = re.compile(r"[ \t]*(?:- +)*(?:[A-Za-z_][\w-]*:[ \t]+|(?<=- ))(?P<value>\S.*)")
_NAMED = re.compile(r"[ \t]*(?:- +)*[A-Za-z_][\w-]*:(?:\s|$)")
_FIELD = re.compile(r"[ \t]*(?:- +)*[a-z][a-z0-9_]*:(?:\s|$)")
"""A line with the name of a field, and none of a text that goes on and has a colon."""
_OTHER_SPACE = re.compile("^[ \t]*[\u00a0\u2000-\u200a\u202f\u3000]|:(?=[\u00a0\u2000-\u200a\u202f\u3000])")
WAY_OUT = N_("check indentation, colons and quotes; put text with a colon or # in it between quotes")


class Stop(NamedTuple):
    """What libyaml says, and the offsets where what it was reading began and where it stopped, if it knows them."""

    problem: str
    begun: int | None
    offset: int | None


Misread = tuple[int, Text, Text]
"""The offset to look at, what is wrong there, and the way out."""


def unread(said: str | Text) -> Text:
    return text("the front matter cannot be read here ({said})", said=said)


def misread(front: str, stop: Stop, goes_on: Callable[[str, int], bool]) -> Misread:
    """What is wrong where the reader stopped. `goes_on` says whether it comes further in another text than to there."""
    problem, begun, offset = stop
    at = begun if begun is not None and problem.startswith(_OPENED) else offset if offset is not None else begun or 0
    found = _other_space(front, at) or _on_the_line_before(front, at, problem) if problem else None
    if found:
        return found
    quoted = _quoted(front, at, goes_on) if problem.startswith(_NEEDS_QUOTES) else ""
    said = unread(_in_plain_words(problem, front[at : at + 1]))
    return at, said, text("put the whole value between quotes: {value}", value=quoted) if quoted else text(WAY_OUT)


def _lines(front: str, at: int) -> list[tuple[int, str]]:
    """The line of an offset and those before it that hold something, the nearest first, each with its own offset."""
    lines, start = [], 0
    for line in front[: front.find("\n", at) if "\n" in front[at:] else None].split("\n"):
        lines.append((start, line.rstrip("\r")))
        start += len(line) + 1
    return [lines[-1], *((begin, line) for begin, line in lines[-2::-1] if line.strip() and line.lstrip()[0] != "#")]


def _other_space(front: str, at: int) -> Misread | None:
    """A space that looks like any other and is none to the reader, as web pages and word processors have them."""
    for begin, line in _lines(front, at)[:2]:
        found = _OTHER_SPACE.search(line)
        if found:
            code = f"{ord(line[found.end() - (0 if found[0] == ':' else 1)]):04X}"
            said = text("here stands U+{code}, which looks like a space and is none to the reader", code=code)
            return begin + found.end() - (0 if found[0] == ":" else 1), said, text("write an ordinary space instead")
    return None


def _on_the_line_before(front: str, at: int, problem: str) -> Misread | None:
    """A fault in names and indents that the reader notices a line too late, or calls a colon."""
    if not problem.startswith(_JOINED):
        return None
    (begin, line), *above = _lines(front, at)
    for start, each in ((begin, line), *above[:1]):
        joined = _NO_SPACE.match(each)
        if joined:
            said = text("a space is missing after the colon")
            return start + joined.end() - 1, unread(said), text("write each field as `name: value`")
    if problem.startswith("could not find"):
        above = [(begin, line), *above]
    bare = next(((start, each) for start, each in above[:2] if not _NAMED.match(each) and each.strip()), None)
    if bare and _indent(bare[1]) == _indent(line) and bare[1].lstrip()[0] not in "-\"'[{":
        said, way_out = (
            text("a colon is missing after the name"),
            text("write each field as `name: value`, and indent the lines on which a text goes on"),
        )
        return bare[0] + _indent(bare[1]), unread(said), way_out
    if above and _FIELD.match(line) and _indent(line) > _indent(above[0][1]) and _VALUE.match(above[0][1]):
        said = text("the line is indented further than the field above it")
        return begin + _indent(line), unread(said), text("begin it in the same column as the field above it")
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _quoted(front: str, at: int, goes_on: Callable[[str, int], bool]) -> str:
    """The value of the line between quotes, if the reader then goes on beyond it."""
    begin, line = _lines(front, at)[0]
    found = _VALUE.match(line)
    if found is None:
        return ""
    value, end = found["value"].rstrip(), begin + len(line)
    bare = value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' and "\\" in value else value
    quoted = f'"{bare}"' if not set('"\\') & set(bare) else "'" + bare.replace("'", "''") + "'"
    tried = f"{front[: begin + found.start('value')]}{quoted}{front[end:]}"
    return quoted if goes_on(tried, end + len(quoted) - len(value) - 1) else ""


def _in_plain_words(said: str, sign: str) -> str | Text:
    """What libyaml said of the spot where `sign` stands, or its own words where there are no plainer ones."""
    if sign == "\t" and said.startswith(("found a tab character", "found character that cannot start")):
        return text("a tab stands where spaces are needed")
    for beginning, plain in _PLAINER.items():
        if said.startswith(beginning):
            return Text(plain)
    return said or text("it is no YAML")
