"""What the handbook's tables are written with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from idesluss.translate import gettext

LANGUAGE = "sv"
"""The language of the handbook."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown; the words of `head` are msgids."""
    lines = [[gettext(word) for word in head], ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "&#124;").split())


def sentences(*parts: str) -> str:
    """What is not empty of the parts, each with a full stop."""
    return " ".join(part if part.endswith((".", "?", ":")) else f"{part}." for part in parts if part)


def plain(text: str) -> str:
    """Text in which Markdown sees no HTML; what stands between backticks is left alone."""
    parts = re.split(r"(`[^`\n]*`)", text)
    return "".join(part if part.startswith("`") else part.replace("<", "&lt;") for part in parts)
