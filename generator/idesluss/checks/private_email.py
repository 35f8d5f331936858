"""A mail address that belongs to a person stands in the file.

An address such as name.surname@… or one at a private provider leads to one person, and what has once been in git stays
in its history. Write the address of a function, which is answered also when somebody is ill or has left. An address
that only looks like a person's may stand if it is listed under `function_addresses` in idesluss.yml. Addresses are
found also when they are written with (at), inside mailto: links, or with %40 for @.

Right:
    Skriv till idesluss@exempelstad.example.
Wrong:
    Skriv till kim.exempelsson@exempelstad.example.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache, partial

from idesluss.kinds.entry import Entry
from idesluss.mail_words import (
    FUNCTIONS,
    GIVEN_NAMES,
    PLACEHOLDERS,
    PRIVATE_FAMILIES,
    PRIVATE_PROVIDERS,
    TELLING_PARTS,
)
from idesluss.personal_data import Hit, findings
from idesluss.problem import Problem, Severity, text
from idesluss.settings import Settings
from idesluss.source import Source

CODE = "private-email"
SEVERITY = Severity.ERROR
CLOSES = True

_WORD = r"\s{0,2}(?:[aA][tT]|[aA]|[sS]nabel[-\s]?[aA]|@)\s{0,2}"
_SIGN = re.compile(r"[@\uff20\ufe6b]")
_WRITTEN = re.compile(r"[(\[{<]\s{0,2}(?:[aA][tT]?|[sS]nabel[-\s]?[aA]|@)\s{0,2}[)\]}>]")
_SHAPES = bytes.maketrans(b"[{<]}>A@", b"((()))aa")
_LEFT_OUT = "".join(sign for sign in map(chr, range(256)) if sign.isspace()).encode("latin-1") + b"tT?"
"""In Latin-1 a question mark stands for every other character, which may be a space."""
_SPELT = re.compile(r"(?i)(?<=\s)snabel[-\s]?a(?=\s)")
_QUIET = r"*_`~\\\u00ad\u200b-\u200f\u2060\ufeff"
_BEFORE = re.compile(rf"(?:[\w.+'{_QUIET}-]+|\"[^\"\n]{{1,64}}\")\s{{0,2}}$")
_DOT = r"(?:\.|\s{0,2}[\[({]\s?(?:dot|punkt|\.)\s?[\])}]\s{0,2}|\s(?:punkt|dot)\s)"
_DOTS = re.compile(_DOT, re.IGNORECASE)
_AFTER = re.compile(
    rf"[{_QUIET}]{{0,3}}\s{{0,2}}((?:[^\W_][\w-]{{0,62}}{_DOT}){{1,8}}(?:xn--[a-z0-9-]{{2,59}}|[^\W\d_]{{2,24}}))(?![^\W_]|-\w)",
    re.IGNORECASE,
)
_LOCAL_LENGTH = 70
_LEADING = "*_`~\\.'\"+-\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_NO_LETTERS = dict.fromkeys(map(ord, "*`~\\'\"\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_FILES = frozenset("avif css csv docx gif html jpeg jpg js json md pdf png pptx svg txt webp xlsx yaml yml".split())
_USER_ID = re.compile(r"[a-z]{2,6}\d{2,4}")
_YEAR = re.compile(r"\D{4,}(?:19|20)\d\d")
_SURNAMES = ("sson", "kvist", "qvist", "dotter", "strom")


def check_entry(source: Source, entry: Entry, settings: Settings) -> Iterator[Problem]:
    listed = (*settings.function_addresses, settings.contact or "")
    for _, place in findings(source, partial(find, allowed=listed)):
        yield Problem(
            source.path,
            place,
            CODE,
            SEVERITY,
            text("a mail address of a person stands here"),
            text(
                "write a function's address; if this one is a function's, list it in idesluss.yml (function_addresses)"
            ),
        )


def find(content: str, allowed: tuple[str, ...] = ()) -> Iterator[Hit]:
    """Every mail address in a text that looks like a person's and is not `allowed`, however the @ is written."""
    spelt = "nabel" in content
    signs = list(_WRITTEN.finditer(content)) if spelt or _may_be_written(content) else []
    if "@" in content or "\uff20" in content or "\ufe6b" in content:
        signs += _SIGN.finditer(content)
    if spelt:
        signs += _SPELT.finditer(content)
    for sign in signs:
        before = _BEFORE.search(content[max(0, sign.start() - _LOCAL_LENGTH) : sign.start()])
        after = _AFTER.match(content, sign.end()) if before else None
        if not before or not after:
            continue
        written = before[0].lstrip(_LEADING)
        local, domain = _plain(written), _plain(_DOTS.sub(".", after[1]))
        if not local or domain.rpartition(".")[2] in _FILES or f"{local}@{domain}" in _folded(allowed):
            continue
        spaces = (before[0][-1].isspace(), content[sign.end() : sign.end() + 1].isspace())
        if len(sign[0]) == 1 and any(spaces) and not (all(spaces) and (is_private(domain) or "." in local)):
            continue
        if is_private(domain) or is_person(local):
            yield Hit(sign.start() - len(written), after.end(), f"{local}@{domain}")


def _may_be_written(content: str) -> bool:
    """Whether (a), (at) or (@) may stand in a text; much quicker than the expression."""
    return b"(a)" in content.encode("latin-1", "replace").translate(_SHAPES, _LEFT_OUT)


def is_private(domain: str) -> bool:
    """Whether private persons have their addresses at this domain."""
    labels = domain.split(".")
    family = labels[0] in PRIVATE_FAMILIES and (len(labels) == 2 or labels[1:-1] in (["co"], ["com"]))
    return family or domain in PRIVATE_PROVIDERS


def is_person(local: str) -> bool:
    """Whether the part before the @ looks like a name, initials or a user's id rather than a function."""
    base = _without_marks(local.partition("+")[0])
    names = [re.sub(r"\d+", "", part) for part in re.split(r"[._-]+", base)]
    words = [word for word in names if word]
    if not words:
        return len(base) > 3
    if any(word in GIVEN_NAMES for word in (*words, base)):
        return True
    if any(word in FUNCTIONS or any(part in word for part in TELLING_PARTS) for word in words):
        return False
    if all(word in PLACEHOLDERS for word in words):
        return False
    if len(words) > 1 and re.search(r"[._]", base):
        return True
    if len(words) > 1 or any(word.endswith(_SURNAMES) for word in words):
        return words[-1].endswith(_SURNAMES)
    has_digits = len(words[0]) < len(base)
    return bool(_USER_ID.fullmatch(base) and not _YEAR.fullmatch(base)) if has_digits else len(base) <= 3


def _plain(written: str) -> str:
    """An address or a part of one as it is compared: small letters, without what does not count in it."""
    return unicodedata.normalize("NFKC", written).strip().translate(_NO_LETTERS).strip("._").casefold()


def _without_marks(word: str) -> str:
    """The word with å, ä and é as a, a and e."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))


@lru_cache(maxsize=8)
def _folded(allowed: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_plain(address) for address in allowed)
