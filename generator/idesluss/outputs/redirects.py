"""Pages at the former addresses of entries, which lead to the new ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from idesluss.artifact import Artifact
from idesluss.kinds.entry import Entry
from idesluss.outputs.former import former
from idesluss.outputs.view import View, view_of

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue


def redirect_pages(catalogue: Catalogue) -> Iterator[Artifact]:
    """A page at every address that an entry had before, unless another entry has it now."""
    view = view_of(catalogue)
    made: set[str] = set()
    for entry in catalogue.entries.values():
        for address in former(catalogue, entry):
            if address not in made:
                made.add(address)
                yield Artifact(f"{address}index.html", (f"{entry.id}#card",), partial(_leading, view, entry))


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
