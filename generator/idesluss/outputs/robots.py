"""What search engines are told: everything public may be found; what is internal may not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from idesluss.artifact import Artifact

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue


def robots_file(catalogue: Catalogue) -> Iterator[Artifact]:
    yield Artifact("robots.txt", (), partial(_rules, catalogue))


def _rules(catalogue: Catalogue) -> bytes:
    if catalogue.audience != "public":
        return b"User-agent: *\nDisallow: /\n"
    return f"User-agent: *\nAllow: /\nSitemap: {catalogue.settings.address}sitemap.xml\n".encode()
