"""Odd and legal content, as hands write it: nothing of it is lost, and no page says what is not so."""

from __future__ import annotations

import io
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin

import pytest
from lxml import html
from PIL import Image

from conftest import SETTINGS, run_cli
from idesluss.artifact import Page
from idesluss.body import read_body
from idesluss.booklet.tree import blocks
from test_outputs import ADOPTION, artifacts, page, read, small, words
from test_portal_browser import Visit, portal, visit

__all__ = ["portal", "small", "visit"]

UNIT = "---\ntitle: Enhet\ntype: administration\n---\n"
HEAD = """\
---
title: Givare
organisation: skola
type: solution
status: {}
licence: CC-BY-4.0
{}
---

"""
THREE = "## Vad\n\nDet.\n\n## Varför\n\nDärför.\n\n## Hur\n\nSå.\n\n"


def case(body: str = THREE, status: str = "in_use", more: str = "") -> str:
    return HEAD.format(status, more) + body


def told(root: Path) -> list[str]:
    """What the check says in Swedish, and where, without the way out."""
    done = run_cli("check", root=root)
    return [line.partition("ideas/")[2] for line in done.stdout.splitlines() if ": fel: " in line]


@pytest.mark.parametrize("status", ["in_use", "failed"])
@pytest.mark.parametrize("heading", ["Lärdomar", "Ta över"])
def test_a_section_stands_once_where_it_comes_first_and_twice_where_it_is_written_twice(
    small: Callable[..., Path], heading: str, status: str
) -> None:
    body = f"## {heading}\n\nEtt stycke.\n\n{THREE}## {heading}\n\nEtt till.\n"
    tree = page(read(small({"ideas/cases/givare.md": case(body, status)})), "exempel/givare/")
    text = words(tree)
    assert text.count("Ett stycke.") == text.count("Ett till.") == 1
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("headings", [("Vad:", "VARFÖR?", "**Hur**"), ("Vad ", "Varför:", "Hur vi gjorde.")])
def test_a_section_is_known_with_a_sign_after_its_name(
    instance: Callable[..., Path], headings: tuple[str, ...]
) -> None:
    body = "".join(f"## {heading}\n\nText.\n\n" for heading in headings)
    assert not told(instance({"ideas/units/skola.md": UNIT, "ideas/cases/givare.md": case(body)}))


@pytest.mark.parametrize(
    ("hur", "line"),
    [("<details>\n\n## Hur\n\nSå.\n", 20), ("- x\n\n  ## Hur\n\n  Så.\n", 20), ("### Hur\n\nSå.\n", 18)],
)
def test_a_heading_that_begins_no_section_is_not_called_missing(
    instance: Callable[..., Path], hur: str, line: int
) -> None:
    """The way out that is told does help."""
    body = f"## Vad\n\nHur det var.\n\n## Varför\n\nDärför.\n\n{hur}"
    root = instance({"ideas/units/skola.md": UNIT, "ideas/cases/givare.md": case(body)})
    assert told(root) == [
        f"cases/givare.md:{line}:1: fel: rubriken ”Hur” inleder inget avsnitt så som den står här [missing-section]"
    ]
    mended = body.replace("<details>\n", "").replace("- x\n", "").replace("  ", "").replace("###", "##")
    assert not told(instance({"ideas/cases/givare.md": case(mended)}))


def test_what_was_used_and_is_no_more_is_not_said_to_wait(small: Callable[..., Path]) -> None:
    ended = ADOPTION.format(by="skola", confirmed="2026-05-01").replace("in_use", "ended")
    files = {"ideas/cases/givare.md": case(), "ideas/adoptions/tar.md": ended}
    assert "Används av andra ingen känd just nu" in words(page(read(small(files)), "exempel/givare/")).replace(
        "andraingen", "andra ingen"
    )


def test_an_effect_below_zero_keeps_what_was_before(small: Callable[..., Path]) -> None:
    more = 'effects: [{measure: Grader, baseline: "-5", result: "-12"}]'
    text = words(page(read(small({"ideas/cases/givare.md": case(more=more)})), "exempel/givare/"))
    assert "från -5 till -12" in text


