"""Read and check a whole instance: the one path that terminal, build, preview and CI all take."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from idesluss import history, memory
from idesluss.problem import Problem, Severity

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue
    from idesluss.reading import Loaded, Read

SAFE_AGE = 50_000_000
"""A file that was changed at least so many nanoseconds before it was read has another time after any later change."""

LOOKED_AT = ("ideas", "docs", "idesluss.yml")
"""What of an instance the checks look at, and so what decides which entries are shown."""

Progress = Callable[[int, int], None]


class Examined(NamedTuple):
    """The catalogue, with every entry closed that must not be shown, and all problems, in order. None: no settings."""

    catalogue: Catalogue | None
    problems: list[Problem]


def examine(
    root: Path,
    *,
    now: datetime.date | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Examined:
    """Read `idesluss.yml` and `ideas/` below `root` and run every check. What has not changed is not read again."""
    loaded, faults = load(root, now=now, jobs=jobs, progress=progress)
    return judge(loaded.catalogue) if loaded else Examined(None, faults)


def load(
    root: Path,
    *,
    now: datetime.date | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> tuple[Loaded | None, list[Problem]]:
    """Read the instance, with what git shows of it; without settings there is only what is wrong with these."""
    from idesluss import checks, reading, settings

    told, faults = settings.load(root)
    if told is None:
        return None, sorted(faults, key=Problem.order)
    place = memory.folder(root)
    key = memory.stamp(told.model_dump_json())
    remembered = Remembered(place, key)
    started = time.time_ns()
    loaded = reading.load(
        root, told, checks.inspect, now=now, jobs=jobs, progress=progress, recalled=remembered.readings
    )
    remembered.add(loaded, started)
    return loaded._replace(catalogue=loaded.catalogue.with_history(history.read(root, place))), []


class Remembered:
    """The readings of earlier runs, in two files: many from a whole run, and the few that changed since.

    So a run after a small change writes little. `readings` are those that are sure to hold as long as size and time of
    change are the same: a file that was read in the very moment of its change is not among them.
    """

    def __init__(self, place: Path | None, key: str) -> None:
        self.place, self.key = place, key
        self.readings: dict[str, Read] = {}
        for name in ("readings", "readings-late"):
            started, parts = memory.recall(place, name, key) or (0, [])
            for part in parts:
                self.readings.update((one.found.path, one) for one in memory.unpack(part) if _lasts(one, started))

    def add(self, loaded: Loaded, started: int) -> None:
        """Keep what was newly read."""
        if not loaded.new:
            return
        if len(loaded.new) > max(LATE, len(loaded.readings) // 10):
            parts = loaded.packed
            old = [one for path, one in loaded.readings.items() if path not in set(loaded.new)] if self.readings else []
            memory.save(self.place, "readings-late", self.key, (started, []))
            memory.save(self.place, "readings", self.key, (started, [*parts, memory.pack(old)] if old else parts))
            return
        kept, late = memory.recall(self.place, "readings-late", self.key) or (started, [])
        if len(late) > LATE:
            memory.save(self.place, "readings-late", self.key, (started, []))
            late = [memory.pack([one for one in loaded.readings.values() if _lasts(one, started)])]
            memory.save(self.place, "readings", self.key, (started, late))
            return
        memory.save(self.place, "readings-late", self.key, (min(kept, started), [*late, *loaded.packed]))


LATE = 200
"""So many changed files, or runs with changes, are remembered apart before all are written anew."""


def _lasts(one: Read, started: int) -> bool:
    return one.is_sure and one.found.changed < started - SAFE_AGE


def judge(catalogue: Catalogue, across: Iterable[Problem] | None = None) -> Examined:
    """Close every entry in which something must not be published.

    `across` is what the checks that look across files found; without it, they are run.
    """
    from idesluss import checks

    problems = [*catalogue.problems, *(checks.survey(catalogue) if across is None else across)]
    return Examined(catalogue.close(closed_by(problems)), sorted(problems, key=Problem.order))


def closed_by(problems: Iterable[Problem]) -> set[str]:
    """The paths of the entries that must not be published, for these problems."""
    from idesluss import checks

    closing = checks.closing()
    return {problem.path for problem in problems if problem.code in closing and problem.severity is Severity.ERROR}


class Fingerprint(NamedTuple):
    """A digest of all that something hangs on, the newest time of change among its files, and when it was taken."""

    key: str
    newest: int
    taken: int

    @property
    def is_settled(self) -> bool:
        """Whether every further change is sure to show: no file changed just before it was looked at."""
        return self.newest < self.taken - SAFE_AGE


def again(root: Path, held: Fingerprint) -> list[Problem] | None:
    """The problems of the last run, if nothing at all has changed since; without reading any entry."""
    place = memory.folder(root)
    return None if place is None else memory.recall(place, "problems", held.key)


def keep(root: Path, held: Fingerprint, examined: Examined) -> None:
    """Remember the problems for `again`; `held` was taken before the instance was read."""
    if held.is_settled and is_sure(root, examined):
        memory.save(memory.folder(root), "problems", held.key, examined.problems)


def is_sure(root: Path, examined: Examined) -> bool:
    """Whether another try would find the same: where there is a repository, git has told of it.

    Git tells nothing before the first commit, or where it does not trust the folder's owner. Then the day is today's.
    """
    return examined.catalogue is None or bool(examined.catalogue.commit) or not history.stand(root)


def fingerprint(root: Path, now: datetime.date | None) -> Fingerprint:
    """What all that the checks look at comes to: files by name, size and time.

    Where git stands and the day are among it, since some checks hang on what git shows and on the calendar.
    """
    import os

    taken = time.time_ns()
    stand = history.stand(root)
    told = [stand, str(now or ("" if stand else datetime.datetime.now(datetime.UTC).date()))]
    newest = 0
    folders = [root / "ideas", root / "docs"]
    for folder in folders:
        try:
            items = [] if folder.is_symlink() else sorted(os.scandir(folder), key=lambda item: item.name)
            told.append(f"{folder}{folder.lstat().st_mode}")
        except OSError as error:
            told.append(f"{folder}{error.errno}")
            continue
        for item in items:
            try:
                stat = item.stat(follow_symlinks=False)
            except FileNotFoundError:  # it went just now
                continue
            if item.is_dir(follow_symlinks=False):
                folders.append(Path(item.path))
            newest = max(newest, stat.st_mtime_ns)
            told.append(f"{item.path}{stat.st_size}.{stat.st_mtime_ns}.{stat.st_mode}")
    settings = root / "idesluss.yml"
    if settings.is_file():
        told.append(settings.read_text("utf-8", "replace"))
    return Fingerprint(memory.stamp(*told), newest, taken)
