"""Which examples a booklet holds, and in which order."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from idesluss.kinds.case import Case
from idesluss.kinds.event import Booklet, Event
from idesluss.kinds.unit import Unit
from idesluss.problem import Problem, Severity, text

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

MANUAL = "booklet-case"
"""The check whose manual tells of all that may be wrong with a booklet."""
_LETTERS = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"})
"""The signs after z stand for the letters after z."""
_KEPT = frozenset("åäöæø")


class Selection(NamedTuple):
    """The examples in their order, and what is wrong with the choice."""

    cases: tuple[Case, ...]
    problems: tuple[Problem, ...]


def select(catalogue: Catalogue, event: Event, *, draft: bool) -> Selection:
    """The examples that the event's booklet names or asks for, as this audience sees them.

    One that its owner has never confirmed is for a draft only: refused where it is named, left out where it is found.
    An embargoed one is in the catalogue of a draft alone.
    """
    told = event.booklet or Booklet()
    named: list[Case] = []
    problems: list[Problem] = []
    for number, id_ in enumerate(told.cases):
        case = catalogue.get(id_)
        at = ("booklet", "cases", number)
        if not isinstance(case, Case):
            problems.append(_problem(catalogue, event, at, id_))
        elif case.last_confirmed or draft:
            named.append(case)
        else:
            problems.append(_unconfirmed(catalogue, case))
    known = tuple(theme.id for theme in catalogue.settings.themes)
    for number, theme in enumerate(told.from_themes):
        if theme not in known:
            message, hint = text("there is no theme {theme}", theme=theme), text("the themes are: {known}", known=known)
            place = catalogue.place(event, "booklet", "from_themes", number)
            problems.append(Problem(event.path, place, MANUAL, Severity.ERROR, message, hint))
    found = (case for case in _asked_for(catalogue, told) if case.last_confirmed or draft)
    every = tuple({case.id: case for case in (*named, *found)}.values())
    if not every and not problems:
        problems.append(
            Problem(
                event.path,
                catalogue.place(event, "booklet"),
                MANUAL,
                Severity.ERROR,
                text("the booklet has no examples"),
                text("name them under `booklet: cases`, or ask for them with `from_themes` or the like"),
            )
        )
    return Selection(tuple(sorted(every, key=_ORDERS[told.order](catalogue, event))), tuple(problems))


def swedish(words: str) -> str:
    """What sorts words by the Swedish alphabet: å, ä and ö last, other accents as the letter below."""
    plain = "".join(
        letter if letter in _KEPT else unicodedata.normalize("NFKD", letter)[0]
        for letter in unicodedata.normalize("NFC", words).casefold()
    )
    return plain.translate(_LETTERS)


def organisation(catalogue: Catalogue, case: Case) -> str:
    """Whose the example is, by name."""
    owner = catalogue.get(case.organisation)
    return owner.title if owner else case.organisation


def municipality(catalogue: Catalogue, case: Case) -> str:
    """The name of the municipality, region or other whole that the example's organisation is part of."""
    return next(reversed([name for _, name in _above(catalogue, case.organisation)]), case.organisation)


def _above(catalogue: Catalogue, id_: str | None) -> Iterator[tuple[str, str]]:
    """An organisation and those that it is part of, as id and name, upwards."""
    seen: set[str] = set()
    while id_ and id_ not in seen and (unit := catalogue.get(id_)):
        seen.add(id_)
        yield id_, unit.title
        id_ = unit.part_of if isinstance(unit, Unit) else None


def _asked_for(catalogue: Catalogue, told: Booklet) -> Iterator[Case]:
    """The examples that have what the booklet asks for, in the order of their paths."""
    words = swedish(told.from_search or "").split()
    for case in catalogue.of("case"):
        if isinstance(case, Case) and (
            set(case.themes) & set(told.from_themes)
            or {id_ for id_, _ in _above(catalogue, case.organisation)} & set(told.from_units)
            or set(case.goals) & set(told.from_goals)
            or (words and all(word in swedish(f"{case.title} {case.summary} {case.body.text}") for word in words))
        ):
            yield case


def _problem(catalogue: Catalogue, event: Event, at: tuple[str | int, ...], id_: str) -> Problem:
    return Problem(
        event.path,
        catalogue.place(event, *at),
        MANUAL,
        Severity.ERROR,
        text("there is no example “{id}” for this booklet's readers", id=id_),
        text(
            "mend what `idesluss check` says of it, wait for its day, choose another, or make a draft or internal one"
        ),
    )


def _unconfirmed(catalogue: Catalogue, case: Case) -> Problem:
    return Problem(
        case.path,
        catalogue.place(case, "last_confirmed"),
        MANUAL,
        Severity.ERROR,
        text("its owner has never confirmed it"),
        text("ask the owner and write the month in `last_confirmed`, or make a draft with `--draft`"),
    )


Order = Callable[["Catalogue", Event], Callable[[Case], Any]]


def _programme(_catalogue: Catalogue, event: Event) -> Callable[[Case], Any]:
    slots = sorted(event.programme, key=lambda slot: (slot.day or event.date, slot.time.replace(".", ":")))
    shown = list(dict.fromkeys(id_ for slot in slots for id_ in slot.cases))
    return lambda case: shown.index(case.id) if case.id in shown else len(shown)


def _theme(catalogue: Catalogue, _event: Event) -> Callable[[Case], Any]:
    names = {theme.id: swedish(theme.title) for theme in catalogue.settings.themes}
    return lambda case: (names.get(case.themes[0], "~") if case.themes else "~", swedish(case.title))


_ORDERS: Mapping[str, Order] = MappingProxyType(
    {
        "own": lambda _catalogue, _event: lambda _case: 0,
        "programme": _programme,
        "theme": _theme,
        "municipality": lambda catalogue, _event: (
            lambda case: (swedish(municipality(catalogue, case)), swedish(case.title))
        ),
        "organisation": lambda catalogue, _event: (
            lambda case: (swedish(organisation(catalogue, case)), swedish(case.title))
        ),
    }
)
