"""What is measured in small instances, against what was counted by hand; for whom; and how it is told."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Literal

import pytest
from lxml import html

from conftest import GitInstance, run_cli
from idesluss import build, examine, measures, outputs, translate
from idesluss.artifact import Page
from idesluss.catalogue import Catalogue
from idesluss.figures import Figure
from idesluss.outputs.words import ADDRESS_WORDS

Table = dict[str, dict[str, Any]]

SETTINGS = """\
name: Idéslussen
owner: Staden
address: https://idesluss.example/
language: sv
repository: {repository}
response_promise: 5
"""
UNIT = "---\ntitle: {}\ntype: {}\n{}---\n"
IDEA = "---\ntitle: {}\nunit: {}\nstage: {}\n{}---\n\n## Problemet\n\nFukten syns sent.\n"
CASE = """\
---
title: {}
organisation: {}
type: solution
status: {}
licence: CC-BY-4.0
{}---

## Vad

Givare.

## Varför

Fukt.

## Hur

En i taget.
"""
ADOPTION = """\
---
title: {case} hos {by}
case: {case}
by: {by}
version: 2025-02-03
degree: {degree}
phase: {phase}
confirmed: {confirmed}
---
"""
COUNTED = "{year: 2024, number: 9}, {year: 2025, number: 400}, {year: 2031, number: 8}"
UNITS = {
    "ideas/units/staden.md": UNIT.format("Staden", "municipality", "employees: [{year: 2026, number: 1000}]\n"),
    "ideas/units/skola.md": UNIT.format("Skola", "administration", f"part_of: staden\nemployees: [{COUNTED}]\n"),
    "ideas/units/vard.md": UNIT.format("Vård", "administration", "part_of: staden\n"),
    "ideas/units/granne.md": UNIT.format("Grannen", "municipality", ""),
}


def idea(title: str, unit: str = "skola", stage: str = "submitted", *lines: str) -> str:
    return IDEA.format(title, unit, stage, "".join(f"{line}\n" for line in lines))


def handed(day: str, answer: str = "", submitter: str = "") -> tuple[str, ...]:
    told = [f"handed_in: {{door: form, at: {day}}}"]
    told += [f"log: [{{date: {answer}, role: Coach, type: answer, text: Tack}}]"] if answer else []
    return (*told, *([f"submitter: {submitter}"] if submitter else []))


@pytest.fixture
def small(git_instance: GitInstance) -> Callable[..., GitInstance]:
    """A city with two parts and a neighbour, with files over it, committed on a day."""

    def write(files: Mapping[str, str], day: str = "2026-01-02", repository: str = "public") -> GitInstance:
        git_instance.commit({"idesluss.yml": SETTINGS.format(repository=repository), **UNITS, **files}, day)
        return git_instance

    return write


def catalogue(
    git: GitInstance, now: str | None = None, audience: Literal["public", "internal"] = "internal"
) -> Catalogue:
    read = examine.examine(git.root, now=datetime.date.fromisoformat(now) if now else None, jobs=1).catalogue
    assert read is not None
    return build.audience_part(read, audience)


def table(figure: Figure) -> Table:
    keys = [column.key for column in figure.columns]
    return {
        row.key: {key: ".." if cell.suppressed else cell.value for key, cell in zip(keys, row.cells, strict=True)}
        for row in figure.rows
    }


def figure(git: GitInstance, key: str, now: str | None = None) -> Table:
    return table(catalogue(git, now).figures[key])


def test_time_in_a_stage_is_from_commit_to_commit(small: Callable[..., GitInstance]) -> None:
    """Three ideas wait 4, 10 and 31 days for their answer; one waits still. What a file states is counted apart."""
    stated = (
        "history:",
        "  - {stage: submitted, date: 2025-01-01}",
        "  - {stage: answered, date: 2025-01-08}",
        "  - {stage: assessed, date: 2025-03}",
    )
    git = small(
        {f"ideas/2026/{name}.md": idea(name) for name in "abcd"}
        | {"ideas/2026/e.md": idea("e", "skola", "assessed", *stated)}
    )
    for name, day in (("a", "2026-01-06"), ("b", "2026-01-12"), ("c", "2026-02-02")):
        git.commit({f"ideas/2026/{name}.md": idea(name, "skola", "answered")}, day)
    git.commit({"ideas/2026/a.md": idea("a", "skola", "closed")}, "2026-02-03")
    git.commit({"ideas/2026/e.md": idea("e", "skola", "concept", *stated)}, "2026-02-04")
    told = catalogue(git).figures["lead-time"]
    rows = table(told)
    assert rows["submitted"] == {
        "shown": 3, "shown_median": 10, "shown_ninety": 31,
        "stated": 1, "stated_median": 7, "stated_ninety": 7, "running": 1,
    }  # fmt: skip
    assert (rows["answered"]["shown"], rows["answered"]["shown_median"], rows["answered"]["running"]) == (1, 28, 2)
    assert (rows["assessed"]["shown"], rows["assessed"]["stated"]) == (0, 0)
    assert (told.n, told.stated, told.undated) == (5, 1, 2)


def test_answers_are_counted_in_working_days(small: Callable[..., GitInstance]) -> None:
    """Over Easter 2026 five working days are eleven days; what waits counts as late only when the promise is broken."""
    git = small(
        {
            "ideas/2026/a.md": idea("A", "skola", "submitted", *handed("2026-03-31", "2026-04-09")),  # 5 working days
            "ideas/2026/b.md": idea("B", "skola", "submitted", *handed("2026-03-31", "2026-04-10")),  # 6
            "ideas/2026/c.md": idea("C", "skola", "submitted", *handed("2026-04-01")),  # 5 have gone on the 10th
            "ideas/2025/d.md": idea("D", "skola", "submitted", *handed("2025-12-22")),
            "ideas/2025/e.md": idea("E", "skola", "submitted"),
        },
        "2026-04-10",
    )
    rows = figure(git, "response")
    assert rows["2026"] == {
        "ideas": 3, "answered": 2, "median": 5.5, "ninety": 6,
        "due": 2, "within": 1, "share": 50, "waiting": 1, "overdue": 0,
    }  # fmt: skip
    assert (rows["2025"]["due"], rows["2025"]["overdue"], rows["2025"]["share"]) == (1, 1, 0)
    assert (rows["total"]["ideas"], rows["total"]["share"], rows["total"]["median"]) == (4, 33, 5.5)
    assert figure(git, "response", "2026-04-13")["2026"]["overdue"] == 1


def test_flow_quarters_and_funnel(small: Callable[..., GitInstance]) -> None:
    git = small({f"ideas/2026/{name}.md": idea(name) for name in "abc"}, "2026-01-02")
    git.commit({"ideas/2026/a.md": idea("a", "skola", "answered")}, "2026-03-31")
    git.commit(
        {"ideas/2026/a.md": idea("a", "skola", "parked"), "ideas/2026/b.md": idea("b", "skola", "closed")}, "2026-04-01"
    )
    git.commit({"ideas/2026/a.md": idea("a", "skola", "answered")}, "2026-07-01")
    flow = figure(git, "flow")
    assert flow["submitted"] == {"came_shown": 3, "left_shown": 2, "came_stated": 0, "left_stated": 0, "now": 1}
    assert (flow["answered"]["came_shown"], flow["answered"]["left_shown"], flow["answered"]["now"]) == (2, 1, 1)
    quarters = figure(git, "quarters")
    assert [(key, row["came_shown"], row["left_shown"], row["open_shown"]) for key, row in quarters.items()] == [
        ("2026-Q1", 3, 0, 3),
        ("2026-Q2", 0, 1, 1),
        ("2026-Q3", 0, 0, 2),
    ]
    assert [row["shown"] for row in figure(git, "funnel").values()] == [3, 1, 0, 0, 0, 0, 0, 0]
    assert figure(git, "flow", "2027-04-02")["closed"] == {
        "came_shown": 0, "left_shown": 0, "came_stated": 0, "left_stated": 0, "now": 1
    }  # fmt: skip


def test_share_taken_into_use_is_by_cohort(small: Callable[..., GitInstance]) -> None:
    """Of two ideas of the first half of 2025, one was in use on the last of its twelve months, the other a day late."""
    git = small(
        {
            "ideas/2025/a.md": idea("a", "skola", "pilot", *handed("2025-02-28")),
            "ideas/2025/b.md": idea("b", "skola", "pilot", *handed("2025-03-01")),
            "ideas/2025/c.md": idea("c", "skola", "pilot", *handed("2025-07-01")),
        },
        "2025-07-01",
    )
    git.commit({"ideas/2025/a.md": idea("a", "skola", "implemented", *handed("2025-02-28"))}, "2026-02-28")
    git.commit({"ideas/2025/b.md": idea("b", "skola", "implemented", *handed("2025-03-01"))}, "2026-03-02")
    told = catalogue(git, "2026-07-01").figures["cohorts"]
    rows = table(told)
    assert (rows["2025-H1"]["ideas"], rows["2025-H1"]["shown_12"], rows["2025-H1"]["shown_share_12"]) == (2, 1, 50)
    assert rows["2025-H1"]["shown_24"] == 2
    running = {row.key: told.cell(row.key, "shown_12").running for row in told.rows}
    assert running == {"2025-H1": False, "2025-H2": True, "2026-H1": True, "2026-H2": True}
    assert catalogue(git, "2026-06-30").figures["cohorts"].cell("2025-H1", "shown_12").running
    assert told.cell("2025-H1", "shown_24").running


def test_units_count_their_parts_and_employees(small: Callable[..., GitInstance]) -> None:
    git = small(
        {
            "ideas/2026/a.md": idea("a", "skola", "implemented", *handed("2026-01-02", submitter="employee")),
            "ideas/2026/b.md": idea("b", "skola", "closed", *handed("2025-01-01", submitter="manager")),
            "ideas/2026/c.md": idea("c", "staden", "submitted", *handed("2026-01-02", submitter="resident")),
            "ideas/2026/d.md": idea("d", "granne", "concept"),
        }
    )
    units = figure(git, "units")
    assert units["staden"] == {"ideas": 3, "open": 1, "in_use": 1, "stopped": 1, "furthest": "implemented"}
    assert (units["skola"]["ideas"], units["granne"]["furthest"], "vard" in units) == (2, "concept", False)
    employees = figure(git, "employees", "2026-01-02")
    assert employees["staden"] == {"employees": 1000, "ideas": 1, "rate": 1}
    assert employees["skola"] == {"employees": 400, "ideas": 1, "rate": 2.5}


def test_spread_counts_distinct_adopters_and_lapses(small: Callable[..., GitInstance]) -> None:
    told = [
        ("vagen", "vard", "copy", "in_use", "2026-01-01"),  # within
        ("vagen", "granne", "adapted", "first", "2024-06-01"),  # out, but a newer word follows
        ("vagen", "granne", "inspired", "realise", "2025-06-01"),
        ("bussen", "granne", "copy", "in_use", "2023-12-31"),  # too old
        ("bussen", "skola", "copy", "ended", "2026-01-01"),  # its own house, ended
        ("kedjan", "vard", "adapted", "benefit_confirmed", "2026-01-01"),  # in
    ]
    files = {
        f"ideas/adoptions/a{at}.md": ADOPTION.format(case=case, by=by, degree=degree, phase=phase, confirmed=day)
        for at, (case, by, degree, phase, day) in enumerate(told)
    }
    files |= {f"ideas/cases/{case}.md": CASE.format(case, "skola", "in_use", "") for case in ("vagen", "bussen")}
    git = small(
        {**files, "ideas/cases/kedjan.md": CASE.format("Kedjan", "granne", "in_use", "last_confirmed: 2023-12\n")}
    )
    spread = figure(git, "spread", "2026-01-02")
    assert spread["within"] == {"copy": 1, "adapted": 0, "inspired": 0, "adopters": 1, "in_use": 1, "past": 1}
    assert spread["out"] == {"copy": 0, "adapted": 0, "inspired": 1, "adopters": 1, "in_use": 0, "past": 1}
    assert spread["total"]["adopters"] == 2
    assert figure(git, "reuse", "2026-01-02")["in"]["adopters"] == 1
    fresh = figure(git, "freshness", "2026-01-02")
    assert fresh["total"] == {"cases": 3, "fresh": 0, "share": 0, "old": 1, "never": 2}
    assert figure(git, "freshness", "2025-12-31")["total"]["fresh"] == 1


def test_only_what_belongs_to_a_unit(small: Callable[..., GitInstance]) -> None:
    git = small(
        {
            "ideas/2026/a.md": idea("a", "skola"),
            "ideas/2026/b.md": idea("b", "vard"),
            "ideas/2026/c.md": idea("c", "granne"),
        }
    )

    def ideas(*arguments: str) -> Any:
        done = run_cli("measures", "overview", "--format", "json", *arguments, root=git.root)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)["figures"][0]["rows"][0]["values"]["ideas"]

    assert (ideas(), ideas("--unit", "staden"), ideas("--unit", "skola")) == (3, 2, 1)
    done = run_cli("--lang", "en", "measures", "--unit", "skolan", root=git.root)
    assert (done.returncode, "Did you mean skola?" in done.stderr) == (2, True)


def private(ideas: int, granne: int) -> dict[str, str]:
    """Internal ideas of two units in a private repository."""
    told = {f"ideas/2026/skola{at}.md": idea(f"s{at}", "skola") for at in range(ideas)}
    return told | {f"ideas/2026/vard{at}.md": idea(f"v{at}", "vard") for at in range(granne)}


def test_the_public_learns_nothing_of_small_groups(small: Callable[..., GitInstance]) -> None:
    """Of seven internal ideas, two in one part: neither that part nor, by the total, its sister is told of."""
    git = small(private(9, 2), repository="private")
    assert {key: row["ideas"] for key, row in figure(git, "units").items()} == {"skola": 9, "staden": 11, "vard": 2}
    public = table(catalogue(git, audience="public").figures["units"])
    assert {key: row["ideas"] for key, row in public.items()} == {"skola": "..", "staden": 11, "vard": ".."}


def test_no_figure_gives_another_away(small: Callable[..., GitInstance]) -> None:
    """Two ideas in a stage are told of nowhere, nor by what is left when those in the other stages are taken off."""
    stages = ["submitted"] * 9 + ["concept"] * 2 + ["test"] * 6
    git = small(
        {f"ideas/2026/a{at}.md": idea(f"a{at}", "skola", stage) for at, stage in enumerate(stages)},
        repository="private",
    )
    figures = catalogue(git, audience="public").figures
    assert table(figures["overview"])["total"]["on_the_way"] == 17
    flow, lead_time = table(figures["flow"]), table(figures["lead-time"])
    assert [flow[stage]["now"] for stage in ("submitted", "concept", "test")] == [9, "..", ".."]
    assert [lead_time[stage]["running"] for stage in ("submitted", "concept", "test")] == [9, "..", ".."]
    assert figures["flow"].n is None


def test_coaches_are_never_public(small: Callable[..., GitInstance]) -> None:
    coach = "---\ntitle: Idécoach\nunits: [staden]\ncapacity: 3\n---\n"
    git = small(
        {
            "ideas/coaches/coach.md": coach,
            "ideas/2026/a.md": idea("a", "skola", "submitted", *handed("2025-12-01")),
            "ideas/2026/b.md": idea("b", "granne", "concept", "coach: coach"),
            "ideas/2026/c.md": idea("c", "granne", "concept"),
        }
    )
    assert figure(git, "coaches") == {
        "coach": {"open": 2, "capacity": 3, "waiting": 1, "overdue": 1},
        "": {"open": 1, "capacity": None, "waiting": 0, "overdue": 0},
    }
    assert "coaches" not in catalogue(git, audience="public").figures
    done = run_cli("--lang", "en", "measures", "coaches", root=git.root)
    assert (done.returncode, "--audience internal" in done.stderr) == (2, True)
    assert "coaches" not in run_cli("measures", root=git.root).stdout
    assert "Idécoach" in run_cli("measures", "coaches", "--audience", "internal", root=git.root).stdout


def test_an_entry_that_is_kept_back_still_counts(small: Callable[..., GitInstance]) -> None:
    """An idea that must be mended before it is shown came in all the same."""
    broken = idea("a").replace("Fukten", "Ring Anna på 070-123 45 67. Fukten")
    git = small({"ideas/2026/a.md": broken, "ideas/2026/b.md": idea("b")})
    told = catalogue(git)
    assert (told.get("a"), [lost.id for lost in told.broken]) == (None, ["a"])
    assert table(told.figures["overview"])["total"]["ideas"] == 2


def test_no_cell_of_csv_begins_as_a_formula(small: Callable[..., GitInstance]) -> None:
    git = small({"ideas/goals/mal.md": "---\ntitle: =HYPERLINK(1)\nlevel: vision\n---\n"})
    done = run_cli("measures", "goals", "--format", "csv", root=git.root)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert rows[0]["label"] == "'=HYPERLINK(1)"
    assert {row["value"] for row in rows} == {"0"}
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row.values())


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_figure_says_what_it_counts_and_how_to_count_it_again(
    language: str, small: Callable[..., GitInstance]
) -> None:
    git = small({"ideas/2026/a.md": idea("a")})
    done = run_cli("--lang", language, "measures", "--audience", "internal", root=git.root)
    assert done.returncode == 0
    said = " ".join(done.stdout.split())
    sha = git.git("rev-parse", "HEAD")
    for measure in measures.MEASURES:
        assert f"{translate.gettext(measure.label, language)} ({measure.key})" in said
        assert translate.gettext(measure.definition, language) in said
        assert f"idesluss measures {measure.key} --at {sha[:12]} --now 2026-01-02" in said
    assert said.count(sha) == len(measures.MEASURES)


def test_what_is_not_committed_is_told_of(small: Callable[..., GitInstance]) -> None:
    """Then the commit that is named does not give the same figure."""
    git = small({"ideas/2026/a.md": idea("a")})
    assert run_cli("measures", "overview", root=git.root).stderr == ""
    (git.root / "ideas/2026/b.md").write_text(idea("b"), "utf-8")
    done = run_cli("--lang", "en", "measures", "overview", root=git.root)
    assert "not committed" in done.stderr
    assert run_cli("measures", "overview", "--at", git.git("rev-parse", "HEAD"), root=git.root).stdout != done.stdout


def test_an_unknown_measure_gets_advice() -> None:
    done = run_cli("--lang", "en", "measures", "lead-tme")
    assert (done.returncode, "Did you mean lead-time?" in done.stderr) == (2, True)


def page(told: Catalogue, address: str) -> html.HtmlElement:
    translate.use(told.settings.language)
    made = next(one.make() for output in outputs.OUTPUTS for one in output(told) if one.path == f"{address}index.html")
    assert isinstance(made, Page)
    return html.fragment_fromstring(made.body, create_parent="main")


def test_a_chart_has_words_and_a_table_behind(small: Callable[..., GitInstance]) -> None:
    """Each figure stands with its definition, commit and command; each drawing has a title, and tells its values."""
    git = small(
        {
            f"ideas/2026/{name}.md": idea(name, "skola", stage)
            for name, stage in zip("abc", ("submitted", "concept", "closed"), strict=True)
        }
    )
    told = catalogue(git, audience="public")
    listed = set(outputs.addresses(told))
    shown: list[str] = []
    for group in measures.GROUPS:
        address = f"siffror/{ADDRESS_WORDS['sv'][group]}/"
        assert address in listed
        main = page(told, address)
        for section in main.iter("section"):
            key = section.get("aria-labelledby")
            shown.append(str(key))
            words = " ".join(section.text_content().split())
            assert translate.gettext(measures.BY_KEY[str(key)].definition, "sv") in words
            assert f"idesluss measures {key} --at {told.commit[:12]}" in words
            for drawing in section.findall(".//svg[@role='img']"):
                assert [drawing.find(part).get("id") for part in ("title", "desc")] == drawing.get(
                    "aria-labelledby"
                ).split()
                assert section.find(".//details//table") is not None
        assert main.find(".//*[@style]") is None
    assert shown == [measure.key for measure in measures.MEASURES if not measure.is_internal]
    drawn = page(told, "siffror/resultat/").find(".//section[@aria-labelledby='funnel']//desc")
    assert drawn.text.startswith("Inlämnad: 3; Besvarad: 1; Bedömd: 1; Koncept: 1; Test: 0;")


def test_a_long_name_is_cut_in_a_chart_only_where_it_is_drawn(small: Callable[..., GitInstance]) -> None:
    name = "Mål 9: Hållbar industri, innovationer och infrastruktur"
    git = small(
        {
            "ideas/goals/mal.md": f"---\ntitle: '{name}'\nlevel: agenda2030\n---\n",
            "ideas/2026/a.md": idea("a", "skola", "submitted").replace("---\n", "---\ngoals: [mal]\n", 1),
        }
    )
    main = page(catalogue(git, audience="public"), "siffror/i-gang/")
    (drawing,) = main.xpath("//section[.//h2[text()='Idéer för varje mål']]//svg[@role='img']")
    assert drawing.find("desc").text == f"{name}: 1."
    (label,) = drawing.xpath("text[@class='lab']")
    assert label.text.endswith("…")
    assert name.startswith(label.text[:-1])


def test_goals_of_a_figure_stand_by_name(small: Callable[..., GitInstance]) -> None:
    files = {f"ideas/goals/g{n}.md": f"---\ntitle: Mål {n}\nlevel: agenda2030\n---\n" for n in (10, 9, 11)}
    files["ideas/2026/a.md"] = idea("a", "skola", "submitted").replace("---\n", "---\ngoals: [g9, g10, g11]\n", 1)
    main = page(catalogue(small(files), audience="public"), "siffror/i-gang/")
    (section,) = main.xpath("//section[.//h2[text()='Idéer för varje mål']]")
    named = ["Mål 9", "Mål 10", "Mål 11"]
    assert section.xpath(".//text[@class='lab']/text()") == section.xpath(".//tbody//th/text()") == named


def test_pages_say_the_same_as_the_command(small: Callable[..., GitInstance]) -> None:
    """The start page, the first page of figures, a unit's page and the command tell one and the same number."""
    git = small({f"ideas/2026/{at}.md": idea(str(at), "skola", "implemented") for at in range(7)})
    told = catalogue(git, audience="public")

    def fact(address: str, label: str) -> str:
        found = [
            div for div in page(told, address).iter("div") if (dt := div.find("dt")) is not None and dt.text == label
        ]
        return str(found[0].find("dd").text)

    done = run_cli("measures", "overview", "units", "--format", "json", root=git.root)
    told_of = {
        one["key"]: {row["key"]: row["values"] for row in one["rows"]} for one in json.loads(done.stdout)["figures"]
    }
    assert told_of["overview"]["total"]["in_use"] == told_of["units"]["skola"]["in_use"] == 7
    assert fact("", "Tagna i bruk") == fact("siffror/", "Tagna i bruk") == fact("enheter/skola/", "I bruk") == "7"


