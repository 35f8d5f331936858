"""The hand-written pages as the site engine is given them: plain files of known types, and placeholder pages."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from idesluss import docs_files
from idesluss.docs_files import INDEX, OUT_OF_PLACE, PAGE, README
from idesluss.problem import Place, Problem, Severity, text
from idesluss.publish.paths import folders_above, folders_of
from idesluss.site_paths import fold

if TYPE_CHECKING:
    from idesluss.artifact import Artifact

TITLE, DESCRIPTION, HEAD, BODY = "zqxtitlexqz", "zqxdescriptionxqz", "zqxheadxqz", "<div>zqxbodyxqz</div>"
"""What stands in a placeholder page where a generated page's own parts will stand."""
PLACEHOLDER = "zqx"
"""How every folder and file name of a placeholder begins."""
DEPTHS = 6


def copy_docs(docs: Path, to: Path, shown: str) -> list[Problem]:
    """Copy the hand-written pages and what they show into the empty folder `to`; tell of what was left out.

    `shown` is how `docs` is called in messages. Of the usual folder a check tells already.
    """
    problems = []
    for inner, problem in docs_files.files(docs, shown):
        if inner.name.startswith(PLACEHOLDER) or inner.as_posix() in (INDEX, README):  # the start page is generated
            continue
        if problem is None:
            (to / inner).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(docs / inner, to / inner, follow_symlinks=False)
        elif shown != docs_files.FOLDER:
            problems.append(problem)
    return problems


def not_written_by_hand(
    artifacts: Iterable[Artifact], files: Iterable[str], docs: Path, shown: str
) -> tuple[list[Artifact], list[Problem]]:
    """The artifacts in whose place no file of the shell lies, and what is told of the others.

    `files` are the paths of the shell's files; what a person has written wins.
    """
    taken = {fold(path) for path in files}
    kept, problems = [], []
    for artifact in artifacts:
        if fold(artifact.path) not in taken:
            kept.append(artifact)
            continue
        message = text("this stands in the place of what the portal makes at {address}", address=artifact.path)
        hint = text("give it another name, unless that is meant")
        source = f"{shown}/{_source_of(artifact.path, docs)}"
        problems.append(Problem(source, Place(), "address-clash", Severity.WARNING, message, hint))
    return kept, problems


def without_room(
    files: Collection[str], made: Collection[str], docs: Path, shown: str
) -> Iterator[tuple[str, Problem]]:
    """The shell's files that lie in a folder which some disks take for something else that is `made`; what is told.

    Such as "Ideer/x/index.html" beside "ideer/index.html", or "feed.xml/x/index.html" beside "feed.xml".
    """
    taken = _taken(folders_of(files), made)
    for path in sorted(files) if taken else ():
        other = next((taken[folder] for folder in folders_above(path) if folder in taken), None)
        if other is not None:
            source = _source_of(path, docs)
            said = text(OUT_OF_PLACE, name=source, other=other)
            hint = text("give its folder another name")
            yield path, Problem(f"{shown}/{source}", Place(), "docs-file", Severity.ERROR, said, hint)


def _taken(folders: Collection[str], made: Collection[str]) -> Mapping[str, str]:
    """Those of the folders in whose place something else lies, and what it is."""
    places = {fold(path): path for path in made}
    found = {folder: places[fold(folder)] for folder in folders if fold(folder) in places}
    odd = {folder for folder in folders if folder != fold(folder)}
    if odd:
        spelt = {fold(folder): folder for folder in (*odd, *(set(folders) - odd), *folders_of(made))}
        found |= {folder: f"{spelt[fold(folder)]}/" for folder in odd if spelt[fold(folder)] != folder}
    return found


def _source_of(path: str, docs: Path) -> str:
    """The file of the hand-written pages that a file of the site is made of, by its path in their folder."""
    stem = path.removesuffix("/index.html")
    names = (f"{stem}{PAGE}", f"{stem}/index{PAGE}", f"{stem}/README{PAGE}")
    return next((name for name in names if (docs / name).is_file()), path)


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
