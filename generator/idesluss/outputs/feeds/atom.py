"""A feed as Atom (RFC 4287)."""

from __future__ import annotations

import re

from idesluss.outputs.feeds.feed import NAME, Feed, Item
from idesluss.outputs.view import View
from idesluss.templates import escaped

_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML file may hold, however they are written."""


def atom(view: View, feed: Feed) -> bytes:
    """The bytes of the feed's file."""
    settings = view.settings
    whole = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{settings.language}">\n'
        f"<id>{feed.id}</id>\n<title>{escaped(feed.title)}</title>\n<updated>{feed.updated}</updated>\n"
        f'<link rel="self" type="application/atom+xml" href="{escaped(settings.address + feed.folder + NAME)}"/>\n'
        f'<link rel="alternate" type="text/html" href="{escaped(feed.page)}"/>\n'
        f"<author><name>{escaped(settings.owner)}</name><uri>{escaped(settings.address)}</uri></author>\n"
        f"{''.join(map(_entry, feed.items))}</feed>\n"
    )
    return cleaned(whole).encode()


def _entry(item: Item) -> str:
    tags = "".join(f'<category term="{term}" label="{escaped(label)}"/>\n' for term, label in item.tags)
    return (
        f"<entry>\n<id>{item.id}</id>\n<title>{escaped(item.title)}</title>\n"
        f"<updated>{item.updated}</updated>\n<published>{item.published}</published>\n"
        f'<link rel="alternate" type="text/html" href="{escaped(item.address)}"/>\n'
        f'{tags}<content type="text">{escaped(item.text)}</content>\n</entry>\n'
    )


def cleaned(whole: str) -> str:
    """A text without the characters that XML may not hold."""
    return _NOT_XML.sub("", whole)
