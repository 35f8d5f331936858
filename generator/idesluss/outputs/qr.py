"""An address as a QR code, drawn into the page."""

from __future__ import annotations

from markupsafe import Markup

QUIET = 4
"""So many modules of quiet stand around a code, as the standard asks."""
MASK = 3
"""One of the eight patterns that the standard allows: readers read any, and to weigh all takes five times as long."""


def qr_code(address: str, title: str) -> Markup:
    """The code as SVG, black on white in any theme, with a title for those who do not see it."""
    import segno

    code = segno.make(address, error="m", mask=MASK, micro=False)
    drawn = code.svg_inline(border=QUIET, dark="#000", light="#fff", title=title, omitsize=True, svgclass="qr")
    return Markup(drawn.replace("<svg ", '<svg role="img" ', 1))
