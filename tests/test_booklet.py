"""The booklet of an event: an accessible PDF of data alone, the same bytes each time; what cannot be set is named."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from conftest import REPOSITORY, SETTINGS, GitInstance
from idesluss.booklet import structure
from idesluss.booklet.writers import WRITERS

Done = subprocess.CompletedProcess[str]
CASE = """\
---
title: {title}
summary: Hyllan minskade svinnet.
organisation: naset
type: solution
status: in_use
licence: CC-BY-4.0
themes: [klimat]
core: [Någon äger hyllan.]
effects:
  - {{measure: Svinn, baseline: 9 kilo, result: 4 kilo}}
{more}
---

## Vad

{what}

## Varför

För att mat slängdes.

## Hur

Vi ställde fram en hylla.
"""
UNIT = "---\ntitle: {title}\ntype: municipality\n---\n"
EVENT = """\
---
title: Mashup på näset
type: mashup
date: 2026-05-08
programme:
  - {{time: "09:00", title: Hyllan, cases: [hyllan]}}
booklet:
{booklet}
---

## Om

En dag.
"""
CONFIRMED = "last_confirmed: 2026-03"
PROGRAM = """
import os, time
real, later = time.time, int(os.environ["LATER"])
time.time = lambda: real() + later
from idesluss.cli import main
main()
"""
"""The command line at another time, for all that asks Python's clock."""
THEMES = f"{SETTINGS}  - {{id: klimat, title: Klimat}}\n"


def case(what: str = "En hylla.", title: str = "Hyllan", more: str = CONFIRMED) -> str:
    return CASE.format(what=what, title=title, more=more)


def event(*lines: str) -> str:
    return EVENT.format(booklet="\n".join(f"  {line}" for line in lines))


def stocked(git_instance: GitInstance) -> GitInstance:
    """An instance with an event whose booklet has one example."""
    git_instance.commit(
        {
            "idesluss.yml": THEMES,
            "ideas/units/naset.md": UNIT.format(title="Näset"),
            "ideas/cases/hyllan.md": case(),
            "ideas/events/mashup.md": event("cases: [hyllan]"),
        },
        "2026-04-01",
    )
    return git_instance


@pytest.fixture
def shelf(git_instance: GitInstance) -> GitInstance:
    return stocked(git_instance)


@pytest.fixture
def book(cli: Callable[..., Done], tmp_path: Path) -> Callable[..., tuple[Done, Path]]:
    """Run `booklet COMMAND` on an instance, and give what it said and the folder with its files."""

    def run(root: Path, *arguments: str, command: str = "make", about: str = "mashup") -> tuple[Done, Path]:
        out = tmp_path / "out"
        shutil.rmtree(out, ignore_errors=True)
        rest = () if command == "check" else ("--out", str(out))
        return cli("booklet", command, about, *rest, *arguments, root=root), out

    return run


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The books of the worked example: A4 and A5."""
    out = tmp_path_factory.mktemp("books")
    for paper in ("a4", "a5"):
        command = [sys.executable, "-m", "idesluss", "--root", str(REPOSITORY), "booklet", "make", "mashup-2027"]
        done = subprocess.run(
            [*command, "--paper", paper, "--out", str(out)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert not done.stdout
    return out


def words(place: Path) -> str:
    """All text of a PDF with single spaces; where a word was broken is no part of it."""
    with pypdfium2.PdfDocument(place) as document:
        text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return " ".join(re.sub("[\ufffe\u200b\u00ad]\\s*|(?<=\\w)-\\s*\\r?\\n(?=\\w)", "", text).split())


def elements(node: object) -> Iterator[pikepdf.Object]:
    assert isinstance(node, pikepdf.Dictionary)
    children = node.get("/K", pikepdf.Array())
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from elements(child)


@pytest.mark.parametrize("name", ["mashup-2027.pdf", "mashup-2027-a5.pdf"])
def test_the_structure_tells_those_who_do_not_see_it(example: Path, name: str) -> None:
    """Judged here anew, by other code than the program's own."""
    with pikepdf.open(example / name) as document:
        assert document.Root.Lang == "sv"
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        meta = document.Root.Metadata.read_bytes().decode()
        assert "<pdfuaid:part>1<" in meta
        assert "<pdfaid:part>2<" in meta
        assert "<pdfaid:conformance>A<" in meta
        found = list(elements(document.Root.StructTreeRoot))
        of = {kind: [one for one in found if str(one.S) == kind] for kind in ("/TH", "/Link", "/Figure", "/Table")}
        assert all(map(len, of.values()))
        scopes = [one.A if isinstance(one.A, pikepdf.Array) else [one.A] for one in of["/TH"]]
        said = [next((str(held.Scope) for held in held_by if "/Scope" in held), "") for held_by in scopes]
        assert set(said) == {"/Column", "/Row"}
        assert all(str(one.Alt).strip() for one in of["/Figure"])
        notes = [note for page in document.pages for note in page.get("/Annots", ()) if note.Subtype == "/Link"]
        assert len(notes) >= len(of["/Link"])
        assert all(str(note.Contents).strip() for note in notes)
        levels = [int(str(one.S)[2]) for one in found if re.fullmatch("/H[1-6]", str(one.S))]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        with document.open_outline() as outline:
            assert "Fuktgivare som varnar i tid" in [item.title for item in outline.root]
        for page in document.pages:
            fonts: Any = page.Resources.get("/Font", {})
            assert all("/DescendantFonts" in font for font in fonts.values())
    with pikepdf.open(example / name) as document:
        assert not document.check_pdf_syntax()


