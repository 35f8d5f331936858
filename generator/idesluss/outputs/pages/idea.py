"""The page of an idea: where it is just now, its way through the lock, its tests, and all that has happened."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from typing import Any, NamedTuple

from idesluss.kinds.idea import Idea, Test
from idesluss.outputs.cards import STOPPED
from idesluss.outputs.facts import Fact, rows
from idesluss.outputs.lock import Chamber, draw
from idesluss.outputs.results import results
from idesluss.outputs.view import Shown, View
from idesluss.outputs.words import NOW
from idesluss.stages import CHAMBERS, ORDER
from idesluss.translate import gettext as _

ELSEWHERE = frozenset(
    {
        "stage", "handed_in", "duplicates_checked", "beneficiaries", "benefit", "equality", "tests", "pilot",
        "receiver", "development", "implementation", "commercialisation", "procurement", "effects", "next_step",
        "combined_into", "referred", "withdrawn", "lesson", "decisions", "log", "routine", "running_cost",
    }
)  # fmt: skip
"""Fields that have their own place on the page, and so do not stand in the panel."""
TO = frozenset({"concept", "test", "pilot"})
"""Stages that one goes to; the others are what an idea becomes: answered, closed."""
TEST_TONES = {"met": "good", "not_met": "stop", "unclear": "", None: "on"}
TRACKS = ("development", "implementation", "commercialisation", "procurement")


class Now(NamedTuple):
    """What happens just now: one sentence in bold, more of it, and what was learnt if the idea has stopped."""

    title: str
    says: str
    more: tuple[str, ...]
    into: Shown | None
    lesson: str
    stopped: bool


class Tested(NamedTuple):
    """A test with its outcome in words; `tone` is "good", "stop", "on" while it runs, or ""."""

    number: int
    plan: Test
    period: str
    outcome: str
    tone: str


class Happening(NamedTuple):
    """A line of the timeline. `tone` is "to" for a step, "stop" for the end, or ""; `stated`: by the history only."""

    stamp: str
    date: str
    title: str
    by: str
    text: str
    tone: str = ""
    stated: bool = False
    note: str = ""
    links: tuple[Shown, ...] = ()


def context(view: View, idea: Idea) -> dict[str, Any]:
    """What the page's template needs beside the frame."""
    happenings = timeline(view, idea)
    return {
        "now": just_now(view, idea),
        "lock": draw(view.lock_pieces, chambers(view, idea), "" if idea.stage in ORDER else view.say.stage(idea.stage)),
        "tests": [_test(view, number, test) for number, test in enumerate(idea.tests, 1)],
        "aim": _aim(view, idea),
        "equality": rows(view, idea.equality),
        "pilot": rows(view, idea.pilot) + rows(view, idea.receiver),
        "track": [row for name in TRACKS for row in rows(view, getattr(idea, name))] if idea.track else [],
        "running": rows(view, idea, "routine", "running_cost") if idea.routine or idea.running_cost is not None else [],
        "effects": results(view, idea.effects),
        "timeline": happenings,
        "any_stated": any(happening.stated for happening in happenings),
        "crumb": idea.path.split("/")[1],
    }


def just_now(view: View, idea: Idea) -> Now:
    """The box at the top: what happens now and the next step, or why the idea stopped and what was learnt."""
    stopped = idea.stage not in ORDER
    says = _says(view, idea)
    more: list[str] = []
    if stopped:
        reason = next((decision.reason for decision in reversed(idea.decisions) if decision.to == idea.stage), "")
        more += [reason] if reason else []
        more += [idea.referred.outcome] if idea.stage == "referred" and idea.referred and idea.referred.outcome else []
    elif idea.next_step:
        step = idea.next_step
        more.append(_("Next step: {what}.").format(what=step.what.rstrip(".")))
        more.append(_("{role} sees to it, by {date} at the latest.").format(role=step.role, date=view.say.day(step.by)))
    elif idea.stage == "submitted" and view.settings.response_promise:
        more.append(_("The answer comes within {days} working days.").format(days=view.settings.response_promise))
    into = view.link(idea.combined_into) if idea.stage == "combined" and idea.combined_into else None
    title = _("Just now") if idea.stage not in STOPPED else view.say.stage(idea.stage)
    return Now(title, says, tuple(more), into, idea.lesson or "" if stopped else "", idea.stage in STOPPED)


def _says(view: View, idea: Idea) -> str:
    """The sentence that says where the idea is; more exactly where its fields allow it."""
    sentence = _(NOW[idea.stage])
    if idea.stage == "test":
        running = [test for test in idea.tests if not test.outcome and test.period.end]
        if running:
            last = max(str(test.period.end) for test in running)
            return _("The test runs until {date}.").format(date=view.say.day(last))
        if idea.tests and all(test.outcome for test in idea.tests):
            return _("The test is done. Its outcome is to be decided on.")
    if idea.stage == "pilot" and idea.pilot:
        if idea.pilot.result:
            return _("The pilot is done. Its result is to be decided on.")
        if idea.pilot.period and idea.pilot.period.end:
            return _("The pilot runs until {date}.").format(date=view.say.day(idea.pilot.period.end))
    if idea.stage == "parked" and idea.review_by:
        return _("The idea rests. It is looked at again on {date} at the latest.").format(
            date=view.say.day(idea.review_by)
        )
    if idea.stage == "referred" and idea.referred and idea.referred.to:
        return _("The idea has been passed on to: {to}.").format(to=idea.referred.to)
    if idea.stage == "withdrawn" and idea.withdrawn:
        return _("The idea giver withdrew the idea on {date}.").format(date=view.say.day(idea.withdrawn.date))
    return sentence


