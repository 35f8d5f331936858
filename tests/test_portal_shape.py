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
from test_portal_browser import LISTEN, TOO_WIDE, Visit, portal, sample, visit

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
