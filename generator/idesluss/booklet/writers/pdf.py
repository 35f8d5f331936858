"""The book as an accessible PDF: set by the typesetter, packed, and read back."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version

from idesluss import __version__, typeset
from idesluss.booklet.chapters import Data
from idesluss.booklet.edition import Edition
from idesluss.booklet.sealed import sealed
from idesluss.booklet.structure import CLAIMS, COUNTED, seen
from idesluss.booklet.writers import Look
from idesluss.translate import gettext as _

TEMPLATE = "book"


def write(edition: Edition, data: Data, files: Mapping[str, bytes]) -> bytes | typeset.Unset:
    """The finished PDF, or why the typesetter refused."""
    made = typeset.pdf(edition.catalogue.root, TEMPLATE, data, files, made=edition.made)
    return made if isinstance(made, typeset.Unset) else sealed(made)


def look(book: bytes) -> Look:
    """What the structure tree of the finished file tells."""
    read = seen(book)
    checker = _("Typst {version}, which refuses to write a file that breaks those of the rules that it knows")
    reader = _("idesluss {version}, which read the finished file back by pikepdf {pikepdf}")
    return Look(
        claims=tuple(CLAIMS),
        by=(
            checker.format(version=version("typst")),
            reader.format(version=__version__, pikepdf=version("pikepdf")),
        ),
        found=(
            _("Pages: {number}").format(number=read.pages),
            *(f"{_(label)}: {read.counts.get(kind, 0)}" for kind, label in COUNTED),
            _("language, title, bookmarks and tab order are set; all that is drawn is tagged or marked as decoration"),
        ),
        faults=read.faults,
        unchecked=(
            _("by veraPDF, the common validator of PDF/A and PDF/UA: it is not part of this program"),
            _("by pdfua and outloud: the program's own tests run them on its example, and not on this file"),
        ),
        pages=read.pages,
    )
