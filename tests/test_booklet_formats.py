"""The book as EPUB and as one web page: what validators say, what it tells those who do not see it, what attacks it."""

from __future__ import annotations

import hashlib
import json
import os
import posixpath
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from zipfile import ZIP_STORED, ZipFile

import pytest
import zxingcpp
from lxml import etree, html
from PIL import Image

from conftest import REPOSITORY, GitInstance, write_files
from hostile import VECTORS
from idesluss import examine
from idesluss.booklet.chapters import chapter
from idesluss.booklet.contents import contents
from idesluss.booklet.edition import edition
from idesluss.booklet.pictures import code, code_of
from idesluss.booklet.tree import web_address
from idesluss.booklet.writers import WRITERS, writer
from idesluss.kinds.event import Event
from test_booklet import BOUNDED, CONFIRMED, LITERAL, PROGRAM, THEMES, UNIT, case, event, stocked
from test_portal_browser import AXE_TAGS, LISTEN, MODES, TOO_WIDE
from test_portal_html import grave_among

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

Done = subprocess.CompletedProcess[str]
FORMATS = "epub,html"
GRAVE = ("error", "warning")
XHTML, OPS = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/ops}"
NAMES = {
    "x": XHTML[1:-1],
    "o": "http://www.idpf.org/2007/opf",
    "d": "http://purl.org/dc/elements/1.1/",
}
STRICT = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


@pytest.fixture
def shelf(git_instance: GitInstance) -> GitInstance:
    return stocked(git_instance)


def make(root: Path, out: Path, *arguments: str, about: str = "mashup") -> Done:
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "idesluss", "--root", str(root), "booklet", "make", about, "--out", str(out)]
    return subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The worked example's book as EPUB and HTML."""
    out = tmp_path_factory.mktemp("books") / "out"
    done = make(REPOSITORY, out, "--format", FORMATS, about="mashup-2027")
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def held_in(book: Path) -> dict[str, bytes]:
    with ZipFile(book) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


def pages_of(book: Path) -> dict[str, Any]:
    """The XHTML pages of an EPUB by name, each read by a strict parser."""
    return {
        name: etree.fromstring(text, STRICT)
        for name, text in held_in(book).items()
        if name.endswith((".xhtml", ".opf"))
    }


def page_of(out: Path, name: str = "mashup") -> Any:
    """The tree of the book that is one page."""
    return html.document_fromstring((out / f"{name}.html").read_text("utf-8"))


def words_of(tree: Any) -> str:
    return " ".join("".join(tree.itertext()).split())


def chapter_in(out: Path, ending: str, id_: str = "hyllan", name: str = "mashup") -> Any:
    """The tree of one example."""
    if ending == "epub":
        return pages_of(out / f"{name}.epub")[f"EPUB/case-{id_}.xhtml"].find(f"{XHTML}body")
    return page_of(out, name).get_element_by_id(f"case-{id_}")


# ---- what validators say


def test_epubcheck_finds_nothing(example: Path, epubcheck: Callable[[Path], list[str]]) -> None:
    assert epubcheck(example / "mashup-2027.epub") == []


def test_epubcheck_would_find_a_fault(example: Path, tmp_path: Path, epubcheck: Callable[[Path], list[str]]) -> None:
    book = tmp_path / "broken.epub"
    book.write_bytes(spoilt(example, b"picture-001.jpg", b"picture-999.jpg"))
    assert any("picture-999.jpg" in told for told in epubcheck(book))


def test_ace_finds_nothing(example: Path, ace: Callable[[Path], list[str]]) -> None:
    assert ace(example / "mashup-2027.epub") == []


def test_ace_would_find_a_fault(example: Path, tmp_path: Path, ace: Callable[[Path], list[str]]) -> None:
    book = tmp_path / "mute.epub"
    book.write_bytes(spoilt(example, b' alt="', b' data-alt="'))
    assert any("image-alt" in told for told in ace(book))


def test_the_html_checker_finds_nothing(
    example: Path, serve_folder: Callable[[Path], str], vnu: Callable[[Sequence[str]], list[dict[str, Any]]]
) -> None:
    found = vnu([f"{serve_folder(example)}/mashup-2027.html"])
    assert not [message["type"] for message in found if message["type"] == "non-document-error"]
    assert not grave_among(found)


