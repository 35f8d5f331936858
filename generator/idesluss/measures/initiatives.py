"""What single ideas come to: their benefit, whom they serve, with whom they were made, and what was learnt."""

from __future__ import annotations

from collections import defaultdict
from typing import get_args

from idesluss.figures import Column, Row, Same
from idesluss.kinds.actor import Actor
from idesluss.kinds.idea import BenefitType
from idesluss.measures.launching import IN_USE, STOPPED
from idesluss.measures.scope import Journey, Scope
from idesluss.measures.table import TOTAL, Table, Tally, share, with_total
from idesluss.problem import N_
from idesluss.stages import ORDER

OTHER = "other"


def benefit(scope: Scope) -> Table:
    columns = (
        Column("in_use", N_("In use")),
        Column("verified", N_("Benefit confirmed")),
        Column("share", N_("Share confirmed"), "percent", of=("verified", "in_use")),
        Column("reached", N_("Results that reached the target")),
        Column("missed", N_("Results that did not")),
    )
    counts = ("in_use", "verified", "reached", "missed")
    tallies = {type_: {key: Tally() for key in counts} for type_ in (*get_args(BenefitType), OTHER)}
    for journey in scope.journeys:
        idea, held = journey.idea, tallies[journey.idea.benefit.type if journey.idea.benefit else OTHER]
        outcomes = [effect.reached for effect in idea.effects]
        numbers = {
            "in_use": idea.stage in IN_USE,
            "verified": idea.stage == "verified",
            "reached": outcomes.count(True),
            "missed": outcomes.count(False),
        }
        for key in counts:
            if numbers[key]:
                held[key].add(hidden=journey.hidden, number=int(numbers[key]))
    rows = []
    for type_, held in tallies.items():
        if any(tally.n for tally in held.values()):
            cells = {key: tally.cell() for key, tally in held.items()}
            cells["share"] = share(cells["verified"], cells["in_use"])
            rows.append(Row("benefit", type_, tuple(cells[column.key] for column in columns)))
    whole, sums = with_total(columns, rows, counts)
    same = (Same("in_use", "overview", "in_use"), Same("verified", "overview", "confirmed"))
    return Table(columns, whole, sum(row.cells[0].n for row in rows), sums=sums, same=same)


def equality(scope: Scope) -> Table:
    columns = (
        Column("concept", N_("Ideas that came to concept")),
        Column("checked", N_("With an equality check")),
        Column("acted", N_("That led to an action")),
        Column("share", N_("Share that led to an action"), "percent", of=("acted", "checked")),
    )
    tallies: dict[str, list[Tally]] = defaultdict(lambda: [Tally(), Tally(), Tally()])
    for journey in scope.journeys:
        check = journey.idea.equality
        is_so = (journey.furthest >= ORDER["concept"], check is not None, bool(check and check.action))
        for tally, counts in zip(tallies[_year(journey)], is_so, strict=True):
            if counts:
                tally.add(hidden=journey.hidden)
    rows = []
    for year, held in sorted(tallies.items()):
        if any(tally.n for tally in held):
            cells = tuple(tally.cell() for tally in held)
            rows.append(Row("year", year, (*cells, share(cells[2], cells[1]))))
    whole, sums = with_total(columns, rows, ("concept", "checked", "acted"))
    return Table(columns, whole, sum(row.cells[1].n for row in rows), sums=sums)


def _year(journey: Journey) -> str:
    return str(journey.came.year) if journey.came else OTHER


def collaboration(scope: Scope) -> Table:
    columns = (
        Column("ideas", N_("Ideas")),
        Column("all", N_("Of all ideas")),
        Column("share", N_("Share"), "percent", of=("ideas", "all")),
    )
    actors = {actor.id: actor for actor in scope.of(Actor)}
    found: dict[str, Tally] = defaultdict(Tally)
    everybody, any_ = Tally(), Tally()
    for journey in scope.journeys:
        everybody.add(hidden=journey.hidden)
        outside: dict[str, set[str]] = defaultdict(set)
        for part in journey.idea.actors:
            sector = _sector(scope, actors, part.actor, journey.idea.unit)
            if sector is not None:
                outside[sector].add(part.actor)
        for sector, who in outside.items():
            found[sector].add(hidden=journey.hidden or scope.all_hidden(who))
        if outside:
            any_.add(hidden=journey.hidden or scope.all_hidden(set().union(*outside.values())))
    of = everybody.cell()
    rows = [
        Row("sector", sector, (found[sector].cell(), of, share(found[sector].cell(), of))) for sector in sorted(found)
    ]
    total = Row(TOTAL, TOTAL, (any_.cell(), of, share(any_.cell(), of)))
    return Table(columns, (*rows, total), len(scope.journeys))


def _sector(scope: Scope, actors: dict[str, Actor], id_: str, unit: str) -> str | None:
    """The sector of who took part, if it stands outside the organisation that the idea comes from; else None."""
    if id_ in actors:
        return actors[id_].sector
    if id_ not in scope.units:
        return OTHER
    top = scope.above(id_)[-1]
    if top == scope.above(unit)[-1]:
        return None
    type_ = scope.units[top].type if top in scope.units else OTHER
    return type_ if type_ in ("municipality", "region", "company") else OTHER


def learning(scope: Scope) -> Table:
    columns = (
        Column("stopped", N_("Stopped")),
        Column("lesson", N_("With a lesson")),
        Column("share", N_("Share with a lesson"), "percent", of=("lesson", "stopped")),
        Column("reused", N_("Whose lesson others use")),
    )
    counts = ("stopped", "lesson", "reused")
    used = _built_on(scope)
    tallies = {stage: {key: Tally() for key in counts} for stage in STOPPED}
    for journey in scope.journeys:
        idea = journey.idea
        if idea.stage in STOPPED:
            is_so = (True, bool(idea.lesson), bool(idea.lesson) and idea.id in used)
            for key, so in zip(counts, is_so, strict=True):
                if so:
                    by_hidden = key == "reused" and scope.all_hidden(used[idea.id])
                    tallies[idea.stage][key].add(hidden=journey.hidden or by_hidden)
    rows = []
    for stage, held in tallies.items():
        cells = {key: tally.cell() for key, tally in held.items()}
        cells["share"] = share(cells["lesson"], cells["stopped"])
        rows.append(Row("stage", stage, tuple(cells[column.key] for column in columns)))
    whole, sums = with_total(columns, rows, counts)
    return Table(columns, whole, whole[-1].cells[0].n, sums=sums, same=(Same("stopped", "overview", "stopped"),))


def _built_on(scope: Scope) -> dict[str, set[str]]:
    """The ideas that another idea builds on or found when it looked for similar ones, or that a case comes from.

    Each with those who do.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for journey in Scope(scope.catalogue).journeys if scope.unit else scope.journeys:
        similar = journey.idea.duplicates_checked.found if journey.idea.duplicates_checked else ()
        for id_ in (*journey.idea.builds_on, *similar):
            found[id_].add(journey.idea.id)
    for case in scope.cases.values():
        for id_ in (*case.builds_on, *case.origin):
            found[id_].add(case.id)
    return found
