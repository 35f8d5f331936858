"""A page for each example and method, made to be passed on: one A4 when printed, and texts to paste."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from idesluss import sheet
from idesluss.artifact import Artifact, Page
from idesluss.body.parts import plain
from idesluss.kinds.case import Case
from idesluss.kinds.entry import Entry
from idesluss.kinds.method import Method
from idesluss.outputs import linked, media, titles
from idesluss.outputs.entries import neighbours, picture
from idesluss.outputs.pages import case as case_page
from idesluss.outputs.pages import method as method_page
from idesluss.outputs.pages.layout import Figure
from idesluss.outputs.picture_cards import SIZE, card_address, card_alt, card_head, shortened
from idesluss.outputs.prose import description, on_page
from idesluss.outputs.qr import qr_code
from idesluss.outputs.view import View, view_of
from idesluss.translate import gettext as _
from idesluss.web_address import for_people

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

DEEPER = "../../../"
POST = 280
"""So many characters a post may have where space is scarcest, its address counted as it stands."""

_ANCHOR = re.compile(r' (?:id="|href="#)[^"]*"')
_PICTURE = re.compile(r"<img\b[^>]*>")
_NOTES = re.compile(r'<sup><a href="#fn-.*?</a></sup>')


def spreading_pages(catalogue: Catalogue) -> Iterator[Artifact]:
    """A page below that of each example and method."""
    view, up = view_of(catalogue, DEEPER), view_of(catalogue)
    for kind in sheet.KINDS:
        for entry in catalogue.of(kind):
            reads = (entry.id, *neighbours(catalogue, entry), *media.reads(entry), *titles.reads(catalogue, entry))
            yield Artifact(f"{spread_address(up, entry)}index.html", reads, partial(page, view, entry))


def spread_address(view: View, entry: Entry) -> str:
    """Where the spreading page of an entry lies, from the top of the site."""
    return f"{view.catalogue.address(entry.id)}{view.address_words['spread']}/"


def page(view: View, entry: Entry) -> Page:
    """The spreading page of an entry. Search engines are led to the entry's own page instead."""
    address = view.settings.address + view.catalogue.address(entry.id)
    language = entry.language
    context = {
        "entry": entry,
        "root": view.root,
        "plural": view.say.plural(entry.kind),
        "list": view.kind_address(entry.kind),
        "own": view.catalogue.address(entry.id),
        "lang": Markup(f' lang="{language}"') if language and language != view.settings.language else "",
        "name": view.settings.name,
        "picture": picture(view, entry) if entry.image else None,
        "code": qr_code(address, _("QR code for {address}").format(address=for_people(address))),
        "address": escape(for_people(address)).replace("/", Markup("/<wbr>")),
        "card": view.root + card_address(view, entry),
        "card_name": f"{entry.id}.png",
        "card_alt": card_alt(view, entry),
        "card_size": SIZE,
        **SHEETS[entry.kind](view, entry),
    }
    context["contact"] = context["contact"] or view.settings.contact or ""
    context["texts"] = _texts(view, entry, context)
    head = f'<meta name="robots" content="noindex">\n{card_head(view, entry, description(entry))}'
    title = _("Pass on: {title}").format(title=titles.page_title(view.catalogue, entry))
    data = linked.of_spread(view, entry, title, spread_address(view, entry))
    return Page(title, description(entry), entry.kind, view.render("pages/spread.html", context), head, data)


def _case(view: View, case: Case) -> Mapping[str, Any]:
    told = case_page.context(view, case)
    stopped = sheet.is_stopped(case)
    if stopped:
        heading = _("If you think of trying")
    else:
        heading = _("Take over the solution") if case.type == "solution" else _("Take over the way of working")
    what, hard = _("What was done"), _("What was hard")
    lessons = _parts(view, case, "lessons", _("What was learnt")) if stopped else []
    how = _parts(view, case, "adoption", heading) or [
        (heading, _listed(case_page.steps(stopped=stopped, kept=bool(case.core))))
    ]
    extras = sheet.extras(case)
    owner = told["organisation"]
    said = filter(None, [owner.text if owner else "", told["type"], told["for_whom"]])
    return {
        "mark": told["mark"],
        "tone": told["tone"],
        "by": shortened(" · ".join(said), sheet.BY),
        "figures": [told["figures"][0], *map(_noted, told["figures"][1:])],
        "pair": [
            (_("Must be kept"), case.core, "keep"),
            (_("May change"), case.adaptable, "adapt"),
        ],
        "first": _parts(view, case, "what", what) if "what" in extras else [],
        "sections": [*lessons, *how, *(_parts(view, case, "challenges", hard) if "challenges" in extras else [])],
        "contact": case.contact,
        "sure": told["provenance"][0],
        "licence": view.say.label("licence", case.licence),
    }


def _noted(figure: Figure) -> Figure:
    """A fact whose note is no longer than the sheet has room for."""
    return figure._replace(note=shortened(figure.note, sheet.NOTE_LENGTH))


def _method(view: View, method: Method) -> Mapping[str, Any]:
    told = method_page.context(view, method)
    when = method.section("when")
    return {
        "mark": _("Method"),
        "tone": "",
        "by": view.settings.owner,
        "figures": told["figures"],
        "pair": [
            (_("When"), tuple(sheet.pieces(when.html)) if when else (), "keep"),
            (_("What you need"), method.materials, "adapt"),
        ],
        "first": (),
        "sections": _parts(view, method, "how", _("How to do it")),
        "contact": "",
        "sure": "",
        "licence": view.say.label("licence", method.licence),
    }


SHEETS: Mapping[str, Any] = {"case": _case, "method": _method}
"""What stands on the sheet of each kind that has one."""


def _parts(view: View, entry: Entry, key: str, title: str) -> list[tuple[str, Markup]]:
    """A section under its title, or nothing.

    Without pictures, and without footnotes and anchors, which may have their other end in a section that is not here.
    """
    section = entry.section(key)
    html = _ANCHOR.sub("", _NOTES.sub("", _PICTURE.sub("", section.html))) if section else ""
    return [(title, on_page(view, html))] if plain(html) else []


def _listed(steps: Iterable[str]) -> Markup:
    return Markup("<ol>{}</ol>").format(Markup().join(map(Markup("<li>{}</li>").format, steps)))


def _texts(view: View, entry: Entry, told: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Texts ready to paste, as (id, label, text): one for a newsletter and one for a post."""
    address = view.settings.address + view.catalogue.address(entry.id)
    title = f"{told['mark']}: {entry.title}" if told["tone"] == "stop" else entry.title
    first = told["figures"][0]
    measured = f"{first.label}: {first.value}" + (f" ({first.note})" if first.note else "")
    kept = [f"{name}: {items[0]}" for name, items, _look in told["pair"][:1] if items]
    letter = [title, entry.summary or "", measured, *kept, _("Read more: {address}").format(address=address)]
    room = POST - len(address) - 1
    post = shortened(f"{title}. {entry.summary}" if entry.summary else f"{title}.", room)
    return [
        ("newsletter", _("For a newsletter"), "\n\n".join(filter(None, letter))),
        ("post", _("For a post"), f"{post} {address}"),
    ]
