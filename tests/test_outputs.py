"""The pages made of a catalogue: what each kind shows, who links to whom, and what a reader must never see."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal
from zipfile import ZipFile

import pytest
from lxml import html
from PIL import Image

from idesluss import outputs, reading, settings, translate
from idesluss.artifact import Artifact, Page
from idesluss.catalogue import Broken, Catalogue
from idesluss.checks import check

Instance = Callable[[Mapping[str, str | bytes | None]], Path]
TODAY = datetime.date(2026, 6, 1)

UNIT = "---\ntitle: {}\ntype: administration\n---\n"
NEED = "---\ntitle: Hur ser vi fukt?\nunit: skola\nsource: deviation\n{}\n---\n\n## Behovet\n\nFukten syns sent.\n"
IDEA = "---\ntitle: {}\nunit: skola\nstage: {}\n{}\n---\n\n## Problemet\n\nFukten syns sent.\n"
CASE = """\
---
title: {}
organisation: skola
type: solution
status: {}
licence: CC-BY-4.0
{}
---

## Vad

Vi lade givare.

## Varför

Fukten syntes sent.

## Hur

En givare i taget.

## Lärdomar

Fråga vaktmästaren först.
"""
ADOPTION = """\
---
title: Givare i {by}
case: givare
by: {by}
version: 2025-02-03
degree: adapted
phase: in_use
confirmed: {confirmed}
---
"""
SETTINGS = """\
name: Idéslussen
owner: Exempelstad
address: https://idesluss.example/
language: {language}
repository: {repository}
repository_url: https://github.com/exempel/idesluss
themes: [{{id: klimat, title: Klimat}}, {{id: skola, title: Skola}}]
fields:
  idea:
    nickname: {{type: line, label: {{sv: Smeknamn, en: Nickname}}}}
    shelf: {{type: line, label: {{sv: Hylla}}, private: true}}
