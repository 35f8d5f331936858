"""A page for every entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from idesluss.artifact import Artifact, Page
from idesluss.kinds.adoption import Adoption
from idesluss.kinds.entry import Entry
from idesluss.kinds.event import Event
from idesluss.kinds.idea import Idea
from idesluss.outputs import answers, heads, linked, media, repository, titles
from idesluss.outputs.facts import facts
from idesluss.outputs.mentions import groups
from idesluss.outputs.pages import LAYOUTS
from idesluss.outputs.picture_cards import card_head
from idesluss.outputs.prose import description, on_page
from idesluss.outputs.provenance import provenance
from idesluss.outputs.view import Shown, View, view_of
from idesluss.pictures import MEDIA
from idesluss.translate import gettext as _

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
    return (entry_page(view, entry) for entry in catalogue.entries.values())


def entry_page(view: View, entry: Entry) -> Artifact:
    """The page of an entry."""
    catalogue = view.catalogue
    event = (*answers.reads(catalogue, entry), f"booklet:{entry.id}") if isinstance(entry, Event) else ()
    reads = (entry.id, *neighbours(catalogue, entry), *media.reads(entry), *ALSO_READS.get(entry.kind, ()), *event)
    reads = (*reads, *titles.reads(catalogue, entry), *_of_adoptions(view, entry))
    return Artifact(f"{catalogue.address(entry.id)}index.html", reads, partial(page, view, entry))


def _of_adoptions(view: View, entry: Entry) -> Iterable[str]:
    """What the page of an idea reads of who uses it, and that of an adoption of a newer word."""
    if isinstance(entry, Idea):
        used = view.taken_over(entry)
        return dict.fromkeys(f"{id_}#card" for _case, adoption in used for id_ in (adoption.id, adoption.by))
    newer = view.newer(entry) if isinstance(entry, Adoption) else None
    return (f"{newer.id}#card",) if newer else ()


def page_at(catalogue: Catalogue, path: str) -> Artifact | None:
    """The page of an entry that lies at a path of the site, without a look at the others; None if none does."""
    id_ = path.removesuffix("/index.html").rpartition("/")[2]
    entry = catalogue.get(id_)
    if entry is None or path != f"{catalogue.address(id_)}index.html":
        return None
    return entry_page(view_of(catalogue), entry)


def neighbours(catalogue: Catalogue, entry: Entry) -> Iterable[str]:
    """Whose cards stand on the page of an entry: of those whom it names, who name it, and whom their cards name."""
    found: dict[str, None] = {}
    sources = (source for source, _field in catalogue.referring(entry.id))
    for id_ in dict.fromkeys((*sources, *catalogue.named(entry))):
        found[f"{id_}#card"] = None
        near = catalogue.entries[id_]
        other = getattr(near, OF_ANOTHER[near.kind]) if near.kind in OF_ANOTHER else None
        if other in catalogue.entries:
            found[f"{other}#card"] = None
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
    title = titles.page_title(view.catalogue, entry)
    return Page(title, told, entry.kind, body, head, linked.of_entry(view, entry))


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
        "closed": _closed(view, entry),
        "redacted": (view.say.day(entry.redacted.date), entry.redacted.reason) if entry.redacted else None,
        "provenance": provenance(view, entry),
        "life": _life(view, entry),
        "history": repository.changes(view.catalogue, entry),
        "edit": repository.edit(view.catalogue, entry),
        "html": on_page(view, entry.body.html),
    }


def _closed(view: View, entry: Entry) -> tuple[str, str] | None:
    """What is said inside of an entry that the public does not see: a mark and a sentence."""
    catalogue = view.catalogue
    if catalogue.audience == "public":
        return None
    if catalogue.is_internal(entry):
        return _("Internal"), _("The public portal does not show it.")
    if catalogue.is_embargoed(entry):
        day = view.say.day(str(entry.publish_from))
        return _("Not public yet"), _("The public portal shows it from {date}.").format(date=day)
    return None


def _themes(view: View, entry: Entry) -> list[Shown]:
    """The themes of an entry as links to their pages."""
    found = filter(None, map(view.settings.theme, entry.themes))
    return [Shown(theme.title, f"{view.root}{view.address_words['themes']}/{theme.id}/") for theme in found]


def picture(view: View, entry: Entry) -> Pictured | None:
    """The picture of an entry with its size, or None if there is none to show."""
    image = entry.image
    if image is None or image.file not in view.pictures:
        return None
    width, height = media.size(view.catalogue.root / MEDIA / image.file)
    return Pictured(*media.source(view.root, image.file), image.alt or "", image.credit or "", width, height)


def _life(view: View, entry: Entry) -> tuple[Shown, ...]:
    """When an entry came here and when it last changed, as git shows; nothing where git knows it not."""
    life = view.catalogue.life(entry.id)
    days = dict.fromkeys((life.born, life.changed)) if life else ()
    return tuple(Shown(view.say.day(day), stamp=day) for day in days)