@pytest.mark.parametrize("name", ["mashup-2027.pdf", "mashup-2027-a5.pdf"])
def test_every_code_leads_to_the_address_beside_it(example: Path, name: str) -> None:
    seen = []
    with pypdfium2.PdfDocument(example / name) as document:
        for page in document:
            text = re.sub("[\x02\ufffe]", "-", "".join(page.get_textpage().get_text_bounded().split()))
            for code in zxingcpp.read_barcodes(page.render(scale=3).to_pil()):
                assert code.text.startswith("https://idesluss.example/exempel/")
                assert code.text.removeprefix("https://").removesuffix("/") in text
                seen.append(code.text)
    assert len(seen) == len(set(seen)) == 12


def test_each_example_begins_on_a_left_page_and_keeps_to_its_opening(example: Path) -> None:
    manifest = json.loads((example / "mashup-2027.json").read_text("utf-8"))
    with pikepdf.open(example / "mashup-2027.pdf") as document:
        numbers: Any = {page.objgen: number for number, page in enumerate(document.pages, 1)}
        places = pikepdf.NameTree(document.Root.Names.Dests)
        starts = [numbers[places[f"case-{one['id']}"][0].objgen] for one in manifest["cases"]]
    assert starts == list(range(starts[0], starts[0] + 24, 2))
    assert starts[0] % 2 == 0


def test_what_stands_in_the_files_stands_in_the_book(example: Path) -> None:
    said = words(example / "mashup-2027.pdf")
    for piece in (
        "Det här är tolv exempel från två kommuner.", "Innehåll", "Program", "Behov och exempel", "Efter kommun",
        "Efter tema", "Organisationer", "Måste vara kvar", "Larmet blir ett ärende hos den som kan göra något.",
        "Driftcentralen, drift.fastigheter@exempelstad.example", "Bild: Exempelstads kommun, CC BY 4.0",
    ):  # fmt: skip
        assert piece in said
    assert "Utkast" not in said
    assert "UTKAST" not in said


def test_the_manifest_tells_what_decides_the_bytes(example: Path) -> None:
    told = json.loads((example / "mashup-2027.json").read_text("utf-8"))
    for one in told["books"]:
        assert one["sha256"] == hashlib.sha256((example / one["file"]).read_bytes()).hexdigest()
        assert one["bytes"] == (example / one["file"]).stat().st_size
    assert [one["file"] for one in told["books"]] == ["mashup-2027.pdf"]
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert told["commit"] == head.stdout.strip()
    first = told["cases"][0]
    assert first["sha256"] == hashlib.sha256((REPOSITORY / first["path"]).read_bytes()).hexdigest()
    report = (example / "mashup-2027.txt").read_text("utf-8")
    assert "veraPDF" in report.partition("Inte kontrollerat:")[2]
    assert "Inga fel hittades." in report


def test_a_book_that_makes_the_program_fail_does_not_stop_the_portal(
    shelf: GitInstance, cli: Callable[..., Done], tmp_path: Path
) -> None:
    shelf.commit({"templates/typeset/fonts/trasigt.ttf": b"\0\1\0\0\0\xff"}, "2026-04-02")
    done = cli("build", "--site", tmp_path / "site", root=shelf.root)
    assert "Traceback" not in done.stderr
    assert "[booklet-case]" in done.stdout
    assert list((tmp_path / "site").glob("*/mashup/index.html"))


