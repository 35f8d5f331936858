"""The search as a reader uses it, in a real browser: words, choices, keys, addresses, and what is asked of the host."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from conftest import run_cli, write_files
from idesluss.handbook.policy import policy
from test_portal_browser import AXE_TAGS, LISTEN, MODES, PHONE, TOO_WIDE, WIDE, Visit
from test_search import FILES, description, files, idea

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

HOSTILE = "Skriv `<img src=x onerror=alert(1)>` och `<mark>klotter</mark>` i rutan."
MANY = {f"ideas/2024/ide-{n}.md": idea(f"Idé {n}", "En lampa vid vägen.", day="2024-05-01") for n in range(25)}
FAILED = """\
---
title: Larmet som ingen hörde
summary: Fuktsensorerna larmade, men ingen svarade.
organisation: skolan
type: solution
status: failed
licence: CC-BY-4.0
example: true
---

## Vad

Larm.

## Varför

Vatten.

## Hur

Med ljud.
"""
RARE = sorted(map("".join, itertools.product("bdfgklmnprst", repeat=4)))
"""Words without a vowel, which are searched as they stand, so many that they fill several files of the index."""
LINES = """() => [...document.querySelectorAll("#hits > li")].map((hit) => hit.innerText.replaceAll("\\n", " | "))"""


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small portal with its search, in a folder of its own as on a host that has others beside it."""
    work = tmp_path_factory.mktemp("searched")
    files = {
        **FILES,
        **MANY,
        "ideas/2026/hostil.md": idea("Fel <b>& fetstil</b>", HOSTILE),
        "ideas/cases/larmet.md": FAILED,
        "ideas/2023/ordlista.md": idea("Ordlistan", f"Ord: {' '.join(RARE)}.", day="2023-01-01"),
    }
    (work / "instance").mkdir()
    done = run_cli("build", "--site", work / "host" / "portal", root=write_files(work / "instance", files))
    assert done.returncode == 0, done.stdout + done.stderr
    return work / "host"


@pytest.fixture(scope="module")
def home(searched: Path, serve_folder: Callable[[Path], str]) -> str:
    return serve_folder(searched) + "/portal/"


@pytest.fixture
def window(chromium: Browser, home: str) -> Iterator[Callable[..., Visit]]:
    """A browser window that must have had no fault when the test is done."""
    opened = []

    def open_window(**options: Any) -> Visit:
        context = chromium.new_context(locale="sv-SE", **(options or WIDE))
        context.set_default_timeout(15_000)
        context.add_init_script(LISTEN)
        made = Visit(context.new_page(), urlsplit(home).netloc)
        made.listen()
        opened.append((context, made))
        return made

    yield open_window
    faults = [fault for context, made in opened for fault in made.close() if context.pages]
    for context, _made in opened:
        context.close()
    assert faults == []


def settle(page: Page) -> None:
    """Wait until the search has answered."""
    page.locator("#seek:not([aria-busy])").wait_for()
    page.wait_for_load_state("load")


def ask(page: Page, home: str, query: str) -> list[str]:
    """Open the search with a query in its address and give the hits, a line each."""
    page.goto(f"{home}sok/?{query}")
    page.locator("#said:not(:empty)").wait_for()
    settle(page)
    lines: list[str] = page.evaluate(LINES)
    return lines


def choose(page: Page, facet: str, value: str) -> None:
    """Choose a value of a facet, which is opened for it if need be."""
    held = page.locator(".facet").filter(has=page.locator("summary", has_text=facet))
    box = held.get_by_label(re.compile(f"^{value} "))
    if not box.is_visible():
        held.locator("summary").click()
    box.check()


@pytest.mark.parametrize(
    ("word", "title"),
    [
        ("översvämningar", "Källaren under vatten"),
        ("Översvämning", "Källaren under vatten"),
        ("sensor", "Mätare i väggen"),
        ("sensorn", "Luften i klassrummet"),
        ("fuktsensorn", "Larmet som ingen hörde"),
        ("kallare", "Källaren under vatten"),
        ("simsalabim", "Om portalen"),
        ("torra hus", "Torra hus"),
        ("Skolförvaltningen", "Luften i klassrummet"),
    ],
)
def test_words_are_found_in_their_other_forms(word: str, title: str, window: Callable[..., Visit], home: str) -> None:
    """Swedish endings, å ä ö, titles, hand-written pages and the names of units lead to what one looks for."""
    page = window().page
    lines = ask(page, home, f"q={word}")
    assert [line for line in lines if line.startswith(title)], lines
    assert "stämmer riktigt" not in page.locator("#said").inner_text()


