"""Front matter read strictly: every scalar is text, every fault has its place, and nothing nests without bound."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from idesluss.misread import WAY_OUT, Stop, misread, unread
from idesluss.problem import Place, Text, text

FRONT_CHARACTERS = 60_000
DEPTH = 16
NODES = 5_000
NESTING_SIGNS = 400
"""Up to so many characters that may nest, the text goes to the composer unmeasured; it cannot then nest too deep."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TAGS: Mapping[type, str] = {yaml.ScalarNode: "str", yaml.SequenceNode: "seq", yaml.MappingNode: "map"}
_ANCHOR = re.compile(r"(?:^|[\s\[{,])&(?=[\w-])")

Path = tuple[str | int, ...]


class _Composer(yaml.CBaseLoader):
    """libyaml's composer without guesses: every scalar is text, whatever it looks like."""

    def resolve(self, kind: type, _value: Any, _implicit: Any) -> str:
        return _TAGS[kind]

    def descend_resolver(self, _parent: Any, _at: Any) -> None:
        """Nothing depends on where a node stands."""

    def ascend_resolver(self) -> None:
        """Nothing depends on where a node stands."""


class Refused(Exception):  # noqa: N818 - not an error of the program
    """A front matter that is not read, with the problem to tell; without a place it is the front matter as a whole."""

    def __init__(self, code: str, place: Place | None, message: Text, hint: Text) -> None:
        self.code, self.place, self.message, self.hint = code, place, message, hint


@dataclass
class Front:
    """What was read: the fields, and each name that stands twice with its place and the line of the first."""

    text: str
    values: dict[str, Any]
    doubles: list[tuple[str, Place, int]]
    nodes: int = 0
    field: Any = None
    """The node of the top-level field that is being read."""


def construct(front: str) -> Front:
    """The fields of a front matter, read strictly; Refused where they cannot be."""
    node = compose(front)
    result = Front(front, {}, [])
    if node is None:
        return result
    if not isinstance(node, yaml.MappingNode):
        raise Refused(
            "front-matter",
            _place(node),
            text("the front matter is no list of fields"),
            text("write each field as `name: value`"),
        )
    result.values = _value(node, result, 0)
    if "&" in front and _ANCHOR.search(front):
        _refuse_unused_anchor(front)
    return result


def _refuse_unused_anchor(front: str) -> None:
    """A name after & that no * takes up is a word that its author meant to be read, and YAML would drop it."""
    anchors: dict[str | None, Any] = {}
    for event in yaml.parse(front, Loader=yaml.CBaseLoader):
        anchor = getattr(event, "anchor", None)
        if isinstance(event, yaml.AliasEvent):
            anchors.pop(anchor, None)
        elif anchor:
            anchors[anchor] = event
    for event in anchors.values():
        raise Refused(
            "front-matter",
            _place(event),
            unread(text("a word that begins with * or & needs quotes")),
            text(WAY_OUT),
        )


