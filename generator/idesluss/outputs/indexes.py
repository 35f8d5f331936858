"""A list for every kind: ideas by stage, good examples by how they went, events by date, the others by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from idesluss.artifact import Artifact
from idesluss.kinds import KINDS
from idesluss.kinds.entry import Entry
from idesluss.kinds.words import VALUES
from idesluss.outputs import listing
from idesluss.outputs.listing import Heading, Listing, alphabetical
from idesluss.outputs.view import View, view_of
from idesluss.problem import N_
from idesluss.stages import STAGES
from idesluss.translate import gettext as _

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

SUMMARIES: Mapping[str, str] = MappingProxyType(
    {
        "idea": N_("The ideas, by where they are in the lock. Those that stopped are here too, with what was learnt."),
        "need": N_("Problems worth an idea. Those that still wait for one come first."),
        "case": N_("What others have done, what it gave, and what must be kept. What did not work is here too."),
        "adoption": N_("Good examples that somebody else has taken over, told by those who did."),
        "method": N_("Ways of working that help an idea along, with when and how to use them."),
        "barrier": N_("What stands in the way of ideas, and what is being done about it."),
        "unit": N_("Where ideas come from and are taken into use."),
        "coach": N_("Those who take care of your idea."),
        "actor": N_("Others to work with: what they offer, and where they have taken part."),
        "goal": N_("What the ideas are to lead to, and how far it has come."),
        "event": N_("Meetings where what worked is passed on."),
        "project": N_("Projects that built or paid for something here."),
    }
)
FURTHER_READS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "idea": ("kind:unit",),
        "need": ("kind:unit", "kind:idea", "kind:case"),
        "case": ("kind:unit", "kind:actor", "kind:adoption"),
        "adoption": ("kind:unit", "kind:actor"),
        "project": ("kind:unit", "kind:actor"),
    }
)
"""The other kinds that stand on the cards of a kind, such as the unit of an idea."""

Sort = Callable[[View, Sequence[Any]], Iterable[Heading]]


def index_pages(catalogue: Catalogue) -> Iterator[Artifact]:
    """The lists of all kinds."""
    view = view_of(catalogue)
    for kind in KINDS:
        yield from listing.artifacts(view, index_of(view, kind.kind))


def index_of(view: View, kind: str) -> Listing:
    """The list of a kind."""
    told = listing_of(view, kind, view.catalogue.of(kind))
    address, title = view.kind_address(kind), view.say.plural(kind)
    return replace(told, address=address, section=kind, title=title, summary=_(SUMMARIES[kind]), followed=True)


def listing_of(view: View, kind: str, entries: Sequence[Entry]) -> Listing:
    """Entries of a kind as a list in the order of that kind, still without an address and a name."""
    return Listing(
        number=len(entries),
        sort=lambda: [heading for heading in SORTS[kind](view, entries) if heading.ids],
        reads=(f"kind:{kind}", *FURTHER_READS.get(kind, ())),
        page_word=view.address_words["page"],
        look="cards" if kind == "case" else "list",
    )


def by_title(entries: Iterable[Entry]) -> list[str]:
    return [entry.id for entry in sorted(entries, key=lambda entry: alphabetical(entry.title))]


def newest(view: View, entries: Iterable[Entry]) -> list[str]:
    """The ids by date, the newest first; those of one day in the order of their paths."""
    dated = [(view.stamp(entry), entry.id) for entry in entries]
    return [id_ for _date, id_ in sorted(dated, key=itemgetter(0), reverse=True)]


def _ideas(view: View, entries: Sequence[Any]) -> Iterator[Heading]:
    at: dict[str, list[Entry]] = {stage: [] for stage in STAGES}
    for idea in entries:
        at[idea.stage].append(idea)
    for stage, ideas in at.items():
        yield Heading(f"stage-{stage}", view.say.stage(stage), newest(view, ideas))


def _cases(view: View, entries: Sequence[Any]) -> Iterator[Heading]:
    for status in ("in_use", "pilot", "ended", "failed"):
        chosen = [case for case in entries if case.status == status]
        yield Heading(f"status-{status}", view.say.label("status", status), newest(view, chosen))


def _needs(view: View, entries: Sequence[Any]) -> Iterator[Heading]:
    waiting = [need for need in entries if view.waits(need)]
    yield Heading("waiting", _("Wait for an idea"), by_title(waiting))
    answered = [need for need in entries if not view.waits(need)]
    yield Heading("answered", _("Have an idea or an example"), by_title(answered))


def _events(view: View, entries: Sequence[Any]) -> Iterator[Heading]:
    coming = [event for event in entries if view.is_coming(event)]
    yield Heading("coming", _("Coming"), newest(view, coming)[::-1])
    yield Heading("past", _("Past"), newest(view, [event for event in entries if not view.is_coming(event)]))


def _adoptions(view: View, entries: Sequence[Any]) -> Iterator[Heading]:
    live = [one for one in entries if view.is_live(one)]
    past = [one for one in entries if not view.is_live(one)]
    yield Heading("current", _("In use, or on the way"), newest(view, live))
    yield Heading("lapsed", _("No longer used, or not confirmed for two years"), newest(view, past))


def _projects(view: View, entries: Sequence[Any]) -> Iterator[Heading]:
    yield Heading("", "", newest(view, entries))


def _all_by_title(_view: View, entries: Sequence[Any]) -> Iterator[Heading]:
    yield Heading("", "", by_title(entries))


def _by(field: str) -> Sort:
    """A list under the values of a field, in the order of the table of values."""

    def sort(view: View, entries: Sequence[Any]) -> Iterator[Heading]:
        for value in VALUES:
            chosen = [entry for entry in entries if getattr(entry, field) == value]
            if chosen:
                yield Heading(f"{field}-{value.replace('_', '-')}", view.say.label(field, value), by_title(chosen))

    return sort


SORTS: Mapping[str, Sort] = MappingProxyType(
    {
        "idea": _ideas,
        "need": _needs,
        "case": _cases,
        "adoption": _adoptions,
        "method": _all_by_title,
        "barrier": _by("status"),
        "unit": _by("type"),
        "coach": _all_by_title,
        "actor": _by("sector"),
        "goal": _by("level"),
        "event": _events,
        "project": _projects,
    }
)
