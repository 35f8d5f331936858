"""Files packed into one (ZIP) so that the same files give the same bytes: one date for all, in the order given."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

PACKED = frozenset({"jpg", "png", "woff2"})
"""Endings of files that are packed tightly already."""
_UNIX, _PLAIN_FILE = 3, 0o100644 << 16


def zipped(files: Mapping[str, bytes], made: datetime.datetime, *, first: str = "") -> bytes:
    """The files in one, all dated `made`; `first` comes first and is stored as it is, all others by their names."""
    out = BytesIO()
    with ZipFile(out, "w") as pack:
        for name in sorted(files, key=lambda name: (name != first, name)):
            about = ZipInfo(name, made.timetuple()[:6])
            about.create_system, about.external_attr = _UNIX, _PLAIN_FILE
            stored = name == first or name.rpartition(".")[2] in PACKED
            about.compress_type = ZIP_STORED if stored else ZIP_DEFLATED
            pack.writestr(about, files[name], compresslevel=None if stored else 9)
    return out.getvalue()
