"""What lies beside a book: the manifest by which it can be made again, and what its accessibility was checked with."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

from idesluss import __version__
from idesluss.booklet.edition import Edition
from idesluss.booklet.writers import Look
from idesluss.translate import gettext as _
from idesluss.translate import render

ENGINES = ("typst", "pikepdf", "python-docx", "jinja2", "lxml", "pillow", "segno")


def manifest(edition: Edition, books: Mapping[str, bytes], left_out: set[str]) -> bytes:
    """Everything that decides the books' bytes, as JSON. `books` are the finished files by name."""
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
        "program": {
            "idesluss": __version__,
            **{name: version(name) for name in ENGINES},
            "zlib": zlib.ZLIB_RUNTIME_VERSION,
        },
        "event_file": _file(root / edition.event.path, edition.event.path),
        "cases": [
            {"id": case.id, "set": case.id not in left_out, **_file(root / case.path, case.path)}
            for case in edition.cases
        ],
        "books": [
            {"file": name, "bytes": len(book), "sha256": hashlib.sha256(book).hexdigest()}
            for name, book in books.items()
        ],
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _file(place: Path, path: str) -> dict[str, str]:
    return {"path": path, "sha256": hashlib.sha256(place.read_bytes()).hexdigest()}


def accessibility(edition: Edition, looks: Mapping[str, Look]) -> bytes:
    """What was checked and by what, and what was not, as plain text: file by file, by their endings."""
    told = ["\n".join(_told(f"{edition.name}.{ending}", look)) for ending, look in looks.items()]
    return ("\n\n\n".join(told) + "\n").encode()


def _told(file: str, look: Look) -> Iterator[str]:
    title = _("Accessibility of {file}").format(file=file)
    yield from (title, "")
    yield from (_("The file says of itself: {claims}.").format(claims=", ".join(look.claims)), "")
    yield from (_("Checked by:"), *(f"- {one}" for one in look.by), "")
    yield from (_("Found in the finished file:"), *(f"- {one}" for one in look.found), "")
    if look.faults:
        yield from (_("Faults:"), *(f"- {render(fault)}" for fault in look.faults), "")
    else:
        yield from (_("No faults were found."), "")
    yield from (_("Not checked:"), *(f"- {one}" for one in look.unchecked))
    yield "- " + _("by people who use a screen reader, magnification or voice control")
    yield "- " + _("whether the texts of pictures say what the pictures show")
    yield from ("", _("So this file is checked, and not certified."))
