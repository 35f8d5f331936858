"""The page that tells in plain words what open data and which feeds there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from idesluss.artifact import Artifact, Page
from idesluss.kinds import KINDS
from idesluss.outputs import linked
from idesluss.outputs.data.dcat import FILES
from idesluss.outputs.data.json_files import CATALOGUE
from idesluss.outputs.data.record import SCHEMA, VERSION
from idesluss.outputs.data.tables import table_path
from idesluss.outputs.feeds.entries import AROUND, Followed, followed
from idesluss.outputs.feeds.feed import JSON_NAME, NAME
from idesluss.outputs.heads import DATA
from idesluss.outputs.listing import alphabetical
from idesluss.outputs.view import View, view_of
from idesluss.translate import gettext as _

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

READS = tuple(f"kind:{kind.kind}" for kind in KINDS)


class Row(NamedTuple):
    """A feed or a table: what it holds, how many, and its files (address, what it is written as)."""

    title: str
    number: str
    files: tuple[tuple[str, str], ...]


def data_page(catalogue: Catalogue) -> Iterator[Artifact]:
    """The page."""
    view = view_of(catalogue)
    yield Artifact(f"{data_address(view)}index.html", READS, partial(_page, view))


def data_address(view: View) -> str:
    return f"{view.address_words['data']}/"


def _page(view: View) -> Page:
    root, settings = "../", view.settings
    title = _("Open data and feeds")
    summary = _("Everything that is public here, to download, to follow and to build on.")
    context: dict[str, Any] = {
        "root": root,
        "title": title,
        "summary": summary,
        "tables": [_table(view, root, kind.kind) for kind in KINDS],
        "feeds": [(name, [_feed(root, told) for told in group]) for name, group in _groups(view)],
        "catalogue": root + CATALOGUE,
        "schema": root + SCHEMA,
        "version": VERSION,
        "entry_file": DATA,
        "described": [root + name for name, _write in FILES] if view.catalogue.audience == "public" else [],
        "licence": (view.say.label("licence", settings.licence), linked.LICENCES[settings.licence]),
        "owner": settings.owner,
    }
    return Page(title, summary, "", view.render("pages/data.html", context), data=_linked(view, title, summary))


def _table(view: View, root: str, kind: str) -> Row:
    files = tuple((root + table_path(view, kind, ending), name) for ending, name in (("csv", "CSV"), ("xlsx", "Excel")))
    return Row(view.say.plural(kind), view.say.number(len(view.catalogue.of(kind))), files)


def _groups(view: View) -> Iterator[tuple[str, Iterable[Followed]]]:
    """All feeds, under what they follow."""
    found: dict[str, list[Followed]] = {}
    for told in followed(view):
        found.setdefault(told.name.partition("/")[0], []).append(told)
    yield _("Everything, and each sort"), [*found["all"], *(told for kind in KINDS for told in found[kind.kind])]
    if "theme" in found:
        yield _("Themes"), found["theme"]
    around = found.get("around", [])
    for kind in AROUND:
        those = [told for told in around if told.name.split("/")[1] == kind]
        if those:
            yield view.say.plural(kind), sorted(those, key=lambda told: alphabetical(told.title))


def _feed(root: str, told: Followed) -> Row:
    folder = root + told.folders[0]
    return Row(told.title, "", ((folder + NAME, "Atom"), (folder + JSON_NAME, "JSON Feed")))


def _linked(view: View, title: str, summary: str) -> str:
    settings = view.settings
    address = settings.address + data_address(view)
    dataset = {
        "@type": "Dataset",
        "@id": f"{address}#data",
        "name": title,
        "description": summary,
        "url": address,
        "license": linked.LICENCES[settings.licence],
        "creator": linked.owner(view),
        "inLanguage": settings.language,
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "application/json",
                "contentUrl": settings.address + CATALOGUE,
            }
        ],
    }
    return linked.data(dataset, linked.path((title, address)))
