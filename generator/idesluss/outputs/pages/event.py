"""The page of an event: its programme, the examples shown, and the figures against the plan."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import quote

from idesluss.kinds.event import Event, Organisations, Participants, Slot
from idesluss.outputs import media
from idesluss.outputs.answers import answers
from idesluss.outputs.calendars import calendar_address, has_day
from idesluss.outputs.pages.layout import Figure
from idesluss.outputs.view import Card, Shown, View
from idesluss.problem import N_
from idesluss.translate import gettext as _

ELSEWHERE = frozenset(
    {
        "type", "date", "end", "place", "programme", "organisations", "participants", "rating", "booklet", "materials",
        "series",
    }
)  # fmt: skip

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "epub": N_("EPUB for phones and reading devices"),
        "html": N_("web page in one file"),
        "docx": N_("Word document to edit"),
    }
)
"""What each format of a booklet is, beside PDF."""


class Row(NamedTuple):
    """One item of the programme."""

    time: str
    title: str
    cases: tuple[Shown, ...]
    by: str
    length: str


def context(view: View, event: Event) -> dict[str, Any]:
    figures = [Figure(_("Date"), view.say.days(event.date, event.end))]
    if event.place:
        figures.append(Figure(_("Place"), event.place))
    for label, counted in ((_("Participants"), event.participants), (_("Organisations"), event.organisations)):
        figures += [_counted(view, label, counted)] if counted else []
    shown = {id_ for slot in event.programme for id_ in slot.cases}
    booklet = event.booklet.cases if event.booklet else ()
    return {
        "figures": [figure for figure in figures if figure.value],
        "type": view.say.label("type", event.type),
        "calendar": view.root + calendar_address(view, event) if has_day(event) and view.is_coming(event) else "",
        "book": _book(view, event),
        "more_books": _more_books(view, event),
        "days": _days(view, event),
        "answers": answers(view, event),
        "cases": view.cards(id_ for id_ in booklet if id_ not in shown),
        "any_shown": bool(shown),
        "rating": [
            (told.question, view.say.percent(told.share), "" if told.n is None else view.say.number(told.n))
            for told in event.rating
        ],
        "series": _series(view, event),
        "materials": [
            (file.rpartition("/")[2], quote(media.address_of(view.catalogue.root, file)))
            for file in event.materials
            if file in view.files
        ],
    }


def _book(view: View, event: Event) -> Shown | None:
    """The event's booklet beside its page, with how large it is; what it was checked with lies beside it."""
    size = view.catalogue.booklets.get(event.id, {}).get("pdf")
    if size is None:
        return None
    note = _("PDF, {size} MB, tagged for screen readers").format(size=_megabytes(view, size))
    return Shown(_("Download the booklet"), f"{event.id}.pdf", note=note)


def _more_books(view: View, event: Event) -> list[Shown]:
    """The same booklet in other formats, each with what it is for and how large it is."""
    sizes = view.catalogue.booklets.get(event.id, {})
    return [
        Shown(_(FORMATS[ending]), f"{event.id}.{ending}", note=f"{_megabytes(view, size)} MB")
        for ending, size in sizes.items()
        if ending in FORMATS
    ]


def _megabytes(view: View, size: int) -> str:
    return view.say.decimal(max(0.1, round(size / 1_000_000, 1)))


def _days(view: View, event: Event) -> list[tuple[str, list[Row]]]:
    """The programme day by day; of a single day the name is left out."""
    days = event.days()
    return [
        (view.say.day(day) if len(days) > 1 else "", [_row(view, slot) for slot in slots])
        for day, slots in days.items()
    ]


def _counted(view: View, label: str, counted: Participants | Organisations) -> Figure:
    """How many came, against the plan."""
    came, planned = counted.came, counted.planned
    if came is None:
        return Figure(label, view.say.number(planned) if planned is not None else "", _("planned"))
    note = _("planned: {number}").format(number=view.say.number(planned)) if planned is not None else ""
    return Figure(label, view.say.number(came), note)


def _row(view: View, slot: Slot) -> Row:
    length = _("{number} min").format(number=slot.length) if slot.length is not None else ""
    return Row(slot.time.replace(".", ":"), slot.title, view.links(slot.cases), slot.presenter_role or "", length)


def _series(view: View, event: Event) -> list[Card]:
    """The other events of the same series, the newest first."""
    events = [one for one in view.catalogue.of("event") if isinstance(one, Event) and one.id != event.id]
    same = [one for one in events if event.series and one.series == event.series]
    return view.cards(one.id for one in sorted(same, key=lambda one: one.date, reverse=True))