def test_what_is_hidden_is_said_to_be_so(small: Callable[..., GitInstance]) -> None:
    git = small(private(9, 2), repository="private")
    main = page(catalogue(git, audience="public"), "siffror/i-gang/")
    section = main.find(".//section[@aria-labelledby='units']")
    cells = {
        row.find("th").text: row.find("td").text
        for row in section.find(".//table").iter("tr")
        if row.find("th").get("scope") == "row"
    }
    assert cells == {"Skola": "..", "Staden": "11", "Vård": ".."}
    assert "Två punkter betyder" in section.text_content()
    assert not re.search(r"v[01]\b", main.text_content())


def test_pages_of_figures_change_with_what_is_measured(small: Callable[..., GitInstance]) -> None:
    """An idea that the public does not see changes what is measured; its text does not."""
    git = small(private(6, 0), repository="private")
    before = build.digester(catalogue(git, audience="public"))("figures")
    path = git.root / "ideas/2026/skola0.md"
    path.write_text(path.read_text("utf-8") + "\nMer.\n", "utf-8")
    assert build.digester(catalogue(git, audience="public"))("figures") == before
    path.write_text(path.read_text("utf-8").replace("stage: submitted", "stage: closed"), "utf-8")
    assert build.digester(catalogue(git, audience="public"))("figures") != before


