"""Files that a revert put back as they once stood, as GitHub's button does it."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from idesluss.history.door import ask
from idesluss.history.past import messages

_SAYS_REVERT = re.compile(
    r'^(Revert|Reapply) "|^This reverts commit [0-9a-f]{7,64}\b|^Reverts [\w.-]+/[\w.-]+#\d+', re.MULTILINE
)
_FEW = 200
"""So many paths are named to git; for more, all are asked for."""


def reverted(root: Path, base: str, paths: Collection[str]) -> frozenset[str]:
    """Those of the paths that stand now, or are missing, just as on the first-parent line of `base` before it.

    Empty where no commit since `base` says that it is a revert.
    """
    if not paths or not any(map(_SAYS_REVERT.search, messages(root, base))):
        return frozenset()
    held = set(_held(root, base, paths))
    return frozenset(path for path in paths if (path, _blob(root, path)) in held)


def _held(root: Path, base: str, paths: Collection[str]) -> Iterator[tuple[str, str]]:
    """Every path with each blob that stood there until `base`, and "" if none did."""
    prefix = os.fsdecode((ask(root, "rev-parse", "--show-prefix") or b"").rstrip(b"\n"))
    wanted = sorted(paths) if len(paths) <= _FEW else ()
    asked = ("log", "--first-parent", "--diff-merges=first-parent", "--raw", "--no-abbrev", "-z", "--format=")
    told = ask(root, *asked, base, "--", *wanted) or b""
    about = b""
    for part in told.split(b"\0"):
        if part.lstrip(b"\n").startswith(b":"):
            about = part.lstrip(b"\n")
        elif about:
            _, _, before, after, _ = about.decode("ascii").split(" ")
            path = os.fsdecode(part).removeprefix(prefix)
            yield from ((path, blob if blob.strip("0") else "") for blob in (before, after))
            about = b""


def _blob(root: Path, path: str) -> str:
    """The name that git has for what stands in a file now, or "" where there is none."""
    if not (root / path).is_file():
        return ""
    return (ask(root, "hash-object", "--", path) or b"").decode("ascii").strip()
