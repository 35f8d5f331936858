"""Problems for people at a terminal: where, what is wrong, the line with a caret, and what would be right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from idesluss.problem import N_, Problem, Severity
from idesluss.report.visible import visible, visible_signs
from idesluss.translate import gettext, ngettext, render

WIDTH = 100
"""Cells that a shown line may take; a longer one is cut on both sides of the caret."""
TAB = 4

WORDS = {Severity.ERROR: N_("error"), Severity.WARNING: N_("warning"), Severity.NOTICE: N_("notice")}
STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTICE: "bold cyan"}

UNSPOKEN = frozenset({"personal-number", "phone-number", "private-email"})
"""Codes of what must not be said again: the output of a check may be public."""
_TELLING = re.compile(r"\d|\S+@\S+")

Piece = tuple[str, str]
"""Words and the style that a terminal shows them in."""


def report(
    problems: Sequence[Problem], lines: Callable[[str, int], str], language: str, prefix: str = "", width: int = WIDTH
) -> str:
    """All problems and a summary, without colours."""
    return "".join(words for words, _ in pieces(problems, lines, language, prefix, width))


def pieces(
    problems: Sequence[Problem], lines: Callable[[str, int], str], language: str, prefix: str = "", width: int = WIDTH
) -> Iterator[Piece]:
    """What `report` says, in pieces with their styles."""
    for problem in problems:
        yield from _one(problem, lines, language, prefix, width)
        yield "\n", ""
    yield summary(problems, language) + "\n", "bold" if problems else "green"
    if problems:
        yield (
            gettext("More about a code: {command}", language).format(command=f"idesluss explain {problems[0].code}"),
            "dim",
        )
        yield "\n", ""


def summary(problems: Sequence[Problem], language: str) -> str:
    """How many problems there are, in one line: "2 errors, 1 warning in 2 files"."""
    if not problems:
        return gettext("No problems found.", language)
    count = Counter(problem.severity for problem in problems)
    errors, warnings, notices = count[Severity.ERROR], count[Severity.WARNING], count[Severity.NOTICE]
    files = len({problem.path for problem in problems})
    told = (
        ngettext("{n} error", "{n} errors", errors, language).format(n=errors) if errors else "",
        ngettext("{n} warning", "{n} warnings", warnings, language).format(n=warnings) if warnings else "",
        ngettext("{n} notice", "{n} notices", notices, language).format(n=notices) if notices else "",
    )
    return gettext("{problems} in {files}", language).format(
        problems=", ".join(filter(None, told)), files=ngettext("{n} file", "{n} files", files, language).format(n=files)
    )


def _masked(text: str, column: int) -> str:
    """The line with every letter and digit hidden from the column on, and all digits and mail addresses before it."""
    before = _TELLING.sub(lambda found: "•" * len(found[0]), text[: column - 1])
    return before + "".join("•" if sign.isalnum() else sign for sign in text[column - 1 :])


def _one(problem: Problem, lines: Callable[[str, int], str], language: str, prefix: str, width: int) -> Iterator[Piece]:
    line, column = problem.place
    where = f"{prefix}{problem.path}" + (f":{line}:{column}" if line else "")
    yield visible(where), "bold"
    yield ": ", ""
    yield gettext(WORDS[problem.severity], language), STYLES[problem.severity]
    yield f": {visible(render(problem.message, language))} ", ""
    yield f"[{problem.code}]\n", "dim"
    gutter = " " * max(len(str(line)), 3)
    text = lines(problem.path, line) if line else ""
    if problem.code in UNSPOKEN:
        text = _masked(text, column)
    if text:
        shown, before = _cut(text, column, width)
        yield f"  {line:>{len(gutter)}} | ", "blue"
        yield f"{shown}\n", ""
        yield f"  {gutter} | ", "blue"
        yield " " * before + "^", STYLES[problem.severity]
        yield "\n", ""
    yield f"  {gutter} = ", "blue"
    yield f"{visible(render(problem.hint, language))}\n", "green"


def _cut(text: str, column: int, width: int) -> tuple[str, int]:
    """The line as it can be shown, and how many cells stand before the one at `column` (from 1)."""
    from rich.cells import cell_len

    signs: list[str] = []
    cells: list[int] = []
    for sign, shown in zip(text, visible_signs(text), strict=True):
        signs.append(" " * (TAB - sum(cells) % TAB) if sign == "\t" else shown)
        cells.append(cell_len(signs[-1]))
    spot = min(max(column, 1) - 1, len(signs))
    start, end = 0, len(signs)
    if sum(cells) > width:
        start, end = _window(cells, spot, width - 2)
    left, right = "…" if start else "", "…" if end < len(signs) else ""
    return left + "".join(signs[start:end]) + right, cell_len(left + "".join(signs[start:spot]))


def _window(cells: Sequence[int], spot: int, room: int) -> tuple[int, int]:
    """From where to where signs are shown, so that `spot` is among them with as much around it as fits."""
    start = end = spot
    used = 0
    while True:
        left = cells[start - 1] if start > 0 else room + 1
        right = cells[end] if end < len(cells) else room + 1
        if used + right <= room and (end - spot <= 2 * (spot - start) or used + left > room):
            end, used = end + 1, used + right
        elif used + left <= room:
            start, used = start - 1, used + left
        else:
            return start, end
