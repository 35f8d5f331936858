"""Makes the files that are due and writes them into the folder beside the site."""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from idesluss.publish.memory import digest_of
from idesluss.publish.workers import can_fork, in_parallel

PATIENCE = 0.05
"""Seconds of work after which it pays to call in other processes."""

_LONGEST_FAILURE = 400

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of the site: `key` stands for all that its bytes depend on; `index` if it lists entries of a kind."""

    path: str
    key: str
    make: Callable[[], bytes]
    index: bool = False


class Outcome(NamedTuple):
    """What became of a piece: the digest of its bytes, and the look of the file; or why it failed.

    A `size` of -1 means that nothing was written, since the file that stands has these very bytes.
    """

    content: str = ""
    size: int = -1
    mtime_ns: int = 0
    failure: str = ""


def make_all(
    pieces: Sequence[Piece], standing: Mapping[str, str], folder: Path, jobs: int, progress: Progress | None
) -> list[Outcome]:
    """Make the pieces and write those that differ from the `standing` digests; outcomes in the order of the pieces.

    An exception in one piece's `make` is its outcome. An OSError in writing is raised: the disk is everybody's.
    """
    outcomes: list[Outcome | None] = [None] * len(pieces)
    folders = Folders(folder)
    started = time.monotonic()
    done = 0
    while done < len(pieces) and (jobs < 2 or not can_fork() or time.monotonic() - started < PATIENCE):
        outcomes[done] = _make(pieces[done], standing, folders)
        done += 1
        if progress:
            progress(done, len(pieces))
    rest = range(len(pieces) - 1, done - 1, -1)  # the last are made of all entries and take longest: begin with them
    for at, outcome in in_parallel(lambda at: _make(pieces[at], standing, folders), rest, jobs):
        outcomes[at] = Outcome(*outcome)
        done += 1
        if progress:
            progress(done, len(pieces))
    return [outcome or _lost(folder / piece.path) for outcome, piece in zip(outcomes, pieces, strict=True)]


class Folders:
    """The folders below a root, each made when a file first needs it."""

    def __init__(self, root: Path) -> None:
        self.root = str(root)
        self._made = {""}

    def place(self, path: str) -> str:
        """The full path of a file whose folder now exists."""
        self._need(path.rpartition("/")[0])
        return f"{self.root}/{path}"

    def _need(self, folder: str) -> None:
        if folder not in self._made:
            self._need(folder.rpartition("/")[0])
            with suppress(FileExistsError):
                os.mkdir(f"{self.root}/{folder}", 0o755)
            self._made.add(folder)


def _make(piece: Piece, standing: Mapping[str, str], folders: Folders) -> Outcome:
    try:
        data = piece.make()
        content = digest_of(data)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one page must not stop the others
        return Outcome(failure=_in_words(error))
    if standing.get(piece.path) == content:
        return Outcome(content)
    new = os.open(folders.place(piece.path), os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
    try:
        written = os.write(new, data)
        while written < len(data):
            written += os.write(new, memoryview(data)[written:])
        seen = os.fstat(new)
    finally:
        os.close(new)
    return Outcome(content, seen.st_size, seen.st_mtime_ns)


def _lost(file: Path) -> Outcome:
    """The outcome of a piece whose worker was killed; what it had written of the file goes."""
    file.unlink(missing_ok=True)
    return Outcome(failure="the process that made it ended before it was done")


def _in_words(error: Exception) -> str:
    spots = traceback.extract_tb(error.__traceback__)
    where = f" ({os.path.basename(spots[-1].filename)}:{spots[-1].lineno})" if spots else ""
    return f"{error!r:.{_LONGEST_FAILURE}}{where}"
