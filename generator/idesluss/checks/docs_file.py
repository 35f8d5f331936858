"""A file in docs/ that is not published.

The hand-written pages are Markdown, with pictures (PNG, JPEG, WebP, AVIF), PDF and plain text beside them. Symbolic
links, and types that can run when they are opened (HTML, SVG, XML), stay out. So does one of two files that some disks
take for one: `Om.md` beside `om.md`, or a folder `Ideer/` beside the portal's own `ideer/`.

Right:
    docs/karta.png
Wrong:
    docs/karta.svg
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss.docs_files import FOLDER, files
from idesluss.problem import Problem, Severity

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

CODE = "docs-file"
SEVERITY = Severity.ERROR
CLOSES = False


def check_all(catalogue: Catalogue) -> Iterator[Problem]:
    for _path, problem in files(catalogue.root / FOLDER, FOLDER):
        if problem is not None:
            yield problem
