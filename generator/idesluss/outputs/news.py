"""What is new since last month: ideas that took a step, and everything that came."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from idesluss.artifact import Artifact, Page
from idesluss.clock import months_after
from idesluss.kinds import KINDS
from idesluss.kinds.entry import Entry
from idesluss.kinds.idea import Idea
from idesluss.outputs import linked
from idesluss.outputs.listing import Part, pictured
from idesluss.outputs.view import Card, View, view_of
from idesluss.translate import gettext as _

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

AT_MOST = 60
"""So many of a kind are listed; a repository that was filled in one go has more."""


def news_page(catalogue: Catalogue) -> Iterator[Artifact]:
    """The page of what is new."""
    view = view_of(catalogue, "../")
    reads = (*(f"kind:{kind.kind}" for kind in KINDS), "commit")
    yield Artifact(f"{address(view)}index.html", reads, partial(_page, view))


def address(view: View) -> str:
    return f"{view.address_words['news']}/"


def day_of(view: View, entry: Entry) -> str:
    """The day (YYYY-MM-DD) of an idea's latest step, or on which another entry came; "" if nobody knows the day."""
    if isinstance(entry, Idea):
        return max((step.day for step in view.catalogue.steps(entry) if len(step.day) == 10), default="")
    life = view.catalogue.life(entry.id)
    return life.born if life else ""


def new_of(view: View, kind: str) -> list[tuple[str, Entry]]:
    """The entries of a kind that are new since the same day last month, the newest first, each with its day."""
    today = view.catalogue.now
    since, until = months_after(today, -1).isoformat(), today.isoformat()
    dated = [(day_of(view, entry), entry) for entry in view.catalogue.of(kind)]
    return sorted((item for item in dated if since <= item[0] <= until), key=lambda item: item[0], reverse=True)


def _page(view: View) -> Page:
    shown: list[tuple[Part, list[Card]]] = []
    for kind in KINDS:
        found = new_of(view, kind.kind)
        cards = [_dated(view, view.card(entry.id), day) for day, entry in found[:AT_MOST]]
        if cards:
            title = _("Ideas that took a step") if kind is Idea else view.say.plural(kind.kind)
            part = Part(kind.kind, title, len(found), again=False, ids=[card.id for card in cards])
            shown.append((part, cards))
    title = _("New since last month")
    summary = _("What has come and which ideas have moved since {date}.").format(
        date=view.say.day(months_after(view.catalogue.now, -1).isoformat())
    )
    context = {
        "root": view.root,
        "title": title,
        "summary": summary,
        "look": "list",
        "up": None,
        "shown": shown,
        "jumps": [(f"#{part.anchor}", part.title, part.number) for part, _cards in shown] if len(shown) > 1 else [],
        "at": 1,
        "last": 1,
        "picture": pictured(view, view.root),
    }
    data = linked.of_list(view, title, summary, address(view))
    return Page(title, summary, "", view.render("pages/list.html", context), data=data)


def _dated(view: View, card: Card | None, day: str) -> Card:
    assert card is not None  # noqa: S101 - it is made of an entry of this very catalogue
    return card._replace(stamp=day, when=view.say.day(day))