"""


def plain(language: str = "sv", repository: str = "public") -> str:
    return SETTINGS.format(language=language, repository=repository)


def read(root: Path, now: datetime.date = TODAY, audience: Literal["public", "internal"] = "public") -> Catalogue:
    """What the audience sees of the instance at `root`; what a gate asks for is left to the checks."""
    told, faults = settings.load(root)
    assert told is not None, faults
    catalogue = reading.load(root, told, lambda *_: (), now=now, jobs=1).catalogue
    assert not catalogue.problems, [translate.render(problem.message, "en") for problem in catalogue.problems]
    return catalogue.for_audience(audience)


def artifacts(catalogue: Catalogue) -> dict[str, Artifact]:
    translate.use(catalogue.settings.language)
    found = [artifact for output in outputs.OUTPUTS for artifact in output(catalogue)]
    assert len({artifact.path for artifact in found}) == len(found), "two artifacts have one path"
    return {artifact.path: artifact for artifact in found}


def page(catalogue: Catalogue, path: str) -> html.HtmlElement:
    made = artifacts(catalogue)[f"{path}index.html"].make()
    assert isinstance(made, Page)
    return html.fragment_fromstring(made.body, create_parent="main")


def text_of(made: Page | bytes) -> str:
    """All that can be read of an artifact, in a workbook the text of its cells."""
    if isinstance(made, Page):
        return made.body + made.title + made.description + made.head + made.data
    if not made.startswith(b"PK"):
        return made.decode("utf-8", "replace")
    with ZipFile(BytesIO(made)) as packed:
        return "".join(packed.read(name).decode() for name in packed.namelist())


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def under(tree: html.HtmlElement, heading: str) -> html.HtmlElement:
    """What follows a heading, up to the next one."""
    found = [element for element in tree.iter("h2", "h3") if words(element).startswith(heading)]
    assert len(found) == 1, [words(element) for element in tree.iter("h2", "h3")]
    part = html.fragment_fromstring("<div></div>")
    for following in found[0].itersiblings():
        if following.tag in ("h2", "h3"):
            break
        part.append(deepcopy(following))
    return part


@pytest.fixture
def small(instance: Instance) -> Callable[..., Path]:
    """A small instance of two units, a need, an idea and a case, over which files may be laid."""

    def write(files: Mapping[str, str | bytes | None] | None = None, **told: str) -> Path:
        base = {
            "idesluss.yml": plain(**told),
            "ideas/units/skola.md": UNIT.format("Skolan"),
            "ideas/units/granne.md": UNIT.format("Grannkommunen"),
            "ideas/needs/fukt.md": NEED.format("affected: {number: 7200, whom: Barn i skolan}"),
            "ideas/2026/fuktvakt.md": IDEA.format("Fuktvakt", "assessed", "needs: [fukt]\nthemes: [klimat]"),
            "ideas/cases/givare.md": CASE.format("Givare som varnar", "in_use", "needs: [fukt]\norigin: [fuktvakt]"),
        }
        return instance({**base, **(files or {})})

    return write


def test_every_entry_and_list_has_a_page_in_the_sitemap(small: Callable[..., Path]) -> None:
    """Each entry, list, theme and the start page has its address; what leads elsewhere or is to be printed has not."""
    catalogue = read(
        small({"ideas/units/granne.md": UNIT.format("Granne").replace("type:", "formerly: [bredvid]\ntype:")})
    )
    made = artifacts(catalogue)
    listed = outputs.addresses(catalogue)
    pages = {path.removesuffix("index.html") for path in made if path.endswith("index.html")}
    assert {"", "ideer/", "ideer/fuktvakt/", "teman/", "teman/klimat/", "coacher/"} <= set(listed)
    assert pages - set(listed) == {"enheter/bredvid/", "exempel/givare/sprid/"}
    assert set(listed) <= pages
    assert len(listed) == len(set(listed))


def test_links_go_both_ways(small: Callable[..., Path]) -> None:
    """A need says which ideas answer it and which examples meet it, and each of these leads back."""
    catalogue = read(small())
    need = page(catalogue, "behov/fukt/")
    assert under(need, "Idéer som svarar").xpath(".//a/@href") == ["../../ideer/fuktvakt/"]
    assert under(need, "Goda exempel som möter").xpath(".//a/@href") == ["../../exempel/givare/"]
    assert "../../behov/fukt/" in page(catalogue, "ideer/fuktvakt/").xpath("//aside//a/@href")
    assert "../../ideer/fuktvakt/" in page(catalogue, "exempel/givare/").xpath("//aside//a/@href")
    assert "Väntar på en idé" not in words(need)


def test_need_without_an_answer_waits(small: Callable[..., Path]) -> None:
    """A need whose only idea was stopped and whose only example failed waits, on its page and on the start page."""
    root = small(
        {
            "ideas/2026/fuktvakt.md": IDEA.format(
                "Fuktvakt", "withdrawn", "needs: [fukt]\nwithdrawn: {date: 2026-03-01}"
            ),
            "ideas/cases/givare.md": CASE.format("Givare som varnar", "failed", "needs: [fukt]"),
        }
    )
    catalogue = read(root)
    assert "Väntar på en idé" in words(page(catalogue, "behov/fukt/"))
    assert "behov/fukt/" in page(catalogue, "").xpath("//a/@href")
    assert "behov/fukt/" not in page(read(small()), "").xpath("//a/@href")


def test_what_an_audience_lacks_is_left_out_in_silence(small: Callable[..., Path]) -> None:
    """No name, link or word of an internal entry stands on a public page; the internal portal shows it."""
    files = {"ideas/needs/fukt.md": NEED.format("visibility: internal").replace("Hur ser vi fukt?", "Hemligheten")}
    root = small(files, repository="private")
    shown = {"ideas/2026/fuktvakt.md": IDEA.format("Fuktvakt", "assessed", "needs: [fukt]\nvisibility: public")}
    root = small({**files, **shown}, repository="private")
    public = read(root)
    made = [artifact.make() for artifact in artifacts(public).values()]
    texts = [text_of(one) for one in made]
    assert "Fuktvakt" in "".join(texts)
    assert not [text for text in texts if "Hemligheten" in text or "behov/fukt" in text]
    assert not [name for artifact in artifacts(public).values() for name in artifact.reads if name.startswith("fukt#")]
    assert "Hemligheten" in words(page(read(root, audience="internal"), "ideer/fuktvakt/"))


def test_reference_to_another_instance_is_plain_text(small: Callable[..., Path]) -> None:
    builds_on = "builds_on: ['helsingborg:lanebank']"
    tree = page(
        read(small({"ideas/2026/fuktvakt.md": IDEA.format("Fuktvakt", "submitted", builds_on)})), "ideer/fuktvakt/"
    )
    assert "helsingborg:lanebank" in words(tree)
    assert not [href for href in tree.xpath("//@href") if "lanebank" in href]


def test_prose_links_and_pictures_lead_to_the_site(small: Callable[..., Path]) -> None:
    """Links to entries, pages and pictures get addresses; a picture that is not published leaves its text."""
    buffer = BytesIO()
    Image.new("RGB", (40, 20), "teal").save(buffer, "PNG")
    text = (
        "\nSe [behovet](../needs/fukt.md#behovet), [om oss](../../docs/om.md) och [vägen](../../docs/sa/index.md).\n"
        "\n![En givare](../media/givare.png)\n\n![Borta](../media/borta.png)\n"
    )
    files = {
        "ideas/2026/fuktvakt.md": IDEA.format("Fuktvakt", "submitted", "") + text,
        "ideas/media/givare.png": buffer.getvalue(),
        "docs/om.md": "# Om\n",
    }
    tree = page(read(small(files)), "ideer/fuktvakt/")
    prose = tree.xpath("//div[@class='prose']")[0]
    assert prose.xpath(".//a/@href") == ["../../behov/fukt/#s-behovet", "../../om/", "../../sa/"]
    (shown,) = prose.xpath(".//img")
    assert (shown.get("alt"), shown.get("loading")) == ("En givare", "lazy")
    assert (shown.get("src"), shown.get("width"), shown.get("height")) == (
        "../../media/960/givare.png.webp",
        "40",
        "20",
    )
    assert "../../media/480/givare.png.webp 480w" in shown.get("srcset").split(", ")
    assert "Borta" in words(prose)


def test_idea_says_what_happens_just_now(small: Callable[..., Path]) -> None:
    """The box has the test's last day, and the next step with who sees to it and when; then comes the next gate."""
    told = """\
tests:
  - {key: a, hypothesis: Det varnar, measure: Dagar, threshold: 30, period: {start: 2026-05-01, end: 2026-08-31}}
next_step: {what: läsa av givarna., role: Driftchefen, by: 2026-06-15}"""
    tree = page(read(small({"ideas/2026/fuktvakt.md": IDEA.format("Fuktvakt", "test", told)})), "ideer/fuktvakt/")
    (now,) = tree.xpath("//div[@class='now']")
    assert words(now.find(".//p[@class='says']")) == "Testet pågår till 31 augusti 2026."
    facts = [words(part) for part in now.xpath(".//dt|.//dd")]
    assert facts == ["Nästa steg", "läsa av givarna.", "Vem", "Driftchefen", "Senast", "15 juni 2026"]
    assert "Nästa port, till pilot, frågar: Höll testet, och vem tar emot?" in words(tree)
    assert "30" in words(under(tree, "Testet"))
    assert "Pågår" in words(under(tree, "Testet"))


