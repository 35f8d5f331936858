"""The parts of a document in one file, in the same order and of the same day each time."""

from __future__ import annotations

import zipfile
from io import BytesIO

DAY = (1980, 1, 1, 0, 0, 0)
"""The first day that the format knows."""
FIRST = ("[Content_Types].xml", "_rels/.rels")


def zipped(document: bytes) -> bytes:
    """The same document, without a trace of when and where it was packed."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(document)) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        names = packed.namelist()
        for name in (*FIRST, *sorted(set(names) - set(FIRST))):
            told = zipfile.ZipInfo(name, DAY)
            told.create_system, told.external_attr = 0, 0
            told.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(told, packed.read(name), compresslevel=9)
    return out.getvalue()
