"""What tells that the line of commits was tampered with: commits lost from it, days that run backwards, a list cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from idesluss import memory
from idesluss.history.bulk import FILE, listed
from idesluss.history.door import ask
from idesluss.history.life import Commit
from idesluss.history.past import commit_of, in_calendar, line

HEADS, KEY = "history-heads", "1"
"""What is kept of the branch that all share: the ends that its line had, the newest last."""
USUAL = ("main", "master")


class Backwards(NamedTuple):
    """A commit whose day is before that of the commit which it follows."""

    commit: Commit
    before: Commit


class Lost(NamedTuple):
    """A commit that was on the line and is not any more; `merge` brought it in from the side, if any did."""

    sha: str
    day: str
    merge: Commit | None


class Dropped(NamedTuple):
    """A bulk commit that was taken off the list, and the commit that did so."""

    sha: str
    by: Commit


def backwards(root: Path) -> Iterator[Backwards]:
    """The commits of the line whose day is before their first parent's; only where the moment is too, in any zone."""
    told = ask(root, "log", "--first-parent", "--no-patch", "--format=%H %cs %ct", "HEAD", "--") or b""
    after: tuple[Commit, int] | None = None
    for one in told.decode("ascii").splitlines():
        sha, day, moment = one.split(" ")
        before = (Commit(sha, in_calendar(day)), int(moment))
        if after is not None and after[0].day < before[0].day and after[1] < before[1]:
            yield Backwards(after[0], before[0])
        after = before


def lost(root: Path, shas: Sequence[str]) -> Iterator[Lost]:
    """Those of the commits, by full hash, that are not on the line."""
    for sha in shas:
        if not _is_on_line(root, sha):
            known = next(line(root, sha, limit=1), None) if commit_of(root, sha) == sha else None
            yield Lost(sha, known.day if known else "", _merge_of(root, sha) if known else None)


def _is_on_line(root: Path, sha: str) -> bool:
    """Whether a commit is on the line; looks only at those that came after it."""
    told = ask(root, "log", "--first-parent", "--no-patch", "--format=%H %P", "HEAD", f"^{sha}", "--")
    if not told:
        return told is not None and commit_of(root, "HEAD") == sha
    return told.decode("ascii").splitlines()[-1].split()[1:2] == [sha]


def _merge_of(root: Path, sha: str) -> Commit | None:
    """The earliest commit of the line that holds `sha` among its ancestors."""
    commits = list(line(root))
    low, high = 0, len(commits)
    while low < high:
        middle = (low + high) // 2
        if ask(root, "merge-base", "--is-ancestor", sha, commits[middle].sha) is None:
            high = middle
        else:
            low = middle + 1
    return commits[low - 1] if low else None


def dropped(root: Path) -> Iterator[Dropped]:
    """The bulk commits that were on the list once, and are not now."""
    up = (ask(root, "rev-parse", "--show-cdup") or b"\n")[:-1].decode("utf-8", "surrogateescape")
    told = ask(root, "log", "--first-parent", "--no-patch", "--format=%H %cs", "HEAD", "--", f"{up}{FILE}") or b""
    held: frozenset[str] | None = None
    missing: set[str] = set()
    by = Commit("", "")
    for one in told.decode("ascii").splitlines():
        sha, _, day = one.partition(" ")
        now = listed(ask(root, "cat-file", "blob", f"{sha}:{FILE}") or b"")
        held = now if held is None else held
        for gone in sorted(now - held - missing):
            missing.add(gone)
            yield Dropped(gone, by)
        by = Commit(sha, in_calendar(day))


def heads(root: Path, place: Path | None) -> tuple[str, ...]:
    """The ends that the line of the branch that is checked out is known to have had; none for a branch of one's own."""
    branch = _shared_branch(root)
    kept: dict[str, tuple[str, ...]] = memory.recall(place, HEADS, KEY) or {}
    return kept.get(branch, ()) if branch else ()


def remember(root: Path, place: Path | None, head: str, *, forget: bool = False) -> None:
    """Keep the end of the line; earlier ends that are not on it any more stay, unless they are to be forgotten."""
    branch = _shared_branch(root)
    if not branch or place is None:
        return
    kept: dict[str, tuple[str, ...]] = memory.recall(place, HEADS, KEY) or {}
    before = () if forget else kept.get(branch, ())
    gone = tuple(one.sha for one in lost(root, before))
    memory.save(place, HEADS, KEY, {**kept, branch: (*(sha for sha in gone if sha != head), head)})


def _shared_branch(root: Path) -> str:
    """The name of the branch that is checked out, if it is the one that all share; else ""."""
    branch = _named(root, "HEAD")
    default = _named(root, "refs/remotes/origin/HEAD").removeprefix("origin/")
    return branch if branch and (branch == default or (not default and branch in USUAL)) else ""


def _named(root: Path, ref: str) -> str:
    told = ask(root, "symbolic-ref", "--quiet", "--short", ref) or b""
    return told.decode("utf-8", "surrogateescape").strip()


def authors(root: Path, shas: Sequence[str]) -> dict[str, str]:
    """Who made these commits, by hash, under the name that the repository's .mailmap gives them."""
    if not shas:
        return {}
    asked = ("log", "--no-walk=unsorted", "--no-patch", "-z", "--encoding=UTF-8", "--format=%H %aN", *shas, "--")
    told = (ask(root, *asked) or b"").decode("utf-8", "replace")
    return {sha: name for sha, _, name in (one.partition(" ") for one in told.split("\0") if one)}
