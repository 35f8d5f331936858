"""From changes to lives: what each entry's file went through, commit by commit, and whose life it goes on with."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from idesluss.history.life import Commit, Life, Step, Stood
from idesluss.history.passing import Change, Passed
from idesluss.history.telling import Told, differ

Tell = Callable[[str], Told | None]
"""From the hash of a file's content to what it says, None if it cannot be read."""
_IDEA = re.compile(r"[0-9]{4}/")


@dataclass(slots=True)
class Past:
    """What is known of one id so far; `born_at` and `gone_at` are the numbers of the commits on the line.

    `files` are those that have the id now, path and hash; normally one. `moved` is "" as long as nothing has moved
    since the birth, and `marks` those of the last version that could be read.
    """

    born: Commit
    born_at: int
    files: dict[str, str] = field(default_factory=dict)
    stage: str = ""
    marks: tuple[str, ...] | None = None
    changed: str = ""
    moved: str = ""
    gone: str = ""
    gone_at: int = 0
    commits: int = 0
    steps: list[Step] = field(default_factory=list)
    paths: dict[str, None] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)
    away: str = ""

    @property
    def file(self) -> str:
        """The file that counts: the first by its path, as it is for the catalogue."""
        return min(self.files, default="")

    @property
    def content(self) -> str:
        """The hash of what that file holds, "" if there is none."""
        return self.files.get(self.file, "")


@dataclass(slots=True)
class Pasts:
    """All ids so far, the number of commits seen, and for each name that was given up the id that goes on."""

    held: dict[str, Past] = field(default_factory=dict)
    count: int = 0
    renamed: dict[str, str] = field(default_factory=dict)


def live_on(
    pasts: Pasts, passed: Iterable[Passed], tell: Tell, bulk: Collection[str], begins: Collection[str] = ()
) -> None:
    """Take in further commits, the oldest first. Those in `bulk` changed many files and nothing that counts.

    With those in `begins` another portal begins, which shares no past with what is gone by then.
    """
    for commit, _, changes, _ in passed:
        pasts.count += 1
        touched: dict[str, list[Change]] = {}
        for change in changes:
            touched.setdefault(change.path.rpartition("/")[2].removesuffix(".md"), []).append(change)
        contents = {id: _move_files(pasts, id, its, commit) for id, its in _leaving_first(touched)}
        for id, before in contents.items():
            _change(pasts, id, before, commit, tell, is_bulk=commit.sha in bulk)
        if commit.sha in begins:
            pasts.held = {id: past for id, past in pasts.held.items() if past.files}
            pasts.renamed.clear()


def _leaving_first(touched: Mapping[str, list[Change]]) -> list[tuple[str, list[Change]]]:
    """Those that lose a file before those that only get one, so that a name is free when another goes on with it."""
    return sorted(touched.items(), key=lambda item: all(change.after for change in item[1]))


def _move_files(pasts: Pasts, id: str, changes: list[Change], commit: Commit) -> str:
    """Take in which files the id has now; gives the hash of what it held before."""
    past = pasts.held.get(id) or _taken_back(pasts, id) or Past(commit, pasts.count)
    before = past.content
    for change in changes:
        if change.after:
            past.files[change.path] = change.after
        else:
            past.files.pop(change.path, None)
    if past.files:
        past.gone = ""
        past.paths.pop(past.file, None)
        past.paths[past.file] = None
    elif not past.gone:
        past.gone, past.gone_at = commit.day, pasts.count
        past.away = commit.day
    if past.files or past.commits:
        pasts.held[id] = past
    return before


def _taken_back(pasts: Pasts, id: str) -> Past | None:
    """The life that left this name for another that is gone by now: the renaming was undone."""
    later = pasts.renamed.get(id)
    if later is None or later not in pasts.held or pasts.held[later].files:
        return None
    del pasts.renamed[id]
    return pasts.held.pop(later)


def _change(pasts: Pasts, id: str, before: str, commit: Commit, tell: Tell, *, is_bulk: bool) -> None:
    past = pasts.held.get(id)
    if past is None or past.content in ("", before):
        return
    told = tell(past.content)
    if told is not None:
        past = _with_former(pasts, id, past, told.formerly)
        past.said.add(told.visibility)
    counts = not past.commits or not is_bulk
    if counts:
        past.commits += 1
        past.changed = commit.day
    if told is not None:
        _hear(past, told, commit, counts=counts)


def _hear(past: Past, told: Told, commit: Commit, *, counts: bool) -> None:
    """Take in what a version says. One that does not count makes no step, but the next is compared with it."""
    stage = told.stage if _IDEA.match(past.file) else ""
    is_step = stage not in ("", past.stage)
    if counts and is_step:
        past.steps.append(Step(stage, commit.day, commit.sha))
    if counts and past.marks is not None and (is_step or differ(past.marks, told.marks)):
        past.moved = commit.day
    past.stage = stage or past.stage
    past.marks = told.marks


def _with_former(pasts: Pasts, id: str, past: Past, names: Iterable[str]) -> Past:
    """The life that went on under this id, if one of its former names was given up before the id came."""
    for name in names:
        former = pasts.held.get(name)
        if former is None or former.files or former.gone_at > past.born_at:
            continue
        del pasts.held[name]
        pasts.renamed[name] = id
        past = pasts.held[id] = _joined(former, past)
    return past


def _joined(former: Past, past: Past) -> Past:
    """One life of two, the second of which goes on where the first ended."""
    steps = past.steps[1:] if past.steps and past.steps[0].stage == former.stage else past.steps
    return Past(
        born=former.born,
        born_at=former.born_at,
        files=past.files,
        stage=past.stage or former.stage,
        marks=past.marks or former.marks,
        changed=past.changed or former.changed,
        moved=past.moved or former.moved,
        commits=former.commits + past.commits,
        steps=[*former.steps, *steps],
        paths=former.paths | past.paths,
        said=former.said | past.said,
    )


def lives(pasts: Pasts) -> dict[str, Life]:
    """The life of every id that has a file, or had one."""
    return {id: _life(past) for id, past in pasts.held.items()}


def stood(pasts: Pasts) -> dict[str, Stood]:
    """Where those have stood whose address may lead elsewhere now than before."""
    return {
        id: Stood(tuple(past.paths), frozenset(past.said), past.away)
        for id, past in pasts.held.items()
        if past.away or len(past.paths) > 1 or len(past.said) > 1
    }


def _life(past: Past) -> Life:
    return Life(
        born=past.born.day,
        changed=past.changed,
        moved=past.moved or past.born.day,
        steps=tuple(past.steps),
        commits=past.commits,
        gone=past.gone,
    )
