"""The lock's chambers and gates as tables: what an idea must hold at each stage, and who approves it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from idesluss.problem import N_, Text


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that a gate asks for: a field (dotted), and what one of its items must hold if it is a list."""

    field: str
    words: str
    item: Mapping[str, str] = dataclasses.field(default_factory=dict)
    item_has: tuple[str, ...] = ()

    @property
    def top(self) -> str:
        return self.field.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Stage:
    """A chamber of the lock (or a side stage): its label, ISO 56002 name, evidence to enter, and who approves."""

    name: str
    label: str
    iso: str
    asks: str
    evidence: tuple[Evidence, ...]
    approves: str
    later: tuple[Evidence, ...] = ()
    """What is to be filled in when it is known; nothing asks for it at once."""


def decided(stage: str) -> Evidence:
    return Evidence("decisions", N_("a decision to this stage with its date, who decided and why"), {"to": stage})


CHAMBERS: tuple[Stage, ...] = (
    Stage(
        "submitted",
        N_("Submitted"),
        N_("identify opportunities"),
        N_("What is the problem, and where?"),
        (),
        N_("anyone"),
    ),
    Stage(
        "answered",
        N_("Answered"),
        N_("identify opportunities"),
        N_("Who takes care of the idea?"),
        (
            Evidence("coach", N_("a coach who takes care of the idea")),
            Evidence("log", N_("an answer to the idea giver in the log"), {"type": "answer"}),
        ),
        N_("coach"),
    ),
    Stage(
        "assessed",
        N_("Assessed"),
        N_("identify opportunities"),
        N_("Which need does it meet, and does it exist already?"),
        (
            Evidence("needs", N_("at least one confirmed need")),
            Evidence("type", N_("improvement, innovation or digitalisation")),
            Evidence("duplicates_checked", N_("a note on whether similar ideas were looked for")),
        ),
        N_("coach"),
    ),
    Stage(
        "concept",
        N_("Concept"),
        N_("create concepts"),
        N_("For whom, which benefit, towards which goal?"),
        (
            Evidence("beneficiaries", N_("who the idea is for")),
            Evidence("benefit", N_("the benefit that is expected")),
            Evidence("goals", N_("at least one goal that it serves")),
            Evidence("track", N_("a track: development, implementation, commercialisation or procurement")),
            Evidence("equality", N_("the equality check: whom it affects, the difference, the action")),
            decided("concept"),
        ),
        N_("idea council"),
    ),
    Stage(
        "test",
        N_("Test"),
        N_("validate concepts"),
        N_("What do we believe, and when were we wrong?"),
        (
            Evidence(
                "tests",
                N_("a test with hypothesis, measure, threshold and period"),
                item_has=("hypothesis", "measure", "threshold", "period"),
            ),
        ),
        N_("coach and unit"),
    ),
    Stage(
        "pilot",
        N_("Pilot"),
        N_("develop solutions"),
        N_("Did the test hold, and who receives it?"),
        (
            Evidence("tests", N_("a test with its outcome"), item_has=("outcome",)),
            Evidence("receiver.unit", N_("the unit that takes the idea over")),
            Evidence("receiver.role", N_("the role that owns it there")),
            Evidence("pilot.scope", N_("the bounds of the pilot")),
            Evidence("pilot.stop_rule", N_("when the pilot is to be stopped")),
        ),
        N_("receiving unit"),
    ),
    Stage(
        "implemented",
        N_("Implemented"),
        N_("deploy solutions"),
        N_("Did the pilot work, and what does it cost to run?"),
        (
            Evidence("pilot.result", N_("the result of the pilot")),
            decided("implemented"),
            Evidence("routine", N_("a routine or a reference to a contract")),
            Evidence("running_cost", N_("what it costs to run a year")),
        ),
        N_("responsible manager"),
    ),
    Stage(
        "verified",
        N_("Benefit confirmed"),
        N_("deploy solutions"),
        N_("Did the benefit come, half a year later?"),
        (
            Evidence(
                "effects",
                N_("an effect with baseline, result and date"),
                item_has=("baseline", "result", "date"),
            ),
        ),
        N_("responsible manager and an outsider"),
    ),
)

SIDE_STAGES: tuple[Stage, ...] = (
    Stage(
        "parked",
        N_("Parked"),
        "",
        N_("When do we look again?"),
        (Evidence("review_by", N_("the date when it is looked at again")),),
        N_("coach"),
    ),
    Stage(
        "referred",
        N_("Referred"),
        "",
        N_("Who takes it on?"),
        (Evidence("referred.to", N_("to whom it was referred")),),
        N_("coach"),
        (Evidence("referred.outcome", N_("what came of it there")),),
    ),
    Stage(
        "combined",
        N_("Combined"),
        "",
        N_("Into which idea?"),
        (Evidence("combined_into", N_("the idea that it became part of")),),
        N_("coach"),
    ),
    Stage("closed", N_("Closed"), "", N_("Why, and what did we learn?"), (decided("closed"),), N_("coach")),
    Stage(
        "withdrawn",
        N_("Withdrawn"),
        "",
        N_("When was it withdrawn?"),
        (Evidence("withdrawn.date", N_("the date when the idea giver withdrew it")),),
        N_("idea giver"),
    ),
)

