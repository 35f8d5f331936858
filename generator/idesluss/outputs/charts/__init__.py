"""Charts of figures: which columns of each are drawn, and how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from idesluss.figures import Figure
from idesluss.outputs.charts.across import bars, spans
from idesluss.outputs.charts.drawn import Chart, Plan
from idesluss.outputs.charts.over_time import columns, stacks
from idesluss.outputs.wording import Wording
from idesluss.problem import N_

PLANS: Mapping[str, Plan] = MappingProxyType(
    {
        "overview": Plan("bars", ("on_the_way", "in_use", "stopped", "elsewhere")),
        "units": Plan("bars", ("open", "in_use", "stopped"), said="ideas"),
        "employees": Plan("bars", ("rate",)),
        "rollout": Plan("stacks", ("active", "pilot", "paused", "not_started")),
        "coverage": Plan("bars", ("ideas",), whole="goals"),
        "goals": Plan("bars", ("ideas",)),
        "barriers": Plan("bars", ("open", "in_progress", "removed")),
        "coaches": Plan("bars", ("open",), whole="capacity"),
        "response": Plan("bars", ("within",), whole="due"),
        "lead-time": Plan("spans", ("median", "ninety")),
        "flow": Plan("bars", ("now",)),
        "quarters": Plan("columns", ("came", "used", "left")),
        "benefit": Plan("bars", ("verified",), whole="in_use"),
        "equality": Plan("bars", ("acted",), whole="checked"),
        "collaboration": Plan("bars", ("ideas",)),
        "learning": Plan("bars", ("lesson",), whole="stopped"),
        "funnel": Plan("bars", ("shown", "stated"), of_first=True),
        "cohorts": Plan("bars", ("shown_12", "stated_12"), whole="ideas"),
        "spread": Plan("bars", ("copy", "adapted", "inspired")),
        "reuse": Plan("bars", ("copy", "adapted", "inspired")),
        "freshness": Plan("bars", ("fresh",), whole="cases"),
        "events": Plan("bars", ("share",), target=100, words=N_("{value} of the plan")),
    }
)
FORMS: Mapping[str, Callable[[Figure, Plan, Wording], Chart | None]] = MappingProxyType(
    {"bars": bars, "spans": spans, "columns": columns, "stacks": stacks}
)


def chart(figure: Figure, say: Wording) -> Chart | None:
    """The drawing of a figure, or None where there is nothing to draw."""
    plan = PLANS[figure.key]
    return FORMS[plan.form](figure, plan, say)
