"""An address as a QR code, drawn into the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup

QUIET = 4
"""So many modules of quiet stand around a code, as the standard asks."""
MASK = 3
"""One of the eight patterns that the standard allows: readers read any, and to weigh all takes five times as long."""

_DARK = re.compile(rb"\x01+")


def qr_code(address: str, title: str) -> Markup:
    """The code as SVG, black on white in any theme, with a title for those who do not see it."""
    import segno

    rows = segno.make(address, error="m", mask=MASK, micro=False).matrix
    size = len(rows) + 2 * QUIET
    drawn = "".join(line for at, row in enumerate(rows) for line in _lines(bytes(row), at))
    return Markup(
        '<svg role="img" class="qr" viewBox="0 0 {size} {size}"><title>{title}</title>'
        '<path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/>'
        '<path stroke="#000" d="{drawn}"/></svg>'
    ).format(size=size, title=title, drawn=drawn)


def _lines(row: bytes, at: int) -> Iterator[str]:
    """The dark modules of a row as lines: where each begins and how long it is."""
    for run in _DARK.finditer(row):
        yield f"M{run.start() + QUIET} {at + QUIET}.5h{run.end() - run.start()}"
