"""Where on the line another portal begins: its repository is a copy of somebody else's, with the past of that one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from idesluss.history.blobs import blobs
from idesluss.history.passing import Passed
from idesluss.source import FILE_BYTES, parse_plain


class Portal(NamedTuple):
    """Whose a portal is, and where it stands."""

    owner: Any
    address: Any


def is_another(before: Portal, after: Portal) -> bool:
    """Whether a change of the settings makes another portal of it; one that only moves keeps its owner."""
    return bool(before.owner != after.owner and before.address != after.address)


def beginnings(root: Path, passed: Sequence[Passed]) -> frozenset[str]:
    """The commits, by their full hash, with which another portal begins."""
    changes = {one.commit.sha: one.settings for one in passed if one.settings}
    wanted = dict.fromkeys(blob for change in changes.values() for blob in (change.before, change.after) if blob)
    told = {blob: _portal(data) for blob, data in blobs(root, wanted, bound=FILE_BYTES)} if wanted else {}
    found = []
    for sha, change in changes.items():
        before, after = told.get(change.before), told.get(change.after)
        if before and after and is_another(before, after):
            found.append(sha)
    return frozenset(found)


def _portal(data: bytes) -> Portal | None:
    source, _ = parse_plain("", data)
    return Portal(source.front.get("owner"), source.front.get("address")) if source else None