def test_two_runs_elsewhere_and_at_another_time_are_equal(shelf: GitInstance, tmp_path: Path) -> None:
    other = tmp_path / "en annan mapp" / "å"
    shutil.copytree(shelf.root, other)
    made = []
    runs = ((shelf.root, "Pacific/Auckland", "C", "0"), (other, "America/Lima", "sv_SE.UTF-8", "200000000"))
    for root, zone, locale, later in runs:
        out = tmp_path / zone.replace("/", "-")
        command = [sys.executable, "-c", PROGRAM, "--root", str(root), "booklet", "make", "mashup", "--out", str(out)]
        environment = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": str(len(zone)), "LATER": later}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        made.append({path.name: path.read_bytes() for path in sorted(out.iterdir())})
    assert made[0] == made[1]
    assert set(made[0]) == {"mashup.pdf", "mashup.json", "mashup.txt"}
    assert b"2026-04-01T12:00:00" in made[0]["mashup.json"]


LITERAL = {
    "read": '#read("/etc/passwd")',
    "package": '#import "@preview/cetz:0.3.0": *',
    "markup": r"\#\{ \[\] \$x\$ @ref \<label\> // slut",
    "emoji": "Hej 👩‍🚒 🎉 ❤️ på er",
    "sami": "Sámi čđŋšŧž, ελληνικά, кириллица",
}
"""What is to stand in the book as it was written."""
BOUNDED = {
    "skipped": "#### För djup\n\nText",
    "empty-heading": "### \n\nText",
    "quotes": "> " * 60 + "djupt",
    "lists": "\n".join(f"{'  ' * depth}- nivå {depth}" for depth in range(40)),
    "endless": "W" * 20_000,
    "table": "|a|b|\n|-|-|\n|1|2|\n\n|c|\n|-|\n",
    "code": "```\n" + "x" * 3_000 + "\n```",
    "elsewhere": "![En bild](https://foreign.example/x.png)",
    "tasks": "- [ ] en\n- [x] två",
    "html": '<div align="center"><b>fet</b><br>rad</div><details><summary>Mer</summary>Dolt</details>',
    "footnote": "Text[^1]\n\n[^1]: Not",
    "ordered": "99999999. sist",
}
"""What is to be set, in bounds, with nothing said against it."""
NAMED = {"cjk": ("漢字", "漢 字"), "right to left": ("مرحبا", "م"), "thai": ("สวัสดี", "ส")}
"""What no font of ours has, and what the message shows of it."""


def test_where_no_example_is_left_a_draft_is_not_offered_as_the_way_out(
    shelf: GitInstance, book: Callable[..., tuple[Done, Path]]
) -> None:
    shelf.commit({"ideas/events/mashup.md": event("cases: [borta]")}, "2026-04-02")
    final, _ = book(shelf.root)
    assert "--draft" in final.stderr
    done, out = book(shelf.root, "--draft")
    assert done.returncode == 1
    assert "Rätta först det som står ovan" in done.stderr
    assert not out.exists()


@pytest.mark.parametrize(("what", "shown"), NAMED.values(), ids=NAMED.keys())
def test_what_no_font_has_is_named_and_harms_no_other(
    shelf: GitInstance, book: Callable[..., tuple[Done, Path]], what: str, shown: str
) -> None:
    """A final edition is refused; a draft has a marked page, and the other example is whole."""
    files = {
        "ideas/cases/hyllan.md": case(f"Rad ett.\n\nHej {what}"),
        "ideas/cases/korgen.md": case("En korg vid dörren.", "Korgen"),
        "ideas/events/mashup.md": event("cases: [hyllan, korgen]"),
    }
    shelf.commit(files, "2026-04-02")
    done, out = book(shelf.root)
    assert done.returncode == 1
    assert not out.exists()
    text = (shelf.root / "ideas/cases/hyllan.md").read_text("utf-8").split("\n")
    line = next(number for number, held in enumerate(text, 1) if what in held)
    assert f"ideas/cases/hyllan.md:{line}:5: fel: inget typsnitt har de här tecknen: {shown}" in done.stdout
    assert "korgen" not in done.stdout
    drafted, out = book(shelf.root, "--draft")
    assert drafted.returncode == 0
    said = words(out / "mashup-utkast.pdf")
    assert "Det här exemplet går inte att sätta" in said
    assert "En korg vid dörren." in said
    manifest = json.loads((out / "mashup-utkast.json").read_text("utf-8"))
    assert [one["set"] for one in manifest["cases"]] == [False, True]


def test_a_draft_is_marked_on_every_page_and_takes_what_nobody_confirmed(
    shelf: GitInstance, book: Callable[..., tuple[Done, Path]]
) -> None:
    shelf.commit({"ideas/cases/hyllan.md": case(more="")}, "2026-04-02")
    done, out = book(shelf.root)
    assert done.returncode == 1
    assert "ägaren har aldrig bekräftat det [booklet-case]" in done.stdout
    done, out = book(shelf.root, "--draft")
    assert done.returncode == 0
    with pypdfium2.PdfDocument(out / "mashup-utkast.pdf") as document:
        assert all("UTKAST" in page.get_textpage().get_text_bounded() for page in document)


