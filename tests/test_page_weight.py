"""How much a page weighs beside its own text, and what makes a page quick or slow to show, whatever the machine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import pytest

from conftest import GitInstance
from idesluss import reading, settings
from idesluss.outputs.prose import put_addresses
from idesluss.outputs.view import view_of
from test_outputs import IDEA, TODAY, artifacts, read, small
from test_portal_browser import PHONE, Visit, portal, sample, visit
from test_portal_html import SitePage, faults_in, pages

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

__all__ = ["pages", "portal", "sample", "small", "visit"]

ROOT = Path(__file__).parents[1]
MOST = 30 * 1024
"""So many bytes an entry's page may have beside its own text, before compression."""
STYLE, SCRIPT, FONT = 64_000, 12_000, 40_000
"""So many bytes the style, a script and a font may have."""
FIRST = 3_000
"""So many bytes the script may have that chooses between light and dark."""
FOLD = 3
"""So many pictures of a page may be wanted at once; the others wait until a reader comes near them."""


def catalogue_of(root: Path) -> Catalogue:
    told, faults = settings.load(root)
    assert told is not None, faults
    return reading.load(root, told, lambda *_: (), now=TODAY, jobs=1).catalogue.for_audience("public")


def overweight(root: Path, site: Path) -> dict[str, int]:
    """The entries whose pages weigh too much beside their own text, with what these weigh."""
    catalogue = catalogue_of(root)
    view = view_of(catalogue)
    weights = {}
    for entry in catalogue.entries.values():
        page = (site / catalogue.address(entry.id) / "index.html").read_bytes()
        own = put_addresses(view, entry.body.html).encode()
        weights[entry.id] = len(page) - len(own)
    assert len(weights) > 100
    assert min(weights.values()) > 2_000, "what is weighed is no page"
    return {id_: weight for id_, weight in weights.items() if weight > MOST}


def test_an_entrys_page_weighs_little_beside_its_own_text(built_site: Path) -> None:
    assert overweight(ROOT, built_site) == {}


def test_so_it_does_where_git_shows_its_whole_story(replayed: GitInstance, replayed_site: Path) -> None:
    assert overweight(replayed.root, replayed_site) == {}


def test_it_does_not_grow_with_how_many_refer_to_it(small: Callable[..., Path]) -> None:
    """What four hundred ideas answer is a list of the first and a number, with a way to all."""
    few = {f"ideas/2026/n{n}.md": IDEA.format(f"Idé {n}", "submitted", "needs: [fukt]") for n in range(30)}
    many = {f"ideas/2026/n{n}.md": IDEA.format(f"Idé {n}", "submitted", "needs: [fukt]") for n in range(400)}

    def weight(files: dict[str, str]) -> int:
        made: Any = artifacts(read(small(files)))["behov/fukt/index.html"].make()
        return len(made.body.encode())

    assert weight(few) > 2_000
    assert weight(many) - weight(few) < 400


def test_one_stylesheet_and_no_script_that_the_page_waits_for(pages: list[SitePage]) -> None:
    """Every page has one stylesheet, which stands first, and no script that holds up the reading of the page.

    One small script is fetched beside the style and holds up what is shown, as the style does: it chooses between light
    and dark, so that no page flashes in the other.
    """

    def look(page: SitePage) -> Iterator[str]:
        if page.tree.xpath("//head/meta[@http-equiv='refresh']"):
            return
        sheets = page.tree.xpath("//link[contains(concat(' ', @rel, ' '), ' stylesheet ')]")
        if len(sheets) != 1:
            yield f"{len(sheets)} stylesheets"
        for script in page.tree.xpath("//script[@src]"):
            if script.get("defer") is None and script.get("async") is None and script.get("type") != "module":
                yield f"waits for {script.get('src')}"
            if script.xpath("following::link[@rel='stylesheet']"):
                yield f"{script.get('src')} stands before the style"
        theme = page.tree.xpath("//head/script[contains(@src, 'assets/portal.js')]")
        if [script.get("blocking") for script in theme] != ["render"]:
            yield "a page may flash in the other theme"

    assert not faults_in(pages, look)


