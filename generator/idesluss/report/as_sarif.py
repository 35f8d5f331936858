"""Problems as SARIF 2.1.0, which code scanning services and editors read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

from idesluss import __version__
from idesluss.manual import manual
from idesluss.problem import Problem, Severity
from idesluss.report.visible import escaped
from idesluss.translate import gettext, render

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
_LINK = re.compile(r"[\\\[\]]")


def report(problems: Sequence[Problem], lines: Callable[[str, int], str], language: str, prefix: str = "") -> str:  # noqa: ARG001 - one shape for all
    """A SARIF log with one run. Paths are relative to the top of the repository; a rule's help is its manual."""
    codes = sorted({problem.code for problem in problems})
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "idesluss",
                "semanticVersion": __version__,
                "language": language,
                "rules": [_rule(code, language) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, codes.index(problem.code), language, prefix) for problem in problems],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return escaped(json.dumps(log, ensure_ascii=False, indent=2)) + "\n"


def _rule(code: str, language: str) -> dict[str, Any]:
    held = manual(code)
    if held is None:
        return {"id": code}
    said = gettext(held.text, language)
    first, _, rest = said.partition("\n")
    why = " ".join(rest.strip().partition("\n\n")[0].split())
    return {
        "id": code,
        "shortDescription": {"text": first},
        "fullDescription": {"text": why or first},
        "help": {"text": said},
        "defaultConfiguration": {"level": LEVELS[Severity[held.severity.upper()]]},
    }


def _result(problem: Problem, rule: int, language: str, prefix: str) -> dict[str, Any]:
    uri = quote(prefix + problem.path, safe="/", errors="surrogateescape")
    place: dict[str, Any] = {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}}
    if problem.place.line:
        place["region"] = {"startLine": problem.place.line, "startColumn": max(problem.place.column, 1)}
    said = f"{render(problem.message, language)}\n{render(problem.hint, language)}"
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": LEVELS[problem.severity],
        "message": {"text": _LINK.sub(r"\\\g<0>", said) if "](" in said else said},
        "locations": [{"physicalLocation": place}],
    }