def test_pictures_are_freed_and_links_are_not_followed(
    shelf: GitInstance, book: Callable[..., tuple[Done, Path]], tmp_path: Path
) -> None:
    """A linked picture is named and left out; one with a place in it never reaches the book."""
    secret = tmp_path / "secret.png"
    Image.new("RGB", (60, 40), "red").save(secret)
    media = shelf.root / "ideas" / "media"
    media.mkdir()
    (media / "lank.png").symlink_to(secret)
    picture = f"{CONFIRMED}\nimage: {{file: lank.png, alt: En hylla}}"
    shelf.commit({"ideas/cases/hyllan.md": case(more=picture)}, "2026-04-02")
    done, out = book(shelf.root)
    assert done.returncode == 0
    assert "bilden lank.png kan inte visas [booklet-case]" in done.stdout
    with pikepdf.open(out / "mashup.pdf") as document:
        assert not [one for page in document.pages for one in page.get_images()]


def chosen(out: Path) -> list[str]:
    return [one["id"] for one in json.loads((out / "mashup.json").read_text("utf-8"))["cases"]]


def test_examples_are_chosen_and_sorted(shelf: GitInstance, book: Callable[..., tuple[Done, Path]]) -> None:
    other = case(title="Åkern").replace("naset", "asen").replace("[klimat]", "[skola]")
    files = {
        "ideas/units/asen.md": UNIT.format(title="Åsen"),
        "ideas/units/skolan.md": UNIT.format(title="Äppelskolan")
        .replace("title", "part_of: naset\ntitle")
        .replace("municipality", "unit"),
        "ideas/cases/akern.md": other,
        "ideas/cases/zebran.md": case(title="Zebran", more=f"{CONFIRMED}\ngoals: [mindre-svinn]").replace(
            "naset", "skolan"
        ),
        "ideas/cases/ode.md": case("Ett ord: slussvakt.", more="").replace("[klimat]", "[]"),
        "ideas/goals/mindre-svinn.md": "---\ntitle: Mindre svinn\nlevel: strategy\n---\n",
    }
    shelf.commit(files, "2026-04-02")
    for lines, expected in (
        (("from_themes: [klimat]",), ["hyllan", "zebran"]),
        (("from_units: [naset]",), ["hyllan", "zebran"]),
        (("from_search: hylla svinnet",), ["akern", "hyllan", "zebran"]),
        (("from_goals: [mindre-svinn]",), ["zebran"]),
        (("from_themes: [skola]", "cases: [zebran]", "order: own"), ["zebran", "akern"]),
        (("cases: [akern, zebran, hyllan]", "order: programme"), ["hyllan", "akern", "zebran"]),
        (("cases: [akern, zebran, hyllan]", "order: municipality"), ["hyllan", "zebran", "akern"]),
        (("cases: [zebran, akern, hyllan]", "order: organisation"), ["hyllan", "akern", "zebran"]),
        (("cases: [akern, zebran, hyllan]", "order: theme"), ["hyllan", "zebran", "akern"]),
    ):
        shelf.commit({"ideas/events/mashup.md": event(*lines)}, "2026-04-03")
        done, out = book(shelf.root)
        assert done.returncode == 0, done.stdout + done.stderr
        assert chosen(out) == expected, lines


def test_parts_and_contacts_can_be_left_out(shelf: GitInstance, book: Callable[..., tuple[Done, Path]]) -> None:
    contact = f"{CONFIRMED}\ncontact: Vaktmästeriet"
    parts = {"challenges": "Utmanande.", "lessons": "Lärorikt.", "adoption": "Efterföljansvärt."}
    more = "\n## Utmaningar\n\nUtmanande.\n\n## Lärdomar\n\nLärorikt.\n\n## Så tar ni över\n\nEfterföljansvärt.\n"
    unit = UNIT.format(title="Näset").replace("type", "contact: Receptionen\ntype")
    shelf.commit({"ideas/cases/hyllan.md": case(more=contact) + more, "ideas/units/naset.md": unit}, "2026-04-02")
    shown = {
        "Vaktmästeriet",
        "Receptionen",
        "Måste",
        "Program",
        "mättes",
        "Självrapporterat.",
        "Kostnad",
        *parts.values(),
    }
    _, out = book(shelf.root)
    assert shown <= set(words(out / "mashup.pdf").split())
    left_out = ", ".join(("core", "programme", "effects", "sources", "figures", *parts))
    less = event("cases: [hyllan]", "contacts: false", f"leave_out: [{left_out}]", "title: Hyllboken")
    (shelf.root / "ideas/events/mashup.md").write_text(less, "utf-8")
    _, out = book(shelf.root)
    said = words(out / "mashup.pdf")
    assert not shown & set(said.split())
    assert "ändringar som inte är sparade i git" in said, "it was left out in the file only"
    assert "Hyllboken" in said


