"""An edition of a booklet: one frozen value that everything that is made of it reads."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from idesluss import translate
from idesluss.booklet.pictures import Scaled
from idesluss.booklet.selection import Selection, select
from idesluss.kinds.event import Booklet, Event
from idesluss.outputs.view import View
from idesluss.outputs.wording import Wording

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue
    from idesluss.kinds.case import Case
    from idesluss.problem import Problem

Paper = Literal["a4", "a5"]
_NOON = datetime.time(12, tzinfo=datetime.UTC)


@dataclass(frozen=True, eq=False)
class Edition:
    """What goes into a book: for whom and in which language, the examples in order, and what was wrong with the choice.

    `catalogue` holds only what the audience may see.
    """

    catalogue: Catalogue
    event: Event
    selection: Selection
    language: str
    draft: bool = False
    paper: Paper = "a4"
    changed: bool = False
    """Whether there are changes that are in no commit."""

    @cached_property
    def pictures(self) -> Scaled:
        """The pictures as the book shows them."""
        return Scaled(self.catalogue.root)

    @property
    def told(self) -> Booklet:
        """What the event's file says of its booklet."""
        return self.event.booklet or Booklet()

    @property
    def cases(self) -> tuple[Case, ...]:
        return self.selection.cases

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.selection.problems

    @property
    def title(self) -> str:
        return self.told.title or self.event.title

    @property
    def name(self) -> str:
        """The name of its files, without ending."""
        draft = f"-{translate.gettext('draft', self.language)}" if self.draft else ""
        return f"{self.event.id}{'' if self.paper == 'a4' else f'-{self.paper}'}{draft}"

    @property
    def made(self) -> datetime.datetime:
        """When it counts as made: noon of the commit's day, so that it is the same whenever it is made."""
        head = self.catalogue.history.head
        day = datetime.date.fromisoformat(head.day) if head else self.catalogue.now
        return datetime.datetime.combine(day, _NOON)

    @cached_property
    def view(self) -> View:
        """The catalogue in the words of the book's language."""
        view = View(self.catalogue)
        view.say = Wording(self.catalogue.settings.model_copy(update={"language": self.language}))
        return view

    def has(self, part: str) -> bool:
        """Whether the booklet shows this part."""
        return part not in self.told.leave_out


def edition(
    catalogue: Catalogue,
    event: Event,
    *,
    language: str,
    draft: bool = False,
    paper: Paper = "a4",
    changed: bool = False,
) -> Edition:
    """The edition of an event's booklet, from what the audience of the catalogue may see."""
    return Edition(catalogue, event, select(catalogue, event, draft=draft), language, draft, paper, changed)


def newest(catalogue: Catalogue) -> Event | None:
    """The latest event that has a booklet."""
    events = [one for one in catalogue.of("event") if isinstance(one, Event) and one.booklet]
    return max(events, key=lambda event: (event.date, event.id), default=None)
