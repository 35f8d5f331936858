"""An example as the data of its chapter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote

from idesluss import typeset
from idesluss.booklet.bars import bars
from idesluss.booklet.edition import Edition
from idesluss.booklet.pictures import usable_pictures
from idesluss.booklet.selection import organisation
from idesluss.booklet.tree import blocks, line, said, web_address
from idesluss.kinds.case import Case
from idesluss.outputs.pages import case as case_page
from idesluss.outputs.prose import page_address
from idesluss.translate import gettext as _
from idesluss.web_address import for_people

Data = dict[str, Any]
OPTIONAL = ("challenges", "lessons", "adoption")
"""Sections that a booklet may leave out."""


def chapter(edition: Edition, case: Case, number: int) -> Data:
    """All that the template needs of an example; texts only, and the names of its pictures."""
    view = edition.view
    page = case_page.context(view, case)
    address = view.settings.address + view.catalogue.address(case.id)
    figures = [(one.label, one.value, one.note) for one in page["figures"]] if edition.has("figures") else []
    users = page["users"] if edition.has("users") else ()
    language = case.language or view.settings.language
    return {
        "id": case.id,
        "number": number,
        "language": language if language != edition.language else "",
        "mark": line(page["mark"]) + (f" · {_('invented')}" if case.example else ""),
        "tone": page["tone"],
        "title": line(case.title),
        "notices": [line(notice) for notice in _notices(edition, case)],
        "summary": line(case.summary or ""),
        "organisation": line(organisation(view.catalogue, case)),
        "themes": [line(theme.title) for theme in view.settings.themes if theme.id in case.themes],
        "picture": _picture(edition, case),
        "figures": [{"label": line(a), "value": line(b), "note": line(c)} for a, b, c in figures],
        "parts": list(_parts(edition, case)),
        "effects": list(_effects(edition, page["effects"])),
        "core": [said(text) for text in case.core] if edition.has("core") else [],
        "adaptable": [said(text) for text in case.adaptable] if edition.has("core") else [],
        "users": [{"by": line(user.by.text), "says": line(user.says)} for user in users],
        "contact": line(case.contact or view.settings.contact or "") if edition.told.contacts else "",
        "provenance": line(" ".join(page["provenance"])) if edition.has("sources") else "",
        "licence": view.say.label("licence", case.licence),
        "address": address,
        "visible": for_people(address),
        "fault": [],
    }


def marked(edition: Edition, case: Case, number: int, reasons: list[str]) -> Data:
    """The page of a draft that stands for an example which cannot be set."""
    root = edition.catalogue.root
    return {**_blank(edition, case, number), "fault": [typeset.settable(root, reason) for reason in reasons]}


def _blank(edition: Edition, case: Case, number: int) -> Data:
    address = edition.catalogue.settings.address + edition.catalogue.address(case.id)
    lists = ("figures", "parts", "effects", "core", "adaptable", "users", "themes", "notices")
    texts = ("language", "mark", "tone", "summary", "contact", "provenance", "licence", "organisation")
    nothing: Data = {**{name: [] for name in lists}, **dict.fromkeys(texts, "")}
    told = {"id": case.id, "number": number, "title": case.id, "picture": None}
    return {**nothing, **told, "address": address, "visible": for_people(address)}


def _picture(edition: Edition, case: Case) -> Data | None:
    image = case.image
    if image is None or not edition.has("picture") or image.file not in usable_pictures(edition.catalogue):
        return None
    return {"file": image.file, "alt": line(image.alt or case.title), "credit": line(image.credit or "")}


def _parts(edition: Edition, case: Case) -> Iterator[Data]:
    """What the author wrote, part by part; what stands before the first heading has none, nor have the footnotes."""
    shown = usable_pictures(edition.catalogue) if edition.has("picture") else frozenset()
    target = targets(edition)
    body = case.body
    sections = ((one.key, one.title, one.html) for one in body.sections)
    for key, title, html in (("", "", body.lead), *sections, ("", "", body.notes)):
        if key in OPTIONAL and not edition.has(key):
            continue
        if inner := blocks(html, target, shown):
            yield {"key": key, "title": line(title), "blocks": inner}


def _effects(edition: Edition, rows: Any) -> Iterator[Data]:
    for row in rows if edition.has("effects") else ():
        of = line(row.of.text) if row.of else ""
        told = (row.measure, row.before, row.after, row.date, row.reached)
        names = ("measure", "before", "after", "date", "reached")
        texts = {name: line(text) for name, text in zip(names, told, strict=True)}
        yield {**texts, "of": of, "tone": row.tone, "bars": _bars(texts["before"], texts["after"])}


def _bars(before: str, after: str) -> Data | None:
    """The bars of an effect, with what they say to those who do not see them."""
    found = bars(before, after)
    if found is None:
        return None
    said = _("Two bars on a scale from 0. Before: {before}. After: {after}.").format(before=before, after=after)
    return {**found._asdict(), "alt": line(said)}


def _notices(edition: Edition, case: Case) -> Iterator[str]:
    """What a draft says of an example that a final edition would not hold yet."""
    if not case.last_confirmed:
        yield _("Its owner has never confirmed it.")
    if edition.catalogue.is_embargoed(case):
        yield _("Not public before {day}.").format(day=edition.view.say.day(str(case.publish_from)))


def targets(edition: Edition) -> Callable[[str], str]:
    """The function from a link as the body holds it to where it leads from the book."""
    catalogue, within = edition.catalogue, {case.id for case in edition.cases}
    top = catalogue.settings.address

    def target(href: str) -> str:
        kind, _sign, rest = href.partition(":")
        name, sign, fragment = rest.partition("#")
        if kind == "entry":
            if name in within:
                return f"#{name}"
            return web_address(f"{top}{catalogue.address(name)}{sign}{fragment}") if name in catalogue.entries else ""
        if kind == "page":
            return web_address(f"{top}{page_address(unquote(name))}{sign}{fragment}")
        return web_address(href)

    return target
