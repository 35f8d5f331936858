"""The open data: every public field of every kind, nothing else, whole and harmless in each format."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, Literal
from zipfile import ZipFile

import openpyxl
import pytest
from jsonschema import Draft202012Validator
from PIL import Image
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from idesluss.build import digester
from idesluss.catalogue import Catalogue
from idesluss.history import History, Life, Step
from idesluss.kinds import KINDS
from idesluss.kinds.entry import OWN, Entry
from idesluss.kinds.fields import part_of
from idesluss.outputs.data import record, workbook
from idesluss.outputs.data.columns import columns
from idesluss.outputs.data.workbook import LONGEST
from idesluss.outputs.view import View, view_of
from test_outputs import CASE, IDEA, NEED, UNIT, artifacts, page, plain, read, small

__all__ = ["small"]

Small = Callable[..., Path]
SECRET = "Hemlighuset"
OF_OUR_OWN = {"nickname": "Bertil", "shelf": SECRET}


def name_of(kind: str) -> str:
    return f"en-{kind}"


BY_HAND = {"publish_from": "2026-01-01", "themes": ["skola"], "language": "en", "visibility": "public"}
PATTERNS = {
    r"^\d{4}": "2026-03-04",
    "^http": "https://example.org/x",
    "^([01]": "09:30",
    "^([a-z0-9-]+:)": "annan:sak",
    "^[a-z0-9]+": "slug",
    r"^10\.": "10.1234/x",
    "^#[0-9a-f]": "#0f3346",
}
"""A text for each pattern that begins so."""


def filled(node: Mapping[str, Any], defs: Mapping[str, Any], *, secret: bool = False) -> Any:
    """A value that a field can hold, made from its schema; the text of a private field is the secret."""
    notes = node.get("x-idesluss", {})
    secret = secret or bool(notes.get("private"))
    if notes.get("to"):
        return [name_of(notes["to"][0])] if node.get("type") == "array" else name_of(notes["to"][0])
    if "$ref" in node:
        return filled(defs[node["$ref"].rpartition("/")[2]], defs, secret=secret)
    if "anyOf" in node:
        return filled(node["anyOf"][0], defs, secret=secret)
    if "enum" in node or "const" in node:
        return node.get("const") or node["enum"][-1]
    if node["type"] == "array":
        return [filled(node["items"], defs, secret=secret)]
    if node["type"] == "object":
        return {name: BY_HAND.get(name) or filled(one, defs, secret=secret) for name, one in node["properties"].items()}
    if node["type"] in ("integer", "boolean"):
        return node["type"] == "boolean" or node.get("minimum") or 3
    fitting = (text for start, text in PATTERNS.items() if node.get("pattern", "").startswith(start))
    return next(fitting, SECRET if secret else "Text")


@pytest.fixture
def full(small: Small) -> Path:
    """An instance with an entry of each kind, in which every field holds something."""
    files: dict[str, str] = {}
    for kind in KINDS:
        schema = kind.model_json_schema()
        front = filled(schema, schema.get("$defs", {})) | {"formerly": [f"forr-{kind.kind}"]}
        if kind.kind == "idea":
            front |= OF_OUR_OWN
            front["log"].append({**front["log"][0], "text": SECRET, "public": False})
        sections = "".join(f"## {name.swedish[0]}\n\nText.\n\n" for name in kind.sections)
        path = f"ideas/{kind.folder or 2026}/{name_of(kind.kind)}.md"
        files[path] = f"---\n{json.dumps(front)}\n---\n\nFörst.\n\n{sections}"
    return small(files)


def view(catalogue: Catalogue) -> View:
    return view_of(catalogue, catalogue.settings.address)


def made(catalogue: Catalogue, path: str) -> bytes:
    data = artifacts(catalogue)[path].make()
    assert isinstance(data, bytes)
    return data


def as_json(catalogue: Catalogue, path: str) -> Any:
    return json.loads(made(catalogue, path))


def public_fields(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    """The fields that may leave the instance, seen from the model itself."""
    for name, info in model.model_fields.items():
        notes = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
        told: Any = notes.get("x-idesluss", {})
        if not told.get("private") and not (issubclass(model, Entry) and name in OWN):
            yield name, info


def missing(model: type[BaseModel], told: Mapping[str, Any], at: str) -> Iterator[str]:
    """The public fields that are not told, down to the last part."""
    for name, info in public_fields(model):
        if name not in told:
            yield f"{at}{name}"
            continue
        part = part_of(info.annotation)
        values = told[name] if isinstance(told[name], list) else [told[name]]
        for value in values if part else ():
            assert part is not None
            yield from missing(part, value, f"{at}{name}.")


def test_every_public_field_of_every_kind_is_there(full: Path) -> None:
    """In `catalogue.json`, in the file of the entry and, as a column, in the tables."""
    catalogue = read(full)
    entries = {told["id"]: told for told in as_json(catalogue, "catalogue.json")["entries"]}
    for kind in KINDS:
        id_ = name_of(kind.kind)
        alone = as_json(catalogue, f"{catalogue.address(id_)}index.json")["entry"]
        for told in (entries[id_], alone):
            assert list(missing(kind, told, f"{kind.kind}.")) == []
        assert "".join(part["html"] for part in alone["text"]).count("Text.") == len(kind.sections)
        named = {column.name.split(".")[0] for column in columns(view(catalogue), kind.kind)}
        assert {name for name, _ in public_fields(kind)} <= named
    assert entries["en-idea"]["own"] == {"nickname": "Bertil"}


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_what_is_never_public_is_in_no_file(full: Path, audience: Literal["public", "internal"]) -> None:
    """Private fields, the key at the door, log lines that are not public and own private fields, in no audience."""
    catalogue = read(full, audience=audience)
    for path in (
        "catalogue.json", "ideer/en-idea/index.json", "schema/catalogue.json", "oppna-data/ideer.csv",
    ):  # fmt: skip
        data = made(catalogue, path).decode()
        assert SECRET not in data, path
        assert '"submitter"' not in data
        assert '"shelf"' not in data
        assert "own.shelf" not in data
        assert '"support":' not in data
        assert set(re.findall(r'"x-idesluss": ?\{"(\w+)"', data)) <= {"to"}, "a note of ours says what is private"
    book = openpyxl.load_workbook(BytesIO(made(catalogue, "oppna-data/ideer.xlsx")))
    told = str([cell.value for sheet in book for row in sheet for cell in row])
    assert SECRET not in told
    assert "own.shelf" not in told


def test_no_field_has_a_name_that_a_record_adds() -> None:
    assert not {name for kind in KINDS for name in kind.model_fields if name not in OWN} & set(record.ADDED)


def test_what_this_reader_may_not_see_is_not_named(small: Small) -> None:
    """A reference to an internal entry is left out, and so is a part that would make no sense without it."""
    more = "visibility: public\nneeds: [fukt]\nactors: [{actor: dold, part: test}, {actor: skola, part: plats}]"
    root = small(
        {
            "ideas/needs/fukt.md": NEED.format("visibility: internal"),
            "ideas/2026/fuktvakt.md": IDEA.format("Fuktvakt", "assessed", more) + "\nSe [behovet](../needs/fukt.md).\n",
            "ideas/actors/dold.md": "---\ntitle: Dold\nsector: company\nvisibility: internal\n---\n",
        },
        repository="private",
    )
    catalogue = read(root)
    told = as_json(catalogue, "ideer/fuktvakt/index.json")["entry"]
    assert "needs" not in told
    assert told["actors"] == [{"actor": "skola", "part": "plats"}]
    assert "Se behovet." in told["text"][-1]["html"].replace("<a>", "").replace("</a>", "")
    for path, artifact in artifacts(catalogue).items():
        data = artifact.make()
        if path.endswith((".json", ".csv", ".ttl", ".xml")) and isinstance(data, bytes):
            assert b"dold" not in data, path
            assert b"behov/fukt" not in data, path
    assert as_json(read(root, audience="internal"), "ideer/fuktvakt/index.json")["entry"]["needs"] == ["fukt"]


def faults(schema: Any, told: Any) -> list[str]:
    return [f"{list(fault.path)}: {fault.message}" for fault in Draft202012Validator(schema).iter_errors(told)]


def test_data_is_as_the_schema_says(full: Path) -> None:
    """The whole file, the file of each entry, and that of none any more; an unknown field would be told of."""
    catalogue = read(full)
    schema = as_json(catalogue, "schema/catalogue.json")
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == as_json(catalogue, "catalogue.json")["$schema"]
    assert faults(schema, as_json(catalogue, "catalogue.json")) == []
    for kind in KINDS:
        entry = as_json(catalogue, f"{catalogue.address(name_of(kind.kind))}index.json")
        one = {**schema["$defs"][kind.kind], "$defs": schema["$defs"]}
        assert faults(one, entry["entry"]) == []
        assert faults(schema, entry) == []
        assert faults(one, {**entry["entry"], "okänt": 1})
    assert faults(schema, json.loads(record.notice(view(catalogue), is_gone=True))) == []


def test_values_are_told_as_they_are(small: Small) -> None:
    """No and none at all are values too; another instance's entry is named, a picture if there is one."""
    picture = BytesIO()
    Image.new("RGB", (6, 4)).save(picture, "PNG")
    more = (
        "builds_on: [helsingborg:lanebank]\nimage: {file: å b.png, alt: En vägg}\nbought: false\nrooms: 0\n"
        "history: [{stage: submitted, date: 2026-01-02}]\nlinks: [{title: Å, url: https://a.example/}]\nexample: true"
    )
    root = small(
        {
            "idesluss.yml": f"{plain()}    bought: {{type: yes_no}}\n    rooms: {{type: number}}\n",
            "ideas/2026/fuktvakt.md": IDEA.format("Fuktvakt", "submitted", more),
            "ideas/cases/givare.md": CASE.format("Givare", "in_use", "image: {file: borta.png, alt: A}").replace(
                "CC-BY-4.0", "CC0-1.0"
            ),
            "ideas/media/å b.png": picture.getvalue(),
        }
    )
    catalogue = read(root)
    told = as_json(catalogue, "ideer/fuktvakt/index.json")["entry"]
    assert told["builds_on"] == ["helsingborg:lanebank"]
    assert told["own"] == {"bought": False, "rooms": 0}
    assert told["picture"] == "https://idesluss.example/media/1600/%C3%A5%20b.png.webp"
    assert told["steps"] == [{"stage": "submitted", "date": "2026-01-02", "stated": True}]
    case = as_json(catalogue, "exempel/givare/index.json")
    assert "picture" not in case["entry"]
    assert case["licence"] == "https://creativecommons.org/publicdomain/zero/1.0/", "its own, not that of the portal"
    table = made(catalogue, "oppna-data/ideer.csv").decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(table), delimiter=";")
    assert (row["own.bought"], row["own.rooms"], row["example"]) == ("false", "0", "true")
    assert row["links"] == '[{"title": "Å", "url": "https://a.example/"}]'
    life = Life("2026-01-03", "2026-01-03", steps=(Step("submitted", "2026-01-03", "a" * 40),))
    catalogue = read(small({"ideas/2026/fuktvakt.md": IDEA.format("Fuktvakt", "submitted", "")}))
    shown = catalogue.with_history(History(lives={"fuktvakt": life}))
    steps = as_json(shown, "ideer/fuktvakt/index.json")["entry"]["steps"]
    assert steps == [{"stage": "submitted", "date": "2026-01-03", "stated": False}]


