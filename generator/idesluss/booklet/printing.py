"""What a printer gets: the book with bleed and marks to cut by, and its pages on sheets to be folded and stapled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO

import pikepdf

from idesluss import typeset
from idesluss.booklet.chapters import Data
from idesluss.booklet.edition import Edition
from idesluss.booklet.sealed import mark_heads, packed

MILLIMETRE = 72 / 25.4
BLEED = 3
"""So many millimetres go on over the edges and are cut off."""
AROUND = 11
"""So much paper there is around the page as it is when cut."""
MARK = 4, 9
"""So far from a corner its marks begin and end."""


def prints(
    edition: Edition, template: str, data: Data, files: Mapping[str, bytes], book: bytes
) -> dict[str, bytes] | typeset.Unset:
    """The two files for print by name, from the data of the book and the finished `book`."""
    larger = {**data, "bleed": BLEED}
    made = typeset.pdf(edition.catalogue.root, template, larger, files, made=edition.made)
    if isinstance(made, typeset.Unset):
        return made
    return {f"{edition.name}-print.pdf": with_marks(made), f"{edition.name}-imposed.pdf": imposed(book)}


def with_marks(made: bytes) -> bytes:
    """The document on larger paper, with marks at the corners of what is left when it is cut."""
    with pikepdf.open(BytesIO(made)) as document:
        mark_heads(document)
        for page in document.pages:
            left, low, right, high = (float(side) for side in page.trimbox)
            wide = AROUND * MILLIMETRE
            page.obj.BleedBox = page.mediabox
            page.obj.MediaBox = pikepdf.Array([left - wide, low - wide, right + wide, high + wide])
            lines = "".join(_marks(left, low, right, high))
            page.contents_add(b"q ", prepend=True)
            page.contents_add(f"Q /Artifact BMC q 0 G 0.25 w {lines}Q EMC".encode())
        return packed(document)


def _marks(left: float, low: float, right: float, high: float) -> Iterator[str]:
    near, far = (away * MILLIMETRE for away in MARK)
    for across, side in ((left, -1), (right, 1)):
        for up, end in ((low, -1), (high, 1)):
            yield f"{across + side * near:.3f} {up:.3f} m {across + side * far:.3f} {up:.3f} l S "
            yield f"{across:.3f} {up + end * near:.3f} m {across:.3f} {up + end * far:.3f} l S "


def imposed(book: bytes) -> bytes:
    """The pages two and two on sheets of twice the size, in the order in which they are folded and stapled.

    Print on both sides and turn over the short edge. Empty pages at the end make the number a multiple of four.
    """
    with pikepdf.open(BytesIO(book)) as source, pikepdf.new() as sheets:
        _, _, wide, high = (float(side) for side in source.pages[0].mediabox)
        pages = [sheets.copy_foreign(page.as_form_xobject()) for page in source.pages]
        for pair in pairs(len(pages)):
            sheet = sheets.add_blank_page(page_size=(2 * wide, high))
            shown = {f"/P{side}": pages[number - 1] for side, number in enumerate(pair) if number <= len(pages)}
            sheet.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(shown))
            drawn = (f"q 1 0 0 1 {int(name[-1]) * wide:.4f} 0 cm {name} Do Q" for name in shown)
            sheet.obj.Contents = sheets.make_stream("\n".join(drawn).encode())
        sheets.docinfo["/Title"] = source.docinfo.get("/Title", pikepdf.String(""))
        return packed(sheets)


def pairs(pages: int) -> Iterator[tuple[int, int]]:
    """The page on the left and on the right of each side of a sheet, from the outermost, front and back in turn."""
    last = -(-pages // 4) * 4
    for first in range(1, last // 2 + 1, 2):
        yield last + 1 - first, first
        yield first + 1, last - first
