"""How new files take the place of old ones, so that at any kill every page is whole and every link in it lives.

Page by page where little changed: what is new comes first, then what changed, then what is gone goes. Until the first
changed page stands nothing leads to the new ones, and once the last one stands nothing leads to the gone ones. But two
new pages may link to each other, and so may two that go. So only one folder of new pages may come and one of gone pages
go in this way, each by one rename. Everything else swaps the whole site.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from idesluss.publish.folder import MARKER, Standing, stepped_back, sweep
from idesluss.publish.making import Folders
from idesluss.publish.paths import OWN_NAME, folders_above, folders_of
from idesluss.site_paths import fold

_WITHOUT_LINKS = (
    *(".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".ico", ".woff2", ".csv", ".json", ".txt", ".ics"),
    *(".pf_meta", ".pf_index", ".pf_filter", ".pf_fragment", ".pagefind"),
)
_NOT_KNOWN_HERE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP})
_MAY_NOT_MOVE = frozenset({errno.EBUSY, errno.EXDEV, errno.EACCES, errno.EPERM})
_AT_WORKING_FOLDER = -100
_EXCHANGE = 2


@dataclass(frozen=True, slots=True)
class Moves:
    """What is to happen in the site, in order; of what comes and goes only the outermost folder or file is named.

    `gentle` says whether page by page is safe at any kill, and less work than all at once.
    """

    come: tuple[str, ...]
    change: tuple[str, ...]
    go: tuple[str, ...]
    gentle: bool


def plan_moves(staged: Sequence[str], target: Collection[str], standing: Standing, rank: Callable[[str], int]) -> Moves:
    """The moves from what stands to the `target` paths, where the `staged` files have new bytes; low ranks first."""
    gone = [path for path in standing.files if path not in target and path != MARKER]
    come = _outermost([path for path in staged if path not in standing.files], folders_of(standing.files))
    go = _outermost(gone, folders_of(target))
    change = sorted((path for path in staged if path in standing.files), key=rank)

    def turn(paths: list[str]) -> tuple[bool, int]:
        return (_linking(paths), max(map(rank, paths)))

    return Moves(
        come=tuple(sorted(come, key=lambda top: turn(come[top]))),
        change=tuple(change),
        go=tuple(sorted(go, key=lambda top: turn(go[top]), reverse=True)),
        gentle=(
            3 * (len(staged) + len(gone)) <= len(target)
            and sum(map(_linking, come.values())) < 2
            and sum(map(_linking, go.values())) < 2
            and not set(map(fold, come)) & set(map(fold, go))
        ),
    )


def place_one_by_one(aside: Path, site: Path, standing: Standing, moves: Moves) -> None:
    """Rename what is new into the site, then what changed, then move out what is gone."""
    sweep(site, standing)
    out = Folders(aside / f"{OWN_NAME}gone")
    os.mkdir(out.root)
    arriving = set(map(fold, moves.come))
    in_the_way = [top for top in moves.go if fold(top) in arriving]
    for top in in_the_way:
        _take_out(site / top, out.place(top))
    for top in moves.come + moves.change:
        os.replace(aside / top, site / top)
    for top in moves.go:
        if top not in in_the_way:
            _take_out(site / top, out.place(top))


def place_all_at_once(aside: Path, site: Path, unchanged: Iterable[str]) -> bool:
    """Complete the folder with the `unchanged` files and put it in the site's place; False if the system refuses.

    Afterwards the old site, if there was one, has the name `aside`.
    """
    folders = Folders(aside)
    for path in unchanged:
        _carry(f"{site}/{path}", folders.place(path))
    if not site.exists():
        os.rename(aside, site)
        return True
    try:
        if not exchange(aside, site):
            _step_by_step(aside, site)
    except OSError as error:
        if error.errno in _MAY_NOT_MOVE:
            return False
        raise
    return True


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step; False where the system does not know how."""
    if sys.platform != "linux":
        return False
    import ctypes

    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    here = ctypes.c_int(_AT_WORKING_FOLDER)
    if not renameat2(here, os.fsencode(one), here, os.fsencode(other), ctypes.c_uint(_EXCHANGE)):
        return True
    code = ctypes.get_errno()
    if code in _NOT_KNOWN_HERE:
        return False
    raise OSError(code, os.strerror(code), str(other))


def _step_by_step(aside: Path, site: Path) -> None:
    """Exchange two folders by renames; a run killed between them is mended by the next (`folder.mend`)."""
    back = stepped_back(aside, site)
    os.rename(site, back)
    try:
        os.rename(aside, site)
    except BaseException:
        os.rename(back, site)
        raise
    os.rename(back, aside)


def _outermost(paths: Iterable[str], staying: Collection[str]) -> Mapping[str, list[str]]:
    """The paths by the outermost folder above them that is not among the `staying` ones, or by themselves."""
    by_top: dict[str, list[str]] = {}
    for path in paths:
        top = path
        for folder in folders_above(path):
            if folder in staying:
                break
            top = folder
        by_top.setdefault(top, []).append(path)
    return by_top


def _linking(paths: Iterable[str]) -> bool:
    return not all(path.lower().endswith(_WITHOUT_LINKS) for path in paths)


def _take_out(top: Path, away: str) -> None:
    try:
        os.rename(top, away)
    except OSError as error:  # a folder out of a container's image cannot be renamed
        if error.errno != errno.EXDEV:
            raise
        shutil.rmtree(top)


def _carry(old: str, new: str) -> None:
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        shutil.copy2(old, new, follow_symlinks=False)
