"""The manual of each check, read from the check's own file without running it."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parent / "checks"


class Manual(NamedTuple):
    """What a check says of itself: `text` is a msgid; `closes` is whether an entry stays unpublished until mended."""

    code: str
    severity: str
    closes: bool
    text: str


def codes() -> tuple[str, ...]:
    """The codes of all checks, in the order of the alphabet."""
    return tuple(sorted(_code(path.stem) for path in FOLDER.glob("*.py") if path.stem != "__init__"))


def manual(code: str) -> Manual | None:
    """The manual of the check with this code, or None if there is no such check."""
    path = FOLDER / f"{code.replace('-', '_')}.py"
    if code not in codes():
        return None
    tree = ast.parse(path.read_text("utf-8"))
    values = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    severity, closes = values.get("SEVERITY"), values.get("CLOSES")
    return Manual(
        code,
        severity.attr.lower() if isinstance(severity, ast.Attribute) else "error",
        isinstance(closes, ast.Constant) and closes.value is True,
        inspect.cleandoc(ast.get_docstring(tree, clean=False) or ""),
    )


def _code(name: str) -> str:
    return name.replace("_", "-")
