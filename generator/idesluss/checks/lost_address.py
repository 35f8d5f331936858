"""A published address that would lead nowhere, or to something else.

The address of an entry is kept whatever becomes of it: a former name leads on, and what is gone leaves a page that says
so. But a theme, a hand-written page and the language of all addresses stand in idesluss.yml and docs/, and a name that
an entry once had can be given to another. Others' links, bookmarks and feeds would then fail or mislead.

This is seen only with `idesluss check --base`, which compares with what was there before.

Right:
    themes: [{id: klimat, title: Klimat och miljö}]    (the title is new, the id is not)
Wrong:
    themes: [{id: klimat-och-miljo, title: Klimat och miljö}]    (it was klimat)
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from idesluss.problem import Place, Problem, Severity, Text, text
from idesluss.settings import FILE

if TYPE_CHECKING:
    from idesluss.change import Change

CODE = "lost-address"
SEVERITY = Severity.ERROR
CLOSES = False


def check_step(change: Change) -> Iterator[Problem]:
    yield from _settings(change)
    yield from _pages(change)
    yield from _names(change)


def _settings(change: Change) -> Iterator[Problem]:
    """A theme that is gone with its page and feeds, and another language in all addresses."""
    before, after = change.before.settings, change.after.settings
    was, now = before.language, after.language
    if was != now:
        yield _problem(
            FILE,
            text("the language was {before}; with {after} every address changes", before=was, after=now),
            text("keep the language; single entries may say another in `language`"),
        )
    kept = {theme.id for theme in after.themes}
    for theme in before.themes:
        if theme.id not in kept:
            yield _problem(
                FILE,
                text("the theme {theme} is gone, and with it its page and its feeds", theme=theme.id),
                text("keep its `id`; the title may change"),
            )


def _pages(change: Change) -> Iterator[Problem]:
    """A hand-written page that is gone."""
    for page in sorted(_written(change.before.root) - _written(change.after.root)):
        if page not in change.reverted:
            yield _problem(
                page,
                text("the page {page} is gone, and its address leads nowhere", page=page),
                text("put it back; it may just say where to read on"),
            )


def _written(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in (root / "docs").rglob("*.md")}


def _names(change: Change) -> Iterator[Problem]:
    """A name that another entry had, which is gone."""
    for before, entry in change.pairs:
        stood = change.after.history.stood.get(entry.id)
        if before is None and stood and stood.away and entry.path not in change.reverted:
            yield _problem(
                entry.path,
                text("the name {id} belonged to an entry that was taken away on {date}", id=entry.id, date=stood.away),
                text("give the file another name, or put back what was there by reverting"),
            )


def _problem(path: str, message: Text, hint: Text) -> Problem:
    return Problem(path, Place(), CODE, SEVERITY, message, hint)
