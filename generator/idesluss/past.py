"""An instance as it was at a commit: its files laid out in a folder of their own, read and checked as any others."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from idesluss import checks, examine, history, memory, reading, settings
from idesluss.history import Commit
from idesluss.problem import Problem


def examined(
    root: Path,
    commit: Commit,
    *,
    now: datetime.date | None = None,
    jobs: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> examine.Examined:
    """The instance at `root` as it was at a commit, read by the settings of that commit.

    Without `now` it is the day of the commit. No file of it is left when this is done.
    """
    with tempfile.TemporaryDirectory(prefix="idesluss-") as work:
        folder = Path(work)
        history.tree(root, commit.sha, folder, examine.LOOKED_AT)
        if not (folder / settings.FILE).is_file():
            return examine.Examined(None, [])
        told, faults = settings.load(folder)
        if told is None:
            return examine.Examined(None, sorted(faults, key=Problem.order))
        day = now or datetime.date.fromisoformat(commit.day)
        read = reading.load(folder, told, checks.inspect, now=day, jobs=jobs, progress=progress).catalogue
        shown = history.read(root, memory.folder(root), until=commit.sha)
        return examine.judge(replace(read, commit=commit.sha, history=shown))
