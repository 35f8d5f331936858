"""Pages made to be passed on: one A4 on paper, a code that leads to the entry, texts to paste, a picture for links."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
import zxingcpp
from lxml import html
from PIL import Image

from idesluss import reading, settings, sheet

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Instance = Callable[[Mapping[str, str | bytes | None]], Path]
OWN = "https://idesluss.example/"
A4 = (595, 842)
UNIT = "---\ntitle: Serviceförvaltningen\ntype: administration\n---\n"
CASE = """\
---
title: {title}
summary: {summary}
organisation: service
type: solution
status: {status}
licence: CC-BY-4.0
{more}
---

## Vad

{what}

## Varför

Vi slängde för mycket.

## Hur

Steg för steg.

## Utmaningar

Förrådet blev fullt.

## Ta över

{how}
"""
METHOD = "---\ntitle: Behovsrond\nstages: [submitted]\n---\n\n## Så gör ni\n\n{how}\n"
WORDS = "Titta först i förrådet och köp sedan det som saknas, för annars fylls hyllorna av sådant som ingen vill ha. "


def case(**told: str) -> str:
    usual = {
        "title": "Möbelbank",
        "summary": "Möbler byter arbetsplats.",
        "status": "in_use",
        "more": "core: [Titta först.]\nadaptable: [Vilket system.]\ncontact: Servicedesk",
        "what": "Vi lade ut möbler.",
        "how": "1. Väg det ni slänger.\n2. Börja smått.",
    }
    return CASE.format(**{**usual, **told})


def build(root: Path, site: Path, *arguments: str) -> Path:
    command = [sys.executable, "-m", "idesluss", "--root", str(root), "build", "--site", str(site), *arguments]
    told = {**os.environ, "IDESLUSS_CACHE": str(site.parent / "cache")}
    done = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8", env=told)
    assert done.returncode == 0, done.stdout + done.stderr
    return site


def tree(path: Path) -> html.HtmlElement:
    return html.parse(str(path / "index.html"), html.HTMLParser(encoding="utf-8")).getroot()


def meta(page: html.HtmlElement, name: str) -> str:
    (content,) = page.xpath(f"//head/meta[@property='{name}' or @name='{name}']/@content")
    return str(content)


@pytest.fixture
def small(instance: Instance) -> Callable[..., Path]:
    def write(files: Mapping[str, str | bytes | None] | None = None) -> Path:
        base = {"ideas/units/service.md": UNIT, "ideas/cases/mobelbank.md": case()}
        return instance({**base, **(files or {})})

    return write


@pytest.fixture(scope="session")
def sheets(built_site: Path) -> list[Path]:
    """The folders of all spreading pages of this repository's own portal."""
    found = sorted(page.parent for page in built_site.glob("*/*/sprid/index.html"))
    assert len(found) > 15
    return found