@pytest.mark.parametrize(
    ("stage", "told", "before", "after"),
    [
        ("parked", "review_by: 2026-08-31", "Senast 31 augusti 2026 prövas den igen.", "Den skulle prövas igen"),
        ("pilot", "pilot: {period: {start: 2026-05, end: 2026-08}}", "pågår till augusti 2026.", "skulle pågå till"),
    ],
)
def test_no_page_promises_what_was_to_be_done_by_a_day_that_has_passed(
    small: Callable[..., Path], stage: str, told: str, before: str, after: str
) -> None:
    root = small({"ideas/2026/fuktvakt.md": IDEA.format("Fuktvakt", stage, told)})

    def said(now: datetime.date) -> str:
        return words(page(read(root, now), "ideer/fuktvakt/").find(".//p[@class='says']"))

    assert before in said(datetime.date(2026, 8, 31))
    assert after in said(datetime.date(2026, 9, 1))


def test_stopped_idea_tells_its_lesson_first(small: Callable[..., Path]) -> None:
    """A closed idea says what was learnt and why before anything else, and its boat lies where it left the lock."""
    told = """\
lesson: Fråga vaktmästaren först.
decisions:
  - {date: 2026-02-03, to: test, by: Idérådet, reason: Liten kostnad.}
  - {date: 2026-05-04, to: closed, by: Idérådet, reason: Ingen såg larmen.}"""
    tree = page(read(small({"ideas/2026/fuktvakt.md": IDEA.format("Fuktvakt", "closed", told)})), "ideer/fuktvakt/")
    text = words(tree)
    assert text.index("Fråga vaktmästaren först.") < text.index("Ingen såg larmen.") < text.index("Problemet")
    left = tree.xpath("//*[@class='lock-wide']//li[@class='left']")
    assert [words(item) for item in left] == ["Test 3 feb 2026 Avslutad"]
    assert not tree.xpath("//*[@class='lock-wide']//li[@class='now']")


def test_timeline_has_every_decision_and_public_line_newest_first(small: Callable[..., Path]) -> None:
    """What is only stated is marked so; a log line that is not public never shows, inside the instance neither."""
    told = """\
handed_in: {door: form, at: 2026-01-02, key: K-1}
history: [{stage: answered, date: 2026-01-05}]
duplicates_checked: {date: 2026-02-01, found: [givare], note: Ett liknar.}
decisions:
  - {date: 2026-03-01, to: concept, by: Idérådet, reason: Någon tar emot., skips: [assessed], reference_number: D-7}
log:
  - {date: 2026-01-05, role: Idécoach, type: answer, text: Tack., public: true}
  - {date: 2026-01-06, role: Idécoach, type: note, text: Hemlig anteckning.}"""
    root = small({"ideas/2026/fuktvakt.md": IDEA.format("Fuktvakt", "concept", told)})
    for audience in ("public", "internal"):
        tree = page(read(root, audience=audience), "ideer/fuktvakt/")
        lines = [words(item) for item in under(tree, "Det här har hänt").xpath(".//li")]
        assert [line[:20] for line in lines] == [
            "1 mars 2026 · uppget",
            "1 februari 2026Likna",
            "5 januari 2026 · upp",
            "2 januari 2026 · upp",
        ]
        assert "”Någon tar emot.”" in lines[0]
        assert "D-7" in lines[0]
        assert "Bedömd" in lines[0]
        assert "Givare som varnar" in lines[1]
        assert "Hemlig" not in words(tree)
        assert "K-1" not in words(tree)


def test_timeline_tells_a_step_once(small: Callable[..., Path]) -> None:
    """A decision or an answer and a stated step are one line, with all that both say, and marked as stated."""
    told = """\
history:
  - {stage: submitted, date: 2026-01-02}
  - {stage: answered, date: 2026-01-05, reason: Ringde också upp.}
  - {stage: assessed, date: 2026-02-01, reason: Vid ett möte.}
  - {stage: concept, date: 2026-03-01, reason: Enligt protokollet.}
decisions:
  - {date: 2026-03-01, to: concept, by: Idérådet, reason: Någon tar emot.}
log:
  - {date: 2026-01-05, role: Idécoach, type: answer, text: Tack., public: true}"""
    root = small({"ideas/2026/fuktvakt.md": IDEA.format("Fuktvakt", "concept", told)})
    lines = [words(item) for item in under(page(read(root), "ideer/fuktvakt/"), "Det här har hänt").xpath(".//li")]
    assert lines == [
        "1 mars 2026 · uppgettTill koncept. Idérådet: ”Någon tar emot.” Enligt protokollet.",
        "1 februari 2026 · uppgettBedömd. Vid ett möte.",
        "5 januari 2026 · uppgettSvar till idégivaren. Idécoach: ”Tack.” Ringde också upp.",
        "2 januari 2026 · uppgettInlämnad.",
    ]


def test_private_fields_reach_no_page(small: Callable[..., Path]) -> None:
    """Who gave the idea, the support and own private fields stay inside; own public fields stand in the panel."""
    told = (
        "submitter: resident\nsupport: [{type: law, hours_band: 20_80}]\nnickname: Blöta Bertil\nshelf: Tredje hyllan"
    )
    catalogue = read(small({"ideas/2026/fuktvakt.md": IDEA.format("Fuktvakt", "submitted", told)}))
    made = artifacts(catalogue)["ideer/fuktvakt/index.html"].make()
    assert isinstance(made, Page)
    assert "Blöta Bertil" in made.body
    assert "Smeknamn" in made.body
    assert not [word for word in ("resident", "20_80", "Tredje hyllan", "Hylla") if word in made.body]


