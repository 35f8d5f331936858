"""The index that a browser searches: made of what an audience may see, and only where a searched text has changed."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache, partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from idesluss import memory
from idesluss.problem import Place, Problem, Severity, Text, text
from idesluss.search.indexing import index
from idesluss.search.records import digest, records_of
from idesluss.search.service import ServiceError, named_program, program

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

FOLDER = "pagefind"
"""Where the index lies in the site; the search's script knows it too."""

MOST_OPEN = 1024
"""So many files are taken to be open at most."""
GENTLY = 10
"""How much the work that nobody waits for steps back, as `nice` counts it."""

Files = Mapping[str, bytes]


class Made(NamedTuple):
    """The files of the index by path in the site; none, and a problem that says why, where it could not be made.

    `is_sure` says that another try would come to the same.
    """

    files: Files
    problems: tuple[Problem, ...] = ()
    is_sure: bool = True


def begin(
    catalogue: Catalogue, pages: Files, shell: str, place: Path | None, *, gently: bool = False
) -> Callable[[], Made]:
    """Begin to make the index in a process of its own; the function that is given waits for it.

    `pages` are the hand-written pages as built, `shell` is a key that changes when they do, `place` the folder for
    what is remembered. Where nothing that is searched has changed, the files of the last time are taken over. `gently`
    leaves the processor to others who want it.
    """
    key = _key(catalogue, shell)
    kept = _recall(place, catalogue.audience, key)
    if kept is not None:
        return lambda: Made(kept)
    try:
        program()
    except ServiceError as error:  # before all texts are gathered in vain
        fault = _fault(error.message)._replace(is_sure=True)
        return lambda: fault
    work = cache(partial(_make, catalogue, pages, place, key))
    if "fork" not in multiprocessing.get_all_start_methods():
        return work
    hear, tell = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_told, args=(work, tell, gently), daemon=True)
    process.start()
    tell.close()

    @cache
    def wait() -> Made:
        try:
            made: Made = hear.recv()
        except (EOFError, OSError):  # it said nothing, or was killed in the middle of a word
            made = _fault(text("the process that made it ended before it was done"))
        process.join()
        return made

    return wait


def _key(catalogue: Catalogue, shell: str) -> str:
    """A digest of the program and the files that the records are made of, quicker to have than the records."""
    held = (f"{id_} {catalogue.digests[id_].full}" for id_ in catalogue.entries if id_ in catalogue.digests)
    return memory.stamp(named_program(), catalogue.audience, catalogue.settings.model_dump_json(), shell, *held)


def _recall(place: Path | None, audience: str, key: str) -> Files | None:
    same: str | None = memory.recall(place, f"searched-{audience}", key)
    files: Files | None = memory.recall(place, f"search-{audience}", same) if same else None
    return files


def _make(catalogue: Catalogue, pages: Files, place: Path | None, key: str) -> Made:
    records = list(records_of(catalogue, pages))
    same = memory.stamp(named_program(), digest(records, catalogue.settings.language))
    files: Files | None = memory.recall(place, f"search-{catalogue.audience}", same)
    if files is None:
        try:
            files = index(records, catalogue.settings.language)
        except ServiceError as error:
            return _fault(error.message)
        files = {f"{FOLDER}/{path}": data for path, data in files.items()}
        memory.save(place, f"search-{catalogue.audience}", same, files)
    memory.save(place, f"searched-{catalogue.audience}", key, same)
    return Made(files)


def _told(work: Callable[[], Made], tell: Connection, gently: bool) -> None:
    """What the process does: the work, and telling what came of it, unless whoever began it is gone or was stopped."""
    own = tell.fileno()
    os.closerange(3, own)  # what else was open is its parent's, such as the other end, and a server's door
    os.closerange(own + 1, MOST_OPEN)
    if gently and hasattr(os, "nice"):
        os.nice(GENTLY)
    with suppress(BrokenPipeError, KeyboardInterrupt), tell:
        tell.send(work())


def _fault(said: Text) -> Made:
    problem = Problem(
        "idesluss.yml",
        Place(),
        "search-index",
        Severity.WARNING,
        text("there is no search in the portal: {said}", said=said),
        text("install pagefind[extended] and build again; until then readers are led to the lists"),
    )
    return Made({}, (problem,), is_sure=False)
