"""What readers do to a page: narrow it, magnify it, set their own colours, stop its motion, print it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pypdfium2 as pdfium
import pytest

from conftest import run_cli
from test_outputs import CASE, small
from test_portal_browser import TOO_WIDE, Visit, portal, sample, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["portal", "sample", "small", "visit"]

WIDTHS = [*range(320, 1281, 32), 375, 390, 412, 1023, 1024, 1099, 1100, 1366, 1440, 1600]
HEADER = """() => {
    const shown = [...document.querySelectorAll(".top .in > *")].filter((one) => one.checkVisibility());
    const middles = shown.map((one) => { const box = one.getBoundingClientRect(); return (box.top + box.bottom) / 2; });
    const last = Math.max(...shown.map((one) => one.getBoundingClientRect().right));
    return {spread: Math.max(...middles) - Math.min(...middles), wraps: [...document.querySelectorAll(".nav li")]
        .some((one) => one.checkVisibility() && one.offsetTop !== one.parentElement.firstElementChild.offsetTop),
        out: last > document.documentElement.clientWidth};
}"""
LOW = """() => [...document.querySelectorAll("main :is(a, button, summary, input)")]
    .filter((one) => one.checkVisibility() && !one.closest(".vh, .headerlink, label, sup"))
    .flatMap((one) => [...one.getClientRects()].map((box) => [one.textContent, box.height]))
    .filter(([_, height]) => height > 0 && height < 24)"""
"""The words of what is pressed, and the height of each piece of it that is lower than a finger finds."""
CUT = """() => [...document.querySelectorAll(".wide td:first-child code")].flatMap((one) => {
    const text = one.firstChild, range = document.createRange();
    const tops = [...text.data].map((_, at) => {
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        return range.getBoundingClientRect().top;
    });
    return [...text.data].some((_, at) => tops[at + 1] > tops[at] + 4 && /\\w\\w/.test(text.data.slice(at, at + 2)))
        ? [text.data] : [];
})"""
"""The codes that a line cuts between two letters."""
MOTION = """() => [...document.querySelectorAll("*")].flatMap((one) => one.getAnimations())
    .filter((one) => one.effect.getComputedTiming().duration > 0).length"""


@pytest.fixture(scope="module")
def in_english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small portal in English whose name is as long as that of a real municipality's."""
    work = tmp_path_factory.mktemp("in-english")
    (work / "ideas" / "cases").mkdir(parents=True)
    (work / "ideas" / "units").mkdir()
    (work / "docs").mkdir()
    (work / "idesluss.yml").write_text(
        "name: Helsingborg idea lock\nowner: Helsingborg\naddress: https://idesluss.example/\nlanguage: en\n"
        "repository: public\nthemes: [{id: school, title: School}]\n",
        "utf-8",
    )
    for page in ("hand-in-an-idea", "how-it-works"):
        (work / "docs" / f"{page}.md").write_text(f"# {page}\n\nText.\n", "utf-8")
    (work / "ideas" / "units" / "skola.md").write_text("---\ntitle: School\ntype: administration\n---\n", "utf-8")
    (work / "ideas" / "cases" / "sensors.md").write_text(CASE.format("Sensors", "in_use", ""), "utf-8")
    done = run_cli("build", "--site", work / "site", root=work)
    assert (work / "site" / "cases" / "sensors" / "index.html").is_file(), done.stdout + done.stderr
    return work / "site"


def headers(window: Visit, address: str) -> dict[int, str]:
    """At which widths the header is more than one line, or ends outside the screen."""
    window.open(address)
    faults = {}
    for width in sorted(WIDTHS):
        window.page.set_viewport_size({"width": width, "height": 700})
        told = window.page.evaluate(HEADER)
        if told["spread"] > 4 or told["wraps"] or told["out"]:
            faults[width] = str(told)
    return faults


def test_the_header_is_one_line_at_every_width(visit: Callable[..., Visit], portal: str) -> None:
    for address in ("/", "/exempel/"):
        assert headers(visit(), portal + address) == {}


def test_so_it_is_in_english_with_a_long_name(
    in_english: Path, serve_folder: Callable[[Path], str], chromium: Browser
) -> None:
    """The name may take two lines; the menu beside it does not."""
    host = serve_folder(in_english)
    context = chromium.new_context()
    window = Visit(context.new_page(), urlsplit(host).netloc)
    assert headers(window, f"{host}/cases/") == {}
    context.close()


def test_nothing_moves_for_whoever_wants_no_motion(visit: Callable[..., Visit], portal: str, sample: list[str]) -> None:
    """The boats come afloat for others; where less motion is asked for nothing is animated on any sort of page."""
    moving, still = visit(reduced_motion="no-preference"), visit(reduced_motion="reduce")
    moving.page.goto(portal + "/")
    assert moving.page.evaluate(MOTION) > 0
    for address in sample:
        still.page.goto(portal + address)
        assert still.page.evaluate(MOTION) == 0, address