def test_case_answers_at_a_glance(small: Callable[..., Path]) -> None:
    """Effect, cost, time and users stand at the top; for whom comes from the need; core beside what may change."""
    told = """\
needs: [fukt]
effects: [{measure: Skador, baseline: 9 om året, result: 2 om året (snitt), date: 2026-03, reached: true}]
cost: {introduce: 890000, run_per_year: 185000}
time_to_use: Elva månader
core: [Larmet blir ett ärende.]
adaptable: [Hur många givare.]
evidence: 3
last_confirmed: 2026-05"""
    files = {
        "ideas/cases/givare.md": CASE.format("Givare som varnar", "in_use", told),
        "ideas/adoptions/a.md": ADOPTION.format(by="granne", confirmed="2026-03-04"),
    }
    tree = page(read(small(files)), "exempel/givare/")
    facts = words(tree.xpath("//dl[@class='facts row long']")[0])
    for said in ("från 9 om året till 2 om året", "890 000 kronor att införa", "Elva månader", "Grannkommunen"):
        assert said in facts.replace("\u00a0", " ")
    assert "För: Barn i skolan" in words(tree)
    assert words(tree.xpath("//div[@class='keep']")[0]) == "Måste vara kvar Larmet blir ett ärende."
    assert words(tree.xpath("//div[@class='adapt']")[0]) == "Får ändras Hur många givare."
    assert "anpassad, i bruk, bekräftat 4 mars 2026" in words(under(tree, "Används av")).lower()
    assert "Självrapporterat. Bevisstyrka 3 av 5: mätt före och efter." in words(under(tree, "Hur säkert"))
    assert "Bekräftat av ägaren maj 2026." in words(under(tree, "Hur säkert"))


@pytest.mark.parametrize(("confirmed", "counts"), [("2024-06-01", True), ("2024-05-31", False)])
def test_adoption_lapses_after_24_months(small: Callable[..., Path], confirmed: str, counts: bool) -> None:
    """An adoption that nobody has confirmed for 24 months no longer counts as use; the page still tells of it."""
    catalogue = read(small({"ideas/adoptions/a.md": ADOPTION.format(by="granne", confirmed=confirmed)}))
    tree = page(catalogue, "exempel/givare/")
    assert ("ingen känd just nu" in words(tree)) is not counts
    assert "Grannkommunen" in words(under(tree, "Används av" if counts else "Har använts av"))
    assert ("Används av 1" in words(page(catalogue, "exempel/"))) is counts


@pytest.mark.parametrize(
    ("older", "newer", "count"),
    [("ended", "in_use", 1), ("first", "in_use", 1), ("in_use", "ended", 0)],
    ids=["taken up again", "told in a new file", "ended in a new file"],
)
def test_who_tells_twice_is_one_place(small: Callable[..., Path], older: str, newer: str, count: int) -> None:
    """The newest word holds, in the example, its card, the list and the figures alike; the older is a click away."""
    told = ADOPTION.replace("phase: in_use", "phase: {phase}")
    files = {
        "ideas/adoptions/a.md": told.format(by="granne", phase=newer, confirmed="2026-03-04"),
        "ideas/adoptions/b.md": told.format(by="granne", phase=older, confirmed="2025-03-04").replace(
            "title: ", "title: Tidigare – "
        ),
    }
    catalogue = read(small(files))
    tree = page(catalogue, "exempel/givare/")
    assert ("Används av andraett ställeGrannkommunen" in words(tree)) is (count == 1)
    users = under(tree, "Används av" if count else "Har använts av")
    assert words(users).count("Grannkommunen") == 1
    assert "Tidigare – Givare" in words(users)
    assert (f"Används av {count}" in words(page(catalogue, "exempel/"))) is (count == 1)
    assert "nyare besked" not in words(page(catalogue, "ateranvandning/a/"))
    assert "finns ett nyare besked: Givare i granne" in words(page(catalogue, "ateranvandning/b/"))
    assert "a#card" in artifacts(catalogue)["ateranvandning/b/index.html"].reads
    current, _, past = words(page(catalogue, "ateranvandning/")).rpartition("Används inte längre, eller inte bekräftat")
    assert (current.count("Givare i granne"), past.count("Givare i granne")) == (count, 2 - count)
    warned = [problem.path for problem in check("repeated-adoption").check_all(catalogue)]
    assert warned == ([] if older == "ended" else ["ideas/adoptions/b.md"])


@pytest.mark.parametrize(
    ("by", "phase", "confirmed", "spread"),
    [
        ("granne", "in_use", "2026-03-04", True),
        ("granne", "realise", "2026-03-04", False),
        ("granne", "in_use", "2024-05-31", False),
        ("skola", "in_use", "2026-03-04", False),
    ],
    ids=["used elsewhere", "on the way", "too long ago", "its own house"],
)
def test_an_idea_says_by_itself_that_it_is_spread(
    small: Callable[..., Path], by: str, phase: str, confirmed: str, spread: bool
) -> None:
    """Where another unit has confirmed that it uses a good example that came of it; a change there is seen here."""
    adoption = ADOPTION.replace("phase: in_use", f"phase: {phase}").format(by=by, confirmed=confirmed)
    catalogue = read(small({"ideas/adoptions/a.md": adoption}))
    text = words(page(catalogue, "ideer/fuktvakt/").xpath("//div[starts-with(@class, 'now')]")[0])
    assert ("Spridd: används också av Grannkommunen." in text) is spread
    assert {"a#card", f"{by}#card"} <= set(artifacts(catalogue)["ideer/fuktvakt/index.html"].reads)


