"""The page of a goal: its targets, who owns it, and what has been measured towards it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from idesluss.kinds.case import Case
from idesluss.kinds.goal import Goal
from idesluss.kinds.idea import Idea
from idesluss.outputs.pages.layout import Figure, measured
from idesluss.outputs.results import Result, result
from idesluss.outputs.view import View
from idesluss.translate import gettext as _

ELSEWHERE = frozenset({"level", "horizon", "period", "targets", "owners"})
GROUPED_ELSEWHERE = frozenset({("case", "effects"), ("idea", "effects")})


def context(view: View, goal: Goal) -> dict[str, Any]:
    figures = [Figure(_("Level"), view.say.label("level", goal.level))]
    if goal.period:
        figures.append(Figure(_("Period"), view.say.period(goal.period)))
    if goal.horizon:
        figures.append(Figure(_("Horizon"), view.say.label("horizon", goal.horizon)))
    figures += measured(view, "goals", goal.id, ("ideas", "in_use", "results"))
    return {
        "figures": figures,
        "owners": tuple((told.owner, view.say.day(told.since), told.since) for told in goal.owners),
        "results": tuple(_results(view, goal)),
    }


def _results(view: View, goal: Goal) -> Iterator[Result]:
    """What cases and ideas measured towards this goal; an idea only where no case tells the same."""
    told = set()
    sources: tuple[Case | Idea, ...] = (
        *view.referring(goal, Case, "effects"),
        *view.referring(goal, Idea, "effects"),
    )
    for source in sources:
        for effect in source.effects:
            if effect.goal == goal.id and (effect.measure, effect.result) not in told:
                told.add((effect.measure, effect.result))
                yield result(view, effect, view.link(source.id))
