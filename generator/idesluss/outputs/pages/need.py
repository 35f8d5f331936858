"""The page of a need: whom it affects, how it was found, and what answers it."""

from __future__ import annotations

from typing import Any

from idesluss.kinds.case import Case
from idesluss.kinds.idea import Idea
from idesluss.kinds.need import Need
from idesluss.outputs.pages.layout import Figure
from idesluss.outputs.view import View
from idesluss.translate import gettext as _

ELSEWHERE = frozenset({"affected", "confirmed", "source"})


def context(view: View, need: Need) -> dict[str, Any]:
    figures = [Figure(_("Found through"), view.say.label("source", need.source))]
    if need.affected:
        number, whom = need.affected.number, need.affected.whom
        value = view.say.number(number) if number is not None else whom
        figures.insert(0, Figure(_("Affects"), value, whom if number is not None else ""))
    if need.confirmed:
        figures.append(Figure(_("Confirmed"), view.say.day(need.confirmed.date), need.confirmed.how))
    return {"figures": figures, "waits": _waits(view, need) if view.waits(need) else ""}


def _waits(view: View, need: Need) -> str:
    """Why a need waits: what has come of it so far, as far as the portal tells."""
    if any(view.referring(need, Idea, "needs")):
        return _("None of the ideas here is on its way.")
    if any(view.referring(need, Case, "needs")):
        return _("What was tried did not work.")
    return _("There is no idea for this here yet.")