class Opened:
    """Opens files, each in a new window; `faults` gathers what a page asks for, says and runs."""

    def __init__(self, chromium: Browser) -> None:
        self.faults: dict[Page, list[str]] = {}
        self._chromium = chromium

    def __call__(self, place: Path, **options: Any) -> Page:
        page = self._chromium.new_context(**options).new_page()
        faults = self.faults[page] = []
        page.on("dialog", lambda dialog: refuse(dialog, faults))
        page.on(
            "console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda asked: None if own(asked.url, place) else faults.append(asked.url))
        page.add_init_script(LISTEN)
        page.goto(place.as_uri())
        return page


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Opened]:
    opener = Opened(chromium)
    yield opener
    for page in opener.faults:
        page.context.close()


def refuse(dialog: Dialog, faults: list[str]) -> None:
    faults.append(f"dialog: {dialog.message}")
    dialog.dismiss()


def own(url: str, place: Path) -> bool:
    return url.startswith("data:") or urlsplit(url).path == urlsplit(place.as_uri()).path


@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing_and_nothing_is_asked_for(example: Path, opened: Opened, axe_source: str, mode: str) -> None:
    page = opened(example / "mashup-2027.html", **MODES[mode])
    page.evaluate(axe_source)
    result = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", AXE_TAGS)
    assert len(result["passes"]) > 10
    assert [(one["id"], one["nodes"][0]["html"]) for one in result["violations"]] == []
    assert opened.faults[page] == []
    assert page.evaluate("window.policyFaults") == []
    assert page.evaluate("[...document.images].filter((one) => !one.naturalWidth).map((one) => one.alt)") == []
    assert page.evaluate("document.images.length") > 12
    assert page.evaluate("document.fonts.ready.then(() => [...document.fonts].some((one) => one.status === 'loaded'))")


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_line_is_wider_than_the_screen(example: Path, opened: Opened, width: int) -> None:
    page = opened(example / "mashup-2027.html", viewport={"width": width, "height": 800})
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_on_paper_every_code_leads_to_the_address_beside_it(example: Path, opened: Opened) -> None:
    page = opened(example / "mashup-2027.html", viewport={"width": 1000, "height": 1400}, device_scale_factor=3)
    codes = page.locator("article .code")
    assert not codes.first.is_visible()
    page.emulate_media(media="print")
    assert codes.count() == 12
    for number in range(12):
        with Image.open(BytesIO(codes.nth(number).screenshot())) as picture:
            (read,) = zxingcpp.read_barcodes(picture)
        beside = page.locator("article .more").nth(number).inner_text()
        assert read.text.removeprefix("https://").removesuffix("/") in beside.replace("\n", " ")


# ---- what the book is


def test_the_package_is_as_the_format_asks(example: Path) -> None:
    with ZipFile(example / "mashup-2027.epub") as pack:
        first, *others = pack.infolist()
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", ZIP_STORED, b"")
        assert pack.read("mimetype") == b"application/epub+zip"
        assert len({one.date_time for one in (first, *others)}) == 1
        assert [one.filename for one in others] == sorted(one.filename for one in others)
    pages = pages_of(example / "mashup-2027.epub")
    package = pages["EPUB/package.opf"]
    told: dict[str, list[str]] = {}
    for node in package.iterfind(".//o:meta", NAMES):
        told.setdefault(node.get("property"), []).append(node.text)
    assert told["schema:accessMode"] == ["textual", "visual"]
    assert told["schema:accessModeSufficient"] == ["textual"]
    assert {"alternativeText", "tableOfContents", "structuralNavigation"} <= set(told["schema:accessibilityFeature"])
    assert told["schema:accessibilityHazard"] == ["none"]
    assert told["schema:accessibilitySummary"][0].startswith("Alla bilder har text")
    assert "dcterms:conformsTo" not in told  # no person has tried it
    assert package.findtext(".//d:identifier", namespaces=NAMES).startswith("urn:uuid:")
    for name, value in (("title", "Mashup 2027: ta med något hem"), ("language", "sv"), ("rights", "CC BY 4.0"),
                        ("publisher", "Exempelstads kommun")):  # fmt: skip
        assert package.findtext(f".//d:{name}", namespaces=NAMES) == value
    assert {one.get("media-type") for one in package.iterfind(".//o:item", NAMES)} == {
        "application/xhtml+xml", "image/jpeg", "text/css", "font/woff2", "text/plain",
    }  # fmt: skip


