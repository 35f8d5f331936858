"""One streaming pass of git's log: for each commit of the first-parent line, which files of entries it changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from idesluss.history.door import listen
from idesluss.history.life import Commit
from idesluss.history.past import in_calendar

PIECE = 1 << 20
SETTINGS = b"idesluss.yml"
_FILE_MODES = (b"100644", b"100755")
_ENTRY = re.compile(rb"(?!media/)(?:(?!\.)[^/]+/)+(?!\.|README\.md$)[^/]+\.md", re.DOTALL)
"""A path below ideas/ where an entry is read from."""


class Change(NamedTuple):
    """A file that a commit changed: its path below ideas/, and the hash of its content before and after, "" if none."""

    path: str
    before: str
    after: str


class Passed(NamedTuple):
    """A commit of the line, its first parent ("" if it has none), and what it changed: of entries, and the settings."""

    commit: Commit
    parent: str
    changes: tuple[Change, ...]
    settings: Change | None = None


def passing(root: Path, since: str, until: str, folder: bytes) -> Iterator[Passed]:
    """The commits of the line after `since` ("": from the beginning) up to `until`, the newest first.

    `folder` is where ideas/ lies in the repository, with "/" at its end. What is no plain file there, such as a
    symbolic link, counts as not being there; so does a name that is no UTF-8.
    """
    asked = ["log", "--first-parent", "-m", "--raw", "-z", "--no-abbrev", "--no-renames"]
    asked += ["--no-notes", "--no-ext-diff", "--no-textconv", "--format=%H %cs %P"]
    with listen(root, *asked, until, *([f"^{since}"] if since else []), "--") as answer:
        commit, parent = None, ""
        changes: list[Change] = []
        settings: Change | None = None
        beside = folder.removesuffix(b"ideas/") + SETTINGS
        tokens = _tokens(answer)
        for token in tokens:
            if token[:1] == b":" or token[:2] == b"\n:":
                path = next(tokens, b"")
                if path == beside:
                    settings = _hashes(token, path.decode("utf-8", "replace"))
                else:
                    change = _change(token, path, folder)
                    changes += [change] if change else []
                continue
            if not token:
                continue
            if commit:
                yield Passed(commit, parent, tuple(changes), settings)
            sha, day, parent = (*token.decode("ascii").strip().split(" "), "", "")[:3]
            commit, changes, settings = Commit(sha, in_calendar(day)), [], None
        if commit:
            yield Passed(commit, parent, tuple(changes), settings)


def _tokens(answer: BinaryIO) -> Iterator[bytes]:
    """What stands between the zeros."""
    rest = b""
    while piece := answer.read(PIECE):
        *whole, rest = (rest + piece).split(b"\0")
        yield from whole
    if rest:
        yield rest


def _change(about: bytes, path: bytes, folder: bytes) -> Change | None:
    if not path.startswith(folder) or not _ENTRY.fullmatch(path, len(folder)):
        return None
    try:
        name = path[len(folder) :].decode("utf-8")
    except UnicodeDecodeError:
        return None
    return _hashes(about, name)


def _hashes(about: bytes, name: str) -> Change:
    before_mode, after_mode, before, after, _ = about.lstrip(b"\n:").split(b" ")
    return Change(
        name,
        before.decode("ascii") if before_mode in _FILE_MODES else "",
        after.decode("ascii") if after_mode in _FILE_MODES else "",
    )
