"""The page of the search: its field, what one can choose by, and the ways on for whoever searches without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from idesluss.artifact import Artifact, Page, same
from idesluss.outputs import linked
from idesluss.outputs.browse import browse_address, counted, shown, ways
from idesluss.outputs.facets import facets_of
from idesluss.outputs.view import View, view_of
from idesluss.translate import gettext as _

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

OPEN = frozenset({"kind", "stage"})
"""The facets whose values are seen from the start."""


def search_page(catalogue: Catalogue) -> Iterator[Artifact]:
    """The page of the search."""
    view = view_of(catalogue)
    yield Artifact(f"{search_address(view)}index.html", (same(counted(view)),), partial(_page, view))


def search_address(view: View) -> str:
    return f"{view.address_words['search']}/"


def _page(view: View) -> Page:
    title = _("Search")
    summary = _("Search among ideas, good examples, needs and all else, by your own problem.")
    facets = shown(facets_of(view))
    context = {
        "root": "../",
        "title": title,
        "facets": facets,
        "open": OPEN,
        "ways": [facet for facet in ways(view) if facet[0] in ("kind", "theme")],
        "browse": browse_address(view),
    }
    data = linked.of_page(view, title, summary, search_address(view), type_="SearchResultsPage")
    return Page(title, summary, "search", view.render("pages/search.html", context), data=data)
