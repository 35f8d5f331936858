"""A picture or file lies outside ideas/media/, or is only a symbolic link to something else.

Only what lies in ideas/media/ is published, so that no other file of the machine or the repository comes out by mistake
or on purpose. A symbolic link can lead anywhere, so it is not followed. Copy the file itself into ideas/media/. Is
ideas/ or idesluss.yml itself such a link, nothing is built.

Right:
    ![En sensor](../media/fuktvakt.webp)
Wrong:
    ![En sensor](../../privat/fuktvakt.webp)
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss.media_faults import place_of
from idesluss.pictures import MEDIA, faults
from idesluss.problem import Place, Problem, Severity, text

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

CODE = "outside-root"
SEVERITY = Severity.ERROR
CLOSES = False


def check_all(catalogue: Catalogue) -> Iterator[Problem]:
    for path in symlinks(catalogue):
        yield Problem(
            path,
            Place(),
            CODE,
            SEVERITY,
            text("this is a symbolic link, which is not followed"),
            text("put the file itself here"),
        )
    for entry, use in catalogue.uses:
        if use.is_elsewhere or not use.target or (use.file and "outside-root" not in faults(catalogue.root, use.file)):
            continue
        yield Problem(
            entry.path,
            place_of(catalogue, entry, use),
            CODE,
            SEVERITY,
            text("{target} leads out of ideas/media/", target=use.target),
            text("put the file itself into ideas/media/ and name it from there"),
        )


def symlinks(catalogue: Catalogue) -> Iterator[str]:
    """The symbolic links at and below ideas/media/, as paths from the instance's folder."""
    top = catalogue.root / MEDIA
    if top.is_symlink():
        yield MEDIA
        return
    for folder, folders, files in os.walk(top):
        for name in sorted((*folders, *files)):
            path = os.path.join(folder, name)  # noqa: PTH118 - a Path for each of thousands of files costs more
            if os.path.islink(path):  # noqa: PTH114 - the same
                yield os.path.relpath(path, catalogue.root).replace(os.sep, "/")
