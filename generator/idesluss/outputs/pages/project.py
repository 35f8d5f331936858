"""The page of a project: its facts with the day when they were true, who took part, and what came before and after."""

from __future__ import annotations

from typing import Any, NamedTuple

from idesluss.kinds.project import Project
from idesluss.outputs.facts import rows
from idesluss.outputs.view import Shown, View

ELSEWHERE = frozenset(
    {
        "status", "reference_number", "funder", "amount", "shares", "call", "period", "coordinator", "owners",
        "partners", "governance", "decisions", "work_packages", "source",
    }
)  # fmt: skip


class Decision(NamedTuple):
    """A decision about the project: when, who, what, and the reason that was given."""

    date: str
    stamp: str
    by: Shown | None
    what: str
    reason: str


def context(view: View, project: Project) -> dict[str, Any]:
    return {
        "status": view.say.label("word", project.status.word),
        "as_of": _day(view, project.status.as_of),
        "facts": rows(view, project, "reference_number", "coordinator", "funder", "amount", "shares", "call", "period"),
        "homes": rows(view, project, "owners"),
        "partners": tuple((view.link(told.actor), told.part) for told in project.partners),
        "decisions": tuple(
            Decision(_day(view, told.date), told.date or "", view.link(told.by), told.what, told.reason or "")
            for told in project.decisions
        ),
        "packages": tuple(
            (told.title, view.say.label("status", told.status) if told.status else "") for told in project.work_packages
        ),
    }


def _day(view: View, date: str | None) -> str:
    return view.say.day(date) if date else ""