def test_style_scripts_and_fonts_are_small(built_site: Path) -> None:
    sheets, scripts = list(built_site.glob("assets/*.css")), list(built_site.glob("assets/*.js"))
    fonts = list(built_site.glob("assets/fonts/*.woff2"))
    assert len(sheets) == 1
    assert scripts
    assert fonts
    heavy = [
        (path.name, path.stat().st_size)
        for most, paths in ((STYLE, sheets), (SCRIPT, scripts), (FONT, fonts))
        for path in paths
        if path.stat().st_size > most
    ]
    assert not heavy
    assert (built_site / "assets" / "portal.js").stat().st_size <= FIRST


def test_fonts_are_cut_to_the_letters_that_they_say_and_hide_no_text(built_site: Path) -> None:
    """Each font says which letters it has, so that it is fetched only for these, and text is shown before it comes."""
    sheet = (built_site / "assets" / "portal.css").read_text(encoding="utf-8")
    every = re.findall(r"@font-face\s*\{(.*?)\}", sheet, re.DOTALL)
    faces = [face for face in every if "url(" in face]
    assert all("local(" in face and "-override:" in face for face in every if face not in faces)
    assert len(faces) == len(list(built_site.glob("assets/fonts/*.woff2")))
    for face in faces:
        assert "unicode-range:" in face, face
        assert re.search(r"font-display:\s*(swap|optional|fallback)", face), face
        assert ".woff2" in face


def test_pictures_keep_their_place_and_wait_for_the_reader(pages: list[SitePage]) -> None:
    """Each has its size; photographs are WebP in several widths; all but those at the top are fetched when near."""

    def look(page: SitePage) -> Iterator[str]:
        eager = 0
        for image in page.tree.xpath("//img"):
            source = image.get("src", "")
            if not (image.get("width", "").isdigit() and image.get("height", "").isdigit()):
                yield f"{source} has no size"
            if urlsplit(urljoin(page.address, source)).path.startswith("/media/"):
                widths = image.get("srcset", "").split(",")
                if not source.endswith(".webp") or len(widths) < 2 or not image.get("sizes"):
                    yield f"{source} comes in one width, or not as WebP"
            eager += image.get("loading") != "lazy"
        if eager > FOLD:
            yield f"{eager} pictures are fetched at once"

    assert not faults_in(pages, look)
    assert len([image for page in pages for image in page.tree.xpath("//img")]) > 50


@pytest.mark.parametrize("mode", [{"viewport": {"width": 1280, "height": 900}}, PHONE], ids=["wide", "phone"])
def test_nothing_moves_while_a_page_is_loaded(
    mode: dict[str, Any], visit: Callable[..., Visit], portal: str, sample: list[str]
) -> None:
    """With everything fetched, also what lies further down, no part of any sort of page has been pushed aside."""
    window = visit(**mode)
    window.page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) "
        "if (!entry.hadRecentInput) moved += entry.value; }).observe({type: 'layout-shift', buffered: true});"
    )
    shifts = {}
    for address in sample:
        window.open(portal + address)
        window.page.evaluate(
            "async () => { for (let at = 0; at < document.body.scrollHeight; at += 400) { scrollTo(0, at);"
            " await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))); } }"
        )
        if (moved := window.page.evaluate("() => window.moved")) > 0.02:
            shifts[address] = moved
    assert not shifts


def test_letters_of_swedish_come_in_one_font(visit: Callable[..., Visit], portal: str) -> None:
    """A page in upright Swedish needs one font file, and every letter of it is drawn with that font."""
    window = visit(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    window.page.on("request", lambda request: asked.append(request.url) if ".woff2" in request.url else None)
    window.open(portal + "/ideer/")
    assert [urlsplit(url).path.rpartition("/")[2] for url in asked] == ["atkinson.woff2"]
    client = window.page.context.new_cdp_session(window.page)
    client.send("DOM.enable")
    client.send("CSS.enable")
    window.page.evaluate(
        "() => { document.querySelector('h1').textContent = 'Åäö, ”é” – ü × €';"
        " return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))); }"
    )
    node = client.send("DOM.getDocument")["root"]["nodeId"]
    heading = client.send("DOM.querySelector", {"nodeId": node, "selector": "h1"})["nodeId"]
    drawn = client.send("CSS.getPlatformFontsForNode", {"nodeId": heading})["fonts"]
    assert [(font["familyName"], font["isCustomFont"]) for font in drawn] == [("Atkinson Hyperlegible Next", True)]
