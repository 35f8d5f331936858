"""What comes of it all: ideas in use, passed on and taken over, and examples that are still true."""

from __future__ import annotations

import datetime
from collections import defaultdict

from idesluss.clock import months_after
from idesluss.figures import Cell, Column, Row, Spot, Sum
from idesluss.kinds.adoption import Adoption
from idesluss.measures.launching import IN_USE, ON_THE_WAY, STOPPED
from idesluss.measures.processes import BASES
from idesluss.measures.scope import Scope
from idesluss.measures.table import TOTAL, Table, Tally, half_year, half_year_key, number, share, with_total
from idesluss.measures.terms import USED, exact, is_lapsed, is_live
from idesluss.problem import N_

TERMS = (12, 24)
DEGREES = ("copy", "adapted", "inspired")
WITHIN, OUT, IN = "within", "out", "in"
"""Where a case goes that is taken over: to another unit of the organisation, to others, or from others to us."""
STATUSES = ("in_use", "pilot", "ended", "failed")


def overview(scope: Scope) -> Table:
    columns = (
        Column("ideas", N_("Ideas")),
        Column("on_the_way", N_("On the way")),
        Column("in_use", N_("In use")),
        Column("confirmed", N_("Of these with confirmed benefit")),
        Column("stopped", N_("Stopped")),
        Column("elsewhere", N_("Parked or passed on")),
    )
    tallies = [Tally() for _ in columns]
    for journey in scope.journeys:
        stage = journey.idea.stage
        on_the_way, in_use, stopped = stage in ON_THE_WAY, stage in IN_USE, stage in STOPPED
        is_so = (True, on_the_way, in_use, stage == "verified", stopped, not (on_the_way or in_use or stopped))
        for tally, counts in zip(tallies, is_so, strict=True):
            if counts:
                tally.add(hidden=journey.hidden)
    row = Row(TOTAL, TOTAL, tuple(tally.cell() for tally in tallies))
    whole = Sum(Spot(0, 0), tuple(Spot(0, at) for at in (1, 2, 4, 5)))
    return Table(columns, (row,), len(scope.journeys), sums=(whole,))


def cohorts(scope: Scope) -> Table:
    columns = (
        Column("ideas", N_("Ideas handed in")),
        *(
            column
            for basis in ("shown", "stated")
            for term, label, of_all in (
                ("12", N_("In use within 12 months"), N_("Share within 12 months")),
                ("24", N_("In use within 24 months"), N_("Share within 24 months")),
            )
            for column in (
                Column(f"{basis}_{term}", label, basis=basis),
                Column(f"{basis}_share_{term}", of_all, "percent", basis, (f"{basis}_{term}", "ideas")),
            )
        ),
    )
    ideas: dict[int, Tally] = defaultdict(Tally)
    used: dict[tuple[int, str, int], Tally] = defaultdict(Tally)
    undated = stated = 0
    for journey in scope.journeys:
        if journey.came is None or journey.came > scope.now:
            undated += 1
            continue
        cohort = half_year(journey.came)
        ideas[cohort].add(hidden=journey.hidden)
        first = journey.first(*IN_USE)
        if first is None or first.day is None or first.day > scope.now:
            continue
        stated += first.stated
        for term in TERMS:
            if first.day <= months_after(journey.came, term):
                used[cohort, BASES[first.stated], term].add(hidden=journey.hidden)
    rows = []
    for cohort in range(min(ideas), half_year(scope.now) + 1) if ideas else ():
        cells = [ideas[cohort].cell()]
        for basis in BASES:
            for term in TERMS:
                running = not is_over(cohort, term, scope.now)
                part = used[cohort, basis, term].cell(running=running)
                cells += [part, share(part, cells[0], running=running)]
        rows.append(Row("half_year", half_year_key(cohort), tuple(cells)))
    return Table(columns, tuple(rows), sum(tally.n for tally in ideas.values()), stated, undated)


