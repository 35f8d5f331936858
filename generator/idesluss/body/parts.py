"""What a body is made of: sections, headings, links and pictures, and its plain text."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Mapping
from typing import NamedTuple

ANCHOR = "s-"
"""Put before the id of every heading, so that no heading of an author's takes an id of the page's own."""

_INLINE = re.compile(r"</?(?:a|em|strong|code|del|sup|sub|mark)\b[^>]*>")
_MARKUP = re.compile(r"<[^>]*>")
_NOTE_LINK = re.compile(r'(?:<sup>)?<a href="#fn(?:ref)?-.*?</a>(?:</sup>)?')
_HEADED = re.compile(r"<h([1-6])\b.*?</h\1>", re.DOTALL)


class Section(NamedTuple):
    """A part of the body under one H2. `key` is the kind's name for it, or "" for one of the author's own.

    Where two have the heading of the same section, the second is the author's own.
    """

    key: str
    title: str
    anchor: str
    html: str


class Cut(NamedTuple):
    """Where in the HTML of a body a section's inner part begins and ends; cheaper to keep than the text twice."""

    key: str
    title: str
    anchor: str
    start: int
    end: int


class Heading(NamedTuple):
    level: int
    title: str
    line: int


class LinkUse(NamedTuple):
    """A link as written.

    `resolved` is "entry:id", "media:file", "page:path", "#anchor", "" (nothing in the instance) or the address.
    """

    target: str
    title: str
    line: int
    column: int
    resolved: str


class PictureUse(NamedTuple):
    target: str
    alt: str
    line: int
    column: int
    file: str


class Removed(NamedTuple):
    """What sanitising took out: `what` is shown to the author."""

    what: str
    line: int
    column: int


class Body(NamedTuple):
    """Safe HTML as a whole and by section; lines and columns count from 1 within the Markdown of the body.

    `notes_at` is where the footnotes begin, which belong to no section; None where there are none.
    In `html`, links to other entries read `entry:id` or `entry:id#anchor`, files of ideas/media/ `media:file` (what
    addresses cannot hold as %XX) and pages of docs/ `page:path`: outputs put the addresses there.
    """

    html: str = ""
    cuts: tuple[Cut, ...] = ()
    headings: tuple[Heading, ...] = ()
    links: tuple[LinkUse, ...] = ()
    pictures: tuple[PictureUse, ...] = ()
    removed: tuple[Removed, ...] = ()
    notes_at: int | None = None

    @property
    def sections(self) -> tuple[Section, ...]:
        """The parts under each H2 at the top level, in order."""
        return tuple(
            Section(key, title, anchor, self.html[start:end].strip()) for key, title, anchor, start, end in self.cuts
        )

    def section(self, key: str) -> Section | None:
        """The section that the kind knows by this key, or None."""
        for cut in self.cuts:
            if cut.key == key:
                return Section(key, cut.title, cut.anchor, self.html[cut.start : cut.end].strip())
        return None

    @property
    def text(self) -> str:
        """The words without markup, in one line."""
        return plain(self.html)

    @property
    def lead(self) -> str:
        """The HTML before the first H2."""
        return self.html[: self.html.find('<h2 id="')] if self.cuts else self.html[: self.notes_at]

    @property
    def notes(self) -> str:
        """The HTML of the footnotes, or ""."""
        return "" if self.notes_at is None else self.html[self.notes_at :]


EMPTY = Body()


def cuts_of(html: str, tops: list[tuple[str, str]], keys: Mapping[str, str], end: int | None = None) -> tuple[Cut, ...]:
    """Where the sections lie in `html` up to `end`, by the anchors and titles of its H2 at the top level."""
    starts = [html.find(f'<h2 id="{anchor}"') for anchor, _ in tops]
    ends = [*starts[1:], len(html) if end is None else end]
    found = {key_of(title, keys): anchor for anchor, title in reversed(tops)}
    return tuple(
        Cut(key if found[key] == anchor else "", title, anchor, html.index("</h2>", start) + 5, end)
        for (anchor, title), start, end in zip(tops, starts, ends, strict=False)
        for key in (key_of(title, keys),)
    )


def key_of(title: str, keys: Mapping[str, str]) -> str:
    """The kind's name for a section under this heading, or ""; a colon or a question mark after it does not count."""
    return keys.get(title.lower().rstrip(" :?!."), "")


def plain(html: str) -> str:
    """The words of a piece of HTML in one line; a link or a stressed word leaves no gap before what follows it.

    The number of a footnote is no word, nor is the way back from it.
    """
    if '<a href="#fn' in html:
        html = _NOTE_LINK.sub("", html)
    return words(entities.unescape(_MARKUP.sub(" ", _INLINE.sub("", html))))


def unheaded(html: str) -> str:
    """A piece of HTML without its headings, for where the text has to speak for itself."""
    return _HEADED.sub(" ", html)


def words(text: str) -> str:
    """The words of a text in one line, with one space between them."""
    return " ".join(text.split())
