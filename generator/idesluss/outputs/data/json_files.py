"""`catalogue.json` with all entries, a file with the data of each, and the schema of both."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import orjson

from idesluss.artifact import Artifact, same
from idesluss.kinds import KINDS
from idesluss.kinds.entry import Entry
from idesluss.outputs import linked, media
from idesluss.outputs.data.record import SCHEMA, head_of, named, record, with_text
from idesluss.outputs.data.schema_file import schema
from idesluss.outputs.former import folders
from idesluss.outputs.heads import DATA
from idesluss.outputs.view import View, view_of

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

CATALOGUE = "catalogue.json"
FIELDS = tuple(f"kind:{kind.kind}#fields" for kind in KINDS)
"""What is read by that which holds the fields of all entries."""


def json_files(catalogue: Catalogue) -> Iterator[Artifact]:
    """All of them."""
    view = view_of(catalogue, catalogue.settings.address)
    yield Artifact(CATALOGUE, (*FIELDS, same(sorted(view.files))), partial(_catalogue, view))
    yield Artifact(SCHEMA, (), partial(_written, schema, view.settings))
    for entry in catalogue.entries.values():
        reads = (entry.id, *named(catalogue, entry), *media.reads(entry))
        for folder in folders(catalogue, entry):
            yield Artifact(f"{folder}{DATA}", reads, partial(_entry, view, entry))


def _catalogue(view: View) -> bytes:
    """All entries without their prose, one a line."""
    settings = view.settings
    told = {
        **head_of(view.settings),
        "name": settings.name,
        "owner": settings.owner,
        "address": settings.address,
        "language": settings.language,
        "licence": linked.LICENCES[settings.licence],
        "themes": [theme.model_dump(exclude_none=True) for theme in settings.themes],
    }
    before = json.dumps(told, ensure_ascii=False, indent=1)[:-2].encode()
    entries = b",\n".join(orjson.dumps(record(view, entry)) for entry in view.catalogue.entries.values())
    return b'%s,\n "entries": [\n%s\n]\n}\n' % (before, entries)


def _entry(view: View, entry: Entry) -> bytes:
    told = {**head_of(view.settings), "licence": linked.LICENCES[getattr(entry, "licence", view.settings.licence)]}
    return _written(lambda: {**told, "entry": with_text(view, entry)})


def _written(make: Any, *given: Any) -> bytes:
    return orjson.dumps(make(*given), option=orjson.OPT_APPEND_NEWLINE)
