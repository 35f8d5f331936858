"""Ways to everything without a word to search for: one page that shows them all, and a list for every value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from idesluss.artifact import Artifact, Page, same
from idesluss.kinds.entry import Entry
from idesluss.outputs import linked, listing
from idesluss.outputs.entries import OF_ANOTHER
from idesluss.outputs.facets import Facet, Value, facets_of
from idesluss.outputs.listing import Heading, Listing
from idesluss.outputs.themes import members_of
from idesluss.outputs.view import View, view_of
from idesluss.translate import gettext as _

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

ELSEWHERE = frozenset({"kind", "theme"})
"""Facets whose lists are there already."""
OF_CARDS = {"need": ("kind:idea", "kind:case"), "case": ("kind:adoption",)}
"""Kinds whose cards say something of all entries of other kinds."""


def browse_pages(catalogue: Catalogue) -> Iterator[Artifact]:
    """The page with all ways in, and the lists of all values that have none yet."""
    view = view_of(catalogue)
    yield Artifact(f"{browse_address(view)}index.html", (same(counted(view)),), partial(_page, view))
    for told in lists(view):
        for at, address in enumerate(told.addresses):
            yield Artifact(f"{address}index.html", _reads(view, told, at), partial(listing.page, view, told, at))


def browse_addresses(view: View) -> Iterator[str]:
    """Where all these pages lie."""
    yield browse_address(view)
    for told in lists(view):
        yield from told.addresses


def browse_address(view: View) -> str:
    return f"{view.address_words['browse']}/"


def lists(view: View) -> Iterator[Listing]:
    """A list for each value, its entries under their kinds."""
    for facet in facets_of(view):
        for value in facet.values if facet.name not in ELSEWHERE else ():
            title = _("{facet}: {value}").format(facet=facet.label, value=value.label)
            yield Listing(
                number=len(value.entries),
                sort=partial(_by_kind, view, value.entries),
                reads=(),
                page_word=view.address_words["page"],
                address=value.address,
                section="",
                title=title,
                summary=_("All that has to do with {value}, kind by kind.").format(value=value.label),
                up=(browse_address(view), _("Browse")),
            )


def _by_kind(view: View, entries: Iterable[Entry]) -> list[Heading]:
    grouped = groupby(entries, key=lambda entry: entry.kind)
    return [Heading(kind, view.say.plural(kind), [entry.id for entry in held]) for kind, held in grouped]


def _reads(view: View, told: Listing, at: int) -> tuple[str, ...]:
    """What a page of a list depends on: the cards that it shows, and how the list is cut."""
    shown = [id_ for part in told.pages[at] for id_ in part.ids]
    kinds = {view.catalogue.entries[id_].kind for id_ in shown}
    others = (
        getattr(view.catalogue.entries[id_], OF_ANOTHER.get(view.catalogue.entries[id_].kind, ""), None)
        for id_ in shown
    )
    cards = dict.fromkeys(f"{id_}#card" for id_ in (*shown, *filter(None, others)))
    cut = same([told.title, told.number, [(one.title, len(one.ids)) for one in told.headings]])
    return (cut, *cards, *dict.fromkeys(name for kind in sorted(kinds) for name in OF_CARDS.get(kind, ())))


def counted(view: View) -> list[tuple[str, str, str, int]]:
    """All values with how many entries have each, and how many the page of each theme shows."""
    found = [
        (facet.name, value.id, value.label, len(value.entries)) for facet in facets_of(view) for value in facet.values
    ]
    return [*found, *((theme, "", "", number) for theme, number in _on_theme_pages(view).items())]


def _page(view: View) -> Page:
    title = _("Browse")
    summary = _("Find what you need without a word to search for: by kind, stage, theme, unit, goal, sector or year.")
    context = {"root": "../", "title": title, "summary": summary, "facets": ways(view)}
    data = linked.of_list(view, title, summary, browse_address(view))
    return Page(title, summary, "", view.render("pages/browse.html", context), data=data)


def shown(facets: Iterable[Facet]) -> list[tuple[str, str, list[tuple[str, str, str, int]]]]:
    """The facets for a template: (name, label, values), a value as (id, label, address, number)."""
    return [(facet.name, facet.label, [_counted(value) for value in facet.values]) for facet in facets]


def ways(view: View) -> list[tuple[str, str, list[tuple[str, str, str, int]]]]:
    """The same as ways to lists: a theme has the number of what its page shows, actors that do not name it too."""
    number = _on_theme_pages(view)
    return [
        (name, label, [(*value[:3], number[value[0]]) for value in values] if name == "theme" else values)
        for name, label, values in shown(facets_of(view))
    ]


def _on_theme_pages(view: View) -> dict[str, int]:
    return {theme: sum(map(len, held.values())) for theme, held in members_of(view.catalogue).items()}


def _counted(value: Value) -> tuple[str, str, str, int]:
    return value.id, value.label, value.address, len(value.entries)