def test_an_example_that_the_public_may_not_see_stays_out(
    shelf: GitInstance, book: Callable[..., tuple[Done, Path]]
) -> None:
    settings = THEMES.replace("repository: public", "repository: private")
    assert settings != THEMES
    hidden = case(more=f"{CONFIRMED}\nvisibility: internal")
    shelf.commit({"idesluss.yml": settings, "ideas/cases/hyllan.md": hidden}, "2026-04-02")
    done, out = book(shelf.root)
    assert done.returncode == 1
    assert "ideas/events/mashup.md:8:11: fel: det finns inget exempel ”hyllan” för häftets läsare" in done.stdout
    done, out = book(shelf.root, "--audience", "internal")
    assert done.returncode == 0, done.stdout
    assert "Internt: här kan stå sådant som inte är offentligt." in words(out / "mashup.pdf")


def test_check_makes_nothing_and_names_what_does_not_fit(
    shelf: GitInstance, book: Callable[..., tuple[Done, Path]]
) -> None:
    done, _ = book(shelf.root, command="check")
    assert done.returncode == 0
    assert re.search(r"Allt ryms: \d+ sidor\.", done.stdout)
    shelf.commit({"ideas/cases/hyllan.md": case("\n\n".join(["Orden är många. " * 40] * 12))}, "2026-04-02")
    done, _ = book(shelf.root, command="check")
    assert done.returncode == 0
    assert "ideas/cases/hyllan.md:1:1: varning: det behöver mer än 2 sidor [booklet-case]" in done.stdout
    assert not (shelf.root / "booklets").exists()


def test_preview_shows_the_pages_of_one_example(shelf: GitInstance, book: Callable[..., tuple[Done, Path]]) -> None:
    done, out = book(shelf.root, command="preview", about="hyllan")
    assert done.returncode == 0, done.stderr
    (page,) = sorted(out.iterdir())
    assert page.name == "hyllan-1.png"
    with Image.open(page) as picture:
        assert picture.height > picture.width > 800
        codes = zxingcpp.read_barcodes(picture)
    assert [code.text for code in codes] == ["https://idesluss.example/exempel/hyllan/"]
    done, _ = book(shelf.root, command="preview", about="hylan")
    assert done.returncode == 2
    assert "Menade du hyllan?" in done.stderr


def test_the_book_speaks_the_language_that_is_asked_for(
    shelf: GitInstance, book: Callable[..., tuple[Done, Path]]
) -> None:
    _, out = book(shelf.root, "--lang", "en")
    assert {"Contents", "Measured"} <= set(words(out / "mashup.pdf").split())
    with pikepdf.open(out / "mashup.pdf") as document:
        assert document.Root.Lang == "en"
        assert any(str(one.get("/Lang", "")) == "sv" for one in elements(document.Root.StructTreeRoot))


