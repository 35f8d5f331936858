"""A page for every theme, where needs, ideas, examples, methods, events and actors meet; and a list of the themes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from idesluss.artifact import Artifact, Page
from idesluss.kinds.case import Case
from idesluss.kinds.entry import Entry
from idesluss.kinds.idea import Idea
from idesluss.outputs import linked, listing
from idesluss.outputs.feeds.files import discovery
from idesluss.outputs.indexes import by_title, listing_of, newest
from idesluss.outputs.listing import Listing
from idesluss.outputs.view import View, view_of
from idesluss.settings import Theme
from idesluss.translate import gettext as _

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

SHOWN = ("need", "case", "idea", "method", "event", "project", "goal", "barrier", "actor")
"""The kinds of a theme page, in this order."""
AT_MOST = 12
"""So many of a kind stand on a theme's page; a list of its own holds them all."""
BY_TITLE = frozenset({"need", "method", "goal", "barrier", "actor"})
"""Kinds whose first ones by name are shown; of the others the newest."""
BEHIND = ("kind:idea", "kind:case")
"""Who says which actors belong to a theme."""
READS = ("kind:unit", "kind:adoption", *(f"kind:{kind}" for kind in SHOWN))

Members = Mapping[str, Mapping[str, Sequence[Entry]]]
"""By theme and kind."""


class Shelf(NamedTuple):
    """What a theme's page shows of a kind, and where all of it is listed ("" if nothing is left out)."""

    kind: str
    title: str
    number: int
    all: str


def theme_pages(catalogue: Catalogue) -> Iterator[Artifact]:
    """The list of the themes, the page of each, and lists of what does not fit on these."""
    view = view_of(catalogue)
    members = members_of(catalogue)
    base = theme_address(view)
    yield Artifact(f"{base}index.html", READS, partial(_index, view, members))
    for theme in catalogue.settings.themes:
        reads = (*READS, view.shown_pictures)
        yield Artifact(f"{base}{theme.id}/index.html", reads, partial(_theme, view, theme, members[theme.id]))
        for told in _lists(view, theme, members[theme.id]):
            yield from listing.artifacts(view, told)


def theme_addresses(view: View) -> Iterator[str]:
    """Where all theme pages lie."""
    members = members_of(view.catalogue)
    yield theme_address(view)
    for theme in view.settings.themes:
        yield theme_address(view, theme.id)
        for told in _lists(view, theme, members[theme.id]):
            yield from told.addresses


def theme_address(view: View, theme: str = "") -> str:
    base = f"{view.address_words['themes']}/"
    return f"{base}{theme}/" if theme else base


def members_of(catalogue: Catalogue) -> Members:
    """Who belongs to each theme; an actor belongs where it takes part in an idea or stands behind an example."""
    known = [theme.id for theme in catalogue.settings.themes]
    found: dict[str, dict[str, list[Entry]]] = {theme: {kind: [] for kind in SHOWN} for theme in known}
    actors: dict[str, dict[str, None]] = {theme: {} for theme in found}
    for entry in catalogue.entries.values():
        for theme in entry.themes:
            if theme in found and entry.kind in found[theme]:
                found[theme][entry.kind].append(entry)
                actors[theme].update(dict.fromkeys(_behind(entry)))
    for theme, ids in actors.items():
        members = found[theme]["actor"]
        entries = map(catalogue.get, ids)
        members += [actor for actor in entries if actor and actor.kind == "actor" and actor not in members]
    return found


def _behind(entry: Entry) -> list[str]:
    if isinstance(entry, Idea):
        return [part.actor for part in entry.actors]
    return [entry.organisation] if isinstance(entry, Case) else []


def shelves(view: View, theme: Theme, members: Mapping[str, Sequence[Entry]]) -> Iterator[Shelf]:
    """What the page of a theme shows, kind by kind."""
    for kind, entries in members.items():
        if entries:
            more = f"{theme_address(view, theme.id)}{view.kind_address(kind)}" if len(entries) > AT_MOST else ""
            yield Shelf(kind, view.say.plural(kind), len(entries), more)


def _lists(view: View, theme: Theme, members: Mapping[str, Sequence[Entry]]) -> Iterator[Listing]:
    """Lists of all entries of a kind in a theme, where they are more than its page holds."""
    up = (theme_address(view, theme.id), theme.title)
    for shelf in shelves(view, theme, members):
        if shelf.all:
            title = _("{theme}: {kind}").format(theme=theme.title, kind=shelf.title.lower())
            told = listing_of(view, shelf.kind, members[shelf.kind])
            reads = (*told.reads, *BEHIND) if shelf.kind == "actor" else told.reads
            summary = theme.summary or theme.title
            yield replace(told, address=shelf.all, section="theme", title=title, summary=summary, reads=reads, up=up)


def _index(view: View, members: Members) -> Page:
    rows = [
        (f"{theme.id}/", theme.title, theme.summary or "", sum(map(len, members[theme.id].values())))
        for theme in view.settings.themes
    ]
    title = _("Themes")
    summary = _("Everything about one subject in one place: needs, ideas, examples and those to work with.")
    body = view.render("pages/themes.html", {"title": title, "summary": summary, "themes": rows})
    return Page(title, summary, "theme", body, data=linked.of_list(view, title, summary, theme_address(view)))


def _theme(view: View, theme: Theme, members: Mapping[str, Sequence[Entry]]) -> Page:
    root = "../../"
    shown = []
    for shelf in shelves(view, theme, members):
        entries = members[shelf.kind]
        ids = by_title(entries) if shelf.kind in BY_TITLE else newest(view, entries)
        shown.append((shelf, view.cards(ids[:AT_MOST])))
    context = {
        "root": root,
        "theme": theme,
        "list": theme_address(view),
        "shelves": shown,
        "picture": listing.pictured(view, root),
    }
    body = view.render("pages/theme.html", context)
    summary, address = theme.summary or theme.title, theme_address(view, theme.id)
    data = linked.of_list(view, theme.title, summary, address, (theme_address(view), _("Themes")))
    return Page(theme.title, summary, "theme", body, discovery(theme.title), data)
