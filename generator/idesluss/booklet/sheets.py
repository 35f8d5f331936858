"""What an event needs on paper beside its book: a programme for the wall, and a card for the moderator of each item."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from idesluss import translate, typeset
from idesluss.booklet.chapters import Data, chapter
from idesluss.booklet.contents import contents, settable
from idesluss.booklet.edition import Edition
from idesluss.booklet.making import Book, inaccessible, unset, unsettable
from idesluss.booklet.pictures import code
from idesluss.booklet.sealed import sealed
from idesluss.booklet.selection import MANUAL
from idesluss.booklet.structure import seen
from idesluss.booklet.tree import line, words_of
from idesluss.kinds.case import Case
from idesluss.kinds.event import Slot
from idesluss.problem import Problem, Severity, text
from idesluss.translate import gettext as _
from idesluss.web_address import for_people

DRAWING = "code.svg"


def programme(edition: Edition) -> Book:
    """The programme on A4, each day on pages of its own, to be read from a few steps away."""
    return _spoken(edition, "programme", lambda: _wall(edition))


def cards(edition: Edition) -> Book:
    """A card on A5 for each item of the programme: when, who, what to know, and what comes next."""
    return _spoken(edition, "cards", lambda: {**_wall(edition), "cards": list(_cards(edition))})


def _spoken(edition: Edition, template: str, data: Any) -> Book:
    used = translate.used()
    translate.use(edition.language)
    try:
        return _made(edition, template, data())
    finally:
        translate.use(used)


def _made(edition: Edition, template: str, data: Data) -> Book:
    event, root = edition.event, edition.catalogue.root
    if not event.programme:
        place = edition.catalogue.place(event, "date")
        message, hint = text("the event has no programme"), text("write it under `programme`, with `time` and `title`")
        return Book({}, (Problem(event.path, place, MANUAL, Severity.ERROR, message, hint),))
    problems = [replace(one, severity=Severity.WARNING) for one in unsettable(edition, event, data)]
    made = typeset.pdf(root, template, settable(edition, data), {DRAWING: code(data["address"])}, made=edition.made)
    if isinstance(made, typeset.Unset):
        return Book({}, (*problems, unset(event, made)))
    sheets = sealed(made)
    look = seen(sheets)
    faults = (inaccessible(event, fault) for fault in look.faults)
    return Book({f"{event.id}-{template}.pdf": sheets}, (*problems, *faults), look.pages)


def _wall(edition: Edition) -> Data:
    address = edition.catalogue.settings.address + edition.catalogue.address(edition.event.id)
    words = {
        "time": _("Time"),
        "what": _("What"),
        "who": _("Who"),
        "code": _("QR code for {address}").format(address=for_people(address)),
        "next": _("Next"),
        "last": _("Last on the programme"),
        "hard": _("What was hard"),
    }
    front = contents(replace(edition, selection=edition.selection._replace(cases=_shown(edition))), [])
    kept = {key: front[key] for key in ("language", "title", "kind", "where", "portal", "colours")}
    days = list(front["programme"]) or []
    return {
        **kept,
        "title": line(edition.event.title),
        "days": days,
        "words": words,
        "address": address,
        "visible": for_people(address),
    }


def _shown(edition: Edition) -> tuple[Case, ...]:
    """The examples of the programme that the audience may see."""
    found = (edition.catalogue.get(id_) for slot in edition.event.programme for id_ in slot.cases)
    return tuple({case.id: case for case in found if isinstance(case, Case)}.values())


def _cards(edition: Edition) -> Iterator[Data]:
    slots = [slot for day in edition.event.days().values() for slot in day]
    shown = {case.id: case for case in _shown(edition)}
    first = edition.event.date
    for slot, after in zip(slots, (*slots[1:], None), strict=False):
        same_day = after is not None and (after.day or first) == (slot.day or first)
        yield {
            "day": edition.view.say.day(slot.day or edition.event.date),
            "time": slot.time.replace(".", ":"),
            "until": _until(slot),
            "title": line(slot.title),
            "by": line(slot.presenter_role or ""),
            "next": f"{after.time.replace('.', ':')} {line(after.title)}" if after and same_day else "",
            "cases": [_told(edition, shown[id_]) for id_ in slot.cases if id_ in shown],
        }


def _told(edition: Edition, case: Case) -> Data:
    """What a moderator is to know of an example."""
    told = chapter(edition, case, 0)
    hard = case.section("challenges")
    first = next((one for part in told["parts"] if part["key"] == "challenges" for one in part["blocks"]), None)
    words = "".join(map(words_of, first["c"])) if hard and first and first["t"] == "p" else ""
    kept = {key: told[key] for key in ("title", "mark", "organisation", "summary", "visible")}
    return {**kept, "hard": line(words), "facts": told["figures"][:1]}


def _until(slot: Slot) -> str:
    """When an item ends, if it says how long it is."""
    if slot.length is None:
        return ""
    hour, minute = map(int, slot.time.replace(".", ":").split(":"))
    start = datetime.datetime(2000, 1, 1, hour, minute, tzinfo=datetime.UTC)
    return (start + datetime.timedelta(minutes=slot.length)).strftime("%H:%M")
