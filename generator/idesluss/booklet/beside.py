"""What lies beside a book: the manifest by which it can be made again, and what its accessibility was checked with."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from pathlib import Path

from idesluss import __version__
from idesluss.booklet.edition import Edition
from idesluss.booklet.structure import CLAIMS, COUNTED, Seen
from idesluss.translate import gettext as _
from idesluss.translate import render

ENGINES = ("typst", "pikepdf", "pillow", "segno")


def manifest(edition: Edition, book: bytes, left_out: set[str]) -> bytes:
    """Everything that decides the book's bytes, as JSON."""
    root = edition.catalogue.root
    told = {
        "event": edition.event.id,
        "title": edition.title,
        "edition": edition.told.edition,
        "draft": edition.draft,
        "audience": edition.catalogue.audience,
        "language": edition.language,
        "paper": edition.paper,
        "commit": edition.catalogue.commit,
        "changed": edition.changed,
        "made": edition.made.isoformat(),
        "program": {"idesluss": __version__, **{name: version(name) for name in ENGINES}},
        "event_file": _file(root / edition.event.path, edition.event.path),
        "cases": [
            {"id": case.id, "set": case.id not in left_out, **_file(root / case.path, case.path)}
            for case in edition.cases
        ],
        "book": {"file": f"{edition.name}.pdf", "bytes": len(book), "sha256": hashlib.sha256(book).hexdigest()},
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _file(place: Path, path: str) -> dict[str, str]:
    return {"path": path, "sha256": hashlib.sha256(place.read_bytes()).hexdigest()}


def accessibility(edition: Edition, seen: Seen) -> bytes:
    """What was checked and by what, and what was not, as plain text."""
    rows = [(_(label), seen.counts.get(kind, 0)) for kind, label in COUNTED]
    lines = [
        _("Accessibility of {file}").format(file=f"{edition.name}.pdf"),
        "",
        _("The file says of itself: {claims}.").format(claims=", ".join(CLAIMS)),
        "",
        _("Checked by:"),
        "- "
        + _("Typst {version}, which refuses to write a file that breaks those of the rules that it knows").format(
            version=version("typst")
        ),
        "- "
        + _("idesluss {version}, which read the finished file back by pikepdf {pikepdf}").format(
            version=__version__, pikepdf=version("pikepdf")
        ),
        "",
        _("Found in the finished file ({pages} pages):").format(pages=seen.pages),
        *(f"- {label}: {count}" for label, count in rows),
        "- "
        + _("language, title, bookmarks and tab order are set; all that is drawn is tagged or marked as decoration"),
        "",
        *(
            [_("Faults:"), *(f"- {render(fault)}" for fault in seen.faults)]
            if seen.faults
            else [_("No faults were found.")]
        ),
        "",
        _("Not checked:"),
        "- " + _("by veraPDF, the common validator of PDF/A and PDF/UA: it is not part of this program"),
        "- " + _("by people who use a screen reader, magnification or voice control"),
        "- " + _("whether the texts of pictures say what the pictures show"),
        "",
        _("So this file is checked, and not certified."),
    ]
    return ("\n".join(lines) + "\n").encode()
