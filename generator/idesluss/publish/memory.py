"""What publishing remembers between runs, outside the site: the manifest, and a lock for one writer at a time.

While the site is being changed, `manifest.next` tells what it is to become. After a kill each file is one that either
of the two describes, so the next run knows every page that it may keep and every page that it may remove.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from idesluss.problem import text
from idesluss.publish.fault import PublishError

MANIFEST = "manifest"
NEXT = "manifest.next"
_FORMAT = "idesluss-manifest 1"
_STEP = 0.05


class Row(NamedTuple):
    """A published file: digests of what it was made of and of its bytes, and how the disk showed it once written.

    An empty `key` fits nothing: the file is ours, but is to be made again or removed.
    """

    key: str
    content: str
    size: int
    mtime_ns: int

    @property
    def look(self) -> tuple[int, int]:
        return (self.size, self.mtime_ns)


def digest_of(data: bytes) -> str:
    """32 hexadecimal digits that stand for the bytes."""
    return sha256(data).hexdigest()[:32]  # processors have instructions for it: twice as fast as BLAKE2


def read_manifest(file: Path, site: Path) -> dict[str, Row] | None:
    """The rows by path, or None where there is no whole manifest of this version for this site."""
    try:
        head, _, body = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    if head.decode("ascii", "replace") != f"{_FORMAT} {digest_of(body)}":
        return None
    described, paths, *columns = json.loads(body)
    return dict(zip(paths, map(Row, *columns), strict=True)) if described == str(site) else None


def mark_of(memory: Path) -> str:
    """A mark of all that was published last, which the manifest begins with; "" if nothing was."""
    try:
        with open(memory / MANIFEST, "rb") as file:
            return file.readline().decode("ascii", "replace").strip()
    except OSError:
        return ""


def write_manifest(file: Path, site: Path, rows: Mapping[str, Row]) -> None:
    """Write the rows so that at any kill the file is either the old or the new one."""
    columns = [list(column) for column in zip(*rows.values(), strict=True)] or [[], [], [], []]
    body = json.dumps([str(site), list(rows), *columns], separators=(",", ":")).encode("ascii")
    draft = _draft_of(file)
    try:
        with open(draft, "wb") as out:
            out.write(f"{_FORMAT} {digest_of(body)}\n".encode("ascii"))
            out.write(body)
            out.flush()
            os.fsync(out.fileno())
        os.replace(draft, file)
    finally:
        draft.unlink(missing_ok=True)


def _draft_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.draft")


@contextmanager
def alone(memory: Path, site: Path, wait: float) -> Iterator[None]:
    """Be the only one to write the site; wait up to `wait` seconds for another to end.

    Forked workers hold the lock too: where the main process is killed, nobody starts before the last of them is gone.
    """
    lock = os.open(memory / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        deadline = time.monotonic() + wait
        while not _taken(lock):
            if time.monotonic() >= deadline:
                raise PublishError(
                    text("Another run of idesluss is writing {site}.", site=str(site)),
                    text("Wait until it is done, or stop it, and try again."),
                )
            time.sleep(_STEP)
        _draft_of(memory / NEXT).unlink(missing_ok=True)  # a killed run may have left it
        yield
    finally:
        os.close(lock)


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
