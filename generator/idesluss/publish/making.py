"""Makes the files that are due and writes them into the folder beside the site; on Linux in several processes."""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import struct
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, NoReturn

from idesluss.publish.memory import digest_of

PATIENCE = 0.05
"""Seconds of work after which it pays to call in other processes."""

GENERATION = 6000
"""After so many pieces new processes take over: what one touches of the memory that it inherits, it copies."""

_MOST_LOTS = 1000  # their numbers, 4 bytes each, fit into the smallest pipe that Linux gives
_NUMBER = struct.Struct("=i")
_LONGEST_FAILURE = 300  # characters, each at most 12 bytes of JSON, so that an outcome is one write to a pipe

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
    while done < len(pieces) and (jobs < 2 or not _can_fork() or time.monotonic() - started < PATIENCE):
        outcomes[done] = _make(pieces[done], standing, folders)
        done += 1
        if progress:
            progress(done, len(pieces))
    for start in range(done, len(pieces), GENERATION):
        part = range(start, min(start + GENERATION, len(pieces)))
        for at, outcome in _in_parallel(lambda at: _make(pieces[at], standing, folders), part, jobs):
            outcomes[at] = outcome
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


def _can_fork() -> bool:
    return sys.platform == "linux"


def _in_parallel(make: Callable[[int], Outcome], rest: range, jobs: int) -> Iterator[tuple[int, Outcome]]:
    """Make the `rest` in forked workers, which inherit all they need, so that nothing is pickled.

    Numbers of lots wait in one pipe, from which each worker takes the next when it is free; outcomes come back
    through another as lines of JSON, each write short enough to arrive in one piece.
    """
    length = -(-len(rest) // _MOST_LOTS)
    lots = [rest[at : at + length] for at in range(0, len(rest), length)]
    take, give = os.pipe()
    hear, tell = os.pipe()
    parent, workers = os.getpid(), []
    os.write(give, b"".join(map(_NUMBER.pack, range(len(lots)))))
    gc.freeze()
    try:
        for _ in range(min(jobs, len(lots))):
            worker = os.fork()
            if not worker:
                os.close(give)
                os.close(hear)
                _work(make, lots, take, tell, parent)
            workers.append(worker)
        for end in (take, give, tell):
            os.close(end)
        with open(hear, encoding="ascii") as lines:
            for line in lines:
                at, *outcome = json.loads(line)
                if at < 0:
                    raise OSError(*outcome)  # noqa: TRY301 - the workers are to be stopped just as for any other
                yield at, Outcome(*outcome)
    except BaseException:
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        raise
    finally:
        gc.unfreeze()
        for worker in workers:
            os.waitpid(worker, 0)


def _work(make: Callable[[int], Outcome], lots: Sequence[range], take: int, tell: int, parent: int) -> NoReturn:
    """What a forked worker does; it never returns, so that nothing of the parent's runs twice."""
    try:
        while (number := os.read(take, _NUMBER.size)) and os.getppid() == parent:
            told = b""
            for at in lots[_NUMBER.unpack(number)[0]]:
                line = json.dumps([at, *make(at)]).encode("ascii") + b"\n"
                if len(told) + len(line) > select.PIPE_BUF:
                    os.write(tell, told)
                    told = b""
                told += line
            os.write(tell, told)
    except OSError as error:
        os.write(tell, json.dumps([-1, error.errno, error.strerror, error.filename]).encode("ascii") + b"\n")
    except Exception:  # noqa: BLE001 - a fault of ours: its pages count as failed, and the trace says why
        traceback.print_exc()
    finally:
        os._exit(0)
