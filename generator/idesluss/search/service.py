"""The one door to Pagefind: its program, spoken to through its service pipe while it speaks back.

Each message is JSON in base64 with a comma after it. What is asked is written by one thread and what is answered read
by another, since a program that waits for its answers to be read reads no more questions.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import orjson

from idesluss.problem import Text, text

if TYPE_CHECKING:
    from idesluss.search.records import Record

PATIENCE = 1800.0
"""Seconds after which a program that does not come to an end is stopped."""
KEPT = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")
"""Of the scripts that come with an index, those that ours uses."""
KEPT_TYPES = (".pf_meta", ".pf_fragment", ".pf_index", ".pf_filter")


class ServiceError(Exception):
    """Pagefind is not there, or did not do what it was asked."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.msgid)
        self.message = message


def named_program() -> str:
    """The program that the environment names, or "" for the one that comes with the package."""
    return os.environ.get("PAGEFIND_BINARY_PATH", "")


def program() -> Path:
    """Where the program lies; raises ServiceError where there is none that can be run."""
    named = named_program()
    if named:
        found = Path(named)
    else:
        try:
            from pagefind_bin_extended import get_executable

            found = Path(get_executable())
        except (ImportError, FileNotFoundError):
            raise ServiceError(text("Pagefind is not installed")) from None
    if not (found.is_file() and os.access(found, os.X_OK)):
        raise ServiceError(text("Pagefind does not start: {said}", said=f"{found} is no program"))
    return found


def index(records: Iterable[Record], language: str) -> dict[str, bytes]:
    """The files of an index of the records, by path; words are taken for words of `language`."""
    try:
        process = subprocess.Popen(
            [program(), "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError as error:
        raise ServiceError(text("Pagefind does not start: {said}", said=str(error))) from error
    stop = threading.Timer(PATIENCE, process.kill)
    stop.daemon = True
    stop.start()
    writer = threading.Thread(target=_ask, args=(process.stdin, records, language), daemon=True)
    writer.start()
    try:
        for answer in _answers(process.stdout):
            if answer["type"] == "Error":
                raise ServiceError(text("Pagefind says: {said}", said=str(answer["message"])[:300]))
            if answer["type"] == "GetFiles":
                return {
                    file["path"]: base64.b64decode(file["content"])
                    for file in answer["files"]
                    if _is_used(file["path"], language)
                }
        raise ServiceError(text("Pagefind ended before it was done"))
    finally:
        stop.cancel()
        process.kill()
        process.wait()
        writer.join()
        with suppress(OSError):  # what was not asked yet
            process.stdin.close()  # type: ignore[union-attr] # it was asked for
        process.stdout.close()  # type: ignore[union-attr] # it was asked for


def _is_used(path: str, language: str) -> bool:
    return path in KEPT or path.endswith(KEPT_TYPES) or path == f"wasm.{language}.pagefind"


def _ask(pipe: IO[bytes], records: Iterable[Record], language: str) -> None:
    """Ask for an index, give it the records, and ask for its files; ends early where nobody listens any more."""
    with suppress(OSError, ValueError):
        pipe.write(_message({"type": "NewIndex", "config": {"force_language": language}}))
        for record in records:
            asked = {"type": "AddRecord", "index_id": 0, "language": language, **record._asdict()}
            pipe.write(_message(asked))
        pipe.write(_message({"type": "GetFiles", "index_id": 0}))
        pipe.flush()


def _message(payload: dict[str, Any]) -> bytes:
    return base64.b64encode(orjson.dumps({"message_id": 1, "payload": payload})) + b","


def _answers(pipe: IO[bytes] | None) -> Iterator[dict[str, Any]]:
    """What the program answers, one after another, until it says no more."""
    waiting = bytearray()
    while pipe is not None and (piece := os.read(pipe.fileno(), 1 << 20)):
        first, *rest = piece.split(b",")
        waiting += first
        for part in rest:
            yield json.loads(base64.b64decode(waiting))["payload"]
            waiting = bytearray(part)
