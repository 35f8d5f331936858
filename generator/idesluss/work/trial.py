"""A change of files that is judged before it is written, by the same checks as every other change."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from idesluss import checks, compare, examine, reading
from idesluss.catalogue import Catalogue
from idesluss.change import Change
from idesluss.kinds.idea import Idea
from idesluss.problem import Problem, Severity
from idesluss.reading import Found, Loaded
from idesluss.stages import MOVES

FORWARD = frozenset({"forward", "skip", "reopen", "aside"})
"""Moves through a gate, which asks for everything; to go back is always possible."""


class Trial(NamedTuple):
    """The catalogue as it would be, what speaks against the change, and what else it would bring."""

    catalogue: Catalogue
    against: list[Problem]
    beside: list[Problem]


def attempt(loaded: Loaded, files: Mapping[str, bytes]) -> Trial:
    """Judge what the instance would be with these files, each by its path, in the place of those that are there."""
    after = _with(loaded, files)
    change = _change(loaded.catalogue, after, files)
    found = [*examine.judge(after).problems, *checks.follow(change)]
    parted = compare.parted(sorted(found, key=Problem.order), _known(loaded.catalogue))
    lacking = [problem for problem in parted.older if problem.code == "missing-evidence" and _is_moved(change, problem)]
    against = [problem for problem in parted.brought if problem.severity is Severity.ERROR]
    beside = [problem for problem in parted.brought if problem.severity is not Severity.ERROR]
    return Trial(after, sorted([*against, *lacking], key=Problem.order), beside)


def follow(loaded: Loaded, files: Mapping[str, bytes]) -> list[Problem]:
    """What the checks say of the way there only, which is quick."""
    return list(checks.follow(_change(loaded.catalogue, _with(loaded, files), files)))


def _change(before: Catalogue, after: Catalogue, files: Collection[str]) -> Change:
    """The change of these files; all others are the same, and need no look."""
    held, now = _only(before, files), _only(after, files)
    ideas = [idea for idea in held.entries.values() if isinstance(idea, Idea)]
    return Change(held, now, (), {idea.id: compare.furthest(before, idea) for idea in ideas})


def _only(catalogue: Catalogue, paths: Collection[str]) -> Catalogue:
    kept = {id: entry for id, entry in catalogue.entries.items() if entry.path in paths}
    return replace(catalogue, entries=MappingProxyType(kept))


@cache
def _known(catalogue: Catalogue) -> list[Problem]:
    """What is wrong already."""
    return examine.judge(catalogue).problems


def _with(loaded: Loaded, files: Mapping[str, bytes]) -> Catalogue:
    before = loaded.catalogue
    readings = dict(loaded.readings)
    for path, data in files.items():
        readings[path] = reading.read_data(Found(path, len(data), 0), data, before.settings, checks.inspect)
    stray = [problem for problem in before.problems if problem.path not in readings]
    ordered = [readings[path] for path in sorted(readings)]
    after = reading.assemble(before.root, before.settings, ordered, stray, before.now, before.commit)
    return replace(after.with_history(before.history), tried=files)


def _is_moved(change: Change, problem: Problem) -> bool:
    """Whether the idea that the problem is about goes through a gate."""
    return any(
        before is not None and after.path == problem.path and MOVES[before.stage, after.stage] in FORWARD
        for before, after in change.ideas()
    )