def test_failed_case_is_first_class(small: Callable[..., Path]) -> None:
    """It says that it did not work, tells its lesson first, and is always among the examples of the start page."""
    files = {f"ideas/cases/c{n}.md": CASE.format(f"Nytt {n}", "in_use", "last_confirmed: 2026-05") for n in range(5)}
    files["ideas/cases/givare.md"] = CASE.format("Givare som teg", "failed", "last_confirmed: 2020")
    catalogue = read(small(files))
    tree = page(catalogue, "exempel/givare/")
    assert "Prövat, fungerade inte" in words(tree)
    text = words(tree)
    assert text.index("Fråga vaktmästaren först.") < text.index("Vi lade givare.")
    assert text.count("Fråga vaktmästaren först.") == 1
    cards = page(catalogue, "").xpath("//li[@class='card']")
    assert len(cards) == 3
    assert "Givare som teg" in words(cards[2])


def test_pages_with_the_same_title_are_told_apart(small: Callable[..., Path]) -> None:
    """By the kind, and by the id where the kind does not tell; also from a theme. Such a page is made again."""
    files: dict[str, str | bytes | None] = {
        "ideas/2026/fuktvakt.md": IDEA.format("Fukt i tak", "assessed", ""),
        "ideas/cases/givare.md": CASE.format("fukt i tak", "in_use", ""),
        "ideas/2026/klimat-nu.md": IDEA.format("Klimat", "assessed", ""),
        "ideas/2026/ensam.md": IDEA.format("Ensam", "assessed", ""),
    }
    root = small(files)
    before = artifacts(read(root))

    def title(made: dict[str, Artifact], path: str) -> str:
        page = made[f"{path}/index.html"].make()
        assert isinstance(page, Page)
        return page.title

    assert title(before, "ideer/fuktvakt") == "Fukt i tak (idé)"
    assert title(before, "exempel/givare") == "fukt i tak (gott exempel)"
    assert title(before, "exempel/givare/sprid") == "Sprid vidare: fukt i tak (gott exempel)"
    assert title(before, "ideer/klimat-nu") == "Klimat (idé)"
    assert title(before, "ideer/ensam") == "Ensam"
    files["ideas/2026/ensam-igen.md"] = IDEA.format("Ensam", "assessed", "")
    after = artifacts(read(small(files)))
    assert title(after, "ideer/ensam") == "Ensam (idé ensam)"
    assert title(after, "ideer/ensam-igen") == "Ensam (idé ensam-igen)"
    ideas = [f"ideer/{id}/index.html" for id in ("fuktvakt", "klimat-nu", "ensam")]
    assert [path for path in ideas if before[path].reads != after[path].reads] == ["ideer/ensam/index.html"]


def test_project_says_how_old_its_facts_are(small: Callable[..., Path]) -> None:
    told = """\
---
title: Sluss för alla
reference_number: 2016-04017
status: {word: ongoing, as_of: 2016-11-07}
amount: 4000000
coordinator: skola
governance: [{role: Stadsdirektör, task: Leder styrgruppen}]
decisions: [{date: 2016-11-01, by: granne, what: Beviljade ansökan, reason: Tydliga steg.}]
source: {title: Projektdatabasen, url: "https://example.org/p", reviewed_by_editors: false}
---
"""
    tree = page(read(small({"ideas/projects/sluss.md": told})), "projekt/sluss/")
    sheet = words(tree.xpath("//table[@class='sheet']")[0]).replace("\u00a0", " ")
    for said in ("2016-04017", "4 000 000 kronor", "Skolan", "Pågående, enligt källan 7 november 2016; kan ha ändrats"):
        assert said in sheet
    assert "redaktörer har inte granskat" in words(tree)
    assert "https://example.org/p" in tree.xpath("//@href")
    assert "Tydliga steg." in words(under(tree, "Beslut"))
    assert "Projekt med beslut härifrån" in words(
        page(read(small({"ideas/projects/sluss.md": told})), "enheter/granne/")
    )


def test_event_shows_programme_figures_and_series(small: Callable[..., Path]) -> None:
    told = """\
---
title: Mashup {year}
type: mashup
date: {year}-05-07
series: Mashup
programme: [{{time: "09.30", title: Givare, cases: [givare], presenter_role: Vaktmästare, length: 3}}]
participants: {{planned: 900, came: 1026}}
rating: [{{question: Nöjd, share: 76, n: 400}}]
booklet: {{cases: [givare]}}
---
"""
    catalogue = read(small({f"ideas/events/m{year}.md": told.format(year=year) for year in (2025, 2026, 2027)}))
    tree = page(catalogue, "evenemang/m2025/")
    assert "1 026planerat: 900" in words(tree.xpath("//dl")[0]).replace("\u00a0", " ")
    row = under(tree, "Program").xpath(".//tbody/tr")[0]
    assert row.xpath(".//time/@datetime") == ["09:30"]
    assert row.xpath(".//a/@href") == ["../../exempel/givare/"]
    assert [words(cell) for cell in under(tree, "Vad deltagarna").iter("td")] == ["Nöjd", "76 %", "400"]
    assert [words(a) for a in under(tree, "Andra i serien").xpath(".//a")] == ["Mashup 2027", "Mashup 2026"]
    assert "Visat på" in words(page(catalogue, "exempel/givare/"))
    assert "evenemang/m2027/" in page(catalogue, "").xpath("//a/@href")
    in_list = [words(heading) for heading in page(catalogue, "evenemang/").iter("h2", "h3")]
    assert in_list == ["Kommande", "Mashup 2027", "Tidigare", "Mashup 2026", "Mashup 2025"]


