"""Something in the text that is not allowed on a page and is taken out.

Scripts, forms, frames, styles and links with other beginnings than https:, http: and mailto: could harm those who read
the page. The portal leaves them out. Write the same in Markdown, or link to the page where it stands.

Right:
    [Se filmen](https://video.example/fuktvakt)
Wrong:
    <iframe src="https://video.example/fuktvakt"></iframe>
"""

from __future__ import annotations

from collections.abc import Iterator

from idesluss.kinds.entry import Entry
from idesluss.problem import Problem, Severity, text
from idesluss.settings import Settings
from idesluss.source import Source

CODE = "removed-markup"
SEVERITY = Severity.ERROR
CLOSES = False


def check_entry(source: Source, entry: Entry, settings: Settings) -> Iterator[Problem]:
    for gone in entry.body.removed:
        way_out = (
            text("begin the address with https:// or mailto:, or write the path from this file")
            if gone.what.endswith(":")
            else text("write it in Markdown, or take it out")
        )
        yield Problem(
            source.path,
            source.body_place(gone.line, gone.column),
            CODE,
            SEVERITY,
            text("{what} is not allowed and will not be shown", what=gone.what),
            way_out,
        )
