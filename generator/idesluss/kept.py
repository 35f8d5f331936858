"""What is worked out of an entry by itself, and kept for the next catalogue: its public part, and whom it names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from idesluss import links
from idesluss.kinds import KINDS
from idesluss.kinds.entry import Entry
from idesluss.kinds.idea import HandedIn
from idesluss.links import Named
from idesluss.problem import Place
from idesluss.settings import Settings, fields_of

At = tuple[str | int, ...]
"""A field of an entry, or a part of one, such as ("tests", 0, "outcome")."""


class Kept:
    """What was worked out of single entries, for the next catalogue that holds the very same entries.

    An entry is told apart by the object that it is: one that was read again is another.
    """

    def __init__(self) -> None:
        self._public: dict[str, tuple[Entry, Entry]] = {}
        self._named: dict[int, tuple[Entry, tuple[Named, ...]]] = {}
        self._places: dict[tuple[int, At], tuple[Entry, Place]] = {}

    def public(self, entry: Entry, settings: Settings) -> Entry:
        """What the public gets of an entry."""
        held = self._public.get(entry.id)
        if held is None or held[0] is not entry:
            held = self._public[entry.id] = (entry, public_part(entry, settings))
        return held[1]

    def named(self, entry: Entry) -> tuple[Named, ...]:
        """Whom an entry names."""
        held = self._named.get(id(entry))
        if held is None:
            # the entry is kept too, so that its number stays its own
            held = self._named[id(entry)] = (entry, links.named(entry))
        return held[1]

    def place(self, entry: Entry, at: At, find: Callable[[Entry, At], Place]) -> Place:
        """Where a field of an entry stands in its file, as `find` says when it is first asked for."""
        held = self._places.get((id(entry), at))
        if held is None:
            held = self._places[id(entry), at] = (entry, find(entry, at))
        return held[1]

    def forget(self, most: int) -> None:
        """Let go of what belongs to entries of the past, once there are more than `most`."""
        if len(self._named) > most:
            self._named.clear()
            self._places.clear()


def _private_fields(kind: type[Entry]) -> tuple[str, ...]:
    return tuple(
        name
        for name, info in kind.model_fields.items()
        if isinstance(info.json_schema_extra, dict) and info.json_schema_extra.get("x-idesluss", {}).get("private")  # type: ignore[union-attr] # `field` put a dict there
    )


PRIVATE: Mapping[str, tuple[str, ...]] = {kind.kind: _private_fields(kind) for kind in KINDS}
"""The fields of each kind that never leave the instance."""


def public_part(entry: Entry, settings: Settings) -> Entry:
    """The entry without its private fields, log lines that are not public, and the key at its door."""
    changed: dict[str, Any] = {
        name: type(entry).model_fields[name].get_default() for name in PRIVATE[entry.kind] if getattr(entry, name)
    }
    log = getattr(entry, "log", ())
    if log and not all(line.public for line in log):
        changed["log"] = tuple(line for line in log if line.public)
    handed_in = getattr(entry, "handed_in", None)
    if isinstance(handed_in, HandedIn) and handed_in.key:
        changed["handed_in"] = handed_in.model_copy(update={"key": None})
    if entry.extra:
        own = fields_of(settings, entry.kind)
        changed["extra"] = {name: value for name, value in entry.extra.items() if name in own and not own[name].private}
    return entry.model_copy(update=changed) if changed else entry
