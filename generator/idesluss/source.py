"""One file as it stands: front matter read strictly, with the place of every value, and the Markdown after it."""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import yaml

from idesluss.problem import Place, Problem, Severity, Text, text

FILE_BYTES = 1_000_000
FRONT_CHARACTERS = 60_000
DEPTH = 16
NODES = 5_000
NESTING_SIGNS = 400
"""Up to so many characters that may nest, the text goes to the composer unmeasured; it cannot then nest too deep."""

_SHIFTING = re.compile("[\x85\u2028\u2029]|\r(?!\n)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TAGS: Mapping[type, str] = {yaml.ScalarNode: "str", yaml.SequenceNode: "seq", yaml.MappingNode: "map"}

Path = tuple[str | int, ...]


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

    def _find(self, field: Path, *, of_key: bool) -> Place:
        place = Place(self.closing_line, 1)
        node = _compose(self._front_text())
        for at, step in enumerate(field):
            key, value = _child(node, step)
            if value is None:
                break
            last = at == len(field) - 1
            shown = key if key is not None and (of_key and last) else value
            place, node = _place(shown), value
        return Place(max(place.line - self.shift, 1), place.column)

    def body_place(self, line: int, column: int) -> Place:
        """The place in the file of a spot in the body, both counted from 1."""
        return Place(self.body_line + line - 1, column)

    def _front_text(self) -> str:
        start = self.text.index("\n") + 1
        closing = _CLOSING.search(self.text, start)
        return self.text[start : closing.start() if closing else start]


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
            _place_in(content, shifting.start()),
            text("here stands U+{code}, which some programs take for a new line", code=f"{ord(shifting[0]):04X}"),
            text("end lines with Enter (LF or CRLF) and take this character out"),
        )
    first = content[: content.find("\n") + 1].rstrip()
    if first != "---":
        return refuse(
            "front-matter",
            Place(1, 1),
            text("the file does not begin with front matter"),
            text("put the fields first, between two lines of ---"),
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
        front = _construct(front_text)
    except _Refused as refused:
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
    """Read a YAML file that has no body, such as the settings, as `parse` reads front matter."""
    source, problems = parse(path, b"---\n" + data.removeprefix(b"\xef\xbb\xbf") + b"\n---\n")
    moved = [
        replace(problem, place=problem.place._replace(line=max(problem.place.line - 1, 1))) for problem in problems
    ]
    return (replace(source, shift=1) if source else None), moved


def _shifts(content: str) -> bool:
    """Whether the text may hold a line end that counts for some programs only; much quicker than the expression."""
    return ("\r" in content and content.count("\r") != content.count("\r\n")) or (
        not content.isascii() and ("\x85" in content or "\u2028" in content or "\u2029" in content)
    )


class _Composer(yaml.cyaml.CParser):  # type: ignore[misc] # the C parser has no types
    """libyaml's composer without guesses: every scalar is text, whatever it looks like."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)

    def resolve(self, kind: type, _value: Any, _implicit: Any) -> str:
        return _TAGS[kind]

    descend_resolver = operator.is_
    ascend_resolver = tuple
    """Nothing depends on where a node stands: these two are called for every node, and nothing is quicker to call."""


class _Refused(Exception):  # noqa: N818 - not an error of the program
    def __init__(self, code: str, place: Place | None, message: Text, hint: Text) -> None:
        self.code, self.place, self.message, self.hint = code, place, message, hint


@dataclass
class _Front:
    values: dict[str, Any]
    doubles: list[tuple[str, Place, int]]
    nodes: int = 0
    field: Any = None
    """The node of the top-level field that is being read."""


def _construct(front: str) -> _Front:
    node = _compose(front)
    result = _Front({}, [])
    if node is None:
        return result
    if not isinstance(node, yaml.MappingNode):
        raise _Refused(
            "front-matter",
            _place(node),
            text("the front matter is no list of fields"),
            text("write each field as `name: value`"),
        )
    result.values = _value(node, result, 0)
    return result


def _compose(front: str) -> Any:
    """The node tree of the front matter; the text is bounded first, since libyaml crashes at great depth."""
    if len(front) > FRONT_CHARACTERS:
        raise _Refused(
            "unsafe-yaml",
            Place(2, 1),
            text(
                "the front matter has {size} characters; at most {limit} are read",
                size=len(front),
                limit=FRONT_CHARACTERS,
            ),
            text("move long text to the body, below the closing ---"),
        )
    if sum(map(front.count, ("[", "{", "- ", "-\t", "? ", "?\t"))) > NESTING_SIGNS:
        _bound_depth(front)
    try:
        return _Composer(front).get_single_node()
    except yaml.YAMLError as error:
        raise _syntax(error, front) from None


def _bound_depth(front: str) -> None:
    depth = 0
    try:
        for event in yaml.parse(front, Loader=yaml.CBaseLoader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > DEPTH:
                    raise _too_deep(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError as error:
        raise _syntax(error, front) from None


def _syntax(error: yaml.YAMLError, front: str) -> _Refused:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = str(getattr(error, "problem", None) or "it is no YAML")
    place = Place(mark.line + 2, mark.column + 1) if mark else Place(2, 1)
    if isinstance(error, yaml.reader.ReaderError):
        said = f"U+{int(error.character):04X}"
        line, column = _place_in(front, max(front.find(chr(error.character)), 0))
        place = Place(line + 1, column)
    return _Refused(
        "front-matter",
        place,
        text("the front matter cannot be read here ({said})", said=said),
        text("check indentation, colons and quotes; put text with a colon or # in it between quotes"),
    )


def _too_deep(node: Any) -> _Refused:
    return _Refused(
        "unsafe-yaml",
        _place(node),
        text("the front matter is nested more than {limit} deep", limit=DEPTH),
        text("no field needs that; write the value on one level"),
    )


def _value(node: Any, front: _Front, depth: int) -> Any:
    front.nodes += 1
    if depth > DEPTH:
        raise _too_deep(node)
    if front.nodes > NODES:
        raise _Refused(
            "unsafe-yaml",
            _place(front.field or node),
            text("the front matter holds more than {limit} values when its aliases are written out", limit=NODES),
            text("write the values out, without & and *"),
        )
    kind, value = node.__class__, node.value
    if node.tag != _TAGS[kind]:
        raise _Refused(
            "unsafe-yaml",
            _place(node),
            text("{tag} is a YAML tag", tag=node.tag.replace("tag:yaml.org,2002:", "!!")),
            text("take the tag out; the field's type is known"),
        )
    if kind is yaml.ScalarNode:
        if not node.style and value in _NULLS:
            return None
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if kind is yaml.SequenceNode:
        return [_value(item, front, depth + 1) for item in value]
    return _mapping(node, front, depth)


def _mapping(node: yaml.MappingNode, front: _Front, depth: int) -> dict[str, Any]:
    values: dict[str, Any] = {}
    known: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if key_node.__class__ is not yaml.ScalarNode:
            raise _Refused(
                "front-matter",
                _place(key_node),
                text("the name of a field is a word"),
                text("write `name: value`; put text that begins with [ or {{ between quotes"),
            )
        key = key_node.value if key_node.value.isascii() else unicodedata.normalize("NFC", key_node.value)
        front.field = key_node if depth == 0 else front.field
        if key in known:
            front.doubles.append((key, _place(key_node), _place(known[key]).line))
            continue
        known[key] = key_node
        value = _value(value_node, front, depth + 1)
        if value is not None:
            values[key] = value
    return values


def _child(node: Any, step: str | int) -> tuple[Any, Any]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and unicodedata.normalize("NFC", key.value) == step:
                return key, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None, None


def _place(node: Any) -> Place:
    return Place(node.start_mark.line + 2, node.start_mark.column + 1)


def _place_in(content: str, offset: int) -> Place:
    return Place(content.count("\n", 0, offset) + 1, offset - content.rfind("\n", 0, offset))
