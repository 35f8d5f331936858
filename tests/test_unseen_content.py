"""Legal and extreme content: words that no line holds, tables wider than a page, entries that are only a title."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from conftest import SETTINGS, run_cli, write_files
from idesluss import translate
from idesluss.artifact import Page
from idesluss.outputs.wording import Wording
from idesluss.settings import Settings
from test_events import event
from test_events import page as event_page
from test_events import read as read_events
from test_events import small as events
from test_outputs import artifacts, page, read, small
from test_portal_browser import AXE_TAGS, TOO_WIDE, Visit, portal, visit
from test_portal_html import grave_among

__all__ = ["events", "portal", "small", "visit"]

WORD = "Kommunalförbundsverksamhetsutvecklingsstrategidokumentationsplattformsansvarig"
DIGITS = "1234567890" * 25
THEMES = f"  - id: ord\n    title: {WORD}\n    summary: {DIGITS}\n"
UNIT = f"---\ntitle: {WORD}\ntype: administration\n---\n"
BARE = "---\ntitle: Bara en rubrik\nsector: academia\n---\n"
NEED = f"---\ntitle: {WORD}\nunit: ord\nsource: law\nthemes: [ord]\n---\n\n## Behovet\n\n{DIGITS}\n"
IDEA = f"""\
---
title: {WORD}
summary: {DIGITS}
unit: ord
themes: [ord]
next_step: {{what: {DIGITS}, role: {WORD}, by: 2027-01-01}}
---

## Problem

|{"|".join("ABCDEFGHIJKL")}|
|{"-|" * 12}
|{"|".join(["Verksamhetsutveckling"] * 12)}|

```
{DIGITS}
```

{DIGITS}
"""
CASE = f"""\
---
title: {WORD}
organisation: ord
type: solution
status: in_use
licence: CC-BY-4.0
needs: [behov]
themes: [ord]
core: [{DIGITS}]
effects: [{{measure: {DIGITS}, baseline: {DIGITS}, result: {DIGITS}}}]
prerequisites: [{DIGITS}]
time_to_use: {DIGITS}
contact: {WORD}
---

## Vad

Det.

## Varför

Därför.

## Hur

Så.
"""
EVENT = f"""\
---
title: {WORD}
type: mashup
date: 2027-03-26
programme: [{{time: "23:30", title: {WORD}, cases: [fall], presenter_role: {WORD}, length: 120}}]
rating: [{{question: {WORD}, share: 7, n: 1}}]
---
"""
FILES = {
    "idesluss.yml": SETTINGS + THEMES,
    "ideas/units/ord.md": UNIT,
    "ideas/actors/bar.md": BARE,
    "ideas/needs/behov.md": NEED,
    "ideas/2026/ide.md": IDEA,
    "ideas/cases/fall.md": CASE,
    "ideas/events/dag.md": EVENT,
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The portal of such content."""
    root = write_files(tmp_path_factory.mktemp("unseen"), FILES)
    done = run_cli("build", "--site", root / "site", root=root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


def addresses(site: Path) -> list[str]:
    found = sorted(site.rglob("*.html"))
    assert len(found) > 25
    return [path.relative_to(site).as_posix().removesuffix("index.html") for path in found]


@pytest.mark.parametrize("width", [320, 820, 1280])
def test_no_word_or_table_is_wider_than_the_screen(
    width: int, site: Path, serve_folder: Callable[[Path], str], visit: Callable[..., Visit]
) -> None:
    host, window = serve_folder(site), visit(viewport={"width": width, "height": 800})
    faults = []
    for address in addresses(site):
        window.page.goto(f"{host}/{address}")
        faults += [f"{address} {fault}" for fault in window.page.evaluate(TOO_WIDE)[:3]]
    assert not faults, "\n".join(faults)


def test_a_table_wider_than_the_text_is_scrolled_in_its_frame(
    site: Path, serve_folder: Callable[[Path], str], visit: Callable[..., Visit]
) -> None:
    """By keyboard too: the frame takes the focus and the arrow keys."""
    page = visit(viewport={"width": 390, "height": 800}).page
    page.goto(serve_folder(site) + "/ideer/ide/")
    frame = page.get_by_role("region", name="Tabell 1")
    frame.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("frame => frame.scrollLeft > 0", arg=frame.element_handle())


def test_the_columns_of_needs_and_answers_share_the_width(
    site: Path, serve_folder: Callable[[Path], str], visit: Callable[..., Visit]
) -> None:
    page = visit(viewport={"width": 1280, "height": 800}).page
    page.goto(serve_folder(site) + "/evenemang/dag/")
    first, second = page.locator(".answers thead th").evaluate_all("heads => heads.map((one) => one.clientWidth)")
    assert abs(first - second) < 30


def test_such_content_is_correct_and_accessible(
    site: Path,
    serve_folder: Callable[[Path], str],
    visit: Callable[..., Visit],
    axe_source: str,
    vnu: Callable[[Sequence[str]], list[dict[str, Any]]],
) -> None:
    host, window = serve_folder(site), visit(viewport={"width": 390, "height": 800})
    found = grave_among(vnu([f"{host}/{address}" for address in addresses(site)]))
    assert not found, "\n".join(f"{one.get('url')}: {one['message']}" for one in found)
    for address in ("aktorer/bar/", "ideer/ide/", "exempel/fall/", "evenemang/dag/"):
        window.page.goto(f"{host}/{address}")
        window.page.evaluate(axe_source)
        told = window.page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", AXE_TAGS)
        assert not [f"{one['id']}: {one['nodes'][0]['html'][:90]}" for one in told["violations"]], address


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2027-03-26", "2027-03-28", "26–28 mars 2027"),
        ("2025-06-17", "2025-11-28", "17 juni – 28 november 2025"),
        ("2025-12-31", "2026-01-01", "31 december 2025 – 1 januari 2026"),
        ("2025-05", "2025-12", "maj–december 2025"),
        ("2025-01", "2026-01", "januari 2025 – januari 2026"),
        ("2020", "2030", "2020–2030"),
        ("2025", "2025-03", "2025 – mars 2025"),
        ("2025", "2025", "2025"),
    ],
)
@pytest.mark.usefixtures("undisturbed")
def test_a_range_of_dates_says_what_both_share_once(first: str, last: str, said: str) -> None:
    translate.use("sv")
    assert Wording(Settings(name="A", owner="B", address="https://a.example/")).days(first, last) == said


