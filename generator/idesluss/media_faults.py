"""Which uses of pictures and files have a fault, and where they stand: what the picture checks share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss.media import Use, place_in
from idesluss.pictures import Fault, faults
from idesluss.problem import Place
from idesluss.source import parse

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue
    from idesluss.kinds.entry import Entry


def with_fault(catalogue: Catalogue, fault: Fault) -> Iterator[tuple[Entry, Use]]:
    """Every use of a file of ideas/media/ that has this fault."""
    limit = catalogue.settings.picture_bytes
    for entry, use in catalogue.uses:
        if use.file and fault in faults(catalogue.root, use.file, limit, document=use.document):
            yield entry, use


def place_of(catalogue: Catalogue, entry: Entry, use: Use) -> Place:
    """Where the entry's file names it; reads the file again."""
    if use.number >= 0:
        return catalogue.link_place(entry, use.number)
    source, _ = parse(entry.path, (catalogue.root / entry.path).read_bytes())
    return place_in(source, use) if source else Place()
