"""`idesluss list`: entries chosen and told by their fields, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from idesluss.cli import everything
from idesluss.cli.list_entries import cell, names_of
from idesluss.kinds import KINDS
from idesluss.kinds.entry import OWN

IDEAS: Mapping[str, str] = {
    "ideas/units/fastighet.md": "---\ntitle: Fastighet\ntype: unit\n---\n",
    "ideas/units/skola.md": "---\ntitle: Skola\ntype: unit\n---\n",
    "ideas/2025/gammal.md": """\
        ---
        title: "=HYPERLINK(\\"https://evil.example\\")"
        unit: fastighet
        themes: [skola]
        handed_in: {door: form, at: 2025-03-01}
        seeks: [juridik, pengar]
        ---

        ## Problemet

        Det är blött.
        """,
    "ideas/2026/ny.md": """\
        ---
        title: Ny
        unit: skola
        example: true
        handed_in: {door: mail, at: 2026-01-02}
        tests:
          - {key: a, hypothesis: h, measure: m, threshold: t, period: {start: 2026}, outcome: met}
          - {key: b, hypothesis: h, measure: m, threshold: t, period: {start: 2026}, outcome: unclear}
        ---

        ## Problemet

        Det är torrt.
        """,
}


pytestmark = pytest.mark.usefixtures("undisturbed")


Run = Callable[..., Result]


@pytest.fixture
def run(instance: Callable[[Mapping[str, str]], Path]) -> Run:
    root = instance(IDEAS)

    def run_it(*arguments: str, language: str = "en") -> Result:
        return CliRunner().invoke(everything, ["--root", str(root), "--lang", language, "list", *arguments])

    return run_it


def ids(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return [entry["id"] for entry in json.loads(result.stdout)]


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ((), ["gammal", "ny"]),
        (("unit=skola",), ["ny"]),
        (("unit=SKOLA",), ["ny"]),
        (("themes=skola",), ["gammal"]),
        (("seeks=pengar",), ["gammal"]),
        (("seeks=peng",), []),
        (("handed_in.at=2026-01-02",), ["ny"]),
        (("tests.outcome=unclear",), ["ny"]),
        (("tests.period.start=2026",), ["ny"]),
        (("tests.outcome=met", "unit=fastighet"), []),
        (("example=true",), ["ny"]),
        (("coach=",), ["gammal", "ny"]),
        (("themes=",), ["ny"]),
        (('title==HYPERLINK("https://evil.example")',), ["gammal"]),
        (("id=ny",), ["ny"]),
        (("path=ideas/2026/ny.md",), ["ny"]),
        (("stage = submitted",), ["gammal", "ny"]),
    ],
)
def test_entries_are_chosen_by_their_fields(run: Run, conditions: tuple[str, ...], found: list[str]) -> None:
    asked = [word for condition in conditions for word in ("--where", condition)]
    assert ids(run("idea", "--format", "json", *asked)) == found


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("stge", "There is no field “stge”. Did you mean stage?"),
        ("handed_in.date", "Did you mean handed_in.at?"),
        ("outcome", "Did you mean tests.outcome?"),
        ("qqqqqq", "There is no field “qqqqqq”. There are: id, path, title"),
        ("body", "There is no field “body”."),
    ],
)
def test_an_unknown_field_gets_advice(run: Run, name: str, said: str) -> None:
    for arguments in (("--where", f"{name}=x"), ("--fields", f"title,{name}")):
        result = run("idea", *arguments)
        assert result.exit_code == 2
        assert said in result.stderr


def test_a_value_may_be_named_as_the_pages_name_it(run: Run) -> None:
    assert ids(run("idea", "--format", "json", "--where", "stage=Inlämnad")) == ["gammal", "ny"]
    assert ids(run("idea", "--format", "json", "--where", "stage=SUBMITTED")) == ["gammal", "ny"]


@pytest.mark.parametrize("condition", ["stage=klar", "handed_in.door=brev", "tests.outcome=bra"])
def test_a_value_that_a_field_cannot_have_is_told_instead_of_an_empty_list(run: Run, condition: str) -> None:
    result = run("idea", "--where", condition)
    assert result.exit_code == 2
    assert "it may be: " in result.stderr


@pytest.mark.parametrize("kind", ["idé", "Idéer", "ideas", "idea"])
def test_a_kind_may_be_named_as_the_pages_name_it(run: Run, kind: str) -> None:
    assert ids(run(kind, "--format", "json")) == ["gammal", "ny"]


def test_a_condition_without_a_value_gets_advice(run: Run) -> None:
    result = run("idea", "--where", "stage")
    assert (result.exit_code, "Write --where as FIELD=VALUE" in result.stderr) == (2, True)


def test_a_table_has_labels_in_the_language_and_a_count(run: Run) -> None:
    lines = run("idea", language="sv").output.splitlines()
    assert lines[0].split() == ["id", "Rubrik", "Enhet", "Steg"]
    assert lines[2].split() == ["ny", "Ny", "skola", "submitted"]
    assert lines[-1] == "2 poster"
    assert run("idea", "--where", "unit=skola", language="sv").output.splitlines()[-1] == "1 post"
    assert run("case").output == "0 entries\n"


def test_a_table_tells_what_is_asked_for(run: Run) -> None:
    lines = run("idea", "--fields", "id, tests.outcome,handed_in.at").output.splitlines()
    assert re.split(" {2,}", lines[2]) == ["ny", "met; unclear", "2026-01-02"]


def test_a_table_obeys_no_control_characters(instance: Callable[[Mapping[str, str]], Path], run: Run) -> None:
    instance({"ideas/units/lurig.md": '---\ntitle: "a\\e[31mb"\ntype: unit\n---\n'})
    assert "\x1b" not in run("unit").output


def test_csv_holds_every_field_and_no_formula(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("idea", "--format", "csv").output, newline="")))
    assert [row["id"] for row in rows] == ["gammal", "ny"]
    assert rows[0]["title"] == '\'=HYPERLINK("https://evil.example")'
    assert rows[0]["seeks"] == "juridik; pengar"
    assert rows[1]["tests.outcome"] == "met; unclear"
    assert rows[1]["example"] == "true"
    assert rows[1]["coach"] == ""
    assert {"handed_in.door", "decisions.to", "path"} <= rows[0].keys()


def test_csv_tells_what_is_asked_for(run: Run) -> None:
    assert run("idea", "--format", "csv", "--fields", "id,handed_in.at").stdout_bytes == (
        b"id,handed_in.at\r\ngammal,2025-03-01\r\nny,2026-01-02\r\n"
    )


@given(st.lists(st.text(), max_size=3))
def test_no_cell_begins_as_a_formula(values: list[str]) -> None:
    assert not cell(values).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"))


def test_numbers_stay_numbers() -> None:
    assert (cell([-5]), cell(["-5"]), cell([]), cell([1, 2.5])) == ("-5", "'-5", "", "1; 2.5")


def test_json_keeps_the_shape_of_the_fields(run: Run) -> None:
    (new,) = json.loads(run("idea", "--format", "json", "--where", "id=ny").output)
    assert new["handed_in"] == {"door": "mail", "at": "2026-01-02", "key": None}
    assert [test["outcome"] for test in new["tests"]] == ["met", "unclear"]
    assert "body" not in new
    (chosen,) = json.loads(
        run("idea", "--format", "json", "--where", "id=ny", "--fields", "id,tests.outcome,coach").output
    )
    assert chosen == {"id": "ny", "tests.outcome": ["met", "unclear"], "coach": None}


def test_what_cannot_be_read_is_told_of(instance: Callable[[Mapping[str, str]], Path], run: Run) -> None:
    instance({"ideas/2026/trasig.md": "---\ntitle: X\nstage: x\n---\n"})
    result = run("idea", "--format", "json")
    assert ids(result) == ["gammal", "ny"]
    assert "1 file cannot be read and is missing here; see idesluss check." in result.stderr
    assert run("need").stderr == ""


def test_own_fields_of_the_instance_are_fields_too(instance: Callable[[Mapping[str, str]], Path], run: Run) -> None:
    root = instance({})
    settings = (root / "idesluss.yml").read_text("utf-8")
    instance(
        {
            "idesluss.yml": settings + "fields:\n  unit:\n    district: {type: line}\n",
            "ideas/units/norr.md": "---\ntitle: Norr\ntype: unit\ndistrict: Norra\n---\n",
        }
    )
    assert ids(run("unit", "--where", "district=norra", "--format", "json")) == ["norr"]


def test_every_field_of_every_kind_can_be_named() -> None:
    for kind in KINDS:
        names = list(names_of(kind))
        assert len(names) == len(set(names))
        assert {name.partition(".")[0] for name in names} == set(kind.model_fields) - OWN
