"""A link in the text that names an entry without its path.

The portal understands it, but GitHub does not: there, the link is dead. Write the path from this file to the other.

Right:
    [behovet](../needs/fukt-i-skolor.md)
Wrong:
    [behovet](fukt-i-skolor)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss.problem import Problem, Severity, text

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

CODE = "bare-link"
SEVERITY = Severity.WARNING
CLOSES = False


def check_all(catalogue: Catalogue) -> Iterator[Problem]:
    import posixpath

    for entry in catalogue.entries.values():
        for number, use in enumerate(entry.body.links):
            if not use.resolved.startswith("entry:") or ".md" in use.target:
                continue
            target = catalogue.get(use.resolved[6:].partition("#")[0])
            if target is None:
                continue
            path = posixpath.relpath(target.path, posixpath.dirname(entry.path))
            yield Problem(
                entry.path,
                catalogue.link_place(entry, number),
                CODE,
                SEVERITY,
                text("the link “{title}” names {target} without its path", title=use.title, target=target.id),
                text("write ({path})", path=path),
            )
