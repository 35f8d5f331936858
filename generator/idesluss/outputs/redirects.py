"""Pages at the former addresses of entries, which lead to the new ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from idesluss.artifact import Artifact
from idesluss.kinds.entry import Entry
from idesluss.outputs.view import View, view_of

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue


def redirect_pages(catalogue: Catalogue) -> Iterator[Artifact]:
    """A page for every name that an entry had before, unless another entry has that name now."""
    view = view_of(catalogue)
    made: set[str] = set()
    for entry in catalogue.entries.values():
        for slug in entry.formerly:
            path = f"{catalogue.word(entry.kind)}/{slug}/index.html"
            if slug not in catalogue.entries and path not in made:
                made.add(path)
                yield Artifact(path, (f"{entry.id}#card",), partial(_leading, view, entry))


def _leading(view: View, entry: Entry) -> bytes:
    """A page of its own, without the shell, since its canonical address is another's."""
    address = view.catalogue.address(entry.id)
    context = {
        "language": view.settings.language,
        "title": entry.title,
        "href": view.root + address,
        "canonical": view.settings.address + address,
    }
    return view.render("pages/redirect.html", context).encode()
