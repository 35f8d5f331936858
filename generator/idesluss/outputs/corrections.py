"""Pages that say that an entry is being corrected, where a broken one was public before."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from idesluss.artifact import Artifact, Page
from idesluss.catalogue import Broken
from idesluss.outputs.view import View, view_of
from idesluss.translate import gettext as _

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue


def correction_pages(catalogue: Catalogue) -> Iterator[Artifact]:
    """A plain page for each broken entry whose address has been public; it tells nothing of the entry."""
    view = view_of(catalogue)
    for lost in catalogue.broken:
        if lost.was_public and lost.id not in catalogue.entries:
            yield Artifact(f"{lost.address}index.html", (), partial(_page, view, lost))


def _page(view: View, lost: Broken) -> Page:
    title = _("This page is being corrected")
    up = {"root": view.root, "list": view.kind_address(lost.kind), "plural": view.say.plural(lost.kind)}
    body = view.render("pages/correction.html", {"title": title, **up})
    return Page(title, title, lost.kind, body, '<meta name="robots" content="noindex">')