def test_words_are_found_wherever_the_index_is_cut(searched: Path, window: Callable[..., Visit], home: str) -> None:
    """The last word of one file and the first of the next, in one query."""
    firsts = [first for first, _last, _name in description(files(searched / "portal"))[2][1:]]
    cuts = {bisect_left(RARE, first) for first in firsts} - {0, len(RARE)}
    assert len(cuts) > 2
    for cut in sorted(cuts)[:: max(1, len(cuts) // 5)]:
        lines = ask(window().page, home, f"q={RARE[cut - 1]} {RARE[cut]}")
        assert [line for line in lines if line.startswith("Ordlistan")], (RARE[cut - 1], RARE[cut], lines)


def test_a_hit_shows_what_it_is(window: Callable[..., Visit], home: str) -> None:
    """Kind, how it went, whose it is, that it is invented, and the word that was found, marked."""
    page = window().page
    [line] = ask(page, home, "q=larmade")
    assert line.startswith("Larmet som ingen hörde | ")
    for part in ("Gott exempel", "Prövat, fungerade inte", "Skolförvaltningen", "Påhittat"):
        assert part.lower() in line.lower()
    assert page.locator("#hits mark").first.inner_text().strip(",.") == "larmade"
    page.locator("#hits a").click()
    page.wait_for_url(f"{home}exempel/larmet/")


def test_hostile_words_stay_words(window: Callable[..., Visit], home: str) -> None:
    """What an author wrote as markup is shown as it was written."""
    page = window().page
    ask(page, home, "q=rutan")
    assert page.locator("#hits h3").inner_text() == "Fel <b>& fetstil</b>"
    assert "<img src=x onerror=alert(1)> och <mark>klotter</mark>" in page.locator("#hits .about").inner_text()
    assert page.locator("#hits img, #hits b, #hits script").count() == 0
    assert page.locator("#hits mark").all_inner_texts() == ["rutan."]
    ask(page, home, "q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%26zzqx")
    assert page.locator("#said img").count() == 0


def test_choices_combine(window: Callable[..., Visit], home: str) -> None:
    """Within one facet either will do, between facets all have to hold; what the address says is what is shown."""
    page = window().page

    def titles(query: str) -> list[str]:
        return sorted(line.split(" | ")[0] for line in ask(page, home, query))

    both = ["Luften i klassrummet", "Mätare i väggen"]
    assert titles("q=sensorer&kind=idea") == both
    assert titles("q=sensorer&theme=skola&unit=skolan") == both[:1]
    assert titles("q=sensorer&theme=skola&year=2026&sector=academia&goal=torra-hus&stage=submitted") == both[:1]
    assert titles("q=sensorer&unit=skolan&unit=fastighet&kind=idea") == both
    choose(page, "Tema", "Klimat")
    page.wait_for_url(f"{home}sok/?q=sensorer&kind=idea&theme=klimat&unit=fastighet&unit=skolan")
    settle(page)
    assert [line.split(" | ")[0] for line in page.evaluate(LINES)] == ["Mätare i väggen"]
    page.locator("#clear").click()
    settle(page)
    assert page.url == f"{home}sok/?q=sensorer"


def test_the_address_can_be_passed_on_and_back_leads_back(window: Callable[..., Visit], home: str) -> None:
    """Another window shows the same for the same address; back and forward walk through what was asked."""
    page = window().page
    ask(page, home, "q=vatten")
    page.get_by_label("Vad är ditt problem?").fill("sensorer")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sok/?q=sensorer*")
    choose(page, "Tema", "Skola")
    page.wait_for_url("**/sok/?q=sensorer&theme=skola")
    settle(page)
    shown = page.evaluate(LINES)
    other = window().page
    assert ask(other, home, urlsplit(page.url).query) == shown
    assert other.locator("input[name=theme][value=skola]").is_checked()
    page.go_back()
    page.wait_for_url("**/sok/?q=sensorer")
    settle(page)
    assert not page.locator("input[name=theme][value=skola]").is_checked()
    page.go_forward()
    page.wait_for_url("**/sok/?q=sensorer&theme=skola")
    settle(page)
    assert page.evaluate(LINES) == shown


def test_search_by_keyboard_alone(window: Callable[..., Visit], home: str) -> None:
    """From the header to the hits, a choice, a hit and back, with keys only; nothing holds the focus."""
    page = window().page
    page.goto(f"{home}ideer/")
    _tab_to(page, "header input[type=search]")
    page.keyboard.type("sensorer")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{home}sok/?q=sensorer")
    page.locator("#hits > li").first.wait_for()
    settle(page)
    assert page.locator("#said[role=status]").inner_text().startswith("2 träffar")
    _tab_to(page, "#choose input[value=idea]")
    page.keyboard.press("Space")
    page.wait_for_url("**&kind=idea")
    settle(page)
    assert page.locator("#hits > li").count() == 2
    _tab_to(page, "#hits a")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/ideer/(matare|klassrum)/"))
    page.go_back()  # the browser's own key, which it has none of without a window
    page.wait_for_url("**&kind=idea")
    page.locator("#hits > li").first.wait_for()
    _tab_to(page, "footer a", most=80)


def _tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until the focus is there."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} was not reached")


def test_submitting_moves_the_focus_to_the_hits_and_more_to_the_next(window: Callable[..., Visit], home: str) -> None:
    """Whoever reads by ear lands where the hits begin, and hears how many there are."""
    page = window().page
    page.goto(f"{home}sok/")
    page.get_by_label("Vad är ditt problem?").fill("lampor")
    page.keyboard.press("Enter")
    page.locator("#hits > li").first.wait_for()
    settle(page)
    assert page.evaluate("() => document.activeElement.id") == "found"
    assert page.locator("#said").inner_text() == "Ungefär 25 träffar på ”lampor”."
    assert page.locator("#hits > li").count() == 10
    page.get_by_role("button", name="Visa fler träffar").click()
    page.locator("#hits > li").nth(19).wait_for()
    assert page.evaluate("() => document.activeElement === document.querySelectorAll('#hits a')[10]")
    assert page.locator("#said").inner_text() == "Visar 20 träffar."
    page.locator("#hits a").nth(15).click()
    page.wait_for_url("**/ideer/**")
    page.go_back()
    page.locator("#hits > li").nth(19).wait_for()


def test_what_an_answer_needs_is_asked_for_before_the_page_asks(chromium: Browser, home: str) -> None:
    """The program and the file with the word are on their way while the page's own script is awaited."""
    context = chromium.new_context(locale="sv-SE")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path.rpartition(".")[2]))
    page.goto(f"{home}sok/")
    settle(page)
    assert not {"json", "pagefind", "pf_meta", "pf_index"} & set(asked), "nobody has asked anything"
    page.route("**/assets/search.js*", lambda _route: None)
    with page.expect_response(re.compile(r"/pagefind/index/.*\.pf_index$")) as index:
        page.goto(f"{home}sok/?q=sensorer", wait_until="commit")
    assert index.value.ok
    assert {"json", "pagefind", "pf_meta", "pf_index"} <= set(asked)
    assert asked.count("pf_index") == 1
    context.close()


