"""The ways to tell of problems: for people at a terminal, for GitHub, and for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from idesluss.problem import Problem
from idesluss.report import as_github, as_json, as_sarif, as_text

Lines = Callable[[str, int], str]
"""Gives the text of a line, by the file's path in the instance and the line's number from 1; "" if there is none."""


class Format(Protocol):
    """Puts problems into words in `language`; `prefix` goes before each path, such as "instance/", or is ""."""

    def __call__(self, problems: Sequence[Problem], lines: Lines, language: str, prefix: str = "") -> str: ...


FORMATS: Mapping[str, Format] = MappingProxyType(
    {"text": as_text.report, "json": as_json.report, "github": as_github.report, "sarif": as_sarif.report}
)
