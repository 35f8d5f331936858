"""What stands where something was: tombstone, correction and redirect, in a browser and for the W3C checker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from lxml import html

from conftest import GitInstance
from test_build import UNIT, build, idea
from test_gone import CASE, OPEN, repository
from test_portal_browser import AXE_TAGS, LISTEN, MODES, TOO_WIDE, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

__all__ = ["repository"]

GONE, BROKEN, MOVED, KIND = "ideer/borta/", "enheter/trasig/", "ideer/gammal/", "ideer/varna/"
"""A tombstone, a page that is being corrected, one under another name, and one that became another kind."""


@pytest.fixture
def left_behind(repository: GitInstance, tmp_path: Path) -> Path:
    """A portal with one page of each sort that stands where something was."""
    repository.commit(
        {
            "idesluss.yml": OPEN,
            "ideas/2026/borta.md": idea("Nu."),
            "ideas/2026/gammal.md": idea("Nu."),
            "ideas/2026/varna.md": idea("Nu."),
            "ideas/units/trasig.md": UNIT,
        },
        "2026-01-02",
    )
    repository.commit(
        {
            "ideas/2026/borta.md": None,
            "ideas/2026/gammal.md": None,
            "ideas/2026/varna.md": None,
            "ideas/2026/ny.md": idea("Nu.", "summary: Nu\nformerly: [gammal]"),
            "ideas/cases/varna.md": CASE.replace("visibility: public\n", ""),
            "ideas/units/trasig.md": "---\ntitle: Trasig\ntype: fel\n---\n",
        },
        "2026-01-03",
    )
    site = tmp_path / "site"
    done = build(repository.root, site)
    assert done.returncode == 1, done.stdout + done.stderr  # a broken entry is told of, and the rest is built
    headings = [
        html.fromstring((site / at / "index.html").read_text("utf-8")).findtext(".//h1") for at in (GONE, BROKEN)
    ]
    assert headings == ["Sidan är borttagen", "Sidan rättas just nu"]
    assert all('http-equiv="refresh"' in (site / at / "index.html").read_text("utf-8") for at in (MOVED, KIND))
    return site


def test_the_checker_finds_nothing_on_them(
    left_behind: Path,
    serve_folder: Callable[[Path], str],
    vnu: Callable[[Sequence[str]], list[dict[str, Any]]],
) -> None:
    host = serve_folder(left_behind)
    found = vnu([f"{host}/{at}index.html" for at in (GONE, BROKEN, MOVED, KIND)])
    assert [one["message"] for one in found if one["type"] != "info" or one.get("subType") == "warning"] == []


@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing_on_them(
    mode: str, left_behind: Path, serve_folder: Callable[[Path], str], chromium: Browser, axe_source: str
) -> None:
    """In each mode; the page that leads on is held still, as it stands for a reader whose browser does not go on."""
    host = serve_folder(left_behind)
    context = chromium.new_context(locale="sv-SE", bypass_csp=True, **MODES[mode])
    context.add_init_script(LISTEN)
    window = Visit(context.new_page(), urlsplit(host).netloc)
    asked: list[str] = []

    def hold(route: Route) -> None:
        asked.append(urlsplit(route.request.url).path)
        route.fulfill(status=204)

    window.page.route("**/ideer/ny/", hold)
    window.page.route("**/exempel/varna/", hold)
    for at in (GONE, BROKEN, MOVED, KIND):
        window.open(f"{host}/{at}")
        window.page.evaluate(axe_source)
        result = window.page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", AXE_TAGS)
        assert len(result["passes"]) > 8, at
        assert [(one["id"], one["nodes"][0]["html"]) for one in result["violations"]] == [], f"{at} {mode}"
        assert window.page.evaluate(TOO_WIDE) == []
    context.close()
    assert asked == ["/ideer/ny/", "/exempel/varna/"]


def test_they_lead_where_they_say(left_behind: Path, serve_folder: Callable[[Path], str], chromium: Browser) -> None:
    """A browser comes to the new page by itself, and from a tombstone to the list by its link."""
    host = serve_folder(left_behind)
    page = chromium.new_page()
    page.goto(f"{host}/{MOVED}")
    page.wait_for_url(f"{host}/ideer/ny/")
    page.goto(f"{host}/{KIND}")
    page.wait_for_url(f"{host}/exempel/varna/")
    page.goto(f"{host}/{GONE}")
    page.locator("main p a").first.click()
    page.wait_for_url(f"{host}/ideer/")
    page.close()