def test_unit_gathers_all_that_came_out_of_it(small: Callable[..., Path]) -> None:
    rollout = "rollout: [{status: pilot, since: 2024-01}, {status: active}]"
    told = f"---\ntitle: Lilla skolan\ntype: unit\npart_of: skola\n{rollout}\n---\n"
    catalogue = read(small({"ideas/units/lilla.md": told}))
    parent = page(catalogue, "enheter/skola/")
    for heading in ("Idéer härifrån", "Behov som har setts här", "Goda exempel härifrån", "Delar av enheten"):
        assert under(parent, heading).xpath(".//a")
    assert "Prövas" in words(page(catalogue, "enheter/lilla/"))


def test_invented_example_says_so(small: Callable[..., Path]) -> None:
    """The page and the card of an invented example carry a label; others carry none."""
    root = small({"ideas/cases/givare.md": CASE.format("Givare som varnar", "in_use", "example: true")})
    catalogue = read(root)
    assert "Påhittat exempel" in words(page(catalogue, "exempel/givare/"))
    assert "påhittat" in words(page(catalogue, "exempel/").xpath("//li[@class='card']")[0])
    assert "Påhittat" not in words(page(catalogue, "ideer/fuktvakt/"))


def test_combined_idea_stays_and_says_into_what(small: Callable[..., Path]) -> None:
    files = {
        "ideas/2026/annan.md": IDEA.format("Annan", "combined", "combined_into: fuktvakt"),
    }
    catalogue = read(small(files))
    assert page(catalogue, "ideer/annan/").xpath("//div[@class='now']//a/@href") == ["../../ideer/fuktvakt/"]
    assert under(page(catalogue, "ideer/fuktvakt/"), "Idéer som blev en del").xpath(".//a/@href") == [
        "../../ideer/annan/"
    ]


def test_former_name_leads_to_the_new_address(small: Callable[..., Path]) -> None:
    """Its page works without scripts, says where it leads, and names the new address as the right one."""
    root = small({"ideas/2026/fuktvakt.md": IDEA.format("Fukt & vakt", "submitted", "formerly: [fuktlarm]")})
    made = artifacts(read(root))["ideer/fuktlarm/index.html"].make()
    assert isinstance(made, bytes)
    tree = html.document_fromstring(made.decode())
    assert tree.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=../../ideer/fuktvakt/"]
    assert tree.xpath("//link[@rel='canonical']/@href") == ["https://idesluss.example/ideer/fuktvakt/"]
    assert tree.xpath("//a/@href") == ["../../ideer/fuktvakt/"]
    assert tree.xpath("//a/text()") == ["Fukt & vakt"]


def test_broken_entry_that_was_public_is_being_corrected(small: Callable[..., Path]) -> None:
    """Its page tells nothing of the content; one that never was public leaves no page."""
    catalogue = replace(
        read(small()),
        broken=(
            Broken("ideas/2026/gammal.md", "idea", "gammal", "ideer/gammal/", was_public=True),
            Broken("ideas/2026/hemlig.md", "idea", "hemlig", "ideer/hemlig/"),
        ),
    )
    made = artifacts(catalogue)
    assert "ideer/hemlig/index.html" not in made
    corrected = made["ideer/gammal/index.html"].make()
    assert isinstance(corrected, Page)
    assert "rättas" in corrected.title
    assert "gammal" not in corrected.body


def test_long_lists_are_cut_and_every_entry_stands_once(small: Callable[..., Path]) -> None:
    """Sixty a page; the ways to the headings lead to the page where each begins; all pages lead on and back."""
    stages = ("submitted", "withdrawn")
    files = {
        f"ideas/2026/i{n}.md": IDEA.format(
            f"Idé {n}",
            stages[n % 2],
            f"handed_in: {{door: form, at: 2026-01-{n % 28 + 1:02}}}\nwithdrawn: {{date: 2026-05-01}}",
        )
        for n in range(130)
    }
    catalogue = read(small(files))
    first, second, third = (page(catalogue, f"ideer/{part}") for part in ("", "sida/2/", "sida/3/"))
    titles = [words(a) for tree in (first, second, third) for a in tree.xpath("//ul[@class='rows']//a")]
    assert len(titles) == len(set(titles)) == 131
    jumps = dict(
        zip(first.xpath("//ul[@class='chips']//a/text()"), first.xpath("//ul[@class='chips']//a/@href"), strict=True)
    )
    assert {name.strip(): href for name, href in jumps.items()} == {
        "Inlämnad": "../ideer/#stage-submitted",
        "Bedömd": "../ideer/sida/2/#stage-assessed",
        "Återtagen": "../ideer/sida/2/#stage-withdrawn",
    }
    assert second.xpath("//*[@id='stage-withdrawn']")
    assert third.xpath("//nav//a[@rel='prev']/@href") == ["../../../ideer/sida/2/"]
    assert "fortsättning" in words(third)
    dates = first.xpath("//ul[@class='rows']//time/@datetime")
    assert dates == sorted(dates, reverse=True)


