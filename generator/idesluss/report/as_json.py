"""Problems for programs: a list of objects."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from idesluss.problem import Problem
from idesluss.report.visible import escaped
from idesluss.translate import render


def report(problems: Sequence[Problem], lines: Callable[[str, int], str], language: str, prefix: str = "") -> str:  # noqa: ARG001 - one shape for all
    """A JSON list with an object for each problem; line and column count from 1, line 0 is the file as a whole."""
    told = [
        {
            "path": prefix + problem.path,
            "line": problem.place.line,
            "column": problem.place.column,
            "code": problem.code,
            "severity": problem.severity.word,
            "message": render(problem.message, language),
            "hint": render(problem.hint, language),
        }
        for problem in problems
    ]
    return escaped(json.dumps(told, ensure_ascii=False, indent=2)) + "\n"
