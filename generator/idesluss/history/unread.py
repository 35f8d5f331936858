"""A repository that git does not read: then no date is known, although they are all there."""

from __future__ import annotations

from pathlib import Path

from idesluss.history.door import ask, refusal
from idesluss.history.stand import top


def unread(root: Path) -> str:
    """What git says of a repository that it does not read; "" of one that it reads, and where there is none."""
    found = top(root)
    if found is None or ((found / ".git").is_dir() and not (found / ".git" / "HEAD").exists()):
        return ""
    said = refusal(root, "rev-parse", "--git-dir")
    if said or ask(root, "rev-parse", "--verify", "--quiet", "HEAD") is None:  # in a new one there is no commit yet
        return said
    return refusal(root, "log", "--max-count=1", "HEAD")
