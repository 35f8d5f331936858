"""What stops publishing: a sentence for people and the way out. The site that stood is whole."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from idesluss.problem import N_, Text, text


class PublishError(Exception):
    """Nothing could be published: `message` says why, `hint` what to do."""

    def __init__(self, message: Text, hint: Text) -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return " ".join(part.msgid.format_map(part.values) for part in (self.message, self.hint))


_NO_ROOM = (
    N_("The disk is full: there was no room for {path}."),
    N_("Make room and publish again. The site that stood is still there and works."),
)
_NO_RIGHT = (
    N_("{path} may not be written."),
    N_("Give yourself the right to write there, or choose another folder for the site."),
)
_IN_THE_WAY = (
    N_("{path} is a file, where the site needs a folder."),
    N_("Move the file away, or choose another folder for the site."),
)
_OTHER = (
    N_("{path} could not be written: {reason}."),
    N_("See to the disk and publish again. The site that stood is still there and works."),
)
_WORDS: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        errno.ENOSPC: _NO_ROOM,
        errno.EDQUOT: _NO_ROOM,
        errno.EACCES: _NO_RIGHT,
        errno.EPERM: _NO_RIGHT,
        errno.EROFS: _NO_RIGHT,
        errno.ENOTDIR: _IN_THE_WAY,
        errno.EEXIST: _IN_THE_WAY,
    }
)


def stopped(error: OSError, site: Path) -> PublishError:
    """What the system answered when the site was written, as a sentence for people."""
    message, hint = _WORDS.get(error.errno or 0, _OTHER)
    path = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes | os.PathLike) else str(site)
    return PublishError(text(message, path=path, reason=error.strerror or str(error)), text(hint))
