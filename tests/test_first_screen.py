"""What a reader sees of an example in half a minute, and what every page says of how sure and how fresh it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from idesluss import reading, settings
from idesluss.kinds import KINDS
from idesluss.kinds.case import Case
from test_outputs import CASE, NEED, TODAY, page, read, small, words
from test_portal_browser import Visit, portal, visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["portal", "small", "visit"]

Small = Callable[..., Path]
ROOT = Path(__file__).parents[1]
FULL = """\
core:
  - Larmet blir ett ärende. Mejl räcker inte.
  - Någon har nyckel.
  - Batteriet håller i fem år.
  - En fjärde sak.
needs: [fukt]
effects:
  - {measure: Skador, baseline: 9, result: 2}
cost: {introduce: 100}
time_to_use: Två månader
last_confirmed: 2026-03
"""
HARD = "\n## Det som var svårt\n\nDe hade [redan](https://a.example) fyra **system**. Mer än så gick inte.\n"
ANSWERS = {
    "what": ".lead",
    "for whom": ".by",
    "effect": ".brief .facts.row div:nth-child(1)",
    "cost": ".brief .facts.row div:nth-child(2)",
    "who uses it": ".brief .facts.row div:nth-child(4)",
    "what must be kept": ".shorts div:has(a[href='#must-be-kept'])",
    "challenges": ".shorts div:not(:has(a[href='#must-be-kept']))",
}
"""The seven questions of the first screen, and where each is answered."""
ENDS = """(selectors) => Object.fromEntries(Object.entries(selectors).map(([name, selector]) => {
    const one = document.querySelector(selector);
    const seen = one && one.checkVisibility() && one.textContent.trim();
    return [name, seen ? one.getBoundingClientRect().bottom + scrollY : Infinity];
}))"""


def full_cases() -> list[str]:
    """The examples of this repository that answer all seven questions."""
    told, faults = settings.load(ROOT)
    assert told is not None, faults
    catalogue = reading.load(ROOT, told, lambda *_: (), now=TODAY, jobs=1).catalogue
    found = [
        catalogue.address(case.id)
        for case in catalogue.of("case")
        if isinstance(case, Case)
        and case.core
        and case.section("challenges")
        and case.needs
        and case.effects
        and case.cost
    ]
    assert len(found) > 5, found
    return found


def ends(page: Page) -> dict[str, float]:
    """How far down each answer ends, in pixels; endless if it is not there."""
    found: dict[str, float] = page.evaluate(ENDS, ANSWERS)
    return found


@pytest.mark.parametrize(
    ("viewport", "screens"), [((1280, 800), 1), ((390, 844), 2), ((412, 823), 2)], ids=["wide", "phone", "wide-phone"]
)
def test_seven_answers_stand_on_the_first_screen(
    viewport: tuple[int, int], screens: int, visit: Callable[..., Visit], portal: str
) -> None:
    """What, for whom, effect, challenges, cost, what must be kept, who uses it: without scrolling on a wide screen."""
    width, height = viewport
    window = visit(viewport={"width": width, "height": height})
    for address in full_cases():
        window.open(f"{portal}/{address}")
        late = {name: end for name, end in ends(window.page).items() if end > screens * height}
        assert not late, f"{address}: {late}"
    assert window.close() == []


def test_the_short_answers_lead_to_the_whole_ones(visit: Callable[..., Visit], portal: str) -> None:
    window = visit(viewport={"width": 1280, "height": 800})
    window.open(f"{portal}/{full_cases()[0]}")
    for link in window.page.locator(".shorts a, .sure a").all():
        link.click()
        target = window.page.evaluate("() => document.querySelector(':target')?.textContent.trim() ?? ''")
        assert target == link.text_content()


def shorts(tree: html.HtmlElement) -> dict[str, list[str]]:
    return {words(div[0]): [words(dd) for dd in div.iter("dd")] for div in tree.find_class("shorts")[0]}


def test_short_answers_are_whole_sentences_of_the_text(small: Small) -> None:
    """Links and stress leave no gap before a full stop; of many points three stand first, and the rest are counted."""
    told = CASE.format("Givare", "in_use", FULL) + HARD
    files = {"ideas/cases/givare.md": told, "ideas/needs/fukt.md": NEED.format("affected: {whom: Barn}")}
    tree = page(read(small(files)), "exempel/givare/")
    assert shorts(tree) == {
        "Måste vara kvar och 1 till": [
            "Larmet blir ett ärende. Mejl räcker inte.",
            "Någon har nyckel.",
            "Batteriet håller i fem år.",
        ],
        "Det som var svårt": ["De hade redan fyra system. Mer än så gick inte."],
    }
    assert "För: Barn" in words(tree.find_class("by")[0])
    assert "Bekräftat av ägaren mars 2026." in words(tree.find_class("sure")[0])


def test_what_an_example_does_not_say_leaves_no_empty_heading(small: Small) -> None:
    tree = page(read(small({"ideas/cases/givare.md": CASE.format("Givare", "in_use", "")})), "exempel/givare/")
    assert not tree.find_class("shorts")
    assert "Självrapporterat. Ägaren har inte sagt" in words(tree.find_class("sure")[0])


def test_hostile_points_stay_text(small: Small) -> None:
    told = CASE.format("Givare", "in_use", 'core: ["<script>alert(1)</script> & <b>x</b>"]')
    tree = page(read(small({"ideas/cases/givare.md": told})), "exempel/givare/")
    assert not tree.xpath("//script | //b[text()='x']")
    assert shorts(tree)["Måste vara kvar"] == ["<script>alert(1)</script> & <b>x</b>"]


def sure(built_site: Path) -> dict[str, Any]:
    """What each entry's page of the portal says of how sure it is, by its address."""
    told, faults = settings.load(ROOT)
    assert told is not None, faults
    catalogue = reading.load(ROOT, told, lambda *_: (), now=TODAY, jobs=1).catalogue
    found = {}
    for entry in catalogue.entries.values():
        tree = html.parse(str(built_site / catalogue.address(entry.id) / "index.html")).getroot()
        heading = tree.get_element_by_id("how-sure")
        notes = [words(element) for element in heading.itersiblings() if element.tag == "p"]
        found[entry.id] = (entry.kind, " ".join(notes))
    return found


