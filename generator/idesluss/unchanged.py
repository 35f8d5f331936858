"""What the last build came to, so that a build before which nothing at all has changed need not read an entry."""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from idesluss import examine, memory, publish, templates
from idesluss.examine import Fingerprint
from idesluss.problem import Problem

if TYPE_CHECKING:
    from idesluss.settings import Settings

NAME = "built"


class Last(NamedTuple):
    """What the last build told, and the number of files in its site."""

    problems: list[Problem]
    files: int


def grounds(root: Path, settings: Settings, audience: str, now: datetime.date | None) -> Fingerprint | None:
    """What a build of the instance at `root` for this audience hangs on; None where that cannot be told."""
    from idesluss.portal import engine, shell

    content = examine.fingerprint(root, now)
    try:
        frame = shell.key(root, settings, audience)
    except engine.EngineError:
        return None
    told = (content.key, frame, templates.stamp(root), os.environ.get("PAGEFIND_BINARY_PATH", ""))
    return content._replace(key=memory.stamp(*told))


def recall(held: Fingerprint, site: Path, known: Path) -> Last | None:
    """The last build, if it had the same grounds and its site stands; `known` is where publishing remembers it."""
    kept: tuple[str, list[Problem]] | None = memory.recall(known, NAME, held.key)
    files = publish.standing(site, known, kept[0]) if kept else None
    return None if kept is None or files is None else Last(kept[1], files)


def keep(held: Fingerprint, known: Path, problems: list[Problem]) -> None:
    """Remember a build that left nothing undone; `held` was taken before it began."""
    if held.is_settled:
        memory.save(known, NAME, held.key, (publish.mark_of(known), problems))
