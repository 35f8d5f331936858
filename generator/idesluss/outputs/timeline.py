"""What has happened to an idea, line by line: its steps as git or its file shows them, its decisions and answers."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from itertools import count
from typing import Any, NamedTuple, TypeVar

from idesluss.history import Step
from idesluss.kinds.idea import Decision, Idea, LogLine
from idesluss.outputs import repository
from idesluss.outputs.cards import STOPPED
from idesluss.outputs.view import Shown, View
from idesluss.stages import ORDER
from idesluss.translate import gettext as _

TO = frozenset({"concept", "test", "pilot"})
"""Stages that one goes to; the others are what an idea becomes: answered, closed."""
NEAR = 31
"""A record belongs to a step to its stage if their dates are at most so many days apart."""

Record = TypeVar("Record", Decision, LogLine)


class Happening(NamedTuple):
    """A line of the timeline, known for ever by its `key`.

    `tone` is "to" for a step, "stop" for the end, or ""; `stated` says that a step is told of but not shown by git;
    `proof` is where the commit that shows it can be read, or "".
    """

    key: str
    stamp: str
    date: str
    title: str
    by: str
    text: str
    tone: str = ""
    stated: bool = False
    note: str = ""
    links: tuple[Shown, ...] = ()
    proof: str = ""


def timeline(view: View, idea: Idea) -> list[Happening]:
    """All that has happened, the newest first."""
    steps = view.catalogue.steps(idea)
    decided = _paired(steps, idea.decisions, lambda one, step: one.to == step.stage)
    public = tuple(line for line in idea.log if line.public)
    answers = tuple(line for line in public if line.type == "answer")
    answered = _paired(steps, answers, lambda _one, step: step.stage == "answered")
    told = {id(one) for one in (*decided.values(), *answered.values())}
    stepped = list(_told_apart(_stepped(view, idea, steps, decided, answered)))
    after = dict(zip((one.key for one in stepped), _in_order(steps), strict=True))
    found = [
        *_handed_in(view, idea, steps),
        *_checked(view, idea, steps),
        *_logged(view, (line for line in public if id(line) not in told)),
        *stepped,
        *_decided(view, idea, [one for one in idea.decisions if id(one) not in told]),
    ]
    found.sort(key=lambda one: after.get(one.key, one.stamp))
    return list(_told_apart(found))[::-1]


def _told_apart(found: Iterable[Happening]) -> Iterator[Happening]:
    """The lines, each with a key of its own: where the same is said again a number comes after the key."""
    times: Counter[str] = Counter()
    for one in found:
        times[one.key] += 1
        yield one if times[one.key] == 1 else one._replace(key=f"{one.key}/{times[one.key]}")


def _paired(
    steps: Iterable[Step], records: Iterable[Record], fits: Callable[[Record, Step], bool]
) -> dict[int, Record]:
    """For each step, by its number, the nearest record that fits; each record belongs to one step."""
    left = list(records)
    found: dict[int, Record] = {}
    for number, step in enumerate(steps):
        near = [(_apart(one.date, step.day), at) for at, one in enumerate(left) if fits(one, step)]
        days, at = min(near, default=(NEAR + 1, 0))
        if days <= NEAR:
            found[number] = left.pop(at)
    return found


def _apart(one: str, other: str) -> int:
    """Days between two dates; what is known of a month or a year only is near all its days."""
    short = min(len(one), len(other))
    if short < 10:
        return 0 if one[:short] == other[:short] else NEAR + 1
    return abs((datetime.date.fromisoformat(one) - datetime.date.fromisoformat(other)).days)


def _in_order(steps: Iterable[Step]) -> Iterator[str]:
    """A date to sort each step by: one that is known by its month or year alone stands after the step before it."""
    before = ""
    for step in steps:
        before = before if before.startswith(step.day) else step.day
        yield before


def _stepped(
    view: View, idea: Idea, steps: Iterable[Step], decided: dict[int, Decision], answered: dict[int, LogLine]
) -> Iterator[Happening]:
    """The steps, each with the decision or the answer that belongs to it."""
    times: dict[str, Any] = {}
    for number, step in enumerate(steps):
        again = next(times.setdefault(step.stage, count(1)))
        title, by, text = _title(view, step.stage), "", ""
        notes: list[str] = []
        links: tuple[Shown, ...] = ()
        decision, answer, checked = decided.get(number), answered.get(number), idea.duplicates_checked
        if decision:
            by, text, notes = decision.by, view.say.quoted(decision.reason), _notes(view, decision)
            if decision.date != step.day:
                notes.insert(0, _("Decided on {date}").format(date=view.say.day(decision.date)))
        elif answer:
            title, by, text = view.say.label("type", answer.type), answer.role, view.say.quoted(answer.text)
        elif step.stage == "assessed" and checked and checked.date == step.day:
            text, links = checked.note or "", view.links(checked.found)
        elif step.stage == "submitted" and again == 1 and idea.handed_in:
            came = idea.handed_in
            notes = [view.say.label("door", came.door)]
            notes += [_("Handed in on {date}").format(date=view.say.day(came.at))] if came.at != step.day else []
        reason = step.reason if step.is_stated or repository.is_open(view.catalogue) else ""
        if reason and not (text or by):
            text = reason
        elif reason and reason.rstrip(".") not in text:
            notes.append(reason.rstrip("."))
        yield Happening(
            f"{step.stage}/{again}", step.day, view.say.day(step.day), title, by, text, _tone(step.stage),
            step.is_stated, ". ".join(notes), links, repository.commit(view.catalogue, step.sha),
        )  # fmt: skip


def _decided(view: View, idea: Idea, decisions: Iterable[Decision]) -> Iterator[Happening]:
    """The decisions to which no step is known; a withdrawal needs none."""
    for told in decisions:
        title, date, said = _title(view, told.to), view.say.day(told.date), view.say.quoted(told.reason)
        key, notes = f"decision/{told.to}/{told.date}", ". ".join(_notes(view, told))
        yield Happening(key, told.date, date, title, told.by, said, _tone(told.to), stated=True, note=notes)
    gone = idea.withdrawn
    known = {one.to for one in idea.decisions} | {step.stage for step in view.catalogue.steps(idea)}
    if gone and "withdrawn" not in known:
        title = view.say.stage("withdrawn")
        yield Happening("withdrawn/1", gone.date, view.say.day(gone.date), title, "", "", "stop", stated=True)


def _handed_in(view: View, idea: Idea, steps: Iterable[Step]) -> Iterator[Happening]:
    """How it came in, where no step says it."""
    came = idea.handed_in
    if came and all(step.stage != "submitted" for step in steps):
        title, door = view.say.stage("submitted"), view.say.label("door", came.door)
        yield Happening("submitted/1", came.at, view.say.day(came.at), title, "", "", "to", stated=True, note=door)


def _checked(view: View, idea: Idea, steps: Iterable[Step]) -> Iterator[Happening]:
    """That similar ideas were looked for, where this was not a part of the step to assessed."""
    checked = idea.duplicates_checked
    if checked and ("assessed", checked.date) not in {(step.stage, step.day) for step in steps}:
        title, links = _("Similar ideas were looked for"), view.links(checked.found)
        note = checked.note or ""
        yield Happening("similar", checked.date, view.say.day(checked.date), title, "", note, links=links)


def _logged(view: View, lines: Iterable[LogLine]) -> Iterator[Happening]:
    """The lines of the log that everybody may read, known by what they say: others may become public between them."""
    for line in lines:
        sign = blake2b(" ".join(line.text.split()).encode(), digest_size=6).hexdigest()
        title, said = view.say.label("type", line.type), view.say.quoted(line.text)
        yield Happening(f"{line.type}/{line.date}/{sign}", line.date, view.say.day(line.date), title, line.role, said)


def _notes(view: View, decision: Decision) -> list[str]:
    notes = []
    if decision.skips:
        notes.append(_("Skips: {stages}").format(stages=", ".join(map(view.say.stage, decision.skips))))
    if decision.reference_number:
        notes.append(_("Diary number {number}").format(number=decision.reference_number))
    return notes


def _title(view: View, stage: str) -> str:
    label = view.say.stage(stage)
    return _("To {stage}").format(stage=label.lower()) if stage in TO else label


def _tone(stage: str) -> str:
    return "stop" if stage in STOPPED else "to" if stage in ORDER else ""
