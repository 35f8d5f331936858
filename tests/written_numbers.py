"""What tests of personal data share: words, numbers made by the rules for people born in the 1890s, a check run."""

from __future__ import annotations

import datetime
from types import ModuleType

from idesluss import entry
from idesluss.problem import Severity
from idesluss.settings import Settings

COORDINATION = 60


def check_digit(nine: str) -> str:
    """The last digit of a personal identity number, from the nine before it."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(nine)]
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def made_number(day: datetime.date, serial: int, *, coordination: bool = False) -> str:
    """Twelve digits: a personal identity number or coordination number with this day of birth and serial number."""
    date = f"{day.year:04}{day.month:02}{day.day + COORDINATION * coordination:02}"
    nine = f"{date[2:]}{serial:03}"
    return date[:2] + nine + check_digit(nine)


WRITINGS = (
    "{yy}{mm}{dd}-{last}",
    "{yy}{mm}{dd}{last}",
    "{yy}{mm}{dd}+{last}",
    "{yy}{mm}{dd} {last}",
    "{yy}{mm}{dd} - {last}",
    "{yy}{mm}{dd}/{last}",
    "{yy}{mm}{dd}\N{EN DASH}{last}",
    "{yy}{mm}{dd}\N{EM DASH}{last}",
    "{yy}{mm}{dd}\N{MINUS SIGN}{last}",
    "{yy}{mm}{dd}\N{NON-BREAKING HYPHEN}{last}",
    "{yy}{mm}{dd}\N{HYPHEN}{last}",
    "{yy}{mm}{dd}\N{FIGURE DASH}{last}",
    "{yy}{mm}{dd}\N{SMALL HYPHEN-MINUS}{last}",
    "{yy}{mm}{dd}\N{NO-BREAK SPACE}{last}",
    "{yy}{mm}{dd}\N{THIN SPACE}-\N{THIN SPACE}{last}",
    "{yy}{mm}{dd}\N{NARROW NO-BREAK SPACE}{last}",
    "{yy}{mm}{dd}-\N{ZERO WIDTH SPACE}{last}",
    "{yy}{mm}{dd}-\N{SOFT HYPHEN}{last}",
    "{yy}{mm}{dd}({last})",
    "{yy}{mm}{dd}\\-{last}",
    "{yy}{mm}{dd}-\n{last}",
    "{cc}{yy}{mm}{dd}-{last}",
    "{cc}{yy}{mm}{dd}{last}",
    "{cc}{yy}{mm}{dd}+{last}",
    "{cc}{yy}{mm}{dd} {last}",
    "{cc}{yy}{mm}{dd}\n{last}",
    "{cc}{yy}{mm}{dd} - {last}",
    "{cc}{yy}{mm}{dd}\N{EN DASH}{last}",
    "{cc}{yy}{mm}{dd}\N{NO-BREAK SPACE}{last}",
    "{cc} {yy}{mm}{dd}-{last}",
    "{cc} {yy}{mm}{dd}{last}",
    "{cc}{yy} {mm}{dd} {last}",
    "{cc}{yy}-{mm}{dd}-{last}",
    "{cc}{yy} {mm}{dd}{last}",
    "{cc}{yy}-{mm}-{dd}-{last}",
    "{cc}{yy}.{mm}.{dd}-{last}",
    "{cc}{yy}/{mm}/{dd}-{last}",
    "{cc} {yy} {mm} {dd}-{last}",
    "{cc} {yy} {mm} {dd} - {last}",
    "{yy} {mm} {dd}-{last}",
    "{yy}-{mm}-{dd}-{last}",
    "{yy}.{mm}.{dd}-{last}",
    "**{yy}{mm}{dd}**-{last}",
    "`{yy}{mm}{dd}-{last}`",
    "_{cc}{yy}{mm}{dd}-{last}_",
    "~~{yy}{mm}{dd}-{last}~~",
    "*{cc}{yy}{mm}{dd}*-*{last}*",
    "pnr:{yy}{mm}{dd}-{last}",
    "pnr{yy}{mm}{dd}-{last}",
    "SE{yy}{mm}{dd}{last}01",
)
"""How a number is written; `{cc}` is the century. The first digit or sign of century or year is where it starts."""

WORDS = """
    idésluss kommun förvaltning vård omsorg skola förskola elev lärare boende anhörig larm sensor fukt tak vatten energi
    värme budget kronor procent beslut nämnd styrelse enhet chef medarbetare invånare företag förening behov mål metod
    test pilot resultat effekt nytta kostnad tid vecka månad dag år kvartal möte dialog tavla lapp karta gata park väg
    bro buss cykel tåg station bibliotek bok läsning kultur musik teater idrott hall simhall kök mat svinn recept gryta
    bänk lampa mörker trygghet granne samtal ensamhet äldre barn unga ungdom familj och eller men att som för med utan
    till från under över efter före innan när där här vi ni de den det en ett två tre fyra många få flera alla ingen
    prova mäta fråga svara lyssna börja sluta flytta dela spara bygga laga skriva läsa räkna visa hitta söka ringa
""".split()
"""Ordinary words of such texts."""

PLAIN_NUMBERS = (
    "2016", "2016-04017", "2018-02040", "2016-2019", "2016\N{EN DASH}2019", "2026-03-04", "4 000 000", "594 204",
    "76 %", "10\N{EN DASH}12", "08:00\N{EN DASH}16:30", "08.00-16.30", "1,5", "0,25", "1 026", "60 000", "3", "12", "0",
    "1177", "112", "212000-1124", "KS 2016/0401", "01.12.2016", "01/12/2016", "v. 12", "24/7", "2:1", "50 %", "3-5",
    "1990-talet",
)  # fmt: skip
"""Numbers that stand in such texts and say nothing of any person."""

SETTINGS = Settings(name="Prov", owner="Prov", address="https://prov.example/", contact="kim.e@prov.example")
PATH = "ideas/2026/x.md"
OLD = made_number(datetime.date(1890, 1, 12), 981)


def places(check: ModuleType, body: str = "", front: str = "", settings: Settings = SETTINGS) -> list[tuple[int, int]]:
    """Line and column of what the check finds in an idea with more front matter from line 4 and this body."""
    text = f"---\ntitle: Fuktvakt\nunit: fastighet\n{front}---\n{body}"
    source, idea, problems = entry.read(PATH, text.encode(), settings)
    assert source is not None, problems
    assert idea is not None, problems
    found = list(check.check_entry(source, idea, settings))
    assert {(problem.path, problem.code, problem.severity) for problem in found} <= {(PATH, check.CODE, Severity.ERROR)}
    assert check.CLOSES
    return [problem.place for problem in found]


def in_prose(check: ModuleType, written: str, settings: Settings = SETTINGS) -> list[tuple[int, int]]:
    """The places of what the check finds where this is written in the middle of a sentence; it starts at 7, 14."""
    return places(check, f"## Problem\n\nDet gäller å {written} i dag.\n", settings=settings)


def write(form: str, twelve: str) -> str:
    return form.format(cc=twelve[:2], yy=twelve[2:4], mm=twelve[4:6], dd=twelve[6:8], last=twelve[8:])
