"""How the page of each kind is laid out: one module a kind, of the same name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from idesluss.outputs.pages import adoption, barrier, case, event, goal, idea, method, need, project, unit
from idesluss.outputs.pages.layout import Layout
from idesluss.outputs.view import View


def _nothing_more(_view: View, _entry: Any) -> dict[str, Any]:
    return {}


LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {
        "idea": Layout(idea.context, idea.ELSEWHERE),
        "need": Layout(need.context, need.ELSEWHERE),
        "case": Layout(case.context, case.ELSEWHERE, case.GROUPED_ELSEWHERE),
        "adoption": Layout(adoption.context, adoption.ELSEWHERE),
        "method": Layout(method.context, method.ELSEWHERE),
        "barrier": Layout(barrier.context, barrier.ELSEWHERE),
        "unit": Layout(unit.context, unit.ELSEWHERE),
        "coach": Layout(_nothing_more),
        "actor": Layout(_nothing_more, frozenset({"offers"})),
        "goal": Layout(goal.context, goal.ELSEWHERE, goal.GROUPED_ELSEWHERE),
        "event": Layout(event.context, event.ELSEWHERE),
        "project": Layout(project.context, project.ELSEWHERE),
    }
)
"""By kind; a field that no page shows elsewhere stands in the panel beside the text."""
