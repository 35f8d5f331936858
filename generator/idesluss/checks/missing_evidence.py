"""Evidence that the idea's stage asks for and that is not there.

Each gate of the lock asks for something, and an idea in a chamber holds all that the gates before it asked for. Either
add what is missing, or move the idea back to the stage that it holds evidence for. `idesluss explain test` shows what
a stage asks for.

Right:
    stage: answered
    coach: idecoach-skola
    log:
      - {date: 2026-01-19, role: idécoach, type: answer, text: Tack!, public: true}
Wrong:
    stage: answered
    coach: idecoach-skola
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from idesluss.clock import first_day, months_after
from idesluss.problem import Place, Problem, Severity, Text, text
from idesluss.stages import LESSON, ORDER, Evidence, evidence_until, label

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue
    from idesluss.kinds.entry import Entry
    from idesluss.settings import Settings
    from idesluss.source import Source

CODE = "missing-evidence"
SEVERITY = Severity.ERROR
CLOSES = False

BENEFIT_MONTHS = 6
"""So long after an idea came into use its benefit can be confirmed."""

_asked = cache(evidence_until)


def check_entry(source: Source, entry: Entry, settings: Settings) -> Iterator[Problem]:
    if entry.kind != "idea":
        return
    stage = str(getattr(entry, "stage", "submitted"))
    asked = _asked(stage, getattr(entry, "track", None))
    if stage == "closed" and furthest(entry) >= ORDER["concept"]:
        asked += ((stage, LESSON),)
    for gate, evidence in asked:
        if not holds(entry, evidence):
            yield Problem(
                entry.path,
                _place(source, evidence),
                CODE,
                SEVERITY,
                text(
                    "{stage} asks for {what} ({field})",
                    stage=label(gate, settings.stages),
                    what=Text(evidence.words),
                    field=evidence.field,
                ),
                text(
                    "add it, or put the idea back to the stage before; `idesluss explain {stage}` shows all", stage=gate
                ),
            )
    if stage == "verified":
        yield from _too_early(source, entry)


def _too_early(source: Source, entry: Entry) -> Iterator[Problem]:
    """Where every result was taken too soon after the idea came into use to say that the benefit lasts."""
    began = max((told.date for told in getattr(entry, "decisions", ()) if told.to == "implemented"), default="")
    dates = [effect.date for effect in getattr(entry, "effects", ()) if effect.result and effect.date]
    if not began or not dates:
        return
    due = months_after(first_day(began), BENEFIT_MONTHS).isoformat()
    if all(f"{date}-99-99"[:10] < due for date in dates):  # a date as 2026-03 may mean any day of that month
        at = next(at for at, effect in enumerate(getattr(entry, "effects", ())) if effect.date == max(dates))
        yield Problem(
            entry.path,
            source.place("effects", at, "date"),
            CODE,
            SEVERITY,
            text(
                "the result is from {date}, too soon after the idea was implemented on {began}",
                date=max(dates),
                began=began,
            ),
            text("measure again from {due} on, half a year later, and add what it showed", due=due),
        )


def check_all(catalogue: Catalogue) -> Iterator[Problem]:
    told = origins(catalogue)
    for entry in catalogue.of("idea"):
        order = ORDER.get(str(getattr(entry, "stage", "")), -1)
        if order < ORDER["assessed"]:
            continue
        if not has_confirmed_need(catalogue, entry):
            yield Problem(
                entry.path,
                catalogue.place(entry, "needs"),
                CODE,
                SEVERITY,
                text("none of the idea's needs is confirmed"),
                text("add `confirmed` with date and how to one of them, or name a need that has it"),
            )
        if order >= ORDER["verified"] and entry.id not in told:
            yield Problem(
                entry.path,
                catalogue.place(entry, "stage"),
                CODE,
                SEVERITY,
                text("no good example says that it comes from this idea"),
                text("write one in ideas/cases/ with `origin: [{id}]`", id=entry.id),
            )


def origins(catalogue: Catalogue) -> set[str]:
    """The ideas that a good example says it comes from."""
    return {origin for case in catalogue.of("case") for origin in getattr(case, "origin", ())}


def has_confirmed_need(catalogue: Catalogue, entry: Entry) -> bool:
    """Whether one of the idea's needs is confirmed, or is none that can be looked up here."""
    needs = [catalogue.get(id) for id in getattr(entry, "needs", ())]
    return not needs or any(need is None or getattr(need, "confirmed", None) for need in needs)


def holds(entry: Entry, evidence: Evidence) -> bool:
    """Whether the idea holds this piece of evidence."""
    value: object = entry
    for step in evidence.field.split("."):
        value = getattr(value, step, None)
        if value is None:
            return False
    if evidence.item or evidence.item_has:
        return isinstance(value, tuple) and any(_fits(item, evidence) for item in value)
    return value not in ((), "")


def _fits(item: object, evidence: Evidence) -> bool:
    return all(getattr(item, key) == wanted for key, wanted in evidence.item.items()) and all(
        getattr(item, key) is not None for key in evidence.item_has
    )


def furthest(entry: Entry) -> int:
    """The furthest chamber that the idea has been in, by its stage, decisions and history, as a place in ORDER."""
    stages = [getattr(entry, "stage", ""), *(decision.to for decision in getattr(entry, "decisions", ()))]
    stages += [step.stage for step in entry.history]
    return max((ORDER.get(str(stage), 0) for stage in stages), default=0)


def _place(source: Source, evidence: Evidence) -> Place:
    return source.key_place(evidence.top) if evidence.top in source.front else Place(source.closing_line, 1)
