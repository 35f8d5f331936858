"""What making a body safe has taken out of it, and where that stood."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from idesluss.body.engine import engine
from idesluss.body.parts import Removed
from idesluss.body.places import places_of, refused_addresses

_OWN_ATTRIBUTES = frozenset(
    {
        "class",
        "id",
        "aria-label",
        "data-footnotes",
        "data-footnote-ref",
        "data-footnote-backref",
        "data-footnote-backref-idx",
    }
)
"""What the Markdown engine itself puts on footnotes and code; taken out without a word."""
_SUSPECT_TAG = re.compile(r"<[A-Za-z/!?]")
_SUSPECT_TARGET = re.compile(
    r"\](?:\(|:)\s*(?:<\s*)?(?!https?:|mailto:)(?:[A-Za-z][A-Za-z0-9+.-]*:|[^)\s\[\]]*[&%\\\[\]])", re.IGNORECASE
)
"""It looks no further than to the next bracket, so that no sign is looked at for two links."""


def is_suspect(markdown: str) -> bool:
    """Whether sanitising may take something out; on ordinary text two quick looks."""
    if "<" in markdown and _SUSPECT_TAG.search(markdown):
        return True
    return ("](" in markdown or "]:" in markdown) and _SUSPECT_TARGET.search(markdown) is not None


def removed_from(raw: str, root: Any, markdown: str) -> tuple[Removed, ...]:
    """Compare the tree before and after cleaning; name each element and attribute that is gone, with its place."""
    before, after = _inventory(engine().parse(raw)), _inventory(root)
    gone = before - after
    if not gone:
        return ()
    masked = _mask_code(markdown)
    removed: set[Removed] = set()
    addresses = refused_addresses(markdown)
    for target, line, column in addresses:
        removed.add(Removed(f"{target.strip().partition(':')[0].strip()[:20]}:", line, column))
    for what in gone:
        tag, _, attribute = what.partition(" ")
        if attribute and (before[tag] == gone[tag] or (addresses and what in ("a href", "img src"))):
            continue  # the element went with all that it had, or its address is named
        pattern = rf"(?i)\b{re.escape(attribute)}\s*[=:(]" if attribute else rf"(?i)<{re.escape(tag)}\b"
        spots = [match.start() for match in re.finditer(pattern, masked)]
        if attribute and not spots:  # it may stand without a value
            bare = rf"(?i)<{re.escape(tag)}\b[^<>]*?\s({re.escape(attribute)})(?=[\s/>])"
            spots = [match.start(1) for match in re.finditer(bare, masked)]
        shown = f"{attribute}=" if attribute else f"<{tag}>"
        removed |= {Removed(shown, *_spot(masked, at)) for at in spots or [max(masked.find("<"), 0)]}
    return tuple(sorted(removed, key=lambda item: item[1:] + item[:1]))


def _inventory(root: Any) -> Counter[str]:
    found: Counter[str] = Counter()
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        found[element.tag] += 1
        for name, value in element.attrib.items():
            own = name in _OWN_ATTRIBUTES and (name != "class" or value.startswith(("footnote", "language-")))
            if name not in ("rel", "data-sourcepos") and not own:
                found[f"{element.tag} {name}"] += 1
    return found


def _mask_code(markdown: str) -> str:
    lines = markdown.split("\n")
    for line, column, last, until in places_of(markdown).code:
        for number in range(line, min(last, len(lines)) + 1):
            start = column - 1 if number == line else 0
            end = until if number == last else len(lines[number - 1])
            text = lines[number - 1]
            lines[number - 1] = text[:start] + " " * (min(end, len(text)) - start) + text[end:]
    return "\n".join(lines)


def _spot(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
