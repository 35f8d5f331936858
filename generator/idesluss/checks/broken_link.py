"""A link in the text that leads nowhere.

Links between entries are written as the path from this file to the other one, as GitHub shows them; the portal turns
them into addresses. Links to other sites begin with https://. A link that leads nowhere is shown as plain text.

Right:
    [behovet](../needs/fukt-i-skolor.md)
Wrong:
    [behovet](/behov/fukt-i-skolor/)
"""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename, dirname, relpath
from typing import TYPE_CHECKING

from idesluss.problem import Problem, Severity, text

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

CODE = "broken-link"
SEVERITY = Severity.ERROR
CLOSES = False


def check_all(catalogue: Catalogue) -> Iterator[Problem]:
    known = {*catalogue.entries, *(lost.id for lost in catalogue.broken)}
    former = {old: entry for entry in reversed(list(catalogue.entries.values())) for old in entry.formerly}
    led_to_once = former.keys() | {lost.id for lost in catalogue.withdrawn}
    for entry in catalogue.entries.values():
        for number, use in enumerate(entry.body.links):
            led = catalogue.led_to(use)
            kind, _, rest = led.partition(":")
            path, _, anchor = rest.partition("#")
            if kind == "entry":
                there = path in known and (
                    not anchor or path not in catalogue.entries or _holds(catalogue, path, anchor)
                )
                there = there or (led != use.resolved and path in led_to_once)
            elif kind == "page":
                there = (catalogue.root / "docs" / f"{path}.md").is_file()
            elif kind == "media":
                there = (catalogue.root / "ideas" / "media" / rest).is_file()
            else:
                there = bool(use.resolved)
            if there:
                continue
            target = catalogue.get(path) if kind == "entry" else None
            stem = _stem(use.target)
            meant = catalogue.get(stem) or former.get(stem)
            if target:
                hint = text("the page {path} has no heading of that name", path=target.path)
            elif meant:
                hint = text("write ({path})", path=relpath(meant.path, dirname(entry.path)))
            else:
                hint = text("write the path from this file, such as ../needs/name.md, or an address with https://")
            message = text("the link “{title}” to {target} leads nowhere", title=use.title, target=use.target)
            if not use.target:
                message = text("the link “{title}” has no address", title=use.title)
            yield Problem(entry.path, catalogue.link_place(entry, number), CODE, SEVERITY, message, hint)


def _stem(target: str) -> str:
    """The name of the entry that a link may have been meant for."""
    from urllib.parse import unquote

    path = unquote(target).partition("#")[0].partition("?")[0].replace("\\", "/")
    return basename(path.rstrip("/")).removesuffix(".md")


def _holds(catalogue: Catalogue, id: str, anchor: str) -> bool:
    return f'id="{anchor}"' in catalogue.entries[id].body.html
