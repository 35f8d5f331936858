"""Where the repository's host shows a file's changes or a commit, and lets one edit: addresses, or "" for none."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from idesluss.kinds.entry import Entry
from idesluss.settings import Settings

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

GITHUB = "https://github.com/"


def changes(catalogue: Catalogue, entry: Entry) -> str:
    """All changes of an entry's file."""
    return _at(catalogue, f"commits/HEAD/{quote(catalogue.inside + entry.path)}") if is_open(catalogue) else ""


def commit(catalogue: Catalogue, sha: str) -> str:
    """One commit."""
    return _at(catalogue, f"commit/{sha}") if sha and is_open(catalogue) else ""


def edit(catalogue: Catalogue, entry: Entry) -> str:
    """The form in which an entry's file is edited; for those inside only."""
    return editable(catalogue.settings, catalogue.inside + entry.path) if catalogue.audience == "internal" else ""


def editable(settings: Settings, path: str) -> str:
    """The form in which a file of the repository, or any file of a folder whose name ends in /, is edited."""
    return _below(settings, f"edit/HEAD/{quote(path)}")


def is_open(catalogue: Catalogue) -> bool:
    """Whether this audience may read the repository."""
    return catalogue.settings.repository == "public" or catalogue.audience == "internal"


def _at(catalogue: Catalogue, path: str) -> str:
    return _below(catalogue.settings, path)


def _below(settings: Settings, path: str) -> str:
    address = settings.repository_url or ""
    return f"{address.rstrip('/').removesuffix('.git')}/{path}" if address.startswith(GITHUB) else ""
