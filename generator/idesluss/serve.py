"""A preview on this machine: the site from memory, each page drawn when asked for, reloaded when a file changes."""

from __future__ import annotations

import datetime
import gc
import mimetypes
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from idesluss import build, checks, examine, history, memory, reading, search, settings, templates, translate
from idesluss.problem import Problem
from idesluss.search.idle import Idle

if TYPE_CHECKING:
    from idesluss.artifact import Artifact
    from idesluss.catalogue import Catalogue

QUIET = 0.03
"""Seconds without a further change after which the changes are taken in."""
PATIENCE = 25.0
"""Seconds that a page's question for changes waits for an answer."""
LIVE = b"""\
(async () => {
  let known = null;
  for (;;) {
    try {
      const answer = await fetch('/-/changes' + (known === null ? '' : '?since=' + known));
      const version = await answer.text();
      if (known !== null && version !== known) { location.reload(); return; }
      known = version;
    } catch { await new Promise((resolve) => setTimeout(resolve, 1000)); }
  }
})();
"""
INJECTED = b'<script src="/-/live.js" defer></script></body>'

Told = Callable[[list[Problem]], None]


class _State(NamedTuple):
    """One moment of the instance, replaced as a whole."""

    artifacts: dict[str, Artifact]
    files: dict[str, bytes | Path]
    render: Callable[[Artifact], bytes]
    key: Callable[[Artifact], str]


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
        self.changed = threading.Condition()
        self._readings: dict[str, reading.Read] = {}
        self._drawn: dict[str, tuple[str, bytes]] = {}
        self._state: _State | None = None
        self._past = history.NONE
        self._search = Idle(told)
        self._closed: set[str] = set()  # by the checks that look across files, when these last ran
        self.refresh(None)

    def refresh(self, paths: set[str] | None) -> None:
        """Take in the changes of these files (relative paths); None reads everything that is not known yet."""
        found, faults = settings.load(self.root)
        if found is None:
            self.told(faults)
            return
        if paths and any(path.startswith("templates/") for path in paths):
            templates.environment.cache_clear()
        day = self.now or datetime.datetime.now(datetime.UTC).astimezone().date()
        whole = paths is None or not all(self._is_known(path) for path in paths)
        if whole:
            key = memory.stamp(found.model_dump_json())
            recalled = self._readings or examine.Remembered(memory.folder(self.root), key).readings
            if paths and settings.FILE in paths:
                recalled = {}
            loaded = reading.load(self.root, found, checks.inspect, now=day, jobs=self.jobs, recalled=recalled)
            catalogue, self._readings = loaded.catalogue, dict(loaded.readings)
            self._past = history.read(self.root, memory.folder(self.root))
        else:
            for path in paths or ():
                stat = (self.root / path).stat()
                item = reading.Found(path, stat.st_size, stat.st_mtime_ns)
                self._readings[path] = reading.read_one(self.root, item, found, checks.inspect)
            commit = history.head(self.root)
            if commit != self._past.head:
                self._past = history.read(self.root, memory.folder(self.root))
            ordered = [self._readings[path] for path in sorted(self._readings)]
            catalogue = reading.assemble(self.root, found, ordered, (), day, commit.sha if commit else "")
        catalogue = catalogue.with_history(self._past)
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

    def _is_known(self, path: str) -> bool:
        return path in self._readings and (self.root / path).is_file()

    def _show(self, catalogue: Catalogue, found: settings.Settings) -> None:
        seen = build.audience_part(catalogue, self.audience)
        translate.use(found.language)
        shell, drawn = build.shell_of(self.root, found, memory.folder(self.root), self.audience)
        artifacts = {artifact.path: artifact for artifact in build.drawings(seen)}
        digest = build.digester(seen)
        stamp = memory.stamp(drawn, build.template_stamp(self.root), found.model_dump_json(), str(seen.now))

        def key(artifact: Artifact) -> str:
            return stamp + "".join(f"{name} {digest(name)}" for name in artifact.reads)

        self._search.ask(partial(search.make, seen, shell.files, drawn, memory.folder(self.root)))
        self._state = _State(artifacts, build.ready_files(shell, seen), build.renderer(shell), key)
        with self.changed:
            self.version += 1
            self.changed.notify_all()

    def get(self, path: str) -> bytes | None:
        """The bytes of a file of the site, drawn now if it is new or has changed."""
        state = self._state
        if state is None:
            return None
        artifact = state.artifacts.get(path)
        if artifact is None:
            ready = state.files.get(path) or self._search.files.get(path)
            return ready.read_bytes() if isinstance(ready, Path) else ready
        key = state.key(artifact)
        kept = self._drawn.get(path)
        if kept is None or kept[0] != key:
            kept = (key, state.render(artifact))
            self._drawn[path] = kept
        return kept[1]

    def wait(self, since: int) -> int:
        """The version, as soon as it is another than `since`, or when patience ends."""
        with self.changed:
            self.changed.wait_for(lambda: self.version != since, PATIENCE)
            return self.version


