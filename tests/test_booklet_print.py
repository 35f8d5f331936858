"""How the book looks and what a printer gets: charts, tables, notes, codes, bleed, and sheets to fold."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pypdfium2
import pytest
import zxingcpp
from outloud import check
from pdfua import Severity, validate

from conftest import REPOSITORY, GitInstance
from idesluss.booklet.bars import bars
from idesluss.booklet.printing import pairs
from test_booklet import CONFIRMED, THEMES, UNIT, case, elements, event, words

Done = subprocess.CompletedProcess[str]
MILLIMETRE = 72 / 25.4


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All that can be made on paper of the worked example."""
    out = tmp_path_factory.mktemp("paper")
    for arguments in (("make", "--print"), ("make", "--print", "--paper", "a5"), ("programme",), ("cards",)):
        command = [sys.executable, "-m", "idesluss", "--root", str(REPOSITORY), "booklet", *arguments, "mashup-2027"]
        done = subprocess.run([*command, "--out", str(out)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    return out


BOOKS = ["mashup-2027.pdf", "mashup-2027-a5.pdf"]
SHEETS = ["mashup-2027-programme.pdf", "mashup-2027-cards.pdf"]
PRINTS = ["mashup-2027-print.pdf", "mashup-2027-a5-print.pdf"]
IMPOSED = {"mashup-2027-imposed.pdf": 32, "mashup-2027-a5-imposed.pdf": 33}


@pytest.mark.parametrize("name", [*BOOKS, *SHEETS, *PRINTS])
def test_validators_of_others_find_no_error(made: Path, name: str) -> None:
    """Warnings of outloud are guesses: it takes what stands at the same height on several pages for a running foot."""
    judged = validate(str(made / name))
    assert [one for one in judged.findings if one.severity is Severity.ERROR] == []
    assert {one.rule_id for one in judged.skipped} <= {"UA-14-001"}  # it does not read this pikepdf's numbers
    heard = check(str(made / name))
    assert not heard.error
    assert heard.stats["elements"] > 20
    assert [one for one in heard.findings if one.severity == "error"] == []
    with pikepdf.open(made / name) as document:
        assert document.check_pdf_syntax() == []


@pytest.mark.parametrize("name", [*BOOKS, *SHEETS, *PRINTS, *IMPOSED])
def test_every_code_on_paper_leads_to_the_address_beside_it(made: Path, name: str) -> None:
    """Of a rendered page: each code is read back, and its address stands nearer to it than any other."""
    found = []
    with pypdfium2.PdfDocument(made / name) as document:
        for page in document:
            scale = 3
            for code in zxingcpp.read_barcodes(page.render(scale=scale).to_pil()):
                middle = (code.position.top_left.y + code.position.bottom_right.y) / 2 / scale
                side = code.position.top_left.x / scale
                beside = page.get_textpage().get_text_bounded(
                    left=side - 420, right=side + 200, bottom=page.get_height() - middle - 60,
                    top=page.get_height() - middle + 60,
                )  # fmt: skip
                text = re.sub("[\x02\ufffe]", "-", "".join(beside.split()))
                assert code.text.removeprefix("https://").removesuffix("/") in text
                found.append(code.text)
    wanted = {"mashup-2027-cards.pdf": 0, "mashup-2027-programme.pdf": 1}.get(name, 12)
    assert len(found) == len(set(found)) == wanted


@pytest.mark.parametrize(("name", "across", "high"), [(PRINTS[0], 210, 297), (PRINTS[1], 148, 210)])
def test_a_printer_gets_bleed_and_marks(made: Path, name: str, across: int, high: int) -> None:
    with pikepdf.open(made / name) as document:
        for page in document.pages:
            trim, bleed, media = (
                [float(side) / MILLIMETRE for side in box] for box in (page.trimbox, page.bleedbox, page.mediabox)
            )
            assert [round(trim[2] - trim[0]), round(trim[3] - trim[1])] == [across, high]
            assert [round(abs(one - other)) for one, other in zip(bleed, trim, strict=True)] == [3] * 4
            assert [round(abs(one - other)) for one, other in zip(media, trim, strict=True)] == [11] * 4
    with pypdfium2.PdfDocument(made / name) as document:
        cover = document[0].render(scale=4).to_pil().convert("RGB")
    spot = 4 * MILLIMETRE
    ground = cover.getpixel((round(14 * spot), round(30 * spot)))
    assert cover.getpixel((round(9 * spot), round(30 * spot))) == ground != (255, 255, 255)
    assert cover.getpixel((round(7 * spot), round(30 * spot))) == (255, 255, 255)
    marks = [cover.getpixel((x, round(11 * spot))) for x in range(round(2 * spot), round(7 * spot))]
    assert sum(pixel != (255, 255, 255) for pixel in marks) > 0.9 * len(marks)


@pytest.mark.parametrize("name", BOOKS)
def test_where_a_long_word_may_be_broken_is_no_part_of_its_text(made: Path, name: str) -> None:
    with pypdfium2.PdfDocument(made / name) as document:
        told = "".join(page.get_textpage().get_text_range() for page in document)
    assert "\u200b" not in told


@pytest.mark.parametrize("name", IMPOSED)
def test_the_sheets_are_in_the_order_in_which_they_are_folded(made: Path, name: str) -> None:
    book = made / name.replace("-imposed", "")
    with pypdfium2.PdfDocument(book) as pages, pypdfium2.PdfDocument(made / name) as sheets:
        count = len(pages)
        assert len(sheets) * 2 == -(-count // 4) * 4
        for sheet, pair in zip(sheets, pairs(count), strict=True):
            wide = sheet.get_width() / 2
            assert wide == pytest.approx(pages[0].get_width(), abs=0.1)
            for side, number in enumerate(pair):
                half = sheet.get_textpage().get_text_bounded(left=side * wide, right=(side + 1) * wide)
                wanted = pages[number - 1].get_textpage().get_text_bounded() if number <= count else ""
                assert letters(half) == letters(wanted)


def letters(text: str) -> Counter[str]:
    """The letters of a text, without spaces and what tells that a word was broken.

    The reader may take one out of its line, where two lines stand close.
    """
    return Counter(re.sub("[\\s\x02\ufffe-]", "", text))


def test_pairs_of_a_folded_book() -> None:
    assert list(pairs(8)) == [(8, 1), (2, 7), (6, 3), (4, 5)]
    assert list(pairs(5)) == list(pairs(8))


def test_what_a_printer_gets_is_in_the_manifest_and_the_same_each_time(made: Path, tmp_path: Path) -> None:
    told = json.loads((made / "mashup-2027-a5.json").read_text("utf-8"))
    names = [one["file"] for one in told["books"]]
    assert names == ["mashup-2027-a5.pdf", "mashup-2027-a5-print.pdf", "mashup-2027-a5-imposed.pdf"]
    command = [sys.executable, "-m", "idesluss", "--root", str(REPOSITORY), "booklet", "make", "mashup-2027", "--print"]
    again = subprocess.run([*command, "--paper", "a5", "--out", str(tmp_path)], capture_output=True, check=False)
    assert again.returncode == 0
    for name in names:
        assert (tmp_path / name).read_bytes() == (made / name).read_bytes()


def test_an_example_of_the_worked_book_has_one_opening_on_small_pages_too(made: Path) -> None:
    with pikepdf.open(made / "mashup-2027-a5.pdf") as document:
        numbers: Any = {page.objgen: number for number, page in enumerate(document.pages, 1)}
        root: Any = document.Root
        starts = sorted(
            numbers[place[0].objgen]
            for name, place in pikepdf.NameTree(root.Names.Dests).items()
            if "case" in str(name)
        )
    assert starts == list(range(6, 6 + 24, 2))


def cells(row: Any) -> Iterator[Any]:
    yield from row.K if isinstance(row.K, pikepdf.Array) else [row.K]


def scope(cell: Any) -> str:
    held = cell.get("/A", [])
    return next(
        (str(one.Scope) for one in (held if isinstance(held, pikepdf.Array) else [held]) if "/Scope" in one), ""
    )


def test_needs_stand_crosswise_with_heads_of_rows_and_columns(made: Path) -> None:
    """Each row has its need as head, which its cells name; a mark is the number of its example, as a link."""
    with pikepdf.open(made / "mashup-2027.pdf") as document:
        tables = [one for one in elements(document.Root.StructTreeRoot) if str(one.S) == "/Table"]
        crosswise = max(tables, key=lambda table: sum(1 for one in elements(table) if str(one.S) == "/TD"))
        rows = [list(cells(one)) for one in elements(crosswise) if str(one.S) == "/TR"]
        assert {len(row) for row in rows} == {13}
        assert [scope(cell) for cell in rows[0]] == ["/Column"] * 13
        ids = pikepdf.NameTree(document.Root.StructTreeRoot.IDTree)
        links = 0
        for row in rows[1:]:
            assert str(row[0].S) == "/TH"
            assert scope(row[0]) == "/Row"
            name = str(row[0].ID)
            assert ids[name].objgen == row[0].objgen
            for cell in row[1:]:
                heads = [str(head) for one in cell.A if "/Headers" in one for head in one.Headers]
                assert heads[-1] == name
                assert len(heads) == 2
                links += sum(1 for one in elements(cell) if str(one.S) == "/Link")
        assert links == 12
    assert "Behov och exempel" in words(made / "mashup-2027.pdf")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("45 %", "79 % (52 pass)", (0.45, 0.79, True)),
        ("2 av 14 (januari)", "11 av 14", (2 / 14, 11 / 14, True)),
        ("4 of 8", "9 of 12", (0.5, 0.75, True)),
        ("1,9 miljoner", "0,7 miljoner", (1, 0.7 / 1.9, False)),
        ("24 000 kronor", "12\u00a0000 kronor", (1, 0.5, False)),
        ("0", "34", (0, 1, False)),
        ("150 %", "75 %", (1, 0.5, False)),
        ("40 minuter", "25 timmar", None),
        ("0", "17 av 41", None),
        ("Gränsen var 20 %", "4 %", None),
        ("ca 40 %", "30 %", None),
        ("-3 grader", "4 grader", None),
        ("18 grader", "21 grader", None),
        ("2019", "2024", None),
        ("1.900 kronor", "700 kronor", None),
        ("0", "0", None),
        ("3 av 0", "1 av 0", None),
        ("5 av 4", "1 av 4", None),
        ("", "4 %", None),
        ("10–12 dagar", "4 dagar", None),
    ],
)
def test_bars_begin_at_zero_and_compare_only_what_is_alike(
    before: str, after: str, expected: tuple[float, float, bool] | None
) -> None:
    drawn = bars(before, after)
    assert (tuple(drawn) if drawn else None) == (pytest.approx(expected) if expected else None)


@pytest.fixture
def shelf(git_instance: GitInstance) -> GitInstance:
    """An instance with an event whose booklet has two short examples."""
    git_instance.commit(
        {
            "idesluss.yml": THEMES,
            "ideas/units/naset.md": UNIT.format(title="Näset"),
            "ideas/cases/hyllan.md": case(),
            "ideas/cases/korgen.md": case("En korg.", "Korgen"),
            "ideas/events/mashup.md": event("cases: [hyllan, korgen]"),
        },
        "2026-04-01",
    )
    return git_instance


@pytest.fixture
def book(cli: Callable[..., Done], tmp_path: Path) -> Callable[..., tuple[Done, Path]]:
    def run(root: Path, *arguments: str) -> tuple[Done, Path]:
        out = tmp_path / "out"
        shutil.rmtree(out, ignore_errors=True)
        return cli("booklet", "make", "mashup", "--out", str(out), *arguments, root=root), out

    return run


def test_an_effect_is_drawn_to_scale_and_told(shelf: GitInstance, book: Callable[..., tuple[Done, Path]]) -> None:
    """9 kilo and 4 kilo: two bars of which the second is 4/9 of the first, and words for those who do not see them."""
    _, out = book(shelf.root)
    with pikepdf.open(out / "mashup.pdf") as document:
        found = [one for one in elements(document.Root.StructTreeRoot) if str(one.S) == "/Figure"]
        alts = [str(one.Alt) for one in found]
    assert alts.count("Två staplar på en skala från 0. Före: 9 kilo. Efter: 4 kilo.") == 2
    with pypdfium2.PdfDocument(out / "mashup.pdf") as document:
        page = document[5].render(scale=6).to_pil().convert("L")
    dark = [
        sum(1 for x in range(page.width // 2, page.width) if page.getpixel((x, y)) < 70) for y in range(page.height)
    ]
    solid = [width for width in dark if width > 100]
    long, short = 26 * MILLIMETRE * 6, 26 * MILLIMETRE * 6 * 4 / 9
    assert any(abs(width - short) < 12 for width in solid)
    assert any(abs(width - long) < 12 for width in solid)


def test_an_empty_right_page_has_lines_for_notes_and_pages_are_numbered_right(
    shelf: GitInstance, book: Callable[..., tuple[Done, Path]]
) -> None:
    _, out = book(shelf.root)
    with pypdfium2.PdfDocument(out / "mashup.pdf") as document:
        texts = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    assert [number for number, text in enumerate(texts, 1) if "Anteckningar" in text] == [7]
    assert [number for number, text in enumerate(texts, 1) if "En korg." in text] == [8]
    contents = next(text for text in texts if text.startswith("Innehåll"))
    assert re.search(r"Hyllan Näset 6 .*Korgen Näset 8 .*Efter kommun 9 .*Organisationer 10", contents)
    for number in (3, 4, 6, 7, 8, 9, 10):
        assert re.search(rf"\b{number}\b", texts[number - 1])


def test_cells_of_a_table_stay_where_they_are(shelf: GitInstance, book: Callable[..., tuple[Done, Path]]) -> None:
    """Cells of several pieces, and empty ones, are one cell each."""
    table = "|Hylla|Kilo|Not|\n|-|-|-|\n|**Nedre** och övre|2||\n||3|*kursivt* [länk](https://idesluss.example/)|\n"
    shelf.commit({"ideas/cases/hyllan.md": case(table)}, "2026-04-02")
    _, out = book(shelf.root)
    with pikepdf.open(out / "mashup.pdf") as document:
        tables = [one for one in elements(document.Root.StructTreeRoot) if str(one.S) == "/Table"]
        sizes = [[len(list(cells(row))) for row in elements(one) if str(row.S) == "/TR"] for one in tables]
    assert [3, 3, 3] in sizes


def test_a_draft_shows_what_is_embargoed_and_says_so(
    shelf: GitInstance, book: Callable[..., tuple[Done, Path]]
) -> None:
    held = case("En korg med lock.", "Korgen", f"{CONFIRMED}\npublish_from: 2026-05-08")
    shelf.commit({"ideas/cases/korgen.md": held, "ideas/cases/hyllan.md": case(more="")}, "2026-04-02")
    done, out = book(shelf.root)
    assert done.returncode == 1
    assert "det finns inget exempel ”korgen” för häftets läsare" in done.stdout
    done, out = book(shelf.root, "--draft", "--format", "pdf,docx,html")
    assert done.returncode == 0, done.stdout + done.stderr
    said = words(out / "mashup-utkast.pdf")
    typed = "\n".join(one.text for one in docx.Document(str(out / "mashup-utkast.docx")).paragraphs)
    for text in (said, typed, (out / "mashup-utkast.html").read_text("utf-8")):
        assert "En korg med lock." in text
        assert text.count("Inte offentligt före 8 maj 2026.") == 1
        assert text.count("Ägaren har aldrig bekräftat det.") == 1
    shelf.commit({"ideas/cases/hyllan.md": case()}, "2026-04-03")
    done, out = book(shelf.root, "--now", "2026-05-08")
    assert done.returncode == 0, done.stdout
    assert "Inte offentligt" not in words(out / "mashup.pdf")


def test_print_needs_the_pdf(shelf: GitInstance, book: Callable[..., tuple[Done, Path]]) -> None:
    done, out = book(shelf.root, "--print")
    assert done.returncode == 0, done.stderr
    assert {"mashup-print.pdf", "mashup-imposed.pdf"} <= {path.name for path in out.iterdir()}
    with pikepdf.open(out / "mashup-imposed.pdf") as document:
        assert "/StructTreeRoot" not in document.Root
