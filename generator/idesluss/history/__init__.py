"""The one door to git, and what it tells of the entries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from idesluss.history.door import ask
from idesluss.history.life import NONE, Commit, History, Life, Step, Stood
from idesluss.history.past import (
    at,
    commit_of,
    head,
    is_changed,
    is_full_hash,
    is_shallow,
    line,
    merge_base,
    messages,
    tree,
)
from idesluss.history.reverts import reverted
from idesluss.history.stand import inside, stand, top
from idesluss.history.unread import unread

__all__ = [
    "NONE",
    "Commit",
    "History",
    "Life",
    "Step",
    "Stood",
    "at",
    "commit_of",
    "head",
    "inside",
    "is_changed",
    "is_full_hash",
    "is_shallow",
    "line",
    "merge_base",
    "messages",
    "read",
    "reverted",
    "stand",
    "top",
    "tree",
    "unread",
    "versions",
]


def read(root: Path, place: Path | None, until: str = "HEAD") -> History:
    """What git shows of every entry of the instance at `root`, on the first-parent line of the commit `until`.

    `place` is the folder for what is remembered; only what is checked out is kept there. A shallow clone gives no
    lives, for their dates would be wrong.
    """
    from idesluss.history import reading

    return reading.read(root, place, until)


def versions(root: Path, path: str) -> Iterator[bytes]:
    """The contents that a file had on the first-parent line of what is checked out, newest first.

    Git is asked for each when it is its turn, since mostly one of the first is enough.
    """
    told = ask(root, "log", "--first-parent", "--no-patch", "--format=%H", "HEAD", "--", path) or b""
    for sha in told.decode("ascii").split():
        data = ask(root, "cat-file", "blob", f"{sha}:./{path}")
        if data is not None:
            yield data
