"""What git shows of one entry: when it came, when it changed, and when an idea came to each stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Commit(NamedTuple):
    """A commit: its full hash and the day of its committer date, in the committer's own time zone."""

    sha: str
    day: str
    """YYYY-MM-DD"""


class Step(NamedTuple):
    """That an idea came to a stage: the day (YYYY-MM-DD), and the commit that shows it.

    `sha` is "" where only the file states it; then the day may be as short as YYYY.
    """

    stage: str
    day: str
    sha: str = ""
    reason: str = ""

    @property
    def is_stated(self) -> bool:
        return not self.sha


class Life(NamedTuple):
    """What the first-parent line of the default branch shows of one entry; days are YYYY-MM-DD.

    `born` is the day the file came, `changed` the day its content changed last (bulk commits left out), `moved` the day
    its stage, log, decisions or tests changed last, `gone` the day it was deleted or "". `steps` are the changes of an
    idea's stage, the oldest first; the first is the stage that it came in with. `commits` counts changes.
    """

    born: str
    changed: str
    moved: str = ""
    steps: tuple[Step, ...] = ()
    commits: int = 1
    gone: str = ""


class Stood(NamedTuple):
    """Where an entry's file has stood below ideas/, the last place last, and what its versions said of who may see it.

    `said` holds "public", "internal" and "" (nothing). `away` is the day it was last taken away, even if it came back.
    """

    paths: tuple[str, ...]
    said: frozenset[str]
    away: str = ""


@dataclass(frozen=True)
class History:
    """All lives by the entry's present id, at one commit; empty where there is no repository, or only a shallow one."""

    head: Commit | None = None
    lives: Mapping[str, Life] = field(default_factory=dict)
    is_shallow: bool = False
    unread: str = ""
    """What git says of a repository that it does not read."""
    stood: Mapping[str, Stood] = field(default_factory=dict)
    """Of the ids whose address may lead elsewhere now than before: gone, moved, or not always said to be as public."""


NONE = History()
