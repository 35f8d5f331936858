"""Measured effects as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from idesluss.kinds.fields import Effect
from idesluss.outputs.view import Shown, View
from idesluss.translate import gettext as _


class Result(NamedTuple):
    """A measured effect: whose it is or which goal it serves, what was measured, before and after."""

    of: Shown | None
    measure: str
    before: str
    after: str
    date: str
    stamp: str
    reached: str
    tone: str


def result(view: View, effect: Effect, of: Shown | None) -> Result:
    reached = "" if effect.reached is None else _("reached") if effect.reached else _("not reached")
    tone = "" if effect.reached is None else "good" if effect.reached else "stop"
    date = view.say.day(effect.date) if effect.date else ""
    return Result(
        of, effect.measure, effect.baseline or "", effect.result or "", date, effect.date or "", reached, tone
    )


def results(view: View, effects: Iterable[Effect]) -> tuple[Result, ...]:
    """An entry's own effects, each with the goal that it serves."""
    return tuple(result(view, effect, view.link(effect.goal) if effect.goal else None) for effect in effects)
