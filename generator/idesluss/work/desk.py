"""What waits on a coach's desk on a day: who has no answer, what stands still, which dates have come, what is ready."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from idesluss import clock
from idesluss.catalogue import Catalogue
from idesluss.kinds.idea import Idea
from idesluss.problem import N_, Text, text
from idesluss.stages import STAGES, label
from idesluss.work import gates
from idesluss.work.moves import coaches_of
from idesluss.workdays import working_days_between

AHEAD = 7
"""A next step is told of so many days before it is due."""


class Row(NamedTuple):
    """An idea that waits: since or until which day (YYYY-MM-DD or ""), whether that day has passed, and for what."""

    id: str
    title: str
    summary: str
    stage: str | Text
    coach: str
    day: str
    late: bool
    what: Text


class Group(NamedTuple):
    """The ideas that wait for the same; `title` and `says` are msgids."""

    name: str
    title: str
    says: str
    rows: tuple[Row, ...]


TITLES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "answers": (N_("Waits for an answer"), N_("Those whose day has passed come first.")),
        "ready": (N_("Ready for the next gate"), N_("All is there that the gate asks for, but perhaps the decision.")),
        "reviews": (N_("To be looked at again"), N_("Parked ideas whose day has come.")),
        "steps": (N_("Next steps"), N_("What was to be done by now, or within a week.")),
        "stalled": (N_("At a standstill"), N_("Nothing has been written down for a long time.")),
    }
)
COUNCIL = ("ready", "reviews", "stalled", "steps", "answers")
"""The order for the idea council, which decides first."""


def desk(catalogue: Catalogue, coach: str = "", order: Iterable[str] = TITLES) -> list[Group]:
    """What waits on the day that the catalogue takes for today; with a coach, what waits for this one."""
    ideas = [idea for idea in catalogue.of("idea") if isinstance(idea, Idea) and clock.is_open(idea)]
    mine = [idea for idea in ideas if not coach or coach in coaches_of(catalogue, idea)]
    return [Group(name, *TITLES[name], tuple(sorted(_ROWS[name](catalogue, mine), key=_urgency))) for name in order]


def _urgency(row: Row) -> tuple[str, str]:
    return row.day, row.id


def _row(catalogue: Catalogue, idea: Idea, day: datetime.date | None, what: Text) -> Row:
    return Row(
        id=idea.id,
        title=idea.title,
        summary=idea.summary or "",
        stage=label(idea.stage, catalogue.settings.stages),
        coach=", ".join(coaches_of(catalogue, idea)),
        day=day.isoformat() if day else "",
        late=day is not None and day < catalogue.now,
        what=what,
    )


def _answers(catalogue: Catalogue, ideas: Iterable[Idea]) -> Iterator[Row]:
    for idea in ideas:
        if not clock.waits_for_answer(idea):
            continue
        due = clock.answer_due(idea, catalogue.life(idea.id), catalogue.settings.response_promise)
        days = working_days_between(catalogue.now, due) if due else 0
        if due is None:
            what = text("no day was promised")
        elif days < 0:
            what = text("working days late: {days}", days=-days)
        else:
            what = text("working days left: {days}", days=days)
        yield _row(catalogue, idea, due, what)


def _ready(catalogue: Catalogue, ideas: Iterable[Idea]) -> Iterator[Row]:
    for idea in ideas:
        if not gates.is_ready(catalogue, idea):
            continue
        to = gates.next_gate(idea)
        values = {"stage": label(to, catalogue.settings.stages), "who": Text(STAGES[to].approves)}
        undecided = any(one.field == gates.DECISION for one in gates.lacking(idea, to))
        said = N_("to {stage}: only the decision is left, which is for: {who}")
        what = Text(said, values) if undecided else text("to {stage}: all is there; it is for: {who}", **values)
        yield _row(catalogue, idea, None, what)


def _reviews(catalogue: Catalogue, ideas: Iterable[Idea]) -> Iterator[Row]:
    for idea in ideas:
        due = clock.review_due(idea)
        if due is not None and due <= catalogue.now:
            yield _row(catalogue, idea, due, text("open it again, give it another day, or close it"))


def _steps(catalogue: Catalogue, ideas: Iterable[Idea]) -> Iterator[Row]:
    until = catalogue.now + datetime.timedelta(days=AHEAD)
    for idea in ideas:
        due = clock.next_step_due(idea)
        if idea.next_step and due is not None and due <= until:
            what = text("{role}: {what}", role=idea.next_step.role, what=idea.next_step.what)
            yield _row(catalogue, idea, due, what)


def _stalled(catalogue: Catalogue, ideas: Iterable[Idea]) -> Iterator[Row]:
    for idea in ideas:
        since = clock.stalled_since(idea, catalogue.life(idea.id), catalogue.now)
        if since is not None:
            days = (catalogue.now - since).days
            yield _row(catalogue, idea, since, text("nothing for {days} days", days=days))._replace(late=False)


_ROWS: Mapping[str, Callable[[Catalogue, Iterable[Idea]], Iterator[Row]]] = MappingProxyType(
    {"answers": _answers, "ready": _ready, "reviews": _reviews, "steps": _steps, "stalled": _stalled}
)
