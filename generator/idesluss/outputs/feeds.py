"""An Atom feed (RFC 4287) for every idea: what has happened to it, for those who follow it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from idesluss.artifact import Artifact
from idesluss.kinds.idea import Idea
from idesluss.outputs.timeline import Happening, timeline
from idesluss.outputs.view import View, view_of
from idesluss.templates import escaped
from idesluss.translate import gettext as _

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

NAME = "feed.xml"
"""The feed's file, beside the page of its idea."""

_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML file may hold, however they are written."""


def idea_feeds(catalogue: Catalogue) -> Iterator[Artifact]:
    """A feed for each idea, at its former addresses too, for a feed reader does not follow a page that leads on."""
    view = view_of(catalogue)
    for idea in catalogue.of("idea"):
        if isinstance(idea, Idea):
            for slug in (idea.id, *(slug for slug in idea.formerly if slug not in catalogue.entries)):
                yield Artifact(f"{catalogue.word('idea')}/{slug}/{NAME}", (idea.id,), partial(feed, view, idea))
    for lost in catalogue.broken:
        if lost.was_public and lost.kind == "idea" and lost.id not in catalogue.entries:
            yield Artifact(f"{lost.address}{NAME}", (), partial(_waiting, view, lost.address, lost.path))


def link(view: View, idea: Idea) -> str:
    """What the head of the idea's page says of its feed."""
    return f'<link rel="alternate" type="application/atom+xml" title="{_text(_title(idea))}" href="{NAME}">'


def feed(view: View, idea: Idea) -> bytes:
    """The feed of an idea, the newest happening first."""
    address = view.settings.address + view.catalogue.address(idea.id)
    name = _tag(view, idea.path, idea.formerly[0] if idea.formerly else idea.id)
    happenings = timeline(view, idea)
    updated = max((_moment(one.stamp) for one in happenings), default=_moment(idea.path.split("/")[1]))
    return _document(
        view, name, _title(idea), address, updated, "".join(_entry(name, address, one) for one in happenings)
    )


def _title(idea: Idea) -> str:
    return _("What happens to the idea {title}").format(title=idea.title)


def _waiting(view: View, address: str, path: str) -> bytes:
    """An empty feed where a broken idea's was; it tells nothing of the idea."""
    name = _tag(view, path, path.rpartition("/")[2].removesuffix(".md"))
    now = _moment(view.catalogue.now.isoformat())
    return _document(view, name, _("This page is being corrected"), view.settings.address + address, now, "")


def _document(view: View, name: str, title: str, address: str, updated: str, entries: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{view.settings.language}">\n'
        f"<id>{name}</id>\n<title>{_text(title)}</title>\n<updated>{updated}</updated>\n"
        f'<link rel="self" type="application/atom+xml" href="{_text(address + NAME)}"/>\n'
        f'<link rel="alternate" type="text/html" href="{_text(address)}"/>\n'
        f"<author><name>{_text(view.settings.owner)}</name><uri>{_text(view.settings.address)}</uri></author>\n"
        f"{entries}</feed>\n"
    ).encode()


def _entry(name: str, address: str, told: Happening) -> str:
    moment = _moment(told.stamp)
    said = " ".join(filter(None, (f"{told.by}:" if told.by else "", told.text, f"{told.note}." if told.note else "")))
    said += " " * bool(said) + f"({_('stated')})" if told.stated else ""
    return (
        f"<entry>\n<id>{name}/{told.key}</id>\n<title>{_text(told.title)}</title>\n<updated>{moment}</updated>\n"
        f"<published>{moment}</published>\n"
        f'<link rel="alternate" type="text/html" href="{_text(address)}"/>\n'
        f'<content type="text">{_text(said or told.title)}</content>\n</entry>\n'
    )


def _tag(view: View, path: str, slug: str) -> str:
    """A name for ever (RFC 4151): by who publishes, the year that the idea came in, and its first slug."""
    return f"tag:{urlsplit(view.settings.address).hostname},{path.split('/')[1]}:idea/{slug}"


def _moment(stamp: str) -> str:
    """The beginning of a date, which may be a year or a month only."""
    return f"{stamp}{'-01-01'[len(stamp) - 4 :] if len(stamp) < 10 else ''}T00:00:00Z"


def _text(value: str) -> str:
    return str(escaped(_NOT_XML.sub("", value)))
