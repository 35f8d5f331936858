"""Watches an instance's folder, and tells which of its files have changed."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchdog.events import FileSystemEventHandler
    from watchdog.observers.api import BaseObserver, ObservedWatch

QUIET = 0.03
"""Seconds without a further change after which the changes are taken in."""
FOLDERS = ("ideas", "templates")
FILES = ("idesluss.yml", "mkdocs.yml")


def watch(root: Path, docs: str, take_in: Callable[[set[str]], None]) -> Callable[[], None]:
    """Call `take_in` with the relative paths that changed, a moment after each change. Returns what ends it.

    `docs` is the folder of the hand-written pages, seen from `root`.
    """
    from watchdog.events import FileSystemEvent, FileSystemEventHandler
    from watchdog.observers import Observer

    folders = (*FOLDERS, docs)
    waiting: set[str] = set()
    turn = threading.Condition()
    ended = threading.Event()

    class Listener(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            if event.event_type in ("opened", "closed_no_write"):
                return
            paths = {Path(str(path)) for path in (event.src_path, event.dest_path) if path}
            inside = {path.relative_to(root).as_posix() for path in paths if path.is_relative_to(root)}
            kept = {path for path in inside if _counts(path, folders)}
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
                    below.look_into(taken.intersection(folders))
                    take_in(taken)
                except Exception:  # noqa: BLE001 - one change that goes wrong must not end the preview
                    traceback.print_exc()

    observer = Observer()
    observer.schedule(Listener(), str(root))
    below = _Below(root, observer, Listener())
    below.look_into(folders)
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


class _Below:
    """What of an instance's folders is watched to the bottom."""

    def __init__(self, root: Path, observer: BaseObserver, listener: FileSystemEventHandler) -> None:
        self._root, self._observer, self._listener = root, observer, listener
        self._watched: dict[str, ObservedWatch] = {}

    def look_into(self, folders: Iterable[str]) -> None:
        """Watch folders that came, or came back in place of others; and no more those that went."""
        for folder in folders:
            if folder in self._watched:
                self._observer.unschedule(self._watched.pop(folder))
            if (self._root / folder).is_dir():
                path = str(self._root / folder)
                self._watched[folder] = self._observer.schedule(self._listener, path, recursive=True)


def _counts(path: str, folders: Collection[str]) -> bool:
    is_below = any(path.startswith(f"{folder}/") for folder in folders)
    return path in FILES or path in folders or (is_below and not path.rpartition("/")[2].startswith("."))
