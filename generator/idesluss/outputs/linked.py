"""What a page is about, for search engines and other programs: schema.org as JSON-LD in the head of the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

import orjson

from idesluss.body.parts import plain
from idesluss.kinds.case import Case
from idesluss.kinds.entry import Entry
from idesluss.kinds.event import Event
from idesluss.kinds.idea import Idea
from idesluss.kinds.method import Method
from idesluss.kinds.project import Project
from idesluss.outputs import media
from idesluss.outputs.dates import dates
from idesluss.outputs.prose import description
from idesluss.outputs.view import View

CONTEXT = "https://schema.org"
LICENCES: Mapping[str, str] = MappingProxyType(
    {
        "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
        "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
        "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    }
)
"""Where the text of each licence stands."""
TYPES: Mapping[str, str] = MappingProxyType(
    {
        "idea": "CreativeWork",
        "need": "CreativeWork",
        "case": "Article",
        "adoption": "Article",
        "method": "HowTo",
        "barrier": "CreativeWork",
        "unit": "GovernmentOrganization",
        "coach": "Organization",
        "actor": "Organization",
        "goal": "CreativeWork",
        "event": "Event",
        "project": "Project",
    }
)
"""What the entries of each kind are in schema.org. There a project is an organisation, and so is a coach."""
PORTAL = "#portal"
"""What is put after the portal's address to name the portal itself."""
WRITTEN = frozenset({"CreativeWork", "Article", "HowTo"})
"""Types that are texts: they have a publisher, a language, dates and a licence."""
_POINT = re.compile(r"<li>(.*?)</li>", re.DOTALL)
_HAS_UNSAFE = re.compile("[<>&\u2028\u2029]").search
_UNSAFE = str.maketrans({"<": r"\u003c", ">": r"\u003e", "&": r"\u0026", "\u2028": r"\u2028", "\u2029": r"\u2029"})


def data(*things: Mapping[str, Any]) -> str:
    """The things as JSON-LD; no text in them can end the element of HTML that it stands in."""
    told = {"@context": CONTEXT, **things[0]} if len(things) == 1 else {"@context": CONTEXT, "@graph": list(things)}
    said = orjson.dumps(told).decode()
    return said.translate(_UNSAFE) if _HAS_UNSAFE(said) else said


def of_entry(view: View, entry: Entry) -> str:
    """An entry, and the way to it."""
    type_ = TYPES[entry.kind]
    address = view.settings.address + view.catalogue.address(entry.id)
    told: dict[str, Any] = {"@type": type_, "@id": f"{address}#{entry.kind}", "url": address, "name": entry.title}
    told["description"] = description(entry)
    if entry.image and entry.image.file in view.pictures:
        told["image"] = view.settings.address + quote(media.address(entry.image.file, media.WIDEST))
    if type_ in WRITTEN:
        told |= _written(view, entry)
    told |= _MORE.get(entry.kind, _nothing)(view, entry)
    up = view.say.plural(entry.kind), view.settings.address + view.kind_address(entry.kind)
    return data(told, path(up, (entry.title, address)))


def of_list(view: View, title: str, summary: str, address: str, up: tuple[str, str] | None = None) -> str:
    """A page of a list, which lies at `address` below the portal's."""
    return of_page(view, title, summary, address, up, "CollectionPage")


def of_page(
    view: View, title: str, summary: str, address: str, up: tuple[str, str] | None = None, type_: str = "WebPage"
) -> str:
    """A page of the portal's own at `address`, below the one that `up` names (address, title)."""
    whole = view.settings.address
    above = ((up[1], whole + up[0]),) if up else ()
    return data(web_page(whole, title, summary, address, type_), path(*above, (title, whole + address)))


def web_page(whole: str, title: str, summary: str, address: str, type_: str = "WebPage") -> dict[str, Any]:
    """A page of the portal that lies at `whole`."""
    about = {"description": summary} if summary else {}
    return {"@type": type_, "name": title, **about, "url": whole + address, "isPartOf": {"@id": whole + PORTAL}}


def of_portal(view: View) -> str:
    """The portal as a whole, and how to search it by an address; it stands on the start page."""
    settings = view.settings
    asked = f"{settings.address}{view.address_words['search']}/?q={{words}}"
    told: dict[str, Any] = {"@type": "WebSite", "@id": settings.address + PORTAL, "url": settings.address}
    told |= {"name": settings.name, "inLanguage": settings.language, "publisher": owner(view)}
    told |= {"description": settings.description} if settings.description else {}
    told["potentialAction"] = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": asked},
        "query-input": "required name=words",
    }
    return data(told)