def test_names_are_sorted_as_in_swedish(small: Callable[..., Path]) -> None:
    names = ("Öarna", "Zon", "Ängen", "alfa", "Åsen")
    files = {
        f"ideas/methods/m{n}.md": f"---\ntitle: {name}\nstages: [test]\n---\n\n## Hur\n\nSå.\n"
        for n, name in enumerate(names)
    }
    tree = page(read(small(files)), "metoder/")
    assert [words(a) for a in tree.xpath("//ul[@class='rows']//a")] == ["alfa", "Zon", "Åsen", "Ängen", "Öarna"]


def test_numbers_in_names_are_sorted_as_numbers(small: Callable[..., Path]) -> None:
    """Goal 3 comes before goal 10, in the list of the goals and on the page of the goal that they are parts of."""
    files = {
        f"ideas/goals/m{n}.md": f"---\ntitle: 'Mål {n}: {name}'\nlevel: agenda2030\npart_of: agenda\n---\n"
        for n, name in ((16, "Fred"), (3, "Hälsa"), (10, "Jämlikhet"))
    }
    files["ideas/goals/agenda.md"] = "---\ntitle: Agenda 2030\nlevel: agenda2030\n---\n"
    catalogue = read(small(files))
    ordered = ["Mål 3: Hälsa", "Mål 10: Jämlikhet", "Mål 16: Fred"]
    assert [words(a) for a in page(catalogue, "mal/").xpath("//ul[@class='rows']//a")] == ["Agenda 2030", *ordered]
    assert [words(a) for a in page(catalogue, "mal/agenda/").xpath("//ul[@class='list']//a")] == ordered


def test_no_line_breaks_within_a_number(small: Callable[..., Path]) -> None:
    """Neither the thousands of a number nor its percent sign go to the next line; what stands in code is left alone."""
    body = (
        "---\ntitle: Gym\ntype: unit\nsummary: Har 2 300 lägenheter, 15 % tomma.\n---\n\nDe 4 100 husen, `1 000 2`.\n"
    )
    catalogue = read(small({"ideas/units/gym.md": body}))
    shown = page(catalogue, "enheter/gym/").text_content()
    assert "Har 2\u00a0300 lägenheter, 15\u00a0% tomma." in shown
    assert "De 4\u00a0100 husen, 1 000 2." in shown
    assert "2\u00a0300 lägenheter" in page(catalogue, "enheter/").text_content()


def test_contact_is_a_link_that_writes_to_them(small: Callable[..., Path]) -> None:
    told = "contact: 'Driften, drift+skola@exempel.example'"
    unit = UNIT.format("Skolan").replace("---\n", f"---\n{told}\n", 1)
    catalogue = read(small({"ideas/units/skola.md": unit, "ideas/cases/givare.md": CASE.format("G", "in_use", told)}))
    for path in ("enheter/skola/", "exempel/givare/"):
        (link,) = page(catalogue, path).xpath("//aside//a[starts-with(@href, 'mailto:')]")
        assert (link.get("href"), words(link)) == ("mailto:drift+skola@exempel.example", told[10:-1])
    plain_words = UNIT.format("Skolan").replace("---\n", "---\ncontact: Receptionen\n", 1)
    tree = page(read(small({"ideas/units/skola.md": plain_words})), "enheter/skola/")
    assert not tree.xpath("//a[starts-with(@href, 'mailto:')]")
    assert "Receptionen" in words(tree)


def test_what_is_shortened_does_not_end_in_a_small_word(small: Callable[..., Path]) -> None:
    whom = f"Barn {'x' * 58} i den stora skolan"
    told = read(small({"ideas/needs/fukt.md": NEED.format(f"affected: {{number: 7200, whom: {whom}}}")}))
    (by,) = page(told, "exempel/givare/sprid/").xpath("//p[@class='a4-by']")
    assert words(by) == f"Skolan · Lösning · Barn {'x' * 58} …"


def test_list_does_not_repeat_its_headings(small: Callable[..., Path]) -> None:
    """Under the heading of a type no row says the type again; elsewhere it does."""
    catalogue = read(small())
    assert [words(row) for row in page(catalogue, "enheter/").xpath("//ul[@class='rows']/li")] == [
        "Grannkommunen",
        "Skolan",
    ]
    files = {"ideas/units/hus.md": "---\ntitle: Huset\ntype: unit\npart_of: skola\n---\n"}
    tree = page(read(small(files)), "enheter/skola/")
    assert [words(row) for row in tree.xpath("//ul[@class='list']/li[a='Huset']/span")] == ["Enhet"]


def test_all_lists_give_a_theme_the_same_number(small: Callable[..., Path]) -> None:
    """An actor belongs to the theme of its idea: it is counted wherever the theme's page is led to."""
    files = {
        "ideas/actors/kth.md": "---\ntitle: KTH\nsector: academia\n---\n",
        "ideas/2026/fuktvakt.md": IDEA.format("F", "assessed", "themes: [klimat]\nactors: [{actor: kth, part: x}]"),
    }
    catalogue = read(small(files))
    assert len(page(catalogue, "teman/klimat/").xpath("//ul[@class='rows']/li")) == 2
    for path in ("", "hitta/", "sok/"):
        assert "Klimat 2" in {words(a) for a in page(catalogue, path).xpath("//a[contains(@href, 'teman/klimat/')]")}
    (choice,) = page(catalogue, "sok/").xpath("//input[@value='klimat']/..")
    assert words(choice) == "Klimat 1", "the choice narrows a search to what names the theme itself"


