"""The page of a good example: what it gave in half a minute, what must be kept, and who uses it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from idesluss.body.parts import plain, unheaded
from idesluss.kinds.adoption import Adoption
from idesluss.kinds.case import Case
from idesluss.kinds.need import Need
from idesluss.outputs.cards import CASE_MARKS
from idesluss.outputs.facts import contact, rows
from idesluss.outputs.pages.layout import Figure
from idesluss.outputs.picture_cards import shortened
from idesluss.outputs.prose import on_page
from idesluss.outputs.provenance import confirmed, provenance
from idesluss.outputs.results import results
from idesluss.outputs.view import Shown, View
from idesluss.sheet import is_stopped
from idesluss.translate import gettext as _
from idesluss.translate import ngettext

ELSEWHERE = frozenset(
    {
        "organisation", "type", "status", "core", "adaptable", "effects", "cost", "time_to_use", "prerequisites",
        "legal", "equality", "review", "evidence", "last_confirmed", "contact", "source",
    }
)  # fmt: skip
GROUPED_ELSEWHERE = frozenset({("adoption", "case")})
AFTERWARDS = frozenset({"lessons", "adoption"})
"""Sections that have their own place on the page."""
_COUNTED = re.compile(r"[-−–]?\d")  # noqa: RUF001 - people write minus with other signs too
KEPT = "must-be-kept"
"""The id of what must be kept, whole, further down on the page."""
POINTS, POINT, HARD = 3, 76, 190
"""What the first screen has room for: points of what must be kept, letters of each, and letters of what was hard."""


def steps(*, stopped: bool, kept: bool) -> tuple[str, ...]:
    """How to take an example over, where it does not say itself."""
    if stopped:
        return (
            _("Read what was hard, and what was learnt."),
            _("Ask yourselves what is different with you."),
            _("Test it small, with a limit that you set first."),
        )
    return (
        *((_("Read what must be kept."),) if kept else ()),
        _("Choose where you begin."),
        _("Tell that you begin, and you show up here."),
    )


class Short(NamedTuple):
    """An answer of the first screen: its label, its points, where the whole of it stands, and how many more."""

    label: str
    points: tuple[str, ...]
    href: str
    more: int = 0


class User(NamedTuple):
    """Somebody who has taken the example over, and what they have told of it before."""

    by: Shown
    says: str
    earlier: tuple[Shown, ...] = ()


def context(view: View, case: Case) -> dict[str, Any]:
    """What the page's template needs beside the frame."""
    used = view.adoptions(case)
    lessons = case.section("lessons")
    how = case.section("adoption")
    stopped = is_stopped(case)
    sections = _sections(view, case)
    return {
        "mark": _(CASE_MARKS[case.status][0]),
        "tone": CASE_MARKS[case.status][1],
        "organisation": view.link(case.organisation),
        "type": view.say.label("type", case.type),
        "for_whom": _for_whom(view, case),
        "figures": (_effect(view, case), _cost(view, case), _time(case), _used(view, used.live, used.past)),
        "before": on_page(view, case.body.lead),
        "first": sections[:1],
        "sections": sections[1:],
        "lessons": (lessons.anchor, lessons.title, on_page(view, lessons.html)) if lessons else None,
        "notes": on_page(view, case.body.notes),
        "take_over": (how.anchor, on_page(view, how.html)) if how else None,
        "stopped": stopped,
        "spread": f"{view.address_words['spread']}/",
        "steps": steps(stopped=stopped, kept=bool(case.core)),
        "effects": results(view, case.effects),
        "needed": rows(view, case, "prerequisites", "legal", "equality"),
        "users": tuple(_user(view, adoption, used.earlier) for adoption in used.live),
        "past_users": tuple(_user(view, adoption, used.earlier, past=True) for adoption in used.past),
        "shorts": tuple(filter(None, (_kept(case), _hard(case)))),
        "kept": KEPT,
        "contact": contact(case.contact) if case.contact else None,
        "provenance": provenance(view, case),
        "sure": (provenance(view, case)[0], confirmed(view, case)),
    }


