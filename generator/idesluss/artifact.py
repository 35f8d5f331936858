"""What an output hands to `publish`: a path, what it reads, and a function that makes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b


@dataclass(frozen=True, slots=True)
class Page:
    """The inner part of a page, to be put into the portal's shell. `title` and `description` are plain text.

    `section` names the menu item that is active, such as "idea" or "theme", or is "" for none. `data` is what the page
    is about, as JSON-LD.
    """

    title: str
    description: str
    section: str
    body: str
    head: str = ""
    data: str = ""


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file of the site. `path` is relative to it ("ideer/fuktvakt/index.html").

    `reads` names what its bytes depend on beside settings and templates: "fuktvakt" is the entry with all its
    fields and its life, "fuktvakt#card" only what lists show of it, "kind:idea" the cards of all entries of a kind,
    "kind:idea#fields" these entries with fields and lives but without prose, "media:x.webp" a picture, "commit" the
    commit that is checked out, "figures" all that is measured, and "=…" stands for itself (see `same`). It is made
    again only where one of these changed. `make` gives bytes, or a Page for the shell. What is `timeless`, such as a
    picture, depends neither on the day nor on the shell, and is kept when these change.
    """

    path: str
    reads: tuple[str, ...]
    make: Callable[[], Page | bytes]
    timeless: bool = False


def same(told: object) -> str:
    """A name for `Artifact.reads` that stands for itself: it is another as soon as `told` is."""
    return f"={blake2b(repr(told).encode(), digest_size=10).hexdigest()}"
