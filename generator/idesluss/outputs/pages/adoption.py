"""The page of an adoption: how somebody else's example was taken over, told by the one who did it."""

from __future__ import annotations

from typing import Any

from idesluss.kinds.adoption import Adoption
from idesluss.outputs.pages.layout import Figure
from idesluss.outputs.view import View
from idesluss.translate import gettext as _

ELSEWHERE = frozenset({"degree", "phase", "confirmed", "adaptations", "result"})


def context(view: View, adoption: Adoption) -> dict[str, Any]:
    lapsed = adoption.phase != "ended" and view.is_lapsed(adoption.confirmed)
    newer = view.newer(adoption)
    late = _("too long ago to count as in use") if lapsed else ""
    return {
        "figures": [
            Figure(_("Phase"), view.say.label("phase", adoption.phase)),
            Figure(_("Degree"), view.say.label("degree", adoption.degree)),
            Figure(_("Confirmed"), view.say.day(adoption.confirmed), late),
        ],
        "newer": view.link(newer.id) if newer else None,
    }
