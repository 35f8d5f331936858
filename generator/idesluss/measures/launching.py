"""How an instance gets going: its units, its goals, what stands in the way, and who helps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain, pairwise

from idesluss import clock
from idesluss.figures import Cell, Column, Row, Spot, Sum
from idesluss.kinds.barrier import Barrier
from idesluss.kinds.case import Case
from idesluss.kinds.coach import Coach
from idesluss.kinds.goal import Goal
from idesluss.kinds.idea import Idea
from idesluss.measures.scope import Journey, Scope
from idesluss.measures.table import Table, Tally, number, quarter, quarter_key, tree_sums, whole, with_total
from idesluss.problem import N_
from idesluss.stages import CHAMBERS

IN_USE = ("implemented", "verified")
STOPPED = ("closed", "withdrawn")
ON_THE_WAY = tuple(stage.name for stage in CHAMBERS if stage.name not in IN_USE)
STAFF = ("employee", "manager")
EMPLOYEES_PER = 1000
A_YEAR = 12
CATEGORIES = ("organisational", "legal", "procurement", "resources", "technology", "knowledge", "culture")
LEVELS = ("vision", "strategy", "board_goal", "challenge", "direction", "agenda2030")
ROLLOUT = ("not_started", "pilot", "active", "paused")


def units(scope: Scope) -> Table:
    columns = (
        Column("ideas", N_("Ideas")),
        Column("open", N_("On the way")),
        Column("in_use", N_("In use")),
        Column("stopped", N_("Stopped")),
        Column("furthest", N_("Furthest stage"), "stage"),
    )
    stages = (None, ON_THE_WAY, IN_USE, STOPPED)
    tallies: dict[str, list[Tally]] = defaultdict(lambda: [Tally() for _ in stages])
    direct: dict[str, list[int]] = defaultdict(lambda: [0] * len(stages))
    furthest: dict[str, tuple[int, bool]] = {}
    for journey in scope.journeys:
        counts = [wanted is None or journey.idea.stage in wanted for wanted in stages]
        for at, is_one in enumerate(counts):
            direct[journey.idea.unit][at] += is_one
        for above in scope.above(journey.idea.unit):
            reached, guarded = furthest.get(above, (-1, False))
            furthest[above] = (max(reached, journey.furthest), guarded or journey.hidden)
            for tally, is_one in zip(tallies[above], counts, strict=True):
                if is_one:
                    tally.add(hidden=journey.hidden)
    shown = [unit for unit in scope.units.values() if unit.id in tallies and (not scope.unit or unit.id in scope.home)]
    rows = []
    for unit in shown:
        reached, guarded = furthest[unit.id]
        last = Cell(CHAMBERS[reached].name, tallies[unit.id][0].n, guarded)
        rows.append(Row("unit", unit.id, (*(tally.cell() for tally in tallies[unit.id]), last), unit.title))
    part_of = {unit.id: unit.part_of for unit in shown}
    sums = chain.from_iterable(
        tree_sums([*part_of], part_of, at, {unit: held[at] for unit, held in direct.items()})
        for at in range(len(stages))
    )
    tops = [at for at, unit in enumerate(shown) if unit.part_of not in part_of]
    of_all = (Sum(None, tuple(Spot(at, column) for at in tops)) for column in range(len(stages)) if tops)
    return Table(columns, tuple(rows), len(scope.journeys), sums=(*sums, *of_all))


def employees(scope: Scope) -> Table:
    columns = (
        Column("employees", N_("Employees")),
        Column("ideas", N_("Ideas from employees")),
        Column("rate", N_("Per 1,000 employees"), "rate", of=("ideas", "employees")),
    )
    since = clock.months_after(scope.now, -A_YEAR)
    ideas = [
        journey.idea.unit
        for journey in scope.journeys
        if journey.idea.submitter in STAFF and journey.came and since < journey.came <= scope.now
    ]
    direct: dict[str, int] = defaultdict(int)
    family: dict[str, int] = defaultdict(int)
    for own in ideas:
        direct[own] += 1
        for above in scope.above(own):
            family[above] += 1
    rows, part_of = [], {}
    for unit in scope.units.values():
        counted = max(
            (one for one in unit.employees if one.year <= scope.now.year), key=lambda one: one.year, default=None
        )
        if counted is None or not counted.number or (scope.unit and unit.id not in scope.home):
            continue
        given = family[unit.id]
        rate = Cell(whole(round(EMPLOYEES_PER * given / counted.number, 1)), given, guarded=True)
        cells = (number(counted.number), Cell(given, given, guarded=True), rate)
        rows.append(Row("unit", unit.id, cells, unit.title))
        part_of[unit.id] = unit.part_of
    return Table(columns, tuple(rows), len(ideas), sums=tuple(tree_sums([*part_of], part_of, 1, direct)))


def rollout(scope: Scope) -> Table:
    columns = (
        Column("not_started", N_("Not started")),
        Column("pilot", N_("Being tried")),
        Column("active", N_("Up and running")),
        Column("paused", N_("Paused")),
    )
    units = [unit for unit in scope.units.values() if any(step.since for step in unit.rollout)]
    units = [unit for unit in units if not scope.unit or unit.id in scope.home]
    changes: dict[int, list[Tally]] = defaultdict(lambda: [Tally() for _ in ROLLOUT])
    for unit in units:
        steps = [
            (quarter(clock.first_day(step.since)), ROLLOUT.index(step.status)) for step in unit.rollout if step.since
        ]
        for (start, status), (end, _next) in pairwise([*steps, (quarter(scope.now) + 1, 0)]):
            for at in range(start, min(end, quarter(scope.now) + 1)):
                changes[at][status].add(hidden=scope.hidden(unit))
    rows = tuple(
        Row("quarter", quarter_key(at), tuple(tally.cell() for tally in changes[at]))
        for at in (range(min(changes), max(changes) + 1) if changes else ())
    )
    return Table(columns, rows, len(units), stated=len(units))


def goals(scope: Scope) -> Table:
    columns = (
        Column("ideas", N_("Ideas")),
        Column("in_use", N_("In use")),
        Column("confirmed", N_("Benefit confirmed")),
        Column("results", N_("Results measured")),
    )
    held = {goal.id: [Tally() for _ in columns] for goal in scope.of(Goal)}
    for journey in scope.journeys:
        stage = journey.idea.stage
        counts = (True, stage in IN_USE, stage == "verified", False)
        for goal in held.keys() & set(journey.idea.goals):
            for tally, is_one in zip(held[goal], counts, strict=True):
                if is_one:
                    tally.add(hidden=journey.hidden)
    told: set[tuple[str, str, str | None]] = set()
    for source in _with_effects(scope):
        for effect in source.effects:
            result = (effect.goal or "", effect.measure, effect.result)
            if effect.result and effect.goal in held and result not in told:
                told.add(result)
                held[effect.goal][3].add(hidden=scope.hidden(source))
    rows = [Row("goal", goal.id, tuple(tally.cell() for tally in held[goal.id]), goal.title) for goal in scope.of(Goal)]
    return Table(columns, tuple(rows), len(rows))


def _with_effects(scope: Scope) -> Iterable[Case | Idea]:
    yield from (case for case in scope.cases.values() if not scope.unit or case.organisation in scope.home)
    yield from (journey.idea for journey in scope.journeys)


def coverage(scope: Scope) -> Table:
    columns = (
        Column("goals", N_("Goals")),
        Column("ideas", N_("With ideas")),
        Column("in_use", N_("With ideas in use")),
        Column("results", N_("With results")),
        Column("nothing", N_("With none of these")),
    )
    of_goal = {row.key: [cell.n > 0 for cell in row.cells] for row in goals(scope).rows}
    tallies = {level: [Tally() for _ in columns] for level in LEVELS}
    for goal in scope.of(Goal):
        ideas, in_use, _confirmed, results = of_goal[goal.id]
        counts = (True, ideas, in_use, results, not (ideas or in_use or results))
        for tally, is_one in zip(tallies[goal.level], counts, strict=True):
            if is_one:
                tally.add(hidden=scope.hidden(goal))
    rows = [Row("level", level, tuple(one.cell() for one in held)) for level, held in tallies.items() if held[0].n]
    whole_rows, sums = with_total(columns, rows, [column.key for column in columns])
    return Table(columns, whole_rows, len(of_goal), sums=sums)


def barriers(scope: Scope) -> Table:
    columns = (
        Column("open", N_("Open")),
        Column("in_progress", N_("Being worked on")),
        Column("removed", N_("Removed")),
        Column("blocked", N_("Ideas blocked")),
    )
    known = {barrier.id: barrier for barrier in scope.of(Barrier)}
    tallies = {category: [Tally() for _ in columns] for category in CATEGORIES}
    statuses = [column.key for column in columns]
    for barrier in known.values():
        tallies[barrier.category][statuses.index(barrier.status)].add(hidden=scope.hidden(barrier))
    blocked = Tally()
    for journey in scope.journeys:
        met = [known[id_] for id_ in journey.idea.barriers if id_ in known and known[id_].status != "removed"]
        if met and clock.is_open(journey.idea):
            blocked.add(hidden=journey.hidden or all(map(scope.hidden, met)))
            for category in {barrier.category for barrier in met}:
                of_category = [barrier for barrier in met if barrier.category == category]
                tallies[category][3].add(hidden=journey.hidden or all(map(scope.hidden, of_category)))
    rows = [
        Row("category", category, tuple(tally.cell() for tally in held))
        for category, held in tallies.items()
        if any(tally.n for tally in held)
    ]
    whole_rows, sums = with_total(columns, rows, statuses[:3])
    total = whole_rows[-1]._replace(cells=(*whole_rows[-1].cells[:3], blocked.cell()))
    return Table(columns, (*whole_rows[:-1], total), len(known), sums=sums)


def coaches(scope: Scope) -> Table:
    columns = (
        Column("open", N_("Open ideas")),
        Column("capacity", N_("Capacity")),
        Column("waiting", N_("Waiting for an answer")),
        Column("overdue", N_("Waiting for too long")),
    )
    held: dict[str, list[Journey]] = defaultdict(list)
    for journey in scope.journeys:
        if clock.is_open(journey.idea):
            held[scope.coach(journey.idea)].append(journey)
    told = {coach.id: coach for coach in scope.of(Coach)}
    rows = []
    for id_ in [*told, *sorted(held.keys() - told.keys())]:
        counts = [len(held[id_]), None, sum(map(_waits, held[id_])), sum(is_overdue(scope, one) for one in held[id_])]
        counts[1] = told[id_].capacity if id_ in told else None
        of, title = ("coach", told[id_].title) if id_ in told else ("coach", "")
        rows.append(Row(of, id_, tuple(map(number, counts)), title))
    return Table(columns, tuple(rows), sum(map(len, held.values())))


def _waits(journey: Journey) -> bool:
    return clock.waits_for_answer(journey.idea)


def is_overdue(scope: Scope, journey: Journey) -> bool:
    """Whether the time within which an answer is promised has run out without one."""
    settings = scope.catalogue.settings
    due = clock.answer_due(journey.idea, scope.catalogue.life(journey.idea.id), settings.response_promise)
    return due is not None and due < scope.now