def test_nothing_is_fetched_twice(window: Callable[..., Visit], home: str) -> None:
    """What was fetched ahead is what the search is done with, by page and worker together."""
    page = window().page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    assert len(ask(page, home, "q=sensorer")) == 2
    fetched = [path.removeprefix("/portal/pagefind/") for path in asked if "/pagefind/" in path]
    assert sorted(set(fetched)) == sorted(fetched)
    assert {"pagefind-worker.js", "pagefind-entry.json", "wasm.sv.pagefind"} <= set(fetched)
    assert sum(path.startswith("fragment/") for path in fetched) == 2, "the worker's requests are seen"


def test_hits_are_shown_as_they_come(window: Callable[..., Visit], home: str) -> None:
    """The first hits do not wait for one that is late, and how many there are is said with the first."""
    page = window().page
    late = hold(page, "**/*.pf_fragment")
    page.goto(f"{home}sok/?q=lampor")
    _until(lambda: len(late) == 10, page)
    assert page.locator("#hits > li").count() == 0
    assert not page.locator("#ways").is_visible()
    page.locator("#said", has_text="Söker …").wait_for()
    late[0].continue_()
    page.locator("#hits > li").first.wait_for()
    assert page.locator("#said").inner_text() == "Ungefär 25 träffar på ”lampor”."
    assert page.locator("#seek[aria-busy]").count() == 1
    late[2].continue_()
    late[1].continue_()
    page.locator("#hits > li").nth(2).wait_for()
    first = page.evaluate(LINES)
    assert len(first) == 3
    for route in late[3:]:
        route.continue_()
    settle(page)
    assert page.evaluate(LINES)[:3] == first
    assert page.locator("#hits > li").count() == 10


