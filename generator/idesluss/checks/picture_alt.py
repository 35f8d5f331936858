"""A picture has no text for those who do not see it.

A screen reader reads this text aloud, and it is shown where the picture does not load. Say in a sentence what the
picture tells a reader here, not that it is a picture; the name of the file tells nothing. A picture that tells nothing
is better left out: Markdown cannot say that it is only there to be pretty.

Right:
    ![En sensor sitter mellan två takbjälkar](../media/fuktvakt.webp)
Wrong:
    ![](../media/fuktvakt.webp)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from idesluss.kinds.entry import Entry
from idesluss.media import Use, place_in
from idesluss.problem import Problem, Severity, Text, text
from idesluss.settings import Settings
from idesluss.source import Source

CODE = "picture-alt"
SEVERITY = Severity.ERROR
CLOSES = False

_FILE_NAME = re.compile(
    r"\S*\.(?:avif|gif|jpe?g|png|svg|webp)|(?:IMG|DSC|DSCN|PXL|MVIMG|image|bild)[_-]?\d+", re.IGNORECASE
)


def check_entry(source: Source, entry: Entry, settings: Settings) -> Iterator[Problem]:
    if entry.image and not _tells(entry.image.alt or ""):
        field = ("image", "alt") if entry.image.alt else ("image",)
        yield _problem(
            source,
            Use(entry.image.file, entry.image.file, field),
            text("write what the picture tells, as alt below image"),
        )
    for picture in entry.body.pictures:
        if not _tells(picture.alt):
            use = Use(picture.target, picture.file, line=picture.line, column=picture.column)
            yield _problem(
                source,
                use,
                text("write what the picture tells, as in ![a sensor in a roof](…); leave out one that tells nothing"),
            )


def _tells(alt: str) -> bool:
    return bool(alt.strip()) and not _FILE_NAME.fullmatch(alt.strip())


def _problem(source: Source, use: Use, hint: Text) -> Problem:
    message = text("{file} has no text for those who do not see it", file=use.file or use.target)
    return Problem(source.path, place_in(source, use), CODE, SEVERITY, message, hint)
