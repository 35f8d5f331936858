"""The start page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from idesluss.artifact import Artifact, Page
from idesluss.kinds.case import Case
from idesluss.kinds.event import Event
from idesluss.kinds.idea import Idea
from idesluss.kinds.need import Need
from idesluss.outputs import linked, measures, news
from idesluss.outputs.calendars import calendar_address, has_day
from idesluss.outputs.cards import CASE_MARKS
from idesluss.outputs.indexes import index_of, newest
from idesluss.outputs.listing import pictured
from idesluss.outputs.picture_cards import portal_head
from idesluss.outputs.themes import READS, members_of, theme_address
from idesluss.outputs.view import Card, View, view_of
from idesluss.problem import N_
from idesluss.stages import CHAMBERS

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

LISTED = ("case", "idea", "need", "event")
CASES, NEEDS, IDEAS = 3, 5, 6
"""So many of each stand on the start page."""
FIGURES = (
    N_("Taken into use"),
    N_("With the benefit confirmed"),
    N_("Taken over by others, in use"),
    N_("Stopped, with what was learnt"),
)
"""The figures under the lock, by their labels among `measures.HEADLINES`."""


def start_page(catalogue: Catalogue) -> Iterator[Artifact]:
    """The page at the top of the site."""
    view = view_of(catalogue, "")
    yield Artifact("index.html", (*READS, view.shown_pictures, "commit", "figures"), partial(_page, view))


def _page(view: View) -> Page:
    settings = view.settings
    body = view.render("pages/start.html", context(view))
    description = settings.description or settings.name
    return Page(settings.name, description, "", body, portal_head(view, description), data=linked.of_portal(view))


def context(view: View) -> dict[str, Any]:
    """What the start page's template reads."""
    catalogue, settings = view.catalogue, view.settings
    ideas = [entry for entry in catalogue.of("idea") if isinstance(entry, Idea)]
    needs = [entry for entry in catalogue.of("need") if isinstance(entry, Need)]
    counts = {stage.name: 0 for stage in CHAMBERS}
    for idea in ideas:
        if idea.stage in counts:
            counts[idea.stage] += 1
    places = index_of(view, "idea").places
    ideas_at = view.kind_address("idea")
    members = members_of(catalogue)
    event = _next_event(view)
    return {
        "settings": settings,
        "chambers": [
            (view.say.stage(name), count, places.get(f"stage-{name}", ideas_at)) for name, count in counts.items()
        ],
        "total": sum(counts.values()),
        "only_open": settings.repository == "private" and catalogue.audience == "public",
        "figures": [(label, value) for label, value, _note in measures.headlines(view, *FIGURES)],
        "all_figures": measures.address(view) if catalogue.figures.keys else "",
        "cases": _cases(view),
        "needs": view.cards(islice((need.id for need in needs if view.waits(need)), NEEDS)),
        "ideas": view.cards(newest(view, ideas)[:IDEAS]),
        "event": view.card(event.id) if event else None,
        "themes": [
            (theme.title, theme_address(view, theme.id), number)
            for theme in view.settings.themes
            if (number := sum(map(len, members[theme.id].values())))
        ],
        "lists": {
            **{kind: view.kind_address(kind) for kind in LISTED},
            "theme": theme_address(view),
            "news": news.address(view),
        },
        "search": f"{view.address_words['search']}/",
        "has_programme": bool(event and event.programme),
        "calendar": calendar_address(view, event) if event and has_day(event) else "",
        "version": catalogue.commit[:7],
        "day": view.say.day(catalogue.now.isoformat()),
        "url": str,
        "picture": pictured(view, ""),
    }


def _cases(view: View) -> list[Card]:
    """The newest examples; one that did not work is always among them, if there is any."""
    cases = view.catalogue.of("case")
    order = newest(view, cases)
    stopped = {case.id for case in cases if isinstance(case, Case) and CASE_MARKS[case.status][1] == "stop"}
    failed = [id_ for id_ in order if id_ in stopped][:1]
    return view.cards([id_ for id_ in order if id_ not in failed][: CASES - len(failed)] + failed)


def _next_event(view: View) -> Event | None:
    """The mashup that comes next."""
    events = [entry for entry in view.catalogue.of("event") if isinstance(entry, Event)]
    ids = newest(view, [event for event in events if event.type == "mashup" and view.is_coming(event)])
    return next((event for event in events if ids and event.id == ids[-1]), None)
