"""The door to git, asked so that neither the user's settings nor the environment changes the answer."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO, cast

SETTINGS = (
    "color.ui=false",
    "core.quotePath=false",
    "diff.ignoreSubmodules=none",
    "diff.orderFile=/dev/null",
    "diff.relative=false",
    "diff.renames=false",
    "log.decorate=false",
    "log.diffMerges=separate",
    "log.follow=false",
    "log.mailmap=true",
    "log.showRoot=true",
    "log.showSignature=false",
    "mailmap.blob=",
    "mailmap.file=/dev/null",
)
"""Settings that would change what git prints, each with the value that we count on."""


NO_GIT = "git: command not found"


class Silent(Exception):  # noqa: N818 - not an error of the program
    """Git cannot answer: there is no repository, no such commit, or no git."""


def ask(root: Path, *arguments: str, told: IO[bytes] | None = None) -> bytes | None:
    """All that git prints, or None if it cannot answer."""
    try:
        with listen(root, *arguments, told=told) as answer:
            return answer.read()
    except Silent:
        return None


def refusal(root: Path, *arguments: str) -> str:
    """What git says if it cannot answer, else ""."""
    try:
        with listen(root, *arguments) as answer:
            answer.read()
    except Silent as silent:
        return str(silent) or "git"
    return ""


@contextlib.contextmanager
def listen(root: Path, *arguments: str, told: IO[bytes] | None = None) -> Iterator[BinaryIO]:
    """What git prints, while it prints it; `told` is a file that it reads. Silent if it cannot answer.

    That is known at the end only. Whoever leaves before the end stops git.
    """
    try:
        import git
    except ImportError:  # GitPython's way to say that there is no git
        raise Silent(NO_GIT) from None
    try:
        command = [*_without_environment(), "git", "-C", str(root), "--no-replace-objects", "--literal-pathspecs"]
        command += [part for setting in SETTINGS for part in ("-c", setting)]
        process = git.Git().execute([*command, *arguments], istream=cast(BinaryIO, told), as_process=True)
    except git.GitCommandNotFound:
        raise Silent(NO_GIT) from None
    said: list[bytes] = []
    reader = threading.Thread(target=lambda: said.append(process.stderr.read()), daemon=True)
    reader.start()
    answer = cast(BinaryIO, process.stdout)
    is_whole = False
    try:
        yield answer
        is_whole = not answer.read(1)
    finally:
        answer.close()
        code = process.proc.wait() if process.proc else 0
        reader.join()
        process.stderr.close()
    if code and is_whole:
        raise Silent(b"".join(said).decode("utf-8", "replace").strip())


def _without_environment() -> list[str]:
    """What starts git without the variables that would send it elsewhere, such as those that a hook of git's sets."""
    names = [name for name in os.environ if name.startswith("GIT_") and not name.startswith("GIT_PYTHON_")]
    return ["env", *(part for name in names for part in ("-u", name))] if names else []
