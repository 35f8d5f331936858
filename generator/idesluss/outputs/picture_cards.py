"""The picture that a link shows where it is shared: a card for each example, method and event, and the portal's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import escape

from idesluss import typeset
from idesluss.artifact import Artifact
from idesluss.kinds.case import Case
from idesluss.kinds.entry import Entry
from idesluss.kinds.event import Event
from idesluss.kinds.method import Method
from idesluss.outputs.cards import CASE_MARKS
from idesluss.outputs.view import View, view_of
from idesluss.stages import ORDER
from idesluss.translate import gettext as _
from idesluss.web_address import for_people

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

TEMPLATE = "card"
SIZE = typeset.Size(1200, 630)
"""What networks ask for, in pixels."""
LINE, OWNER, NAME = 140, 44, 36
"""So many characters of the sentence, the organisation and the portal's name stand on a card."""
CHAMBERS = 5
"""How many chambers the card's lock has; the boat lies in the last where an example is in use."""
_STEPS: Mapping[str, int] = MappingProxyType({"in_use": 5, "pilot": 4, "ended": 5, "failed": 3})
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9])")
_SMALL = re.compile(r"(?: [\w·]{1,3})+$")


class Told(NamedTuple):
    """What a card says: a mark, its tone ("good", "stop" or ""), a title, a sentence, who, and the boat's chamber."""

    mark: str
    tone: str
    title: str
    line: str
    owner: str
    step: int


def picture_cards(catalogue: Catalogue) -> Iterator[Artifact]:
    """A PNG for each entry that has a card of its own, and one for all others."""
    view = view_of(catalogue)
    yield Artifact(portal_card(view), (), partial(_draw, view, _portal, None), timeless=True)
    for kind in TELLS:
        for entry in filter(partial(has_own_card, view), catalogue.of(kind)):
            owner = _owner(entry)
            reads = (f"{entry.id}#card", f"{owner}#card") if owner in catalogue.entries else (f"{entry.id}#card",)
            yield Artifact(card_address(view, entry), reads, partial(_draw, view, TELLS[kind], entry), timeless=True)


def card_address(view: View, entry: Entry) -> str:
    """Where the picture card of an entry lies, from the top of the site."""
    return f"{view.catalogue.address(entry.id)}{portal_card(view)}" if has_own_card(view, entry) else portal_card(view)


def has_own_card(view: View, entry: Entry) -> bool:
    """Whether it has one: a title that no font has letters for cannot be read on a card."""
    return entry.kind in TELLS and view.settings.picture_cards and typeset.is_settable(view.catalogue.root, entry.title)


def portal_card(view: View) -> str:
    """Where the picture card of the portal lies, from the top of the site."""
    return f"{view.address_words['card']}.png"


def card_head(view: View, entry: Entry, description: str) -> str:
    """What the head of an entry's page tells networks where it is shared (OpenGraph and Twitter)."""
    return _head(view, "article", description, card_address(view, entry), card_alt(view, entry))


def portal_head(view: View, description: str) -> str:
    """What the head of the start page tells them."""
    return _head(view, "website", description, portal_card(view), _alt(_portal(view, None)))


def _head(view: View, type_: str, description: str, card: str, alt: str) -> str:
    said = escape(alt)
    return (
        f'<meta property="og:type" content="{type_}">\n'
        f'<meta property="og:description" content="{escape(description)}">\n'
        f'<meta property="og:image" content="{escape(view.settings.address + card)}">\n'
        f'<meta property="og:image:width" content="{SIZE.width}">\n'
        f'<meta property="og:image:height" content="{SIZE.height}">\n'
        f'<meta property="og:image:alt" content="{said}">\n'
        '<meta name="twitter:card" content="summary_large_image">'
    )


def card_alt(view: View, entry: Entry) -> str:
    """What the card says, in words."""
    return _alt(TELLS[entry.kind](view, entry) if has_own_card(view, entry) else _portal(view, None))


def _alt(told: Told) -> str:
    return f"{told.mark}: {told.title}. {told.owner}"


def _draw(view: View, tell: Callable[[View, Any], Told], entry: Entry | None) -> bytes:
    told = tell(view, entry)
    root, settings = view.catalogue.root, view.settings
    texts = {
        "mark": told.mark,
        "title": told.title,
        "line": shortened(told.line, LINE),
        "owner": shortened(told.owner, OWNER),
        "name": shortened(settings.name, NAME),
    }
    data = {
        **{name: typeset.settable(root, text) for name, text in texts.items()},
        "tone": told.tone,
        "step": told.step,
        "language": (entry.language if entry else None) or settings.language,
    }
    made = typeset.png(root, TEMPLATE, data, SIZE)
    if isinstance(made, bytes):
        return made
    raise ValueError("; ".join((made.reason, *made.hints)))  # it becomes the outcome of this file alone


def shortened(text: str, most: int) -> str:
    """The whole sentences of a text that `most` characters hold; else as many words, with an ellipsis.

    The words do not end in small ones such as "med" or "i".
    """
    if len(text) <= most:
        return text
    kept = ""
    for sentence in _SENTENCE.split(text):
        if len(kept) + len(sentence) + 1 > most:
            break
        kept = f"{kept} {sentence}".strip()
    words = text[:most].rpartition(" ")[0] or text[: most - 1]
    return kept or f"{_SMALL.sub('', words)} …"


def _owner(entry: Entry) -> str:
    return entry.organisation if isinstance(entry, Case) else ""


def _portal(view: View, _entry: Entry | None) -> Told:
    settings = view.settings
    return Told(settings.owner, "", settings.name, settings.description or "", for_people(settings.address), 3)


def _case(view: View, case: Case) -> Told:
    mark, tone = CASE_MARKS[case.status]
    owner = view.link(case.organisation)
    return Told(_(mark), tone, case.title, case.summary or "", owner.text if owner else "", _STEPS[case.status])


def _method(view: View, method: Method) -> Told:
    helps = _("Helps at: {stages}").format(stages=", ".join(map(view.say.stage, method.stages)).lower())
    first = min((ORDER[stage] for stage in method.stages if stage in ORDER), default=0)
    step = first * CHAMBERS // len(ORDER) + 1
    return Told(_("Method"), "", method.title, method.summary or helps, view.settings.owner, step)


def _event(view: View, event: Event) -> Told:
    days = view.say.days(event.date, event.end)
    return Told(view.say.label("type", event.type), "", event.title, event.summary or "", days, 1)


TELLS: Mapping[str, Callable[[View, Any], Told]] = MappingProxyType({"case": _case, "method": _method, "event": _event})
"""The kinds whose entries have a card of their own: a card takes twenty times as long as a page."""
