"""All that the template of the book reads: data only, texts as they can be set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from idesluss import __version__, typeset
from idesluss.booklet.chapters import Data
from idesluss.booklet.edition import Edition
from idesluss.booklet.pictures import usable_pictures
from idesluss.booklet.selection import municipality, swedish
from idesluss.booklet.tree import line, said
from idesluss.kinds.case import Case
from idesluss.kinds.need import Need
from idesluss.translate import gettext as _
from idesluss.web_address import for_people


def contents(edition: Edition, chapters: list[Data], *, only: bool = False) -> Data:
    """The whole book with its chapters, or `only` these."""
    event, told, view = edition.event, edition.told, edition.view
    in_order = {chapter["id"] for chapter in chapters}
    cases = [case for case in edition.cases if case.id in in_order]
    front = {
        "language": edition.language,
        "paper": edition.paper,
        "draft": edition.draft,
        "bleed": 0,
        "only": only,
        "title": line(edition.title),
        "subtitle": line(event.summary or "") if not told.title else line(event.title),
        "kind": line(view.say.label("type", event.type)),
        "when": line(view.say.days(event.date, event.end)),
        "where": line(event.place or ""),
        "portal": line(view.settings.name),
        "owner": line(view.settings.owner),
        "colours": {"deep": told.colours.deep, "accent": told.colours.accent},
        "cover": _picture(edition, told.cover, told.cover_alt),
        "logo": _picture(edition, told.logo, told.logo_alt or view.settings.owner),
        "foreword": [said(part) for part in (told.foreword or "").split("\n\n") if part.strip()],
        "committee": [line(name) for name in told.committee],
        "colophon": list(_rows(edition, cases)),
        "programme": list(_programme(edition)) if edition.has("programme") else [],
        "needs": list(_needs(edition, cases)) if edition.has("needs") else [],
        "municipalities": list(_by((municipality(view.catalogue, case), case) for case in cases)),
        "themes": list(_by((theme, case) for case in cases for theme in _themes(edition, case))),
        "organisations": list(_organisations(edition, cases)),
        "words": {key: line(words) for key, words in _words(edition).items()},
    }
    return {**settable(edition, front), "chapters": chapters}


def settable(edition: Edition, data: Any) -> Any:
    """The same data with a box for what no font has; the caller has told of it."""
    if isinstance(data, str):
        lost = typeset.lacking(edition.catalogue.root, data)
        return typeset.settable(edition.catalogue.root, data) if lost else data
    if isinstance(data, dict):
        return {name: settable(edition, value) for name, value in data.items()}
    return [settable(edition, value) for value in data] if isinstance(data, list) else data


def _picture(edition: Edition, file: str | None, alt: str | None) -> Data | None:
    if file is None or file not in usable_pictures(edition.catalogue):
        return None
    image = edition.event.image
    alt = alt or (image.alt if image and image.file == file else None)
    credit = image.credit if image and image.file == file else None
    return {"file": file, "alt": line(alt or edition.title), "credit": line(credit or "")}


def _rows(edition: Edition, cases: list[Case]) -> Iterator[Data]:
    """The colophon; `press` marks the row that says by what the book was set, which not every format was."""
    press = _("Set with")
    for label, value, to in _colophon(edition, cases):
        yield {"label": line(label), "value": value if to else line(value), "to": to, "press": label == press}


def _colophon(edition: Edition, cases: list[Case]) -> Iterator[tuple[str, str, str]]:
    settings, catalogue = edition.catalogue.settings, edition.catalogue
    event = settings.address + catalogue.address(edition.event.id)
    yield _("Published by"), settings.owner, ""
    yield _("On the web"), for_people(event), event
    if edition.told.edition:
        yield _("Edition"), edition.told.edition, ""
    if edition.draft:
        yield _("Draft"), _("Not to be passed on: it may hold what its owners have not confirmed."), ""
    if catalogue.audience == "internal":
        yield _("Readers"), _("Internal: it may hold what is not for the public."), ""
    yield _("State of the content"), edition.view.say.day(edition.made.date().isoformat()), ""
    commit = catalogue.commit or _("not in git")
    yield _("Commit"), f"{commit} {_('and changes that are in no commit')}" if edition.changed else commit, ""
    licences = ", ".join(sorted({edition.view.say.label("licence", case.licence) for case in cases}))
    if licences:
        yield _("Licence of the examples"), licences, ""
    yield _("Set with"), f"idesluss {__version__}, Typst, Atkinson Hyperlegible Next, Noto", ""
    if settings.contact:
        yield _("Contact"), settings.contact, ""


def _programme(edition: Edition) -> Iterator[Data]:
    view, within = edition.view, {case.id for case in edition.cases}
    for day, slots in edition.event.days().items():
        rows = [
            {
                "time": slot.time.replace(".", ":"),
                "length": _("{number} min").format(number=slot.length) if slot.length is not None else "",
                "title": line(slot.title),
                "by": line(slot.presenter_role or ""),
                "cases": [id_ for id_ in slot.cases if id_ in within],
            }
            for slot in slots
        ]
        yield {"day": view.say.day(day), "rows": rows}


def _needs(edition: Edition, cases: list[Case]) -> Iterator[Data]:
    """Every need that an example of the book answers, with whose it is and those examples."""
    view = edition.view
    for id_ in sorted({need for case in cases for need in case.needs}):
        need = view.catalogue.get(id_)
        if isinstance(need, Need):
            unit = view.link(need.unit)
            answers = [case.id for case in cases if id_ in case.needs]
            yield {"need": line(need.title), "by": line(unit.text if unit else ""), "cases": answers}


def _themes(edition: Edition, case: Case) -> Iterator[str]:
    for id_ in case.themes:
        theme = edition.catalogue.settings.theme(id_)
        if theme:
            yield theme.title


def _by(pairs: Iterable[tuple[str, Case]]) -> Iterator[Data]:
    """Names with their examples, both by the Swedish alphabet."""
    found: dict[str, list[Case]] = {}
    for name, case in pairs:
        found.setdefault(name, []).append(case)
    for name in sorted(found, key=swedish):
        yield {"name": line(name), "cases": [one.id for one in sorted(found[name], key=lambda one: swedish(one.title))]}


def _organisations(edition: Edition, cases: list[Case]) -> Iterator[Data]:
    """Whose the examples are, with what they are part of and their function for contact."""
    owners: dict[str, list[Case]] = {}
    for case in cases:
        owners.setdefault(case.organisation, []).append(case)
    catalogue = edition.catalogue
    rows = []
    for id_, own in owners.items():
        owner = catalogue.get(id_)
        name, whole = owner.title if owner else id_, municipality(catalogue, own[0])
        contact = getattr(owner, "contact", None) if edition.told.contacts else None
        rows.append(
            {
                "name": line(name),
                "whole": line(whole if whole != name else ""),
                "contact": line(contact or ""),
                "cases": [case.id for case in own],
            }
        )
    yield from sorted(rows, key=lambda row: swedish(str(row["name"])))


def _words(edition: Edition) -> dict[str, str]:
    """The words that the template itself says."""
    return {
        "foreword": _("Foreword"),
        "committee": _("Committee"),
        "about": _("About this booklet"),
        "programme": _("Programme"),
        "contents": _("Contents"),
        "time": _("Time"),
        "what": _("What"),
        "who": _("Who"),
        "page": _("Page"),
        "example": _("Good example"),
        "effects": _("What it gave"),
        "measure": _("Measured"),
        "before": _("Before"),
        "after": _("After"),
        "bars": _("Light: before. Dark: after."),
        "core": _("Must be kept"),
        "adaptable": _("May change"),
        "users": _("Who uses it"),
        "contact": _("Contact"),
        "more": _("Read more"),
        "code": _("QR code for {address}"),
        "picture": _("Picture: {credit}"),
        "notes": _("Notes"),
        "needs": _("Needs and examples"),
        "need": _("Need"),
        "has": _("Who has it"),
        "answers": _("Examples that answer it"),
        "municipalities": _("By municipality"),
        "themes": _("By theme"),
        "organisations": _("Organisations"),
        "draft": _("Draft"),
        "unset": _("This example cannot be set"),
        "version": _("Draft for {title}").format(title=edition.title),
    }
