"""The schemas: valid, in the reader's language, and of one mind with the checks."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from idesluss import settings as own_settings
from idesluss import translate
from idesluss.cli import everything
from idesluss.kinds import BY_NAME, kind_of_folder
from idesluss.kinds.entry import OWN
from idesluss.schema import schema_of

REPOSITORY = Path(__file__).resolve().parents[1]
NAMES = (*BY_NAME, "settings")


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    before = translate.used()
    yield
    translate.use(before)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_schema_is_valid(name: str, language: str) -> None:
    schema = schema_of(name, language)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["additionalProperties"] is False
    assert schema["properties"]
    if name != "settings":
        assert set(schema["properties"]) == set(BY_NAME[name].model_fields) - OWN


def words(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (node[key] for key in ("title", "description") if isinstance(node.get(key), str))
        for value in node.values():
            yield from words(value)
    elif isinstance(node, list):
        for item in node:
            yield from words(item)


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_speaks_the_language(name: str) -> None:
    swedish, english = (list(words(schema_of(name, language))) for language in ("sv", "en"))
    assert len(swedish) == len(english) > 10
    alike = {said for said, other in zip(swedish, english, strict=True) if said == other}
    assert alike <= {
        "Test",
        "Pilot",
        "Organisation",
        "Status",
        "Tips",
        "DOI",
        "Licens",
        "Version",
        "Period",
        "Kronor",
        "Start",
        "Text",
    }
    assert not [said for said in english if not said.isascii() and "idésluss" not in said and "…" not in said]


def as_an_editor_sees_it(text: str) -> Any:
    """The front matter as YAML 1.2, which editors read: a date is text, a year a number."""

    class Loader(yaml.SafeLoader):
        """YAML's own types without dates."""

    Loader.yaml_implicit_resolvers = {
        sign: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(("timestamp", "bool", "float", "int"))]
        for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))
    Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^[-+]?[0-9]+$"), list("-+0123456789"))
    Loader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[-+]?[0-9]+\.[0-9]*$"), list("-+0123456789"))
    return yaml.load(text, Loader=Loader)  # noqa: S506 - built on the safe one


def test_the_editor_sees_years_as_numbers_and_dates_as_text() -> None:
    assert as_an_editor_sees_it("a: 2017\nb: 2017-01-02\nc: no\nd: true\n") == {
        "a": 2017, "b": "2017-01-02", "c": "no", "d": True,
    }  # fmt: skip
    assert not isinstance(as_an_editor_sees_it("b: 2017-01-02")["b"], datetime.date)


def test_all_entries_of_this_repository_please_the_editor_too() -> None:
    """What the checks take must not be underlined while somebody writes it."""
    told, _ = own_settings.load(REPOSITORY)
    validators = {name: jsonschema.Draft202012Validator(schema_of(name, "sv", told)) for name in NAMES}
    faults = []
    paths = sorted((REPOSITORY / "ideas").rglob("*.md"))
    assert len(paths) > 100
    for path in paths:
        kind = kind_of_folder(path.relative_to(REPOSITORY / "ideas").parts[0])
        assert kind is not None
        front = as_an_editor_sees_it(path.read_text("utf-8").split("\n---", 1)[0])
        faults += [f"{path.name}: {fault.message}" for fault in validators[kind.kind].iter_errors(front)]
    settings = as_an_editor_sees_it((REPOSITORY / "idesluss.yml").read_text("utf-8"))
    faults += [f"idesluss.yml: {fault.message}" for fault in validators["settings"].iter_errors(settings)]
    assert faults == []


@pytest.mark.parametrize(
    ("front", "right"),
    [
        ({"title": "x", "unit": "a"}, True),
        ({"title": 2030, "unit": "a", "review_by": "2030-01-01"}, True),
        ({"title": "x"}, False),
        ({"title": "x", "unit": "a", "stage": "submited"}, False),
        ({"title": "x", "unit": "a", "uni": "b"}, False),
        ({"title": "x", "unit": "a", "review_by": "1 maj"}, False),
        ({"title": "x", "unit": "a", "themes": ["sport"]}, False),
        ({"title": "x", "unit": "a", "themes": ["skola"]}, True),
        ({"title": "x", "unit": "a", "links": [{"title": "t", "url": "javascript:x"}]}, False),
        ({"title": "x", "unit": "a", "district": "Norr"}, True),
        ({"title": "x", "unit": "a", "district": "Väst"}, False),
    ],
)
def test_a_schema_finds_what_the_checks_find(
    front: dict[str, Any], right: bool, instance: Callable[[Mapping[str, str]], Path]
) -> None:
    root = instance({})
    with (root / "idesluss.yml").open("a", encoding="utf-8") as file:
        file.write(
            "fields:\n  idea:\n"
            "    district: {type: choice, choices: [Norr], label: {sv: Stadsdel}, help: {en: Where}}\n"
        )
    told, faults = own_settings.load(root)
    assert faults == []
    schema = schema_of("idea", "sv", told)
    assert jsonschema.Draft202012Validator(schema).is_valid(front) is right
    assert schema["properties"]["district"]["title"] == "Stadsdel"
    assert schema["properties"]["district"]["description"] == "Where"
    assert schema["$id"] == "https://idesluss.example/schema/idea.json"


def test_own_fields_that_must_be_there_are_required(instance: Callable[[Mapping[str, str]], Path]) -> None:
    root = instance({})
    types = ("line", "text", "number", "date", "yes_no", "list", "link")
    with (root / "idesluss.yml").open("a", encoding="utf-8") as file:
        file.write(
            "fields:\n  unit:\n" + "".join(f"    own_{name}: {{type: {name}, required: true}}\n" for name in types)
        )
    told, faults = own_settings.load(root)
    assert faults == []
    schema = schema_of("unit", "sv", told)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert {f"own_{name}" for name in types} <= set(schema["required"])
    values = ("x", "x", 1.5, "2026-02", True, ["x"], "https://a.example")
    right = {"title": "x", "type": "unit", **dict(zip((f"own_{name}" for name in types), values, strict=True))}
    jsonschema.validate(right, schema)


def test_the_command_prints_and_writes_schemas(
    instance: Callable[[Mapping[str, str]], Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    root = instance({})
    runner = CliRunner()
    shown = json.loads(runner.invoke(everything, ["--root", str(root), "--lang", "sv", "schema", "idea"]).stdout)
    assert shown["title"] == "Idé"
    written = runner.invoke(everything, ["--root", str(root), "--lang", "sv", "schema", "--write"])
    assert (written.exit_code, written.stdout) == (0, "")
    held = {path.stem: json.loads(path.read_text("utf-8")) for path in (root / ".idesluss/schema").iterdir()}
    assert set(held) == set(NAMES)
    assert held["idea"] == shown
    monkeypatch.chdir(tmp_path)
    bare = runner.invoke(everything, ["--lang", "en", "schema", "settings"])
    assert json.loads(bare.stdout)["$id"] == "urn:idesluss:schema/settings.json"
    lacking = runner.invoke(everything, ["--lang", "en", "schema"])
    assert (lacking.exit_code, "Name a kind: idea, need" in lacking.stderr) == (2, True)
