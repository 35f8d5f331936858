"""From the folder `ideas/` to the catalogue: every file found, read beside others, and remembered till it changes."""

from __future__ import annotations

import datetime
import gc
import multiprocessing
import os
import re
import signal
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from idesluss import entry as entries
from idesluss import history, memory, refusal
from idesluss.catalogue import Broken, Catalogue, Digest, broken_of
from idesluss.kinds.entry import Entry
from idesluss.problem import Place, Problem, Severity, Text, text
from idesluss.settings import Settings
from idesluss.slug import is_utf8
from idesluss.source import Source

FOLDER = "ideas"
MEDIA = "media"
FEW = 300
"""Below so many files, a second process costs more than it brings."""
TOGETHER = 100
"""So many files are read side by side."""
UNREAD = Digest("", "")

_CLOSING = re.compile(rb"\n---[ \t]*\r?(?:\n|\Z)")

Inspect = Callable[[Source, Entry | None, Settings], Iterable[Problem]]
Progress = Callable[[int, int], None]


class Found(NamedTuple):
    """A file to read: its path, size in bytes and time of change in nanoseconds."""

    path: str
    size: int
    changed: int


class Read(NamedTuple):
    """What reading a file gave, as it is remembered."""

    found: Found
    digest: Digest
    entry: Entry | None
    problems: tuple[Problem, ...]

    @property
    def is_sure(self) -> bool:
        """Whether the file could be opened: only then another reading is sure to give the same."""
        return bool(self.digest.full)


class Loaded(NamedTuple):
    """The catalogue, all readings by path, the paths of those that are new, and these packed, to be remembered."""

    catalogue: Catalogue
    readings: Mapping[str, Read]
    new: tuple[str, ...]
    packed: list[bytes]


def find(root: Path) -> tuple[list[Found], list[Problem]]:
    """All files of `ideas/` that hold entries, in the order of their paths, and what else lies there."""
    found: list[Found] = []
    problems: list[Problem] = []
    folders = [FOLDER]
    while folders:
        folder = folders.pop()
        try:
            items = list(os.scandir(root / folder))
        except FileNotFoundError:
            continue
        for item in items:
            path = f"{folder}/{item.name}"
            if item.name.startswith("."):
                continue
            if item.is_symlink():
                problems.append(_stray(path, "outside-root"))
            elif not is_utf8(item.name):
                problems.append(_stray(path, "file-name"))
            elif item.is_dir():
                if folder != FOLDER or item.name != MEDIA:
                    folders.append(path)
            elif item.name.endswith(".md") and item.is_file():
                if item.name != "README.md":
                    with suppress(FileNotFoundError):  # it went just now
                        told = item.stat()
                        found.append(Found(path, told.st_size, told.st_mtime_ns))
            else:
                problems.append(_stray(path, "file-name"))
    return sorted(found), problems


def _stray(path: str, code: str) -> Problem:
    if code == "outside-root":
        message, hint = text("this is a symbolic link"), text("put the file itself here")
    elif not is_utf8(path):
        message = text("the name is not written as UTF-8")
        hint = text("name the file with a-z, 0-9 and hyphens, at most 80 characters")
    else:
        message = text("this is not the file of an entry")
        hint = text("entries end in .md; pictures belong in ideas/media/")
    return Problem(path, Place(), code, Severity.ERROR, message, hint)


def load(
    root: Path,
    settings: Settings,
    inspect: Inspect,
    *,
    now: datetime.date | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
    recalled: Mapping[str, Read] | None = None,
) -> Loaded:
    """Read all of `ideas/`; `recalled` are earlier readings that still hold where a file has not changed.

    `inspect` is run on every file whose front matter could be read. The catalogue holds no problem twice.
    """
    found, problems = find(root)
    recalled = recalled or {}
    known = {
        item.path: recalled[item.path] for item in found if item.path in recalled and recalled[item.path].found == item
    }
    fresh = [item for item in found if item.path not in known]
    new, packed = _read_all(root, fresh, settings, inspect, jobs or os.cpu_count() or 1, progress)
    readings = {**known, **new}
    commit = history.head(root)
    day = now or (datetime.date.fromisoformat(commit.day) if commit else datetime.datetime.now(datetime.UTC).date())
    ordered = [readings[item.path] for item in found]
    catalogue = assemble(root, settings, ordered, problems, day, commit.sha if commit else "")
    return Loaded(catalogue, readings, tuple(new), packed)


def assemble(
    root: Path,
    settings: Settings,
    readings: Sequence[Read],
    problems: Sequence[Problem],
    now: datetime.date,
    commit: str,
) -> Catalogue:
    """Put readings, in the order of their paths, together into a catalogue."""
    held: dict[str, Entry] = {}
    digests: dict[str, Digest] = {}
    broken: list[Broken] = []
    doubles: list[str] = []
    all_problems = list(problems)
    for reading in readings:
        all_problems += reading.problems
        entry = reading.entry
        if entry is None and not reading.problems:
            continue
        if entry is None:
            lost = broken_of(reading.found.path, settings)
            broken += [lost] if lost else []
        elif entry.id in held:
            doubles.append(entry.path)
        else:
            held[entry.id] = entry
            digests[entry.id] = reading.digest
    return Catalogue(
        root=root,
        settings=settings,
        now=now,
        entries=MappingProxyType(held),
        commit=commit,
        problems=tuple(all_problems),
        broken=tuple(broken),
        digests=MappingProxyType(digests),
        doubles=tuple(doubles),
    )


