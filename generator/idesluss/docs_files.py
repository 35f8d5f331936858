"""Which files of docs/ are published: plain files of known types, and what is said of the others."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from idesluss.problem import N_, Place, Problem, Severity, Text, text
from idesluss.site_paths import is_usable
from idesluss.slug import is_utf8

FOLDER = "docs"
PAGE = ".md"
ATTACHMENTS = frozenset({".png", ".jpg", ".jpeg", ".webp", ".avif", ".pdf", ".txt"})
"""File types that no browser runs as a page. SVG, HTML and XML can carry script, so they stay out."""


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


def files(folder: Path, shown: str) -> Iterator[Found]:
    """The files of a folder of hand-written pages, by their paths in it; `shown` is how it is called in messages."""
    for entry in entries(folder) if folder.is_dir() else ():
        inner = Path(entry.path).relative_to(folder)
        if not entry.is_file(follow_symlinks=False):
            told = _left_out(shown, inner, N_("{name} is a link or no plain file, so it is not published"))
        elif not is_utf8(str(inner)):
            said = N_("the name {name} is not written as UTF-8, so the file is not published")
            told = _left_out(shown, inner, said, text("name it with the letters of UTF-8, best a-z, 0-9 and hyphens"))
        elif inner.suffix.lower() not in ATTACHMENTS | {PAGE}:
            told = _left_out(shown, inner, N_("{name} is of a type that is not published"))
        elif not is_usable(inner.as_posix()):
            told = _left_out(shown, inner, N_("{name} is a name that not every system takes, so it is not published"))
        else:
            told = None
        yield Found(inner, told)


def _left_out(shown: str, inner: Path, message: str, hint: Text | None = None) -> Problem:
    return Problem(
        f"{shown}/{inner.as_posix()}",
        Place(),
        "docs-file",
        Severity.ERROR,
        text(message, name=inner.name),
        hint
        or text("hand-written pages may hold {types} as plain files", types=", ".join(sorted(ATTACHMENTS | {PAGE}))),
    )
