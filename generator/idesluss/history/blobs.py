"""The contents of files in git, many in one go."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from idesluss.history.door import listen

PIECE = 1 << 16


def blobs(root: Path, shas: Iterable[str], *, bound: int | None) -> Iterator[tuple[str, bytes]]:
    """Pairs of a blob's hash and its content, in the order asked for; one of more than `bound` bytes is left out."""
    with tempfile.TemporaryFile() as told:
        told.writelines(f"{sha}\n".encode("ascii") for sha in shas)
        told.seek(0)
        with listen(root, "cat-file", "--batch", "--buffer", told=told) as answer:
            while line := answer.readline():
                sha, sort, *size = line.decode("ascii", "replace").split()
                if not size:  # git does not have it
                    continue
                length = int(size[0])
                if sort == "blob" and (bound is None or length <= bound):
                    yield sha, answer.read(length + 1)[:-1]
                else:
                    _pass_over(answer, length + 1)


def _pass_over(answer: BinaryIO, length: int) -> None:
    """Read so many bytes and keep none."""
    while length > 0:
        piece = answer.read(min(length, PIECE))
        if not piece:
            return
        length -= len(piece)
