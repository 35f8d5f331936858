"""What a run remembers for the next one, in the user's own cache folder, where no pull request can reach it."""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import sys
import sysconfig
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import idesluss

LIBRARIES = Path(sysconfig.get_path("purelib"))
"""The folder of all libraries, whose time of change tells when one of them was put in, taken out or renewed."""


def folder(root: Path) -> Path | None:
    """The folder for what is remembered of the instance at `root`, made if need be; None where none can be had.

    It lies outside the repository, because what is read back from it is trusted like the program itself.
    """
    named = os.environ.get("IDESLUSS_CACHE") or os.environ.get("XDG_CACHE_HOME")
    try:
        base = Path(named) if named else Path.home() / ".cache"
        place = base / "idesluss" / hashlib.blake2b(_encoded(str(root.resolve())), digest_size=10).hexdigest()
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
    except (OSError, RuntimeError):
        return None
    owner = getattr(os, "getuid", lambda: None)()
    if owner is not None and place.stat().st_uid != owner:
        return None
    return place


def pack(value: Any) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def unpack(packed: bytes) -> Any:
    """The value again; the collector rests meanwhile, which halves the time for many small values."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        return pickle.loads(packed)  # noqa: S301 - written by ourselves, see `folder`
    finally:
        if enabled:
            gc.enable()


def stamp(*parts: str) -> str:
    """A digest of program, libraries, interpreter and `parts`: what is remembered holds only for the same of each.

    A newer sanitiser or typesetter must not be kept from what an older one has done.
    """
    libraries = str(LIBRARIES.stat().st_mtime_ns) if LIBRARIES.is_dir() else ""
    told = "\0".join((_program(), libraries, sys.version, *parts))
    return hashlib.blake2b(_encoded(told), digest_size=16).hexdigest()


def _encoded(told: str) -> bytes:
    """The bytes of a text that may hold the name of a file which is no UTF-8."""
    return told.encode("utf-8", "surrogatepass")


@cache
def _program() -> str:
    """The version, and the time of change of every module and translation, so that an edited program forgets."""
    home = Path(idesluss.__file__).parent
    files = [*sorted(home.rglob("*.py")), *sorted(home.glob("locale/*/*/*.mo"))]
    return idesluss.__version__ + ";".join(f"{file.name}{file.stat().st_mtime_ns}" for file in files)


def save(place: Path | None, name: str, key: str, value: Any) -> None:
    """Keep `value` under `name`; a run that is killed here leaves what was there before. A full disk is no fault.

    Nothing is synced to disk: what a power cut tears is known by its digest, and read anew.
    """
    if place is None:
        return
    packed = pack(value)
    draft = None
    try:
        with tempfile.NamedTemporaryFile(dir=place, prefix=f".{name}-", delete=False) as file:
            draft = Path(file.name)
            file.write(b"%s %s\n" % (key.encode(), _sum(packed)))
            file.write(packed)
        draft.replace(place / name)
    except OSError:
        if draft is not None:
            draft.unlink(missing_ok=True)


def recall(place: Path | None, name: str, key: str) -> Any:
    """What was kept under `name` with the same key, or None: another version, torn or none at all."""
    if place is None:
        return None
    try:
        with (place / name).open("rb") as file:
            told = file.readline().split()
            if not told or told[0] != key.encode():
                return None
            packed = file.read()
    except OSError:
        return None
    return unpack(packed) if told[1:] == [_sum(packed)] else None


def _sum(packed: bytes) -> bytes:
    return hashlib.sha256(packed).hexdigest().encode()  # processors have instructions for it