def test_theme_brings_all_kinds_together(small: Callable[..., Path]) -> None:
    """A theme shows its entries kind by kind, and those who took part in its ideas; much of a kind has its own list."""
    files: dict[str, str | bytes | None] = {
        "ideas/actors/kth.md": "---\ntitle: KTH\nsector: academia\n---\n",
        "ideas/2026/fuktvakt.md": IDEA.format(
            "Fuktvakt", "assessed", "themes: [klimat]\nactors: [{actor: kth, part: forskning}]"
        ),
        "ideas/cases/givare.md": CASE.format("Givare som varnar", "in_use", "themes: [klimat]"),
    }
    files |= {f"ideas/2026/i{n}.md": IDEA.format(f"Idé {n}", "submitted", "themes: [klimat]") for n in range(14)}
    catalogue = read(small(files))
    tree = page(catalogue, "teman/klimat/")
    assert [words(heading) for heading in tree.iter("h2")] == ["Goda exempel", "Idéer", "Aktörer"]
    assert "../../teman/klimat/ideer/" in tree.xpath("//a/@href")
    assert len(page(catalogue, "teman/klimat/ideer/").xpath("//ul[@class='rows']/li")) == 15
    assert words(page(catalogue, "teman/skola/")).endswith("Här finns inget ännu.")


def test_lock_on_the_start_page_leads_to_each_stage(small: Callable[..., Path]) -> None:
    lock = page(read(small()), "").xpath("//*[@class='lock-wide']//li/a")
    assert [(words(a), a.get("href")) for a in lock][2] == ("Bedömd: 1", "ideer/#stage-assessed")
    assert [a.get("href") for a in lock][3] == "ideer/"


def test_english_portal_speaks_english(small: Callable[..., Path]) -> None:
    catalogue = read(small(language="en"))
    assert "ideas/fuktvakt/index.html" in artifacts(catalogue)
    tree = page(catalogue, "needs/fukt/")
    assert "Ideas that answer this need" in words(tree)
    assert "7,200" in words(tree)


def test_pages_are_made_again_only_for_what_they_show(small: Callable[..., Path]) -> None:
    """A page reads itself in full, its neighbours' cards, whom these cards name, and pictures; lists read kinds."""
    told = "needs: [fukt]\nimage: {file: givare.png, alt: En givare}"
    made = artifacts(read(small({"ideas/2026/fuktvakt.md": IDEA.format("Fuktvakt", "assessed", told)})))
    assert set(made["ideer/fuktvakt/index.html"].reads) == {
        "fuktvakt", "skola#card", "fukt#card", "givare#card", "media:givare.png",
    }  # fmt: skip
    assert {"fukt", "fuktvakt#card", "givare#card", "skola#card"} == set(made["behov/fukt/index.html"].reads)
    assert made["ideer/index.html"].reads == ("kind:idea", "kind:unit")
    assert "kind:adoption" in made["exempel/index.html"].reads


def photo(size: tuple[int, int], format_: str, **more: Any) -> bytes:
    buffer = BytesIO()
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    exif = Image.Exif()
    exif[0x013B] = "Fotograf Fotografsson"
    exif[0x0112] = 6
    picture.save(buffer, format_, exif=exif, **more)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "format_"), [("f.jpg", "JPEG"), ("f.png", "PNG"), ("f.webp", "WEBP"), ("f.avif", "AVIF")]
)
def test_pictures_lose_metadata_and_keep_their_side_up(small: Callable[..., Path], name: str, format_: str) -> None:
    """Only pictures that a visible entry shows are published: scaled, upright, and without what the camera wrote."""
    original = photo((2400, 1200), format_)
    assert b"Fotografsson" in original
    files = {
        "ideas/2026/fuktvakt.md": IDEA.format("Fuktvakt", "submitted", f"image: {{file: {name}, alt: Vy}}"),
        f"ideas/media/{name}": original,
        f"ideas/media/unused-{name}": original,
    }
    catalogue = read(small(files))
    made = artifacts(catalogue)
    published = name if name.endswith(".webp") else f"{name}.webp"
    assert [path for path in made if path.startswith("media/")] == [
        f"media/{width}/{published}" for width in (480, 960, 1600)
    ]
    for width, size in ((480, (480, 960)), (960, (960, 1920)), (1600, (1200, 2400))):
        data = made[f"media/{width}/{published}"].make()
        assert isinstance(data, bytes)
        assert b"Fotografsson" not in data
        with Image.open(BytesIO(data)) as picture:
            assert (picture.format, picture.size) == ("WEBP", size)
            assert not picture.getexif()
    (shown,) = page(catalogue, "ideer/fuktvakt/").xpath("//figure/img")
    assert (shown.get("width"), shown.get("height")) == ("1200", "2400")
    assert shown.get("src") == f"../../media/960/{published}"
    assert shown.get("srcset").count(published) == 3


def test_search_engines_are_told_what_they_may_read(small: Callable[..., Path]) -> None:
    root = small()
    assert artifacts(read(root))["robots.txt"].make() == (
        b"User-agent: *\nAllow: /\nSitemap: https://idesluss.example/sitemap.xml\n"
    )
    assert artifacts(read(root, audience="internal"))["robots.txt"].make() == b"User-agent: *\nDisallow: /\n"


def test_page_has_one_main_heading_and_no_inline_style(small: Callable[..., Path]) -> None:
    """On every page: one h1, no level skipped, no id twice, no style attribute, no empty link."""
    for path, artifact in artifacts(read(small())).items():
        made = artifact.make()
        if not isinstance(made, Page):
            continue
        tree = html.fragment_fromstring(made.body, create_parent="main")
        levels = [int(heading.tag[1]) for heading in tree.iter("h1", "h2", "h3", "h4")]
        assert levels.count(1) == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), (path, levels)
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        assert not tree.xpath("//@style"), path
        assert not [link for link in tree.iter("a") if not words(link)], path
        assert made.title, path
        assert made.description, path
