"""Files that people own, written so that a kill or a full disk leaves what was there before, or all that is new."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from pathlib import Path


def write(path: Path, data: bytes) -> None:
    """Put `data` at `path`, in place of what is there."""
    made = _temporary(path, data)
    try:
        made.replace(path)
    except OSError:
        made.unlink(missing_ok=True)
        raise
    _settle(path.parent)


def write_new(path: Path, data: bytes) -> None:
    """Put `data` at `path`; FileExistsError if something is there already, even if it came a moment ago."""
    made = _temporary(path, data)
    try:
        os.link(made, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links: look first, then rename
        if path.exists():
            raise FileExistsError(path) from None
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)
    _settle(path.parent)


def _temporary(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~_umask()
    if not mode & 0o222:  # somebody has locked it, which a rename would not heed
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    except OSError as error:
        error.filename = str(path)  # the file that somebody knows
        raise
    made = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        made.chmod(mode)
    except OSError:
        made.unlink(missing_ok=True)
        raise
    return made


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _settle(folder: Path) -> None:
    """Make the new name last, where the system lets a folder be synced."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)