def test_contents_and_landmarks_name_every_part_in_order(example: Path) -> None:
    pages = pages_of(example / "mashup-2027.epub")
    manifest = json.loads((example / "mashup-2027.json").read_text("utf-8"))
    contents, landmarks = pages["EPUB/nav.xhtml"].iterfind(f".//{XHTML}nav")
    assert contents.get(f"{OPS}type") == "toc"
    links = [(one.get("href"), words_of(one)) for one in contents.iter(f"{XHTML}a")]
    assert [href for href, _ in links if href.startswith("case-")] == [
        f"case-{one['id']}.xhtml" for one in manifest["cases"]
    ]
    assert [title for _, title in links[:2]] == ["Förord", "Program"]
    assert [title for _, title in links[-5:]] == [
        "Behov och exempel",
        "Efter kommun",
        "Efter tema",
        "Organisationer",
        "Om häftet",
    ]
    kinds = [one.get(f"{OPS}type") for one in landmarks.iter(f"{XHTML}a")]
    assert kinds == ["cover", "titlepage", "toc", "bodymatter", "index", "index"]
    spine = [one.get("idref") for one in pages["EPUB/package.opf"].iterfind(".//o:itemref", NAMES)]
    assert spine == ["cover.xhtml", "front.xhtml", "nav.xhtml", *(href for href, _ in links)]


def test_what_stands_in_the_files_stands_in_both(example: Path) -> None:
    epub = " ".join(words_of(page) for page in pages_of(example / "mashup-2027.epub").values())
    page = words_of(page_of(example, "mashup-2027").body)
    for said in (epub, page):
        for piece in (
            "Det här är tolv exempel från två kommuner.", "Behov och exempel", "Efter kommun", "Måste vara kvar",
            "Larmet blir ett ärende hos den som kan göra något.", "Kommundirektören", "från 2 av 14 till 11 av 14",
            "Driftcentralen, drift.fastigheter@exempelstad.example", "Bild: Exempelstads kommun, CC BY 4.0",
        ):  # fmt: skip
            assert piece in said
        assert "Typst" not in said
        assert "Utkast" not in said


def judged(pages: dict[str, Any], held: dict[str, bytes]) -> Iterator[str]:
    """What is wrong in pages, by other code than the program's own."""
    for name, page in pages.items():
        tags = [(etree.QName(node).localname, node) for node in page.iter(etree.Element)]
        levels = [int(tag[1]) for tag, _ in tags if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()]
        gaps = [after for before, after in pairwise(levels) if after > before + 1]
        if levels and (levels[0] != 1 or levels.count(1) != 1 or gaps):
            yield f"{name}: headings {levels}"
        ids = [node.get("id") for _, node in tags if node.get("id")]
        if len(ids) != len(set(ids)):
            yield f"{name}: an id twice"
        for tag, node in tags:
            if tag == "img" and not (node.get("alt") and node.get("width") and node.get("height")):
                yield f"{name}: {node.attrib}"
            if tag == "th" and node.get("scope") not in ("col", "row"):
                yield f"{name}: th {node.text}"
            for key in ("href", "src"):
                to = node.get(key) or ""
                if not to or urlsplit(to).scheme in ("http", "https", "mailto", "data"):
                    continue
                file, _, anchor = to.partition("#")
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(file))) if file else name
                if target not in held:
                    yield f"{name}: {to} leads nowhere"
                if anchor and f'id="{anchor}"'.encode() not in held[target]:
                    yield f"{name}: {to} has no place"


def test_every_link_leads_somewhere_and_headings_have_no_gaps(example: Path) -> None:
    held = held_in(example / "mashup-2027.epub")
    pages = pages_of(example / "mashup-2027.epub")
    assert {page.get("lang") for name, page in pages.items() if name.endswith("xhtml")} == {"sv"}
    assert list(judged(pages, held)) == []
    text = (example / "mashup-2027.html").read_bytes()
    page = page_of(example, "mashup-2027")
    assert list(judged({"one": page}, {"one": text})) == []
    assert sum(1 for one in page.iter("a") if one.get("href", "").startswith("#case-")) > 40


