"""A theme that is not in idesluss.yml.

Themes are the instance's own few words, so that readers find all that belongs together on one page.

Right:
    themes: [skola]
Wrong:
    themes: [skolan]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss.problem import Problem, Severity, text

if TYPE_CHECKING:
    from idesluss.kinds.entry import Entry
    from idesluss.settings import Settings
    from idesluss.source import Source

CODE = "unknown-theme"
SEVERITY = Severity.ERROR
CLOSES = False


def check_entry(source: Source, entry: Entry, settings: Settings) -> Iterator[Problem]:
    if not entry.themes:
        return
    from difflib import get_close_matches

    known = [theme.id for theme in settings.themes]
    for at, theme in enumerate(entry.themes):
        if theme in known:
            continue
        near = get_close_matches(theme, known, 1)
        hint = (
            text("did you mean {near}?", near=near[0]) if near else text("the themes are: {known}", known=tuple(known))
        )
        message = text("there is no theme {theme}", theme=theme)
        yield Problem(entry.path, source.place("themes", at), CODE, SEVERITY, message, hint)
