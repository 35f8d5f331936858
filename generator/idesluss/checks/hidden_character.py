r"""A character that nobody sees stands in the file.

Such characters can turn text round, hide text from readers or carry something that only machines read, and they make
searches fail. They mostly come along when text is copied from elsewhere. Delete what stands between the two visible
characters, or type the words again. Soft hyphens are allowed, and so is what joins an emoji or the letters of a script
that needs joiners.

Right:
    title: Fuktvakt i skolans tak
Wrong:
    title: "Fuktvakt\u200b i skolans tak"
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from idesluss.kinds.entry import Entry
from idesluss.personal_data import place_at, scalars
from idesluss.problem import Place, Problem, Severity, text
from idesluss.settings import Settings
from idesluss.source import Source

CODE = "hidden-character"
SEVERITY = Severity.ERROR
CLOSES = True

_HIDDEN = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ud800-\uf8ff\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff]"
)
"""Controls, marks of direction, zero width, fillers, tags, private use and what Unicode says is no character."""
_UNUSUAL = re.compile("[^\t\n\r -~\xa0-\u034e\u2010-\u2027\u2030-\u205f\u2070-\u27ff]")
"""What texts in Swedish and English can do without; the look at each character is dear, and most files end here."""
_USUAL = b"\t\n\r" + bytes(range(0x20, 0x7F))
"""What nearly all of a text is; taken out first, since an expression looks at each character one by one."""
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f")
"""The flags of England, Scotland, Wales and other regions."""
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_JOINERS = "\u200c\u200d"
_SCRIPTS = frozenset(
    "ARABIC BALINESE BENGALI DEVANAGARI GUJARATI GURMUKHI JAVANESE KANNADA KHMER MALAYALAM MANDAIC MONGOLIAN MYANMAR "
    "NKO ORIYA SINHALA SYRIAC TAMIL TELUGU TIBETAN".split()
)
"""Scripts whose letters change shape by joiners."""


def check_entry(source: Source, entry: Entry, settings: Settings) -> Iterator[Problem]:
    front = len(source.text) - len(source.body)
    rest = source.text.encode("utf-8", "surrogatepass").translate(None, _USUAL).decode("utf-8", "surrogatepass")
    for match in _HIDDEN.finditer(source.text) if _UNUSUAL.search(rest) else ():
        if not _is_needed(source.text, match.start()):
            yield _problem(source, place_at(source.text, match.start()), match[0])
    if source.text.find("\\", 0, front) >= 0:
        for path, value in scalars(source.front):
            for match in _HIDDEN.finditer(value):
                if match[0] not in source.text and not _is_needed(value, match.start()):
                    yield _problem(source, source.place(*path), match[0])
    if "&" in source.body:
        for match in _ENTITY.finditer(source.body):
            shown = html.unescape(match[0])
            if _HIDDEN.fullmatch(shown):
                yield _problem(source, place_at(source.text, front + match.start()), shown)


def _problem(source: Source, place: Place, sign: str) -> Problem:
    return Problem(
        source.path,
        place,
        CODE,
        SEVERITY,
        text(
            "a character that nobody sees stands here: {name} (U+{code})", name=name_of(sign), code=f"{ord(sign):04X}"
        ),
        text("delete it, or type the words around it again"),
    )


def name_of(sign: str) -> str:
    """The name that Unicode gives a character, or its group where it has no name of its own."""
    group = {"Co": "PRIVATE USE", "Cc": "CONTROL", "Cn": "NOT A CHARACTER", "Cs": "SURROGATE"}
    return unicodedata.name(sign, group.get(unicodedata.category(sign), "UNNAMED"))


def _is_needed(content: str, at: int) -> bool:
    """Whether the character joins an emoji or the letters of a script that needs it."""
    sign = content[at]
    before, after = content[at - 1 : at], content[at + 1 : at + 2]
    if sign in _JOINERS:
        return (_script(before) in _SCRIPTS and _script(after) in _SCRIPTS) or (
            sign == "\u200d" and _joins_emoji(content, at)
        )
    if 0xE0000 <= ord(sign) <= 0xE007F:
        flag = content.rfind("\U0001f3f4", max(0, at - 7), at)
        match = _FLAG.match(content, flag) if flag >= 0 else None
        return match is not None and at < match.end()
    variant = 0xFE00 <= ord(sign) <= 0xFE0D or 0xE0100 <= ord(sign) <= 0xE01EF
    return (variant and _script(before) == "CJK") or (
        (0x180B <= ord(sign) <= 0x180F or sign in "\u17b4\u17b5") and _script(before) in _SCRIPTS
    )


def _script(sign: str) -> str:
    return unicodedata.name(sign, "").partition(" ")[0] if sign else ""


def _joins_emoji(content: str, at: int) -> bool:
    before = content[max(0, at - 3) : at].rstrip("\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
    return (
        unicodedata.category(before[-1:] or " ") == "So"
        and unicodedata.category(content[at + 1 : at + 2] or " ") == "So"
    )
