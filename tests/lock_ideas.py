"""Ideas with all the evidence that the lock asks for, for tests that take a piece away or move them about."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Mapping
from typing import Any

from idesluss.stages import Evidence

BODY = "\n## Problem\n\nNågot skaver.\n"
CASE_BODY = "\n## Vad\n\nx\n\n## Varför\n\nx\n\n## Hur\n\nx\n"


def decision(to: str, date: str = "2026-01-20", **more: Any) -> dict[str, Any]:
    return {"date": date, "to": to, "by": "Idérådet", "reason": f"Skäl för {to}.", **more}


COMPLETE: Mapping[str, Any] = {
    "title": "Provad idé",
    "unit": "enheten",
    "coach": "coachen",
    "log": [{"date": "2026-01-10", "role": "Idécoach", "type": "answer", "text": "Tack!"}],
    "needs": ["behovet"],
    "type": "innovation",
    "duplicates_checked": {"date": "2026-01-12"},
    "beneficiaries": "Alla i huset",
    "benefit": {"type": "quality", "expected": "Bättre luft"},
    "goals": ["malet"],
    "track": "development",
    "equality": {"affects": "Alla", "difference": "Ingen"},
    "tests": [
        {
            "key": "forsta",
            "hypothesis": "Det hjälper",
            "measure": "Antal",
            "threshold": "8 av 10",
            "period": {"start": "2026-01"},
            "outcome": "met",
        }
    ],
    "pilot": {"scope": "Ett hus", "stop_rule": "Vid läckage", "result": "Det höll"},
    "receiver": {"unit": "enheten", "role": "Driftchef"},
    "development": {"user_insight": "De öppnar fönster", "sketch": "En ritning"},
    "implementation": {"resources": "Två", "training_plan": "En dag", "owner": "Driftchef", "rollout": "Hus för hus"},
    "commercialisation": {"rights": "Kommunen", "handover": "Ett bolag", "licence": "Avtal 1"},
    "procurement": {
        "functional_need": "Torr luft",
        "market_dialogue": "Tre svarade",
        "procedure": "Öppet",
        "award_reference": "A 1",
        "result": "Levererat",
    },
    "reference_number": "KS 2026/1",
    "routine": "Rutin 7",
    "running_cost": 1000,
    "effects": [{"measure": "Fukt", "baseline": "80 %", "result": "40 %", "date": "2026-09"}],
    "decisions": [decision("concept"), decision("implemented"), decision("closed")],
    "review_by": "2099-01-01",
    "referred": {"to": "Region Exempel"},
    "combined_into": "huvudiden",
    "withdrawn": {"date": "2026-01-20"},
    "lesson": "Börja med behovet",
}
"""The fields of an idea that may stand in any stage, whatever its track."""


def written(fields: Mapping[str, Any], body: str = BODY) -> str:
    """A file with these fields; each value as JSON, which is YAML too."""
    lines = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())
    return f"---\n{lines}---\n{body}"


def idea(stage: str, **changes: Any) -> dict[str, Any]:
    """All evidence, at a stage; a change to None takes the field out."""
    fields = {**copy.deepcopy(dict(COMPLETE)), "stage": stage, **changes}
    return {name: value for name, value in fields.items() if value is not None}


def without(fields: Mapping[str, Any], evidence: Evidence) -> dict[str, Any]:
    """The fields without this piece of evidence, and with all else."""
    left = copy.deepcopy(dict(fields))
    *outer, last = evidence.field.split(".")
    if evidence.item:
        name, value = next(iter(evidence.item.items()))
        left[last] = [item for item in left[last] if item[name] != value]
    elif "outcome" in evidence.item_has:
        del left[last][0]["outcome"]
    elif outer:
        del left[outer[0]][last]
    else:
        del left[last]
    return {name: value for name, value in left.items() if value not in ([], {})}


def surroundings(verified: Iterable[str] = ()) -> dict[str, str]:
    """The entries that ideas name; a case comes from each `verified` one."""
    unit = {"title": "Enheten", "type": "administration"}
    need = {"title": "Behovet", "unit": "enheten", "source": "audit"}
    case = {"title": "Exemplet", "summary": "x", "organisation": "enheten", "type": "solution", "status": "in_use"}
    origin = {"licence": "CC-BY-4.0", "origin": list(verified), "last_confirmed": "2099-01"}
    confirmed = {"confirmed": {"date": "2026-01-11", "how": "Besök"}}
    return {
        "ideas/units/enheten.md": written(unit),
        "ideas/coaches/coachen.md": written({"title": "Idécoach", "units": ["enheten"]}),
        "ideas/needs/behovet.md": written({**need, **confirmed}, "\n## Beskrivning\n\nx\n"),
        "ideas/needs/obekraftat.md": written({**need, "title": "Obekräftat"}, "\n## Beskrivning\n\nx\n"),
        "ideas/goals/malet.md": written({"title": "Målet", "level": "board_goal", "horizon": "present"}),
        "ideas/2026/huvudiden.md": written({"title": "Huvudidén", "unit": "enheten"}),
        "ideas/cases/exemplet.md": written({**case, **origin}, CASE_BODY),
    }
