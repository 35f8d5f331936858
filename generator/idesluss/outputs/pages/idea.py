"""The page of an idea: where it is just now, its way through the lock, its tests, and all that has happened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from idesluss.clock import answer_due, waits_for_answer
from idesluss.kinds.idea import Idea, Test
from idesluss.measures.terms import USED
from idesluss.outputs.cards import STOPPED
from idesluss.outputs.facts import Fact, rows
from idesluss.outputs.feeds.feed import NAME
from idesluss.outputs.lock import Chamber, draw
from idesluss.outputs.results import results
from idesluss.outputs.timeline import timeline
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
TEST_TONES = {"met": "good", "not_met": "stop", "unclear": "", None: "on"}
TRACKS = ("development", "implementation", "commercialisation", "procurement")


class Now(NamedTuple):
    """What happens just now, in one glance: a sentence, what was learnt if the idea has stopped, and a few facts.

    `into` is the idea that it became part of, `joined` those that became part of it, `spread` others who use it.
    """

    title: str
    says: str
    facts: tuple[Fact, ...]
    into: Shown | None
    joined: tuple[Shown, ...]
    spread: tuple[Shown, ...]
    lesson: str
    stopped: bool


class Tested(NamedTuple):
    """A test with its outcome in words; `tone` is "good", "stop", "on" while it runs, or ""."""

    number: int
    plan: Test
    period: str
    outcome: str
    tone: str


def context(view: View, idea: Idea) -> dict[str, Any]:
    """What the page's template needs beside the frame."""
    happenings = timeline(view, idea)
    return {
        "now": just_now(view, idea),
        "lock": draw(view.lock_pieces, chambers(view, idea), "" if idea.stage in ORDER else view.say.stage(idea.stage)),
        "gate": _gate(view, idea),
        "tests": [_test(view, number, test) for number, test in enumerate(idea.tests, 1)],
        "aim": _aim(view, idea),
        "equality": rows(view, idea.equality),
        "pilot": rows(view, idea.pilot) + rows(view, idea.receiver),
        "track": [row for name in TRACKS for row in rows(view, getattr(idea, name))] if idea.track else [],
        "running": rows(view, idea, "routine", "running_cost") if idea.routine or idea.running_cost is not None else [],
        "effects": results(view, idea.effects),
        "timeline": happenings,
        "any_stated": any(happening.stated for happening in happenings),
        "any_proof": any(happening.proof for happening in happenings),
        "feed": NAME,
        "crumb": idea.path.split("/")[1],
    }


def just_now(view: View, idea: Idea) -> Now:
    """The box at the top: where the idea is, since when, what comes next, who sees to it and when; or why it ended."""
    inside = idea.stage in ORDER
    told = _ahead(view, idea) if inside else _ended(view, idea)
    facts = tuple(Fact(label, (value,)) for label, value in told if value.text)
    into = view.link(idea.combined_into) if idea.stage == "combined" and idea.combined_into else None
    title = _("Just now") if idea.stage not in STOPPED else view.say.stage(idea.stage)
    lesson = "" if inside else idea.lesson or ""
    joined = view.links(one.id for one in view.referring(idea, Idea, "combined_into"))
    return Now(title, _says(view, idea), facts, into, joined, _spread(view, idea), lesson, idea.stage in STOPPED)


def _spread(view: View, idea: Idea) -> tuple[Shown, ...]:
    """The others who have confirmed that they use a good example that came of the idea; each once."""
    return view.links(
        dict.fromkeys(
            adoption.by
            for case, adoption in view.taken_over(idea)
            if view.is_live(adoption) and adoption.phase in USED and adoption.by != case.organisation
        )
    )


def _ahead(view: View, idea: Idea) -> Iterator[tuple[str, Shown]]:
    """What comes next to an idea in the lock."""
    yield from _next(view, idea)
    promise = view.settings.response_promise
    if not idea.next_step and promise and waits_for_answer(idea):
        due = answer_due(idea, view.catalogue.life(idea.id), promise)
        within = _("The answer comes within {days} working days").format(days=promise)
        late = _("The answer was to come on {date} at the latest")
        is_late = due is not None and view.is_past(due.isoformat())
        yield _("Next step"), Shown(late.format(date=view.say.day(str(due))) if is_late else within)
    yield from _since(view, idea)


def _ended(view: View, idea: Idea) -> Iterator[tuple[str, Shown]]:
    """Why an idea left the lock, who decided it and when; a parked one has a next step too."""
    decision = next((one for one in reversed(idea.decisions) if one.to == idea.stage), None)
    outcome = idea.referred.outcome if idea.stage == "referred" and idea.referred else ""
    yield _("Why"), Shown(decision.reason if decision else "")
    yield _("What came of it"), Shown(outcome or "")
    yield _("Decided by"), Shown(decision.by if decision else "")
    yield from _since(view, idea)
    yield from _next(view, idea)


