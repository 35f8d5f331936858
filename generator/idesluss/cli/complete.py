"""What the Tab key proposes: kinds, codes, stages and ids, without reading any entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from idesluss.cli.language import root_above
from idesluss.manual import codes
from idesluss.stages import SPREAD, STAGES

KIND_NAMES: tuple[str, ...] = (
    "idea", "need", "case", "adoption", "method", "barrier", "unit", "coach", "actor", "goal", "event", "project",
)  # fmt: skip
"""The kinds' names, known without their models, which take long to load."""

FOLDERS: tuple[str, ...] = (
    "needs", "cases", "adoptions", "methods", "barriers", "units", "coaches", "actors", "goals", "events", "projects",
)  # fmt: skip
"""The folders of the kinds beside the ideas."""

Proposer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def files(root: Path, folders: Iterable[str]) -> list[Path]:
    """The files of entries in these folders of `ideas/`; "" is the ideas themselves."""
    found: list[Path] = []
    for folder in folders:
        for place in [root / "ideas" / folder] if folder else (root / "ideas").glob("[0-9][0-9][0-9][0-9]"):
            found += (path for path in place.rglob("*.md") if path.name != "README.md")
    return found


def ids(*folders: str) -> Proposer:
    """Proposes the ids of the entries in these folders of `ideas/`."""

    def propose(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 - click's shape
        named = ctx.meta.get("idesluss.root")
        root = named or root_above(Path.cwd())
        names = sorted(path.stem for path in files(root, folders)) if root else []
        return [CompletionItem(name) for name in names if name.startswith(incomplete)]

    return propose


def explainable(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 - click's shape
    """Proposes what `idesluss explain` can explain."""
    return [CompletionItem(name) for name in (*codes(), *STAGES, SPREAD.name) if name.startswith(incomplete)]