def test_the_portal_offers_the_book_of_the_newest_event(
    shelf: GitInstance, book: Callable[..., tuple[Done, Path]], cli: Callable[..., Done], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """The same bytes as by hand; nothing of it is made again where nothing has changed."""
    monkeypatch.setenv("IDESLUSS_CACHE", str(tmp_path / "cache"))
    older = event("cases: [hyllan]").replace("2026-05-08", "2025-05-08")
    shelf.commit({"ideas/events/forra.md": older}, "2026-04-02")
    site = tmp_path / "site"
    done = cli("build", "--site", site, root=shelf.root)
    assert done.returncode == 0, done.stdout + done.stderr
    _, out = book(shelf.root, "--format", ",".join(WRITERS))
    for path in out.iterdir():
        assert (site / "evenemang" / "mashup" / path.name).read_bytes() == path.read_bytes()
    page = (site / "evenemang" / "mashup" / "index.html").read_text("utf-8")
    assert '<a class="btn quiet" href="mashup.pdf" download>Hämta häftet</a>' in page
    assert "PDF, 0,1 MB, taggad för skärmläsare" in page
    assert '<a href="mashup.epub" download>EPUB för telefon och läsplatta</a> (0,' in page
    assert '<a href="mashup.html">webbsida i en fil</a> (0,' in page
    assert not list((site / "evenemang" / "forra").glob("*.pdf"))
    (kept,) = (tmp_path / "cache").rglob("booklet-public*")
    before = kept.stat().st_mtime_ns
    assert cli("build", "--site", site, root=shelf.root).returncode == 0
    assert kept.stat().st_mtime_ns == before
    shelf.commit({"ideas/cases/hyllan.md": case("En lägre hylla.")}, "2026-04-03")
    assert cli("build", "--site", site, root=shelf.root).returncode == 0
    assert "En lägre hylla." in words(site / "evenemang" / "mashup" / "mashup.pdf")


def test_a_book_that_cannot_be_made_never_stops_the_portal(
    shelf: GitInstance, cli: Callable[..., Done], tmp_path: Path
) -> None:
    shelf.commit({"ideas/cases/hyllan.md": case("Hej 漢字")}, "2026-04-02")
    done = cli("build", "--site", tmp_path / "site", root=shelf.root)
    assert done.returncode == 0
    assert "varning: inget typsnitt har de här tecknen: 漢 字 [booklet-case]" in done.stdout
    event_page = tmp_path / "site" / "evenemang" / "mashup"
    assert "Hämta häftet" not in (event_page / "index.html").read_text("utf-8")
    assert not (event_page / "mashup.pdf").exists()


def test_a_portal_without_booklets_knows_nothing_of_them(shelf: GitInstance, tmp_path: Path) -> None:
    shelf.commit({"ideas/events/mashup.md": event("cases: []").replace("booklet:\n  cases: []\n", "")}, "2026-04-02")
    program = """
import sys
from pathlib import Path
from idesluss.build import build
assert build(Path(sys.argv[1]), site=Path(sys.argv[2])).published
print(sorted({"pikepdf", "multiprocessing.spawn", "idesluss.booklet.making"} & sys.modules.keys()))
"""
    command = [sys.executable, "-c", program, str(shelf.root), str(tmp_path / "site")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stderr


DAYS = """programme:
  - {time: "09:00", title: Hyllan, cases: [hyllan], presenter_role: Vaktmästare, length: 45, day: 2026-05-08}
  - {time: "10:00", title: Samtal, day: 2026-05-08}
  - {time: "09:30", title: Avslut, day: 2026-05-09}
"""


def of_two_days() -> str:
    told = event("cases: [hyllan]")
    return told[: told.index("programme:")] + DAYS + told[told.index("booklet:") :]


def test_the_programme_has_a_page_for_each_day(shelf: GitInstance, book: Callable[..., tuple[Done, Path]]) -> None:
    shelf.commit({"ideas/events/mashup.md": of_two_days()}, "2026-04-02")
    done, out = book(shelf.root, command="programme")
    assert done.returncode == 0, done.stdout + done.stderr
    with pypdfium2.PdfDocument(out / "mashup-programme.pdf") as document:
        first, second = (page.get_textpage().get_text_bounded() for page in document)
        codes = [code.text for page in document for code in zxingcpp.read_barcodes(page.render(scale=2).to_pil())]
    assert "8 maj 2026" in first
    assert {"09:00", "10:00", "Vaktmästare"} <= set(first.split())
    assert "9 maj 2026" in second
    assert "Avslut" in second
    assert codes == ["https://idesluss.example/evenemang/mashup/"] * 2
    with pikepdf.open(out / "mashup-programme.pdf") as document:
        heads = [one for one in elements(document.Root.StructTreeRoot) if str(one.S) == "/TH"]
        assert len(heads) == 6


@pytest.mark.parametrize("said", [", day: 2026-05-08", ""], ids=["the day is said", "it is the event's"])
def test_each_item_has_a_card(shelf: GitInstance, book: Callable[..., tuple[Done, Path]], said: str) -> None:
    file = of_two_days().replace("title: Samtal, day: 2026-05-08", f"title: Samtal{said}")
    hard = case() + "\n## Utmaningar\n\nDet var *inte **lätt*** att\\\nfå [Näset](../units/naset.md) med sig.\n\nMer.\n"
    shelf.commit({"ideas/events/mashup.md": file, "ideas/cases/hyllan.md": hard}, "2026-04-02")
    done, out = book(shelf.root, command="cards")
    assert done.returncode == 0, done.stdout + done.stderr
    with pypdfium2.PdfDocument(out / "mashup-cards.pdf") as document:
        first, second, third = (" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
        assert [round(page.get_width()) for page in document] == [420] * 3
    for piece in (
        "09:00–09:45",
        "Vaktmästare",
        "Hyllan minskade svinnet.",
        "från 9 kilo till 4 kilo",
        "Det var inte lätt att få Näset med sig.",
        "10:00 Samtal",
    ):
        assert piece in first
    assert "Mer." not in first
    assert re.search(r"Sedan: 9 maj 2026 \d\d:\d\d Avslut", second)
    assert "9 maj 2026" in third
    assert "Sist på programmet" in third


def test_a_card_tells_all_words_of_what_was_hard(shelf: GitInstance, book: Callable[..., tuple[Done, Path]]) -> None:
    """Those too that are stressed or a link, without which it may say the contrary."""
    hard = "\n\n## Utmaningar\n\nDet svåra var *inte* [hyllan](hyllan.md)[^1], **utan `schemat`**.\n\n[^1]: Not.\n"
    shelf.commit({"ideas/cases/hyllan.md": case() + hard}, "2026-04-02")
    done, out = book(shelf.root, command="cards")
    assert done.returncode == 0, done.stdout + done.stderr
    with pypdfium2.PdfDocument(out / "mashup-cards.pdf") as document:
        told = " ".join(document[0].get_textpage().get_text_bounded().split())
    assert "Det svåra var inte hyllan, utan schemat." in told


def test_an_example_that_the_readers_may_not_see_is_not_denied(
    shelf: GitInstance, book: Callable[..., tuple[Done, Path]]
) -> None:
    shelf.commit({"ideas/cases/senare.md": case(title="Senare", more="publish_from: 2099-01-01")}, "2026-04-02")
    done, _out = book(shelf.root, command="preview", about="senare")
    assert (done.returncode, "”senare” som läsarna får se" in done.stderr) == (2, True)
    assert "Mer tas med av --audience internal, --draft." in done.stderr


@pytest.mark.parametrize("command", ["programme", "cards"])
def test_without_a_programme_there_is_nothing_to_hang_up(
    shelf: GitInstance, book: Callable[..., tuple[Done, Path]], command: str
) -> None:
    told = event("cases: [hyllan]")
    bare = told[: told.index("programme:")] + told[told.index("booklet:") :]
    shelf.commit({"ideas/events/mashup.md": bare}, "2026-04-02")
    done, out = book(shelf.root, command=command)
    assert done.returncode == 1
    assert "evenemanget har inget program [booklet-case]" in done.stdout
    assert not out.exists()


@pytest.mark.parametrize(
    "title", ['#read("/etc/passwd")', "*fet* _kursiv_ $x^2$ <a> @b", "[](){}#{panic()} = rubrik", "👩‍🚒 č đ ŋ"]
)
def test_a_hostile_title_stands_as_it_was_written(
    shelf: GitInstance, book: Callable[..., tuple[Done, Path]], title: str
) -> None:
    """In the heading, in the contents, in the programme and in the index."""
    files = {"ideas/cases/hyllan.md": case(title=f"'{title}'"), "ideas/units/naset.md": UNIT.format(title=f"'{title}'")}
    shelf.commit(files, "2026-04-02")
    done, out = book(shelf.root)
    assert done.returncode == 0, done.stdout + done.stderr
    said = words(out / "mashup.pdf")
    assert "root:" not in said
    for piece in title.split():
        if piece.isascii() or piece.isalpha():
            assert said.replace("“", '"').replace("”", '"').count(piece) >= 4
    with pikepdf.open(out / "mashup.pdf") as document, document.open_outline() as outline:
        assert any(title.rsplit(maxsplit=1)[-1] in item.title for item in outline.root)


@pytest.mark.parametrize("picture", ["bomb.png", "svg.png", "gps.jpg", "saknas.png"])
def test_a_picture_that_must_not_be_shown_is_named(
    shelf: GitInstance, book: Callable[..., tuple[Done, Path]], picture: str
) -> None:
    media = shelf.root / "ideas" / "media"
    media.mkdir()
    Image.new("1", (30_000, 30_000)).save(media / "bomb.png")
    (media / "svg.png").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="https://foreign.example/"/></svg>'
    )
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (56.0, 2.0, 0.0), 3: "E", 4: (12.0, 42.0, 0.0)})
    Image.new("RGB", (60, 40), "white").save(media / "gps.jpg", exif=exif)
    shown = case(more=f"{CONFIRMED}\nimage: {{file: {picture}, alt: En hylla}}")
    shelf.commit(
        {"ideas/cases/hyllan.md": shown, "ideas/events/mashup.md": event("cases: [hyllan]", f"cover: {picture}")},
        "2026-04-02",
    )
    done, out = book(shelf.root)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(f"bilden {picture} kan inte visas [booklet-case]") == 2
    with pikepdf.open(out / "mashup.pdf") as document:
        assert not [one for page in document.pages for one in page.get_images()]


