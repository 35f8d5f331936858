"""The one value that everything reads: all entries of an instance, frozen, with who refers to whom."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from idesluss import links, media
from idesluss.body.parts import LinkUse
from idesluss.figures import NOTHING, Figures
from idesluss.history import NONE, History, Life, Step, inside
from idesluss.kept import Kept
from idesluss.kinds import BY_NAME, KINDS, kind_of_folder
from idesluss.kinds.entry import Entry
from idesluss.links import Mention, Ref
from idesluss.media import Use
from idesluss.problem import Place, Problem
from idesluss.settings import Settings
from idesluss.source import Source, parse, plain_place
from idesluss.web_address import for_programs

Audience = Literal["all", "public", "internal"]


class Digest(NamedTuple):
    """What a file held: `full` of all its bytes, `card` of its front matter only."""

    full: str
    card: str


class Broken(NamedTuple):
    """A file that cannot be shown until it is mended; `was_public` if its address has led to a public page before."""

    path: str
    kind: str
    id: str
    address: str
    was_public: bool = False


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Every entry by id, in the order of the paths; what cannot be read is in `broken`, and why in `problems`.

    Two catalogues are never equal, so that what is worked out of one can be remembered with it as the key.
    """

    root: Path
    settings: Settings
    now: datetime.date
    entries: Mapping[str, Entry]
    commit: str = ""
    audience: Audience = "all"
    problems: tuple[Problem, ...] = ()
    broken: tuple[Broken, ...] = ()
    digests: Mapping[str, Digest] = field(default_factory=dict)
    doubles: tuple[str, ...] = ()
    """Paths of files whose id another file had taken before."""
    history: History = NONE
    withdrawn: tuple[Broken, ...] = ()
    """Places where something public stood and now nothing does, of which no word must remain."""
    tried: Mapping[str, bytes] = field(default_factory=dict)
    """What files would hold, by path, while a change of them is tried and not yet written."""
    closed: tuple[Entry, ...] = ()
    """What was read but is not to be shown till it is mended; only measures look at it."""
    figures: Figures = NOTHING
    booklets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """The events whose booklet is published beside their page, by id, and how many bytes it has in each format."""
    kept: Kept = field(default_factory=Kept)

    def get(self, id: str) -> Entry | None:
        return self.entries.get(id)

    def of(self, kind: str) -> tuple[Entry, ...]:
        """All entries of a kind, in the order of their paths."""
        return self._by_kind.get(kind, ())

    def address(self, id: str) -> str:
        """Where the entry's page lives below the portal's address, such as "ideer/fuktvakt/"."""
        return f"{self.word(self.entries[id].kind)}/{id}/"

    def led_to(self, use: LinkUse) -> str:
        """Where a link leads, as its `resolved` says; the address of a page in this very portal is its entry's."""
        found = self._own_page.match(for_programs(use.resolved)) if use.resolved.startswith("http") else None
        return f"entry:{found[1]}" if found else use.resolved

    @cached_property
    def inside(self) -> str:
        """Where in its repository the instance lies, such as "portal/"; "" at the top and without a repository."""
        return inside(self.root)

    @cached_property
    def _own_page(self) -> re.Pattern[str]:
        host = self.settings.address.partition("://")[2]
        words = "|".join(re.escape(self.word(kind)) for kind in BY_NAME)
        return re.compile(rf"https?://{re.escape(host)}(?:{words})/([a-z0-9-]+)/?(?:[?#]|$)", re.IGNORECASE)

    def word(self, kind: str) -> str:
        """The first part of the addresses of a kind, such as "ideer"."""
        return BY_NAME[kind].words[self.settings.language]

    def referring(self, id: str) -> tuple[Mention, ...]:
        """Who refers to the entry, in the order of the paths."""
        return self._mentions.get(id, ())

    @property
    def referred(self) -> Collection[str]:
        """All ids that somebody refers to, whether there is such an entry or not."""
        return self._mentions.keys()

    def named(self, entry: Entry) -> Iterator[str]:
        """The ids of those whom the entry names and who are here; some more than once."""
        return (id_ for field in self.kept.named(entry) for id_ in field.ids if id_ in self.entries)

    def references(self, entry: Entry) -> Iterator[Ref]:
        return links.references(entry)

    def life(self, id: str) -> Life | None:
        """What git shows of the entry, or None where it is not in git."""
        return self.history.lives.get(id)

    def steps(self, entry: Entry) -> tuple[Step, ...]:
        """The stages that an idea came to, the oldest first: as stated in its file, then as git shows.

        A file that states its history was brought in, so the stage that it came in with is no step.
        """
        life = self.life(entry.id)
        shown = life.steps if life else ()
        if not entry.history:
            return shown
        stated = tuple(Step(str(step.stage), step.date, "", step.reason or "") for step in entry.history)
        seen = {(step.stage, step.day) for step in shown[1:]}
        return (*(step for step in stated if (step.stage, step.day) not in seen), *shown[1:])

    def is_internal(self, entry: Entry) -> bool:
        if entry.visibility:
            return entry.visibility == "internal"
        return self.settings.repository == "private" and entry.internal_by_default

    def is_embargoed(self, entry: Entry) -> bool:
        return bool(entry.publish_from) and str(entry.publish_from) > self.now.isoformat()

    def place(self, entry: Entry, *at: str | int) -> Place:
        """Where a field of the entry stands in its file; reads the file again."""
        if entry.path in self.tried:
            return self._place(entry, at)
        return self.kept.place(entry, at, self._place)

    def _place(self, entry: Entry, at: tuple[str | int, ...]) -> Place:
        if len(at) == 1:
            place = plain_place(self._data(entry), str(at[0]))
            if place is not None:
                return place
        source = self._source(entry)
        return source.place(*at) if source else Place()

    def body_place(self, entry: Entry, line: int, column: int) -> Place:
        """Where a spot of the entry's body stands in its file."""
        source = self._source(entry)
        return source.body_place(line, column) if source else Place()

    def link_place(self, entry: Entry, number: int) -> Place:
        """Where the entry's link number `number` (from 0) stands in its file."""
        from idesluss.body.places import places_of

        source = self._source(entry)
        if source is None:
            return Place()
        found = places_of(source.body.replace("\r\n", "\n")).links
        return source.body_place(*found[number]) if number < len(found) else Place(source.body_line, 1)

    def _source(self, entry: Entry) -> Source | None:
        return parse(entry.path, self._data(entry))[0]

    def _data(self, entry: Entry) -> bytes:
        data = self.tried.get(entry.path)
        if data is None:
            with suppress(OSError):  # it was there when it was read
                data = (self.root / entry.path).read_bytes()
        return data or b""

    def close(self, paths: Iterable[str]) -> Catalogue:
        """The catalogue without the entries of these files, which are then broken."""
        closed = set(paths)
        if not closed:
            return self
        gone = [entry for entry in self.entries.values() if entry.path in closed]
        broken = [Broken(entry.path, entry.kind, entry.id, self.address(entry.id)) for entry in gone]
        kept = {id: entry for id, entry in self.entries.items() if entry.path not in closed}
        return replace(
            self,
            entries=MappingProxyType(kept),
            broken=tuple(sorted({*self.broken, *broken})),
            closed=(*self.closed, *gone),
        )

    def for_audience(self, audience: Literal["public", "internal"], *, ahead: bool = False) -> Catalogue:
        """What this audience may see: the public gets no internal or embargoed entry and no private field.

        `ahead` keeps what is embargoed, for a draft of what comes out when the embargo ends. Its figures count all that
        there is, but tell of no small group of what it does not see.
        """
        if audience == "internal":
            return self._but(audience=audience, closed=())
        seen = {
            entry.id: self.kept.public(entry, self.settings)
            for entry in self.entries.values()
            if not self.is_internal(entry) and (ahead or not self.is_embargoed(entry))
        }
        figures = self.figures.public(seen.keys())
        return self._but(audience=audience, entries=MappingProxyType(seen), problems=(), closed=(), figures=figures)

    def with_lost(self, broken: tuple[Broken, ...], withdrawn: tuple[Broken, ...]) -> Catalogue:
        """The same catalogue with more known of its broken files, and of what has been public and is no more."""
        return self._but(broken=broken, withdrawn=withdrawn)

    def with_history(self, history: History) -> Catalogue:
        """The same catalogue with what git shows."""
        return self._but(history=history)

    def with_figures(self, figures: Figures) -> Catalogue:
        """The same catalogue with what was measured of it."""
        return self._but(figures=figures)

    def with_kept(self, kept: Kept) -> Catalogue:
        """The same catalogue with what is known of its entries already."""
        return self._but(kept=kept)

    def with_booklets(self, booklets: Mapping[str, Mapping[str, int]]) -> Catalogue:
        """The same catalogue with the booklets that are published."""
        return self._but(booklets=booklets)

    def _but(self, **changes: Any) -> Catalogue:
        """A changed copy; who refers to whom is not worked out again where no entry was taken out."""
        other = replace(self, **changes)
        if "_mentions" in vars(self) and len(other.entries) == len(self.entries):
            vars(other)["_mentions"] = self._mentions
        return other

    @cached_property
    def _mentions(self) -> Mapping[str, tuple[Mention, ...]]:
        return links.mentions((entry.id, self.kept.named(entry)) for entry in self.entries.values())

    @cached_property
    def uses(self) -> tuple[tuple[Entry, Use], ...]:
        """Every file of ideas/media/ that an entry names, and every picture that it shows from elsewhere."""
        return tuple((entry, use) for entry in self.entries.values() for use in media.uses(entry))

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[Entry, ...]]:
        found: dict[str, list[Entry]] = {kind.kind: [] for kind in KINDS}
        for entry in self.entries.values():
            found[entry.kind].append(entry)
        return {kind: tuple(entries) for kind, entries in found.items()}


def broken_of(path: str, settings: Settings) -> Broken | None:
    """What a file that could not be read would have been, by its path."""
    parts = path.split("/")
    kind = kind_of_folder(parts[1]) if len(parts) > 2 else None
    if kind is None:
        return None
    id = parts[-1].removesuffix(".md")
    return Broken(path, kind.kind, id, f"{kind.words[settings.language]}/{id}/")