def test_a_sheet_has_no_heading_over_nothing_and_no_half_of_a_footnote(small: Callable[..., Path]) -> None:
    body = (
        "## Vad\n\n![En givare](../media/x.png)\n\n## Varför\n\nDå[^1].\n\n## Hur\n\nSå.\n\n"
        "## Ta över\n\nBörja[^2].\n\n[^1]: Noten ett.\n[^2]: Noten två.\n"
    )
    tree = page(read(small({"ideas/cases/givare.md": case(body)})), "exempel/givare/sprid/")
    sheet = next(iter(tree.iter("article")))
    assert "Det här gjordes" not in words(sheet)
    assert "Börja." in words(sheet)
    assert "Noten" not in words(sheet)


@pytest.mark.parametrize("status", ["in_use", "failed"])
def test_the_footnotes_of_an_example_come_after_all_its_sections(small: Callable[..., Path], status: str) -> None:
    """Its page puts lessons and what to do elsewhere; notes go to neither, nor are they lost."""
    body = (
        "## Vad\n\nGivare[^1].\n\n## Varför\n\nFukt.\n\n## Hur\n\nSå.\n\n## Lärdomar\n\nFråga.\n\n"
        "## Ta över\n\nBörja.\n\n[^1]: Noten ett.\n"
    )
    catalogue = read(small({"ideas/cases/givare.md": case(body, status)}))
    tree = page(catalogue, "exempel/givare/")
    (notes,) = tree.xpath("//div[@class='footnotes']")
    before = [words(one) for one in notes.xpath("preceding::h2")]
    assert before[-1] == ("Hur" if status == "failed" else "Lärdomar")
    record = artifacts(catalogue)["exempel/givare/index.json"].make()
    assert isinstance(record, bytes)
    parts = json.loads(record)["entry"]["text"]
    assert "Noten ett" in parts[-1]["html"]
    assert "title" not in parts[-1]
    assert [part["title"] for part in parts[:-1]] == ["Vad", "Varför", "Hur", "Lärdomar", "Ta över"]


def test_nothing_leads_to_itself_or_in_a_circle(instance: Callable[..., Path]) -> None:
    idea = "---\ntitle: {}\nunit: skola\nbuilds_on: [{}]\n---\n\n## Problem\n\nDet.\n"
    chain = {f"ideas/2026/k{at}.md": idea.format(f"K{at}", f"k{at + 1}") for at in range(1, 9)}
    root = instance(
        {
            "idesluss.yml": SETTINGS,
            "ideas/units/skola.md": UNIT,
            "ideas/units/a.md": UNIT.replace("---\n", "---\npart_of: b\n", 1),
            "ideas/units/b.md": UNIT.replace("---\n", "---\npart_of: c\n", 1),
            "ideas/units/c.md": UNIT.replace("---\n", "---\npart_of: a\n", 1),
            "ideas/2026/sig.md": idea.format("Sig", "sig"),
            **chain,
            "ideas/2026/k9.md": idea.format("K9", "k7"),
        }
    )
    assert told(root) == [
        "2026/k7.md:4:12: fel: builds_on går i cirkel: k7 → k8 → k9 → k7 [wrong-reference]",
        "2026/sig.md:4:13: fel: builds_on pekar på posten själv [wrong-reference]",
        "units/a.md:2:10: fel: part_of går i cirkel: a → b → c → a [wrong-reference]",
    ]


@pytest.mark.parametrize("title", ["عنوان بالعربية", "Givare 漢字"])
def test_a_title_that_no_font_has_is_on_no_card(small: Callable[..., Path], title: str) -> None:
    """Its page is shared with the portal's own card."""
    catalogue = read(small({"ideas/cases/givare.md": case().replace("Givare", title)}))
    made = artifacts(catalogue)
    assert "exempel/givare/kort.png" not in made
    shown = made["exempel/givare/index.html"].make()
    assert isinstance(shown, Page)
    assert 'content="https://idesluss.example/kort.png"' in shown.head
    usual = artifacts(read(small({"ideas/cases/givare.md": case().replace("Givare", "”Čáhppes” – 🎉")})))
    assert "exempel/givare/kort.png" in usual


def test_a_paragraph_of_arabic_goes_from_right_to_left(
    instance: Callable[..., Path], serve_folder: Callable[[Path], str], visit: Callable[..., Visit]
) -> None:
    """And the one after it as before."""
    body = THREE.replace("Det.", "هذه فقرة باللغة العربية.\n\nDet.")
    root = instance({"ideas/units/skola.md": UNIT, "ideas/cases/givare.md": case(body)})
    assert run_cli("build", "--site", root / "site", root=root).returncode == 0
    page = visit().page
    page.goto(serve_folder(root / "site") + "/exempel/givare/")
    first_and_last = """text => {
        const near = [...document.querySelectorAll(".prose p")].find((one) => one.textContent.startsWith(text));
        const at = (start) => {
            const range = document.createRange();
            range.setStart(near.firstChild, start);
            range.setEnd(near.firstChild, start + 1);
            return range.getBoundingClientRect().left;
        };
        return [at(0), at(near.textContent.length - 1)];
    }"""
    begins, ends = page.evaluate(first_and_last, "هذه")
    assert begins > ends
    begins, ends = page.evaluate(first_and_last, "Det")
    assert begins < ends


