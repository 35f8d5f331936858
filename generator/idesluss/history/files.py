"""All versions that some files had, commit by commit, in two questions to git."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from idesluss.history.blobs import blobs
from idesluss.history.door import ask
from idesluss.history.past import in_calendar

_FILE_MODES = ("100644", "100755")


class Version(NamedTuple):
    """What a commit made of a file: the bytes, or None where it took it away. The day is YYYY-MM-DD."""

    commit: str
    path: str
    day: str
    data: bytes | None


def versions_of(root: Path, paths: Sequence[str], bound: int) -> Iterator[Version]:
    """Every version of these files on the first-parent line, the oldest first; one above `bound` bytes is left out."""
    asked = [
        "log",
        "--first-parent",
        "-m",
        "--raw",
        "-z",
        "--no-abbrev",
        "--no-renames",
        "--reverse",
        "--format=%H %cs",
    ]
    told = ask(root, *asked, "HEAD", "--", *paths)
    prefix = ask(root, "rev-parse", "--show-prefix")
    if told is None or prefix is None:
        return
    found = list(_changes(os.fsdecode(told), os.fsdecode(prefix.removesuffix(b"\n"))))
    held = dict(blobs(root, dict.fromkeys(blob for *_, blob in found if blob), bound=bound))
    for sha, path, day, blob in found:
        if not blob or blob in held:
            yield Version(sha, path, day, held[blob] if blob else None)


def _changes(told: str, prefix: str) -> Iterator[tuple[str, str, str, str]]:
    """The commit, path, day and blob of each change; the blob is "" where the file went or is no plain file."""
    sha, day = "", ""
    tokens = iter(told.split("\0"))
    for token in tokens:
        if token.lstrip("\n").startswith(":"):
            _before, mode, _blob, blob, _status = token.lstrip("\n:").split(" ")
            path = next(tokens, "")
            if path.startswith(prefix):
                yield sha, path.removeprefix(prefix), day, blob if mode in _FILE_MODES else ""
        elif token.strip():
            sha, _, day = token.strip().partition(" ")
            day = in_calendar(day)
