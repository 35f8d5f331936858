"""The book of the newest event for the portal: made in a process of its own, and kept until something changes.

The typesetter sets documents only in a process that was not forked from one that has set something; a build is such a
one, and its workers are forked.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from idesluss import history, memory
from idesluss.booklet.edition import edition, newest
from idesluss.booklet.selection import MANUAL
from idesluss.booklet.writers import WRITERS
from idesluss.kinds.case import Case
from idesluss.kinds.event import Event
from idesluss.media import uses
from idesluss.pictures import MEDIA
from idesluss.problem import Place, Problem, Severity, text

if TYPE_CHECKING:
    from idesluss.booklet.making import Book
    from idesluss.catalogue import Catalogue


class Shelf(NamedTuple):
    """The book's files by their address in the site, how large each is, and what was wrong, as warnings.

    `sizes` are bytes by the event's id and the ending of the file. `is_sure` says that another try would come to the
    same.
    """

    files: Mapping[str, bytes] = {}
    sizes: Mapping[str, Mapping[str, int]] = {}
    problems: tuple[Problem, ...] = ()
    is_sure: bool = True


def shelf(catalogue: Catalogue, audience: Literal["public", "internal"], place: Path | None, looks: str) -> Shelf:
    """The book of the newest event that has a booklet; `looks` changes with the templates and the settings."""
    event = newest(catalogue)
    if event is None:
        return Shelf()
    key = memory.stamp(looks, _content(catalogue, event))
    book: Book | None = memory.recall(place, f"booklet-{audience}", key)
    if book is None:
        try:
            book = _made_apart(catalogue, audience)
        except Exception as error:  # noqa: BLE001 - a book that cannot be made must not stop the portal
            return Shelf(problems=(_fault(event, error),), is_sure=False)
        memory.save(place, f"booklet-{audience}", key, book)
    top = catalogue.address(event.id)
    files = {f"{top}{name}": data for name, data in book.files.items()}
    names = {ending: f"{event.id}.{ending}" for ending in WRITERS}
    sizes = {ending: len(book.files[name]) for ending, name in names.items() if name in book.files}
    softened = (replace(one, severity=max(one.severity, Severity.WARNING)) for one in book.problems)
    return Shelf(files, {event.id: sizes} if sizes else {}, tuple(softened))


def _made_apart(catalogue: Catalogue, audience: Literal["public", "internal"]) -> Book:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as apart:
        return apart.submit(made, catalogue.root, audience, catalogue.now).result()


def _fault(event: Event, error: Exception) -> Problem:
    message = text("it cannot be set: {said}", said=f"{type(error).__name__}: {error}")
    hint = text("report this: it is a fault in the program or in the template")
    return Problem(event.path, Place(), MANUAL, Severity.WARNING, message, hint)


def made(root: Path, audience: Literal["public", "internal"], now: datetime.date) -> Book:
    """The book as that process makes it, in every format, from the instance as it lies in its folder."""
    from idesluss import examine
    from idesluss.booklet.making import Book, make

    catalogue = examine.examine(root, now=now, jobs=1).catalogue
    seen = catalogue.for_audience(audience) if catalogue else None
    event = newest(seen) if seen else None
    if seen is None or event is None:
        return Book({})
    chosen = edition(seen, event, language=seen.settings.language, changed=history.is_changed(root))
    return make(chosen, WRITERS)


def _content(catalogue: Catalogue, event: Event) -> str:
    """A text that changes with all that the book may hold."""
    shown = [entry for entry in catalogue.entries.values() if isinstance(entry, Case) or entry.id == event.id]
    named = sorted({use.file for entry in shown for use in uses(entry) if use.file})
    states = (_state(catalogue.root / MEDIA / file) for file in named)
    entries = (f"{id_}{digest.full}" for id_, digest in catalogue.digests.items() if id_ in catalogue.entries)
    changed = str(history.is_changed(catalogue.root))
    return "\n".join((catalogue.commit, catalogue.now.isoformat(), changed, *entries, *states))


def _state(file: Path) -> str:
    if not file.is_file():
        return "-"
    told = file.stat()
    return f"{file}{told.st_size}.{told.st_mtime_ns}"