def reached(idea: Idea) -> dict[str, str]:
    """When the idea came to each stage the last time."""
    steps = [(step.date, step.stage) for step in idea.history]
    steps += [(decision.date, decision.to) for decision in idea.decisions]
    if idea.handed_in:
        steps.append((idea.handed_in.at, "submitted"))
    told: dict[str, str] = {stage: date for date, stage in sorted(steps)}
    answers = [line.date for line in idea.log if line.type == "answer"]
    if answers:
        told.setdefault("answered", min(answers))
    if idea.duplicates_checked:
        told.setdefault("assessed", idea.duplicates_checked.date)
    return told


def chambers(view: View, idea: Idea) -> list[Chamber]:
    """The eight chambers: those that the idea has passed, the one where it is or which it left, and those ahead."""
    told = reached(idea)
    inside = idea.stage in ORDER
    at = ORDER[idea.stage] if inside else max((ORDER[stage] for stage in told if stage in ORDER), default=0)
    here = "now" if inside else "left"
    found = []
    for place, stage in enumerate(CHAMBERS):
        state = "ahead" if place > at else here if place == at else "past"
        date = told.get(stage.name, "") if place <= at else ""
        found.append(Chamber(view.say.stage(stage.name), view.say.short_day(date) if date else "", state))
    return found


def timeline(view: View, idea: Idea) -> list[Happening]:
    """All that has happened, the newest first: every decision with its reason, public log lines, the hand-in."""
    found = [*_stated(view, idea), *_handed_in(view, idea), *_logged(view, idea), *_decided(view, idea)]
    found.sort(key=itemgetter(0))
    found.reverse()
    return found


def _stated(view: View, idea: Idea) -> Iterator[Happening]:
    """The steps of the stated history that nothing else tells of."""
    told = {(decision.to, decision.date) for decision in idea.decisions}
    told |= {("answered", line.date) for line in idea.log if line.public and line.type == "answer"}
    for step in idea.history:
        if (step.stage, step.date) not in told:
            title, tone = view.say.stage(step.stage), _tone(step.stage)
            yield Happening(step.date, view.say.day(step.date), title, "", step.reason or "", tone, stated=True)


def _handed_in(view: View, idea: Idea) -> Iterator[Happening]:
    """How it came in, and that similar ideas were looked for."""
    came = idea.handed_in
    if came and all(step.stage != "submitted" for step in idea.history):
        door = view.say.label("door", came.door)
        yield Happening(
            came.at, view.say.day(came.at), view.say.stage("submitted"), "", "", "to", stated=True, note=door
        )
    checked = idea.duplicates_checked
    if checked:
        title, links = _("Similar ideas were looked for"), view.links(checked.found)
        yield Happening(checked.date, view.say.day(checked.date), title, "", checked.note or "", links=links)


def _logged(view: View, idea: Idea) -> Iterator[Happening]:
    """The lines of the log that everybody may read; the answer says too what is stated of that step."""
    reasons = _stated_reasons(idea)
    for line in idea.log:
        if line.public:
            label = view.say.label("type", line.type)
            note = reasons.get(("answered", line.date), "") if line.type == "answer" else ""
            said = view.say.quoted(line.text)
            yield Happening(line.date, view.say.day(line.date), label, line.role, said, note=note)


def _decided(view: View, idea: Idea) -> Iterator[Happening]:
    """Every decision with who made it and why, and what is stated of the step; a withdrawal needs none."""
    reasons = _stated_reasons(idea)
    for told in idea.decisions:
        label = view.say.stage(told.to)
        title = _("To {stage}").format(stage=label.lower()) if told.to in TO else label
        stated = reasons.get((told.to, told.date), "")
        notes = [stated] if stated and stated != told.reason.rstrip(".") else []
        if told.skips:
            notes.append(_("Skips: {stages}").format(stages=", ".join(map(view.say.stage, told.skips))))
        if told.reference_number:
            notes.append(_("Diary number {number}").format(number=told.reference_number))
        date, said, note = view.say.day(told.date), view.say.quoted(told.reason), ". ".join(notes)
        yield Happening(told.date, date, title, told.by, said, _tone(told.to), note=note)
    if idea.withdrawn and all(told.to != "withdrawn" for told in idea.decisions):
        date = idea.withdrawn.date
        yield Happening(date, view.say.day(date), view.say.stage("withdrawn"), "", "", "stop")


def _stated_reasons(idea: Idea) -> dict[tuple[str, str], str]:
    """The reasons in the stated history by stage and date, without a full stop."""
    return {(step.stage, step.date): step.reason.rstrip(".") for step in idea.history if step.reason}


def _tone(stage: str) -> str:
    return "stop" if stage in STOPPED else "to" if stage in ORDER else ""


def _test(view: View, number: int, test: Test) -> Tested:
    outcome = view.say.label("outcome", test.outcome) if test.outcome else _("Running")
    return Tested(number, test, view.say.period(test.period), outcome, TEST_TONES[test.outcome])


def _aim(view: View, idea: Idea) -> list[Fact]:
    """For whom, and which benefit."""
    found = rows(view, idea, "beneficiaries") if idea.beneficiaries else []
    return found + (rows(view, idea.benefit) if idea.benefit else [])