def read_one(root: Path, item: Found, settings: Settings, inspect: Inspect) -> Read:
    """Read one file; whatever goes wrong becomes a problem of that file."""
    return _side_by_side([_from_disk(root, item, settings, inspect)])[0]


def read_data(item: Found, data: bytes, settings: Settings, inspect: Inspect) -> Read:
    """Read what a file holds, or would hold."""
    return _side_by_side([_from_data(item, data, settings, inspect)])[0]


def read_some(root: Path, items: Sequence[Found], settings: Settings, inspect: Inspect) -> Iterator[Read]:
    """Read files one after another, many at a time."""
    for start in range(0, len(items), TOGETHER):
        yield from _side_by_side(
            [_from_disk(root, item, settings, inspect) for item in items[start : start + TOGETHER]]
        )


Reader = Generator[None, None, Read]
"""The reading of one file, which stops before each step."""


def _side_by_side(readers: Sequence[Reader]) -> list[Read]:
    """What the readers give, where all take a step before any takes the next.

    Each step lives in a library of its own. A processor that goes through all of them for every file forgets one while
    it works in the other, which takes a third longer.
    """
    done: dict[int, Read] = {}
    while len(done) < len(readers):
        for at, reader in enumerate(readers):
            if at not in done:
                try:
                    next(reader)
                except StopIteration as ended:
                    done[at] = ended.value
    return [done[at] for at in range(len(readers))]


def _from_disk(root: Path, item: Found, settings: Settings, inspect: Inspect) -> Reader:
    try:
        data = (root / item.path).read_bytes()
    except FileNotFoundError:  # it went after it was found, and is as if it had never been there
        return Read(item, UNREAD, None, ())
    except OSError as error:
        message = text("the file cannot be opened ({said})", said=refusal.told(error))
        problem = _unreadable(item.path, message, text("see to it that the file may be read"))
        return Read(item, UNREAD, None, (problem,))
    return (yield from _from_data(item, data, settings, inspect))


def _from_data(item: Found, data: bytes, settings: Settings, inspect: Inspect) -> Reader:
    held = digest(data)
    yield
    try:
        source, entry, problems = yield from entries.in_steps(item.path, data, settings)
        yield
        if source is not None:
            problems = [*problems, *inspect(source, entry, settings)]
    except Exception as error:  # noqa: BLE001 - one file never stops the others
        message = text("the file made the program fail ({said})", said=f"{type(error).__name__}: {error}")
        problem = _unreadable(item.path, message, text("please report it; meanwhile, simplify the file"))
        return Read(item, held, None, (problem,))
    return Read(item, held, entry, tuple(problems))


def _unreadable(path: str, message: Text, hint: Text) -> Problem:
    return Problem(path, Place(), "unreadable-file", Severity.ERROR, message, hint)


def digest(data: bytes) -> Digest:
    """What is remembered of the bytes of a file, to know whether they are the same."""
    end = _CLOSING.search(data, 3)
    front = data[: end.start()] if end else data
    return Digest(sha256(data).hexdigest()[:24], sha256(front).hexdigest()[:24])


def _read_all(
    root: Path, items: Sequence[Found], settings: Settings, inspect: Inspect, jobs: int, progress: Progress | None
) -> tuple[dict[str, Read], list[bytes]]:
    if jobs < 2 or len(items) < FEW or "fork" not in multiprocessing.get_all_start_methods():
        done: dict[str, Read] = {}
        for number, reading in enumerate(read_some(root, items, settings, inspect), 1):
            done[reading.found.path] = reading
            if progress and (number % 100 == 0 or number == len(items)):
                progress(number, len(items))
        return done, [memory.pack(list(done.values()))]
    return _read_beside(root, items, settings, inspect, jobs, progress)


_shared: tuple[Path, Settings, Inspect] | None = None
"""What the forked readers inherit."""


def _read_slice(items: Sequence[Found]) -> bytes:
    assert _shared is not None  # noqa: S101 - set before the fork
    root, settings, inspect = _shared
    gc.disable()  # nothing here goes in circles, and the process does not live long
    return memory.pack(list(read_some(root, items, settings, inspect)))


def _read_beside(
    root: Path, items: Sequence[Found], settings: Settings, inspect: Inspect, jobs: int, progress: Progress | None
) -> tuple[dict[str, Read], list[bytes]]:
    global _shared  # noqa: PLW0603 - the one way to hand a function to a forked process
    _shared = (root, settings, inspect)
    size = max(50, min(500, len(items) // (jobs * 4)))
    slices = [items[start : start + size] for start in range(0, len(items), size)]
    done: dict[str, Read] = {}
    parts: list[bytes] = []
    gc.freeze()
    try:
        fork, left_to_us = multiprocessing.get_context("fork"), (signal.SIGINT, signal.SIG_IGN)
        with ProcessPoolExecutor(jobs, fork, signal.signal, left_to_us) as pool:
            for packed in pool.map(_read_slice, slices):
                done.update((reading.found.path, reading) for reading in memory.unpack(packed))
                parts.append(packed)
                if progress:
                    progress(len(done), len(items))
    except BrokenProcessPool:  # one was killed, as where memory is short: what is left is read here
        left = {reading.found.path: reading for reading in read_some(root, items[len(done) :], settings, inspect)}
        done.update(left)
        parts.append(memory.pack(list(left.values())))
    finally:
        gc.unfreeze()
        _shared = None
    return done, parts
