"""Templates as they were compiled, kept beside all else, since to compile them takes longer than to draw a page."""

from __future__ import annotations

from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from idesluss import memory


class Compiled(BytecodeCache):
    """What Jinja asks before it compiles. All that is kept in `place` holds for one `key` only.

    The key stands for all templates, since a page is compiled together with its frame.
    """

    def __init__(self, place: Path | None, key: str) -> None:
        self._place, self._key = place, key

    def load_bytecode(self, bucket: Bucket) -> None:
        kept: bytes | None = memory.recall(self._place, f"template-{bucket.key}", self._key)
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        memory.save(self._place, f"template-{bucket.key}", self._key, bucket.bytecode_to_string())