def test_what_only_the_hidden_brings_about_is_not_counted_in_public(small: Callable[..., GitInstance]) -> None:
    """A public idea, lesson or event does not tell how many internal entries stand behind it."""
    internal = "visibility: internal\n"
    slot = "programme: [{{time: '09:00', title: A, cases: {}}}]\n"
    event = f"---\ntitle: Mässan\ntype: mashup\ndate: 2025-06-01\n{slot}---\n"
    taken = {"case": "buss", "degree": "copy", "phase": "in_use", "confirmed": "2025-09-01"}
    public = ("visibility: public", "actors: [{actor: labb, part: test}, {actor: dold, part: test}]")
    files = {
        "ideas/actors/labb.md": "---\ntitle: Labb\nsector: academia\n---\n",
        "ideas/actors/dold.md": f"---\ntitle: Dold\nsector: supplier\n{internal}---\n",
        "ideas/barriers/lag.md": "---\ntitle: Lag\ncategory: legal\n---\n",
        "ideas/cases/buss.md": CASE.format("Buss", "skola", "in_use", ""),
        "ideas/cases/dolt.md": CASE.format("Dolt", "skola", "in_use", f"{internal}origin: [a]\n"),
        "ideas/events/massa.md": event.format("[buss, dolt]"),
        "ideas/events/oppen.md": event.format("[buss]").replace("2025-06-01", "2025-07-01"),
        "ideas/adoptions/tar.md": ADOPTION.format(by="vard", **taken).replace("---\n", f"---\n{internal}", 1),
        "ideas/2026/a.md": idea("a", "skola", "closed", *public, "lesson: Fråga."),
        "ideas/2026/b.md": idea("b", "skola", "submitted", "visibility: public", "barriers: [lag]"),
    }
    git = small(files, repository="private")
    inside, public_figures = catalogue(git).figures, catalogue(git, audience="public").figures

    def told(key: str, row: str, column: str) -> tuple[Any, Any]:
        return table(inside[key])[row][column], table(public_figures[key])[row][column]

    assert told("collaboration", "supplier", "ideas") == (1, "..")
    assert told("collaboration", "academia", "ideas") == told("collaboration", "total", "ideas") == (1, 1)
    assert told("barriers", "legal", "blocked") == (1, "..")
    assert told("learning", "closed", "reused") == (1, "..")
    assert told("learning", "closed", "lesson") == (1, 1)
    assert told("events", "massa", "shown") == (2, "..")
    assert told("events", "oppen", "shown") == (1, 1)
    assert told("events", "oppen", "adopted") == (1, "..")