SPREAD = Stage(
    "spread",
    N_("Spread"),
    "",
    N_("Does somebody else use it?"),
    (),
    N_("nobody: it shows by itself"),
)
"""Never typed: it shows when somebody else has confirmed an adoption in use. No file says it, so no table holds it."""

Move = Literal["stay", "forward", "skip", "back", "aside", "reopen"]
"""How an idea goes from one stage to another: `skip` leaves out gates, `aside` leaves the lock, `reopen` comes back."""

LESSON = Evidence("lesson", N_("what was learnt, since the idea had come to concept or further"))
"""Asked of a closed idea that had reached concept."""

STAGES: Mapping[str, Stage] = MappingProxyType({stage.name: stage for stage in CHAMBERS + SIDE_STAGES})
ORDER: Mapping[str, int] = MappingProxyType({stage.name: at for at, stage in enumerate(CHAMBERS)})
"""A chamber's place in the lock, from 0; side stages have none."""

TRACK_EVIDENCE: Mapping[str, Mapping[str, tuple[Evidence, ...]]] = MappingProxyType(
    {
        "development": {
            "pilot": (
                Evidence("development.user_insight", N_("what users said or did")),
                Evidence("development.sketch", N_("a sketch of the solution")),
            ),
        },
        "implementation": {
            "pilot": (
                Evidence("implementation.resources", N_("the resources for introducing it")),
                Evidence("implementation.training_plan", N_("a plan for training")),
            ),
            "implemented": (
                Evidence("implementation.owner", N_("who owns the routine")),
                Evidence("implementation.rollout", N_("the plan for the roll-out")),
            ),
        },
        "commercialisation": {
            "pilot": (
                Evidence("commercialisation.rights", N_("who owns the rights")),
                Evidence("commercialisation.handover", N_("the actor that takes it on")),
            ),
            "implemented": (Evidence("commercialisation.licence", N_("the licence or the company")),),
        },
        "procurement": {
            "pilot": (
                Evidence("procurement.functional_need", N_("the need, described as function")),
                Evidence("procurement.market_dialogue", N_("what the market dialogue showed")),
                Evidence("procurement.procedure", N_("the procedure of the procurement")),
            ),
            "implemented": (
                Evidence("procurement.award_reference", N_("the reference of the award")),
                Evidence("reference_number", N_("the diary number")),
            ),
            "verified": (Evidence("procurement.result", N_("the result of the contract")),),
        },
    }
)
"""What each track asks for beside the gate's own evidence."""


def evidence_until(stage: str, track: str | None) -> tuple[tuple[str, Evidence], ...]:
    """All that an idea at `stage` must hold, gate by gate from the first: pairs of (gate's stage, evidence)."""
    if stage not in ORDER:
        return tuple((stage, evidence) for evidence in STAGES[stage].evidence)
    asked: list[tuple[str, Evidence]] = []
    for chamber in CHAMBERS[: ORDER[stage] + 1]:
        of_track = TRACK_EVIDENCE.get(track or "", {}).get(chamber.name, ())
        asked += [(chamber.name, evidence) for evidence in chamber.evidence + of_track]
    return tuple(asked)


def move(before: str, after: str) -> Move:
    """How an idea goes that was at one stage and is now at another."""
    if before == after:
        return "stay"
    if after not in ORDER:
        return "aside"
    if before not in ORDER:
        return "reopen"
    steps = ORDER[after] - ORDER[before]
    return "back" if steps < 0 else "forward" if steps == 1 else "skip"


MOVES: Mapping[tuple[str, str], Move] = MappingProxyType(
    {(before, after): move(before, after) for before in STAGES for after in STAGES}
)
"""Every pair of stages, as a table."""


def next_from(stage: str, furthest: str = CHAMBERS[-1].name) -> tuple[str, ...]:
    """The stages that an idea may come to next without a decision that skips gates and without going back.

    From beside the lock it may come back into every chamber until the `furthest` that it had been in.
    """
    if stage in ORDER:
        return tuple(name for name in STAGES if MOVES[stage, name] in ("forward", "aside"))
    return tuple(name for name in STAGES if name != stage and ORDER.get(name, 0) <= ORDER[furthest])


def skipped(before: str, after: str) -> tuple[str, ...]:
    """The chambers that lie between two, when an idea goes forward from one to the other."""
    return tuple(stage.name for stage in CHAMBERS[ORDER[before] + 1 : ORDER[after]])


def label(stage: str, own: Mapping[Any, str]) -> str | Text:
    """What a stage is called: by the instance, in its setting `stages`, else as everywhere."""
    return own.get(stage) or Text(STAGES[stage].label)
