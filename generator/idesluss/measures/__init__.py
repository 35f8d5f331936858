"""Every measure, defined once: what it is called, what it counts in words, and the function that counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from idesluss.figures import Figure, Figures
from idesluss.measures import initiatives, launching, portfolio, processes
from idesluss.measures.scope import Scope
from idesluss.measures.table import Table
from idesluss.problem import N_

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "launching": N_("Getting going"),
        "processes": N_("The way through the lock"),
        "initiatives": N_("The ideas"),
        "portfolio": N_("What comes of it"),
    }
)
"""What is measured, by the names that the groups have in ISO 56008, and what each is called here."""
SHORT = 12
"""So many digits of a commit's hash stand in a command."""


class Measure(NamedTuple):
    """`definition` says in words what is counted. `is_internal` keeps it from the public altogether."""

    key: str
    group: str
    label: str
    definition: str
    compute: Callable[[Scope], Table]
    is_internal: bool = False


MEASURES: tuple[Measure, ...] = (
    Measure(
        "units",
        "launching",
        N_("Ideas by unit"),
        N_(
            "Ideas whose unit is this one or a part of it: all, those on the way (from submitted to pilot), those"
            " in use (implemented or with confirmed benefit), those that stopped (closed or withdrawn), and the"
            " furthest stage that any of them has come to."
        ),
        launching.units,
    ),
    Measure(
        "employees",
        "launching",
        N_("Ideas from employees"),
        N_(
            "Ideas that employees and managers handed in during the last twelve months, in the unit and its"
            " parts, per 1,000 employees by the latest count. Groups of fewer than five are not shown to the"
            " public."
        ),
        launching.employees,
    ),
    Measure(
        "rollout",
        "launching",
        N_("The idea lock is introduced"),
        N_("Units by how far the idea lock had come there at the end of each quarter, as the units state themselves."),
        launching.rollout,
    ),
    Measure(
        "coverage",
        "launching",
        N_("Goals that ideas lead to"),
        N_(
            "Goals with at least one idea, with one that is in use, with a measured result, and with none of"
            " these. An idea counts for the goals that it names itself."
        ),
        launching.coverage,
    ),
    Measure(
        "goals",
        "launching",
        N_("Ideas by goal"),
        N_(
            "Ideas that name the goal, those of them that are in use or have their benefit confirmed, and results"
            " that ideas and examples have measured towards it. A result that both an idea and its example tell"
            " counts once."
        ),
        launching.goals,
    ),
    Measure(
        "barriers",
        "launching",
        N_("Barriers"),
        N_(
            "Barriers by category and status, and the open ideas that name a barrier which is not removed. An"
            " idea is open until its benefit is confirmed or it has left the lock. In the total, an idea counts"
            " once."
        ),
        launching.barriers,
    ),
    Measure(
        "coaches",
        "launching",
        N_("Coaches"),
        N_(
            "Open ideas of each coach against the capacity that the coach states, ideas without an answer, and"
            " those of them for which the promised time has run out. An idea without a coach counts for the coach"
            " of its unit. With few coaches this is a page about single people, so it is never public."
        ),
        launching.coaches,
        is_internal=True,
    ),
    Measure(
        "response",
        "processes",
        N_("Time to an answer"),
        N_(
            "Swedish working days from the day that the door states the idea was handed in, until the first"
            " answer in its log; by the year it was handed in. The share within the promise is of the ideas that"
            " have an answer, and of those that still wait though the promised time has run out."
        ),
        processes.response,
    ),
    Measure(
        "lead-time",
        "processes",
        N_("Time in each stage"),
        N_(
            "Days between the steps of an idea, by the stage that it left: the median, and the time that nine of"
            " ten do not exceed. The days are those of the commits on the main branch. Steps that only a file"
            " states are counted apart. Ideas that are still in the stage are counted, but their time is not."
        ),
        processes.lead_time,
    ),
    Measure(
        "flow",
        "processes",
        N_("Coming and going"),
        N_(
            "How many times an idea came to each stage and left it during the last twelve months, and how many"
            " ideas are there now."
        ),
        processes.flow,
    ),
    Measure(
        "quarters",
        "processes",
        N_("Quarter by quarter"),
        N_(
            "Ideas by the day of their steps: those that came in, those that came into use for the first time,"
            " those that left the lock (referred, combined, closed or withdrawn), and those that were on the way"
            " when the quarter ended."
        ),
        processes.quarters,
    ),
    Measure(
        "benefit",
        "initiatives",
        N_("Confirmed benefit"),
        N_(
            "Ideas in use, and those of them whose benefit is confirmed, by the type of benefit that was"
            " expected; and the results of ideas that reached their target or did not."
        ),
        initiatives.benefit,
    ),
    Measure(
        "equality",
        "initiatives",
        N_("Equality"),
        N_(
            "Ideas with an equality check, and the share of these checks that led to an action; by the year the"
            " idea was handed in. Nothing is ever concluded from anybody's name."
        ),
        initiatives.equality,
    ),
    Measure(
        "collaboration",
        "initiatives",
        N_("Ideas made with others"),
        N_(
            "Ideas in which somebody from outside the organisation takes part, by the sector of that actor. An"
            " idea may count in several sectors; in the total, it counts once."
        ),
        initiatives.collaboration,
    ),
    Measure(
        "learning",
        "initiatives",
        N_("What stopped ideas teach"),
        N_(
            "Ideas that were closed or withdrawn, those that say what was learnt, and those of these that another"
            " idea builds on or found when it looked for similar ones, or that a good example comes from."
        ),
        initiatives.learning,
    ),
    Measure(
        "overview",
        "portfolio",
        N_("The ideas at a glance"),
        N_(
            "All ideas by where they are: on the way (from submitted to pilot), in use (implemented or with confirmed"
            " benefit), stopped (closed or withdrawn), or parked, referred or combined with another idea."
        ),
        portfolio.overview,
    ),
    Measure(
        "funnel",
        "portfolio",
        N_("How far ideas come"),
        N_("Ideas that have come to each stage or further, at any time. An idea that skipped a stage came further."),
        processes.funnel,
    ),
    Measure(
        "cohorts",
        "portfolio",
        N_("Share taken into use"),
        N_(
            "Of the ideas that were handed in during half a year: those that were in use within 12 and 24 months"
            " of their own day. Where that time has not run out for all of them, the figure is not yet complete."
        ),
        portfolio.cohorts,
    ),
    Measure(
        "spread",
        "portfolio",
        N_("Our examples, taken over"),
        N_(
            "Units and organisations that have taken over one of our good examples and have confirmed it within"
            " 24 months, by how closely they followed it. Each adopter counts once for an example. Those that no"
            " longer use it, or have said nothing for 24 months, are counted apart."
        ),
        portfolio.spread,
    ),
    Measure(
        "reuse",
        "portfolio",
        N_("Others' examples, taken over by us"),
        N_(
            "The same the other way: what our units have taken over from others. As context, not as a yardstick:"
            " in Denmark's survey, 74 per cent of the public innovations in use were inspired by others or copied"
            " from them."
        ),
        portfolio.reuse,
    ),
    Measure(
        "freshness",
        "portfolio",
        N_("Examples that still hold"),
        N_("Good examples that their owner has confirmed within 24 months, by how they went."),
        portfolio.freshness,
    ),
    Measure(
        "events",
        "portfolio",
        N_("Meetings"),
        N_(
            "Events that have been: organisations and participants, participants against the plan, the first"
            " rating, and the examples in the programme that somebody took over within 12 months after."
        ),
        portfolio.events,
    ),
)

