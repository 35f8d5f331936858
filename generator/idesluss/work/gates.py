"""What the gates still ask of an idea, and the questions that bring it forth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from idesluss.catalogue import Catalogue
from idesluss.checks.missing_evidence import furthest, has_confirmed_need, holds, origins
from idesluss.draft import Asked
from idesluss.kinds.fields import choices_of, part_of
from idesluss.kinds.idea import Idea
from idesluss.stages import CHAMBERS, LESSON, ORDER, Evidence, evidence_until

DECISION, ANSWER = "decisions", "log"
"""Evidence that is no field to fill in: it is written when somebody decides or answers."""
ALONG = {"outcome": ("n", "result", "lesson")}
"""What is asked for together with a field, though no gate demands it."""


def lacking(idea: Idea, stage: str) -> list[Evidence]:
    """The evidence that the idea would have to hold at a stage and does not."""
    asked = [evidence for _, evidence in evidence_until(stage, idea.track)]
    if stage == "closed" and furthest(idea) >= ORDER["concept"]:
        asked.append(LESSON)
    return [evidence for evidence in asked if not holds(idea, evidence)]


def next_gate(idea: Idea) -> str:
    """The chamber after the one where the idea is, or "" after the last one and beside the lock."""
    at = ORDER.get(idea.stage, len(CHAMBERS)) + 1
    return CHAMBERS[at].name if at < len(CHAMBERS) else ""


def is_ready(catalogue: Catalogue, idea: Idea) -> bool:
    """Whether all that the next gate asks for is there, but perhaps for the decision."""
    stage = next_gate(idea)
    if not stage or any(one.field != DECISION for one in lacking(idea, stage)):
        return False
    if ORDER[stage] >= ORDER["verified"] and idea.id not in origins(catalogue):
        return False
    return ORDER[stage] < ORDER["assessed"] or has_confirmed_need(catalogue, idea)


def questions(idea: Idea, evidence: Evidence) -> list[Asked]:
    """What to ask somebody so that the idea comes to hold this evidence, which is a field of its own."""
    steps = evidence.field.split(".")
    model: type[BaseModel] = Idea
    for step in steps[:-1]:
        model = part_of(model.model_fields[step].annotation) or model
    info = model.model_fields[steps[-1]]
    part = part_of(info.annotation)
    if part is None:
        return [_asked(model, steps[-1], evidence.field, needed=True)]
    if get_origin(info.annotation) is not tuple:
        return list(_fields(part, f"{evidence.field}."))
    held = getattr(idea, steps[-1])
    open_ = next((at for at, item in enumerate(held) if _lacks(item, evidence.item_has)), len(held))
    wanted = {*evidence.item_has, *(name for field in evidence.item_has for name in ALONG.get(field, ()))}
    needed = set(evidence.item_has)
    if open_ == len(held):
        needed |= {name for name, field in part.model_fields.items() if field.is_required()}
    return [
        question
        for name in part.model_fields
        if name in wanted | needed and name != "key"
        for question in _item(part, name, f"{evidence.field}.{open_ + 1}.", needed=name in needed)
    ]


def _lacks(item: Any, fields: tuple[str, ...]) -> bool:
    return any(getattr(item, name) is None for name in fields)


def _item(part: type[BaseModel], name: str, before: str, *, needed: bool) -> Iterator[Asked]:
    inner = part_of(part.model_fields[name].annotation)
    if inner is None:
        yield _asked(part, name, f"{before}{name}", needed=needed)
    else:
        yield from _fields(inner, f"{before}{name}.")


def _fields(part: type[BaseModel], before: str) -> Iterator[Asked]:
    for name, info in part.model_fields.items():
        yield _asked(part, name, f"{before}{name}", needed=info.is_required())


def _asked(model: type[BaseModel], name: str, dotted: str, *, needed: bool) -> Asked:
    info = model.model_fields[name]
    notes: Any = info.json_schema_extra or {}
    return Asked(
        name=dotted,
        label=info.title or name,
        help=info.description or "",
        choices=("true", "false")
        if bool in (info.annotation, *get_args(info.annotation))
        else choices_of(info.annotation),
        several=get_origin(info.annotation) is tuple,
        to=notes.get("x-idesluss", {}).get("to", ()),
        needed=needed,
    )
