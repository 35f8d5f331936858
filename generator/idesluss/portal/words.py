"""What the shell says beside the page itself: the menu, the links of the footer, and its labels."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from idesluss import translate
from idesluss.kinds import BY_NAME
from idesluss.outputs.words import ADDRESS_WORDS
from idesluss.problem import N_

if TYPE_CHECKING:
    from idesluss.settings import Settings

PAGES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "sv": {"hand_in": "lamna-en-ide", "docs": "sa-gar-det-till", "about": "om"},
        "en": {
            "hand_in": "hand-in-an-idea",
            "docs": "how-it-works",
            "about": "about",
        },
    }
)
"""Hand-written pages that the shell links to, by language: docs/om.md or docs/om/index.md is the one for "about".

The accessibility statement is made, unless docs/ has one.
"""

MENU: tuple[tuple[str, str], ...] = (
    ("idea", N_("Ideas")),
    ("case", N_("Good examples")),
    ("need", N_("Needs")),
    ("event", N_("Mashup")),
    ("theme", N_("Themes")),
    ("figures", N_("Figures")),
    ("docs", N_("How it works")),
)
"""The menu: section and label. A section is a kind's name, "theme", "figures", or "docs" for hand-written pages."""

FOOTER: tuple[tuple[str, str], ...] = (
    ("about", N_("About the lock")),
    ("accessibility", N_("Accessibility")),
)

FEED = "feed.xml"
"""Where the feed of the whole portal lies."""

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "skip": N_("Skip to the content"),
        "menu": N_("Menu"),
        "main_menu": N_("Main menu"),
        "hand_in": N_("Hand in an idea"),
        "theme": N_("Appearance"),
        "theme_auto": N_("As the device"),
        "theme_light": N_("Light"),
        "theme_dark": N_("Dark"),
        "built": N_("Built from version"),
        "no_tracking": N_("No cookies, no tracking."),
        "path": N_("Path"),
        "toc": N_("On this page"),
        "pages": N_("More pages"),
        "turn": N_("Next and previous page"),
        "todo": N_("Not done"),
        "done": N_("Done"),
        "edit": N_("Edit on GitHub"),
        "start": N_("To the start page"),
        "lost_title": N_("This page does not exist"),
        "search": N_("Search"),
        "search_all": N_("Search the whole portal"),
        "search_word": N_("Words to search for"),
        "lost": N_("The address leads nowhere. The page may have moved or been taken away. Start again here."),
    }
)


def sections() -> tuple[str, ...]:
    """All sections that a page may belong to; "" is none."""
    return ("", "search", *(section for section, _label in MENU))


def words(settings: Settings, docs: Path) -> dict[str, Any]:
    """The words of the shell in the portal's language, as the theme reads them from `config.extra.idesluss`.

    A link to a hand-written page is left out where `docs` has no such page.
    """
    _ = partial(translate.gettext, language=settings.language)
    pages = {
        name: f"{page}/"
        for name, page in PAGES[settings.language].items()
        if (docs / f"{page}.md").is_file() or (docs / page / "index.md").is_file()
    }
    pages["accessibility"] = f"{ADDRESS_WORDS[settings.language]['accessibility']}/"
    lists = {name: f"{kind.words[settings.language]}/" for name, kind in BY_NAME.items()}
    own = ADDRESS_WORDS[settings.language]
    places = {**lists, "theme": f"{own['themes']}/", "figures": f"{own['figures']}/", **pages}
    footer = [{"title": _(label), "url": pages[name]} for name, label in FOOTER if name in pages]
    footer.append({"title": _("Open data and feeds"), "url": f"{ADDRESS_WORDS[settings.language]['data']}/"})
    if settings.repository_url and settings.repository == "public":
        footer.append({"title": _("Source code"), "url": settings.repository_url})
    if settings.contact and "@" in settings.contact:
        footer.append({"title": settings.contact, "url": f"mailto:{settings.contact}"})
    return {
        "name": settings.name,
        "owner": settings.owner,
        "line": settings.description or "",
        "notice": settings.notice or "",
        "hand_in": pages.get("hand_in", ""),
        "search": f"{ADDRESS_WORDS[settings.language]['search']}/",
        "menu": [
            {"title": _(label), "url": places[section], "section": section}
            for section, label in MENU
            if section in places
        ],
        "links": footer,
        "feed": FEED,
        "labels": {name: _(label) for name, label in LABELS.items()},
    }
