"""How quickly ideas go through the lock, and where they are."""

from __future__ import annotations

import datetime
from collections import defaultdict
from itertools import pairwise

from idesluss import clock
from idesluss.figures import Column, Row, Same, Spot, Sum
from idesluss.kinds.idea import Idea
from idesluss.measures.launching import A_YEAR, IN_USE, ON_THE_WAY, STOPPED, is_overdue
from idesluss.measures.scope import Scope
from idesluss.measures.table import Spell, Table, Tally, quarter, quarter_key, share, with_total
from idesluss.measures.terms import exact
from idesluss.problem import N_
from idesluss.stages import CHAMBERS, ORDER, SIDE_STAGES
from idesluss.workdays import working_days_between

BASES = ("shown", "stated")
WAITS = (*(stage.name for stage in CHAMBERS[:-1]), "parked")
"""Stages that an idea is to leave again."""
LEFT = ("parked", "referred", "combined")
NOW = 4
"""The column of `flow` whose parts are summed up in the overview."""
ASIDE = tuple(stage.name for stage in SIDE_STAGES if stage.name != "parked")


def lead_time(scope: Scope) -> Table:
    columns = (
        Column("shown", N_("Steps"), basis="shown"),
        Column("shown_median", N_("Median"), "days", "shown"),
        Column("shown_ninety", N_("Nine of ten within"), "days", "shown"),
        Column("stated", N_("Steps"), basis="stated"),
        Column("stated_median", N_("Median"), "days", "stated"),
        Column("stated_ninety", N_("Nine of ten within"), "days", "stated"),
        Column("running", N_("Still there")),
    )
    spells = {stage: (Spell(), Spell()) for stage in WAITS}
    running = {stage: Tally() for stage in WAITS}
    undated = 0
    for journey in scope.journeys:
        for start, end in pairwise(journey.stops):
            if start.stage not in spells:
                continue
            if start.day is None or end.day is None or end.day < start.day:
                undated += 1
                continue
            spells[start.stage][start.stated or end.stated].add((end.day - start.day).days, hidden=journey.hidden)
        if journey.idea.stage in running:
            running[journey.idea.stage].add(hidden=journey.hidden)
    rows = tuple(
        Row(
            "stage",
            stage,
            (
                *(cell for spell in held for cell in (spell.count(), spell.median(), spell.ninety())),
                running[stage].cell(),
            ),
        )
        for stage, held in spells.items()
    )
    of_basis = [sum(len(held[basis].days) for held in spells.values()) for basis in (0, 1)]
    return Table(columns, rows, sum(of_basis), of_basis[1], undated, same=(Same("running", "flow", "now"),))


def response(scope: Scope) -> Table:
    columns = (
        Column("ideas", N_("Ideas")),
        Column("answered", N_("Have an answer")),
        Column("median", N_("Median"), "working_days"),
        Column("ninety", N_("Nine of ten within"), "working_days"),
        Column("due", N_("Answered or overdue")),
        Column("within", N_("Within the promise")),
        Column("share", N_("Share within the promise"), "percent", of=("within", "due")),
        Column("waiting", N_("Waiting for an answer")),
        Column("overdue", N_("Waiting for too long")),
    )
    counts = ("ideas", "due", "within", "waiting", "overdue")
    tallies: dict[str, dict[str, Tally]] = defaultdict(lambda: {key: Tally() for key in counts})
    spells: dict[str, Spell] = defaultdict(Spell)
    unknown = 0
    for journey in scope.journeys:
        came = exact(journey.idea.handed_in.at) if journey.idea.handed_in else None
        if came is None:
            unknown += 1
            continue
        took, late = answer_took(journey.idea, came), is_overdue(scope, journey)
        is_so = {
            "ideas": True,
            "due": took is not None or late,
            "within": took is not None and took <= scope.catalogue.settings.response_promise,
            "waiting": clock.waits_for_answer(journey.idea),
            "overdue": late,
        }
        year = str(came.year)
        for key in counts:
            if is_so[key]:
                tallies[year][key].add(hidden=journey.hidden)
        if took is not None:
            for key in (year, ""):
                spells[key].add(took, hidden=journey.hidden)
    rows = []
    for year in sorted(tallies):
        held, spell = tallies[year], spells[year]
        cells = {key: tally.cell() for key, tally in held.items()}
        cells["share"] = share(cells["within"], cells["due"])
        cells |= {"answered": spell.count(), "median": spell.median(), "ninety": spell.ninety()}
        rows.append(Row("year", year, tuple(cells[column.key] for column in columns)))
    whole, sums = with_total(columns, rows, (*counts, "answered"))
    cells_of = list(whole[-1].cells)
    cells_of[2:4] = [spells[""].median(), spells[""].ninety()]
    ideas = sum(row.cells[0].n for row in rows)
    return Table(columns, (*whole[:-1], whole[-1]._replace(cells=tuple(cells_of))), ideas, ideas, unknown, sums)


