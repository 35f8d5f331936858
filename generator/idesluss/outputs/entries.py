"""A page for every entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from idesluss.artifact import Artifact, Page
from idesluss.kinds.entry import Entry
from idesluss.kinds.event import Event
from idesluss.outputs import answers, heads, linked, media, repository
from idesluss.outputs.facts import facts
from idesluss.outputs.mentions import groups
from idesluss.outputs.pages import LAYOUTS
from idesluss.outputs.picture_cards import card_head
from idesluss.outputs.prose import description, put_addresses
from idesluss.outputs.provenance import provenance
from idesluss.outputs.view import Shown, View, view_of
from idesluss.pictures import MEDIA

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

OF_ANOTHER: Mapping[str, str] = {
    "idea": "unit",
    "need": "unit",
    "case": "organisation",
    "adoption": "by",
    "project": "coordinator",
}
"""The field of each kind whose entry's title stands on the card of the kind."""
ALSO_READS: Mapping[str, tuple[str, ...]] = {"event": ("kind:event",), "unit": ("figures",), "goal": ("figures",)}
"""What else the pages of a kind show: the other events of a series, what was measured."""


class Pictured(NamedTuple):
    """A picture as published; width and height are those of its widest form."""

    src: str
    srcset: str
    alt: str
    credit: str
    width: int
    height: int


def entry_pages(catalogue: Catalogue) -> Iterator[Artifact]:
    """A page for each entry of the catalogue."""
    view = view_of(catalogue)
    near = neighbours(catalogue)
    for entry in catalogue.entries.values():
        event = (*answers.reads(catalogue, entry), f"booklet:{entry.id}") if isinstance(entry, Event) else ()
        reads = (entry.id, *near[entry.id], *media.reads(entry), *ALSO_READS.get(entry.kind, ()), *event)
        yield Artifact(f"{catalogue.address(entry.id)}index.html", reads, partial(page, view, entry))


@lru_cache(maxsize=2)
def neighbours(catalogue: Catalogue) -> Mapping[str, Iterable[str]]:
    """Whose cards stand on the page of each entry: of those whom it names, who name it, and whom their cards name."""
    known = catalogue.entries
    cards: dict[str, tuple[str, ...]] = {}
    for id_, entry in known.items():
        other = getattr(entry, OF_ANOTHER[entry.kind]) if entry.kind in OF_ANOTHER else None
        cards[id_] = (f"{id_}#card", f"{other}#card") if other in known else (f"{id_}#card",)
    found: dict[str, dict[str, None]] = {id_: {} for id_ in known}
    for id_, around in found.items():
        for source, _field in catalogue.referring(id_):
            around.update(dict.fromkeys(cards[source]))
            found[source].update(dict.fromkeys(cards[id_]))
    return found


def page(view: View, entry: Entry) -> Page:
    """The page of an entry, to be put into the shell."""
    layout = LAYOUTS[entry.kind]
    context = {**_frame(view, entry), **layout.context(view, entry)}
    context["panel"] = facts(view, entry, layout.elsewhere)
    context["groups"] = groups(view, entry, layout.grouped_elsewhere)
    told = description(entry)
    body = view.render(f"pages/{entry.kind}.html", context)
    head = "\n".join(filter(None, (heads.of_entry(entry), context.get("head", ""), card_head(view, entry, told))))
    return Page(entry.title, told, entry.kind, body, head, linked.of_entry(view, entry))


def _frame(view: View, entry: Entry) -> dict[str, Any]:
    """What the page of every kind shows."""
    language = entry.language
    return {
        "entry": entry,
        "root": view.root,
        "plural": view.say.plural(entry.kind),
        "list": view.kind_address(entry.kind),
        "crumb": "",
        "figures": (),
        "lang": Markup(f' lang="{language}"') if language and language != view.settings.language else "",
        "picture": picture(view, entry) if entry.image else None,
        "themes": _themes(view, entry),
        "redacted": (view.say.day(entry.redacted.date), entry.redacted.reason) if entry.redacted else None,
        "provenance": provenance(view, entry),
        "life": _life(view, entry),
        "history": repository.changes(view.catalogue, entry),
        "edit": repository.edit(view.catalogue, entry),
        "html": Markup(put_addresses(view, entry.body.html)),
    }


def _themes(view: View, entry: Entry) -> list[Shown]:
    """The themes of an entry as links to their pages."""
    found = filter(None, map(view.settings.theme, entry.themes))
    return [Shown(theme.title, f"{view.root}{view.address_words['themes']}/{theme.id}/") for theme in found]


def picture(view: View, entry: Entry) -> Pictured | None:
    """The picture of an entry with its size, or None if there is none to show."""
    image = entry.image
    if image is None or image.file not in view.files:
        return None
    width, height = media.size(view.catalogue.root / MEDIA / image.file)
    return Pictured(*media.source(view.root, image.file), image.alt or "", image.credit or "", width, height)


def _life(view: View, entry: Entry) -> tuple[Shown, ...]:
    """When an entry came here and when it last changed, as git shows; nothing where git knows it not."""
    life = view.catalogue.life(entry.id)
    days = dict.fromkeys((life.born, life.changed)) if life else ()
    return tuple(Shown(view.say.day(day), stamp=day) for day in days)
