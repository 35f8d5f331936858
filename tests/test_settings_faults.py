"""Faults in idesluss.yml: each is told at its place in the file, with a way out that fits."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from idesluss import settings
from idesluss.cli import everything
from idesluss.problem import Problem
from idesluss.translate import render

GOOD = "name: A\nowner: B\naddress: https://x.example/\n"


def faults(content: str) -> list[Problem]:
    told, problems = settings.read(content.encode())
    assert (told is None) is bool(problems)
    return problems


FAULTS = [
    ("an address without its last sign", GOOD.replace("x.example/", "x.example"), (3, 10), "ends with a /"),
    ("an address without a host", GOOD.replace("x.example", "//"), (3, 10), "write it as https://"),
    ("a bracket in the host", GOOD.replace("x.example", "[x"), (3, 10), "write it as https://"),
    ("a bracket in another host", f'{GOOD}repository_url: "https://[x/"\n', (4, 17), "begins with https://"),
    ("a host with a gap", GOOD.replace("x.example", "x..example"), (3, 10), "write it as https://"),
    ("a port that is none", GOOD.replace("x.example", "x.example:99999"), (3, 10), "write it as https://"),
    ("a name and a password", GOOD.replace("x.example", "a:b@x.example"), (3, 10), "write it as https://"),
    ("a folder without a name", GOOD.replace("x.example", "x.example//a"), (3, 10), "write it as https://"),
    ("a step up", GOOD.replace("x.example", "x.example/a/.."), (3, 10), "write it as https://"),
    ("an address that is none", f"{GOOD}owner_url: www.x.example\n", (4, 12), "begins with https://"),
    ("a quote in an address", f'{GOOD}repository_url: https://x.example/"a\n', (4, 17), "no quotes"),
    ("a Swedish stage", f"{GOOD}stages:\n  besvarad: Mottagen\n", (5, 3), "did you mean answered?"),
    ("a stage that is computed", f"{GOOD}stages:\n  spread: Spridd\n", (5, 3), "it may be: submitted, answered"),
    ("two stages alike", f"{GOOD}stages: {{answered: Mottagen, parked: Bedömd}}\n", (4, 38), "a name of its own"),
    ("a misspelt kind", f"{GOOD}fields:\n  idee:\n    a: {{type: line}}\n", (5, 3), "did you mean idea?"),
    ("a kind in Swedish", f"{GOOD}fields:\n  behov:\n    a: {{type: line}}\n", (5, 3), "it may be: idea, need"),
    ("a field's bad name", f"{GOOD}fields:\n  idea:\n    Stadsdel: {{type: line}}\n", (6, 5), "small letters"),
    ("a field's bad type", f"{GOOD}fields:\n  idea:\n    a: {{type: str}}\n", (6, 15), "it may be: line, text"),
    ("a field that a kind has", f"{GOOD}fields:\n  idea:\n    title: {{type: line}}\n", (6, 5), "another name"),
    ("an entry's own id", f"{GOOD}fields:\n  idea:\n    id: {{type: line}}\n", (6, 5), "another name"),
    ("nothing to choose from", f"{GOOD}fields:\n  idea:\n    a: {{type: choice}}\n", (6, 15), "`choices: […]`"),
    ("two themes alike", f"{GOOD}themes:\n  - {{id: a, title: A}}\n  - {{id: a, title: B}}\n", (6, 10), "of its own"),
    ("an unknown setting", f"{GOOD}colour: red\n", (4, 1), "take it out; known are: name"),
    ("an unknown part", f"{GOOD}themes:\n  - {{id: a, title: A, titel: b}}\n", (5, 23), "did you mean title?"),
    ("a part's parts", f"{GOOD}themes:\n  - {{id: a, title: A, q: b}}\n", (5, 23), "known are: id, title, summary"),
    ("a second document", f"{GOOD}---\nlanguage: en\n", (4, 1), "take this line out"),
    ("nothing for a name", "name:\nowner: B\naddress: https://x.example/\n", (1, 6), "the value after `name:`"),
]


@pytest.mark.parametrize(("content", "place", "way_out"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_a_fault_has_its_place_and_a_way_out(content: str, place: tuple[int, int], way_out: str) -> None:
    (problem,) = faults(content)
    assert problem.place == place
    assert way_out in render(problem.hint, "en")
    assert "{" not in render(problem.message, "sv") + render(problem.hint, "sv")
    assert not render(problem.hint, "sv").endswith(": ")


@pytest.mark.parametrize("opening", ["---\n", "# Vår idésluss\n---\n", "\n# a\n  # b\n---  \r\n", "\ufeff---\n"])
@pytest.mark.parametrize("closing", ["", "...\n", "\n\n", "---\n"])
def test_the_line_that_opens_a_yaml_file_may_stand(opening: str, closing: str) -> None:
    assert faults(opening + GOOD + closing) == []


def test_lines_are_those_of_the_file_below_an_opening_line_too() -> None:
    (problem,) = faults(f"# a\n---\n{GOOD}language: fr\n")
    assert problem.place == (6, 11)


@pytest.mark.parametrize("content", ["", "# bara en kommentar\n", "language: sv", "language: sv\n\n\n"])
def test_what_is_missing_is_missing_on_a_line_that_is_there(content: str) -> None:
    assert {problem.place for problem in faults(content)} == {(1, 1)}


def test_settings_that_lie_elsewhere_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("password: hemligt\n", "utf-8")
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / "idesluss.yml").symlink_to(tmp_path / "secret")
    result = CliRunner().invoke(everything, ["--root", str(tmp_path / "instance"), "--lang", "en", "check"])
    assert result.exit_code == 1
    assert "idesluss.yml: error: this is a symbolic link [outside-root]" in result.output
    assert "hemligt" not in result.output


@pytest.mark.parametrize("content", ["name: [", "name: [\n", "name: 'a\n", "{\n"])
def test_no_place_lies_below_the_end_of_the_file(content: str) -> None:
    assert {problem.place.line for problem in faults(content)} == {1}


@pytest.mark.parametrize("address", ["https://x.example/a/@b/", "http://localhost:8000/", "http://[::1]:80/a/"])
def test_an_unusual_address_that_leads_somewhere_may_stand(address: str) -> None:
    assert faults(GOOD.replace("https://x.example/", f'"{address}"')) == []
