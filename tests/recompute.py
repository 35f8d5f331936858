"""Counts every figure again, from `git log` and `git show` alone: `python tests/recompute.py REPOSITORY [COMMIT]`.

It knows nothing of the program and shares no line with it: YAML, dates and sums, and the holidays of two years by hand.
It prints JSON: measure -> row -> column -> value.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from math import ceil
from pathlib import Path
from statistics import median
from typing import Any

import yaml

CHAMBERS = ["submitted", "answered", "assessed", "concept", "test", "pilot", "implemented", "verified"]
SIDE = ["parked", "referred", "combined", "closed", "withdrawn"]
WAY, USE, STOP = CHAMBERS[:6], CHAMBERS[6:], ["closed", "withdrawn"]
HOLIDAYS = {
    date.fromisoformat(day)
    for day in """
    2025-01-01 2025-01-06 2025-04-18 2025-04-21 2025-05-01 2025-05-29 2025-06-06 2025-06-20 2025-12-24 2025-12-25
    2025-12-26 2025-12-31 2026-01-01 2026-01-06 2026-04-03 2026-04-06 2026-05-01 2026-05-14 2026-06-06 2026-06-19
    2026-12-24 2026-12-25 2026-12-31
    """.split()
}
Table = dict[str, dict[str, Any]]


@cache
def git(repository: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=repository, check=True, capture_output=True, text=True).stdout


def front(text: str) -> dict[str, Any]:
    return dict(yaml.load(text.split("\n---", 1)[0].removeprefix("---\n"), yaml.BaseLoader))  # noqa: S506 - it knows no tags


def worked(start: date, end: date) -> int:
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(day.weekday() < 5 and day not in HOLIDAYS for day in days)


def later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError


def percent(part: int, whole: int) -> int | None:
    return int(100 * part / whole + 0.5) if whole else None


class Idea:
    def __init__(self, past: Past, path: str) -> None:
        self.front = past.entries[path]
        self.id = Path(path).stem
        self.stage = self.front.get("stage", "submitted")
        told = self.front.get("history", [])
        self.steps = [(step["stage"], date.fromisoformat(step["date"]), True) for step in told]
        before = None
        for sha, day in past.changes(path):
            now = front(git(past.repository, "show", f"{sha}:{path}")).get("stage", "submitted")
            if now != before and (before is not None or not told):
                self.steps.append((now, date.fromisoformat(day), False))
            before = now
        handed = self.front.get("handed_in")
        self.handed = date.fromisoformat(handed["at"]) if handed else None
        self.came = self.handed or (self.steps[0][1] if self.steps else None)
        places = [
            CHAMBERS.index(stage) for stage in (self.stage, *(step[0] for step in self.steps)) if stage in CHAMBERS
        ]
        self.furthest = max(places, default=0)

    def answered(self) -> date | None:
        days = [date.fromisoformat(line["date"]) for line in self.front.get("log", []) if line["type"] == "answer"]
        return min(days, default=None)

    def used(self) -> tuple[date, bool] | None:
        return next(((day, stated) for stage, day, stated in self.steps if stage in USE), None)


class Past:
    """An instance at a commit."""

    def __init__(self, repository: Path, commit: str) -> None:
        self.repository = repository
        self.sha, day = git(repository, "log", "-1", "--format=%H %cs", commit).split()
        self.now = date.fromisoformat(day)
        names = git(repository, "ls-tree", "-r", "--name-only", self.sha, "ideas/").splitlines()
        paths = [name for name in names if name.endswith(".md") and not name.endswith("README.md")]
        self.entries = {path: front(git(repository, "show", f"{self.sha}:{path}")) for path in paths}
        self.settings = yaml.safe_load(git(repository, "show", f"{self.sha}:idesluss.yml"))
        self.ideas = [Idea(self, path) for path in self.entries if path.split("/")[1].isdigit()]
        self.kinds: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
        for path, entry in self.entries.items():
            self.kinds[path.split("/")[1]][Path(path).stem] = entry
        self.units = self.kinds["units"]
        owner = next(id_ for id_, unit in self.units.items() if unit["title"] == self.settings["owner"])
        self.home = {unit for unit in self.units if owner in self.above(unit)}

    def changes(self, path: str) -> list[list[str]]:
        told = git(self.repository, "log", "--first-parent", "--reverse", "--format=%H %cs", self.sha, "--", path)
        return [line.split() for line in told.splitlines()]

    def above(self, unit: str) -> list[str]:
        found = []
        while unit:
            found.append(unit)
            unit = self.units.get(unit, {}).get("part_of", "")
        return found

    def is_overdue(self, idea: Idea) -> bool:
        waits = idea.stage == "submitted" and idea.answered() is None
        return waits and idea.handed is not None and worked(idea.handed, self.now - timedelta(days=1)) >= self.promise

    @property
    def promise(self) -> int:
        return int(self.settings.get("response_promise", 10))

    def open(self) -> list[Idea]:
        return [idea for idea in self.ideas if idea.stage in (*WAY, "implemented", "parked")]


def ninety(days: list[int]) -> int:
    return sorted(days)[ceil(0.9 * len(days)) - 1]


def plain(value: float) -> float:
    return int(value) if value == int(value) else value


def with_total(table: Table, *keys: str) -> Table:
    return {**table, "total": {key: sum(row[key] for row in table.values()) for key in keys}}


def overview(past: Past) -> Table:
    held = Counter(idea.stage for idea in past.ideas)
    of = {"on_the_way": WAY, "in_use": USE, "confirmed": ["verified"], "stopped": STOP}
    of["elsewhere"] = ["parked", "referred", "combined"]
    counts = {key: sum(held[stage] for stage in stages) for key, stages in of.items()}
    return {"total": {"ideas": len(past.ideas), **counts}}


def units(past: Past) -> Table:
    table: Table = {}
    for unit in past.units:
        own = [idea for idea in past.ideas if unit in past.above(idea.front["unit"])]
        if own:
            table[unit] = {
                "ideas": len(own),
                "open": sum(idea.stage in WAY for idea in own),
                "in_use": sum(idea.stage in USE for idea in own),
                "stopped": sum(idea.stage in STOP for idea in own),
                "furthest": CHAMBERS[max(idea.furthest for idea in own)],
            }
    return table


def employees(past: Past) -> Table:
    table: Table = {}
    for unit, told in past.units.items():
        years = {int(one["year"]): int(one["number"]) for one in told.get("employees", [])}
        years = {year: number for year, number in years.items() if year <= past.now.year}
        if years:
            number = years[max(years)]
            ideas = sum(
                idea.front.get("submitter") in ("employee", "manager") and later(past.now, -12) < idea.came <= past.now
                for idea in past.ideas
                if idea.came and unit in past.above(idea.front["unit"])
            )
            table[unit] = {"employees": number, "ideas": ideas, "rate": plain(round(1000 * ideas / number, 1))}
    return table


def rollout(past: Past) -> Table:
    def quarter(day: str) -> int:
        return int(day[:4]) * 4 + (int(f"{day}-01"[5:7]) - 1) // 3

    last = quarter(past.now.isoformat())
    steps = {
        unit: [(quarter(one["since"]), one["status"]) for one in told.get("rollout", [])]
        for unit, told in past.units.items()
    }
    first = min((at for held in steps.values() for at, _ in held), default=last + 1)
    table: Table = {}
    for at in range(first, last + 1):
        now = Counter(
            [status for since, status in held if since <= at][-1]
            for held in steps.values()
            if held and held[0][0] <= at
        )
        table[f"{at // 4}-Q{at % 4 + 1}"] = {key: now[key] for key in ("not_started", "pilot", "active", "paused")}
    return table


def goals(past: Past) -> Table:
    table: Table = {}
    told = [idea.front for idea in past.ideas] + list(past.kinds["cases"].values())
    for goal in past.kinds["goals"]:
        own = [idea.stage for idea in past.ideas if goal in idea.front.get("goals", [])]
        effects = [effect for entry in told for effect in entry.get("effects", []) if effect.get("goal") == goal]
        table[goal] = {
            "ideas": len(own),
            "in_use": sum(stage in USE for stage in own),
            "confirmed": own.count("verified"),
            "results": len({(effect["measure"], effect["result"]) for effect in effects if effect.get("result")}),
        }
    return table


def coverage(past: Past) -> Table:
    table: Table = {}
    counted = goals(past)
    for goal, told in past.kinds["goals"].items():
        row = table.setdefault(told["level"], dict.fromkeys(("goals", "ideas", "in_use", "results", "nothing"), 0))
        row["goals"] += 1
        for key in ("ideas", "in_use", "results"):
            row[key] += counted[goal][key] > 0
        row["nothing"] += not any(counted[goal][key] for key in ("ideas", "in_use", "results"))
    return with_total(table, "goals", "ideas", "in_use", "results", "nothing")


def barriers(past: Past) -> Table:
    table: Table = {}
    blocked = set()
    for barrier, told in past.kinds["barriers"].items():
        row = table.setdefault(told["category"], {"open": 0, "in_progress": 0, "removed": 0, "blocked": set()})
        status = told.get("status", "open")
        row[status] += 1
        if status != "removed":
            row["blocked"] |= {idea.id for idea in past.open() if barrier in idea.front.get("barriers", [])}
        blocked |= row["blocked"]
    table = {key: {**row, "blocked": len(row["blocked"])} for key, row in table.items()}
    table = with_total(table, "open", "in_progress", "removed")
    table["total"]["blocked"] = len(blocked)
    return table


def coaches(past: Past) -> Table:
    of_unit = {unit: coach for coach, told in past.kinds["coaches"].items() for unit in told.get("units", [])}
    held = defaultdict(list)
    for idea in past.open():
        near = [of_unit[unit] for unit in past.above(idea.front["unit"]) if unit in of_unit]
        held[idea.front.get("coach") or (near[0] if near else "")].append(idea)
    table: Table = {}
    for coach in {*past.kinds["coaches"], *held}:
        capacity = past.kinds["coaches"].get(coach, {}).get("capacity")
        table[coach] = {
            "open": len(held[coach]),
            "capacity": int(capacity) if capacity else None,
            "waiting": sum(idea.stage == "submitted" and idea.answered() is None for idea in held[coach]),
            "overdue": sum(map(past.is_overdue, held[coach])),
        }
    return table


def response(past: Past) -> Table:
    def row(ideas: list[Idea]) -> dict[str, Any]:
        took = [max(0, worked(idea.handed, day)) for idea in ideas if idea.handed and (day := idea.answered())]
        late = sum(map(past.is_overdue, ideas))
        within = sum(days <= past.promise for days in took)
        return {
            "ideas": len(ideas),
            "answered": len(took),
            "median": plain(median(took)) if took else None,
            "ninety": ninety(took) if took else None,
            "due": len(took) + late,
            "within": within,
            "share": percent(within, len(took) + late),
            "waiting": sum(idea.stage == "submitted" and idea.answered() is None for idea in ideas),
            "overdue": late,
        }

    known = [idea for idea in past.ideas if idea.handed]
    years = sorted({idea.handed.year for idea in known if idea.handed})
    table = {str(year): row([idea for idea in known if idea.handed and idea.handed.year == year]) for year in years}
    return {**table, "total": row(known)}


def spells(past: Past) -> Iterator[tuple[str, int, bool]]:
    for idea in past.ideas:
        for (stage, start, stated), (_, end, also) in zip(idea.steps, idea.steps[1:], strict=False):
            yield stage, (end - start).days, stated or also


def lead_time(past: Past) -> Table:
    table: Table = {}
    held = list(spells(past))
    for stage in [*CHAMBERS[:7], "parked"]:
        table[stage] = {"running": sum(idea.stage == stage for idea in past.ideas)}
        for basis, is_stated in (("shown", False), ("stated", True)):
            days = [length for at, length, stated in held if at == stage and stated == is_stated]
            table[stage][basis] = len(days)
            table[stage][f"{basis}_median"] = plain(median(days)) if days else None
            table[stage][f"{basis}_ninety"] = ninety(days) if days else None
    return table


def flow(past: Past) -> Table:
    table: Table = {stage: Counter() for stage in CHAMBERS + SIDE}
    for idea in past.ideas:
        before = None
        for stage, day, stated in idea.steps:
            if later(past.now, -12) < day <= past.now:
                basis = "stated" if stated else "shown"
                table[stage][f"came_{basis}"] += 1
                if before:
                    table[before][f"left_{basis}"] += 1
            before = stage
        table[idea.stage]["now"] += 1
    keys = ("came_shown", "left_shown", "came_stated", "left_stated", "now")
    return {stage: {key: row[key] for key in keys} for stage, row in table.items()}


def quarters(past: Past) -> Table:
    days = [day for idea in past.ideas for _, day, _ in idea.steps if day <= past.now]
    table: Table = {}
    start = date(min(days, default=past.now).year, (min(days, default=past.now).month - 1) // 3 * 3 + 1, 1)
    while days and start <= past.now:
        end = later(start, 3)
        row: Counter[str] = Counter()
        for idea in past.ideas:
            steps = [step for step in idea.steps if step[1] <= past.now]
            for at, (stage, day, stated) in enumerate(steps):
                basis = "stated" if stated else "shown"
                if start <= day < end:
                    row[f"came_{basis}"] += at == 0
                    row[f"used_{basis}"] += stage in USE and not any(one[0] in USE for one in steps[:at])
                    row[f"left_{basis}"] += stage in SIDE and stage != "parked"
            here = [step for step in steps if step[1] < end]
            if here and here[-1][0] in WAY:
                row["open_stated" if here[-1][2] else "open_shown"] += 1
        names = [f"{key}_{basis}" for key in ("came", "used", "left", "open") for basis in ("shown", "stated")]
        table[f"{start.year}-Q{(start.month + 2) // 3}"] = {name: row[name] for name in names}
        start = end
    return table


def benefit(past: Past) -> Table:
    table: Table = {}
    for idea in past.ideas:
        type_ = idea.front.get("benefit", {}).get("type", "other")
        row = table.setdefault(type_, dict.fromkeys(("in_use", "verified", "reached", "missed"), 0))
        row["in_use"] += idea.stage in USE
        row["verified"] += idea.stage == "verified"
        reached = [effect.get("reached") for effect in idea.front.get("effects", [])]
        row["reached"] += reached.count("true")
        row["missed"] += reached.count("false")
    table = {type_: row for type_, row in table.items() if any(row.values())}
    table = with_total(table, "in_use", "verified", "reached", "missed")
    return {type_: {**row, "share": percent(row["verified"], row["in_use"])} for type_, row in table.items()}


def equality(past: Past) -> Table:
    table: Table = {}
    for idea in past.ideas:
        year = str(idea.came.year) if idea.came else "other"
        check = idea.front.get("equality")
        row = table.setdefault(year, {"concept": 0, "checked": 0, "acted": 0})
        row["concept"] += idea.furthest >= 3
        row["checked"] += check is not None
        row["acted"] += bool(check and check.get("action"))
    table = with_total({year: row for year, row in table.items() if any(row.values())}, "concept", "checked", "acted")
    return {year: {**row, "share": percent(row["acted"], row["checked"])} for year, row in table.items()}


def collaboration(past: Past) -> Table:
    sectors: Counter[str] = Counter()
    outside = 0
    for idea in past.ideas:
        found = set()
        for part in idea.front.get("actors", []):
            id_ = part["actor"]
            if id_ in past.kinds["actors"]:
                found.add(past.kinds["actors"][id_]["sector"])
            elif id_ not in past.units:
                found.add("other")
            elif past.above(id_)[-1] != past.above(idea.front["unit"])[-1]:
                type_ = past.units[past.above(id_)[-1]]["type"]
                found.add(type_ if type_ in ("municipality", "region", "company") else "other")
        sectors.update(found)
        outside += bool(found)
    all_ = len(past.ideas)
    table = {**sectors, "total": outside}
    return {key: {"ideas": n, "all": all_, "share": percent(n, all_)} for key, n in table.items()}


def learning(past: Past) -> Table:
    used = set()
    for idea in past.ideas:
        used |= {*idea.front.get("builds_on", []), *idea.front.get("duplicates_checked", {}).get("found", [])}
    for case in past.kinds["cases"].values():
        used |= {*case.get("builds_on", []), *case.get("origin", [])}
    table: Table = {}
    for stage in STOP:
        own = [idea for idea in past.ideas if idea.stage == stage]
        taught = [idea for idea in own if idea.front.get("lesson")]
        table[stage] = {"stopped": len(own), "lesson": len(taught), "reused": sum(idea.id in used for idea in taught)}
    table = with_total(table, "stopped", "lesson", "reused")
    return {stage: {**row, "share": percent(row["lesson"], row["stopped"])} for stage, row in table.items()}


def place(stage: str) -> int:
    return CHAMBERS.index(stage) if stage in CHAMBERS else 0


def funnel(past: Past) -> Table:
    table: Table = {}
    for at, stage in enumerate(CHAMBERS):
        came = [idea for idea in past.ideas if idea.furthest >= at]
        reached = [[place(step) for step, _, stated in idea.steps if not stated] for idea in came]
        shown = sum(max(places, default=-1) >= at for places in reached)
        table[stage] = {"shown": shown, "stated": len(came) - shown}
    return table


def cohorts(past: Past) -> Table:
    def half(day: date) -> int:
        return day.year * 2 + (day.month > 6)

    known = [idea for idea in past.ideas if idea.came and idea.came <= past.now]
    table: Table = {}
    for at in range(min((half(idea.came) for idea in known if idea.came), default=9**9), half(past.now) + 1):
        own = [idea for idea in known if idea.came and half(idea.came) == at]
        row: dict[str, Any] = {"ideas": len(own)}
        for basis, is_stated in (("shown", False), ("stated", True)):
            for months in (12, 24):
                n = 0
                for idea in own:
                    used = idea.used()
                    assert idea.came is not None
                    if used and used[1] == is_stated and used[0] <= min(later(idea.came, months), past.now):
                        n += 1
                row[f"{basis}_{months}"] = n
                row[f"{basis}_share_{months}"] = percent(n, len(own))
        table[f"{at // 2}-H{at % 2 + 1}"] = row
    return table


def lapsed(past: Past, confirmed: str) -> bool:
    return confirmed < later(past.now, -24).isoformat()[: len(confirmed)]


def taken_over(past: Past, ways: dict[str, tuple[bool, bool]]) -> Table:
    newest: dict[tuple[str, str], dict[str, Any]] = {}
    for told in past.kinds["adoptions"].values():
        pair = (told["case"], told["by"])
        if pair not in newest or newest[pair]["confirmed"] < told["confirmed"]:
            newest[pair] = told
    table: Table = {}
    for way, (ours, by_us) in ways.items():
        row = dict.fromkeys(("copy", "adapted", "inspired", "adopters", "in_use", "past"), 0)
        for (case, by), told in newest.items():
            owner = past.kinds["cases"].get(case, {}).get("organisation")
            if (owner in past.home, by in past.home) != (ours, by_us):
                continue
            if told["phase"] == "ended" or lapsed(past, told["confirmed"]):
                row["past"] += 1
                continue
            row[told["degree"]] += 1
            row["adopters"] += 1
            row["in_use"] += told["phase"] in ("in_use", "benefit_confirmed")
        table[way] = row
    return with_total(table, *table[way]) if len(table) > 1 else table


def spread(past: Past) -> Table:
    return taken_over(past, {"within": (True, True), "out": (True, False)})


def reuse(past: Past) -> Table:
    return taken_over(past, {"in": (False, True)})


def freshness(past: Past) -> Table:
    table: Table = {}
    for case in past.kinds["cases"].values():
        said = case.get("last_confirmed")
        row = table.setdefault(case["status"], dict.fromkeys(("cases", "fresh", "old", "never"), 0))
        row["cases"] += 1
        row["never" if not said else "old" if lapsed(past, said) else "fresh"] += 1
    table = with_total(table, "cases", "fresh", "old", "never")
    return {status: {**row, "share": percent(row["fresh"], row["cases"])} for status, row in table.items()}


def events(past: Past) -> Table:
    days = defaultdict(list)
    for path, told in past.entries.items():
        if path.startswith("ideas/adoptions/"):
            days[told["case"]].append(date.fromisoformat(min(told["confirmed"], past.changes(path)[0][1])))
    table: Table = {}
    for id_, told in past.kinds["events"].items():
        ends = told.get("end", told["date"])
        if ends >= past.now.isoformat()[: len(ends)]:
            continue
        numbers = {key: {**told.get(key, {})} for key in ("organisations", "participants")}
        came, plan = (
            int(value) if (value := numbers["participants"].get(key)) else None for key in ("came", "planned")
        )
        invited = numbers["organisations"].get("came")
        shown = {case for slot in told.get("programme", []) for case in slot.get("cases", [])}
        start = date.fromisoformat(told["date"]) if len(told["date"]) == 10 else None
        adopted = None
        if start and shown:
            adopted = sum(any(start < day <= later(start, 12) for day in days[case]) for case in shown)
        table[id_] = {
            "organisations": int(invited) if invited else None,
            "participants": came,
            "planned": plan,
            "share": percent(came, plan) if came is not None and plan else None,
            "rating": int(told["rating"][0]["share"]) if told.get("rating") else None,
            "shown": len(shown) if told.get("programme") else None,
            "adopted": adopted,
        }
    return table


MEASURES = {
    "overview": overview, "units": units, "employees": employees, "rollout": rollout, "coverage": coverage,
    "goals": goals, "barriers": barriers, "coaches": coaches, "response": response, "lead-time": lead_time,
    "flow": flow, "quarters": quarters, "benefit": benefit, "equality": equality, "collaboration": collaboration,
    "learning": learning, "funnel": funnel, "cohorts": cohorts, "spread": spread, "reuse": reuse,
    "freshness": freshness, "events": events,
}  # fmt: skip


def recompute(repository: Path, commit: str = "HEAD") -> dict[str, Table]:
    past = Past(repository, commit)
    return {key: measure(past) for key, measure in MEASURES.items()}


if __name__ == "__main__":
    print(json.dumps(recompute(Path(sys.argv[1]), *sys.argv[2:3]), ensure_ascii=False, indent=1))
