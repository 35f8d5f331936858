"""Where a repository stands, told without asking git, so that a run in which nothing has changed starts no program."""

from __future__ import annotations

from pathlib import Path

_OF_ALL = ("packed-refs", "shallow", "reftable/tables.list")


def top(root: Path) -> Path | None:
    """The top of the repository that the instance lies in, or None without one."""
    return next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), None)


def inside(root: Path) -> str:
    """Where in its repository the instance lies, such as "portal/"; "" at the top and without a repository."""
    way = root.relative_to(top(root) or root).as_posix()
    return "" if way == "." else f"{way}/"


def stand(root: Path) -> str:
    """A text that changes whenever another commit is checked out or the clone is deepened; "" without a repository."""
    found = top(root)
    if found is None:
        return ""
    own = _folder(found / ".git", "gitdir: ")
    shared = _folder(own / "commondir", "") if (own / "commondir").is_file() else own
    head = _text(own / "HEAD")
    ref = head.removeprefix("ref: ").strip()
    told = (
        [head, _text(own / ref), _text(shared / ref)] if head.startswith("ref: refs/") and ".." not in ref else [head]
    )
    return "\0".join([*told, *(_stamp(shared / name) for name in _OF_ALL)])


def _folder(path: Path, before: str) -> Path:
    """The folder that a small file names after the word `before`; the path itself where it is a folder."""
    return (path.parent / _text(path).removeprefix(before).strip()) if path.is_file() else path


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "surrogateescape")
    except OSError:
        return ""


def _stamp(path: Path) -> str:
    try:
        told = path.stat()
    except OSError:
        return ""
    return f"{told.st_size}.{told.st_mtime_ns}"
