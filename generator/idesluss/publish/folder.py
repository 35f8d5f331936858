"""The site's folder on the disk: what stands in it, whose it is, and the folders beside it that hold what is coming."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from idesluss.problem import text
from idesluss.publish.fault import PublishError
from idesluss.publish.paths import OWN_NAME, folders_of

MARKER = f"{OWN_NAME}site"
MARKER_TEXT = b"Idesluss made this folder and replaces all that is in it each time. Keep nothing of yours here.\n"

_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})  # file managers leave these wherever somebody looks
_VERSIONED = frozenset({".git", ".hg", ".svn", ".jj"})
_ELSEWHERE = frozenset({errno.EXDEV, errno.EACCES, errno.EPERM, errno.EROFS})


class Standing(NamedTuple):
    """What the site's folder holds: files by path with (size, mtime_ns), all its folders, and file managers' litter.

    A link or a device shows as (-1, 0), which no file of ours looks like.
    """

    files: dict[str, tuple[int, int]]
    folders: set[str]
    litter: list[str]


def survey(site: Path) -> Standing:
    """All that the folder holds; symbolic links are not followed. Empty if there is no folder."""
    files: dict[str, tuple[int, int]] = {}
    folders: set[str] = set()
    litter: list[str] = []
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            entries = os.scandir(f"{site}/{folder}")
        except FileNotFoundError:
            continue
        with entries:
            for entry in entries:
                path = folder + entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders.add(path)
                    waiting.append(f"{path}/")
                elif entry.name in _LITTER:
                    litter.append(path)
                elif entry.is_file(follow_symlinks=False):
                    seen = entry.stat(follow_symlinks=False)
                    files[path] = (seen.st_size, seen.st_mtime_ns)
                else:
                    files[path] = (-1, 0)
    return Standing(files, folders, litter)


def check_ours(site: Path, standing: Standing, known: Collection[str] | None) -> None:
    """Raise PublishError if the folder holds anything that publishing did not write.

    `known` are the paths that it remembers; where it remembers nothing, the marker speaks for the whole folder,
    but never for somebody's repository.
    """
    if known is None and MARKER in standing.files:
        strangers = {path for path in standing.folders | standing.files.keys() if path in _VERSIONED}
    else:
        strangers = standing.files.keys() - set(known or ()) - {MARKER}
    if strangers:
        some = sorted(strangers, key=lambda path: (path.count("/"), path))[:3]
        raise PublishError(
            text(
                "The folder {site} holds files that idesluss did not make, such as {files}. They would be lost.",
                site=str(site),
                files=", ".join(some),
            ),
            text(
                "Move them away, or choose another folder for the site. Was the site built there by somebody else, "
                "remove the folder: it is made anew."
            ),
        )


def sweep(site: Path, standing: Standing) -> None:
    """Remove litter, and the folders that hold no file at all, the innermost first."""
    for path in standing.litter:
        os.unlink(site / path)
    for folder in sorted(standing.folders - folders_of(standing.files), key=len, reverse=True):
        os.rmdir(site / folder)


class Aside(NamedTuple):
    """A folder for what is coming; `beside` the site, or within it where the site is a volume of its own."""

    folder: Path
    beside: bool


def open_aside(site: Path, standing: Standing) -> Aside:
    """Make the folder for what is coming on the same volume as the site, so that a rename moves things between them."""
    site.parent.mkdir(parents=True, exist_ok=True)
    exists = site.is_dir()
    if exists and standing.files.get(MARKER, (0, 0))[0] != len(MARKER_TEXT):
        (site / MARKER).write_bytes(MARKER_TEXT)
    name = secrets.token_hex(4)
    beside = _names_beside(site, "new", name)
    try:
        beside.mkdir(mode=0o755)
        if not exists or not _linked(site / MARKER, beside / MARKER):
            (beside / MARKER).write_bytes(MARKER_TEXT)
    except OSError as error:
        remove_tree(beside)
        if not exists or error.errno not in _ELSEWHERE:
            raise
    else:
        return Aside(beside, beside=True)
    within = site / f"{OWN_NAME}new-{name}"
    within.mkdir(mode=0o755)
    (within / MARKER).write_bytes(MARKER_TEXT)
    return Aside(within, beside=False)


def stepped_back(aside: Path, site: Path) -> Path:
    """Where the old site waits between the two renames of a system that cannot exchange folders."""
    return _names_beside(site, "old", aside.name[-8:])


def mend(site: Path) -> None:
    """Put back a site that a killed run left beside its place, and remove what else killed runs left.

    Only folders with our kind of name and our marker in them, or nothing at all, are touched.
    """
    for folder in _left_over(site.parent, rf"\.{re.escape(site.name)}\.old-[0-9a-f]{{8}}"):
        if not site.exists():
            os.rename(folder, site)
    for folder in _left_over(site.parent, rf"\.{re.escape(site.name)}\.(?:new|old)-[0-9a-f]{{8}}"):
        remove_tree(folder)
    for folder in _left_over(site, rf"{re.escape(OWN_NAME)}new-[0-9a-f]{{8}}"):
        remove_tree(folder)


def remove_tree(folder: Path) -> None:
    """Remove one of our folders as far as the system lets us; its marker goes last, so that the next run knows it."""
    with suppress(OSError):
        for name in os.listdir(folder):
            child = folder / name
            if child.is_dir() and not child.is_symlink():
                shutil.rmtree(child, ignore_errors=True)
            elif name != MARKER:
                child.unlink()
        if os.listdir(folder) == [MARKER]:
            (folder / MARKER).unlink()
        folder.rmdir()


def _names_beside(site: Path, role: str, name: str) -> Path:
    return site.with_name(f".{site.name}.{role}-{name}")


def _left_over(where: Path, pattern: str) -> list[Path]:
    if not where.is_dir():
        return []
    with os.scandir(where) as entries:
        named = [entry for entry in entries if re.fullmatch(pattern, entry.name)]
        folders = [Path(entry) for entry in named if entry.is_dir(follow_symlinks=False)]
    return sorted(folder for folder in folders if (folder / MARKER).is_file() or not os.listdir(folder))


def _linked(marker: Path, new: Path) -> bool:
    """Whether a hard link could be made; raises where the two lie on different volumes, even of one disk."""
    try:
        os.link(marker, new)
    except OSError as error:
        if error.errno == errno.EXDEV:
            raise
        return False
    return True
