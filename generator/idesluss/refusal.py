"""What the system answers where a file or the disk does not allow something, in words for people."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from types import MappingProxyType

from idesluss.problem import N_, Text

_WORDS: Mapping[int, str] = MappingProxyType(
    {
        errno.ENOSPC: N_("the disk is full"),
        errno.EDQUOT: N_("the disk is full"),
        errno.EACCES: N_("permission denied"),
        errno.EPERM: N_("permission denied"),
        errno.EROFS: N_("nothing can be written on this disk"),
        errno.ENOENT: N_("it is not there"),
        errno.ENOTDIR: N_("a file stands where a folder is needed"),
        errno.EADDRINUSE: N_("another program answers there already; choose another port with --port"),
        errno.EISDIR: N_("a folder stands where a file is needed"),
    }
)


def told(error: OSError) -> str | Text:
    """The system's answer in words; in its own words where there are no plainer ones."""
    import socket  # not needed to begin with

    words = N_("there is no such address") if isinstance(error, socket.gaierror) else _WORDS.get(error.errno or 0)
    return Text(words) if words else error.strerror or str(error)