def answer_took(idea: Idea, came: datetime.date) -> int | None:
    """The working days till the first answer, or None where there is none."""
    answers = [line.date for line in idea.log if line.type == "answer"]
    return max(0, working_days_between(came, clock.first_day(min(answers)))) if answers else None


def flow(scope: Scope) -> Table:
    columns = (
        Column("came_shown", N_("Came"), basis="shown"),
        Column("left_shown", N_("Left"), basis="shown"),
        Column("came_stated", N_("Came"), basis="stated"),
        Column("left_stated", N_("Left"), basis="stated"),
        Column("now", N_("There now")),
    )
    since = clock.months_after(scope.now, -A_YEAR)
    stages = [stage.name for stage in CHAMBERS + SIDE_STAGES]
    tallies = {stage: {column.key: Tally() for column in columns} for stage in stages}
    undated = 0
    for journey in scope.journeys:
        before = ""
        for stop in journey.stops:
            undated += stop.day is None
            if stop.day and since < stop.day <= scope.now:
                basis = BASES[stop.stated]
                tallies[stop.stage][f"came_{basis}"].add(hidden=journey.hidden)
                if before:
                    tallies[before][f"left_{basis}"].add(hidden=journey.hidden)
            before = stop.stage
        tallies[journey.idea.stage]["now"].add(hidden=journey.hidden)
    rows = [Row("stage", stage, tuple(tally.cell() for tally in held.values())) for stage, held in tallies.items()]
    stated = sum(held["came_stated"].n for held in tallies.values())
    whole = [tuple(Spot(stages.index(stage), NOW) for stage in part) for part in (ON_THE_WAY, IN_USE, STOPPED, LEFT)]
    sums = tuple(Sum(None, parts) for parts in whole)
    shown = sum(held["came_shown"].n for held in tallies.values())
    return Table(columns, tuple(rows), stated + shown, stated, undated, sums)


def quarters(scope: Scope) -> Table:
    columns = tuple(
        Column(f"{key}_{basis}", label, basis=basis)
        for basis in ("shown", "stated")
        for key, label in (
            ("came", N_("Came in")),
            ("used", N_("Taken into use")),
            ("left", N_("Stopped or passed on")),
            ("open", N_("On the way at the end")),
        )
    )
    held: dict[str, dict[int, Tally]] = {column.key: defaultdict(Tally) for column in columns}
    undated = 0
    last = quarter(scope.now)
    for journey in scope.journeys:
        dated = [stop for stop in journey.stops if stop.day and stop.day <= scope.now]
        undated += len(journey.stops) - len(dated)
        used = False
        for at, stop in enumerate(dated):
            assert stop.day is not None  # noqa: S101 - only those with a day are here
            here, basis = quarter(stop.day), BASES[stop.stated]
            if stop is journey.stops[0]:
                held[f"came_{basis}"][here].add(hidden=journey.hidden)
            if stop.stage in IN_USE and not used:
                used = True
                held[f"used_{basis}"][here].add(hidden=journey.hidden)
            if stop.stage in ASIDE:
                held[f"left_{basis}"][here].add(hidden=journey.hidden)
            if stop.stage in ON_THE_WAY:
                following = dated[at + 1].day if at + 1 < len(dated) else None
                for later in range(here, quarter(following) if following else last + 1):
                    held[f"open_{basis}"][later].add(hidden=journey.hidden)
    seen = [at for found in held.values() for at in found]
    rows = tuple(
        Row("quarter", quarter_key(at), tuple(held[column.key][at].cell() for column in columns))
        for at in (range(min(seen), last + 1) if seen else ())
    )
    came = [sum(tally.n for tally in held[f"came_{basis}"].values()) for basis in BASES]
    return Table(columns, rows, sum(came), came[1], undated)


def funnel(scope: Scope) -> Table:
    columns = (
        Column("shown", N_("Ideas"), basis="shown"),
        Column("stated", N_("Ideas"), basis="stated"),
    )
    tallies = [(Tally(), Tally()) for _ in CHAMBERS]
    for journey in scope.journeys:
        shown = max((ORDER.get(stop.stage, 0) for stop in journey.stops if not stop.stated), default=-1)
        for at in range(journey.furthest + 1):
            tallies[at][at > shown].add(hidden=journey.hidden)
    rows = tuple(
        Row("stage", stage.name, tuple(tally.cell() for tally in held))
        for stage, held in zip(CHAMBERS, tallies, strict=True)
    )
    return Table(columns, rows, len(scope.journeys), tallies[0][1].n)