def test_of_hundreds_that_use_an_example_the_first_stand_and_the_others_are_a_click_away(
    small: Callable[..., Path],
) -> None:
    files = {f"ideas/units/u{n}.md": UNIT.replace("Enhet", f"Enhet {n}") for n in range(30)}
    files |= {f"ideas/adoptions/a{n}.md": ADOPTION.format(by=f"u{n}", confirmed="2026-05-01") for n in range(30)}
    tree = page(read(small({"ideas/cases/givare.md": case(), **files})), "exempel/givare/")
    assert len(tree.xpath("//aside//li/a[starts-with(@href, '../../ateranvandning/')]")) == 30
    assert len(tree.xpath("//aside//details//li/a")) == 18
    assert tree.xpath("string(//aside//details/summary)") == "och 18 till"


@pytest.mark.parametrize(("programme", "said"), [("", "Om evenemanget"), ('[{time: "09:00", title: A}]', "Program")])
def test_the_start_page_offers_no_programme_that_is_not_there(
    small: Callable[..., Path], programme: str, said: str
) -> None:
    event = f"---\ntitle: Dagen\ntype: mashup\ndate: 2026-09-01\nprogramme: {programme}\n---\n"
    tree = page(read(small({"ideas/events/dagen.md": event})), "")
    assert tree.xpath("string(//a[@class='btn' and @href='evenemang/dagen/'])") == said


def test_the_way_out_of_a_heading_that_is_underlined_does_help(instance: Callable[..., Path]) -> None:
    files = {"ideas/units/skola.md": UNIT, "ideas/cases/givare.md": case(f"{THREE}Mer\n===\n\nText.\n")}
    done = run_cli("check", root=instance(files))
    assert "skriv raden som `## Mer`, och ta bort raden med = under den" in done.stdout
    assert (
        "heading-skip"
        not in run_cli("check", root=instance({"ideas/cases/givare.md": case(f"{THREE}## Mer\n")})).stdout
    )


def test_a_link_to_a_former_name_is_told_the_name_of_today(instance: Callable[..., Path]) -> None:
    """Where two claim it, as where the address leads: to the first."""
    named = case().replace("status:", "formerly: [gammal]\nstatus:")
    files = {
        "ideas/units/skola.md": UNIT,
        "ideas/cases/a.md": named,
        "ideas/cases/b.md": named,
        "ideas/cases/c.md": case(f"{THREE}[x](gammal.md)\n", more="builds_on: [gammal]"),
    }
    said = run_cli("check", root=instance(files)).stdout
    assert "menade du a?" in said
    assert "skriv (a.md)" in said


@pytest.mark.parametrize("nothing", ["", "<!-- fyll i -->", "&nbsp;", "***", "\u00a0"])
def test_a_section_with_nothing_to_read_is_empty(instance: Callable[..., Path], nothing: str) -> None:
    files = {"ideas/units/skola.md": UNIT, "ideas/cases/givare.md": case(THREE.replace("Därför.", nothing))}
    root = instance(files)
    assert told(root) == ["cases/givare.md:14:1: fel: avsnittet ”Varför” är tomt [missing-section]"]
    assert "= skriv texten under den" in run_cli("check", root=root).stdout


@pytest.mark.parametrize(
    ("period", "right"),
    [
        ("{start: 2026, end: 1999}", False),
        ("{start: 2026-03-04, end: 2026-03-03}", False),
        ("{start: 2026-03-04, end: 2026-03}", True),
        ("{start: 2026-03, end: 2026-03-01}", True),
        ("{start: 2026-03-04, end: 2026-02}", False),
        ("{start: 2026}", True),
    ],
)
def test_nothing_ends_before_it_begins(instance: Callable[..., Path], period: str, right: bool) -> None:
    files = {"ideas/units/skola.md": UNIT, "ideas/cases/givare.md": case(more=f"period: {period}")}
    said = told(instance(files))
    assert not said if right else "period.end är" in said[0]


