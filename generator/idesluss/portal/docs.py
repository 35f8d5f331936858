"""The hand-written pages as the site engine is given them: plain files of known types, and placeholder pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from idesluss.problem import N_, Place, Problem, Severity, text

PAGE = ".md"
ATTACHMENTS = frozenset({".png", ".jpg", ".jpeg", ".webp", ".avif", ".pdf", ".txt"})
"""File types that no browser runs as a page. SVG, HTML and XML can carry script, so they stay out."""

TITLE, DESCRIPTION, HEAD, BODY = "zqxtitlexqz", "zqxdescriptionxqz", "zqxheadxqz", "<div>zqxbodyxqz</div>"
"""What stands in a placeholder page where a generated page's own parts will stand."""
PLACEHOLDER = "zqx"
"""How every folder and file name of a placeholder begins."""
DEPTHS = 6


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


def copy_docs(docs: Path, to: Path, shown: str) -> list[Problem]:
    """Copy the hand-written pages and what they show into the empty folder `to`; tell of what was left out.

    `shown` is how `docs` is called in messages, such as "docs".
    """
    problems = []
    for entry in entries(docs) if docs.is_dir() else ():
        inner = Path(entry.path).relative_to(docs)
        if inner.name.startswith(PLACEHOLDER) or inner == Path("index.md"):
            continue
        if not entry.is_file(follow_symlinks=False):
            problems.append(_left_out(shown, inner, N_("{name} is a link or no plain file, so it is not published")))
        elif inner.suffix.lower() not in ATTACHMENTS | {PAGE}:
            problems.append(_left_out(shown, inner, N_("{name} is of a type that is not published")))
        else:
            (to / inner).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(entry.path, to / inner, follow_symlinks=False)
    return problems


def _left_out(shown: str, inner: Path, message: str) -> Problem:
    return Problem(
        f"{shown}/{inner.as_posix()}",
        Place(),
        "docs-file",
        Severity.ERROR,
        text(message, name=inner.name),
        text("hand-written pages may hold {types} as plain files", types=", ".join(sorted(ATTACHMENTS | {PAGE}))),
    )


def placeholder_path(depth: int, section: str) -> str:
    """Where the placeholder for pages of a section lies, `depth` folders below the top of the site."""
    return "index.md" if depth == 0 else "/".join([PLACEHOLDER] * (depth - 1) + [f"{PLACEHOLDER}{section}.md"])


def placeholder_address(depth: int, section: str) -> str:
    """The address that the engine gives to that placeholder."""
    return "" if depth == 0 else placeholder_path(depth, section).removesuffix(PAGE) + "/"


def placeholders(sections: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """The (depth, section) of every placeholder. Only the start page lies at the top, and it has no section."""
    yield 0, ""
    for depth in range(1, DEPTHS):
        for section in sections:
            yield depth, section


def write_placeholders(to: Path, sections: tuple[str, ...]) -> None:
    for depth, section in placeholders(sections):
        path = to / placeholder_path(depth, section)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f'---\nplaceholder: true\nsection: "{section}"\ntitle: {TITLE}\ndescription: {DESCRIPTION}\nhead: {HEAD}\n'
            f"---\n{BODY}\n",
            encoding="utf-8",
        )
