"""The page of a need: whom it affects, how it was found, and what answers it."""

from __future__ import annotations

from typing import Any

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
    return {"figures": figures, "waits": view.waits(need)}
