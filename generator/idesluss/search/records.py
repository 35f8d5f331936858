"""What can be found: a record of each entry and of each hand-written page, with its words and what it is chosen by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from lxml import html
from pydantic import BaseModel

from idesluss.body.parts import plain, words
from idesluss.kinds import BY_NAME
from idesluss.kinds.entry import OWN, Entry
from idesluss.outputs.cards import SAYS
from idesluss.outputs.facets import facets_of
from idesluss.outputs.view import View, view_of
from idesluss.translate import gettext as _

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

APART = frozenset({"title", "summary", "image", "links", "redacted"}) | OWN
"""Fields whose words are told apart, or are no words of the entry."""
DOCS = "docs"
"""The kind of hand-written pages, as the search's filter names it."""
_HEADING_ENDS = re.compile(r"(?<![.:!?…])(?=</h[1-6]>)")


class Record(NamedTuple):
    """One thing that can be found, as Pagefind names it: `meta` is what a hit shows, `filters` what it is chosen by."""

    url: str
    content: str
    meta: Mapping[str, str]
    filters: Mapping[str, tuple[str, ...]]


def records_of(catalogue: Catalogue, pages: Mapping[str, bytes]) -> Iterator[Record]:
    """A record of each entry that the audience sees, and of each of the hand-written `pages`.

    Pagefind forgets what has no words but its title, so that the title stands for these.
    """
    view = view_of(catalogue)
    filters: dict[str, dict[str, list[str]]] = {}
    for facet in facets_of(view):
        for value in facet.values:
            for entry in value.entries:
                filters.setdefault(entry.id, {}).setdefault(facet.name, []).append(value.id)
    for entry in catalogue.entries.values():
        chosen = {name: tuple(ids) for name, ids in filters.get(entry.id, {}).items()}
        yield Record(catalogue.address(entry.id), _text(entry) or entry.title, _meta(view, entry), chosen)
    for path, page in sorted(pages.items()):
        if path.endswith("/index.html"):
            yield _page(path, page)


def digest(records: Iterable[Record], language: str) -> str:
    """A digest of all that is searched and shown of it."""
    seen = blake2b(language.encode(), digest_size=16)
    for record in records:
        seen.update(orjson.dumps(tuple(record)))
    return seen.hexdigest()


def _text(entry: Entry) -> str:
    """The words of an entry beside its title: its summary, its prose, and what its fields say in sentences."""
    return " · ".join(filter(None, (entry.summary, _prose(entry.body.html), *dict.fromkeys(_sentences(entry, APART)))))


def _prose(html: str) -> str:
    """The words of a piece of HTML in one line, with a colon after each heading."""
    return plain(_HEADING_ENDS.sub(":", html))


def _sentences(part: BaseModel, apart: frozenset[str] = frozenset()) -> Iterator[str]:
    """What stands in the fields of an entry or a part of it, if it is more than one word."""
    held = vars(part)
    for name in type(part).model_fields:
        value = held[name]
        if not value or name in apart:
            continue
        for item in value if value.__class__ is tuple else (value,):
            if item.__class__ is str:
                if " " in item:
                    yield words(item)
            elif isinstance(item, BaseModel):
                yield from _sentences(item)


def _meta(view: View, entry: Entry) -> Mapping[str, str]:
    """What a hit shows beside the words around what was found."""
    kind = _(BY_NAME[entry.kind].label)
    mark, tone, note, _stamp = SAYS[entry.kind](view, entry)
    shown = {
        "title": entry.title,
        "kind": "" if mark.startswith(kind) else kind,
        "mark": mark,
        "tone": tone if mark else "",
        "note": note,
        "example": "1" if entry.example else "",
    }
    return {name: held for name, held in shown.items() if held}


def _page(path: str, page: bytes) -> Record:
    """The record of a hand-written page."""
    tree: Any = html.document_fromstring(page.decode())
    main = next(tree.iter("article", "main"), tree)
    for part in [*main.find_class("headerlink"), *main.iter("script", "style", "nav", "pre")]:
        part.drop_tree()
    heading = next(main.iter("h1"), None)
    title = words((next(tree.iter("title")) if heading is None else heading).text_content())
    if heading is not None:
        heading.drop_tree()
    said = _prose(html.tostring(main, encoding="unicode", with_tail=False)) or title
    meta = {"title": title, "kind": _("Page")}
    return Record(path.removesuffix("index.html"), said, meta, {"kind": (DOCS,)})
