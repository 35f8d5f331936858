"""The one door to git, and what it tells of the entries."""

from __future__ import annotations

import datetime
from pathlib import Path

from idesluss.history.life import NONE, Commit, History, Life, Step

__all__ = ["NONE", "Commit", "History", "Life", "Step", "head", "read", "versions"]


def head(root: Path) -> Commit | None:
    """The commit that is checked out, or None where there is no repository or no commit."""
    told = _git(root, "log", "-1", "--format=%H %cI", "--no-show-signature")
    if not told:
        return None
    sha, _, moment = told.strip().partition(" ")
    return Commit(sha, datetime.datetime.fromisoformat(moment).date().isoformat())


def read(root: Path, place: Path | None) -> History:  # noqa: ARG001 - both are needed once git is asked
    """What git shows of every entry of the instance at `root`; `place` is the folder for what is remembered."""
    return NONE


def _git(root: Path, *arguments: str) -> str:
    """What git prints, or "" if it cannot answer."""
    import git

    try:
        return str(git.Git(str(root)).execute(["git", *arguments], strip_newline_in_stdout=True))
    except (git.GitCommandError, git.GitCommandNotFound):
        return ""


def versions(root: Path, path: str) -> list[bytes]:
    """The contents that a file had on the first-parent line of what is checked out, newest first."""
    import git

    found = []
    for line in _git(root, "log", "--first-parent", "--format=%H", "--", path).split():
        try:
            shown: object = git.Git(str(root)).execute(
                ["git", "show", f"{line}:./{path}"], stdout_as_string=False, strip_newline_in_stdout=False
            )
        except git.GitCommandError:
            continue
        found += [shown] if isinstance(shown, bytes) else []
    return found