def is_over(cohort: int, months: int, now: datetime.date) -> bool:
    """Whether so many months have gone for every idea of half a year, the last day of it too."""
    end = datetime.date(cohort // 2, 6, 30) if cohort % 2 == 0 else datetime.date(cohort // 2, 12, 31)
    return months_after(end, months) < now


def spread(scope: Scope) -> Table:
    return _taken_over(scope, (WITHIN, OUT))


def reuse(scope: Scope) -> Table:
    return _taken_over(scope, (IN,))


def _taken_over(scope: Scope, ways: tuple[str, ...]) -> Table:
    columns = (
        Column("copy", N_("Copied")),
        Column("adapted", N_("Fitted to their place")),
        Column("inspired", N_("Inspired by")),
        Column("adopters", N_("Adopters in all")),
        Column("in_use", N_("Of these in use")),
        Column("past", N_("Ended or lapsed")),
    )
    tallies = {way: {column.key: Tally() for column in columns} for way in ways}
    for adoption in scope.adoptions:
        way = _way(scope, adoption)
        if way not in tallies:
            continue
        hidden = scope.hidden(adoption)
        if not is_live(adoption, scope.now):
            tallies[way]["past"].add(hidden=hidden)
            continue
        tallies[way][adoption.degree].add(hidden=hidden)
        tallies[way]["adopters"].add(hidden=hidden)
        if adoption.phase in USED:
            tallies[way]["in_use"].add(hidden=hidden)
    rows = [Row("way", way, tuple(tally.cell() for tally in held.values())) for way, held in tallies.items()]
    whole, sums = with_total(columns, rows, [column.key for column in columns]) if len(rows) > 1 else (tuple(rows), ())
    return Table(columns, whole, sum(row.cells[3].n + row.cells[5].n for row in rows), sums=sums)


def _way(scope: Scope, adoption: Adoption) -> str:
    """Where a case went, or "" where neither end of it is ours."""
    case = scope.cases.get(adoption.case)
    is_ours = case is not None and case.organisation in scope.home
    if adoption.by in scope.home:
        return WITHIN if is_ours else IN
    return OUT if is_ours else ""


def freshness(scope: Scope) -> Table:
    columns = (
        Column("cases", N_("Examples")),
        Column("fresh", N_("Confirmed within 24 months")),
        Column("share", N_("Share confirmed"), "percent", of=("fresh", "cases")),
        Column("old", N_("Confirmed before that")),
        Column("never", N_("Never confirmed")),
    )
    counts = ("cases", "fresh", "old", "never")
    tallies = {status: {key: Tally() for key in counts} for status in STATUSES}
    for case in scope.cases.values():
        if scope.unit and case.organisation not in scope.home:
            continue
        said = case.last_confirmed
        state = "never" if said is None else "old" if is_lapsed(said, scope.now) else "fresh"
        for key in ("cases", state):
            tallies[case.status][key].add(hidden=scope.hidden(case))
    rows = []
    for status, held in tallies.items():
        if held["cases"].n:
            cells = {key: tally.cell() for key, tally in held.items()}
            cells["share"] = share(cells["fresh"], cells["cases"])
            rows.append(Row("status", status, tuple(cells[column.key] for column in columns)))
    whole, sums = with_total(columns, rows, counts)
    return Table(columns, whole, whole[-1].cells[0].n, sums=sums)


def events(scope: Scope) -> Table:
    columns = (
        Column("organisations", N_("Organisations")),
        Column("participants", N_("Participants")),
        Column("planned", N_("Planned participants")),
        Column("share", N_("Share of the plan"), "percent", of=("participants", "planned")),
        Column("rating", N_("Rating"), "percent"),
        Column("shown", N_("Examples shown")),
        Column("adopted", N_("Of these taken over within 12 months")),
    )
    days = _adoption_days(scope)
    rows = []
    for event in scope.events:
        cases = {case for slot in event.programme for case in slot.cases}
        day = exact(event.date)
        after = months_after(day, TERMS[0]) if day else None
        shown, adopted = Tally(), Tally()
        for case in cases:
            shown.add(hidden=scope.all_hidden([case]))
            taken = [id_ for told, id_ in days[case] if day and after and day < told <= after]
            if taken:
                adopted.add(hidden=scope.all_hidden([case]) or scope.all_hidden(taken))
        plan = event.participants.planned if event.participants else None
        came = event.participants.came if event.participants else None
        cells = {
            "organisations": number(event.organisations.came if event.organisations else None),
            "participants": number(came),
            "planned": number(plan),
            "share": share(number(came), number(plan)),
            "rating": Cell(event.rating[0].share, event.rating[0].n or 0) if event.rating else Cell(None),
            "shown": shown.cell() if event.programme else Cell(None),
            "adopted": adopted.cell(running=after is not None and after >= scope.now) if day and cases else Cell(None),
        }
        rows.append(Row("event", event.id, tuple(cells[column.key] for column in columns), event.title))
    return Table(columns, tuple(rows), len(rows))


def _adoption_days(scope: Scope) -> dict[str, list[tuple[datetime.date, str]]]:
    """When each case was taken over, by which adoption: the day that git shows it or, if earlier, that it states."""
    found: dict[str, list[tuple[datetime.date, str]]] = defaultdict(list)
    for adoption in scope.of(Adoption):
        life = scope.catalogue.life(adoption.id)
        told = min(adoption.confirmed, life.born) if life else adoption.confirmed
        found[adoption.case].append((datetime.date.fromisoformat(told), adoption.id))
    return found
