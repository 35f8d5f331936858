"""A file of `ideas/` cut into pieces that could have come at days of their own: a field, an item, a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

WHEN = frozenset({"date", "since", "last_confirmed"})
"""Keys that say when what stands beside them was written."""
OUTCOME = frozenset({"n", "outcome", "result", "lesson"})
"""What of a test is known only after it; what stands before is its plan."""

_MOMENT = re.compile(r"\d{4}-\d\d(-\d\d)?")
_LEADS = re.compile(r"\]\((?:[^()\s]*/)?([a-z0-9-]+)\.md\)")

Path = tuple[str | int, ...]


class Piece(NamedTuple):
    """Lines of a file: a leaf of its front matter or a block of its body, or the line that opens a group of leaves.

    `names` are the ids of the entries that it names, `when` the latest date that stands beside it, or "".
    """

    path: Path
    text: str
    names: frozenset[str] = frozenset()
    when: str = ""
    opens: bool = False


def cut(text: str, ids: frozenset[str]) -> list[Piece]:
    """The pieces of a file in their order; joined they are the file. `ids` are those of all entries."""
    front, body = text.removeprefix("---\n").split("---\n", 1)
    node = yaml.compose(front)
    lines = front.splitlines(keepends=True)
    fields = _mapping(node, len(lines), lines, (), ids) if isinstance(node, yaml.MappingNode) else ()
    found = [Piece((), "---\n"), *fields]
    found.append(Piece(("---",), "---\n"))
    return [*found, *_body(body, ids)]


def joined(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces).rstrip("\n") + "\n"


def _mapping(
    node: yaml.MappingNode, end: int, lines: list[str], path: Path, ids: frozenset[str], when: str = ""
) -> Iterator[Piece]:
    """The pieces of a mapping that runs until line `end`."""
    starts = [key.start_mark.line for key, _value in node.value] + [end]
    beside = max([when, *(_date(key, value) for key, value in node.value)]) if path else when
    for (key, value), start, after in zip(node.value, starts, starts[1:], strict=False):
        at: Path = (*path, key.value)
        said = beside or ("" if path else _date(key, value))
        if isinstance(value, yaml.ScalarNode) or value.flow_style:
            yield Piece(at, "".join(lines[start:after]), _names(value, ids), said or _latest(value))
            continue
        opened = value.value[0][0] if isinstance(value, yaml.MappingNode) else value.value[0]
        first = opened.start_mark.line
        yield Piece(at, "".join(lines[start:first]), opens=True)
        if isinstance(value, yaml.MappingNode):
            yield from _mapping(value, after, lines, at, ids, said)
        else:
            yield from _items(value, after, lines, at, ids)


def _items(node: yaml.SequenceNode, end: int, lines: list[str], path: Path, ids: frozenset[str]) -> Iterator[Piece]:
    """The pieces of a list: an item each, but for tests, whose plan and outcome are apart."""
    starts = [item.start_mark.line for item in node.value] + [end]
    for number, (item, start, after) in enumerate(zip(node.value, starts, starts[1:], strict=False)):
        at: Path = (*path, number)
        if path == ("tests",):
            yield from _mapping(item, after, lines, at, ids)
        else:
            yield Piece(at, "".join(lines[start:after]), _names(item, ids), _latest(item))


def _body(body: str, ids: frozenset[str]) -> Iterator[Piece]:
    """The blocks of the prose; a block's path is ("body", number of its section, number in it), a heading's 0."""
    section, number = 0, 0
    for block in re.findall(r"\n*[^\n].*?(?=\n\n|\Z)", body, re.DOTALL):
        number += 1
        if block.lstrip("\n").startswith("## "):
            section, number = section + 1, 0
        names = frozenset(_LEADS.findall(block)) & ids
        yield Piece(("body", section, number), block, names, opens=number == 0)


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    for child in node.value if isinstance(node, yaml.CollectionNode) else ():
        for one in child if isinstance(child, tuple) else (child,):
            yield from _scalars(one)


def _names(node: yaml.Node, ids: frozenset[str]) -> frozenset[str]:
    return frozenset(scalar.value for scalar in _scalars(node)) & ids


def _date(key: yaml.Node, value: yaml.Node) -> str:
    return str(value.value) if key.value in WHEN and _MOMENT.fullmatch(str(value.value)) else ""


def _latest(node: yaml.Node) -> str:
    """The latest date that stands in a node under one of the keys that say when."""
    if isinstance(node, yaml.MappingNode):
        return max((_date(key, value) or _latest(value) for key, value in node.value), default="")
    return max(map(_latest, node.value), default="") if isinstance(node, yaml.SequenceNode) else ""
