"""The start page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from idesluss.artifact import Artifact, Page
from idesluss.kinds.case import Case
from idesluss.kinds.event import Event
from idesluss.kinds.idea import Idea
from idesluss.kinds.need import Need
from idesluss.outputs.cards import CASE_MARKS, STOPPED
from idesluss.outputs.indexes import index_of, newest
from idesluss.outputs.listing import pictured
from idesluss.outputs.themes import READS, members_of, theme_address
from idesluss.outputs.view import Card, View, view_of
from idesluss.stages import CHAMBERS
from idesluss.translate import gettext as _

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

LISTED = ("case", "idea", "need", "event")
CASES, NEEDS, IDEAS = 3, 5, 6
"""So many of each stand on the start page."""


class Count(NamedTuple):
    """A figure: what it counts, and how many."""

    label: str
    value: str


def start_page(catalogue: Catalogue) -> Iterator[Artifact]:
    """The page at the top of the site."""
    yield Artifact("index.html", (*READS, "commit"), partial(_page, view_of(catalogue, "")))


def _page(view: View) -> Page:
    settings = view.settings
    body = view.render("pages/start.html", context(view))
    return Page(settings.name, settings.description or settings.name, "", body)


def context(view: View) -> dict[str, Any]:
    """What the start page's template reads."""
    catalogue = view.catalogue
    ideas = [entry for entry in catalogue.of("idea") if isinstance(entry, Idea)]
    needs = [entry for entry in catalogue.of("need") if isinstance(entry, Need)]
    counts = {stage.name: 0 for stage in CHAMBERS}
    for idea in ideas:
        if idea.stage in counts:
            counts[idea.stage] += 1
    places = index_of(view, "idea").places
    ideas_at = view.kind_address("idea")
    members = members_of(catalogue)
    return {
        "settings": view.settings,
        "chambers": [
            (view.say.stage(name), count, places.get(f"stage-{name}", ideas_at)) for name, count in counts.items()
        ],
        "total": sum(counts.values()),
        "figures": figures(view, ideas),
        "cases": _cases(view),
        "needs": view.cards(islice((need.id for need in needs if view.waits(need)), NEEDS)),
        "ideas": view.cards(newest(view, ideas)[:IDEAS]),
        "event": _next_event(view),
        "themes": [
            (theme.title, theme_address(view, theme.id), sum(map(len, members[theme.id].values())))
            for theme in view.settings.themes
        ],
        "lists": {**{kind: view.kind_address(kind) for kind in LISTED}, "theme": theme_address(view)},
        "search": f"{view.address_words['search']}/",
        "calendar": "",
        "version": catalogue.commit[:7],
        "day": view.say.day(catalogue.now.isoformat()),
        "url": str,
        "picture": pictured(view, ""),
    }


def figures(view: View, ideas: list[Idea]) -> list[Count]:
    """What can be counted here and now; a figure of nought says nothing, and is left out."""
    cases = [entry for entry in view.catalogue.of("case") if isinstance(entry, Case)]
    counted: tuple[tuple[str, int], ...] = (
        (_("Ideas taken into use"), sum(idea.stage in ("implemented", "verified") for idea in ideas)),
        (_("With the benefit confirmed"), sum(idea.stage == "verified" for idea in ideas)),
        (_("Taken over by others, in use"), sum(len(view.adoptions(case).live) for case in cases)),
        (_("Stopped, with what was learnt"), sum(idea.stage in STOPPED and bool(idea.lesson) for idea in ideas)),
    )
    return [Count(label, view.say.number(number)) for label, number in counted if number]


def _cases(view: View) -> list[Card]:
    """The newest examples; one that did not work is always among them, if there is any."""
    cases = view.catalogue.of("case")
    order = newest(view, cases)
    stopped = {case.id for case in cases if isinstance(case, Case) and CASE_MARKS[case.status][1] == "stop"}
    failed = [id_ for id_ in order if id_ in stopped][:1]
    return view.cards([id_ for id_ in order if id_ not in failed][: CASES - len(failed)] + failed)


def _next_event(view: View) -> Card | None:
    """The mashup that comes next."""
    events = [entry for entry in view.catalogue.of("event") if isinstance(entry, Event)]
    ids = newest(view, [event for event in events if event.type == "mashup" and view.is_coming(event)])
    return view.card(ids[-1]) if ids else None
