"""What a card says of an entry beside its title, kind by kind: a mark, how grave it is, a second line and a date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from idesluss.kinds.adoption import Adoption
from idesluss.kinds.barrier import Barrier
from idesluss.kinds.case import Case
from idesluss.kinds.event import Event
from idesluss.kinds.idea import Idea
from idesluss.kinds.method import Method
from idesluss.kinds.need import Need
from idesluss.kinds.project import Project
from idesluss.problem import N_
from idesluss.translate import gettext as _

if TYPE_CHECKING:
    from idesluss.outputs.wording import Wording

CASE_MARKS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "in_use": (N_("Good example"), "good"),
        "pilot": (N_("Good example, still a pilot"), "good"),
        "ended": (N_("Good example, ended"), "good"),
        "failed": (N_("Tried, did not work"), "stop"),
    }
)
DATED = frozenset({"idea", "case", "adoption", "event"})
"""Kinds whose cards show their date; the others are only sorted by it."""
STOPPED = frozenset({"closed", "withdrawn"})


class Speaker(Protocol):
    """What the marks need of a view: its words, and an entry's title as a link, or None where it is not to be seen."""

    @property
    def say(self) -> Wording: ...

    @property
    def link(self) -> Callable[[str], Any]: ...


class Say(NamedTuple):
    """A card's mark, tone ("good", "stop" or ""), second line, and the date that it is sorted by."""

    mark: str = ""
    tone: str = ""
    note: str = ""
    stamp: str = ""


def came_in(idea: Idea) -> str:
    """When an idea came in, as exactly as it is known: from its door, its stated history or its folder."""
    if idea.handed_in:
        return idea.handed_in.at
    stated = min((step.date for step in idea.history), key=lambda date: f"{date}-99-99"[:10], default="")
    return stated or idea.path.split("/")[1]


def _title(view: Speaker, reference: str | None) -> str:
    shown = view.link(reference) if reference else None
    return shown.text if shown else ""


def _idea(view: Speaker, idea: Idea) -> Say:
    tone = "stop" if idea.stage in STOPPED else "good" if idea.stage in ("implemented", "verified") else ""
    return Say(view.say.stage(idea.stage), tone, _title(view, idea.unit), came_in(idea))


def _case(view: Speaker, case: Case) -> Say:
    mark, tone = CASE_MARKS[case.status]
    stamp = case.last_confirmed or (case.period.end or case.period.start if case.period else "")
    return Say(_(mark), tone, _title(view, case.organisation), stamp)


def _need(view: Speaker, need: Need) -> Say:
    return Say(note=_title(view, need.unit), stamp=need.confirmed.date if need.confirmed else "")


def _adoption(view: Speaker, adoption: Adoption) -> Say:
    words = (view.say.label("degree", adoption.degree), view.say.label("phase", adoption.phase).lower())
    return Say(_title(view, adoption.by), "", ", ".join(words), adoption.confirmed)


def _method(view: Speaker, method: Method) -> Say:
    return Say(note=", ".join(map(view.say.stage, method.stages)))


def _barrier(view: Speaker, barrier: Barrier) -> Say:
    tone = "good" if barrier.status == "removed" else ""
    return Say(
        view.say.label("status", barrier.status), tone, view.say.label("category", barrier.category), barrier.seen or ""
    )


def _event(view: Speaker, event: Event) -> Say:
    return Say(view.say.label("type", event.type), "", event.place or "", event.date)


def _project(view: Speaker, project: Project) -> Say:
    period = project.period
    note = view.say.period(period) if period else _title(view, project.coordinator)
    return Say(note=note, stamp=period.start if period else "")


def _of_type(field: str) -> Callable[[Speaker, Any], Say]:
    """A card that says what type the entry is of."""

    def say(view: Speaker, entry: Any) -> Say:
        return Say(note=view.say.label(field, getattr(entry, field)))

    return say


def _plain(_view: Speaker, _entry: Any) -> Say:
    return Say()


SAYS: Mapping[str, Callable[[Speaker, Any], Say]] = MappingProxyType(
    {
        "idea": _idea,
        "need": _need,
        "case": _case,
        "adoption": _adoption,
        "method": _method,
        "barrier": _barrier,
        "unit": _of_type("type"),
        "coach": _plain,
        "actor": _of_type("sector"),
        "goal": _of_type("level"),
        "event": _event,
        "project": _project,
    }
)
