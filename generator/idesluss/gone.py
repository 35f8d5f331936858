"""What has been public and is no more: of broken, deleted, withdrawn and now internal entries, from what git shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from idesluss import checks, entry, history, memory, settings
from idesluss.catalogue import Broken, Catalogue, broken_of
from idesluss.history import Stood
from idesluss.history.files import versions_of
from idesluss.history.origin import Portal, is_another
from idesluss.kinds import BY_NAME
from idesluss.settings import Settings
from idesluss.source import FILE_BYTES

REMEMBERED_VERSIONS = 20
"""How far back a broken entry's history is searched for a version that was public."""
KEPT = "withdrawn"
"""The name under which it is kept what was found."""


def with_lost(catalogue: Catalogue, place: Path | None) -> Catalogue:
    """The catalogue with what it has lost: which broken entries were public, and what else was and is not.

    `place` is the folder for what is remembered.
    """
    broken = tuple(with_was_public(lost, catalogue) for lost in catalogue.broken)
    return catalogue.with_lost(broken, withdrawn(catalogue, place))


def with_was_public(lost: Broken, catalogue: Catalogue) -> Broken:
    """Look up in git whether a broken entry's address has led to a public page before."""
    for data in islice(history.versions(catalogue.root, lost.path), REMEMBERED_VERSIONS):
        seen = _seen(lost.path, data, catalogue.settings)
        if seen is not None:
            return lost._replace(was_public=seen.is_public and seen.opens <= catalogue.now.isoformat())
    return lost


class Seen(NamedTuple):
    """Whether a version of an entry was public, and from which day ("" for at once)."""

    is_public: bool
    opens: str


HIDDEN = Seen(is_public=False, opens="")


def _seen(path: str, data: bytes, told: Settings) -> Seen | None:
    """What a version of a file was to the public; None if it would not have been shown to anybody."""
    source, held, _problems = entry.read(path, data, told)
    if source is None or held is None:
        return None
    if any(problem.code in checks.closing() for problem in checks.inspect(source, held, told)):
        return None
    internal = told.repository == "private" and held.internal_by_default
    return Seen(held.visibility == "public" or (not held.visibility and not internal), held.publish_from or "")


def withdrawn(catalogue: Catalogue, place: Path | None) -> tuple[Broken, ...]:
    """The entries that have been public where now nothing is to be seen, by kind and name."""
    asked = sorted(set(_candidates(catalogue)))
    head = catalogue.history.head
    if not asked or head is None:
        return ()
    key = memory.stamp(head.sha, str(catalogue.now), *asked)
    kept: tuple[str, ...] | None = memory.recall(place, KEPT, key)
    if kept is None:
        kept = tuple(sorted(_were_public(catalogue, asked)))
        memory.save(place, KEPT, key, kept)
    found: dict[tuple[str, str], Broken] = {}
    for path in kept:
        lost = broken_of(path, catalogue.settings)
        if lost is not None:
            found.setdefault((lost.kind, lost.id), lost._replace(was_public=True))
    return tuple(found.values())


def _candidates(catalogue: Catalogue) -> Iterator[str]:
    """The paths where something may have been public that is not to be seen there now."""
    broken = {lost.id for lost in catalogue.broken}
    head = catalogue.history.head
    was_open = catalogue.settings.repository == "public" or _was_ever_open(catalogue.root, head.sha if head else "")
    for id, stood in catalogue.history.stood.items():
        if id not in broken and not _is_seen(catalogue, id):
            yield from (f"ideas/{path}" for path in stood.paths if _may_have_been(path, stood, was_open, catalogue))
    for id, held in catalogue.entries.items():
        life = catalogue.life(id)
        if life is None or id in catalogue.history.stood or _is_seen(catalogue, id):
            continue
        changed_rule = not held.visibility and was_open and catalogue.settings.repository == "private"
        if changed_rule or (catalogue.is_embargoed(held) and life.commits > 1):
            yield held.path


def _is_seen(catalogue: Catalogue, id: str) -> bool:
    held = catalogue.get(id)
    return held is not None and not catalogue.is_internal(held) and not catalogue.is_embargoed(held)


def _may_have_been(path: str, stood: Stood, was_open: bool, catalogue: Catalogue) -> bool:
    """Whether any version can have been public, by the little that is remembered of each."""
    lost = broken_of(f"ideas/{path}", catalogue.settings)
    if lost is None:
        return False
    by_default = was_open or not BY_NAME[lost.kind].internal_by_default
    return "public" in stood.said or ("" in stood.said and by_default)


@lru_cache(maxsize=1)
def _was_ever_open(root: Path, _sha: str) -> bool:
    """Whether some version of the settings up to this commit calls the repository public."""
    found = (settings.read(data)[0] for data in history.versions(root, settings.FILE))
    return any(told is not None and told.repository == "public" for told in found)


def _were_public(catalogue: Catalogue, paths: Sequence[str]) -> Iterator[str]:
    """Those of the paths that have led to a public page, by the settings of that time; an embargo had to end first."""
    told: Settings | None = None
    standing: dict[str, bytes] = {}
    seen: dict[str, Seen] = {}
    shown: set[str] = set()
    versions = versions_of(catalogue.root, [*paths, settings.FILE], FILE_BYTES)
    for _sha, group in groupby(versions, key=attrgetter("commit")):
        changed = {version.path: version for version in group}
        shown |= _opened(seen, next(iter(changed.values())).day)
        if settings.FILE in changed:
            before, told = told, settings.read(changed.pop(settings.FILE).data or b"")[0] or told
            if before and told and is_another(Portal(before.owner, before.address), Portal(told.owner, told.address)):
                shown.clear()
            due = [*standing, *changed]
        else:
            due = [*changed]
        standing |= {path: version.data or b"" for path, version in changed.items()}
        for path in due:
            now = _seen(path, standing[path], told) if told and standing[path] and path not in shown else None
            seen[path] = now or HIDDEN
    yield from shown | _opened(seen, catalogue.now.isoformat())


def _opened(seen: Mapping[str, Seen], day: str) -> set[str]:
    """Those that the public could see on that day."""
    return {path for path, one in seen.items() if one.is_public and one.opens <= day}
