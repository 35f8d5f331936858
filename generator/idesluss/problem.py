"""A fault found in the content is a value: what is wrong, where it stands, and what would be right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple


class Severity(IntEnum):
    """How grave a problem is; only an error makes the exit code 1."""

    ERROR = 0
    WARNING = 1
    NOTICE = 2

    @property
    def word(self) -> str:
        return self.name.lower()


class Place(NamedTuple):
    """A spot in a file: line and column count from 1; a column is a code point. Line 0 is the file as a whole."""

    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence that is put into Swedish or English when it is shown: an English msgid and its values."""

    msgid: str
    values: Mapping[str, object] = field(default_factory=dict)


def text(msgid: str, **values: object) -> Text:
    """Mark `msgid` for translation and keep `values` for its {fields}."""
    return Text(msgid, values)


def N_(msgid: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Mark a word for translation where it stands in a table; returns it as it is."""
    return msgid


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: `path` is relative to the instance's folder, with "/"; `code` names the check that found it."""

    path: str
    place: Place
    code: str
    severity: Severity
    message: Text
    hint: Text

    def order(self) -> tuple[str, int, int, str, str]:
        """The order in which problems are shown: by file, line, column, then code."""
        return (self.path, *self.place, self.code, repr(sorted(self.message.values.items(), key=str)))
