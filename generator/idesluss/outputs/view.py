"""A catalogue as pages show it: a card of each entry, links to it, and who uses or answers what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from idesluss import templates
from idesluss.artifact import same
from idesluss.kinds import BY_NAME
from idesluss.kinds.adoption import Adoption
from idesluss.kinds.case import Case
from idesluss.kinds.entry import Entry
from idesluss.kinds.event import Event
from idesluss.kinds.idea import Idea
from idesluss.kinds.need import Need
from idesluss.measures import terms
from idesluss.outputs import lock, media
from idesluss.outputs.cards import DATED, SAYS, STOPPED, came_in
from idesluss.outputs.wording import Wording
from idesluss.outputs.words import ADDRESS_WORDS
from idesluss.pictures import look_at
from idesluss.translate import gettext as _

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.environment import TemplateModule

    from idesluss.catalogue import Catalogue

Kind = TypeVar("Kind", bound=Entry)


class Shown(NamedTuple):
    """A piece of text on a page: where it leads ("" for nowhere), the day it is ("" for none), and a soft addition."""

    text: str
    href: str = ""
    stamp: str = ""
    note: str = ""


class Card(NamedTuple):
    """What lists and links show of an entry.

    `mark` is its stage or status in words, `tone` "good", "stop" or "", `note` a second line such as its unit. `stamp`
    is the date that it is sorted by, `when` that date in words where it says something. `used` counts who has taken a
    case over, `waits` says that a need has no answer. `picture` is a file of ideas/media/.
    """

    id: str
    kind: str
    title: str
    summary: str
    address: str
    mark: str
    tone: str
    note: str
    stamp: str
    when: str
    used: int
    waits: bool
    example: bool
    picture: str


class Adoptions(NamedTuple):
    """Who uses a case today, and whose word is too old or who no longer does; the newest word of each, newest first.

    `earlier` is what an adopter has told of the case before.
    """

    live: tuple[Adoption, ...]
    past: tuple[Adoption, ...]
    earlier: Mapping[str, tuple[Adoption, ...]]


@lru_cache(maxsize=8)
def view_of(catalogue: Catalogue, root: str = "../../") -> View:
    """The view that all outputs share, so that each card is made but once."""
    return View(catalogue, root)


class View:
    """The catalogue for pages that lie at one depth, from which `root` leads to the top; `say` has its words."""

    def __init__(self, catalogue: Catalogue, root: str = "../../") -> None:
        self.catalogue = catalogue
        self.settings = catalogue.settings
        self.root = root
        self.say = Wording(catalogue.settings)
        self.address_words = ADDRESS_WORDS[catalogue.settings.language]
        self.card = cache(self._card)
        self.link = cache(self._link)
        self.lock_pieces = cache(self._lock_pieces)
        self.dates: dict[str, tuple[str, str]] = {}
        self._template = cache(self._get_template)
        self._today = catalogue.now.isoformat()

    def _card(self, id: str) -> Card | None:
        """The card of an entry, or None if this audience has no such entry."""
        entry = self.catalogue.get(id)
        if entry is None:
            return None
        mark, tone, note, stamp = SAYS[entry.kind](self, entry)
        if entry.example and isinstance(entry, Case):
            mark = _("{mark} · invented").format(mark=mark)
        return Card(
            id=id,
            kind=entry.kind,
            title=entry.title,
            summary=entry.summary or "",
            address=self.catalogue.address(id),
            mark=mark,
            tone=tone,
            note=note,
            stamp=stamp,
            when=self.say.day(stamp) if stamp and entry.kind in DATED else "",
            used=len(self.adoptions(entry).live) if isinstance(entry, Case) else 0,
            waits=isinstance(entry, Need) and self.waits(entry),
            example=entry.example,
            picture=entry.image.file if entry.image else "",
        )

    def stamp(self, entry: Entry) -> str:
        """The date that an entry is sorted by, or ""."""
        return came_in(entry) if isinstance(entry, Idea) else SAYS[entry.kind](self, entry).stamp

    def cards(self, ids: Iterable[str]) -> list[Card]:
        """The cards of those entries that this audience has."""
        return [card for card in map(self.card, ids) if card]

    def _link(self, reference: str) -> Shown | None:
        """An entry's title as a link; None if this audience has no such entry; another instance's is plain text."""
        if ":" in reference:
            return Shown(reference)
        card = self.card(reference)
        return Shown(card.title, self.root + card.address) if card else None

    def links(self, references: Iterable[str]) -> tuple[Shown, ...]:
        return tuple(shown for shown in map(self.link, references) if shown)

    def referring(self, entry: Entry, kind: type[Kind], field: str) -> Iterator[Kind]:
        """The visible entries of a kind that refer to this one with a field."""
        for mention in self.catalogue.referring(entry.id):
            source = self.catalogue.get(mention.source) if mention.field == field else None
            if isinstance(source, kind):
                yield source

    def adoptions(self, case: Case) -> Adoptions:
        """Who has taken a case over."""
        told = sorted(self.referring(case, Adoption, "case"), key=lambda adoption: adoption.confirmed, reverse=True)
        live = tuple(one for one in told if self.is_live(one))
        past = tuple(one for one in told if not self.newer(one) and not self.is_live(one))
        earlier: dict[str, tuple[Adoption, ...]] = {}
        for one in told:
            if self.newer(one):
                earlier[one.by] = (*earlier.get(one.by, ()), one)
        return Adoptions(live, past, earlier)

    def taken_over(self, idea: Idea) -> Iterator[tuple[Case, Adoption]]:
        """The adoptions of good examples that came of an idea, whether they count as use or not."""
        for case in self.referring(idea, Case, "origin"):
            for adoption in self.referring(case, Adoption, "case"):
                yield case, adoption

    def is_live(self, adoption: Adoption) -> bool:
        """Whether an adoption counts as use: it is its adopter's newest word of the case, not too old, and no end."""
        return not self.newer(adoption) and terms.is_live(adoption, self.catalogue.now)

    def newer(self, adoption: Adoption) -> Adoption | None:
        """The newest word of the adopter of the same case, if it is another than this."""
        newest = self._newest_words[adoption.case, adoption.by]
        return None if newest.id == adoption.id else newest

    @cached_property
    def _newest_words(self) -> Mapping[tuple[str, str], Adoption]:
        adoptions = (entry for entry in self.catalogue.of("adoption") if isinstance(entry, Adoption))
        return {(one.case, one.by): one for one in terms.newest_words(adoptions)}

    def is_lapsed(self, confirmed: str) -> bool:
        """Whether it is too long since somebody confirmed it."""
        return terms.is_lapsed(confirmed, self.catalogue.now)

    def is_coming(self, event: Event) -> bool:
        """Whether an event has not ended."""
        return not self.is_past(event.end or event.date)

    def is_past(self, day: str) -> bool:
        """Whether a day, month or year is over."""
        return day < self._today[: len(day)]

    def waits(self, need: Need) -> bool:
        """Whether a need has neither an idea on its way nor an example that works."""
        ideas = self.referring(need, Idea, "needs")
        cases = self.referring(need, Case, "needs")
        return all(idea.stage in STOPPED for idea in ideas) and all(case.status == "failed" for case in cases)

    def kind_address(self, kind: str) -> str:
        """Where the list of a kind lies, from the top of the site."""
        return f"{BY_NAME[kind].words[self.settings.language]}/"

    @cached_property
    def files(self) -> frozenset[str]:
        """The files of ideas/media/ that are published."""
        return media.published(self.catalogue)

    @cached_property
    def pictures(self) -> frozenset[str]:
        """Those of them that a page can show; the others are documents, to be downloaded."""
        root = self.catalogue.root
        return frozenset(file for file in self.files if look_at(root, file).type in media.FORMATS)

    @cached_property
    def shown_pictures(self) -> str:
        """A name for `Artifact.reads` of what shows the pictures of many entries: which of these there are."""
        return same(sorted(self.pictures))

    def render(self, name: str, context: dict[str, Any]) -> str:
        """The page that a template makes of its context, with the macros of parts/entry.html as `parts`."""
        context["parts"] = self._parts
        return self._template(name).render(context)

    @cached_property
    def _parts(self) -> TemplateModule:
        return self._template("parts/entry.html").module

    def _get_template(self, name: str) -> Template:
        return templates.environment(self.catalogue.root, self.settings.language).get_template(name)

    def _lock_pieces(self, looks: tuple[tuple[str, str, bool], ...], aside: str) -> tuple[list[str], list[int]]:
        """The drawing of a lock that looks so, cut where the dates stand."""
        marked = lock.marked(looks)
        drawing = self._template("parts/lock.html").module.lock_of_idea(marked, aside)  # type: ignore[attr-defined]
        return lock.pieces_of(drawing)
