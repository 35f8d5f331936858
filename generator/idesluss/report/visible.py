"""Text from files and names made safe to show: what a terminal would obey and what nobody can see is spelt out."""

from __future__ import annotations

import re

_UNSEEN = re.compile(
    "[\0-\x1f\x7f-\x9f\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
)
"""Controls, marks of direction, zero width, line separators, lone surrogates and tags; joiners only outside emoji."""


def visible(text: str) -> str:
    """The text with every such character written as <U+202E>."""
    return text if text.isascii() and text.isprintable() else _UNSEEN.sub(_spelt, text)


def visible_signs(text: str) -> list[str]:
    """What `visible` makes of each code point of the text."""
    signs = list(text)
    for match in _UNSEEN.finditer(text):
        signs[match.start()] = _spelt(match)
    return signs


def escaped(json_text: str) -> str:
    r"""JSON with such characters as \u202e, which any reader of JSON turns back into what they were."""
    return _UNSEEN.sub(lambda match: match[0] if match[0] == "\n" else _as_json(match[0]), json_text)


def _spelt(match: re.Match[str]) -> str:
    return f"<U+{ord(match[0]):04X}>"


def _as_json(sign: str) -> str:
    code = ord(sign)
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
