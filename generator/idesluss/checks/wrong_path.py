"""A link in the text to an entry by a path that is not its own.

The portal finds the entry by the name of its file, but on GitHub the link is dead.

Right:
    [behovet](../needs/fukt-i-skolor.md)
Wrong:
    [behovet](../cases/fukt-i-skolor.md)    (when it lies in needs/)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss.problem import Problem, Severity, text

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

CODE = "wrong-path"
SEVERITY = Severity.WARNING
CLOSES = False


def check_all(catalogue: Catalogue) -> Iterator[Problem]:
    import posixpath
    from functools import cache
    from urllib.parse import unquote

    place = cache(lambda folder, above: posixpath.normpath(posixpath.join(folder, above)))
    for entry in catalogue.entries.values():
        folder = posixpath.dirname(entry.path)
        for number, use in enumerate(entry.body.links):
            if not use.resolved.startswith("entry:") or ".md" not in use.target:
                continue
            target = catalogue.get(use.resolved[6:].partition("#")[0])
            written = unquote(use.target).partition("#")[0]
            above, _, name = written.rpartition("/")
            if target is None or f"{place(folder, above)}/{name}" == target.path:
                continue
            yield Problem(
                entry.path,
                catalogue.link_place(entry, number),
                CODE,
                SEVERITY,
                text("{target} does not lie at {path}", target=target.id, path=written),
                text("write ({path})", path=posixpath.relpath(target.path, folder)),
            )
