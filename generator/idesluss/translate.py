"""The words that people read, in their language: English msgids put into Swedish or English when they are shown."""

from __future__ import annotations

import gettext as catalogues
from functools import cache
from pathlib import Path

from idesluss.problem import Text

DOMAIN = "idesluss"
FOLDER = Path(__file__).resolve().parent / "locale"
LANGUAGES: tuple[str, ...] = ("en", "sv")

_used = "en"


def languages() -> tuple[str, ...]:
    """The languages that can be used."""
    return LANGUAGES


def use(language: str) -> None:
    """Show words in `language` from now on; ValueError for one that there are no words in."""
    global _used  # noqa: PLW0603 - gettext's `_` takes no language, and templates and tables call it everywhere
    if language not in LANGUAGES:
        raise ValueError(f"no words in the language {language!r}; there is {', '.join(LANGUAGES)}")
    _used = language


def used() -> str:
    """The language that words are shown in."""
    return _used


def gettext(msgid: str, language: str | None = None) -> str:
    """The words for `msgid`, or `msgid` itself where nobody has translated it."""
    return _words(msgid, language or _used)


def ngettext(one: str, many: str, number: int, language: str | None = None) -> str:
    """The words for `one` or `many`, as the language asks for this number."""
    return _catalogue(language or _used).ngettext(one, many, number)


def render(text: Text, language: str | None = None) -> str:
    """The sentence in `language` (else the one in use), with its values in place.

    A value that is a Text is put into words too; the items of a tuple or list stand with commas between.
    """
    language = language or _used
    return gettext(text.msgid, language).format_map(
        {name: _shown(value, language) for name, value in text.values.items()}
    )


def _shown(value: object, language: str) -> object:
    if isinstance(value, Text):
        return render(value, language)
    if isinstance(value, tuple | list):
        return ", ".join(str(_shown(item, language)) for item in value)
    return value


@cache
def _words(msgid: str, language: str) -> str:
    """Asked for dozens of times for every page."""
    return _catalogue(language).gettext(msgid) if msgid else ""


@cache
def _catalogue(language: str) -> catalogues.NullTranslations:
    return catalogues.translation(DOMAIN, FOLDER, [language], fallback=True)