def test_links_of_the_text_hold_wherever_it_is_read(small: Small) -> None:
    """Addresses are whole: of entries, pages and places on the page itself."""
    text = "\nSe [behovet](../needs/fukt.md#behovet), [om](../../docs/om.md) och [ovan](#problemet).\n"
    files = {"ideas/2026/fuktvakt.md": IDEA.format("Fuktvakt", "submitted", "") + text, "docs/om.md": "# Om\n"}
    html = as_json(read(small(files)), "ideer/fuktvakt/index.json")["entry"]["text"][0]["html"]
    for address in ("behov/fukt/#s-behovet", "om/", "ideer/fuktvakt/#s-problemet"):
        assert f'href="https://idesluss.example/{address}"' in html


def test_data_is_found_at_former_addresses(small: Small) -> None:
    root = small({"ideas/units/granne.md": "---\ntitle: Granne\ntype: region\nformerly: [bredvid]\n---\n"})
    assert made(read(root), "enheter/bredvid/index.json") == made(read(root), "enheter/granne/index.json")


FORMULAS = ["=1+1", "+46", "-2+3", "@SUM(A1)", "\t=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20A"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula(small: Small, formula: str) -> None:
    """In CSV an apostrophe stands before it; the workbook holds it as text."""
    unit = f"---\n{json.dumps({'title': 'X', 'type': 'unit', 'source': f'x{formula}', 'contact': formula})}\n---\n"
    catalogue = read(small({"ideas/units/granne.md": unit}))
    shown = formula.strip()
    rows = list(csv.DictReader(StringIO(made(catalogue, "oppna-data/enheter.csv").decode("utf-8-sig")), delimiter=";"))
    (row,) = (row for row in rows if row["id"] == "granne")
    assert row["contact"] == f"'{shown}"
    assert row["source"] == f"x{formula}"
    book = openpyxl.load_workbook(BytesIO(made(catalogue, "oppna-data/enheter.xlsx")))
    cells = [cell for line in book.worksheets[0] for cell in line if cell.value in (shown, formula)]
    assert [cell.data_type for cell in cells] == ["s"]
    assert cells[0].number_format == "@"


def test_excel_reads_the_csv_as_it_is(small: Small) -> None:
    """UTF-8 with its mark, semicolons, ends of lines as Windows wants them; text with all of these is one cell."""
    title = 'Å; ä "ö" 🌧'
    unit = f"---\n{json.dumps({'title': title, 'type': 'unit'}, ensure_ascii=False)}\n---\n"
    data = made(read(small({"ideas/units/granne.md": unit})), "oppna-data/enheter.csv")
    assert data.startswith(b"\xef\xbb\xbfid;url;")
    assert data.count(b"\r\n") == 3
    rows = list(csv.reader(StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert title in [row[rows[0].index("title")] for row in rows]


def test_the_values_of_a_list_stand_in_one_cell(small: Small) -> None:
    actor = f"---\n{json.dumps({'title': 'X', 'sector': 'company', 'offers': ['Rum, små', 'Tid']})}\n---\n"
    data = made(read(small({"ideas/actors/x.md": actor})), "oppna-data/aktorer.csv").decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(data), delimiter=";")
    assert row["offers"] == "Rum, små | Tid"


def test_a_workbook_explains_its_columns_and_holds_numbers(small: Small) -> None:
    catalogue = read(small({"ideas/2026/fuktvakt.md": IDEA.format("Fukt", "submitted", "running_cost: 185000")}))
    book = openpyxl.load_workbook(BytesIO(made(catalogue, "oppna-data/ideer.xlsx")))
    head, row = list(book.worksheets[0].iter_rows(values_only=True))
    assert dict(zip(head, row, strict=True))["running_cost"] == 185000
    assert [sheet.title for sheet in book.worksheets] == ["Idéer", "Kolumner"]
    explained = {line[0]: line[1] for line in book.worksheets[1].iter_rows(min_row=2, values_only=True)}
    assert list(explained) == list(head)
    assert explained["handed_in.at"] == "Inlämnad: Datum"
    assert explained["own.nickname"] == "Smeknamn"


def test_a_cell_is_cut_where_excel_would_give_up(small: Small) -> None:
    lines = [f"{n:04}{'x' * 290}" for n in range(150)]
    actor = f"---\n{json.dumps({'title': 'X', 'sector': 'company', 'offers': lines})}\n---\n"
    book = openpyxl.load_workbook(BytesIO(made(read(small({"ideas/actors/x.md": actor})), "oppna-data/aktorer.xlsx")))
    assert max(len(str(cell.value)) for row in book.worksheets[0] for cell in row) == LONGEST


def test_both_tables_hold_the_same_rows(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "TOGETHER", 2)
    costs = [0, 7, 1234567, 2**40, 185000]
    files = {f"ideas/2026/i{n}.md": IDEA.format(n, "submitted", f"running_cost: {n}") for n in costs}
    catalogue = read(small({"idesluss.yml": f"{plain()}    rooms: {{type: number}}\n", **files}))
    (head, *table) = csv.reader(StringIO(made(catalogue, "oppna-data/ideer.csv").decode("utf-8-sig")), delimiter=";")
    book = openpyxl.load_workbook(BytesIO(made(catalogue, "oppna-data/ideer.xlsx")))
    rows = [
        ["" if cell is None else str(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)
    ]
    assert rows == [head, *table]
    assert {row[head.index("running_cost")] for row in table} == {"", *map(str, costs)}


def test_what_no_workbook_can_hold_is_left_out(small: Small) -> None:
    actor = '---\ntitle: "Rum\\a\\uFFFE"\nsector: company\n---\n'
    book = openpyxl.load_workbook(BytesIO(made(read(small({"ideas/actors/x.md": actor})), "oppna-data/aktorer.xlsx")))
    assert "Rum" in [cell.value for row in book.worksheets[0] for cell in row]


def test_a_text_that_looks_like_an_escaped_sign_stays_as_it_is(small: Small) -> None:
    """Excel would read `_x0041_` as A."""
    actor = f"---\n{json.dumps({'title': 'Rum _x0041_ & <B>', 'sector': 'company'})}\n---\n"
    with ZipFile(BytesIO(made(read(small({"ideas/actors/x.md": actor})), "oppna-data/aktorer.xlsx"))) as book:
        assert "Rum _x005F_x0041_ &amp; &lt;B&gt;" in book.read("xl/worksheets/sheet1.xml").decode()


def test_two_builds_give_the_same_bytes(full: Path) -> None:
    first, second = (
        {path: artifact.make() for path, artifact in artifacts(read(full)).items() if "." in path} for _ in range(2)
    )
    assert {path for path, data in first.items() if data != second[path]} == set()
    assert {path.rpartition(".")[2] for path in first} >= {"json", "csv", "xlsx", "ttl", "rdf", "xml"}


def test_a_file_is_made_again_only_for_what_it_reads(small: Small) -> None:
    """One idea that changes touches no table or feed of another kind; its prose is in no table and no catalogue."""
    told = IDEA.format("Fuktvakt", "assessed", "needs: [fukt]\nthemes: [klimat]\nactors: [{actor: rum, part: a}]")
    actor = "---\ntitle: Rum\nsector: company\n---\n"
    both = {"feed.xml", "feed.json"}
    own = {
        f"{at}{name}" for at in ("", "ideer/", "teman/klimat/", "enheter/skola/", "ideer/fuktvakt/") for name in both
    } | {"ideer/fuktvakt/index.json", "ideer/fuktvakt/index.html"}
    data = {"catalogue.json", "dcat.ttl", "dcat.rdf", "oppna-data/ideer.csv", "oppna-data/ideer.xlsx"}

    def keys(text: str, **files: str | None) -> dict[str, list[str]]:
        held = {"units/skola": UNIT.format("Skolan"), "actors/rum": actor, **files}
        rest = {f"ideas/{name}.md": file for name, file in held.items()}
        seen = read(small({"ideas/2026/fuktvakt.md": text, **rest}))
        return {path: [digester(seen)(name) for name in one.reads] for path, one in artifacts(seen).items()}

    def stale(text: str, **files: str | None) -> set[str]:
        before = keys(told)
        return {path for path, key in keys(text, **files).items() if key != before.get(path)}

    assert stale(told + "\nMer.\n") == own
    of_field = stale(told.replace("stage: assessed", "stage: assessed\nreview_by: 2030-01-01"))
    assert of_field >= own | data
    assert of_field.isdisjoint({"behov/feed.xml", "exempel/feed.xml", "oppna-data/behov.csv"})
    of_title = stale(told, **{"units/skola": UNIT.format("Skolan vid ån")})
    assert {f"enheter/skola/{name}" for name in (*both, "index.json")} <= of_title, "though no date of it is known"
    naming = {"catalogue.json", "ideer/fuktvakt/index.json", "oppna-data/ideer.csv", "oppna-data/ideer.xlsx"}
    assert naming <= stale(told, **{"actors/rum": None}), "they name it no more"


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_page_names_every_file_there_is(small: Small, audience: Literal["public", "internal"]) -> None:
    """All feeds but those of single ideas, all tables, and the rest: each link leads to a file, none is left out."""
    catalogue = read(small({"ideas/units/osten.md": UNIT.format("Östen")}), audience=audience)
    there = set(artifacts(catalogue))
    tree = page(catalogue, "oppna-data/")
    named = {href.removeprefix("../") for href in tree.xpath("//a/@href") if not href.startswith(("#", "http"))}
    assert named <= there
    of_entries = {path for path in there if path.startswith("ideer/") and path.count("/") > 1}
    files = {path for path in there if path.endswith((".xml", ".json", ".csv", ".xlsx", ".ttl", ".rdf"))}
    assert files - named - of_entries == {path for path in files if path.endswith("/index.json")} - of_entries
    assert tree.xpath("//h3[.='Enheter']/following-sibling::ul[1]/li/span[1]/text()") == [
        "Grannkommunen",
        "Skolan",
        "Östen",
    ]
    assert tree.xpath("//h2[@id='tables']/following::ul[1]/li[contains(., 'Enheter')]/span[1]/span/text()") == ["3"]
    text = " ".join(tree.text_content().split())
    assert "CC BY 4.0" in text
    assert "Exempelstad" in text


def test_a_private_instance_has_its_own_licence(small: Small) -> None:
    root = small({"idesluss.yml": plain() + "licence: CC0-1.0\n"})
    assert as_json(read(root), "catalogue.json")["licence"] == "https://creativecommons.org/publicdomain/zero/1.0/"
