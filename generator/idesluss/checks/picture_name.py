"""The name of a picture or file cannot be published.

The portal is to lie on every kind of disk and web server. Some of them take no colon and no backslash in a name, none
takes more than 255 bytes, and some take "Foto.jpg" and "foto.jpg" for the same. Every picture is called .webp in the
portal, so that "foto.jpg" and "foto.jpg.webp" would be the same too. The page is shown without the file until it has
another name.

Right:
    image: {file: fuktvakt-10-30.webp, alt: En sensor i ett skoltak}
Wrong:
    image: {file: "fuktvakt 10:30.webp", alt: En sensor i ett skoltak}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss.media_faults import place_of, with_fault
from idesluss.pictures import doubles, usable
from idesluss.problem import Problem, Severity, text

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

CODE = "picture-name"
SEVERITY = Severity.ERROR
CLOSES = False


def check_all(catalogue: Catalogue) -> Iterator[Problem]:
    hint = text("give the file another name, of letters, digits and hyphens")
    for entry, use in with_fault(catalogue, "name"):
        message = text("{file} is a name that not every system takes", file=use.file)
        yield Problem(entry.path, place_of(catalogue, entry, use), CODE, SEVERITY, message, hint)
    same = _doubles(catalogue)
    for entry, use in catalogue.uses if same else ():
        if use.file in same:
            message = text("some disks take {file} and {other} for the same file", file=use.file, other=same[use.file])
            yield Problem(entry.path, place_of(catalogue, entry, use), CODE, SEVERITY, message, hint)


def _doubles(catalogue: Catalogue) -> dict[str, str]:
    """The files that some disk takes for another; a name that leads to nothing is no second file."""
    named = {use.file for _entry, use in catalogue.uses if use.file}
    if not doubles(named):  # a quick look, at the names alone
        return {}
    limit = catalogue.settings.picture_bytes
    return doubles({file for file in named if usable(catalogue.root, file, limit, document=True)})