def of_spread(view: View, entry: Entry, title: str, address: str) -> str:
    """The page at `address` that an entry is passed on with."""
    whole = view.settings.address
    own = whole + view.catalogue.address(entry.id)
    told = {**web_page(whole, title, description(entry), address), "mainEntity": {"@id": f"{own}#{entry.kind}"}}
    up = view.say.plural(entry.kind), whole + view.kind_address(entry.kind)
    return data(told, path(up, (entry.title, own), (title, whole + address)))


def path(*steps: tuple[str, str]) -> dict[str, Any]:
    """The way to a page: (title, whole address) of each page on it, the page itself last."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": at, "name": name, "item": address}
            for at, (name, address) in enumerate(steps, 1)
        ],
    }


def owner(view: View) -> dict[str, Any]:
    """Who answers for the portal."""
    told = {"@type": "Organization", "name": view.settings.owner}
    return {**told, "url": view.settings.owner_url} if view.settings.owner_url else told


def _written(view: View, entry: Entry) -> dict[str, Any]:
    published, modified = dates(view, entry)
    dated = {"datePublished": published, "dateModified": modified} if published else {}
    licence = getattr(entry, "licence", view.settings.licence)
    named = "headline" if TYPES[entry.kind] == "Article" else "name"
    about = [{"@type": "Thing", "name": theme.title} for theme in filter(None, map(view.settings.theme, entry.themes))]
    return {
        named: entry.title,
        "inLanguage": entry.language or view.settings.language,
        "publisher": owner(view),
        "license": LICENCES[licence],
        **dated,
        **({"about": about} if about else {}),
    }


def _organisation(view: View, reference: str | None) -> dict[str, Any] | None:
    """A unit or an actor that this audience may see."""
    other = view.catalogue.get(reference) if reference else None
    if other is None:
        return None
    address = view.settings.address + view.catalogue.address(other.id)
    return {"@type": TYPES[other.kind], "@id": f"{address}#{other.kind}", "name": other.title, "url": address}


def _by(name: str, reference: str | None, view: View) -> dict[str, Any]:
    told = _organisation(view, reference)
    return {name: told} if told else {}


def _idea(view: View, entry: Entry) -> dict[str, Any]:
    if not isinstance(entry, Idea):
        return {}
    return {"creativeWorkStatus": view.say.stage(entry.stage), **_by("creator", entry.unit, view)}


def _case(view: View, entry: Entry) -> dict[str, Any]:
    if not isinstance(entry, Case):
        return {}
    status = {"creativeWorkStatus": view.say.label("status", entry.status)}
    return {**status, **_by("author", entry.organisation, view)}


def _method(view: View, entry: Entry) -> dict[str, Any]:
    if not isinstance(entry, Method):
        return {}
    how = entry.section("how")
    told = how.html if how else ""
    steps = [{"@type": "HowToStep", "text": text} for text in map(plain, _POINT.findall(told) or [told]) if text]
    tools = [{"@type": "HowToTool", "name": material} for material in entry.materials]
    return {**({"step": steps} if steps else {}), **({"tool": tools} if tools else {})}


def _event(view: View, entry: Entry) -> dict[str, Any]:
    if not isinstance(entry, Event):
        return {}
    place = {"location": {"@type": "Place", "name": entry.place}} if entry.place else {}
    end = {"endDate": entry.end} if entry.end else {}
    return {"startDate": entry.date, **end, **place, **_by("organizer", entry.organiser, view)}


def _project(view: View, entry: Entry) -> dict[str, Any]:
    if not isinstance(entry, Project):
        return {}
    period = entry.period
    begun = {"foundingDate": period.start} if period else {}
    ended = {"dissolutionDate": period.end} if period and period.end else {}
    return {**begun, **ended, **_by("parentOrganization", entry.coordinator, view), **_by("funder", entry.funder, view)}


def _nothing(_view: View, _entry: Entry) -> dict[str, Any]:
    return {}


_MORE: Mapping[str, Callable[[View, Entry], dict[str, Any]]] = MappingProxyType(
    {"idea": _idea, "case": _case, "method": _method, "event": _event, "project": _project}
)
