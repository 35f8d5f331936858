"""Which files of docs/ are published: plain files of known types, and what is said of the others."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from idesluss.problem import N_, Place, Problem, Severity, Text, text
from idesluss.site_paths import fold, is_usable
from idesluss.slug import is_utf8

FOLDER = "docs"
PAGE = ".md"
INDEX, README = f"index{PAGE}", f"README{PAGE}"
ATTACHMENTS = frozenset({".png", ".jpg", ".jpeg", ".webp", ".avif", ".pdf", ".txt"})
"""File types that no browser runs as a page. SVG, HTML and XML can carry script, so they stay out."""


OF_THE_ENGINE = ("404.html", "sitemap.xml", "sitemap.xml.gz")
"""The files that the site engine makes beside the pages."""
OUT_OF_PLACE = N_("{name} would lie in the place of {other}, as some disks see it, so it is not published")


class Found(NamedTuple):
    """A file below a folder of hand-written pages, and the problem with it, or None where it is published."""

    path: Path
    problem: Problem | None


def entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    """All that lies in a folder and below, sorted by path, hidden names left out; links are told of, never followed."""
    with os.scandir(folder) as found:
        listed = sorted(found, key=lambda entry: entry.name)
    for entry in listed:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from entries(Path(entry.path))
        else:
            yield entry


def leads_away(folder: Path, shown: str) -> bool:
    """Whether the folder, or one that it lies in within the instance, is a symbolic link, which can lead anywhere."""
    return any(place.is_symlink() for place in (folder, *folder.parents)[: len(Path(shown).parts)])


def files(folder: Path, shown: str) -> Iterator[Found]:
    """The files of a folder of hand-written pages, by their paths in it; `shown` is how it is called in messages."""
    if leads_away(folder, shown):
        way_out = text("put the folder itself here")
        said = text("this is a symbolic link, which is not followed")
        yield Found(folder, Problem(shown, Place(), "docs-file", Severity.ERROR, said, way_out))
        return
    found = [(Path(entry.path).relative_to(folder), entry) for entry in entries(folder)] if folder.is_dir() else []
    faults = {inner: _fault(inner, entry, shown) for inner, entry in found}
    places = _Places()
    for inner in sorted(faults, key=lambda inner: inner.as_posix(), reverse=True):  # "om.md" before "Om.md"
        other = None if faults[inner] else places.take(inner)
        if other is not None:
            way_out = text("give one of them another name")
            faults[inner] = _left_out(shown, inner, OUT_OF_PLACE, way_out, other=other.as_posix())
    yield from map(Found, faults, faults.values())


def _fault(inner: Path, entry: os.DirEntry[str], shown: str) -> Problem | None:
    """Why the file is not published, as far as it alone tells."""
    if not entry.is_file(follow_symlinks=False):
        return _left_out(shown, inner, N_("{name} is a link or no plain file, so it is not published"))
    if not is_utf8(str(inner)):
        said = N_("the name {name} is not written as UTF-8, so the file is not published")
        return _left_out(shown, inner, said, text("name it with the letters of UTF-8, best a-z, 0-9 and hyphens"))
    if inner.suffix.lower() not in ATTACHMENTS | {PAGE}:
        return _left_out(shown, inner, N_("{name} is of a type that is not published"))
    if not is_usable(inner.as_posix()):
        return _left_out(shown, inner, N_("{name} is a name that not every system takes, so it is not published"))
    return None


class _Places:
    """The places in the site that files have taken, as a disk sees them to which capitals are the same."""

    def __init__(self) -> None:
        self._files = {name: Path(name) for name in OF_THE_ENGINE}
        self._folders: dict[str, tuple[Path, Path]] = {}

    def take(self, inner: Path) -> Path | None:
        """The file that lies in the way of this one; None if this one has its place now.

        That a README gives way to an index is for the site engine to tell.
        """
        place, folders = _place(inner), _place(inner).parents[:-1]
        other = self._files.get(_fold(place)) or self._folders.get(_fold(place), (None, None))[1]
        if other and inner.name == README and other.name == INDEX:
            return None
        for folder in folders:
            spelt, owner = self._folders.get(_fold(folder), (folder, None))
            other = other or self._files.get(_fold(folder)) or (owner if spelt != folder else None)
        if other is None:
            self._files[_fold(place)] = inner
            for folder in folders:
                self._folders.setdefault(_fold(folder), (folder, inner))
        return other


def _fold(path: Path) -> str:
    return fold(path.as_posix())


def _place(inner: Path) -> Path:
    """Where in the site a file will lie."""
    if inner.suffix != PAGE:
        return inner
    folder = inner.parent if inner.name in (INDEX, README) else inner.with_suffix("")
    return folder / "index.html"


def _left_out(shown: str, inner: Path, message: str, hint: Text | None = None, **values: str) -> Problem:
    return Problem(
        f"{shown}/{inner.as_posix()}",
        Place(),
        "docs-file",
        Severity.ERROR,
        text(message, name=inner.name, **values),
        hint
        or text("hand-written pages may hold {types} as plain files", types=", ".join(sorted(ATTACHMENTS | {PAGE}))),
    )