def _next(view: View, idea: Idea) -> Iterator[tuple[str, Shown]]:
    step = idea.next_step
    if step:
        yield _("Next step"), Shown(step.what)
        yield _("Who sees to it"), Shown(step.role)
        yield _("By when"), Shown(view.say.day(step.by), stamp=step.by)


def _gate(view: View, idea: Idea) -> str:
    """What the next gate asks of an idea in the lock."""
    ahead = CHAMBERS[ORDER[idea.stage] + 1 :] if idea.stage in ORDER else ()
    if not ahead:
        return ""
    told = _("The next gate, to {stage}, asks: {question}")
    return told.format(stage=view.say.stage(ahead[0].name).lower(), question=_(ahead[0].asks))


def _since(view: View, idea: Idea) -> Iterator[tuple[str, Shown]]:
    day = reached(view, idea).get(idea.stage, "")
    label = _("{stage} since").format(stage=view.say.stage(idea.stage)) if idea.stage not in STOPPED else _("When")
    yield label, Shown(view.say.day(day) if day else "", stamp=day)


def _says(view: View, idea: Idea) -> str:
    """The sentence that says where the idea is; more exactly where its fields allow it."""
    sentence = _(NOW[idea.stage])
    if idea.stage == "test":
        running = [test for test in idea.tests if not test.outcome and test.period.end]
        if running:
            last = max(str(test.period.end) for test in running)
            told = _("The test was to run until {date}.") if view.is_past(last) else _("The test runs until {date}.")
            return told.format(date=view.say.day(last))
        if idea.tests and all(test.outcome for test in idea.tests):
            return _("The test is done. Its outcome is to be decided on.")
    if idea.stage == "pilot" and idea.pilot:
        if idea.pilot.result:
            return _("The pilot is done. Its result is to be decided on.")
        if idea.pilot.period and idea.pilot.period.end:
            last = idea.pilot.period.end
            told = _("The pilot was to run until {date}.") if view.is_past(last) else _("The pilot runs until {date}.")
            return told.format(date=view.say.day(last))
    if idea.stage == "parked" and idea.review_by:
        rests = _("The idea rests. It is looked at again on {date} at the latest.")
        late = _("The idea rests. It was to be looked at again on {date} at the latest.")
        return (late if view.is_past(idea.review_by) else rests).format(date=view.say.day(idea.review_by))
    if idea.stage == "referred" and idea.referred and idea.referred.to:
        return _("The idea has been passed on to: {to}.").format(to=idea.referred.to)
    if idea.stage == "withdrawn" and idea.withdrawn:
        return _("The idea giver withdrew the idea on {date}.").format(date=view.say.day(idea.withdrawn.date))
    return sentence


def reached(view: View, idea: Idea) -> dict[str, str]:
    """When the idea came to each stage the last time: as git shows, else as the file states."""
    steps = [(decision.date, decision.to) for decision in idea.decisions]
    if idea.handed_in:
        steps.append((idea.handed_in.at, "submitted"))
    told: dict[str, str] = {stage: date for date, stage in sorted(steps)}
    skipped = {stage for decision in idea.decisions for stage in decision.skips}
    answers = [line.date for line in idea.log if line.type == "answer"]
    if answers and "answered" not in skipped:
        told.setdefault("answered", min(answers))
    if idea.duplicates_checked and "assessed" not in skipped:
        told.setdefault("assessed", idea.duplicates_checked.date)
    return told | {step.stage: step.day for step in view.catalogue.steps(idea)}


def chambers(view: View, idea: Idea) -> list[Chamber]:
    """The eight chambers: those that the idea has passed, the one where it is or which it left, and those ahead."""
    told = reached(view, idea)
    inside = idea.stage in ORDER
    at = ORDER[idea.stage] if inside else max((ORDER[stage] for stage in told if stage in ORDER), default=0)
    here = "now" if inside else "left"
    found = []
    for place, stage in enumerate(CHAMBERS):
        state = "ahead" if place > at else here if place == at else "past"
        date = told.get(stage.name, "") if place <= at else ""
        found.append(Chamber(view.say.stage(stage.name), view.say.short_day(date) if date else "", state))
    return found


def _test(view: View, number: int, test: Test) -> Tested:
    outcome = view.say.label("outcome", test.outcome) if test.outcome else _("Running")
    return Tested(number, test, view.say.period(test.period), outcome, TEST_TONES[test.outcome])


def _aim(view: View, idea: Idea) -> list[Fact]:
    """For whom, and which benefit."""
    found = rows(view, idea, "beneficiaries") if idea.beneficiaries else []
    return found + (rows(view, idea.benefit) if idea.benefit else [])
