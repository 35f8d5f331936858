"""A picture in the text lies on another site.

Whoever opens the page would ask that site for the picture, and so tell it that they read here. The picture can also
change or be gone tomorrow. It is not shown. If you may use it, put it into ideas/media/ and name it from there; else
link to the page where it stands.

Right:
    ![En sensor mellan två takbjälkar](../media/fuktvakt.webp)
Wrong:
    ![En sensor mellan två takbjälkar](https://bilder.example/fuktvakt.webp)
"""

from __future__ import annotations

from collections.abc import Iterator

from idesluss.kinds.entry import Entry
from idesluss.media import pictures_of, place_in
from idesluss.problem import Problem, Severity, text
from idesluss.settings import Settings
from idesluss.source import Source

CODE = "hot-linked-picture"
SEVERITY = Severity.ERROR
CLOSES = False


def check_entry(source: Source, entry: Entry, settings: Settings) -> Iterator[Problem]:
    for use in pictures_of(entry):
        if use.is_elsewhere:
            yield Problem(
                source.path,
                place_in(source, use),
                CODE,
                SEVERITY,
                text("the picture {target} lies on another site and will not be shown", target=use.target),
                text("put it into ideas/media/ and write ../media/ and its name, or link to the page where it stands"),
            )