def test_a_browser_without_workers_finds_the_same(window: Callable[..., Visit], home: str) -> None:
    """Where no worker can be had Pagefind's own script searches, choices and all."""
    usual = ask(window().page, home, "q=sensorer&theme=skola")
    page = window().page
    page.add_init_script("delete window.Worker")
    assert ask(page, home, "q=sensorer&theme=skola") == usual != []
    assert page.evaluate("() => typeof Worker") == "undefined"


def test_the_worker_runs_under_the_policy_that_a_server_is_told_to_send(
    window: Callable[..., Visit], home: str
) -> None:
    """A server that sends the handbook's policy with every file takes nothing away from the search."""
    sent = next(line.partition(": ")[2] for line in policy().splitlines() if line.startswith("Content-Security"))
    page = window().page
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        given = route.fetch()
        route.fulfill(response=given, headers={**given.headers, "content-security-policy": sent})

    page.context.route(f"{home}**", answer)
    assert len(ask(page, home, "q=sensorer")) == 2
    assert [url for url in asked if url.endswith("/pagefind-worker.js")]
    assert not [url for url in asked if url.endswith("/pagefind.js")], "nothing had to be done in another way"


def test_a_host_that_was_away_is_asked_again(chromium: Browser, home: str) -> None:
    """A search that failed is no reason for the next to fail."""
    context = chromium.new_context(locale="sv-SE")
    page = context.new_page()
    context.route("**/pagefind-entry.json*", lambda route: route.abort())
    page.goto(f"{home}sok/?q=sensor")
    page.locator("#said:has-text('går inte att nå')").wait_for()
    context.unroute("**/pagefind-entry.json*")
    page.get_by_label("Vad är ditt problem?").fill("sensorer")
    page.keyboard.press("Enter")
    page.locator("#hits > li").first.wait_for()
    settle(page)
    assert page.locator("#hits > li").count() == 2
    context.close()


def test_the_numbers_of_the_choices_follow_the_hits(window: Callable[..., Visit], home: str) -> None:
    """Hits do not wait for the numbers, and stay if these cannot be had."""
    page = window().page
    late = hold(page, "**/*.pf_filter")
    page.goto(f"{home}sok/?q=sensorer&kind=idea")
    _until(lambda: len(late) == 1, page)
    late[0].continue_()
    page.locator("#hits > li").nth(1).wait_for()
    _until(lambda: len(late) > 3, page)
    number = page.locator("label:has(input[name=theme][value=klimat]) .n")
    assert number.text_content() == ""
    for route in late[1:]:
        route.continue_()
    settle(page)
    assert number.text_content() == "1"
    assert page.locator("#hits > li").count() == 2


def test_the_numbers_of_the_choices_are_of_the_hits(window: Callable[..., Visit], home: str) -> None:
    """Where the choices are in sight each says how many hits it would leave, without a question how many there are."""
    page = window().page

    def number(name: str, value: str) -> str | None:
        return page.locator(f"label:has(input[name={name}][value={value}]) .n").text_content()

    ask(page, home, "q=sensorer")
    assert (number("theme", "klimat"), number("unit", "skolan"), number("kind", "case")) == ("1", "1", "0")
    ask(page, home, "q=zzqxw")
    assert (number("theme", "klimat"), number("kind", "case")) == ("", "")
    page.goto(f"{home}sok/")
    settle(page)
    assert (number("theme", "klimat"), number("kind", "case")) == ("2", "1")
    phone = window(**PHONE).page
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    ask(phone, home, "q=sensorer")
    assert not [url for url in asked if url.endswith(".pf_filter")], "nobody sees the choices"
    phone.locator("#choose > summary").click()
    phone.locator("label:has(input[value=klimat]) .n", has_text="1").wait_for(state="attached")
    settle(phone)


def hold(page: Page, pattern: str) -> list[Route]:
    """What is asked for from now on of this pattern, and waits to be let go."""
    late: list[Route] = []

    def keep(route: Route) -> None:
        late.append(route)

    page.context.route(pattern, keep)
    return late