def test_a_figure_that_is_hidden_whole_does_not_say_that_there_is_nothing(small: Callable[..., GitInstance]) -> None:
    git = small({"ideas/2026/a.md": idea("a", "skola", "submitted", *handed("2025-12-30", submitter="employee"))})
    main = page(catalogue(git, audience="public"), "siffror/i-gang/")
    text = main.find(".//section[@aria-labelledby='employees']").text_content()
    assert "Här finns inget att räkna än." not in text
    assert "Det som finns att räkna här visas inte." in text


def test_the_chart_of_units_says_as_many_ideas_as_the_table(small: Callable[..., GitInstance]) -> None:
    """A parked idea has no piece in the bar, and counts."""
    git = small({"ideas/2026/a.md": idea("a"), "ideas/2026/b.md": idea("b", "skola", "parked")})
    section = page(catalogue(git), "siffror/i-gang/").find(".//section[@aria-labelledby='units']")
    assert section.find(".//svg/desc").text == "Skola: 2; Staden: 2."


@pytest.mark.parametrize(
    ("repository", "audience", "said"),
    [
        ("private", "public", "Öppna idéer i slussen: 1"),
        ("private", "internal", "2 idéer ligger i slussen"),
        ("public", "public", "2 idéer ligger i slussen"),
    ],
)
def test_the_start_page_does_not_take_the_open_ideas_for_all(
    small: Callable[..., GitInstance], repository: str, audience: Literal["public", "internal"], said: str
) -> None:
    files = {"ideas/2026/a.md": idea("a", "skola", "submitted", "visibility: public"), "ideas/2026/b.md": idea("b")}
    start = page(catalogue(small(files, repository=repository), audience=audience), "")
    assert start.find(".//h2[@id='lock']").text_content() == said
