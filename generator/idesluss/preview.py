"""The site of an instance in memory: each page drawn when asked for, and again only if something in it has changed."""

from __future__ import annotations

import datetime
import gc
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple
from urllib.parse import urlsplit

from idesluss import build, checks, examine, history, memory, outputs, reading, search, settings, templates, translate
from idesluss.booklet.apart import Shelf, shelf
from idesluss.docs_files import FOLDER
from idesluss.idle import Idle
from idesluss.kept import Kept
from idesluss.outputs.entries import page_at
from idesluss.portal.engine import FILE, EngineError, docs_folder, own_config
from idesluss.problem import Place, Problem, Severity
from idesluss.search import Made

if TYPE_CHECKING:
    from idesluss.artifact import Artifact
    from idesluss.catalogue import Catalogue
    from idesluss.portal.shell import Shell

PATIENCE = 25.0
"""Seconds that a page's question for changes waits for an answer."""

EMPTY = b"<!doctype html><title>idesluss</title><body></body>"
"""A page for as long as nothing can be shown; the browser waits in it for a change."""

Told = Callable[[list[Problem]], None]


class _Listing:
    """The artifacts of one moment by path; an output is listed when a path is asked for that none before it has."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._waiting = deque(outputs.OUTPUTS)
        self._found: dict[str, Artifact] = {}
        self._turn = threading.Lock()

    def get(self, path: str) -> Artifact | None:
        found = page_at(self._catalogue, path)
        if found is not None:
            return found
        with self._turn:
            while path not in self._found and self._waiting:
                self._found.update((artifact.path, artifact) for artifact in self._waiting.popleft()(self._catalogue))
            return self._found.get(path)


class _State(NamedTuple):
    """One moment of the instance, replaced as a whole."""

    artifacts: _Listing
    shell: Shell
    sitemap: Callable[[], bytes]
    key: Callable[[Artifact], str]


class _Frame(NamedTuple):
    """What all pages are put into, and a stamp that changes whenever this or a template does."""

    drawn: build.Drawn
    stamp: str


class Preview:
    """The site in memory. `version` grows with every change; `get` answers with a file's bytes or None."""

    def __init__(
        self,
        root: Path,
        audience: Literal["public", "internal"],
        now: datetime.date | None,
        jobs: int | None,
        told: Told,
    ) -> None:
        self.root, self.audience, self.now, self.jobs, self.told = root, audience, now, jobs, told
        self.version = 0
        self.docs = _docs_folder(root)
        self.changed = threading.Condition()
        self._settings: settings.Settings | None = None
        self._readings: dict[str, reading.Read] = {}
        self._stray: tuple[Problem, ...] = ()  # of what lies in ideas/ and is no entry's file
        self._kept = Kept()
        self._frame: _Frame | None = None
        self._drawn: dict[str, tuple[str, bytes]] = {}
        self._state: _State | None = None
        self._past = history.NONE
        self._last: tuple[Catalogue, settings.Settings] | None = None
        self._turn = threading.RLock()
        self._index = Made({})
        self._indexing: Idle[Made] = Idle(self._indexed)
        self._books = Shelf()
        self._shelving: Idle[Shelf] = Idle(self._shelved)
        self._closed: set[str] = set()  # by the checks that look across files, when these last ran
        self.refresh(None)

    def refresh(self, paths: set[str] | None) -> None:
        """Take in the changes of these files (relative paths); None reads everything that is not known yet."""
        with self._turn:
            try:
                self._refresh(paths)
            except EngineError as error:
                self._frame = None  # drawn anew at the next change; until then all stands as it was
                self.told([Problem(FILE, Place(), "docs-build", Severity.ERROR, *error.told)])

    def _refresh(self, paths: set[str] | None) -> None:
        found, faults = settings.load(self.root)
        if found is None:
            self.told(faults)
            return
        if paths is None or not all(path.startswith(f"{reading.FOLDER}/") for path in paths):
            templates.environment.cache_clear()
            self._frame = None
        if found != self._settings:
            self._settings, self._kept, self._readings = found, Kept(), {}
        whole = paths is None or not all(self._is_known(path) for path in paths)
        catalogue = (self._read_all(found) if whole else self._read(paths or set(), found)).with_kept(self._kept)
        catalogue = catalogue.with_history(self._past)
        self._kept.forget(4 * len(catalogue.entries))
        expected = self._closed | examine.closed_by(catalogue.problems)
        if self._state is None:
            gc.freeze()  # what was read stays, and is not to be looked through for every change
        if not whole:
            with _uncollected():  # whoever writes waits for this; the checks may come after
                self._show(catalogue.close(expected), found)
        across = list(checks.survey(catalogue))
        self._closed = examine.closed_by(across)
        examined = examine.judge(catalogue, across)
        if examined.catalogue is not None and (whole or examine.closed_by(examined.problems) != expected):
            self._show(examined.catalogue, found)
        self.told(examined.problems)

    def _day(self) -> datetime.date:
        return self.now or datetime.datetime.now(datetime.UTC).astimezone().date()

    def _read_all(self, found: settings.Settings) -> Catalogue:
        """All that is there, from memory where it has not changed."""
        place = memory.folder(self.root)
        recalled = self._readings or examine.Remembered(place, memory.stamp(found.model_dump_json())).readings
        loaded = reading.load(self.root, found, checks.inspect, now=self._day(), jobs=self.jobs, recalled=recalled)
        self._readings = dict(loaded.readings)
        self._stray = tuple(problem for problem in loaded.catalogue.problems if problem.path not in self._readings)
        self._past = history.read(self.root, place)
        return loaded.catalogue

    def _read(self, paths: set[str], found: settings.Settings) -> Catalogue:
        """All that is known, with these files read again."""
        for path in paths:
            with suppress(FileNotFoundError):  # it went just now, which will be told in its turn
                stat = (self.root / path).stat()
                item = reading.Found(path, stat.st_size, stat.st_mtime_ns)
                self._readings[path] = reading.read_one(self.root, item, found, checks.inspect)
        commit = history.head(self.root)
        if commit != self._past.head:
            self._past = history.read(self.root, memory.folder(self.root))
        ordered = [self._readings[path] for path in sorted(self._readings)]
        return reading.assemble(self.root, found, ordered, self._stray, self._day(), commit.sha if commit else "")

    def _is_known(self, path: str) -> bool:
        return path in self._readings and (self.root / path).is_file()

    def _show(self, catalogue: Catalogue, found: settings.Settings) -> None:
        self._last = catalogue, found
        place = memory.folder(self.root)
        seen = build.audience_part(catalogue, self.audience).with_booklets(self._books.sizes)
        translate.use(found.language)
        frame = self._frame = self._frame or self._new_frame(found)
        shell, drawn = frame.drawn
        digest = build.digester(seen)
        stamp = f"{frame.stamp} {seen.now}"

        def key(artifact: Artifact) -> str:
            return stamp + "".join(f"{name} {digest(name)}" for name in artifact.reads)

        self._indexing.ask(partial(_index, seen, shell, drawn, place))
        self._shelving.ask(partial(shelf, seen, self.audience, place, frame.stamp))
        self._state = _State(_Listing(seen), shell, partial(build.sitemap, shell, seen), key)
        with self.changed:
            self.version += 1
            self.changed.notify_all()

    def _indexed(self, made: Made) -> None:
        self._index = made
        if made.problems:
            self.told(list(made.problems))

    def _shelved(self, made: Shelf) -> None:
        """Put new books on the shelf; the page of their event says how large they are."""
        with self._turn:
            is_same = made == self._books
            self._books = made
            if self._last and not is_same:
                self._show(*self._last)
        if made.problems and not is_same:
            self.told(list(made.problems))

    def _new_frame(self, found: settings.Settings) -> _Frame:
        drawn = build.shell_of(self.root, found, memory.folder(self.root), self.audience)
        return _Frame(drawn, memory.stamp(drawn.key, templates.stamp(self.root), found.model_dump_json()))

    def get(self, path: str) -> bytes | None:
        """The bytes of a file of the site, drawn now if it is new or has changed."""
        state = self._state
        if state is None:
            return None
        ready = state.shell.files.get(path) or self._index.files.get(path) or self._books.files.get(path)
        if ready is not None:
            return ready
        if path == build.SITEMAP:
            return state.sitemap()
        artifact = state.artifacts.get(path)
        if artifact is None:
            return None
        key = state.key(artifact)
        kept = self._drawn.get(path)
        if kept is None or kept[0] != key:
            kept = (key, build.renderer(state.shell)(artifact))
            self._drawn[path] = kept
        return kept[1]

    def lost(self) -> bytes:
        """The page for an address that leads nowhere; the preview begins at /, whatever path the portal lies below."""
        begins = urlsplit(self._settings.address).path if self._settings else "/"
        return (self.get("404.html") or EMPTY).replace(f'="{begins}'.encode(), b'="/')

    def wait(self, since: int) -> int:
        """The version, as soon as it is another than `since`, or when patience ends."""
        with self.changed:
            self.changed.wait_for(lambda: self.version != since, PATIENCE)
            return self.version


def _docs_folder(root: Path) -> str:
    """The folder of the hand-written pages; the usual one while mkdocs.yml has a fault."""
    try:
        return docs_folder(own_config(root))
    except EngineError:
        return FOLDER


def _index(seen: Catalogue, shell: Shell, key: str, place: Path | None) -> Made:
    """The index of what is searched, made in a process that steps back for others."""
    return search.begin(seen, shell.files, key, place, gently=True)()


@contextmanager
def _uncollected() -> Iterator[None]:
    """A moment in which nobody waits for the memory to be looked through."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
