"""The page of a method: when and how to use it, and the research that it rests on."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from idesluss.kinds.method import Method
from idesluss.outputs.pages.layout import Figure
from idesluss.outputs.view import View
from idesluss.translate import gettext as _

ELSEWHERE = frozenset({"stages", "time", "participants", "materials", "research_base", "evaluations"})
DOI = "https://doi.org/"


def context(view: View, method: Method) -> dict[str, Any]:
    figures = [Figure(_("Helps at"), ", ".join(map(view.say.stage, method.stages)))]
    if method.time:
        figures.append(Figure(_("Time"), method.time))
    if method.participants:
        figures.append(Figure(_("Participants"), method.participants))
    return {
        "figures": figures,
        "spread": f"{view.address_words['spread']}/",
        "research": [
            (told.title, told.url or (DOI + quote(told.doi, "/:;()") if told.doi else ""))
            for told in method.research_base
        ],
        "evaluations": tuple((view.say.day(told.date), told.date, told.by, told.result) for told in method.evaluations),
    }
