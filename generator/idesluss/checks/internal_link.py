"""A public text that links to an internal entry.

A reference in the fields is left out in silence where the other entry is internal. A sentence stays, though, and would
tell the public that something is there. Rewrite the sentence, or publish the other entry.

Right:
    Vi provade i två skolor.
Wrong:
    Vi provade, se [bedömningen](../2026/intern-bedomning.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss.problem import Problem, Severity, text

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

CODE = "internal-link"
SEVERITY = Severity.ERROR
CLOSES = False


def check_all(catalogue: Catalogue) -> Iterator[Problem]:
    internal = {entry.id for entry in catalogue.entries.values() if catalogue.is_internal(entry)}
    if not internal:
        return
    for entry in catalogue.entries.values():
        if entry.id in internal:
            continue
        for number, use in enumerate(entry.body.links):
            led = catalogue.led_to(use)
            target = led.removeprefix("entry:").partition("#")[0]
            if led.startswith("entry:") and target in internal:
                yield Problem(
                    entry.path,
                    catalogue.link_place(entry, number),
                    CODE,
                    SEVERITY,
                    text("the text is public and links to {target}, which is internal", target=target),
                    text("write the sentence without the link, or publish {target}", target=target),
                )