def _kept(case: Case) -> Short | None:
    """What must be kept, in a line for each point."""
    if not case.core:
        return None
    points = tuple(shortened(" ".join(text.split()), POINT) for text in case.core[:POINTS])
    return Short(_("Must be kept"), points, f"#{KEPT}", len(case.core) - len(points))


def _hard(case: Case) -> Short | None:
    """What was hard, in its first sentences."""
    section = case.section("challenges")
    before = section.html.partition("<h")[0] if section else ""
    told = plain(before) or plain(unheaded(section.html) if section else "")
    return Short(_("What was hard"), (shortened(told, HARD),), f"#{section.anchor}") if section and told else None


def _sections(view: View, case: Case) -> list[tuple[str, str, str]]:
    """The sections without a place of their own on the page, as (anchor, title, HTML)."""
    return [
        (section.anchor, section.title, on_page(view, section.html))
        for section in case.body.sections
        if section.key not in AFTERWARDS
    ]


def _for_whom(view: View, case: Case) -> str:
    """Whom the needs that it meets affect."""
    needs = [view.catalogue.get(need) for need in case.needs]
    whom = [need.affected.whom for need in needs if isinstance(need, Need) and need.affected]
    return "; ".join(dict.fromkeys(whom))


def _effect(view: View, case: Case) -> Figure:
    label = _("Effect")
    told = next((effect for effect in case.effects if effect.result), None)
    if told is None:
        return Figure(label, _("not measured"))
    before, after = (str(value or "").partition(" (")[0] for value in (told.baseline, told.result))
    is_counted = all(_COUNTED.match(told) for told in (before, after))
    value = _("from {before} to {after}").format(before=before, after=after) if is_counted else after
    notes = [told.measure] + ([view.say.day(told.date)] if told.date else [])
    return Figure(label, value, ", ".join(notes))


def _cost(view: View, case: Case) -> Figure:
    label = _("Cost")
    cost = case.cost
    said: list[str] = []
    if cost and cost.introduce is not None:
        said.append(_("{amount} to introduce").format(amount=view.say.kronor(cost.introduce)))
    if cost and cost.run_per_year is not None:
        said.append(_("{amount} a year").format(amount=view.say.kronor(cost.run_per_year)))
    if cost and cost.hours is not None:
        hours = ngettext("{number} hour of work", "{number} hours of work", cost.hours)
        said.append(hours.format(number=view.say.number(cost.hours)))
    return Figure(label, said[0] if said else _("not stated"), ", ".join(said[1:]))


def _time(case: Case) -> Figure:
    return Figure(_("Time until in use"), case.time_to_use or _("not stated"))


def _used(view: View, live: tuple[Adoption, ...], past: tuple[Adoption, ...]) -> Figure:
    label = _("Used by others")
    if not live:
        return Figure(label, _("nobody known now") if past else _("nobody yet"))
    names = [shown.text for shown in (view.link(adoption.by) for adoption in live[:3]) if shown]
    places = _("{number} places").format(number=len(live)) if len(live) > 1 else _("one place")
    return Figure(label, places, ", ".join(names))


def _user(view: View, adoption: Adoption, earlier: Mapping[str, tuple[Adoption, ...]], *, past: bool = False) -> User:
    phase = view.say.label("phase", adoption.phase)
    says = [view.say.label("degree", adoption.degree), phase.lower()]
    line = _("confirmed {date}") if not past or adoption.phase == "ended" else _("not confirmed since {date}")
    says.append(line.format(date=view.say.day(adoption.confirmed)))
    by = view.link(adoption.by)
    name = by.text if by else adoption.title
    before = tuple(_to(view, one, one.title) for one in earlier.get(adoption.by, ()))
    return User(_to(view, adoption, name), ", ".join(says), before)


def _to(view: View, adoption: Adoption, text: str) -> Shown:
    return Shown(text, view.root + view.catalogue.address(adoption.id))
