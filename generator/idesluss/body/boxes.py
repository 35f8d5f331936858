"""GitHub's boxes, such as `> [!NOTE]`: a quote whose first line says what it is, in the language of its text."""

from __future__ import annotations

import re
from collections.abc import Mapping

_NAMES: Mapping[str, Mapping[str, str]] = {
    "sv": {"NOTE": "Obs", "TIP": "Tips", "IMPORTANT": "Viktigt", "WARNING": "Varning", "CAUTION": "Var försiktig"},
    "en": {"NOTE": "Note", "TIP": "Tip", "IMPORTANT": "Important", "WARNING": "Warning", "CAUTION": "Caution"},
}
_BOX = re.compile(rf"^([ \t>]*>[ \t]*)\[!({'|'.join(_NAMES['en'])})\][ \t]*$", re.MULTILINE | re.IGNORECASE)


def with_named_boxes(markdown: str, language: str) -> str:
    """The Markdown with each box's sign written as a word, line by line as it was."""
    names = _NAMES.get(language, _NAMES["en"])
    return _BOX.sub(lambda box: f"{box[1]}**{names[box[2].upper()]}**  ", markdown)