def test_an_event_does_not_end_before_its_day(instance: Callable[..., Path]) -> None:
    event = "---\ntitle: Dagen\ntype: mashup\ndate: 2026-09-02\nend: 2026-09-01\n---\n"
    (said,) = told(instance({"ideas/events/dagen.md": event}))
    assert said.startswith("events/dagen.md:5:6: fel: end är 2026-09-01, och det är före början")


def test_a_doi_with_strange_signs_leads_where_it_should(small: Callable[..., Path]) -> None:
    doi = "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O"
    method = (
        f"---\ntitle: M\nstages: [test]\nresearch_base: [{{title: Studie, doi: '{doi}'}}]\n---\n\n## Så gör ni\n\nSå.\n"
    )
    tree = page(read(small({"ideas/methods/m.md": method})), "metoder/m/")
    (href,) = tree.xpath("//a[text()='Studie']/@href")
    assert href == "https://doi.org/10.1002/(SICI)1097-4571(199806)49:8%3C693::AID-ASI4%3E3.0.CO;2-O"


PNG = io.BytesIO()
Image.new("RGB", (60, 40), "red").save(PNG, "PNG")


@pytest.mark.parametrize("name", ["a.png", "h#k.png", "q?.png", 'citat".png', "apo'.png", "blå bild.png", "x%20y.png"])
def test_a_picture_is_shown_whatever_its_name_and_its_words(small: Callable[..., Path], name: str) -> None:
    body = f"![Skylten \"In\" & 'ut'](../media/{quote(name)})\n\n[filen](../media/{quote(name)})\n\n{THREE}"
    files = {f"ideas/media/{name}": PNG.getvalue(), "ideas/cases/givare.md": case(body)}
    root = small(files)
    made = artifacts(read(root))
    shown = made["exempel/givare/index.html"].make()
    assert isinstance(shown, Page)
    assert "media:" not in shown.body
    tree: Any = html.fromstring(shown.body)
    (picture,) = tree.xpath("//*[@class='prose']//img")
    assert picture.get("alt") == "Skylten \"In\" & 'ut'"
    (link,) = tree.xpath("//a[text()='filen']/@href")
    for address in (picture.get("src"), link):
        assert unquote(urljoin("/exempel/givare/", address)).removeprefix("/") in made
    assert not [said for said in told(root) if said.startswith("cases/")]


@pytest.mark.parametrize(
    ("there", "written", "way_out"),
    [
        ("Bild.PNG", "bild.png", "menade du Bild.PNG?"),
        ("bild.png", "ideas/media/bild.png", "menade du bild.png?"),
        (unicodedata.normalize("NFD", "blå.png"), "blå.png", "en fil där har ett namn som bara ser likadant ut"),
    ],
)
def test_a_picture_with_nearly_the_name_is_found_again(
    instance: Callable[..., Path], there: str, written: str, way_out: str
) -> None:
    files = {f"ideas/media/{there}": PNG.getvalue(), "ideas/units/skola.md": UNIT}
    more = f"image: {{file: '{written}', alt: En bild}}"
    assert way_out in run_cli("check", root=instance({**files, "ideas/cases/givare.md": case(more=more)})).stdout


def test_a_page_with_umlauts_in_its_name_is_led_to(small: Callable[..., Path]) -> None:
    body = case(f"{THREE}Se [om oss](<../../docs/så här.md>).\n")
    tree = page(read(small({"docs/så här.md": "# Så", "ideas/cases/givare.md": body})), "exempel/givare/")
    (href,) = tree.xpath("//a[text()='om oss']/@href")
    assert unquote(href) == "../../så här/"


@pytest.mark.parametrize("file", ["blå bild.png", "x%20y.png"])
def test_a_picture_with_umlauts_in_its_name_stands_in_the_book(file: str) -> None:
    prose = read_body(f"![Bild](../media/{quote(file)})", "ideas/cases/a.md", {}, "sv").html
    assert [one["file"] for one in blocks(prose, str, frozenset({file}))] == [file]


@pytest.mark.parametrize(("more", "stands"), [("core: [Titta.]", True), ("", False)])
def test_nobody_is_told_to_read_what_is_not_there(small: Callable[..., Path], more: str, stands: bool) -> None:
    catalogue = read(small({"ideas/cases/givare.md": case(more=more)}))
    for address in ("exempel/givare/", "exempel/givare/sprid/"):
        assert ("Läs vad som måste vara kvar." in words(page(catalogue, address))) is stands