def test_a_control_character_closes_its_example_and_is_named(
    shelf: GitInstance, book: Callable[..., tuple[Done, Path]]
) -> None:
    shelf.commit({"ideas/cases/hyllan.md": case("bak\u202evänt \u0007")}, "2026-04-02")
    done, out = book(shelf.root)
    assert done.returncode == 1
    assert "det finns inget exempel ”hyllan” för häftets läsare" in done.stdout
    assert not out.exists()


def test_cover_logo_and_colours(shelf: GitInstance, book: Callable[..., tuple[Done, Path]]) -> None:
    media = shelf.root / "ideas" / "media"
    media.mkdir()
    Image.new("RGB", (900, 600), "navy").save(media / "omslag.png")
    look = ("cases: [hyllan]", "cover: omslag.png", "logo: omslag.png", "logo_alt: Näsets märke")
    shelf.commit({"ideas/events/mashup.md": event(*look, "colours: {deep: '#3a1d5c'}")}, "2026-04-02")
    done, out = book(shelf.root)
    assert done.returncode == 0, done.stderr
    assert "bilden saknar text för den som inte ser den" in done.stdout
    assert "skriv vad den visar i `cover_alt`" in done.stdout
    with pikepdf.open(out / "mashup.pdf") as document:
        alts = [str(one.Alt) for one in elements(document.Root.StructTreeRoot) if str(one.S) == "/Figure"]
    assert {"Näsets märke", "Mashup på näset"} <= set(alts)
    with pypdfium2.PdfDocument(out / "mashup.pdf") as document:
        assert document[0].render(scale=1).to_pil().getpixel((20, 20)) == (0x3A, 0x1D, 0x5C)
    shelf.commit(
        {"ideas/events/mashup.md": event(*look, "colours: {deep: '#ffee99', accent: '#7a7a7a'}")}, "2026-04-03"
    )
    done, out = book(shelf.root)
    assert done.returncode == 1
    for colour, contrast in (("#ffee99", "1.2"), ("#7a7a7a", "4.3")):
        assert f"vitt och {colour} är för lika: kontrasten är {contrast} till 1" in done.stdout