@pytest.mark.parametrize(
    ("language", "value", "said"),
    [
        ("sv", 1234567.5, "1\u00a0234\u00a0567,5"),
        ("en", 1234567.5, "1,234,567.5"),
        ("sv", -0.25, "-0,25"),
        ("sv", 12000.0, "12\u00a0000"),
        ("en", 7, "7"),
    ],
)
@pytest.mark.usefixtures("undisturbed")
def test_a_number_is_written_as_its_language_does(language: Any, value: float, said: str) -> None:
    translate.use(language)
    settings = Settings(name="A", owner="B", address="https://a.example/", language=language)
    assert Wording(settings).decimal(value) == said


def test_the_days_of_a_programme_stand_in_their_order(events: Callable[..., Path]) -> None:
    """However the file lists them; who presents an item stands under it."""
    told = """\
date: 2027-03-26
end: 2027-03-28
programme:
  - {time: "09:00", title: Sist, day: 2027-03-28}
  - {time: "23:30", title: Natten, presenter_role: Nattpatrullen}
  - {time: "08:00", title: Mitt, day: 2027-03-27}"""
    catalogue = read_events(events(told), now=datetime.date(2027, 1, 1))
    tree = event_page(catalogue)
    assert [day.text_content() for day in tree.iter("h3")][:3] == ["26 mars 2027", "27 mars 2027", "28 mars 2027"]
    first = next(iter(tree.xpath("//*[contains(@class, 'programme')]//td")))
    assert first.text_content() == "NattenNattpatrullen"
    said = str(event(catalogue)["DESCRIPTION"])
    assert said.index("Natten") < said.index("27 mars 2027") < said.index("Mitt") < said.index("Sist")


@pytest.mark.parametrize(("hours", "said"), [(1, "1 timmes arbete"), (520, "520 timmars arbete")])
def test_hours_of_work_are_said_in_the_right_number(small: Callable[..., Path], hours: int, said: str) -> None:
    case = CASE.replace("---\n\n##", f"cost: {{hours: {hours}}}\n---\n\n##", 1)
    tree = page(read(small({"ideas/cases/fall.md": case, "ideas/units/ord.md": UNIT})), "exempel/fall/")
    assert said in tree.text_content()


def test_a_theme_without_anything_is_no_way_in_on_the_start_page(small: Callable[..., Path]) -> None:
    links = page(read(small()), "").xpath("//a/@href")
    assert "teman/klimat/" in links
    assert "teman/skola/" not in links


def test_an_empty_portal_is_correct_and_says_so(
    instance: Callable[..., Path], tmp_path: Path, serve_folder: Callable[[Path], str], vnu: Callable[..., Any]
) -> None:
    """Nothing in it yet, and nothing said of it but its name."""
    root = instance(
        {"idesluss.yml": "name: A\nowner: B\naddress: https://a.example/\nlanguage: sv\nrepository: public\n"}
    )
    site = tmp_path / "site"
    done = run_cli("build", "--site", site, root=root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Slussen väntar på sin första idé" in (site / "index.html").read_text("utf-8")
    host = serve_folder(site)
    found = grave_among(vnu([f"{host}/{path.relative_to(site)}" for path in site.rglob("*.html")]))
    assert not found, "\n".join(f"{one.get('url')}: {one['message']}" for one in found)


def test_what_changed_and_how_it_went_stand_first_on_an_adoption(small: Callable[..., Path]) -> None:
    """The short answers stand above what is told at length, and once."""
    files = {
        "ideas/cases/fall.md": CASE,
        "ideas/units/ord.md": UNIT,
        "ideas/adoptions/tar.md": "---\ntitle: Vi tog över\ncase: fall\nby: ord\nversion: 2026-01-01\ndegree: copy\n"
        "phase: in_use\nconfirmed: 2026-01-01\nresult: Det gick bra.\n---\n\n## Resultat\n\nEn lång historia.\n",
    }
    text = page(read(small(files)), "ateranvandning/tar/").text_content()
    assert text.count("Det gick bra.") == 1
    assert text.index("Hur det gick") < text.index("Det gick bra.") < text.index("En lång historia.")


def test_what_a_unit_has_no_room_for_is_a_click_away(small: Callable[..., Path]) -> None:
    idea = "---\ntitle: Idé {}\nunit: ord\n---\n\n## Problem\n\nDet.\n"
    files = {f"ideas/2026/ide-{at}.md": idea.format(at) for at in range(63)}
    made = artifacts(read(small({"ideas/units/ord.md": UNIT, **files})))
    unit = made["enheter/ord/index.html"].make()
    assert isinstance(unit, Page)
    tree: Any = html.fromstring(unit.body)
    links = {link.text_content(): link.get("href") for link in tree.iter("a")}
    assert links["och 3 till: Idéer härifrån"] == "../../hitta/enhet/ord/"
    assert "hitta/enhet/ord/index.html" in made