def compose(front: str) -> Any:
    """The node tree of the front matter; the text is bounded first, since libyaml crashes at great depth."""
    if len(front) > FRONT_CHARACTERS:
        raise Refused(
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


def _syntax(error: yaml.YAMLError, front: str) -> Refused:
    if isinstance(error, yaml.reader.ReaderError):
        line, column = place_in(front, max(front.find(chr(error.character)), 0))
        return Refused(
            "front-matter",
            Place(line + 1, column),
            text("here stands U+{code}, which no text may hold", code=f"{int(error.character):04X}"),
            text("take this character out"),
        )
    begun, mark = _offset(getattr(error, "context_mark", None)), _offset(getattr(error, "problem_mark", None))
    stop = Stop(str(getattr(error, "problem", None) or ""), begun, mark)
    offset, said, way_out = misread(front, stop, _goes_on)
    line, column = place_in(front, offset)
    return Refused("front-matter", Place(line + 1, column), said, way_out)


def _offset(mark: Any) -> int | None:
    return mark.index if mark else None


def _goes_on(front: str, offset: int) -> bool:
    """Whether the reader comes further than to this spot."""
    try:
        for event in yaml.parse(front, Loader=yaml.CBaseLoader):
            if (_offset(event.end_mark) or 0) > offset:
                return True
    except yaml.YAMLError as error:
        stopped = _offset(getattr(error, "problem_mark", None))
        return stopped is not None and stopped > offset
    return True


def _too_deep(node: Any) -> Refused:
    return Refused(
        "unsafe-yaml",
        _place(node),
        text("the front matter is nested more than {limit} deep", limit=DEPTH),
        text("no field needs that; write the value on one level"),
    )


def _value(node: Any, front: Front, depth: int) -> Any:
    front.nodes += 1
    if depth > DEPTH:
        raise _too_deep(node)
    if front.nodes > NODES:
        raise Refused(
            "unsafe-yaml",
            _place(front.field or node),
            text("the front matter holds more than {limit} values when its aliases are written out", limit=NODES),
            text("write the values out, without & and *"),
        )
    kind, value = node.__class__, node.value
    if node.tag != _TAGS[kind]:
        raise Refused(
            "unsafe-yaml",
            _place(node),
            text("{tag} is a YAML tag", tag=node.tag.replace("tag:yaml.org,2002:", "!!")),
            text("take the tag out; the field's type is known")
            if node.tag.startswith("tag:")
            else text("put text that begins with ! between quotes"),
        )
    if kind is yaml.ScalarNode:
        if not node.style and value in _NULLS:
            return None
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if kind is yaml.SequenceNode:
        return [_value(item, front, depth + 1) for item in value]
    return _mapping(node, front, depth)


def _mapping(node: yaml.MappingNode, front: Front, depth: int) -> dict[str, Any]:
    values: dict[str, Any] = {}
    known: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if key_node.__class__ is not yaml.ScalarNode:
            raise Refused(
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
        if _is_bare(key_node, value_node, front.text):
            raise _bare(node, key_node)
        value = _value(value_node, front, depth + 1)
        if value is not None:
            values[key] = value
    return values


def _is_bare(key_node: Any, value_node: Any, front: str) -> bool:
    """Whether a word stands within { } without a colon, as the rest of a text with a comma in it."""
    begins, ends = value_node.start_mark.index, value_node.end_mark.index
    return bool(begins == ends and ":" not in front[key_node.end_mark.index : begins])


def _bare(node: yaml.MappingNode, key_node: Any) -> Refused:
    said = text("“{word}” is read as a field of its own, without a value", word=key_node.value)
    at = next(at for at, (key, _) in enumerate(node.value) if key is key_node)
    name, told = node.value[at - 1] if at else (None, None)
    if name is None or told.__class__ is not yaml.ScalarNode or told.style:
        return Refused("front-matter", _place(key_node), said, text("write each field as `name: value`"))
    gap = " " * (key_node.start_mark.index - told.end_mark.index - 1)
    meant = f'{name.value}: "{told.value},{gap}{key_node.value}"'
    hint = text(
        "a comma within {{ }} begins the next field; put text with a comma between quotes: {meant}", meant=meant
    )
    return Refused("front-matter", _place(told), said, hint)


def find(front: str, field: Path, *, of_key: bool) -> Place | None:
    """Where the value of `field` stands, or its name, in a front matter that can be read; else what encloses it."""
    place = None
    node = compose(front)
    for at, step in enumerate(field):
        key, value = _child(node, step)
        if value is None:
            break
        last = at == len(field) - 1
        place, node = _place(key if key is not None and (of_key and last) else value), value
    return place


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


def place_in(content: str, offset: int) -> Place:
    """The line and column of an offset in a text."""
    return Place(content.count("\n", 0, offset) + 1, offset - content.rfind("\n", 0, offset))