def test_a_theme_that_does_not_exist_is_named(shelf: GitInstance, book: Callable[..., tuple[Done, Path]]) -> None:
    shelf.commit({"ideas/events/mashup.md": event("cases: [hyllan]", "from_themes: [skola, klimt]")}, "2026-04-02")
    done, out = book(shelf.root)
    assert done.returncode == 1
    assert "ideas/events/mashup.md:9:24: fel: det finns inget tema klimt [booklet-case]" in done.stdout
    assert not out.exists()


def spoilt(document: bytes, spoil: Callable[[Any, list[Any]], None]) -> tuple[str, ...]:
    """What the program's own check says of a book in which something was spoilt."""
    out = BytesIO()
    with pikepdf.open(BytesIO(document)) as opened:
        spoil(opened, list(elements(opened.Root.StructTreeRoot)))
        opened.save(out)
    return tuple(fault.msgid for fault in structure.seen(out.getvalue()).faults)


def first(found: list[Any], kind: str) -> Any:
    return next(one for one in found if str(one.S) == kind)


def no_language(opened: Any, _found: list[Any]) -> None:
    del opened.Root.Lang


def no_alt(_opened: Any, found: list[Any]) -> None:
    del first(found, "/Figure").Alt


def no_scope(_opened: Any, found: list[Any]) -> None:
    del first(found, "/TH").A


def no_head(_opened: Any, found: list[Any]) -> None:
    for one in found:
        one.S = pikepdf.Name.TD if str(one.S) == "/TH" else one.S


def a_gap(_opened: Any, found: list[Any]) -> None:
    first(found, "/H2").S = pikepdf.Name.H4


def no_link_text(_opened: Any, found: list[Any]) -> None:
    link = first(found, "/Link")
    link.K = pikepdf.Array([one for one in link.K if isinstance(one, pikepdf.Dictionary) and "/Obj" in one])


def untagged(opened: Any, _found: list[Any]) -> None:
    opened.pages[1].contents_add(b"0 0 10 10 re f")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (no_language, "the file does not say its language"),
        (no_alt, "a picture has no text for those who do not see it"),
        (no_scope, "the head of a table does not say what it is the head of"),
        (no_head, "a table has no head"),
        (a_gap, "a heading of level {level} stands below one of level {above}"),
        (no_link_text, "a link has no text"),
        (untagged, "on page {page}, something is neither tagged nor marked as decoration"),
    ],
)
def test_the_check_of_the_finished_file_finds_what_is_spoilt(
    example: Path, spoil: Callable[[Any, list[Any]], None], said: str
) -> None:
    book = (example / "mashup-2027.pdf").read_bytes()
    assert structure.seen(book).faults == ()
    assert said in spoilt(book, spoil)
