"""Whether the line of commits that all dates and figures hang on is still the one that it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from idesluss import history
from idesluss.checks import bulk_list, dates_backwards, rewritten_history, shallow_clone
from idesluss.history import trust
from idesluss.history.bulk import FILE
from idesluss.problem import Place, Problem, Severity, Text, text

GIT = ".git"
SHORT = 10
"""So many signs of a commit's hash are shown."""


def verify(root: Path, place: Path | None, since: Sequence[str] = ()) -> list[Problem]:
    """All that is found; `since` are commits, by full hash, that are known to have been on the line.

    `place` is the folder for what is remembered, where earlier runs noted the end of the line.
    """
    if history.is_shallow(root):
        return [shallow_clone.problem()]
    known = tuple(dict.fromkeys((*trust.heads(root, place), *since)))
    found = [*_lost(root, known), *_backwards(root), *_dropped(root)]
    return sorted(found, key=Problem.order)


def _lost(root: Path, known: Sequence[str]) -> Iterator[Problem]:
    for one in trust.lost(root, known):
        if one.merge is None:
            message = text("the main line was rewritten: commit {sha} is not on it any more", sha=one.sha[:SHORT])
            hint = text("ask who did it; if it was meant, say so with `idesluss verify --accept`")
        else:
            message = text(
                "commit {sha} of {day} was on the main line, and now comes in from the side by the merge {merge}",
                sha=one.sha[:SHORT],
                day=one.day,
                merge=one.merge.sha[:SHORT],
            )
            hint = text(
                "what it brought, and others before it, is now dated {day}; pull with `--rebase` before you push",
                day=one.merge.day,
            )
        yield _problem(GIT, rewritten_history.CODE, message, hint)


def _backwards(root: Path) -> Iterator[Problem]:
    for commit, before in trust.backwards(root):
        message = text(
            "commit {sha} of {day} follows {before} of {day_before}",
            sha=commit.sha[:SHORT],
            day=commit.day,
            before=before.sha[:SHORT],
            day_before=before.day,
        )
        hint = text("set the clock of whoever committed it right; times between steps there are not to be relied on")
        yield _problem(GIT, dates_backwards.CODE, message, hint)


def _dropped(root: Path) -> Iterator[Problem]:
    for sha, by in trust.dropped(root):
        message = text(
            "the bulk commit {sha} was taken off the list by {by} of {day}",
            sha=sha[:SHORT],
            by=by.sha[:SHORT],
            day=by.day,
        )
        yield _problem(FILE, bulk_list.CODE, message, text("put the line back; the list is only added to"))


def _problem(path: str, code: str, message: Text, hint: Text) -> Problem:
    return Problem(path, Place(), code, Severity.ERROR, message, hint)