def test_pictures_are_jpeg_of_their_stated_size(example: Path) -> None:
    held = held_in(example / "mashup-2027.epub")
    for name, page in pages_of(example / "mashup-2027.epub").items():
        for node in page.iter(f"{XHTML}img"):
            with Image.open(BytesIO(held[f"EPUB/{node.get('src')}"])) as picture:
                assert picture.format == "JPEG", name
                assert picture.size == (int(node.get("width")), int(node.get("height")))
    with Image.open(BytesIO(held["EPUB/cover.jpg"])) as cover:
        assert cover.height > cover.width > 1000
        assert cover.getpixel((20, 20)) == pytest.approx((0x0F, 0x33, 0x46), abs=3)


def test_the_manifest_and_the_report_tell_of_every_file(shelf: GitInstance, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert make(shelf.root, out, "--format", "html,pdf", "--format", "epub").returncode == 0
    manifest = json.loads((out / "mashup.json").read_text("utf-8"))
    assert [one["file"] for one in manifest["books"]] == ["mashup.pdf", "mashup.epub", "mashup.html"]
    for one in manifest["books"]:
        book = (out / one["file"]).read_bytes()
        assert (one["sha256"], one["bytes"]) == (hashlib.sha256(book).hexdigest(), len(book))
    assert {"idesluss", "typst", "jinja2", "zlib"} <= set(manifest["program"])
    report = (out / "mashup.txt").read_text("utf-8")
    assert [line for line in report.split("\n") if line.startswith("Tillgänglighet i")] == [
        f"Tillgänglighet i mashup.{ending}" for ending in ("pdf", "epub", "html")
    ]
    assert report.count("Inga fel hittades.") == 3


def test_a_format_that_does_not_exist_is_a_wrong_use(shelf: GitInstance, tmp_path: Path) -> None:
    done = make(shelf.root, tmp_path / "out", "--format", "epub,rtf")
    assert done.returncode == 2
    assert f"”rtf” är inget format. Formaten är: {', '.join(WRITERS)}" in done.stderr
    assert not (tmp_path / "out").exists()


def test_two_runs_elsewhere_and_at_another_time_are_equal(shelf: GitInstance, tmp_path: Path) -> None:
    media = shelf.root / "ideas" / "media"
    media.mkdir()
    Image.new("RGB", (900, 600), "navy").save(media / "omslag.png")
    shelf.commit(
        {"ideas/events/mashup.md": event("cases: [hyllan]", "cover: omslag.png", "cover_alt: Blått")}, "2026-04-02"
    )
    other = tmp_path / "en annan mapp" / "å"
    shutil.copytree(shelf.root, other)
    made = []
    runs = ((shelf.root, "Pacific/Auckland", "C", "0"), (other, "America/Lima", "sv_SE.UTF-8", "200000000"))
    for root, zone, locale, later in runs:
        out = tmp_path / zone.replace("/", "-")
        command = [sys.executable, "-c", PROGRAM, "--root", str(root), "booklet", "make", "mashup", "--out", str(out)]
        environment = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": str(len(zone)), "LATER": later}
        done = subprocess.run(
            [*command, "--format", FORMATS], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        made.append({path.name: path.read_bytes() for path in sorted(out.iterdir())})
    assert made[0] == made[1]
    assert set(made[0]) == {"mashup.epub", "mashup.html", "mashup.json", "mashup.txt"}
    with ZipFile(BytesIO(made[0]["mashup.epub"])) as pack:
        assert pack.getinfo("EPUB/package.opf").date_time == (2026, 4, 2, 12, 0, 0)


def test_each_edition_has_a_name_of_its_own(shelf: GitInstance, tmp_path: Path) -> None:
    names = []
    for arguments in ((), ("--lang", "en"), ("--draft",), ("--audience", "internal")):
        out = tmp_path / "out"
        assert make(shelf.root, out, "--format", "epub", *arguments).returncode == 0
        (book,) = out.glob("*.epub")
        names.append(pages_of(book)["EPUB/package.opf"].findtext(".//d:identifier", namespaces=NAMES))
    assert len(set(names)) == 4


# ---- what is odd, and what attacks


AS_WRITTEN = LITERAL | {"jinja": "{{ 7 * 7 }} {% raw %} {# x #}", "entities": "&amp;lt; ]]&gt; &amp;nbsp;"}
"""What is to stand in the book as it was written."""
ODD = BOUNDED | {
    "heading-first": "Text",
    "nested-links": '<a href="https://a.example/">en <a href="https://b.example/">två</a></a>',
}
"""What is to be told in bounds, with nothing said against it."""
TITLE = "<b>&amp;</b> 'x' \"y\" ]]> {{ 1 }}"


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One book of all that is odd: EPUB and HTML."""
    made = GitInstance(tmp_path_factory.mktemp("odd") / "instance")
    title = TITLE.replace("'", "''")
    texts = {name: case(what, title=f"'{title}'") for name, what in {**AS_WRITTEN, **ODD}.items()}
    texts["heading-first"] = texts["heading-first"].replace("## Vad\n", "### Före\n\nText\n\n## Vad\n")
    files: dict[str, str | bytes] = {f"ideas/cases/{name}.md": text.encode() for name, text in texts.items()}
    files |= {"idesluss.yml": THEMES, "ideas/units/naset.md": UNIT.format(title="Näset")}
    files["ideas/events/mashup.md"] = event("from_themes: [klimat]", f"foreword: '{title}'", f"committee: ['{title}']")
    write_files(made.root, files)
    made.git("init", "--quiet")
    made.commit({}, "2026-04-01")
    done = make(made.root, made.root.parent / "out", "--format", FORMATS)
    assert done.returncode == 0, done.stdout + done.stderr
    return made.root.parent / "out"


@pytest.mark.parametrize("ending", FORMATS.split(","))
@pytest.mark.parametrize("name", AS_WRITTEN)
def test_hostile_text_stands_as_it_was_written(odd: Path, name: str, ending: str) -> None:
    chapter = chapter_in(odd, ending, name)
    said = words_of(chapter).replace("“", '"').replace("”", '"')
    assert TITLE in said
    assert "root:" not in said
    for piece in unescape(AS_WRITTEN[name]).replace("\\", "").split():
        if piece.isascii() or piece.isalpha():
            assert piece in said
    assert not [one for one in chapter.iter("{*}b") if "&" in words_of(one)]


@pytest.mark.parametrize("ending", FORMATS.split(","))
@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_is_told_in_bounds(odd: Path, name: str, ending: str) -> None:
    said = words_of(chapter_in(odd, ending, name))
    assert "För att mat slängdes." in said
    assert "\u200b" not in said


def test_what_is_odd_makes_no_book_wrong(odd: Path, epubcheck: Callable[[Path], list[str]]) -> None:
    assert (odd / "mashup.txt").read_text("utf-8").count("Inga fel hittades.") == 2
    book = odd / "mashup.epub"
    assert list(judged(pages_of(book), held_in(book))) == []
    assert list(judged({"one": page_of(odd)}, {"one": (odd / "mashup.html").read_bytes()})) == []
    assert epubcheck(book) == []


LINKS = {
    "quotes": ('[x](<https://a.example/"onmouseover="b>)', "https://a.example/%22onmouseover=%22b"),
    "spaces": ("[x](<https://a.example/å b>)", "https://a.example/%C3%A5%20b"),
    "percent": ("[x](https://a.example/%zz)", "https://a.example/%25zz"),
    "port": ("[x](https://a.example:99999/)", None),
    "host": ("[x](https://a..example/)", None),
    "mail": ("[x](mailto:nobody)", None),
}


def test_every_attack_at_once(
    git_instance: GitInstance, tmp_path: Path, epubcheck: Callable[[Path], list[str]], opened: Opened
) -> None:
    """An example for each: the book is well formed, EPUBCheck finds nothing, and in the browser nothing runs."""
    pieces = {**VECTORS, **{f"link-to-{name}": markdown for name, (markdown, _) in LINKS.items()}}
    files: dict[str, str | bytes] = {
        "idesluss.yml": THEMES,
        "ideas/units/naset.md": UNIT.format(title="Näset"),
        "ideas/events/mashup.md": event("from_themes: [klimat]"),
    }
    for name, piece in pieces.items():
        text = case("Före.\n\nPIECE\n\nEfter.", title=f"Fall {name}")
        files[f"ideas/cases/{name}.md"] = text.replace("PIECE", piece).encode()
    git_instance.commit(files, "2026-04-01")
    done = make(git_instance.root, tmp_path / "out", "--format", FORMATS, "--draft")
    assert done.returncode == 0, done.stderr
    book = tmp_path / "out" / "mashup-utkast.epub"
    chapters = [name for name in held_in(book) if name.startswith("EPUB/case-")]
    assert len(chapters) > len(pieces) - 12
    assert list(judged(pages_of(book), held_in(book))) == []
    for name, (_, href) in LINKS.items():
        links = [
            one.get("href")
            for one in chapter_in(book.parent, "epub", f"link-to-{name}", "mashup-utkast").iter(f"{XHTML}a")
        ]
        assert [one for one in links if "idesluss.example" not in one] == ([href] if href else [])
    assert epubcheck(book) == []
    page = opened(book.with_suffix(".html"), viewport={"width": 390, "height": 800})
    page.wait_for_timeout(300)
    assert opened.faults[page] == []
    assert page.evaluate("document.querySelectorAll('article').length") == len(chapters)
    assert page.evaluate("document.querySelectorAll('script, iframe, object, embed, form, base').length") == 0
    assert page.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://a.example/x[1]#a#b", "https://a.example/x%5B1%5D#a%23b"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("https://åäö.example/å", "https://åäö.example/å"),
        ("mailto:a@b.example?subject=x y", "mailto:a@b.example?subject=x%20y"),
        ("https://", ""),
        ("https://[x/", ""),
        ("javascript:alert(1)", ""),
        ("//a.example/", ""),
    ],
)
def test_addresses_are_such_as_readers_take(href: str, expected: str) -> None:
    assert web_address(href) == expected


def test_what_no_font_has_is_one_edition_in_every_format(shelf: GitInstance, tmp_path: Path) -> None:
    """Refused in a final edition; in a draft a marked page, and the other example is whole."""
    files = {
        "ideas/cases/hyllan.md": case("Hej 漢字"),
        "ideas/cases/korgen.md": case("En korg vid dörren.", "Korgen"),
        "ideas/events/mashup.md": event("cases: [hyllan, korgen]"),
    }
    shelf.commit(files, "2026-04-02")
    out = tmp_path / "out"
    done = make(shelf.root, out, "--format", FORMATS)
    assert done.returncode == 1
    assert "inget typsnitt har de här tecknen: 漢 字" in done.stdout
    assert not out.exists()
    assert make(shelf.root, out, "--format", FORMATS, "--draft").returncode == 0
    for ending in FORMATS.split(","):
        name = "mashup-utkast"
        assert "Det här exemplet går inte att sätta" in words_of(chapter_in(out, ending, "hyllan", name))
        assert "Utkast" in words_of(chapter_in(out, ending, "hyllan", name))
        assert "En korg vid dörren." in words_of(chapter_in(out, ending, "korgen", name))
    pages = pages_of(out / "mashup-utkast.epub")
    cover = ("EPUB/cover.xhtml", "EPUB/nav.xhtml", "EPUB/package.opf")
    assert all("Utkast" in words_of(page) for name, page in pages.items() if name not in cover)
    assert pages["EPUB/package.opf"].findtext(".//d:title", namespaces=NAMES) == "Utkast till Mashup på näset"


def test_the_book_speaks_the_language_that_is_asked_for(
    shelf: GitInstance, tmp_path: Path, epubcheck: Callable[[Path], list[str]]
) -> None:
    out = tmp_path / "out"
    assert make(shelf.root, out, "--format", FORMATS, "--lang", "en").returncode == 0
    pages = pages_of(out / "mashup.epub")
    languages = [one.text for one in pages["EPUB/package.opf"].iterfind(".//d:language", NAMES)]
    assert languages == ["en", "sv"]
    section = pages["EPUB/case-hyllan.xhtml"].find(f".//{XHTML}section")
    assert section.get("lang") == section.get("{http://www.w3.org/XML/1998/namespace}lang") == "sv"
    heads = {words_of(one): one.get("lang") for one in section.iter(f"{XHTML}h2", f"{XHTML}thead")}
    assert (heads["What it gave"], heads["Vad"]) == ("en", None)
    contents = pages["EPUB/nav.xhtml"]
    assert words_of(contents.find(f".//{XHTML}h1")) == "Contents"
    assert [one.get("lang") for one in contents.iter(f"{XHTML}a") if words_of(one) == "Hyllan"] == ["sv"]
    page = page_of(out)
    assert page.get("lang") == "en"
    assert page.get_element_by_id("case-hyllan").get("lang") == "sv"
    assert {one.get("lang") for one in page.iter("a") if words_of(one) == "Hyllan"} >= {"sv"}
    assert epubcheck(out / "mashup.epub") == []


def test_pictures_in_the_text_lists_and_tables_are_told(shelf: GitInstance, tmp_path: Path) -> None:
    media = shelf.root / "ideas" / "media"
    media.mkdir()
    Image.new("RGBA", (60, 40), (0, 0, 0, 0)).save(media / "b.png")
    what = "![En genomskinlig bild](../media/b.png)\n\n1. ett\n   - *två*\n3. tre\n\n|a||\n|-|-|\n|1|`2`|\n\n> citat"
    shelf.commit({"ideas/cases/hyllan.md": case(what)}, "2026-04-02")
    done = make(shelf.root, tmp_path / "out", "--format", FORMATS)
    assert done.returncode == 0, done.stdout
    for ending in FORMATS.split(","):
        chapter = chapter_in(tmp_path / "out", ending)
        for node in chapter.iter(etree.Element):
            node.tag = etree.QName(node).localname
        assert [one.get("alt") for one in chapter.iterfind(".//figure/img")] == ["En genomskinlig bild"]
        assert [words_of(one) for one in chapter.iterfind(".//ol/li/ul/li/em")] == ["två"]
        assert [words_of(one) for one in chapter.iterfind(".//blockquote/p")] == ["citat"]
        assert [words_of(one) for one in chapter.iterfind(".//td/code")] == ["2"]
        heads = [[one.get("scope") for one in row.iter("th")] for row in chapter.iter("thead")]
        assert heads[0] == ["col"]


@pytest.mark.usefixtures("undisturbed")
def test_bars_are_drawn_where_the_data_has_them(
    shelf: GitInstance, tmp_path: Path, epubcheck: Callable[[Path], list[str]]
) -> None:
    catalogue = examine.examine(shelf.root).catalogue
    assert catalogue is not None
    found = catalogue.get("mashup")
    assert isinstance(found, Event)
    chosen = edition(catalogue.for_audience("public"), found, language="sv")
    one = chapter(chosen, chosen.cases[0], 1)
    one["effects"][0]["bars"] = {"before": 0.25, "after": 1.0, "whole": True, "alt": "Från en fjärdedel till allt."}
    one["notices"] = ["Får visas från juni."]
    data = contents(chosen, [one])
    codes = {code_of("hyllan"): code(one["address"])}
    for ending in FORMATS.split(","):
        written = writer(ending).write(chosen, data, codes)
        assert isinstance(written, bytes)
        (tmp_path / f"mashup.{ending}").write_bytes(written)
        told = chapter_in(tmp_path, ending)
        assert "Får visas från juni." in words_of(told)
        (drawing,) = told.iter("{*}svg")
        assert drawing.get("aria-hidden") == "true"
        assert [one.get("d") for one in drawing.iter("{*}path")][1:] == ["M0 0h50.0v7H0z", "M0 9h200.0v7H0z"]
    assert epubcheck(tmp_path / "mashup.epub") == []


@pytest.mark.parametrize("file", ["lank.png", "bomb.png"])
def test_a_picture_that_must_not_be_shown_stays_out(shelf: GitInstance, tmp_path: Path, file: str) -> None:
    media = shelf.root / "ideas" / "media"
    media.mkdir()
    Image.new("RGB", (60, 40), "red").save(tmp_path / "secret.png")
    (media / "lank.png").symlink_to(tmp_path / "secret.png")
    Image.new("1", (30_000, 30_000)).save(media / "bomb.png")
    shown = case(more=f"{CONFIRMED}\nimage: {{file: {file}, alt: En hylla}}")
    shelf.commit({"ideas/cases/hyllan.md": shown}, "2026-04-02")
    done = make(shelf.root, tmp_path / "out", "--format", FORMATS)
    assert f"bilden {file} kan inte visas [booklet-case]" in done.stdout
    assert [name for name in held_in(tmp_path / "out" / "mashup.epub") if name.endswith(".jpg")] == ["EPUB/cover.jpg"]
    assert "image/jpeg" not in (tmp_path / "out" / "mashup.html").read_text("utf-8")


def test_an_own_template_wins(shelf: GitInstance, tmp_path: Path) -> None:
    shelf.commit({"templates/booklet/epub.css": "body { margin: 7%; }"}, "2026-04-02")
    assert make(shelf.root, tmp_path / "out", "--format", "epub").returncode == 0
    assert held_in(tmp_path / "out" / "mashup.epub")["EPUB/book.css"] == b"body { margin: 7%; }\n"


# ---- the program's own check of the finished file


def spoilt(example: Path, old: bytes, new: bytes, within: str = ".xhtml") -> bytes:
    """The EPUB with a piece of its pages changed."""
    out, changed = BytesIO(), 0
    with ZipFile(example / "mashup-2027.epub") as pack, ZipFile(out, "w") as other:
        for one in pack.infolist():
            text = pack.read(one)
            if one.filename.endswith(within):
                changed += text.count(old)
                text = text.replace(old, new)
            other.writestr(one, text)
    assert changed
    return out.getvalue()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b' alt="', b' title="', "a picture has no text for those who do not see it"),
        (b' scope="col"', b"", "the head of a table does not say what it is the head of"),
        (b"<h2>", b"<h4>", "the file cannot be read back: {said}"),
        (b'href="case-telefonkedjan.xhtml"', b'href="case-borta.xhtml"', "the link {address} leads nowhere"),
        (b"nav.xhtml#toc", b"nav.xhtml#borta", "the link {address} leads nowhere"),
        (b'src="picture-001.jpg"', b'src="https://foreign.example/x.jpg"', "it would fetch {address}"),
        (b' lang="sv" xml:lang="sv"', b"", "the file does not say its language"),
        (b"</body>", b'<script src="x.js"/></body>', "something in it runs: <{tag}>"),
        (b'id="title"', b'id="x"><i id="x"/><i', "the file cannot be read back: {said}"),
        (b"</h1>", b'<b id="case-telefonkedjan"/></h1>', "the name {id} stands at several places"),
        (b"<h1", b"<h5>x</h5><h1", "a heading of level {level} stands below one of level {above}"),
        (b"<p>", b'<p><a href="nav.xhtml"></a>', "a link has no text"),
        (b"<title>", b"<title></title><title>", "the file has no title"),
    ],
)  # fmt: skip
def test_the_check_of_the_finished_book_finds_what_is_spoilt(example: Path, old: bytes, new: bytes, said: str) -> None:
    epub = writer("epub")
    assert epub.look((example / "mashup-2027.epub").read_bytes()).faults == ()
    assert said in {fault.msgid for fault in epub.look(spoilt(example, old, new)).faults}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"accessibilityHazard", b"hazard", "the metadata do not tell {name}"),
        (b"dc:language>", b"dc:lang>", "the metadata do not tell {name}"),
        (b'href="picture-001.jpg"', b'href="picture-9.jpg"', "the list of files and the files differ: {name}"),
    ],
)
def test_the_check_of_the_package_finds_what_is_spoilt(example: Path, old: bytes, new: bytes, said: str) -> None:
    assert said in {fault.msgid for fault in writer("epub").look(spoilt(example, old, new, ".opf")).faults}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"default-src ", b"default-src * ", "the page does not forbid what it does not need"),
        (b"<main>", b'<main><img src="//foreign.example/x.png" alt="x">', "it would fetch {address}"),
        (b'href="#case-telefonkedjan"', b'href="#borta"', "the link {address} leads nowhere"),
        (b"<main>", b'<main onclick="x()">', "something in it runs: <{tag}>"),
    ],
)
def test_the_check_of_the_finished_page_finds_what_is_spoilt(example: Path, old: bytes, new: bytes, said: str) -> None:
    text = (example / "mashup-2027.html").read_bytes()
    page = writer("html")
    assert page.look(text).faults == ()
    assert old in text
    assert said in {fault.msgid for fault in page.look(text.replace(old, new)).faults}
