"""What a region wrote that began an idésluss of its own, and that did not stand where its readers look for it."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import SETTINGS, run_cli
from idesluss.body import read_body
from idesluss.body.notes import loose_notes
from idesluss.body.parts import plain
from idesluss.body.tables import lost_cells
from idesluss.outputs.prose import description
from idesluss.stages import STAGES
from test_odd_content import UNIT, case
from test_outputs import artifacts, page, read, small, words

__all__ = ["small"]
IDEA = "---\ntitle: En idé\nunit: skola\nstage: {}\n{}---\n\n## Problem\n\nDet.\n"
NEED = "---\ntitle: Halka\nunit: skola\nsource: audit\n---\n\n## Behovet\n\nHalka.\n"
NOTED = (
    "## Vad\n\nEn givare[^1].\n\n## Varför\n\nDärför.\n\n## Hur\n\nSå.\n\n## Lärdomar\n\nMät.\n\n"
    "## Ta över\n\nBörja.\n\n[^1]: Noten.\n"
)


def idea(stage: str, *lines: str) -> str:
    return IDEA.format(stage, "".join(f"{line}\n" for line in lines))


def test_the_footnotes_of_an_example_stand_after_all_of_its_text(small: Callable[..., Path]) -> None:
    """Wherever its last section has its place, which for how to take it over is beside the text."""
    tree = page(read(small({"ideas/cases/givare.md": case(NOTED)})), "exempel/givare/")
    notes = tree.find_class("footnotes")
    assert len(notes) == 1
    assert words(notes[0]).startswith("Noten.")
    assert "Noten" not in words(next(tree.iter("aside")))
    assert notes[0].getparent().getprevious().text_content().strip() == "Mät."


def test_footnotes_are_in_no_section_and_their_numbers_are_no_words() -> None:
    body = read_body(NOTED, "ideas/cases/givare.md", {"ta över": "adoption"}, "sv")
    adoption = body.section("adoption")
    assert adoption
    assert adoption.html == "<p>Börja.</p>"
    assert plain(body.notes) == "Noten."
    assert plain(body.html).startswith("Vad En givare. Varför")
    alone = read_body("En givare[^1].\n\n[^1]: Noten.\n", "ideas/cases/givare.md", {}, "sv")
    assert (plain(alone.lead), plain(alone.notes)) == ("En givare.", "Noten.")


def test_a_section_that_somebody_wrote_is_no_footnote() -> None:
    body = read_body("## Vad\n\n<section>\n\nEn ruta.\n\n</section>\n", "ideas/cases/x.md", {"vad": "what"}, "sv")
    assert body.notes == ""
    what = body.section("what")
    assert what
    assert plain(what.html) == "En ruta."
    assert "footnotes" not in body.html


def test_what_was_hard_is_told_without_the_headings_below_it(small: Callable[..., Path]) -> None:
    hard = "## Vad\n\nA.\n\n## Varför\n\nB.\n\n## Hur\n\nC.\n\n## Utmaningar\n\n{}### Tekniken\n\nWifi.\n"

    def told(before: str) -> str:
        tree = page(read(small({"ideas/cases/givare.md": case(hard.format(before))})), "exempel/givare/")
        return words(tree.find_class("shorts")[0])

    assert told("Schemat var svårt.\n\n").endswith("Det som var svårtSchemat var svårt.")
    assert told("").endswith("Det som var svårtWifi.")


def test_what_tells_of_an_entry_without_a_summary_has_no_headings(small: Callable[..., Path]) -> None:
    links = "[länk](https://a.example/" + "x" * 900 + ")"
    for body, said in ((NOTED, "En givare. Därför. Så. Mät. Börja. Noten."), (f"## Vad\n\nEn. {links}\n", "En.")):
        catalogue = read(small({"ideas/cases/givare.md": case(body)}))
        assert description(catalogue.entries["givare"]) == said


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "Här finns ingen idé om det här ännu."),
        ({"ideas/2026/a.md": idea("closed", "needs: [halka]")}, "Ingen av idéerna här är på väg."),
        ({"ideas/cases/givare.md": case(status="failed", more="needs: [halka]")}, "Det som prövades fungerade inte."),
        ({"ideas/2026/a.md": idea("answered", "needs: [halka]")}, ""),
    ],
)
def test_a_need_that_waits_does_not_deny_what_has_been_tried(
    small: Callable[..., Path], files: dict[str, str], said: str
) -> None:
    tree = page(read(small({"ideas/needs/halka.md": NEED, **files})), "behov/halka/")
    assert [words(box.find(".//b")) for box in tree.find_class("now")] == ([said] if said else [])


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-01-19", "Svaret kommer inom 10 arbetsdagar"),
        ("2026-01-20", "Svaret skulle ha kommit senast 19 januari 2026"),
    ],
)
def test_no_answer_is_promised_for_a_day_that_has_passed(small: Callable[..., Path], now: str, said: str) -> None:
    root = small({"ideas/2026/a.md": idea("submitted", "handed_in: {door: form, at: 2026-01-02}")})
    assert said in words(page(read(root, datetime.date.fromisoformat(now)), "ideer/a/").find_class("now")[0])


def test_a_chamber_that_was_skipped_has_no_date(small: Callable[..., Path]) -> None:
    decision = "decisions: [{{date: 2026-01-04, to: concept, by: Rådet, reason: Känt.{}}}]"
    checked = "duplicates_checked: {date: 2026-01-03}"
    told = []
    for skips in ("", ", skips: [assessed]"):
        root = small({"ideas/2026/a.md": idea("concept", checked, decision.format(skips))})
        told.append("3 jan 2026" in words(page(read(root), "ideer/a/").find_class("lock")[0]))
    assert told == [True, False]


def test_what_is_known_by_its_year_stands_after_what_came_before_it(small: Callable[..., Path]) -> None:
    steps = "{stage: submitted, date: 2021-03}, {stage: answered, date: 2021-04-12}, {stage: concept, date: 2021}"
    root = small({"ideas/2021/a.md": idea("concept", f"history: [{steps}]")})
    catalogue = read(root)
    happened = [words(one) for one in page(catalogue, "ideer/a/").find_class("time")[0].iter("li")]
    assert [one.partition(" · ")[0] for one in happened] == ["2021", "12 april 2021", "mars 2021"]
    assert "mars 2021" in words(page(catalogue, "ideer/"))


def test_what_is_quoted_in_what_is_quoted_stands_between_single_marks(small: Callable[..., Path]) -> None:
    line = "log: [{date: 2026-01-02, role: Coach, type: note, text: Idén ”Buss” ingår., public: true}]"
    text = words(page(read(small({"ideas/2026/a.md": idea("submitted", line)})), "ideer/a/"))
    assert "”Idén ’Buss’ ingår.”" in text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{measure: Svinn, result: 3,1 mnkr}", 'result: "3,1 mnkr"'),
        ("{measure: Svinn, result: Färre fel, mest på natten, date: 2025}", 'result: "Färre fel, mest på natten"'),
        ("{measure: Svinn, result }", 'measure: "Svinn, result"'),
    ],
)
def test_a_comma_in_text_between_braces_loses_nothing(instance: Callable[..., Path], written: str, meant: str) -> None:
    """YAML takes the rest for a field without a value, and what stands there would be lost without a word."""
    files = {"idesluss.yml": SETTINGS, "ideas/units/skola.md": UNIT}
    root = instance({**files, "ideas/cases/givare.md": case(more=f"effects: [{written}]")})
    said = run_cli("check", root=root).stdout
    assert f"sätt citattecken runt text med kommatecken: {meant}" in said
    name, _colon, quoted = meant.partition(": ")
    mended = written.replace(f"{name}: {quoted[1:-1]}", meant).replace(" }", "}")
    root = instance({**files, "ideas/cases/givare.md": case(more=f"effects: [{mended}]")})
    assert run_cli("check", root=root).returncode == 0


@pytest.mark.parametrize("written", ["{measure: Svinn, result: , date:   }", '{"measure":"Svinn", "result": "" }'])
def test_a_field_left_empty_between_braces_is_no_fault(instance: Callable[..., Path], written: str) -> None:
    files = {"idesluss.yml": SETTINGS, "ideas/units/skola.md": UNIT}
    root = instance({**files, "ideas/cases/givare.md": case(more=f"effects: [{written}]")})
    assert "läses som ett eget fält" not in run_cli("check", root=root).stdout


@pytest.mark.parametrize(("written", "told"), [("1", "1"), ("-0", "0"), ("1.50", "1.5"), ("120000", "120000")])
def test_a_whole_number_of_an_own_field_stays_whole(instance: Callable[..., Path], written: str, told: str) -> None:
    fields = "fields: {idea: {rang: {type: number}}}\n"
    files = {"idesluss.yml": SETTINGS + fields, "ideas/units/skola.md": UNIT}
    root = instance({**files, "ideas/2026/a.md": idea("submitted", f"rang: {written}")})
    done = run_cli("list", "idea", "--fields", "rang", "--format", "csv", root=root)
    assert done.stdout.split() == ["rang", told]
    assert json.loads(run_cli("list", "idea", "--format", "json", root=root).stdout)[0]["rang"] == float(told)


def test_two_portals_below_one_host_do_not_name_their_events_alike(small: Callable[..., Path]) -> None:
    event = "---\ntitle: Mässan\ntype: mashup\ndate: 2026-05-08\n---\n"
    names = []
    for folder in ("", "a/", "b/"):
        root = small({"ideas/events/massan.md": event})
        settings = (root / "idesluss.yml").read_text("utf-8")
        assert "https://idesluss.example/" in settings
        moved = settings.replace("https://idesluss.example/", f"https://idesluss.example/{folder}")
        (root / "idesluss.yml").write_text(moved, "utf-8")
        made = artifacts(read(root))["evenemang/massan/massan.ics"].make()
        assert isinstance(made, bytes)
        names += [line for line in made.decode().split("\r\n") if line.startswith("UID:")]
    assert names == ["UID:massan@idesluss.example", "UID:massan@idesluss.example/a", "UID:massan@idesluss.example/b"]


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("| A | B |\n|---|---|\n| 1 | 2 | å tre | fyra |\n", [("å tre | fyra", 3, 11)]),
        ("> | A |\n> |:-:|\n> | 1 | 2 |\n", [("2", 3, 9)]),
        ("- punkt\n\n  A | B\n  --|--\n  1 | 2 | tre\n", [("tre", 5, 11)]),
        ("| A |\n|---|\n| a \\| b |\n| `a \\| b` |\n| 1 | |\n| 1 |   \n", []),
        ("```\n| A |\n|---|\n| 1 | 2 |\n```\n", []),
        ("| A |\n|---|\n| 1 |\n\nDet ena | det andra | det tredje\n", []),
        ("| A | B |\n|---|\n| 1 | 2 | 3 |\n", []),
    ],
)
def test_what_stands_outside_the_columns_of_a_table_is_told(markdown: str, found: list[tuple[str, int, int]]) -> None:
    """As the engine leaves it out; code, an escaped sign and what is no table are left alone."""
    assert lost_cells(markdown) == found
    text = plain(read_body(markdown, "ideas/cases/x.md", {}, "sv").html)
    assert not [words for words, _line, _column in found if words in text]


@pytest.mark.parametrize(
    ("markdown", "loose"),
    [
        ("A[^1].\n\n[^1]: Ett.\n", []),
        ("A.\n\n[^1]: Ett.\n", [("1", 3, 1)]),
        ("A[^1] B[^Två].\n\n[^1]: Ett.\n[^två]: Två.\n\n  [^1]: Ett till.\n", [("1", 6, 3)]),
        ("```\n[^1]: kod\n```\n\n~~~\n```\n[^2]: kod\n~~~\n", []),
    ],
)
def test_a_footnote_that_nobody_would_see_is_told(markdown: str, loose: list[tuple[str, int, int]]) -> None:
    assert [note[:3] for note in loose_notes(markdown)] == loose


def test_two_footnotes_of_one_name_leave_the_page_whole() -> None:
    """The engine would begin the notes in the middle of the text, with one id twice."""
    markdown = "A[^1].\n\n[^1]: Ett.\n[^1]: Dubbel.\n\n> Efter.\n\n`[^1]: kod`\n"
    body = read_body(markdown, "ideas/cases/x.md", {}, "sv")
    assert plain(body.lead) == "A. Efter. [^1]: kod"
    assert plain(body.notes) == "Ett."
    assert body.html.count('id="fn-1"') == 1


@pytest.mark.parametrize(("language", "words"), [("sv", ["Obs", "Var försiktig"]), ("en", ["Note", "Caution"])])
def test_a_box_of_github_says_what_it_is(language: str, words: list[str]) -> None:
    markdown = "> [!NOTE]\n> Ett.\n\n- punkt\n\n  > [!caution]\n  > Två.\n\n> [!NOTE] inte så\n\n[!TIP]\n"
    html = read_body(markdown, "ideas/cases/x.md", {}, language).html
    assert re.findall(r"<blockquote>\n<p><strong>([^<]+)</strong><br>\n", html) == words
    assert "[!NOTE] inte så" in html
    assert "<p>[!TIP]</p>" in html


def test_a_stage_in_the_words_of_the_instance_is_known_in_a_file(instance: Callable[..., Path]) -> None:
    files = {"idesluss.yml": f"{SETTINGS}stages: {{concept: Skiss}}\n", "ideas/units/skola.md": UNIT}
    said = run_cli("check", root=instance({**files, "ideas/2026/a.md": idea("skiss")})).stdout
    assert "menade du concept?" in said


@pytest.mark.parametrize("stage", STAGES)
def test_a_lesson_and_where_an_idea_once_went_are_shown_in_every_stage(small: Callable[..., Path], stage: str) -> None:
    """Also where the idea succeeded, or came back."""
    told = ("lesson: Fråga köket först.", "referred: {to: Granskaren, outcome: Den kom åter.}", "combined_into: b")
    files = {"ideas/2026/a.md": idea(stage, *told), "ideas/2026/b.md": idea("test").replace("En idé", "Målet")}
    text = words(page(read(small(files)), "ideer/a/"))
    for said in ("Fråga köket först.", "Granskaren", "Den kom åter.", "Målet"):
        assert text.count(said) == 1, said


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1 250 000", "1250000"),
        ('"1\u00a0250\u00a0000 kr"', "1250000"),
        ("380.000:-", "380000"),
        ("500 kronor", "500"),
        ("120 tkr", ""),
        ("12 50", ""),
        ("1.5", ""),
    ],
)
def test_an_amount_as_people_write_it_is_told_as_it_is_to_be_written(
    instance: Callable[..., Path], written: str, meant: str
) -> None:
    files = {"idesluss.yml": SETTINGS, "ideas/units/skola.md": UNIT}
    said = run_cli("check", root=instance({**files, "ideas/cases/givare.md": case(more=f"cost: {{hours: {written}}}")}))
    assert "cost.hours ska vara ett heltal" in said.stdout
    assert (f"= skriv {meant}: bara siffror" if meant else "= skriv bara siffror") in said.stdout


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("visibility: internal", "Internt Det visas inte i den öppna portalen."),
        ("publish_from: 2099-01-02", "Inte öppet än Det visas i den öppna portalen från 2 januari 2099."),
        ("", ""),
    ],
)
def test_the_internal_portal_says_what_the_public_does_not_see(
    small: Callable[..., Path], more: str, said: str
) -> None:
    files = {"idesluss.yml": SETTINGS.replace("repository: public", "repository: private")}
    root = small({**files, "ideas/cases/givare.md": case(more=more)})
    told = words(page(read(root, audience="internal"), "exempel/givare/").find_class("over")[0])
    assert told == f"Gott exempel{said}"