REVIEWED = re.compile("Självrapporterat|[Gg]ransk|[Rr]edaktör|bekräftad av någon utifrån|Berättat av dem")
FRESH = re.compile("Finns här sedan|Git visar inte när")


def test_every_page_says_who_has_looked_at_it_and_how_fresh_it_is(built_site: Path) -> None:
    """Provenance and freshness stand on the page of each entry of every kind."""
    found = sure(built_site)
    assert {kind for kind, _text in found.values()} == {kind.kind for kind in KINDS}
    wanting = {id_: text for id_, (_kind, text) in found.items() if not (REVIEWED.search(text) and FRESH.search(text))}
    assert not wanting


def test_freshness_is_what_the_entry_says(small: Small) -> None:
    """A need, an adoption, an example and a project each tell when somebody last said that it holds."""
    need = NEED.format("confirmed: {date: 2026-02-03, how: Vi frågade}")
    project = (
        "---\ntitle: P\nstatus: {word: ended}\nsource: {title: X, date: 2022-05, reviewed_by_editors: false}\n---\n"
    )
    files = {
        "ideas/needs/fukt.md": need,
        "ideas/projects/p.md": project,
        "ideas/projects/q.md": "---\ntitle: Q\nstatus: {word: ended}\nsource: {title: X}\n---\n",
        "ideas/cases/givare.md": CASE.format("Givare", "in_use", "last_confirmed: 2020-03\nreview: editorial"),
    }
    catalogue = read(small(files))

    def said(address: str) -> str:
        return words(page(catalogue, address).get_element_by_id("how-sure").getnext())

    assert said("behov/fukt/") == "Självrapporterat. Ingen granskning är angiven. Bekräftat 3 februari 2026."
    assert said("projekt/p/").startswith("Projektet har skrivit texten själv.")
    assert said("projekt/p/").endswith("maj 2022.")
    assert said("projekt/q/") == "Källan säger inte om redaktörer har granskat texten."
    assert "Ägaren har inte bekräftat det sedan mars 2020" in said("exempel/givare/")
    assert "Git visar inte när" in words(page(catalogue, "behov/fukt/"))
