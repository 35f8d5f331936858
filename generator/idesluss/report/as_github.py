"""Problems for GitHub: workflow commands that become annotations, and a summary in Markdown.

GitHub shows only ten annotations of a step, so the summary holds them all.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence

from idesluss.problem import N_, Problem
from idesluss.report.as_text import WORDS, summary
from idesluss.report.visible import visible
from idesluss.translate import gettext, render

SUMMARY_BYTES = 900_000
"""GitHub refuses a summary of more than a mebibyte."""

HEAD = (N_("Where"), N_("What is wrong"), N_("What would be right"), N_("Code"))

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|~^$:/=])")
_MENTION = re.compile(r"([@#]|:(?=//)|[wW]{3}(?=\.))")


def report(problems: Sequence[Problem], lines: Callable[[str, int], str], language: str, prefix: str = "") -> str:  # noqa: ARG001 - one shape for all
    """A workflow command for each problem, the gravest first, then a line that holds nothing out of any file."""
    gravest = sorted(problems, key=lambda problem: problem.severity)
    return "\n".join([*(_command(problem, language, prefix) for problem in gravest), summary(problems, language), ""])


def _command(problem: Problem, language: str, prefix: str) -> str:
    line, column = problem.place
    told = {"file": prefix + problem.path}
    if line:
        told |= {"line": str(line), "col": str(max(column, 1))}
    told["title"] = problem.code
    properties = ",".join(f"{name}={_property(visible(value))}" for name, value in told.items())
    said = "\n".join(visible(render(words, language)) for words in (problem.message, problem.hint))
    return f"::{problem.severity.word} {properties}::{_data(said)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def step_summary(problems: Sequence[Problem], language: str, prefix: str = "", files: str = "") -> str:
    """All problems as a table in Markdown. `files` is the web address that paths hang below, for links, or ""."""
    if not problems:
        return ""
    head = [gettext(word, language) for word in HEAD]
    rows = [f"### {summary(problems, language)}", "", f"| {' | '.join(head)} |", "|---|---|---|---|"]
    size = 0
    for number, problem in enumerate(problems):
        row = _row(problem, language, prefix, files)
        size += len(row.encode()) + 1
        if size > SUMMARY_BYTES:
            rows += ["", gettext("{n} more are in the log.", language).format(n=len(problems) - number)]
            break
        rows.append(row)
    return "\n".join(rows) + "\n"


def _row(problem: Problem, language: str, prefix: str, files: str) -> str:
    path, (line, _) = prefix + problem.path, problem.place
    where = _markdown(f"{path}:{line}" if line else path)
    if files:
        where = f"[{where}]({_address(files, path, line)})"
    message, hint = (_markdown(render(words, language)) for words in (problem.message, problem.hint))
    severity = gettext(WORDS[problem.severity], language)
    return f"| {where} | **{severity}:** {message} | {hint} | `{problem.code}` |"


def _address(files: str, path: str, line: int) -> str:
    from urllib.parse import quote

    return f"{files}/{quote(path, safe='/', errors='surrogateescape')}" + (f"?plain=1#L{line}" if line else "")


def _markdown(text: str) -> str:
    """Text that Markdown shows as it is: no markup, no HTML, no link and nobody mentioned."""
    parted = _MENTION.sub("\\1\u200b", visible(text))
    bare = _MARKS.sub(r"\\\1", html.escape(parted, quote=False))
    return bare.replace("\u200b", "&#8203;").replace("\n", "<br>")