@pytest.fixture
def printing(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_each_example_and_method_has_a_page_to_pass_on_and_leads_to_it(built_site: Path, sheets: list[Path]) -> None:
    entries = {page.parent for word in ("exempel", "metoder") for page in built_site.glob(f"{word}/*/index.html")}
    entries -= {folder for folder in entries if tree(folder).xpath("//meta[@http-equiv='refresh']")}
    of_one = {folder for folder in entries if folder.name.isascii() and (folder / "kort.png").exists()}
    assert {folder.parent for folder in sheets} == of_one
    for folder in of_one:
        assert "sprid/" in tree(folder).xpath("//main//a/@href"), folder


def test_the_code_leads_to_the_entry(
    sheets: list[Path], built_site: Path, serve_folder: Callable[[Path], str], printing: Page
) -> None:
    """A real reader reads each code as the browser shows it, also on a dark page, and it holds the entry's address."""
    host = serve_folder(built_site)
    printing.emulate_media(color_scheme="dark")
    for folder in sheets:
        address = folder.parent.relative_to(built_site).as_posix() + "/"
        printing.goto(f"{host}/{address}sprid/")
        code = printing.locator("svg.qr")
        assert code.locator("title").text_content()
        (read,) = zxingcpp.read_barcodes(Image.open(BytesIO(code.screenshot())))
        assert read.text == OWN + address
        assert address.removesuffix("/") in printing.locator(".a4-address").inner_text()


def test_every_page_to_pass_on_is_one_a4(
    sheets: list[Path], built_site: Path, serve_folder: Callable[[Path], str], printing: Page
) -> None:
    host = serve_folder(built_site)
    for folder in sheets:
        printing.goto(f"{host}/{folder.relative_to(built_site).as_posix()}/")
        document = pypdfium2.PdfDocument(printing.pdf(prefer_css_page_size=True))
        assert len(document) == 1, folder
        assert tuple(round(side) for side in document[0].get_size()) == A4
        text = document[0].get_textpage().get_text_bounded()
        assert "idesluss.example" in text
        assert "Kopiera texten" not in text


def _full(root: Path, fill: Callable[[int], str], place: str) -> str:
    """The longest text by `fill` whose sheet is still reckoned to fit."""
    told, _ = settings.load(root)
    assert told is not None
    text = ""
    for number in range(1, 200):
        (root / place).write_text(fill(number), "utf-8")
        catalogue = reading.load(root, told, lambda *_: (), now=datetime.date(2026, 6, 1), jobs=1).catalogue
        if sheet.lines_over(catalogue.entries[Path(place).stem]):
            return text
        text = fill(number)
    pytest.fail("no text was too long")


FILLS: Mapping[str, tuple[str, Callable[[int], str]]] = {
    "steps": ("cases/full", lambda n: case(how="\n".join(f"1. {WORDS}" for _ in range(n)))),
    "prose": ("cases/full", lambda n: case(how=f"{WORDS * 6}\n\n" * (n // 6) + WORDS * (n % 6 or 1))),
    "core": ("cases/full", lambda n: case(more="core:\n" + f"  - {WORDS.strip()}\n" * n)),
    "failed": (
        "cases/full",
        lambda n: case(status="failed", how=WORDS).replace("## Ta över", f"## Lärdomar\n\n{WORDS * n}\n\n## Ta över"),
    ),
    "what": ("cases/full", lambda n: case(what=WORDS * 5, how=f"{WORDS}\n\n" * n)),
    "table": (
        "methods/full",
        lambda n: METHOD.format(how="| Vad | Vem |\n|---|---|\n" + f"| {WORDS} | {WORDS} |\n" * n),
    ),
    "wide letters": ("methods/full", lambda n: METHOD.format(how="\n".join("- " + "MWÅÄÖ " * 20 for _ in range(n)))),
    "headings": ("methods/full", lambda n: METHOD.format(how="### Rubrik\n\nKort.\n\n" * n)),
}


@pytest.mark.parametrize("fill", FILLS)
def test_what_is_reckoned_to_fit_is_one_sheet(
    fill: str, small: Callable[..., Path], tmp_path: Path, serve_folder: Callable[[Path], str], printing: Page
) -> None:
    """A text that just fits is printed as one A4, and fills most of it: the reckoning is strict, but not foolish."""
    place, make = FILLS[fill]
    root = small({f"ideas/{place}.md": make(1)})
    (root / f"ideas/{place}.md").write_text(_full(root, make, f"ideas/{place}.md"), "utf-8")
    host = serve_folder(build(root, tmp_path / "site"))
    word = "exempel" if place.startswith("cases") else "metoder"
    printing.goto(f"{host}/{word}/full/sprid/")
    assert len(pypdfium2.PdfDocument(printing.pdf(prefer_css_page_size=True))) == 1
    printing.emulate_media(media="print")
    printing.set_viewport_size({"width": 800, "height": 1100})
    high = printing.evaluate(
        "() => { const a = document.querySelector('.a4'); a.style.minHeight = 0; a.style.width = '182mm';"
        " return a.getBoundingClientRect().height / 96 * 25.4; }"
    )
    assert 0.7 * sheet.HEIGHT < high < sheet.HEIGHT


def test_a_text_that_does_not_fit_is_told_of_with_what_to_shorten(small: Callable[..., Path], cli: Any) -> None:
    root = small({"ideas/cases/lang.md": case(more="core:\n" + f"  - {WORDS.strip()}\n" * 40)})
    told = cli("--lang", "en", "check", root=root)
    assert told.returncode == 0
    assert "ideas/cases/lang.md:8:1: notice: the spreading page does not fit on one A4" in told.stdout
    assert "shorten core, which takes most room" in told.stdout
    assert "mobelbank" not in told.stdout
    told = cli("--lang", "en", "check", root=small({"ideas/cases/lang.md": case(how=f"{WORDS}\n\n" * 50)}))
    assert "shorten ## Ta över, which takes most room" in told.stdout


def test_the_sheet_says_what_must_be_kept_how_to_take_it_over_and_whom_to_ask(
    small: Callable[..., Path], tmp_path: Path
) -> None:
    site = build(small({"ideas/methods/rond.md": METHOD.format(how="Gå runt.")}), tmp_path / "site")
    page = tree(site / "exempel/mobelbank/sprid")
    said = " ".join(page.xpath("//article")[0].text_content().split())
    for part in (
        "Måste vara kvar Titta först.",
        "Får ändras Vilket system.",
        "Ta över lösningen Väg det",
        "Servicedesk",
    ):
        assert part in said
    assert "Vi lade ut möbler." in said
    assert meta(page, "robots") == "noindex"
    method = " ".join(tree(site / "metoder/rond/sprid").xpath("//article")[0].text_content().split())
    assert "Så gör ni Gå runt." in method
    assert "idesluss@exempelstad.example" in method


def test_texts_to_paste_are_plain_and_short_enough(small: Callable[..., Path], tmp_path: Path) -> None:
    hostile = "'Bord & <b>stolar</b> \"2\" </textarea> 🙂'"
    long = "En mening till som fyller på. " * 13
    files = {"ideas/cases/mobelbank.md": case(title=hostile, summary=f"'{long.strip()}'", status="failed")}
    page = tree(build(small(files), tmp_path / "site") / "exempel/mobelbank/sprid")
    letter, post = page.xpath("//textarea")
    assert letter.text.startswith('\nPrövat, fungerade inte: Bord & <b>stolar</b> "2" </textarea> 🙂\n\nEn mening')
    assert f"Läs mer: {OWN}exempel/mobelbank/" in letter.text
    assert "Måste vara kvar: Titta först." in letter.text
    assert len(post.text.strip()) <= 280
    assert post.text.endswith(f"fyller på. {OWN}exempel/mobelbank/")
    assert page.xpath("//label/@for") == [letter.get("id"), post.get("id")]
    assert all(area.get("readonly") is not None for area in (letter, post))


def test_copying_works_by_keyboard_and_says_so(
    sheets: list[Path], built_site: Path, serve_folder: Callable[[Path], str], chromium: Browser
) -> None:
    """The button copies the text and says so; without scripts there is no button, and the text is still there."""
    address = f"{serve_folder(built_site)}/{sheets[0].relative_to(built_site).as_posix()}/"
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address)
    button = page.locator("button[data-copy=post]")
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Kopierat").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#post").input_value()
    context.close()
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert not page.locator("button[data-copy]").first.is_visible()
    assert OWN in page.locator("#post").input_value()
    context.close()


def test_every_entry_has_a_picture_card(built_site: Path) -> None:
    """Each example, method and event has its own, other entries the portal's; all are PNG of 1200 × 630, with words."""
    seen = 0
    for word in ("ideer", "exempel", "metoder", "evenemang", "behov"):
        for file in sorted(built_site.glob(f"{word}/*/index.html")):
            page = tree(file.parent)
            if not page.xpath("//meta[@property='og:image']"):
                continue
            place = meta(page, "og:image").removeprefix(OWN)
            own = word in ("exempel", "metoder", "evenemang")
            assert place == (f"{word}/{file.parent.name}/kort.png" if own else "kort.png")
            assert meta(page, "twitter:card") == "summary_large_image"
            title = page.xpath("string(//h1)").strip()
            assert title in meta(page, "og:image:alt") or not own
            with Image.open(built_site / place) as picture:
                assert (picture.format, picture.size) == ("PNG", (1200, 630))
            seen += 1
    assert seen > 60


def test_the_start_page_brings_the_picture_of_the_portal(built_site: Path) -> None:
    """It is the address that is shared most."""
    page = tree(built_site)
    assert meta(page, "og:type") == "website"
    assert meta(page, "og:image") == f"{OWN}kort.png"
    assert (built_site / "kort.png").is_file()
    assert meta(page, "og:description") == meta(page, "description")
    assert "Idéslussen" in meta(page, "og:image:alt")


def test_a_card_shows_its_words_and_never_runs_off(small: Callable[..., Path], tmp_path: Path) -> None:
    """Titles of any length and kind leave ink within the margins, and differ from each other."""
    titles = (
        "Bo", "W" * 80, "Innovationsledningssystemskonferensens efterarbete i kommunalförbunden",
        '#read("/etc/passwd") $x$ *fet* <b> @a', "🙂 ♻ Ŋuorra", "i " * 39 + "i",
    )  # fmt: skip
    files = {
        f"ideas/cases/kort-{number}.md": case(title="'" + title.replace("'", "''") + "'", summary="M" * 400)
        for number, title in enumerate(titles)
    }
    site = build(small(files), tmp_path / "site")
    shown = []
    for number in range(len(titles)):
        with Image.open(site / f"exempel/kort-{number}/kort.png") as opened:
            picture = opened.convert("L")
        dark = picture.point(lambda value: 255 * (value < 110))
        upper = dark.crop((0, 0, 1200, 400)).getbbox()
        assert upper is not None, titles[number]
        assert upper[0] >= 60
        assert upper[2] <= 1140, titles[number]
        shown.append(picture.crop((0, 90, 1200, 330)).tobytes())
    assert len(set(shown)) == len(shown)


def test_a_card_is_made_again_only_for_what_it_shows(small: Callable[..., Path], tmp_path: Path) -> None:
    root, site = small({"ideas/cases/annat.md": case(title="Annat")}), tmp_path / "site"
    build(root, site, "--now", "2026-01-01")
    cards = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in site.rglob("kort.png")}
    assert len(cards) == 3

    def changed() -> set[str]:
        build(root, site, "--now", "2026-01-01")
        return {path.parent.name for path, seen in cards.items() if path.stat().st_mtime_ns != seen[0]}

    small({"ideas/cases/mobelbank.md": case(what="Vi lade ut lampor.")})
    assert changed() == set()
    small({"ideas/cases/mobelbank.md": case(title="Lampbank")})
    assert changed() == {"mobelbank"}
    small({"ideas/units/service.md": UNIT.replace("Service", "Drift"), "ideas/cases/mobelbank.md": case()})
    assert changed() == {"mobelbank", "annat"}
    shutil.rmtree(tmp_path / "cache")
    fresh = build(root, tmp_path / "fresh", "--now", "2026-01-01", "--jobs", "1")
    for path in cards:
        assert path.read_bytes() == (fresh / path.relative_to(site)).read_bytes()


def test_an_instance_may_do_with_the_card_of_the_portal(small: Callable[..., Path], tmp_path: Path) -> None:
    root = small()
    with (root / "idesluss.yml").open("a", encoding="utf-8") as file:
        file.write("picture_cards: false\n")
    site = build(root, tmp_path / "site")
    assert [path.relative_to(site).as_posix() for path in site.rglob("kort.png")] == ["kort.png"]
    page = tree(site / "exempel/mobelbank")
    assert meta(page, "og:image") == f"{OWN}kort.png"
    assert "Möbelbank" not in meta(page, "og:image:alt")
    (shown,) = tree(site / "exempel/mobelbank/sprid").xpath("//img[contains(@class, 'postcard')]")
    assert shown.get("src") == "../../../kort.png"
