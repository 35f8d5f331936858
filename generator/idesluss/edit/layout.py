"""Where everything stands in a front matter as its author laid it out: a tree of spots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple
from unicodedata import normalize

from idesluss.front_matter import compose

Sort = Literal["mapping", "sequence", "scalar"]
Path = tuple[str | int, ...]


class Unfit(Exception):  # noqa: N818 - not an error of the program
    """A layout that cannot be changed for sure without touching what stands beside; then a person has to."""


class Child(NamedTuple):
    """A field or an item: its name or number, where it begins (a field at its name), and its value."""

    name: str | int
    start: int
    spot: Spot


@dataclass(frozen=True, slots=True)
class Spot:
    """A value: from `start` to `end` in the text, what stands after it (comments, blank lines) left out."""

    sort: Sort
    flow: bool
    start: int
    end: int
    column: int
    children: tuple[Child, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is written where a value would stand."""
        return self.start == self.end

    def child(self, name: str | int) -> Child | None:
        return next((child for child in self.children if child.name == name), None)


def layout(front: str) -> Spot:
    """The tree of a front matter that can be read."""
    node = compose(front)
    if node is None or node.id != "mapping":
        raise Unfit
    return _spot(node, front)


def line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """The start of the line after the one at `at`."""
    return text.find("\n", at) + 1 or len(text)


def _spot(node: Any, front: str) -> Spot:
    start, end, column = node.start_mark.index, node.end_mark.index, node.start_mark.column
    if node.id == "scalar":
        if node.style in ("|", ">"):
            header = front[start : line_end(front, start)]
            kept = "+" in header.partition("#")[0]
            end = end if kept else start + len(front[start:end].rstrip())
        return Spot("scalar", False, start, end, column)
    children = tuple(_children(node, front))
    flow = bool(node.flow_style)
    if not flow and children:
        end = max(child.spot.end for child in children)
    return Spot(node.id, flow, start, end, column, children)


def _children(node: Any, front: str) -> list[Child]:
    found: list[Child] = []
    last = node.start_mark.index
    for number, held in enumerate(node.value):
        key, value = held if node.id == "mapping" else (held, held)
        if value.start_mark.index < last or value.start_mark.index < key.start_mark.index:
            raise Unfit  # an alias: what it stands for lies elsewhere
        name = normalize("NFC", key.value) if node.id == "mapping" else number
        start = key.start_mark.index
        found.append(Child(name, start, _spot(value, front)))
        last = start
    return found
