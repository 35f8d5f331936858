"""The book as a document for Word: what validators say, what it tells those who do not see it, and what attacks it."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx_integrity
import pytest
import zxingcpp
from docx import Document
from lxml import etree
from openxml_audit import OpenXmlValidator
from PIL import Image

from conftest import REPOSITORY, GitInstance
from hostile import VECTORS
from idesluss.booklet.writers import writer
from test_booklet import BOUNDED, CONFIRMED, LITERAL, NAMED, PROGRAM, THEMES, case, event, stocked

Done = subprocess.CompletedProcess[str]
Book = Callable[..., tuple[Done, Path]]
NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "d": "http://schemas.microsoft.com/office/drawing/2017/decorative",
}
W, R = f"{{{NAMES['w']}}}", f"{{{NAMES['r']}}}"
FONTS = REPOSITORY / "templates" / "typeset" / "fonts"


def make(root: Path, out: Path, *arguments: str, about: str = "mashup", before: tuple[str, ...] = ()) -> Done:
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "idesluss", "--root", str(root), *before, "booklet", "make", about]
    rest = ["--format", "docx", "--out", str(out), *arguments]
    return subprocess.run([*command, *rest], capture_output=True, text=True, check=False)


@pytest.fixture
def shelf(git_instance: GitInstance) -> GitInstance:
    return stocked(git_instance)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Make the book of an instance, and give what was said and the document's place."""

    def run(root: Path, *arguments: str, name: str = "mashup", **told: Any) -> tuple[Done, Path]:
        done = make(root, tmp_path / "out", *arguments, **told)
        return done, tmp_path / "out" / f"{name}.docx"

    return run


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents of the worked example: A4 and A5."""
    out = tmp_path_factory.mktemp("books")
    for paper in ("a4", "a5"):
        done = make(REPOSITORY, out / paper, "--paper", paper, about="mashup-2027")
        assert done.returncode == 0, done.stdout + done.stderr
        assert not done.stdout
    shutil.copy(out / "a5" / "mashup-2027-a5.docx", out / "a4")
    return out / "a4"


BOTH = pytest.mark.parametrize("name", ["mashup-2027.docx", "mashup-2027-a5.docx"])


def find(node: Any, path: str) -> list[Any]:
    found: Any = etree.XPath(path, namespaces=NAMES)(node)
    return list(found)


def body(place: Path) -> Any:
    return Document(str(place)).element.body


def text_of(node: Any) -> str:
    """What is read: texts, with line breaks and places where a word may be parted."""
    marks = {f"{W}br": "\n", f"{W}tab": "\t", f"{W}softHyphen": "\u00ad"}
    return "".join(marks.get(one.tag, one.text or "") for one in node.iter(f"{W}t", *marks))


def words(place: Path) -> str:
    return " ".join(" ".join(text_of(one) for one in body(place).iter(f"{W}p")).split())


def style_of(paragraph: Any) -> str:
    return str(paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val"))


def headings(place: Path) -> list[tuple[int, str]]:
    """The headings by the names of their styles; that of the contents is one of the first level."""
    found = [(re.fullmatch(r"Heading(\d)|(TOCHeading)", style_of(one)), one) for one in body(place).iter(f"{W}p")]
    return [(int(match[1] or 1), text_of(one)) for match, one in found if match]


def chapter(place: Path, title: str = "Hyllan") -> list[Any]:
    """The paragraphs and tables of an example."""
    held = list(body(place))
    first = next(at for at, one in enumerate(held) if text_of(one) == title and style_of(one) == "Heading1")
    rest = [at for at in range(first + 1, len(held)) if held[at].tag == f"{W}p" and style_of(held[at]) == "Heading1"]
    return held[first : rest[0]]


def audited(place: Path) -> list[str]:
    """What both validators find, in words."""
    found = OpenXmlValidator().validate(str(place))
    return [str(one) for one in found.errors] + [str(one) for one in docx_integrity.check(str(place))]


def changed(place: Path, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The document with one part of it changed."""
    out = BytesIO()
    with ZipFile(place) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            held = old.read(name)
            if name == part:
                after = change(held)
                assert after != held
                held = after
            new.writestr(name, held)
    return out.getvalue()


# ---- what validators say


@BOTH
def test_validators_find_nothing(example: Path, name: str) -> None:
    assert audited(example / name) == []


