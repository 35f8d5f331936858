"""What is made of a catalogue for its audience: plain functions, each from the catalogue to artifacts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from idesluss.artifact import Artifact
from idesluss.kinds import KINDS
from idesluss.outputs import accessibility, news
from idesluss.outputs.accessibility import accessibility_page
from idesluss.outputs.browse import browse_addresses, browse_pages
from idesluss.outputs.calendars import calendar_files
from idesluss.outputs.data.dcat import dcat_files
from idesluss.outputs.data.json_files import json_files
from idesluss.outputs.data.page import data_address, data_page
from idesluss.outputs.data.tables import table_files
from idesluss.outputs.entries import entry_pages
from idesluss.outputs.feeds.entries import entry_feeds
from idesluss.outputs.feeds.ideas import idea_feeds
from idesluss.outputs.feeds.moved import moved_feeds
from idesluss.outputs.indexes import index_of, index_pages
from idesluss.outputs.measures import measure_addresses, measure_pages
from idesluss.outputs.media import media_files
from idesluss.outputs.news import news_page
from idesluss.outputs.picture_cards import picture_cards
from idesluss.outputs.redirects import redirect_pages
from idesluss.outputs.robots import robots_file
from idesluss.outputs.search import search_address, search_page
from idesluss.outputs.spreads import spreading_pages
from idesluss.outputs.start import start_page
from idesluss.outputs.themes import theme_addresses, theme_pages
from idesluss.outputs.tombstones import tombstones
from idesluss.outputs.view import view_of

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

OUTPUTS: tuple[Callable[[Catalogue], Iterable[Artifact]], ...] = (
    entry_pages,
    table_files,  # early, since one file may take a second: another process draws pages meanwhile
    spreading_pages,
    index_pages,
    theme_pages,
    measure_pages,
    browse_pages,
    search_page,
    start_page,
    accessibility_page,
    news_page,
    redirect_pages,
    tombstones,
    media_files,
    calendar_files,
    picture_cards,
    robots_file,
    entry_feeds,
    idea_feeds,
    moved_feeds,
    json_files,
    dcat_files,
    data_page,
)


def addresses(catalogue: Catalogue) -> list[str]:
    """The addresses of all generated pages that a sitemap names; not of those that only lead elsewhere."""
    view = view_of(catalogue)
    of_lists = (address for kind in KINDS for address in index_of(view, kind.kind).addresses)
    statement = [] if accessibility.is_own(view) else [accessibility.address(view)]
    return [
        "",
        news.address(view),
        data_address(view),
        *statement,
        *map(catalogue.address, catalogue.entries),
        *of_lists,
        *theme_addresses(view),
        *measure_addresses(view),
        *browse_addresses(view),
        search_address(view),
    ]
