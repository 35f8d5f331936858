"""An iCalendar file for each event whose day is known (RFC 5545), to be put into anybody's calendar."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from idesluss.artifact import Artifact
from idesluss.kinds.event import Event, Slot
from idesluss.outputs.view import View, view_of

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

OCTETS = 75
"""So long may a line be before it is folded."""
LAST_ITEM = 30
"""So many minutes the last item of a programme is taken to last if it does not say."""
ZONE = "Europe/Stockholm"

_ZONE = f"""\
BEGIN:VTIMEZONE
TZID:{ZONE}
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE"""
_SPECIAL = re.compile(r"[\\;,]")


def calendar_files(catalogue: Catalogue) -> Iterator[Artifact]:
    """A file beside the page of each event whose day is known."""
    view = view_of(catalogue)
    for event in catalogue.of("event"):
        if isinstance(event, Event) and has_day(event):
            yield Artifact(calendar_address(view, event), (event.id, "commit"), partial(calendar, view, event))


def calendar_address(view: View, event: Event) -> str:
    """Where the calendar file of an event lies, from the top of the site."""
    return f"{view.catalogue.address(event.id)}{event.id}.ics"


def has_day(event: Event) -> bool:
    """Whether the event's days are known, and not only its month or year."""
    return len(event.date) == 10 and len(event.end or event.date) == 10


def calendar(view: View, event: Event) -> bytes:
    """The event with its times, if its programme has some and it lasts one day; else as whole days.

    Its stamp is the day when git saw its file change last, so that a calendar takes the newer of two versions.
    """
    address = view.settings.address + view.catalogue.address(event.id)
    life = view.catalogue.life(event.id)
    changed = (life.changed if life else "") or view.catalogue.now.isoformat()
    said = "\n\n".join(filter(None, (event.summary, _programme(view, event), address)))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_text(view.settings.name)}//idesluss//{view.settings.language.upper()}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        *(_ZONE.splitlines() if _is_timed(event) else ()),
        "BEGIN:VEVENT",
        f"UID:{event.id}@{_portal(view.settings.address)}",
        f"DTSTAMP:{changed.replace('-', '')[:8]}T000000Z",
        *_span(event),
        f"SUMMARY:{_text(event.title)}",
        f"DESCRIPTION:{_text(said)}",
        *([f"LOCATION:{_text(event.place)}"] if event.place else ()),
        f"CATEGORIES:{_text(view.say.label('type', event.type))}",
        f"URL:{address}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) for line in lines)


def _portal(address: str) -> str:
    """The portal's host, with its path if others may share the host, so that no two portals name an event alike."""
    told = urlsplit(address)
    return f"{told.hostname}{told.path}".rstrip("/")


def _is_timed(event: Event) -> bool:
    return bool(event.programme) and (event.end or event.date) == event.date


def _span(event: Event) -> tuple[str, str]:
    """When it begins and ends. The end of whole days is the day after."""
    if not _is_timed(event):
        after = datetime.date.fromisoformat(max(event.end or event.date, event.date)) + datetime.timedelta(days=1)
        return f"DTSTART;VALUE=DATE:{event.date.replace('-', '')}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"
    begins = min(map(_begins, event.programme))
    ends = max(_begins(slot) + (LAST_ITEM if slot.length is None else slot.length) for slot in event.programme)
    day = datetime.datetime.fromisoformat(event.date)
    start, end = (day + datetime.timedelta(minutes=minutes) for minutes in (begins, max(ends, begins + 1)))
    return f"DTSTART;TZID={ZONE}:{start:%Y%m%dT%H%M%S}", f"DTEND;TZID={ZONE}:{end:%Y%m%dT%H%M%S}"


def _begins(slot: Slot) -> int:
    """The minute of the day."""
    return 60 * int(slot.time[:2]) + int(slot.time[3:])


def _programme(view: View, event: Event) -> str:
    """The programme as lines of text."""
    lines: list[str] = []
    for day, slots in event.days().items():
        if day != event.date:
            lines.append(view.say.day(day))
        for slot in slots:
            by = f" ({slot.presenter_role})" if slot.presenter_role else ""
            lines.append(f"{slot.time.replace('.', ':')} {slot.title}{by}")
    return "\n".join(lines)


def _text(value: str) -> str:
    """A text as the format writes it; characters that steer, but for the line's end, are left out."""
    plain = "".join(one for one in value if one == "\n" or unicodedata.category(one) != "Cc")
    return _SPECIAL.sub(r"\\\g<0>", plain).replace("\n", r"\n")


def folded(line: str) -> bytes:
    """A line in pieces of at most 75 octets, each but the first after a space, and none cut within a character."""
    return b"\r\n ".join(_pieces(line)) + b"\r\n"


def _pieces(line: str) -> Iterable[bytes]:
    piece = b""
    for character in line:
        encoded = character.encode("utf-8", "replace")
        if len(piece) + len(encoded) > OCTETS - 1:
            yield piece
            piece = b""
        piece += encoded
    yield piece