def test_validators_would_find_a_fault(example: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(
        changed(
            example / "mashup-2027.docx",
            "word/document.xml",
            lambda xml: xml.replace(b"<w:tblGrid>", b"<w:grid>", 1).replace(b"</w:tblGrid>", b"</w:grid>", 1),
        )
    )
    assert OpenXmlValidator().validate(str(broken)).errors
    lost = tmp_path / "lost.docx"
    lost.write_bytes(
        changed(
            example / "mashup-2027.docx",
            "word/_rels/document.xml.rels",
            lambda xml: re.sub(b"<Relationship [^>]*image1[^>]*/>", b"", xml),
        )
    )
    assert docx_integrity.check(str(lost))


# ---- what it tells those who do not see it


@BOTH
def test_headings_have_no_gaps_and_one_for_each_part(example: Path, name: str) -> None:
    found = headings(example / name)
    assert all(after <= before + 1 for (before, _), (after, _) in pairwise([(0, ""), *found]))
    first = [title for level, title in found if level == 1]
    assert first[:4] == ["Om häftet", "Förord", "Program", "Innehåll"]
    assert first[-4:] == ["Behov och exempel", "Efter kommun", "Efter tema", "Organisationer"]
    assert len(first) == 4 + 12 + 4
    assert (2, "Måste vara kvar") in found


@BOTH
def test_each_picture_says_what_it_shows_or_that_it_is_decoration(example: Path, name: str) -> None:
    pictures = find(body(example / name), "//wp:docPr")
    decorative = [one for one in pictures if find(one, ".//d:decorative[@val='1']")]
    assert len(decorative) == 1
    alts = [one.get("descr") for one in pictures if one not in decorative]
    assert len(alts) == 25
    assert all(alt.strip() for alt in alts)
    assert "QR-kod till idesluss.example/exempel/fritidsbussen" in alts
    assert len({one.get("id") for one in pictures}) == len(pictures)


@BOTH
def test_each_table_has_a_head_that_is_repeated(example: Path, name: str) -> None:
    tables = find(body(example / name), "//w:tbl")
    assert len(tables) > 10
    for table in tables:
        first, *rest = find(table, "./w:tr")
        assert find(first, "./w:trPr/w:tblHeader")
        assert not any(find(row, "./w:trPr/w:tblHeader") for row in rest)
        assert all(text_of(cell).strip() for cell in find(first, "./w:tc"))
        assert find(table, "./w:tblPr/w:tblCaption/@w:val")
        assert find(table, "./w:tblPr/w:tblLook/@w:firstRow") == ["1"]


@BOTH
def test_language_and_properties_are_set(example: Path, name: str) -> None:
    document = Document(str(example / name))
    langs = {one.get(f"{W}val") for one in document.styles.element.iter(f"{W}lang")}
    assert langs == {"sv-SE"}
    core = document.core_properties
    assert (core.title, core.author, core.language) == ("Mashup 2027: ta med något hem", "Exempelstads kommun", "sv-SE")
    day = subprocess.run(
        ["git", "log", "-1", "--format=%cs"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    noon = datetime.datetime.combine(datetime.date.fromisoformat(day.stdout.strip()), datetime.time(12))
    assert {core.created.replace(tzinfo=None), core.modified.replace(tzinfo=None)} == {noon}


@BOTH
def test_every_code_leads_to_the_address_beside_it(example: Path, name: str) -> None:
    document = Document(str(example / name))
    seen = []
    for paragraph in document.element.body.iter(f"{W}p"):
        for image in find(paragraph, ".//wp:docPr[starts-with(@descr, 'QR-kod')]/ancestor::w:drawing//a:blip"):
            data = document.part.related_parts[image.get(f"{R}embed")].blob
            (code,) = zxingcpp.read_barcodes(Image.open(BytesIO(data)))
            (link,) = find(paragraph, "./w:hyperlink")
            assert code.text.removeprefix("https://").removesuffix("/") == text_of(link)
            assert document.part.rels[link.get(f"{R}id")].target_ref == code.text
            seen.append(code.text)
    assert len(seen) == len(set(seen)) == 12


@BOTH
def test_links_and_references_lead_to_what_is_there(example: Path, name: str) -> None:
    within = body(example / name)
    marks = {one.get(f"{W}name"): one for one in within.iter(f"{W}bookmarkStart")}
    assert len({one.get(f"{W}id") for one in marks.values()}) == len(marks)
    anchors = find(within, "//w:hyperlink/@w:anchor")
    assert len(anchors) > 60
    assert set(anchors) <= set(marks)
    commands = [one.text.split() for one in within.iter(f"{W}instrText")]
    assert {said[0] for said in commands} == {"TOC", "PAGEREF", "REF"}
    assert {said[1] for said in commands if said[0] != "TOC"} <= set(marks)
    assert len(find(within, "//w:fldChar[@w:fldCharType='begin']")) == len(commands)


def test_the_contents_stand_there_before_word_counts_anything(example: Path) -> None:
    """Every part with its number, and no page that would be wrong; nothing makes Word ask the reader to update."""
    place = example / "mashup-2027.docx"
    (contents,) = find(body(place), "//w:sdtContent")
    listed = [text_of(one).rstrip("\t") for one in find(contents, "./w:p[w:pPr/w:pStyle/@w:val='TOC1']")]
    expected = [title for level, title in headings(place) if level == 1 and title != "Innehåll"]
    assert [one.rpartition("\t")[2] for one in listed] == expected
    assert [one.partition("\t")[0] for one in listed if "\t" in one] == [str(number) for number in range(1, 13)]
    with ZipFile(place) as pack:
        settings, document = pack.read("word/settings.xml"), pack.read("word/document.xml")
    assert b"updateFields" not in settings
    assert b"w:dirty" not in document


def test_numbers_in_references_are_those_of_the_headings(example: Path) -> None:
    """The examples' headings are numbered by a list, in their order; what refers to them shows the same number."""
    within = body(example / "mashup-2027.docx")
    numbered = find(within, "//w:p[w:pPr/w:pStyle/@w:val='Heading1'][w:pPr/w:numPr]")
    names = [find(one, "./w:bookmarkStart/@w:name")[0] for one in numbered]
    assert len({str(find(one, "./w:pPr/w:numPr/w:numId/@w:val")) for one in numbered}) == 1
    referred = 0
    for paragraph in within.iter(f"{W}p"):
        for run in find(paragraph, "./w:r[starts-with(normalize-space(w:instrText), 'REF ')]"):
            name = find(run, "./w:instrText")[0].text.split()[1]
            shown = text_of(run.getnext().getnext())
            assert shown == str(names.index(name) + 1)
            referred += 1
    assert referred > 40


def test_what_stands_in_the_files_stands_in_the_book(example: Path) -> None:
    said = words(example / "mashup-2027.docx")
    for piece in (
        "Det här är tolv exempel från två kommuner.", "exempel 4", "Måste vara kvar", "Vad det gav",
        "Larmet blir ett ärende hos den som kan göra något.", "nått, augusti 2026", "CC BY 4.0",
        "Driftcentralen, drift.fastigheter@exempelstad.example", "Bild: Exempelstads kommun, CC BY 4.0",
    ):  # fmt: skip
        assert piece in said
    assert "Utkast" not in said
    assert "Typst" not in said


def testpages_of_ours_have_a_foot_with_their_number_and_the_cover_has_none(example: Path) -> None:
    document = Document(str(example / "mashup-2027.docx"))
    cover, before, after = document.sections
    assert text_of(cover.footer._element) == ""
    for section in (before, after):
        assert "PAGE" in " ".join(one.text for one in section.footer._element.iter(f"{W}instrText")).split()
    assert [one.header.is_linked_to_previous for one in document.sections] == [True] * 3
    small = Document(str(example / "mashup-2027-a5.docx")).sections[0]
    widths = [one.page_width.mm for one in (cover, small) if one.page_width]
    assert list(map(round, widths)) == [210, 148]


def test_the_fonts_are_in_the_file_as_they_are(example: Path) -> None:
    with ZipFile(example / "mashup-2027.docx") as pack:
        table = etree.fromstring(pack.read("word/fontTable.xml"))
        relations = etree.fromstring(pack.read("word/_rels/fontTable.xml.rels"))
        targets = {one.get("Id"): one.get("Target") for one in relations}
        for face in ("Regular", "Bold", "Italic", "BoldItalic"):
            (embedded,) = table.iter(f"{W}embed{face}")
            data = pack.read(f"word/{targets[embedded.get(f'{R}id')]}")
            key = uuid.UUID(embedded.get(f"{W}fontKey")).bytes[::-1] * 2
            first = bytes(one ^ other for one, other in zip(data[:32], key, strict=True))
            assert first + data[32:] == (FONTS / f"AtkinsonHyperlegibleNext-{face}.ttf").read_bytes()


def test_a_font_that_forbids_it_is_not_put_into_the_file(shelf: GitInstance, book: Book) -> None:
    name = "AtkinsonHyperlegibleNext-Bold.ttf"
    font = bytearray((FONTS / name).read_bytes())
    table = int.from_bytes(font[font.index(b"OS/2") + 8 :][:4])
    font[table + 8 : table + 10] = (2).to_bytes(2)
    own = shelf.root / "templates" / "typeset" / "fonts"
    own.mkdir(parents=True)
    (own / name).write_bytes(font)
    done, place = book(shelf.root)
    assert done.returncode == 0, done.stderr
    with ZipFile(place) as pack:
        table_of_fonts = etree.fromstring(pack.read("word/fontTable.xml"))
    faces = [etree.QName(one).localname for one in find(table_of_fonts, "./w:font/*[@r:id]")]
    assert faces == ["embedRegular", "embedItalic", "embedBoldItalic"]
    assert audited(place) == []


# ---- the same each time


def test_two_runs_elsewhere_and_at_another_time_are_equal(shelf: GitInstance, tmp_path: Path) -> None:
    media = shelf.root / "ideas" / "media"
    media.mkdir()
    Image.new("RGB", (900, 600), "navy").save(media / "hylla.png")
    shown = case(
        "1. ett\n2. två\n\n[länk](https://a.example/)", more=f"{CONFIRMED}\nimage: {{file: hylla.png, alt: Hylla}}"
    )
    shelf.commit({"ideas/cases/hyllan.md": shown}, "2026-04-02")
    other = tmp_path / "en annan mapp" / "å"
    shutil.copytree(shelf.root, other)
    made = []
    runs = ((shelf.root, "Pacific/Auckland", "C", "0"), (other, "America/Lima", "sv_SE.UTF-8", "200000000"))
    for root, zone, locale, later in runs:
        out = tmp_path / zone.replace("/", "-")
        command = [sys.executable, "-c", PROGRAM, "--root", str(root), "booklet", "make", "mashup", "--out", str(out)]
        environment = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": str(len(zone)), "LATER": later}
        done = subprocess.run(
            [*command, "--format", "docx"], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        made.append({path.name: path.read_bytes() for path in sorted(out.iterdir())})
    assert made[0] == made[1]
    assert set(made[0]) == {"mashup.docx", "mashup.json", "mashup.txt"}
    with ZipFile(BytesIO(made[0]["mashup.docx"])) as pack:
        assert {one.date_time[:3] for one in pack.infolist()} == {(2026, 4, 2)}
        assert pack.namelist()[0] == "[Content_Types].xml"


# ---- what attacks it


def allowed(place: Path) -> None:
    """Nothing is asked for but to be read: addresses that are visited, our own fields, no other files, no programs."""
    document = Document(str(place))
    for part in document.part.package.iter_parts():
        assert not re.search("vba|macro|ole|activeX", f"{part.partname} {part.content_type}", re.IGNORECASE)
        for relation in part.rels.values():
            if relation.is_external:
                assert relation.reltype.endswith("/hyperlink")
                assert relation.target_ref.startswith(("http://", "https://", "mailto:"))
    tags = {etree.QName(one).localname for one in document.element.iter(etree.Element)}
    assert not tags & {"fldSimple", "object", "control", "altChunk", "pict", "subDoc", "attachedTemplate"}
    fields = {one.text.split()[0] for one in document.element.iter(f"{W}instrText")}
    assert fields <= {"TOC", "PAGEREF", "REF"}


FIELDS = r"""{ INCLUDETEXT "/etc/passwd" } { DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc" } =SUM(A1)"""
MORE = {"fields": FIELDS, "xml": "`</w:t></w:r><w:r><w:instrText>DDE</w:instrText>` &amp;amp; ]]> <!--"}


@pytest.mark.parametrize("what", (LITERAL | MORE).values(), ids=(LITERAL | MORE).keys())
def test_hostile_text_stands_as_it_was_written(shelf: GitInstance, book: Book, what: str) -> None:
    shelf.commit({"ideas/cases/hyllan.md": case(what)}, "2026-04-02")
    done, place = book(shelf.root)
    assert done.returncode == 0, done.stdout + done.stderr
    said = "".join(text_of(one) for one in chapter(place)).replace("“", '"').replace("”", '"')
    assert "root:" not in said
    if what is MORE["xml"]:
        assert "</w:t></w:r><w:r><w:instrText>DDE</w:instrText>" in said
    else:
        written = what.replace("\\\\", "\\") if what is FIELDS else re.sub(r"\\(?=[^\w\s])", "", what)
        assert " ".join(written.split()) in " ".join(said.split())
    assert audited(place) == []
    allowed(place)


def test_what_is_odd_is_set_in_bounds(shelf: GitInstance, book: Book) -> None:
    """Each oddity in an example of its own, and what stands after it is there."""
    titles = {what: f"Exempel {number}" for number, what in enumerate(BOUNDED)}
    files = {f"ideas/cases/udda-{titles[what][8:]}.md": case(BOUNDED[what], titles[what]) for what in BOUNDED}
    shelf.commit({**files, "ideas/events/mashup.md": event("from_themes: [klimat]")}, "2026-04-02")
    done, place = book(shelf.root)
    assert done.returncode == 0, done.stdout + done.stderr
    for what, title in titles.items():
        assert "För att mat slängdes." in map(text_of, chapter(place, title)), what
    levels = [level for level, _ in headings(place)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert "☐ en" in words(place)
    assert "W" * 20_000 in words(place)
    assert audited(place) == []
    allowed(place)


def test_all_that_attacks_a_page_is_harmless_here(shelf: GitInstance, book: Book) -> None:
    """Every vector in an example of its own; those that the check closes are left out by name of the others."""
    files = {"ideas/events/mashup.md": event("from_themes: [klimat]")}
    for number, vector in enumerate(VECTORS.values()):
        files[f"ideas/cases/angrepp-{number}.md"] = case(vector, f"Angrepp {number}").replace(
            "Vad\n\n", "Vad\n\nFöre.\n\n"
        )
    shelf.commit(files, "2026-04-02")
    done, place = book(shelf.root, "--draft", name="mashup-utkast")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    titles = [title for level, title in headings(place) if level == 1]
    assert sum(title.startswith("Angrepp") for title in titles) > 0.8 * len(VECTORS)
    assert audited(place) == []
    allowed(place)
    assert "Inga fel hittades." in place.with_suffix(".txt").read_text("utf-8")
    with ZipFile(place) as pack:
        relations = pack.read("word/_rels/document.xml.rels").decode()
    assert not re.search(r'Target="(javascript|data|vbscript|file):', relations, re.IGNORECASE)


LINKS = {
    "https://a.example/sökväg?q=[1]": "https://a.example/s%C3%B6kv%C3%A4g?q=%5B1%5D",
    "https://a.example/100%": "https://a.example/100%25",
    "mailto:naset@naset.example": "mailto:naset@naset.example",
    "https://[::1": None,
    f"https://a.example/{'x' * 3000}": None,
    "ftp://a.example/": None,
    "javascript:alert(1)": None,
}
"""Addresses, and what is followed; None where the words stand without a link."""


def test_only_addresses_that_word_can_follow_are_links(shelf: GitInstance, book: Book) -> None:
    what = "\n\n".join(f"Se [länk {number}]({link})." for number, link in enumerate(LINKS))
    shelf.commit({"ideas/cases/hyllan.md": case(what)}, "2026-04-02")
    done, place = book(shelf.root)
    assert done.returncode == 0, done.stdout + done.stderr
    targets = {text_of(one): one for one in chapter(place)}
    rels = Document(str(place)).part.rels
    for number, target in enumerate(LINKS.values()):
        links = find(targets[f"Se länk {number}."], ".//w:hyperlink/@r:id")
        assert [rels[link].target_ref for link in links] == ([target] if target else [])
    assert audited(place) == []


def test_what_no_font_has_has_a_marked_page_in_a_draft(shelf: GitInstance, book: Book) -> None:
    what, shown = NAMED["cjk"]
    shelf.commit({"ideas/cases/hyllan.md": case(what)}, "2026-04-02")
    done, place = book(shelf.root)
    assert done.returncode == 1
    assert shown in done.stdout
    assert not place.exists()
    done, place = book(shelf.root, "--draft", name="mashup-utkast")
    assert done.returncode == 0
    marked = [text_of(one) for one in chapter(place, "hyllan") if style_of(one) == "Fault"]
    assert marked[0] == "Det här exemplet går inte att sätta"
    assert audited(place) == []


@pytest.mark.parametrize("title", ['{ DDE "cmd" } <w:p>', "*fet* & _kursiv_ ]]>", "👩‍🚒 č đ ŋ", "Å" * 80])
def test_a_hostile_title_stands_as_it_was_written(shelf: GitInstance, book: Book, title: str) -> None:
    """In the heading, the contents, the programme, the index and the property of the document."""
    whole = event("cases: [hyllan]", f"title: '{title}'")
    files = {"ideas/cases/hyllan.md": case(title=f"'{title}'"), "ideas/events/mashup.md": whole}
    shelf.commit(files, "2026-04-02")
    done, place = book(shelf.root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert words(place).count(title) >= 5
    assert title.startswith(str(Document(str(place)).core_properties.title))
    assert audited(place) == []
    allowed(place)


@pytest.mark.parametrize("picture", ["bomb.png", "svg.png", "saknas.png", "lank.png"])
def test_a_picture_that_must_not_be_shown_is_not(shelf: GitInstance, book: Book, tmp_path: Path, picture: str) -> None:
    media = shelf.root / "ideas" / "media"
    media.mkdir()
    Image.new("1", (30_000, 30_000)).save(media / "bomb.png")
    (media / "svg.png").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="https://foreign.example/"/></svg>'
    )
    Image.new("RGB", (60, 40), "red").save(tmp_path / "secret.png")
    (media / "lank.png").symlink_to(tmp_path / "secret.png")
    shown = case(f"![En bild](../media/{picture})", more=f"{CONFIRMED}\nimage: {{file: {picture}, alt: En hylla}}")
    shelf.commit({"ideas/cases/hyllan.md": shown}, "2026-04-02")
    done, place = book(shelf.root)
    assert done.returncode == 0, done.stderr
    alts = [one.get("descr") for one in find(body(place), "//wp:docPr")]
    assert alts == ["", "QR-kod till idesluss.example/exempel/hyllan"]


# ---- what authors write


def numbering_of(place: Path, paragraph: Any) -> tuple[str, str, str, str]:
    """How an item of a list is numbered: its list, level, form, and where it begins."""
    part = Document(str(place)).part.numbering_part.element
    (number,), (level,) = (
        find(paragraph, "./w:pPr/w:numPr/w:numId/@w:val"),
        find(paragraph, "./w:pPr/w:numPr/w:ilvl/@w:val"),
    )
    (use,) = find(part, f"./w:num[@w:numId='{number}']")
    (form,) = find(
        part, f"./w:abstractNum[@w:abstractNumId='{find(use, './w:abstractNumId/@w:val')[0]}']/w:lvl[@w:ilvl='{level}']"
    )
    start = find(use, f"./w:lvlOverride[@w:ilvl='{level}']/w:startOverride/@w:val") or find(form, "./w:start/@w:val")
    return number, level, find(form, "./w:numFmt/@w:val")[0], start[0]


LISTS = """\
- ett
  - under

    mer under
- två

1. första
2. andra

text

3. tredje
   1. inre

> citat
>
> - punkt i citat
> > djupare
"""


def test_lists_are_real_lists(shelf: GitInstance, book: Book) -> None:
    shelf.commit({"ideas/cases/hyllan.md": case(LISTS)}, "2026-04-02")
    done, place = book(shelf.root)
    assert done.returncode == 0, done.stdout
    of = {text_of(one).strip(): one for one in chapter(place) if one.tag == f"{W}p"}
    told = {
        name: numbering_of(place, of[name]) for name in ("ett", "under", "två", "första", "andra", "tredje", "inre")
    }
    assert [told[name][1:] for name in ("ett", "under", "två")] == [
        ("0", "bullet", "1"),
        ("1", "bullet", "1"),
        ("0", "bullet", "1"),
    ]
    assert told["första"] == told["andra"]
    assert told["första"][1:] == ("0", "decimal", "1")
    assert told["tredje"][1:] == ("0", "decimal", "3")
    assert told["inre"][1:] == ("1", "decimal", "1")
    assert len({told[name][0] for name in ("första", "tredje", "inre")}) == 3
    assert not find(of["mer under"], "./w:pPr/w:numPr")
    inward = {
        name: int(find(of[name], "./w:pPr/w:ind/@w:left")[0])
        for name in ("ett", "under", "mer under", "citat", "djupare")
    }
    assert inward["ett"] < inward["under"] == inward["mer under"]
    assert inward["citat"] < inward["djupare"]
    assert {style_of(of[name]) for name in ("citat", "djupare", "punkt i citat")} == {"Quote"}
    assert numbering_of(place, of["punkt i citat"])[2] == "bullet"


PROSE = """\
**fet** *kursiv* ~~struken~~ `kod` och [fet **länk** till näset](../units/naset.md),
[hur det går till](../../docs/om/index.md#här-på-näset), [kontakt](../../docs/kontakt.md) och [sig själv](hyllan.md)

```
rad ett
  rad två
```

| Vad | Hur |
|---|---|
| **a** | b |

### Under

#### Djupare
"""


def test_inline_styles_code_tables_and_links(shelf: GitInstance, book: Book) -> None:
    pages = {"docs/om/index.md": "# Om\n\n## Här på näset\n", "docs/kontakt.md": "# Kontakt\n"}
    shelf.commit({"ideas/cases/hyllan.md": case(PROSE), **pages}, "2026-04-02")
    done, place = book(shelf.root)
    assert done.returncode == 0, done.stdout
    held = chapter(place)
    first = next(one for one in held if text_of(one).startswith("fet kursiv"))
    for said, mark in (
        ("fet", "w:b"),
        ("kursiv", "w:i"),
        ("struken", "w:strike"),
        ("kod", "w:rStyle[@w:val='HTMLCode']"),
    ):
        assert [text_of(run) for run in find(first, f"./w:r[w:rPr/{mark}]")] == [said]
    outer, *written, inner = find(first, "./w:hyperlink")
    held_by = Document(str(place)).part.rels
    assert [held_by[one.get(f"{R}id")].target_ref for one in (outer, *written)] == [
        f"https://idesluss.example/{path}" for path in ("enheter/naset/", "om/#har-pa-naset", "kontakt/")
    ]
    assert [text_of(run) for run in find(outer, "./w:r[w:rPr/w:b]")] == ["länk"]
    assert inner.get(f"{W}anchor") == "case_1"
    (code,) = (one for one in held if one.tag == f"{W}p" and style_of(one) == "Code")
    assert text_of(code) == "rad ett\n  rad två"
    (table,) = (one for one in held if one.tag == f"{W}tbl" and "Hur" in text_of(one))
    assert [[text_of(cell) for cell in find(row, "./w:tc")] for row in find(table, "./w:tr")] == [
        ["Vad", "Hur"],
        ["a", "b"],
    ]
    assert find(table, "./w:tr[1]/w:trPr/w:tblHeader")
    assert (3, "Under") in headings(place)
    assert (4, "Djupare") in headings(place)


def test_what_word_cannot_hold_is_told_in_another_way(shelf: GitInstance, book: Book) -> None:
    """A table of more than 63 columns, and a list that counts further than Word does."""
    wide = f"|{'a|' * 70}\n|{'-|' * 70}\n|{'b|' * 70}\n\n40000. sist\n40001. allra sist"
    shelf.commit({"ideas/cases/hyllan.md": case(wide)}, "2026-04-02")
    done, place = book(shelf.root)
    assert done.returncode == 0, done.stdout
    said = [text_of(one) for one in chapter(place) if one.tag == f"{W}p"]
    assert " · ".join("a" * 70) in said
    assert " · ".join("b" * 70) in said
    assert "40000. sist" in said
    assert "40001. allra sist" in said
    assert audited(place) == []


# ---- editions


def test_a_property_is_no_longer_than_word_allows(shelf: GitInstance, book: Book) -> None:
    themes = "".join(f"  - {{id: t{number}, title: {'Tema ' * 14}{number}}}\n" for number in range(5))
    told = case().replace("[klimat]", "[t0, t1, t2, t3, t4]")
    shelf.commit({"idesluss.yml": THEMES + themes, "ideas/cases/hyllan.md": told}, "2026-04-02")
    done, place = book(shelf.root)
    assert done.returncode == 0, done.stdout
    assert len(Document(str(place)).core_properties.keywords) == 255
    assert audited(place) == []


def test_a_draft_says_so_on_every_page(shelf: GitInstance, book: Book) -> None:
    shelf.commit({"ideas/cases/hyllan.md": case(more="")}, "2026-04-02")
    done, place = book(shelf.root, "--draft", name="mashup-utkast")
    assert done.returncode == 0
    document = Document(str(place))
    assert [text_of(one.header._element) for one in document.sections] == ["Utkast till Mashup på näset"] * 3
    assert document.core_properties.content_status == "Utkast"
    assert audited(place) == []


def test_an_english_book_is_english_and_an_example_keeps_its_language(shelf: GitInstance, book: Book) -> None:
    done, place = book(shelf.root, before=("--lang", "en"))
    assert done.returncode == 0, done.stdout + done.stderr
    document = Document(str(place))
    assert {one.get(f"{W}val") for one in document.styles.element.iter(f"{W}lang")} == {"en-GB"}
    assert [title for _, title in headings(place)][:3] == ["About this booklet", "Programme", "Contents"]
    by_text = {text_of(run): find(run, "./w:rPr/w:lang/@w:val") for one in chapter(place) for run in one.iter(f"{W}r")}
    assert by_text["För att mat slängdes."] == ["sv-SE"]
    assert by_text["What it gave"] == []
    titles = find(document.element, "//w:hyperlink[@w:anchor='case_1']/w:r[w:t='Hyllan' and not(w:rPr/w:lang)]")
    assert len(titles) == 1, "all but the item of the programme, which is the event's"
    assert "Lead" in {style.name for style in document.styles}
    _, place = book(shelf.root)
    assert "Ingress" in {style.name for style in Document(str(place)).styles}


def test_cover_logo_and_colours(shelf: GitInstance, book: Book) -> None:
    media = shelf.root / "ideas" / "media"
    media.mkdir()
    Image.new("RGB", (900, 600), "navy").save(media / "omslag.png")
    look = ("cases: [hyllan]", "cover: omslag.png", "cover_alt: Blått", "logo: omslag.png", "logo_alt: Näsets märke")
    colours = event(*look, "colours: {deep: '#3a1d5c', accent: '#5c1d1d'}")
    shelf.commit({"ideas/events/mashup.md": colours}, "2026-04-02")
    done, place = book(shelf.root)
    assert done.returncode == 0, done.stderr
    document = Document(str(place))
    assert [one.get("descr") for one in find(document.element, "//wp:docPr")][:3] == ["", "Näsets märke", "Blått"]
    assert str(document.styles["Heading 1"].font.color.rgb) == "3A1D5C"
    shade = find(document.styles.element, "//w:style[@w:styleId='CoverLine']//w:shd/@w:fill")
    assert shade == ["3A1D5C"]
    with ZipFile(place) as pack:
        theme = etree.fromstring(pack.read("word/theme/theme1.xml"))
        backdrop = Image.open(BytesIO(pack.read("word/media/image1.png"))).convert("RGB")
    assert find(theme, "//a:dk2/a:srgbClr/@val") == ["3A1D5C"]
    assert find(theme, "//a:accent1/a:srgbClr/@val") == ["5C1D1D"]
    assert backdrop.getpixel((20, 20)) == (0x3A, 0x1D, 0x5C)
    assert audited(place) == []


def test_an_instance_may_have_its_own_template_and_a_broken_one_is_named(shelf: GitInstance, book: Book) -> None:
    own = shelf.root / "templates" / "docx" / "styles.xml"
    own.parent.mkdir(parents=True)
    whole = (REPOSITORY / "templates" / "docx" / "styles.xml").read_text("utf-8")
    own.write_text(whole.replace('w:sz w:val="52"', 'w:sz w:val="60"'), "utf-8")
    done, place = book(shelf.root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert Document(str(place)).styles["Heading 1"].font.size.pt == 30
    own.write_text(whole.replace("</w:styles>", ""), "utf-8")
    done, place = book(shelf.root)
    assert done.returncode == 1
    assert "templates/docx/styles.xml" in done.stdout
    assert "Traceback" not in done.stderr
    assert not place.exists()


# ---- the program's own check


def spoil(before: bytes, after: bytes) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(before, after, 1)


def cut(pattern: bytes) -> Callable[[bytes], bytes]:
    return lambda xml: re.sub(pattern, b"", xml)


DOCUMENT, STYLES, RELATIONS = "word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"
SPOILT: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "the file does not say its language": (STYLES, cut(rb"<w:lang [^>]*/>")),
    "the file does not say its title": ("docProps/core.xml", cut(rb"<dc:title>.*?</dc:title>")),
    "a picture has no text for those who do not see it": (DOCUMENT, cut(rb' descr="QR[^"]*"')),
    "a table has no head": (DOCUMENT, spoil(b"<w:tblHeader/>", b"")),
    "a heading of level {level} stands below one of level {above}": (DOCUMENT, spoil(b'"Heading2"', b'"Heading4"')),
    "a link has no text": (DOCUMENT, cut(rb"(?<=<w:hyperlink w:anchor=.case_1. w:history=.1.>).*?(?=</w:hyperlink>)")),
    "a link leads to a place that is not there: {place}": (DOCUMENT, spoil(b'w:name="case_3"', b'w:name="case_99"')),
    "the file asks for something outside itself: {target}": (RELATIONS, spoil(b"https://idesluss", b"file://idesluss")),
    "the file holds a command that is not the book's: {command}": (DOCUMENT, spoil(b" TOC ", b" DDEAUTO ")),
    "the file holds a program: {name}": (
        "[Content_Types].xml",
        spoil(b"image/png", b"application/vnd.ms-office.vbaProject"),
    ),
}


@pytest.mark.parametrize("said", SPOILT)
def test_the_check_of_the_finished_file_finds_what_is_spoilt(example: Path, said: str) -> None:
    look, place = writer("docx").look, example / "mashup-2027.docx"
    assert look(place.read_bytes()).faults == ()
    part, change = SPOILT[said]
    assert said in {fault.msgid for fault in look(changed(place, part, change)).faults}


def test_the_report_tells_what_was_found(example: Path) -> None:
    report = (example / "mashup-2027.txt").read_text("utf-8")
    assert "Bilder med text för den som inte ser dem: 25" in report
    assert "Bilder som är märkta som dekoration: 1" in report
    assert "Word" in report.partition("Inte kontrollerat:")[2]


def files_of(place: Path) -> Iterator[str]:
    with ZipFile(place) as pack:
        yield from pack.namelist()


def test_the_file_holds_what_it_needs_and_nothing_else(example: Path) -> None:
    names = {re.sub(r"\d+", "N", name) for name in files_of(example / "mashup-2027.docx")}
    assert names == {
        "[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/document.xml", "word/styles.xml",
        "word/settings.xml", "word/numbering.xml", "word/fontTable.xml", "word/theme/themeN.xml",
        "word/_rels/document.xml.rels", "word/_rels/fontTable.xml.rels", "word/fonts/fontN.odttf",
        "word/media/imageN.jpg", "word/media/imageN.png", "word/footerN.xml",
    }  # fmt: skip
