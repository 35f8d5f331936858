"""The page of a barrier: what stands in the way, who owns it, and what could be done."""

from __future__ import annotations

from typing import Any

from idesluss.kinds.barrier import Barrier
from idesluss.outputs.pages.layout import Figure
from idesluss.outputs.view import View
from idesluss.translate import gettext as _

ELSEWHERE = frozenset({"category", "status", "seen", "proposed_action"})


def context(view: View, barrier: Barrier) -> dict[str, Any]:
    figures = [
        Figure(_("Status"), view.say.label("status", barrier.status)),
        Figure(_("Category"), view.say.label("category", barrier.category)),
    ]
    if barrier.seen:
        figures.append(Figure(_("First seen"), view.say.day(barrier.seen)))
    return {"figures": figures}
