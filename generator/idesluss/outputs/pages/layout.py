"""What the page of every kind is made of: a few figures at the top, and its own parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from idesluss.outputs.view import View


class Figure(NamedTuple):
    """One of the facts at the top: a label, a short value and a softer line under it."""

    label: str
    value: str
    note: str = ""


class Layout(NamedTuple):
    """How a kind is laid out: which fields and which groups of references have their own place, and the rest of it."""

    context: Callable[[View, Any], Mapping[str, Any]]
    elsewhere: frozenset[str] = frozenset()
    grouped_elsewhere: frozenset[tuple[str, str]] = frozenset()
