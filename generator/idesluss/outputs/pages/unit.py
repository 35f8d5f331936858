"""The page of a unit: how far the idésluss has come there, and all that came out of it."""

from __future__ import annotations

from typing import Any

from idesluss.kinds.unit import Unit
from idesluss.outputs.pages.layout import Figure, measured
from idesluss.outputs.view import View
from idesluss.translate import gettext as _

ELSEWHERE = frozenset({"employees", "rollout"})


def context(view: View, unit: Unit) -> dict[str, Any]:
    figures = []
    if unit.rollout:
        last = unit.rollout[-1]
        since = _("since {date}").format(date=view.say.day(last.since)) if last.since else ""
        figures.append(Figure(_("The idea lock here"), view.say.label("rollout", last.status), since))
    if unit.employees:
        last_count = max(unit.employees, key=lambda count: count.year)
        figures.append(Figure(_("Employees"), view.say.number(last_count.number), str(last_count.year)))
    figures += measured(view, "units", unit.id, ("ideas", "in_use", "furthest"))
    steps = [
        (view.say.label("rollout", step.status), view.say.day(step.since) if step.since else "", step.since)
        for step in unit.rollout
    ]
    employees = [(count.year, view.say.number(count.number)) for count in unit.employees]
    return {"figures": figures, "steps": steps, "employees": employees if len(employees) > 1 else []}
