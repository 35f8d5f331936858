"""Which paths an output may write: those that every system takes, and no two that some system takes for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from idesluss.problem import text
from idesluss.publish.fault import PublishError
from idesluss.site_paths import fold, is_usable

OWN_NAME = ".idesluss-"
"""How the names begin that publishing keeps for itself at the top of the site."""


def folders_above(path: str) -> Iterator[str]:
    """The folders that a path lies in, the nearest first; not the site itself."""
    while path := path.rpartition("/")[0]:
        yield path


def folders_of(paths: Iterable[str]) -> set[str]:
    """All folders that any of the paths lies in."""
    folders: set[str] = set()
    for path in paths:
        for folder in folders_above(path):
            if folder in folders:
                break
            folders.add(folder)
    return folders


class Paths:
    """The paths that outputs write to, each of which must be within the site and clash with no other."""

    def __init__(self) -> None:
        self._files: dict[str, str] = {}
        self._folders: dict[str, str] = {}
        self._above: set[str] = set()

    def take(self, paths: Iterable[str]) -> None:
        """Raise PublishError at the first path that leaves the site, is taken already, or clashes with another."""
        fresh: dict[str, str] = {}
        for path in paths:
            if not is_usable(path) or path.lower().startswith(OWN_NAME):
                raise PublishError(
                    text("An output wants to write to {path}, which is not a path within the site.", path=repr(path)),
                    text("A path is relative, with / between its names, and without .., \\, : and control characters."),
                )
            folded = fold(path)
            other = fresh.get(folded) or self._files.get(folded)
            if other is not None:
                raise _clash(path, other)
            fresh[folded] = path
        for folder in folders_of(fresh.values()) - self._above:
            self._above.add(folder)
            other = self._folders.setdefault(fold(folder), folder)
            if other != folder:
                raise _clash(f"{folder}/", f"{other}/")
        self._files.update(fresh)
        for name in sorted(self._files.keys() & self._folders.keys()):
            raise _clash(self._files[name], f"{self._folders[name]}/")


def _clash(path: str, other: str) -> PublishError:
    if path == other:
        return PublishError(
            text("Two outputs write {path}.", path=path),
            text("Give one of them another address."),
        )
    one, two = sorted((path, other))
    return PublishError(
        text("{one} and {two} cannot both be in the site: some disks take them for the same name.", one=one, two=two),
        text("Give one of them another address."),
    )
