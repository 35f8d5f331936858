"""An idea's page with what git shows: proven dates, links to their commits, where it stands, and when pages changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
from lxml import html

from conftest import GitInstance
from idesluss import build, translate
from idesluss.catalogue import Catalogue
from idesluss.history import Commit, History, Life, Step
from test_outputs import IDEA, page, plain, read, small, under, words
from test_portal_browser import AXE_TAGS, MODES, TOO_WIDE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["small"]

Small = Callable[..., Path]
COMMIT = "https://github.com/exempel/idesluss/commit/"

TOLD = """\
handed_in: {door: form, at: 2026-01-02}
needs: [fukt]
duplicates_checked: {date: 2026-02-02, found: [givare], note: En liknar.}
decisions:
  - {date: 2026-03-01, to: concept, by: Idérådet, reason: Någon tar emot.}
log:
  - {date: 2026-01-05, role: Idécoach, type: answer, text: Tack., public: true}
  - {date: 2026-01-09, role: Idécoach, type: note, text: Vi ringer., public: true}
  - {date: 2026-01-10, role: Idécoach, type: note, text: Hemlig anteckning.}"""

STEPS = (
    Step("submitted", "2026-01-03", "a" * 40),
    Step("answered", "2026-01-05", "b" * 40),
    Step("assessed", "2026-02-02", "c" * 40),
    Step("concept", "2026-03-04", "d" * 40),
)


def shown(catalogue: Catalogue, steps: tuple[Step, ...] = STEPS, **lives: Life) -> Catalogue:
    """The catalogue as it would be with this history of the idea fuktvakt, and of others."""
    life = Life(steps[0].day, steps[-1].day, steps[-1].day, steps, len(steps))
    return catalogue.with_history(History(Commit("f" * 40, "2026-03-04"), {"fuktvakt": life, **lives}))


def idea(small: Small, told: str = TOLD, stage: str = "concept", **settings: str) -> Path:
    return small({"ideas/2026/fuktvakt.md": IDEA.format("Fuktvakt", stage, told)}, **settings)


def lines(tree: html.HtmlElement) -> list[html.HtmlElement]:
    found: list[html.HtmlElement] = under(tree, "Det här har hänt").xpath(".//li")
    return found


def test_steps_carry_the_dates_of_git_and_lead_to_their_commits(small: Small) -> None:
    """Each step is one line with its decision or answer; the date that was written is told where it is another."""
    tree = page(shown(read(idea(small))), "ideer/fuktvakt/")
    told = lines(tree)
    assert [words(line.find(".//time")) for line in told] == [
        "4 mars 2026", "2 februari 2026", "9 januari 2026", "5 januari 2026", "3 januari 2026",
    ]  # fmt: skip
    assert [words(line.find("p")) for line in told] == [
        "Till koncept. Idérådet: ”Någon tar emot.” Beslutat 1 mars 2026.",
        "Bedömd. En liknar. Liknar: Givare som varnar.",
        "Anteckning. Idécoach: ”Vi ringer.”",
        "Svar till idégivaren. Idécoach: ”Tack.”",
        "Inlämnad. Genom formuläret. Lämnades in 2 januari 2026.",
    ]
    leads = [line.xpath("./a[time]/@href") for line in told]
    assert leads == [[COMMIT + "d" * 40], [COMMIT + "c" * 40], [], [COMMIT + "b" * 40], [COMMIT + "a" * 40]]
    assert "uppgett" not in words(tree)
    assert "Hemlig" not in words(tree)


def test_only_what_git_does_not_show_is_stated(small: Small) -> None:
    """An idea that was brought in states its first steps; those after it are proven."""
    told = (
        "history:\n  - {stage: submitted, date: 2025-05}\n  - {stage: assessed, date: 2025-06-01, reason: Vid ett möte}"
    )
    steps = (Step("assessed", "2026-01-03", "a" * 40), Step("concept", "2026-03-04", "d" * 40))
    tree = page(shown(read(idea(small, told)), steps), "ideer/fuktvakt/")
    assert [words(line) for line in lines(tree)] == [
        "4 mars 2026, ändringen i gitTill koncept.",
        "1 juni 2025 · uppgettBedömd. Vid ett möte",
        "maj 2025 · uppgettInlämnad.",
    ]
    assert "”Uppgett” betyder" in words(tree)
    labels = [words(label) for label in tree.xpath("//*[@class='lock-wide']//li")]
    assert labels[:4] == ["Inlämnad maj 2025", "Besvarad", "Bedömd 1 jun 2025", "Koncept 4 mar 2026"]


def test_lock_shows_the_last_time_that_the_idea_came_to_a_stage(small: Small) -> None:
    """One that went back stands where it is now; the reason that git gives for it is told."""
    steps = (*STEPS, Step("assessed", "2026-04-01", "e" * 40, "Testet gick inte att göra"))
    tree = page(shown(read(idea(small, stage="assessed")), steps), "ideer/fuktvakt/")
    (here,) = tree.xpath("//*[@class='lock-wide']//li[@aria-current='step']")
    assert words(here) == "Bedömd 1 apr 2026"
    assert words(lines(tree)[0].find("p")) == "Bedömd. Testet gick inte att göra"
    assert tree.xpath("//*[@class='lock-wide']//svg/@aria-label") == [
        "En sluss med åtta kammare. Idén är i nummer 3: Bedömd"
    ]
    assert "Bedömd sedan1 april 2026" in words(tree.find(".//dl"))


@pytest.mark.parametrize(
    ("repository", "audience", "seen"),
    [("public", "public", True), ("private", "public", False), ("private", "internal", True)],
)
def test_who_may_not_read_the_repository_gets_neither_links_nor_what_git_says(
    small: Small, repository: str, audience: Literal["public", "internal"], seen: bool
) -> None:
    steps = (*STEPS, Step("assessed", "2026-04-01", "e" * 40, "Ordern kom uppifrån"))
    root = idea(small, f"visibility: public\n{TOLD}", "assessed", repository=repository)
    if repository == "public":
        root = idea(small, TOLD, "assessed")
    made = html.tostring(page(shown(read(root, audience=audience), steps), "ideer/fuktvakt/"), encoding="unicode")
    assert ("Ordern kom uppifrån" in made) == seen
    assert (COMMIT in made) == seen
    assert ("/commits/HEAD/ideas/2026/fuktvakt.md" in made) == seen


@pytest.mark.parametrize(("audience", "way"), [("public", "commits"), ("internal", "edit")])
def test_links_to_the_host_name_the_folder_that_holds_the_instance(
    small: Small, audience: Literal["public", "internal"], way: str
) -> None:
    """Where the instance is a part of a larger repository."""
    root = idea(small, TOLD, "assessed")
    (root.parent / ".git").mkdir()
    made = html.tostring(page(read(root, audience=audience), "ideer/fuktvakt/"), encoding="unicode")
    assert f"/{way}/HEAD/{root.name}/ideas/2026/fuktvakt.md" in made


def test_hostile_words_of_git_stay_words(small: Small) -> None:
    steps = (*STEPS, Step("assessed", "2026-04-01", "e" * 40, "<script>alert(1)</script>"))
    tree = page(shown(read(idea(small, stage="assessed")), steps), "ideer/fuktvakt/")
    assert not tree.xpath("//script")
    assert "<script>alert(1)</script>" in words(lines(tree)[0])


def test_every_page_says_when_it_came_and_when_it_changed(small: Small) -> None:
    need = Life("2026-01-01", "2026-05-06")
    catalogue = shown(read(idea(small)), fukt=need, givare=Life("2026-02-01", "2026-02-01"))
    assert "Finns här sedan 1 januari 2026, ändrad 6 maj 2026." in words(page(catalogue, "behov/fukt/"))
    assert "Finns här sedan 1 februari 2026." in words(page(catalogue, "exempel/givare/"))
    assert page(catalogue, "behov/fukt/").xpath("//aside//time/@datetime") == ["2026-01-01", "2026-05-06"]
    assert "Finns här sedan" not in words(page(read(idea(small)), "behov/fukt/"))


def test_those_inside_may_edit_every_entry(small: Small) -> None:
    root = idea(small)
    for path, file in {
        "ideer/fuktvakt/": "2026/fuktvakt.md",
        "behov/fukt/": "needs/fukt.md",
        "enheter/skola/": "units/skola.md",
    }.items():
        address = f"https://github.com/exempel/idesluss/edit/HEAD/ideas/{file}"
        assert page(read(root, audience="internal"), path).xpath("//a[text()='Ändra på GitHub']/@href") == [address]
        assert not page(read(root), path).xpath("//a[contains(@href, '/edit/')]")


def test_no_edit_link_where_the_host_is_another(small: Small) -> None:
    root = small({"idesluss.yml": plain().replace("github.com/exempel", "git.exempelstad.example")})
    tree = page(shown(read(root, audience="internal")), "ideer/fuktvakt/")
    assert not tree.xpath("//a[contains(@href, 'git.exempelstad.example')]")


def test_ideas_that_became_one_credit_each_other(small: Small) -> None:
    """The one that went says first into which; the one that took it in names it in the box at the top."""
    annan = IDEA.format("En annan", "combined", "combined_into: fuktvakt")
    catalogue = read(small({"ideas/2026/annan.md": annan}))
    (joined,) = page(catalogue, "ideer/fuktvakt/").xpath("//div[@class='now']//a")
    assert (joined.text, joined.get("href")) == ("En annan", "../../ideer/annan/")
    (into,) = page(catalogue, "ideer/annan/").xpath("//div[@class='now']//a")
    assert (into.text, into.get("href")) == ("Fuktvakt", "../../ideer/fuktvakt/")


def test_page_is_made_again_when_what_git_shows_of_it_changes(small: Small) -> None:
    catalogue = read(idea(small))
    before, after = build.digester(shown(catalogue)), build.digester(shown(catalogue, STEPS[:2]))
    assert before("fuktvakt") != after("fuktvakt")
    assert before("fuktvakt#card") == after("fuktvakt#card")
    assert before("fukt") == after("fukt") == build.digester(catalogue)("fukt")


def test_english_page(small: Small) -> None:
    tree = page(shown(read(idea(small, language="en"), audience="internal")), "ideas/fuktvakt/")
    text = words(tree)
    for said in (
        "Concept since4 March 2026", "Decided on 1 March 2026", "Edit on GitHub", "Follow the idea",
        "The next gate, to test, asks: What do we believe, and when were we wrong?", "Here since 3 January 2026",
    ):  # fmt: skip
        assert said in text
    assert tree.xpath("//*[@class='lock-wide']//svg/@aria-label") == [
        "A lock with eight chambers. The idea is in number 4: Concept"
    ]
    translate.use("sv")


STORIES = (
    "ideer/fuktvakt/", "ideer/tomma-tider-i-hallen/", "ideer/digital-idelada/", "ideer/pratbank/",
    "ideer/bankar-dar-folk-vilar/", "ideer/dronare-over-taken/", "ideer/skuggtrad-pa-skolgardar/",
    "ideer/pumpbana-vid-skateparken/", "ideer/trasiga-lampor-i-gangtunneln/",
)  # fmt: skip
"""Ideas of the worked example in all sorts of places: in use, in test, closed, combined, parked, new, withdrawn."""


def tree_of(file: Path) -> Any:
    return html.document_fromstring(file.read_text(encoding="utf-8"))


def test_replayed_example_is_proven_throughout(replayed: GitInstance, replayed_site: Path) -> None:
    """Nothing is only stated; every link to a commit leads to one that changed this very idea on that very day."""
    seen = 0
    for file in sorted(replayed_site.glob("ideer/*/index.html")):
        tree = tree_of(file)
        for link in tree.xpath("//ol[@class='time']/li/a"):
            sha = link.get("href").rpartition("/commit/")[2]
            day, *changed = replayed.git("show", "--first-parent", "--name-only", "-m", "--format=%cs", sha).split()
            assert day == link.find("time").get("datetime")
            assert any(name.endswith(f"/{file.parent.name}.md") for name in changed)
            seen += 1
        assert "uppgett" not in words(tree.find(".//main"))
    assert seen > 130


def test_worked_example_states_what_git_does_not_show(built_site: Path) -> None:
    """Our own repository took its ideas in at one time, so each step before is marked."""
    tree = tree_of(built_site / "ideer/fuktvakt/index.html")
    steps = tree.xpath("//ol[@class='time']/li[@class='to']")
    assert len(steps) == 8
    assert all("uppgett" in words(step) for step in steps)
    assert not tree.xpath("//ol[@class='time']/li/a")


def test_html_checker_finds_nothing_on_stories(
    replayed_site: Path, serve_folder: Callable[[Path], str], vnu: Callable[[list[str]], list[dict[str, Any]]]
) -> None:
    host = serve_folder(replayed_site)
    found = vnu([f"{host}/{path}" for path in STORIES])
    assert [one["message"] for one in found if one["type"] != "info" or one.get("subType") == "warning"] == []


@pytest.mark.parametrize("mode", MODES)
def test_stories_are_accessible_and_fit(
    mode: str, replayed_site: Path, serve_folder: Callable[[Path], str], chromium: Browser, axe_source: str
) -> None:
    """Axe finds nothing and nothing sticks out, on wide and narrow screens, light, dark and in forced colours."""
    host = serve_folder(replayed_site)
    context = chromium.new_context(locale="sv-SE", bypass_csp=True, **MODES[mode])
    window = context.new_page()
    for path in STORIES:
        window.goto(f"{host}/{path}", wait_until="load")
        window.evaluate(axe_source)
        told = window.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", AXE_TAGS)
        assert [(one["id"], one["nodes"][0]["html"]) for one in told["violations"]] == [], path
        assert window.evaluate(TOO_WIDE) == [], path
    context.close()
