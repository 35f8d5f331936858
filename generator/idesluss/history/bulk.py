"""The list of bulk commits, such as a new layout for all files, which do not count as changes of the entries."""

from __future__ import annotations

import re
from pathlib import Path

from idesluss.history.door import ask

FILE = ".git-blame-ignore-revs"
"""At the top of the repository, where git and its hosts look for it."""
_REVISION = re.compile(r"^[ \t]*([0-9a-f]{40}(?:[0-9a-f]{24})?)[ \t]*(?:#.*)?$", re.MULTILINE)


def bulk(root: Path, sha: str) -> frozenset[str]:
    """The bulk commits that are listed at a commit, by their full hashes."""
    return listed(ask(root, "cat-file", "blob", f"{sha}:{FILE}") or b"")


def listed(data: bytes) -> frozenset[str]:
    """The hashes in the text of a list."""
    return frozenset(_REVISION.findall(data.decode("utf-8", "replace")))