BY_KEY: Mapping[str, Measure] = MappingProxyType({measure.key: measure for measure in MEASURES})
INTERNAL = frozenset(measure.key for measure in MEASURES if measure.is_internal)


def figures(catalogue: Catalogue, unit: str = "") -> Figures:
    """All figures of a whole catalogue, or of one of its units; the entries count too that an audience does not see."""
    scope = Scope(catalogue, unit)

    def make(key: str) -> Figure:
        measure = BY_KEY[key]
        table = measure.compute(scope)
        return Figure(
            key=key,
            group=measure.group,
            label=measure.label,
            definition=measure.definition,
            columns=table.columns,
            rows=table.rows,
            n=table.n,
            stated=table.stated,
            undated=table.undated,
            sums=table.sums,
            same=table.same,
            commit=catalogue.commit,
            day=catalogue.now.isoformat(),
            command=command(key, catalogue, unit),
        )

    return Figures(tuple(BY_KEY), make, INTERNAL)


def command(key: str, catalogue: Catalogue, unit: str = "") -> str:
    """What computes a figure again, from the commit and the day that it was computed for."""
    told = ["idesluss measures", key]
    told += [f"--at {catalogue.commit[:SHORT]}"] if catalogue.commit else []
    told += [f"--now {catalogue.now.isoformat()}"]
    told += [f"--unit {unit}"] if unit else []
    return " ".join([*told, "--audience internal"] if BY_KEY[key].is_internal else told)
