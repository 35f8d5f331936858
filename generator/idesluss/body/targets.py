"""What links lead to, and the anchors that they can lead to."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from typing import Any
from urllib.parse import quote, unquote

from idesluss.body.engine import SCHEMES
from idesluss.body.parts import ANCHOR

FOOTNOTES = ("#fn-", "#fnref-")
"""How the targets begin that the Markdown engine gives to footnotes and to the way back."""
_SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
_SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*:")


def new_anchor(title: str, taken: set[str]) -> str:
    """The id of a heading, with a number where the same stands before; it is taken from now on."""
    anchor = stem = ANCHOR + anchor_of(title)
    number = 0
    while anchor in taken:
        number += 1
        anchor = f"{stem}-{number}"
    taken.add(anchor)
    return anchor


def anchor_of(title: str) -> str:
    """The anchor that GitHub gives a heading."""
    kept = [char for char in unicodedata.normalize("NFC", title).lower() if char.isalnum() or char in " -_"]
    return "".join(kept).strip().replace(" ", "-") or "del"


def resolve(target: str, folder: str) -> str:
    """Where a link in a file of `folder` leads: "entry:…", "media:…", "page:…", "#…", an address, or "" for nothing."""
    if _SCHEME.match(target):
        return target if target.partition(":")[0].lower() in SCHEMES else ""
    if target.startswith("//"):
        return ""
    path, sign, fragment = map(unquote, target.partition("#"))
    anchor = f"#{ANCHOR}{unicodedata.normalize('NFC', fragment).lower()}" if sign and fragment else ""
    if not path:
        return anchor
    if _SLUG.match(path):
        return f"entry:{path}{anchor}"
    full = posixpath.normpath(posixpath.join(folder, path))
    top, _, below = full.partition("/")
    if top == "ideas" and below.startswith("media/"):
        return f"media:{below[6:]}"
    if top == "ideas" and full.endswith(".md"):
        return f"entry:{posixpath.basename(full)[:-3]}{anchor}"
    if top == "docs" and full.endswith(".md"):
        return f"page:{below[:-3]}{_on_hand_written(fragment)}"
    return ""


def _on_hand_written(fragment: str) -> str:
    """Where a heading of a hand-written page is found in the portal, from the anchor that GitHub gives it."""
    plain = unicodedata.normalize("NFKD", fragment).encode("ascii", "ignore").decode().lower()
    return f"#{re.sub('--+', '-', plain).strip('-')}" if plain else ""


def written(resolved: str) -> str:
    """Where a link leads, as it stands in the HTML: what addresses cannot hold in the name of a file as %XX."""
    return f"media:{quote(resolved[6:])}" if resolved.startswith("media:") else resolved


def is_footnote(element: Any) -> bool:
    """Whether a link is one to a footnote or back from it."""
    return (element.get("href") or "").startswith(FOOTNOTES)
