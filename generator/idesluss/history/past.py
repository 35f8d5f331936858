"""The commits of the line that is checked out, and the files of any of them, written to a folder to be read."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from idesluss.history.blobs import blobs
from idesluss.history.door import Silent, ask, listen
from idesluss.history.life import Commit
from idesluss.workdays import YEARS

CONTENT = ("ideas", "idesluss.yml")
"""What a catalogue is read from."""
MESSAGE_CHARACTERS = 20_000
_SHA = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")
_FILE_MODES = (b"100644", b"100755")
_UNFIT_NAME = (errno.ENAMETOOLONG, errno.EILSEQ, errno.EINVAL)


def line(root: Path, until: str = "HEAD", limit: int = -1) -> Iterator[Commit]:
    """The first-parent line of what is checked out, the newest commit first; nothing where there is no repository."""
    asked = ("log", "--first-parent", "--no-patch", "--format=%H %cs", f"--max-count={limit}", until, "--")
    try:
        with listen(root, *asked) as answer:
            for told in answer:
                sha, _, day = told.decode("ascii").strip().partition(" ")
                yield Commit(sha, in_calendar(day))
    except Silent:
        return


def in_calendar(day: str) -> str:
    """The day as YYYY-MM-DD, at the latest the last that can be counted with, whatever year a commit states."""
    last = f"{YEARS[1]}-12-31"
    return min(day, last) if len(day) == 10 else last


def head(root: Path) -> Commit | None:
    """The commit that is checked out, or None where there is no repository or no commit."""
    return next(line(root, limit=1), None)


def at(root: Path, day: str) -> Commit | None:
    """The last commit of the first-parent line whose day is not after `day` (YYYY-MM-DD), or None.

    The last on the line, not the one with the latest date: where dates run backwards, a commit that stands later on the
    line holds what the earlier ones held.
    """
    return next((commit for commit in line(root) if commit.day <= day), None)


def is_changed(root: Path) -> bool:
    """Whether the folder holds content that the commit which is checked out does not."""
    return bool(ask(root, "status", "--porcelain", "--untracked-files=normal", "--", *CONTENT))


def is_shallow(root: Path) -> bool:
    """Whether the clone was cut short, so that what came before is not known."""
    return ask(root, "rev-parse", "--is-shallow-repository") == b"true\n"


def commit_of(root: Path, ref: str) -> str:
    """The full hash of the commit that `ref` names, or "" if it names none."""
    if not ref or ref.startswith("-") or "\0" in ref:
        return ""
    told = ask(root, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
    return told.decode("ascii").strip() if told else ""


def is_full_hash(name: str) -> bool:
    """Whether this is how the full hash of a commit is written, be it here or not."""
    return _SHA.fullmatch(name) is not None


def merge_base(root: Path, ref: str) -> str:
    """The commit where what is checked out left `ref`: its full hash, or "" where there is none."""
    sha = commit_of(root, ref)
    told = ask(root, "merge-base", sha, "HEAD") if sha else None
    return told.decode("ascii").strip() if told else ""


def messages(root: Path, base: str) -> tuple[str, ...]:
    """The messages of the commits that are checked out and not in `base`, the newest first."""
    sha = commit_of(root, base)
    told = ask(root, "log", "--no-patch", "-z", "--encoding=UTF-8", "--format=%B", f"{sha}..HEAD", "--") if sha else b""
    found = (told or b"").decode("utf-8", "replace").split("\0")
    return tuple(message.strip()[:MESSAGE_CHARACTERS] for message in found if message.strip())


def tree(root: Path, sha: str, folder: Path, content: Sequence[str] = CONTENT) -> None:
    """Write the files that a commit held below `content` into the empty `folder`, to be read as a catalogue.

    Symbolic links and submodules are left out, and so is any name that would lead out of the folder or that the disk
    cannot hold.
    """
    if not is_full_hash(sha):
        raise ValueError(f"{sha!r} is no full hash of a commit")
    prefix = ask(root, "rev-parse", "--show-prefix")
    if prefix is None:
        return
    inner = prefix.removesuffix(b"\n")
    wanted = [os.fsdecode(inner) + name for name in content]
    told = ask(root, "ls-tree", "-r", "-z", "--full-tree", sha, "--", *wanted) or b""
    paths: dict[str, list[bytes]] = {}
    for record in told.split(b"\0")[:-1]:
        about, _, path = record.partition(b"\t")
        mode, _, held = about.split(b" ")
        if mode in _FILE_MODES and _stays_inside(path):
            paths.setdefault(held.decode("ascii"), []).append(path.removeprefix(inner))
    for blob, data in blobs(root, paths, bound=None):
        for name in paths[blob]:
            _write(folder / os.fsdecode(name), data)


def _stays_inside(path: bytes) -> bool:
    return all(part not in (b"", b".", b"..") and part.lower() != b".git" for part in path.split(b"/"))


def _write(path: Path, data: bytes) -> None:
    """Write a new file; a name that the disk cannot hold is passed over."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
    except (FileExistsError, NotADirectoryError):
        return
    except OSError as error:
        if error.errno not in _UNFIT_NAME:
            raise
