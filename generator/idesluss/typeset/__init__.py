"""The typesetter: pictures and PDF out of templates and data. Content is data, never markup, so it cannot be a command.

A template is `templates/typeset/NAME.typ`, the program's own or the instance's. What it sets comes as JSON, with copies
of the files that it is given, in a fresh folder. It reads nothing else: no network, no fonts of the system. What could
not be set is a value.
"""

from idesluss.typeset.letters import Lacking, is_settable, lacking, settable
from idesluss.typeset.press import Size, Unset, pages, pdf, png

__all__ = ["Lacking", "Size", "Unset", "is_settable", "lacking", "pages", "pdf", "png", "settable"]