@contextmanager
def _uncollected() -> Iterator[None]:
    """A moment in which nobody waits for the memory to be looked through."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def file_of(path: str) -> str:
    """The file of the site that an address leads to: "/ideer/x/" is "ideer/x/index.html"."""
    clean = unquote(urlsplit(path).path).lstrip("/")
    return f"{clean}index.html" if not clean or clean.endswith("/") else clean


def handler(preview: Preview, hosts: frozenset[str]) -> type[BaseHTTPRequestHandler]:
    """The class that answers a browser; it answers only to the given host names."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.headers.get("Host", "").rpartition(":")[0] not in hosts:
                self._send(HTTPStatus.FORBIDDEN, "text/plain", b"unknown host")
            elif self.path == "/-/live.js":
                self._send(HTTPStatus.OK, "text/javascript", LIVE)
            elif self.path.startswith("/-/changes"):
                since = parse_qs(urlsplit(self.path).query).get("since", [""])[0]
                version = preview.wait(int(since)) if since.isdigit() else preview.version
                self._send(HTTPStatus.OK, "text/plain", str(version).encode())
            else:
                self._page()

        do_HEAD = do_GET  # noqa: N815 - the name is the standard library's

        def _page(self) -> None:
            path = file_of(self.path)
            data, status = preview.get(path), HTTPStatus.OK
            if data is None and preview.get(f"{path}/index.html") is not None:
                self.send_response(HTTPStatus.MOVED_PERMANENTLY)
                self.send_header("Location", f"{urlsplit(self.path).path}/")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            if data is None:
                path, status = "404.html", HTTPStatus.NOT_FOUND
                data = preview.get(path) or b""
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            if kind == "text/html":
                data = data.replace(b"</body>", INJECTED)
            self._send(status, kind, data)

        def _send(self, status: HTTPStatus, kind: str, data: bytes) -> None:
            self.send_response(status)
            text = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
            self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Cache-Control", "no-store")
            self.send_header("X-Content-Type-Options", "nosniff")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            """Say nothing of each request."""

    return Handler


def watch(root: Path, take_in: Callable[[set[str]], None]) -> Callable[[], None]:
    """Call `take_in` with the relative paths that changed, a moment after each change. Returns what ends it."""
    from watchdog.events import FileSystemEvent, FileSystemEventHandler
    from watchdog.observers import Observer

    waiting: set[str] = set()
    turn = threading.Condition()
    ended = threading.Event()

    class Listener(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            if event.event_type in ("opened", "closed_no_write"):
                return
            paths = {Path(str(path)) for path in (event.src_path, event.dest_path) if path}
            inside = {path.relative_to(root).as_posix() for path in paths if path.is_relative_to(root)}
            kept = {path for path in inside if _counts(path)}
            if kept and not (event.is_directory and event.event_type == "modified"):
                with turn:
                    waiting.update(kept)
                    turn.notify()

    def run() -> None:
        while not ended.is_set():
            with turn:
                turn.wait_for(lambda: bool(waiting) or ended.is_set())
                while turn.wait(QUIET) and not ended.is_set():
                    pass
                taken = set(waiting)
                waiting.clear()
            if taken and not ended.is_set():
                try:
                    take_in(taken)
                except Exception:  # noqa: BLE001 - one change that goes wrong must not end the preview
                    traceback.print_exc()

    observer = Observer()
    observer.schedule(Listener(), str(root))
    for folder in ("ideas", "docs", "templates"):
        if (root / folder).is_dir():
            observer.schedule(Listener(), str(root / folder), recursive=True)
    observer.start()
    thread = threading.Thread(target=run, daemon=True)
    thread.start()

    def end() -> None:
        ended.set()
        with turn:
            turn.notify()
        observer.stop()
        observer.join()
        thread.join()

    return end


def _counts(path: str) -> bool:
    top, _, below = path.partition("/")
    if below:
        return top in ("ideas", "docs", "templates") and not path.rpartition("/")[2].startswith(".")
    return path in (settings.FILE, "mkdocs.yml")


def serve(
    root: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    audience: Literal["public", "internal"] = "public",
    now: datetime.date | None = None,
    jobs: int | None = None,
    told: Told,
    ready: Callable[[str], None],
    others: Iterable[str] = (),
) -> None:
    """Preview the instance until interrupted. `told` gets the problems after each change, `ready` the address once."""
    root = root.resolve()
    preview = Preview(root, audience, now, jobs, told)
    hosts = frozenset({host, "localhost", "127.0.0.1", "[::1]", *others})
    server = ThreadingHTTPServer((host, port), handler(preview, hosts))
    server.daemon_threads = True
    end = watch(root, preview.refresh)
    ready(f"http://{host}:{server.server_address[1]}/")
    try:
        server.serve_forever()
    finally:
        end()
        server.server_close()
