"""Writes the site: makes the files whose grounds changed, puts them in place, and removes what is gone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType

from idesluss.artifact import Artifact
from idesluss.problem import text
from idesluss.publish.fault import PublishError, stopped
from idesluss.publish.folder import MARKER, Standing, check_ours, mend, open_aside, remove_tree, survey
from idesluss.publish.making import Outcome, Piece, Progress, make_all
from idesluss.publish.memory import MANIFEST, NEXT, Row, alone, digest_of, mark_of, read_manifest, write_manifest
from idesluss.publish.paths import Paths
from idesluss.publish.placing import place_all_at_once, place_one_by_one, plan_moves

__all__ = ["PublishError", "Published", "mark_of", "publish", "standing"]

_NONE: Mapping[str, bytes | Path] = MappingProxyType({})
_HOME = "index.html"


@dataclass(frozen=True, slots=True)
class Published:
    """What a run did, in numbers of files; `failed` are the paths that could not be made, each with its exception.

    A failed file keeps its old bytes or is absent. `at_once` tells that the whole site was swapped.
    """

    made: int = 0
    written: int = 0
    unchanged: int = 0
    deleted: int = 0
    failed: tuple[tuple[str, str], ...] = ()
    at_once: bool = False


def publish(
    artifacts: Sequence[Artifact],
    render: Callable[[Artifact], bytes],
    digest: Callable[[str], str],
    site: Path,
    memory: Path,
    *,
    stamp: str,
    timeless: str = "",
    files: Mapping[str, bytes | Path] = _NONE,
    late: Callable[[], Mapping[str, bytes | Path]] = lambda: _NONE,
    jobs: int = 1,
    progress: Progress | None = None,
    wait: float = 10.0,
) -> Published:
    """Make the folder `site` hold the artifacts and the ready files, and nothing else.

    `render` makes an artifact's bytes. `digest` stands for the state of each name that an artifact reads, `stamp` for
    all that every artifact depends on, `timeless` for all that a timeless one does. An artifact is rendered again where
    one of these changed, or where its file does not look as it was left. `files` are bytes or files to copy, and `late`
    gives more of them: it is asked when all else is made. `memory` is a folder of this site's own, outside it.
    `progress` hears (done, due); with `jobs` above 1 `render` runs in forked processes, so what it changes in memory is
    lost. Another run that writes the site is waited for, for `wait` seconds.

    Raises PublishError where nothing can be published: a path clashes, the folder holds a stranger's files, another
    run is writing it, or the disk refuses.
    """
    site, memory = _real(site, memory)
    pieces = _pieces(artifacts, render, digest, (stamp, timeless or stamp), files)
    paths = Paths()
    paths.take(piece.path for piece in pieces)

    def rest() -> list[Piece]:
        more = [_ready(path, source) for path, source in late().items()]
        paths.take(piece.path for piece in more)
        return more

    try:
        with _usual_rights():
            memory.mkdir(parents=True, exist_ok=True)
            with alone(memory, site, wait):
                return _publish(pieces, rest, site, memory, jobs, progress)
    except OSError as error:
        raise stopped(error, site) from error


def standing(site: Path, memory: Path, mark: str) -> int | None:
    """How many files the site holds, if it stands as that run left it after which `mark_of` gave this mark; else None.

    None too where another run is writing it just now, or the disk refuses.
    """
    try:
        site, memory = _real(site, memory)
        with alone(memory, site, 0):
            mend(site)
            known = read_manifest(memory / MANIFEST, site)
            seen = survey(site)
            if known is None or mark_of(memory) != mark or (memory / NEXT).exists() or seen.litter:
                return None
            looks = {path: row.look for path, row in known.items()}
            return len(known) if looks == {path: look for path, look in seen.files.items() if path != MARKER} else None
    except (OSError, PublishError):
        return None


def _real(site: Path, memory: Path) -> tuple[Path, Path]:
    """Both folders without links on the way; raises PublishError where the memory would lie within the site."""
    site, memory = Path(os.path.realpath(site)), Path(os.path.realpath(memory))
    if memory.is_relative_to(site):
        raise PublishError(
            text("The folder {memory} cannot lie within the site {site}.", memory=str(memory), site=str(site)),
            text("Choose another folder for the site."),
        )
    return site, memory


def _publish(
    first: Sequence[Piece],
    rest: Callable[[], Sequence[Piece]],
    site: Path,
    memory: Path,
    jobs: int,
    progress: Progress | None,
) -> Published:
    mend(site)
    standing = survey(site)
    old, unfinished = read_manifest(memory / MANIFEST, site), read_manifest(memory / NEXT, site)
    known = _known(old or {}, unfinished or {}, standing)
    check_ours(site, standing, None if old is None else known.keys())

    intact = {path: row for path, row in known.items() if standing.files.get(path) == row.look}
    due = _due(first, intact)
    aside = open_aside(site, standing) if due else None
    try:
        outcomes = make_all(due, _contents(due, intact), aside.folder, jobs, progress) if aside else []
        pieces = [*first, *(later := rest())]
        due_late = _due(later, intact)
        extra = standing.files.keys() - {MARKER, *(piece.path for piece in pieces)}
        if aside is None and not due_late and not extra and unfinished is None and site.is_dir():
            return Published(unchanged=len(pieces))
        aside = aside or open_aside(site, standing)
        outcomes += make_all(due_late, _contents(due_late, intact), aside.folder, jobs, None)
        due += due_late
        made = {piece.path: outcome for piece, outcome in zip(due, outcomes, strict=True)}
        rows = _rows(pieces, made, intact, standing)
        staged = [path for path, outcome in made.items() if outcome.size >= 0]
        ranks = {piece.path: 2 if piece.path == _HOME else int(piece.index) for piece in pieces}
        moves = plan_moves(staged, rows, standing, lambda path: ranks.get(path, 0))

        gone = standing.files.keys() - rows.keys() - {MARKER}
        going = {path: Row("", "", *standing.files[path]) for path in gone}
        write_manifest(memory / NEXT, site, rows | going)
        at_once = aside.beside and not (moves.gentle and site.is_dir())
        if not at_once or not (at_once := place_all_at_once(aside.folder, site, rows.keys() - set(staged))):
            place_one_by_one(aside.folder, site, standing, moves)
        os.replace(memory / NEXT, memory / MANIFEST)
    finally:
        if aside is not None:
            remove_tree(aside.folder)
    failed = tuple((path, outcome.failure) for path, outcome in made.items() if outcome.failure)
    return Published(
        made=len(due) - len(failed),
        written=len(staged),
        unchanged=len(rows) - len(staged),
        deleted=len(gone),
        failed=failed,
        at_once=at_once,
    )


def _due(pieces: Sequence[Piece], intact: Mapping[str, Row]) -> list[Piece]:
    """Those that are not in the site as they are to be."""
    return [piece for piece in pieces if piece.path not in intact or intact[piece.path].key != piece.key]


def _contents(due: Sequence[Piece], intact: Mapping[str, Row]) -> dict[str, str]:
    """The digests of those files that stand, by path."""
    return {piece.path: intact[piece.path].content for piece in due if piece.path in intact}


def _pieces(
    artifacts: Sequence[Artifact],
    render: Callable[[Artifact], bytes],
    digest: Callable[[str], str],
    stamps: tuple[str, str],
    files: Mapping[str, bytes | Path],
) -> list[Piece]:
    states = _States(digest)
    pieces = []
    for artifact in artifacts:
        key = digest_of("".join([stamps[artifact.timeless], *map(states.__getitem__, artifact.reads)]).encode())
        index = any(name.startswith(("kind:", "=")) for name in artifact.reads)
        pieces.append(Piece(artifact.path, key, partial(render, artifact), index))
    return pieces + [_ready(path, source) for path, source in files.items()]


class _States(dict[str, str]):
    """What each name that is read stands for, asked for once."""

    def __init__(self, digest: Callable[[str], str]) -> None:
        super().__init__()
        self._digest = digest

    def __missing__(self, name: str) -> str:
        state = self[name] = f"\n{name}\t{self._digest(name)}"
        return state


def _ready(path: str, source: bytes | Path) -> Piece:
    if isinstance(source, bytes):
        return Piece(path, digest_of(source), lambda: source)
    try:
        seen = source.stat()
    except OSError:  # reading it will say what is wrong
        return Piece(path, "", source.read_bytes)
    look = f"{source}\n{seen.st_ino}\n{seen.st_size}\n{seen.st_mtime_ns}\n{seen.st_ctime_ns}"
    return Piece(path, digest_of(look.encode("utf-8", "surrogateescape")), source.read_bytes)


def _known(old: Mapping[str, Row], unfinished: Mapping[str, Row], standing: Standing) -> Mapping[str, Row]:
    """What is remembered of each file; after a kill the disk decides which of two memories is right."""
    right = {path: row for path, row in unfinished.items() if path not in old or standing.files.get(path) == row.look}
    return {**old, **right}


def _rows(
    pieces: Sequence[Piece], made: Mapping[str, Outcome], intact: Mapping[str, Row], standing: Standing
) -> dict[str, Row]:
    """What is to be remembered of each file that the site is to hold."""
    rows = {}
    for piece in pieces:
        outcome = made.get(piece.path)
        look = standing.files.get(piece.path, (-1, 0))
        if outcome is None:
            rows[piece.path] = intact[piece.path]
        elif outcome.size >= 0:
            rows[piece.path] = Row(piece.key, outcome.content, outcome.size, outcome.mtime_ns)
        elif not outcome.failure:
            rows[piece.path] = intact[piece.path]._replace(key=piece.key)
        elif look[0] >= 0:
            rows[piece.path] = Row("", "", *look)
    return rows


@contextmanager
def _usual_rights() -> Iterator[None]:
    """Files that all may read and folders that all may enter, whatever this user is used to."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)
