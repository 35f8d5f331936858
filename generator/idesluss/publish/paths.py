"""Which paths an output may write, on every system that may serve or copy the site."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from idesluss.problem import text
from idesluss.publish.fault import PublishError

OWN_NAME = ".idesluss-"
"""How the names begin that publishing keeps for itself at the top of the site."""

_USABLE = re.compile(r"(?:(?!\.\.?(?:/|\Z))[^/\\:\x00-\x1f\x7f\ud800-\udfff]{1,255}(?:/(?!\Z)|\Z))+")


def fold(path: str) -> str:
    """The path as a disk sees it that takes "A" and "a", or two ways to write "å", for the same."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path.casefold())


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
            if not _USABLE.fullmatch(path) or path.lower().startswith(OWN_NAME):
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
