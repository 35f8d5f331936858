"""The finished file: packed tightly, with an id that hangs on its content alone."""

from __future__ import annotations

from io import BytesIO

import pikepdf


def sealed(made: bytes) -> bytes:
    """The same document in about half the bytes."""
    out = BytesIO()
    with pikepdf.open(BytesIO(made)) as document:
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()
