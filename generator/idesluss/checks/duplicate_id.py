"""Two files with one name.

An entry is known by the name of its file, in all folders and for ever: references and addresses are made of it. The
file that comes first in the order of folders keeps the name.

Right:
    ideas/2026/fuktvakt.md and ideas/cases/fuktvakt-i-skolor.md
Wrong:
    ideas/2026/fuktvakt.md and ideas/cases/fuktvakt.md
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss.problem import Place, Problem, Severity, text

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

CODE = "duplicate-id"
SEVERITY = Severity.ERROR
CLOSES = True


def check_all(catalogue: Catalogue) -> Iterator[Problem]:
    for path in catalogue.doubles:
        id = path.rpartition("/")[2].removesuffix(".md")
        taken = catalogue.entries[id].path if id in catalogue.entries else "?"
        message = text("the name {id} is taken by {path}", id=id, path=taken)
        yield Problem(path, Place(), CODE, SEVERITY, message, text("give this file another name"))