def test_a_finger_finds_what_can_be_pressed(visit: Callable[..., Visit], portal: str, sample: list[str]) -> None:
    window = visit(viewport={"width": 390, "height": 844})
    for address in sample:
        window.open(portal + address)
        assert window.page.evaluate(LOW) == [], address


def test_on_a_phone_codes_stay_legible(visit: Callable[..., Visit], portal: str) -> None:
    """In the tables of the handbook no line cuts the names of checks and options between two letters."""
    window = visit(viewport={"width": 390, "height": 844})
    for page in ("kontroller", "kommandon"):
        window.open(f"{portal}/handbok/{page}/")
        assert window.page.locator(".wide td:first-child code").count() > 3
        assert window.page.evaluate(CUT) == [], page


def test_at_400_per_cent_all_is_reached_by_scrolling_down(
    visit: Callable[..., Visit], portal: str, sample: list[str]
) -> None:
    """1280 × 1024 magnified four times is a window of 320 × 256; the first heading is seen without its being hidden."""
    window = visit(viewport={"width": 320, "height": 256})
    for address in (*sample, "/sok/?q=fukt"):
        window.open(portal + address)
        if "?q=" in address:
            window.page.locator("#hits > li").first.wait_for()
        assert window.page.evaluate(TOO_WIDE) == [], address
        assert window.page.evaluate("() => document.scrollingElement.scrollWidth") <= 320, address
        window.page.locator("h1").scroll_into_view_if_needed()
        assert window.page.locator("h1").evaluate(
            "(one) => { const box = one.getBoundingClientRect();"
            " return one.contains(document.elementFromPoint(box.left + 3, Math.max(box.top, 0) + 8)); }"
        ), address


def test_in_forced_colours_shapes_and_states_are_still_told(
    visit: Callable[..., Visit], portal: str, sample: list[str]
) -> None:
    """Nothing is told by a background alone: buttons and fields have edges, and what is chosen has a mark."""
    window = visit(viewport={"width": 1280, "height": 900}, forced_colors="active")
    for address in sample:
        window.open(portal + address)
        bare = window.page.evaluate(
            """() => [...document.querySelectorAll(".btn, input[type=search], textarea, .pill, .chips a")]
                .filter((one) => one.checkVisibility())
                .filter((one) => { const style = getComputedStyle(one);
                    return style.borderTopStyle === "none" || style.borderTopWidth === "0px" ||
                        style.borderTopColor === style.backgroundColor; })
                .map((one) => one.outerHTML.slice(0, 80))"""
        )
        assert bare == [], address
    window.open(portal + "/ideer/")
    edges = window.page.evaluate(
        """() => ["[aria-current]", ":not([aria-current])"].map((which) =>
            getComputedStyle(document.querySelector(`.nav a${which}`)).borderBottomColor)"""
    )
    assert edges[0] != edges[1]


@pytest.mark.parametrize(
    ("address", "stands", "gone"),
    [
        ("exempel/fuktgivare-som-varnar-i-tid/", ("Måste vara kvar", "Det som var svårt", "Ta över lösningen"), "A4"),
        ("ideer/fuktvakt/", ("Just nu", "Det här har hänt", "Hur säkert är det här?"), "Följ idén"),
        ("metoder/gransen-fore-testet/", ("Hur säkert är det här?",), "A4"),
        ("evenemang/mashup-2027/", ("Program",), "Lägg till i kalendern"),
    ],
)
def test_an_entry_on_paper_is_whole_and_without_what_only_a_screen_can_do(
    address: str, stands: tuple[str, ...], gone: str, visit: Callable[..., Visit], portal: str, tmp_path: Path
) -> None:
    """Every sheet is A4 and has something on it; the menu, the search and buttons stay on the screen."""
    window = visit(viewport={"width": 1280, "height": 900}, color_scheme="dark")
    window.open(f"{portal}/{address}")
    title = window.page.locator("h1").inner_text()
    file = tmp_path / "printed.pdf"
    window.page.pdf(path=str(file), format="A4", prefer_css_page_size=True)
    printed = pdfium.PdfDocument(str(file))
    assert all(sheet.get_size() == pytest.approx((595.3, 841.9), abs=1.5) for sheet in printed)
    texts = [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in printed]
    assert all(len(text) > 60 for text in texts), texts
    whole = " ".join(texts)
    assert title in whole
    assert [heading for heading in stands if heading not in whole] == []
    assert not [word for word in (gone, "Lämna en idé", "Utseende") if word in whole]
    printed.close()