def _until(holds: Callable[[], bool], page: Page) -> None:
    """Wait, while the page goes on, until it holds."""
    for _ in range(300):
        if holds():
            return
        page.wait_for_timeout(50)
    pytest.fail("waited too long")


def test_nothing_found_is_no_dead_end(window: Callable[..., Visit], home: str) -> None:
    """Without a hit, without a word, and where only the beginning of a word is known, there are ways on."""
    page = window().page
    assert ask(page, home, "q=zzqxw") == []
    assert page.locator("#said").inner_text() == "Inga träffar på ”zzqxw”."
    assert page.locator("#ways a:visible").count() > 5
    ask(page, home, "unit=skolan&kind=idea")
    assert page.locator("#lists a").all_inner_texts() == ["Idéer", "Skolförvaltningen"]
    page.locator("#lists a").last.click()
    page.wait_for_url(f"{home}hitta/enhet/skolan/")
    ask(page, home, "q=lampskärmsfabriken")
    assert page.locator("#said").inner_text().startswith("Inget stämmer riktigt med ”lampskärmsfabriken”")


def test_search_from_the_start_page_and_the_header(window: Callable[..., Visit], home: str) -> None:
    """The field of the start page leads to the search, also on a phone, where the header has a link to it."""
    page = window(**PHONE).page
    page.goto(home)
    page.get_by_label("Vad är ditt problem?").fill("översvämningar")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{home}sok/?q=%C3%B6versv%C3%A4mningar")
    page.locator("#hits > li").first.wait_for()
    page.goto(f"{home}ideer/kallaren/")
    page.locator("header").get_by_role("link", name="Sök").click()
    page.wait_for_url(f"{home}sok/")
    assert page.locator("header [role=search]").count() == 0


def test_without_javascript_the_lists_serve(window: Callable[..., Visit], home: str) -> None:
    page = window(**WIDE, java_script_enabled=False).page
    page.goto(f"{home}sok/?q=sensor")
    assert page.locator(".needs").inner_text().startswith("Sökningen behöver JavaScript")
    page.get_by_role("link", name=re.compile("Alla vägar in")).click()
    page.wait_for_url(f"{home}hitta/")
    page.locator("main").get_by_role("link", name=re.compile("Skolförvaltningen")).click()
    assert page.get_by_role("link", name="Luften i klassrummet").is_visible()


def test_a_host_without_the_index_still_leads_on(chromium: Browser, home: str) -> None:
    """Where the index cannot be fetched the reader is told so, and led to the lists."""
    context = chromium.new_context(locale="sv-SE")
    page = context.new_page()
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(f"{home}sok/?q=sensor")
    page.locator("#said:not(:empty)").wait_for()
    settle(page)
    assert page.locator("#said").inner_text().startswith("Sökningen går inte att nå")
    assert page.locator("#ways a:visible").count() > 5
    context.close()


@pytest.mark.parametrize("mode", MODES)
def test_no_accessibility_fault_with_hits_shown(
    mode: str, window: Callable[..., Visit], home: str, axe_source: str
) -> None:
    """The checker axe finds nothing with hits, choices and marks in sight, nor where nothing was found."""
    page = window(**MODES[mode]).page
    faults = []
    for query in ("q=sensorer&kind=idea&kind=case", "q=lampor", "q=zzqxw", "unit=skolan"):
        ask(page, home, query)
        page.locator("#choose").evaluate("choose => { choose.open = true; }")
        page.locator("#choose").evaluate(
            "choose => choose.querySelectorAll('details').forEach((one) => (one.open = true))"
        )
        settle(page)
        assert page.locator("#hits > li").count() > 0 or not query.startswith(("q=s", "q=l"))
        page.evaluate(axe_source)
        result = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", AXE_TAGS)
        assert len(result["passes"]) > 10
        faults += [
            f"{query} {violation['id']}: {node['html'][:120]} {node['failureSummary']}"
            for violation in result["violations"]
            for node in violation["nodes"][:3]
        ]
    assert not faults, "\n".join(faults)


def test_hits_fit_a_narrow_screen(window: Callable[..., Visit], home: str) -> None:
    page = window(viewport={"width": 320, "height": 800}).page
    ask(page, home, "q=sensorer&kind=idea")
    page.locator("#choose").evaluate("choose => { choose.open = true; }")
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate("() => document.scrollingElement.scrollWidth") == 320
