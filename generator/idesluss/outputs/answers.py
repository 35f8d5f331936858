"""Needs and the examples that answer them, as an event brings them together: who has the need, who has the answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from idesluss.kinds.case import Case
from idesluss.kinds.event import Event
from idesluss.kinds.idea import Idea
from idesluss.kinds.need import Need
from idesluss.links import prose_targets
from idesluss.outputs.view import Shown, View

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

ANCHOR = "needs"
WAITING = 12
"""So many needs of the event's themes that wait for an answer are named."""


class Row(NamedTuple):
    """A need, who has it, the examples that answer it with whose they are, and whether it waits for an answer."""

    need: Shown
    unit: Shown | None
    found: tuple[tuple[Shown, str], ...]
    waits: bool


class Answers(NamedTuple):
    """The table of an event; `more` counts the needs that wait and have no row."""

    rows: tuple[Row, ...]
    more: int = 0
    anchor: str = ANCHOR


def answers(view: View, event: Event) -> Answers:
    """The needs that the event and its examples name; before the event, also those of its themes that wait."""
    ids = _named(view.catalogue, event)
    told = list(needs(view.catalogue, event))
    named = [need for need in told if need.id in ids]
    waiting = [need for need in told if need.id not in ids and view.waits(need)] if view.is_coming(event) else []
    rows = tuple(_row(view, need) for need in (*named, *waiting[:WAITING]))
    return Answers(rows, len(waiting[WAITING:]))


def needs(catalogue: Catalogue, event: Event) -> Iterator[Need]:
    """All needs that the event may tell of: those named by it and its examples, and those of its themes."""
    named = _named(catalogue, event)
    for need in catalogue.of("need"):
        if isinstance(need, Need) and (need.id in named or set(need.themes) & set(event.themes)):
            yield need


def reads(catalogue: Catalogue, event: Event) -> Iterable[str]:
    """What the table depends on, as names for `Artifact.reads`."""
    found = dict.fromkeys(["kind:need"])
    for id_ in shown_at(event):
        found[f"{id_}#card"] = None
    for need in needs(catalogue, event):
        found[f"{need.unit}#card"] = None
        for mention in catalogue.referring(need.id):
            source = catalogue.get(mention.source)
            if mention.field == "needs" and isinstance(source, (Case, Idea)):
                found[f"{source.id}#card"] = None
                if isinstance(source, Case):
                    found[f"{source.organisation}#card"] = None
    return [name for name in found if name.partition("#")[0] in catalogue.entries or name.startswith("kind:")]


def shown_at(event: Event) -> list[str]:
    """The examples in the event's programme and booklet."""
    booklet = event.booklet.cases if event.booklet else ()
    return list(dict.fromkeys([*(id_ for slot in event.programme for id_ in slot.cases), *booklet]))


def _named(catalogue: Catalogue, event: Event) -> set[str]:
    """The ids of needs that the event's text links to or its examples answer."""
    cases = (catalogue.get(id_) for id_ in shown_at(event))
    answered = {need for case in cases if isinstance(case, Case) for need in case.needs}
    return answered | set(prose_targets(event))


def _row(view: View, need: Need) -> Row:
    cases = [case for case in view.referring(need, Case, "needs") if case.status != "failed"]
    found = [(view.link(case.id), view.link(case.organisation)) for case in cases]
    link = view.link(need.id)
    return Row(
        link or Shown(need.title),
        view.link(need.unit),
        tuple((case, by.text if by else "") for case, by in found if case),
        view.waits(need),
    )
