"""What a change brought: an instance checked beside what it was where its line left another."""

from __future__ import annotations

import datetime
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from idesluss import checks, examine, history, reading, settings
from idesluss.catalogue import Catalogue
from idesluss.change import Change
from idesluss.checks import unread_repository
from idesluss.kinds.idea import Idea
from idesluss.problem import Problem, Text, text
from idesluss.reading import Loaded
from idesluss.settings import Settings
from idesluss.stages import CHAMBERS, MOVES, ORDER

Progress = Callable[[int, int], None]


class Compared(NamedTuple):
    """The problems that the change brought, and the older ones; or why nothing could be compared, and the way out."""

    brought: list[Problem]
    older: list[Problem]
    stopped: tuple[Text, Text] | None = None


def compare(
    root: Path,
    ref: str,
    *,
    now: datetime.date | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Compared:
    """Check what stands below `root` now, committed or not, against the commit where its line left `ref`."""
    base = "" if history.is_shallow(root) else history.merge_base(root, ref)
    if not base:
        return Compared([], [], _why_not(root, ref))
    loaded, faults = examine.load(root, now=now, jobs=jobs, progress=progress)
    with tempfile.TemporaryDirectory(prefix="idesluss-") as folder:
        history.tree(root, base, Path(folder), examine.LOOKED_AT)
        told, faults_before = settings.load(Path(folder)) if (Path(folder) / settings.FILE).is_file() else (None, [])
        if loaded is None:
            return parted(faults, faults_before, {})
        before = _read_before(Path(folder), told, loaded, jobs)
        change = _change(root, base, before, loaded)
        found = [*examine.judge(loaded.catalogue).problems, *checks.follow(change)]
        known = examine.judge(before.catalogue).problems if found else []
        return parted(sorted(found, key=Problem.order), [*faults_before, *known], change.moved)


def _why_not(root: Path, ref: str) -> tuple[Text, Text]:
    """Why there is no commit to compare with, and the way out."""
    if history.head(root) is None:
        said = history.unread(root)
        return unread_repository.words(root, said) if said else _no_repository()
    if history.is_shallow(root):
        return text("the clone is shallow: git does not know the commit where this line left {ref}", ref=ref), text(
            "fetch all: `git fetch --unshallow`, or `fetch-depth: 0` in the workflow"
        )
    if not history.commit_of(root, ref):
        return text("git knows no commit {ref}", ref=ref), text(
            "fetch it with `git fetch`, or name another, such as origin/main"
        )
    return text("what is checked out and {ref} have no commit in common", ref=ref), text(
        "name the branch that the change is to be merged into, such as origin/main"
    )


def _no_repository() -> tuple[Text, Text]:
    return text("there is no git repository here, or no commit in it, so there is nothing to compare with"), text(
        "leave --base out, or go to a clone of the repository"
    )


def _read_before(folder: Path, told: Settings | None, loaded: Loaded, jobs: int | None) -> Loaded:
    """What stood in the commit, read with its own settings; files that are the same now are not read again."""
    now = loaded.catalogue.settings
    recalled = {}
    if told is None or told == now:
        for item in reading.find(folder)[0]:
            held = loaded.readings.get(item.path)
            if held and held.digest.full == reading.digest((folder / item.path).read_bytes()).full:
                recalled[item.path] = held._replace(found=item)
    before = reading.load(folder, told or now, checks.inspect, now=loaded.catalogue.now, jobs=jobs, recalled=recalled)
    return before._replace(catalogue=before.catalogue.with_history(loaded.catalogue.history))


def _change(root: Path, base: str, before: Loaded, after: Loaded) -> Change:
    paths = {
        path
        for path in before.readings.keys() | after.readings.keys()
        if path not in before.readings
        or path not in after.readings
        or before.readings[path].digest != after.readings[path].digest
    }
    change = Change(before.catalogue, after.catalogue, history.reverted(root, base, paths))
    opened = [held for held, now in change.ideas() if held and MOVES[held.stage, now.stage] == "reopen"]
    if not opened:
        return change
    known = before.catalogue.with_history(history.read(root, None, base))
    return Change(
        before.catalogue, after.catalogue, change.reverted, {idea.id: furthest(known, idea) for idea in opened}
    )


def furthest(catalogue: Catalogue, idea: Idea) -> str:
    """The furthest chamber that an idea had come to, by git and by what its file states."""
    stages = [step.stage for step in catalogue.steps(idea) if step.stage in ORDER]
    return max(stages, key=ORDER.__getitem__, default=CHAMBERS[0].name)


def parted(
    found: Iterable[Problem], known: Iterable[Problem], moved: Mapping[str, str] = MappingProxyType({})
) -> Compared:
    """Problems parted into those that the change brought, and those that were known, wherever their lines stand now."""
    left = Counter(_sign(problem, moved.get(problem.path, problem.path)) for problem in known)
    compared = Compared([], [])
    for problem in found:
        sign = _sign(problem, problem.path)
        left[sign] -= 1
        (compared.older if left[sign] >= 0 else compared.brought).append(problem)
    return compared


def _sign(problem: Problem, path: str) -> tuple[str, str, str, str]:
    """What a problem is known by: all but its place."""
    values = {name: value for name, value in problem.message.values.items() if name != "line"}
    return path, problem.code, problem.message.msgid, repr(sorted(values.items()))
