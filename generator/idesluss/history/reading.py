"""All lives at a commit, read in one pass; what was read is kept, and the next pass goes on from there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from idesluss import memory
from idesluss.history import trust
from idesluss.history.blobs import blobs
from idesluss.history.bulk import bulk
from idesluss.history.door import Silent, ask
from idesluss.history.life import NONE, Commit, History
from idesluss.history.lives import Pasts, live_on, lives, stood
from idesluss.history.origin import beginnings
from idesluss.history.passing import Passed, passing
from idesluss.history.past import line
from idesluss.history.stand import stand
from idesluss.history.telling import Told, tell
from idesluss.history.unread import unread
from idesluss.source import FILE_BYTES

WHOLE, LATEST = "history", "history-latest"
"""The names under which the lives are kept: so that a pass can go on from them, and as they are at the last commit."""
MANY = 500
"""After so many new commits the lives are kept anew. Fewer are read again each time, so that what is kept stays on the
line of commits that branches share."""


class Known(NamedTuple):
    """The lives up to a commit, by its full hash; "" before the first."""

    sha: str
    pasts: Pasts


def read(root: Path, place: Path | None, until: str = "HEAD") -> History:
    """What `history.read` gives."""
    if until != "HEAD":
        return _read(root, None, until)
    standing = stand(root)
    latest: History | None = memory.recall(place, LATEST, memory.stamp(standing)) if standing else None
    if latest is not None:
        return latest
    history = _read(root, place, until)
    if history.lives and stand(root) == standing:
        memory.save(place, LATEST, memory.stamp(standing), history)
    return history


def _read(root: Path, place: Path | None, until: str) -> History:
    asked = ask(root, "rev-parse", "--is-shallow-repository", "--show-prefix", f"{until}^{{commit}}")
    if asked is None:
        return History(unread=unread(root)) if until == "HEAD" else NONE
    shallow, _, rest = asked.removesuffix(b"\n").partition(b"\n")
    prefix, _, sha = rest.rpartition(b"\n")
    try:
        head = next(line(root, sha.decode("ascii"), limit=1))
        if shallow == b"true":
            return History(head, is_shallow=True)
        return _go_on(root, place, head, prefix + b"ideas/")
    except (Silent, StopIteration) as torn:  # a file of git's
        return History(unread=str(torn) or unread(root))


def _go_on(root: Path, place: Path | None, head: Commit, folder: bytes) -> History:
    """The lives at `head`: those up to an earlier commit, if they are kept, and what is new since."""
    listed = bulk(root, head.sha)
    key = memory.stamp(folder.hex(), *sorted(listed))
    known: Known = memory.recall(place, WHOLE, key) or Known("", Pasts())
    passed = _since(root, known.sha, head.sha, folder) if known.sha else None
    if passed is None:
        known = Known("", Pasts())
        passed = list(passing(root, "", head.sha, folder))
    live_on(known.pasts, reversed(passed), _teller(root, passed), listed, beginnings(root, passed))
    if not known.sha or len(passed) >= MANY:
        memory.save(place, WHOLE, key, Known(head.sha, known.pasts))
    if place is not None:
        trust.remember(root, place, head.sha)
    return History(head, lives(known.pasts), stood=stood(known.pasts))


def _since(root: Path, sha: str, until: str, folder: bytes) -> list[Passed] | None:
    """The commits after `sha`, the newest first; None if it is not on the line, for the line was rewritten."""
    try:
        passed = list(passing(root, sha, until, folder))
    except Silent:
        return None
    return passed if sha in (until, passed[-1].parent if passed else "") else None


def _teller(root: Path, passed: Sequence[Passed]) -> Callable[[str], Told | None]:
    """What each content that these commits brought says, all read in one go; the newest first, as git packs them."""
    wanted = dict.fromkeys(change.after for one in passed for change in one.changes if change.after)
    return {blob: tell(data) for blob, data in blobs(root, wanted, bound=FILE_BYTES)}.get
