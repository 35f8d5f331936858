"""Reading front matter: what the author wrote stays, every fault has its place, and nothing crashes the program."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Files
from idesluss import entry, memory, reading
from idesluss.kinds.entry import Entry
from idesluss.problem import Problem
from idesluss.settings import Settings
from idesluss.source import Source, parse, parse_plain, plain_place
from idesluss.translate import render

SETTINGS = Settings(name="Prov", owner="Prov", address="https://prov.example/")


def front(text: str) -> dict[str, object]:
    source, problems = parse("ideas/2026/x.md", f"---\n{text}\n---\n".encode())
    assert source is not None, problems
    return source.front


@pytest.mark.parametrize(
    "written", ["no", "on", "yes", "12:30", "1_000", "0o17", "0x1F", "1e3", "2026-02-03", "1.10", "007", "NaN"]
)
def test_a_scalar_stays_what_the_author_wrote(written: str) -> None:
    assert front(f"title: {written}") == {"title": written}


def test_empty_values_count_as_left_out() -> None:
    assert "title" not in front("title:")
    assert front("summary: ''") == {"summary": ""}


def test_values_are_compared_in_nfc_and_places_are_those_of_the_file() -> None:
    decomposed = "A\u030angar"
    source, _ = parse("ideas/2026/x.md", f"---\ntitle: {decomposed} \nunit: x\n---\n".encode())
    assert source is not None
    assert source.front["title"] == "\u00c5ngar"
    assert source.place("title") == (2, 8)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_places_hold_for_both_line_ends(ending: str) -> None:
    lines = ["---", "title: Å", "tests:", "  - key: a", "    outcome: met", "---", "", "## Problemet", "x", ""]
    source, problems = parse("ideas/2026/x.md", ending.join(lines).encode())
    assert source is not None
    assert not problems
    assert source.place("tests", 0, "outcome") == (5, 14)
    assert source.key_place("tests", 0, "outcome") == (5, 5)
    assert source.place("tests", 0, "threshold") == (4, 5)
    assert source.place("unit") == (6, 1)
    assert source.body_place(2, 1) == (8, 1)


REFUSED = [
    ("not UTF-8", b"---\ntitle: \xff\n---\n", "unreadable-file", (2, 8)),
    ("UTF-16", "---\ntitle: x\n---\n".encode("utf-16"), "unreadable-file", (1, 1)),
    ("next line", "---\ntitle: a\u0085b\n---\n".encode(), "unreadable-file", (2, 9)),
    ("line separator", "---\ntitle: a\n---\nb\u2028c".encode(), "unreadable-file", (4, 2)),
    ("paragraph separator", "---\ntitle: a\n---\n\nåb\u2029c".encode(), "unreadable-file", (5, 3)),
    ("lone carriage return", b"---\ntitle: a\rb\n---\n", "unreadable-file", (2, 9)),
    ("too large", b"---\ntitle: a\n---\n" + b"x" * 1_000_001, "unreadable-file", (0, 0)),
    ("no front matter", b"# Hej", "front-matter", (1, 1)),
    ("empty", b"", "front-matter", (1, 1)),
    ("not closed", b"---\ntitle: a\n", "front-matter", (1, 1)),
    ("a list", b"---\n- a\n---\n", "front-matter", (2, 1)),
    ("a word", b"---\na\n---\n", "front-matter", (2, 1)),
    ("no YAML", b"---\ntitle: [a\n---\n", "front-matter", (2, 8)),
    ("open quote", b"---\ntitle: 'a\nunit: b\n---\n", "front-matter", (2, 8)),
    ("open group", b"---\ntitle: a\nimage: {file: a\nunit: b\n---\n", "front-matter", (3, 8)),
    ("no space after the colon", b"---\ntitle:Mat\nunit: b\n---\n", "front-matter", (2, 6)),
    ("no space in the last field", b"---\ntitle: a\nunit:b\n---\n", "front-matter", (3, 5)),
    ("word after &", b"---\ntitle: &Co AB\n---\n", "front-matter", (2, 8)),
    ("tab", b"---\ntitle: a\n\tunit: b\n---\n", "front-matter", (3, 1)),
    ("control character", b"---\ntitle: a\x07b\n---\n", "front-matter", (2, 9)),
    ("complex key", b"---\n? [a]\n: b\n---\n", "front-matter", (2, 3)),
    ("unknown alias", b"---\ntitle: *a\n---\n", "front-matter", (2, 8)),
    ("python tag", b"---\ntitle: !!python/object/apply:os.system ['id']\n---\n", "unsafe-yaml", (2, 8)),
    ("own tag", b"---\ntitle: !secret x\n---\n", "unsafe-yaml", (2, 8)),
    ("flow depth", b"---\na: " + b"[" * 50_000 + b"\n---\n", "unsafe-yaml", (2, 19)),
    ("block depth", b"---\n- " + b"- " * 25_000 + b"x\n---\n", "unsafe-yaml", (2, 33)),
    ("mapping depth", b"---\na: " + b"{a: " * 10_000 + b"\n---\n", "unsafe-yaml", (2, 64)),
    ("own alias", b"---\na: &a [*a]\n---\n", "unsafe-yaml", (2, 4)),
    (
        "alias bomb",
        b"---\na: &a [x,x,x,x,x,x,x,x,x,x]\n"
        + b"".join(b"%c: &%c [%s]\n" % (98 + n, 98 + n, b",".join([b"*%c" % (97 + n)] * 10)) for n in range(8))
        + b"---\n",
        "unsafe-yaml",
        (5, 1),
    ),
    ("long front matter", b"---\ntitle: " + b"x" * 70_000 + b"\n---\n", "unsafe-yaml", (2, 1)),
]


@pytest.mark.parametrize(("data", "code", "place"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_cannot_be_read_is_told_with_its_place(data: bytes, code: str, place: tuple[int, int]) -> None:
    source, problems = parse("ideas/2026/x.md", data)
    assert source is None
    assert [(problem.code, problem.place) for problem in problems] == [(code, place)]


PLAIN_WORDS = [
    ("title: a: b", "a colon stands where none fits"),
    ("title: 'it's'", "the indentation does not fit, or a quote is missing"),
    ("a:\n  b: 1\n c: 2", "the indentation does not fit, or a quote is missing"),
    ("title: a\nunit b", "a colon is missing after the name"),
    ("themes: [a, b\nunit: c", "a list in [ ] is not closed"),
    ("contact: {name: a\nunit: c", "fields in { } are not closed"),
    ("title: @a", "a value begins with a sign that needs quotes"),
    ("title: 'a", "a quote is not closed"),
    ("themes: - a", "a list begins on the line of its name"),
    ("title: *a", "a word that begins with * needs quotes"),
    (r'title: "a\q"', "a \\ between double quotes is not understood"),
    ("themes:\n  - a\n  b: c", "the items of a list are not indented alike"),
    ("contact:\n\tname: a", "a tab stands where spaces are needed"),
    ("contact:\r\n\tname: a", "a tab stands where spaces are needed"),
    ("title: a\n\tunit: b", "a tab stands where spaces are needed"),
    ("title: |\n\ta", "a tab stands where spaces are needed"),
    ("themes: [", "a list in [ ] or fields in { } are not closed"),
    ("title: |a\n  b", "the text begins on the line of | or >, not below it"),
    (r'title: "\xzz"', "a \\ between double quotes is not understood"),
    ("title: *viktigt*", "a word that begins with * or & needs quotes"),
    ("title: &Co AB", "a word that begins with * or & needs quotes"),
    ("title: a\nthemes: [&b c, d]", "a word that begins with * or & needs quotes"),
    ("title:Mat\nunit: b", "a space is missing after the colon"),
    ("link: https://a.example\nunit:b\ntitle: c", "a space is missing after the colon"),
    ("  title: a\nunit: b", "the fields do not begin in the same column"),
]


@pytest.mark.parametrize(("front", "said"), PLAIN_WORDS)
def test_faults_in_yaml_are_told_in_plain_words(front: str, said: str) -> None:
    _, (problem,) = parse("ideas/2026/x.md", f"---\n{front}\n---\n".encode())
    assert render(problem.message, "en") == f"the front matter cannot be read here ({said})"
    translated = render(problem.message, "sv")
    assert translated.startswith("fälten går inte att läsa här (")
    assert said not in translated


MENDED = [
    ("title: Matlådor: nu varma", 16, '"Matlådor: nu varma"'),
    ("title: Vad nu:", 14, '"Vad nu:"'),
    ("title: @alla", 8, '"@alla"'),
    ("title: %rabatt  ", 8, '"%rabatt"'),
    ("title: *viktigt* sak", 8, '"*viktigt* sak"'),
    ("title: ? vad", 8, '"? vad"'),
    ("title: [Pilot] värme", 16, '"[Pilot] värme"'),
    ("title: 'Vi ses' sa hon", 17, "\"'Vi ses' sa hon\""),
    ('title: "Vi ses" sa hon', 17, "'\"Vi ses\" sa hon'"),
    ('title: "C:\\mapp"', 11, "'C:\\mapp'"),
    ("title: `a` 'b' \"c\"", 8, "'`a` ''b'' \"c\"'"),
    ("log:\n  - text: Svar: ja", 15, '"Svar: ja"'),
    ("seeks:\n  - @alla", 5, '"@alla"'),
]


@pytest.mark.parametrize(("front", "column", "quoted"), MENDED)
def test_a_value_that_needs_quotes_is_shown_with_them_and_then_read(front: str, column: int, quoted: str) -> None:
    _, (problem,) = parse("ideas/2026/x.md", f"---\n{front}\nunit: b\n---\n".encode())
    assert render(problem.hint, "sv") == f"sätt citattecken runt hela värdet: {quoted}"
    assert problem.place == (2 + front.count("\n"), column)
    line, at = front.rpartition("\n")[2].rstrip(), len(front.rpartition("\n")[0])
    value = line[line.index(line.lstrip("- ").partition(" ")[2] if ": " in line else "@") :]
    mended = front[: at + (at > 0)] + line.removesuffix(value) + quoted
    source, problems = parse("ideas/2026/x.md", f"---\n{mended}\nunit: b\n---\n".encode())
    assert source is not None, (mended, problems)
    assert source.front["unit"] == "b"


@pytest.mark.parametrize(
    ("front", "place", "said", "way_out"),
    [
        ("title Mat\nunit: b", (2, 1), "det saknas ett kolon", "skriv varje fält som"),
        ("title: a\nsummary: Ett\nTvå\nunit: b", (4, 1), "det saknas ett kolon", "gör ett indrag på rader"),
        ("title: a\n unit: b", (3, 2), "större indrag än fältet", "lika långt in"),
        ("next_step:\n  what: a\n   role: b", (4, 4), "större indrag än fältet", "lika långt in"),
        ("summary: Ett\n  Svar: ja", (3, 7), "ett kolon står där", "text som innehåller kolon"),
        ("title:\u00a0a\nunit: b", (2, 7), "här står U+00A0", "ett vanligt mellanslag"),
        ("title: !Nu", (2, 8), "är en YAML-tagg", "citattecken runt text som börjar med !"),
    ],
)
def test_a_fault_is_told_where_it_was_made(front: str, place: tuple[int, int], said: str, way_out: str) -> None:
    _, (problem,) = parse("ideas/2026/x.md", f"---\n{front}\n---\n".encode())
    assert problem.place == place
    assert said in render(problem.message, "sv")
    assert way_out in render(problem.hint, "sv")


@pytest.mark.parametrize("before", ["\n", " ", "-", "```yaml\n", "# "])
def test_a_first_line_that_is_nearly_right_is_told_what_is_wrong_with_it(before: str) -> None:
    _, (problem,) = parse("ideas/2026/x.md", f"{before}---\ntitle: a\n---\n".encode())
    assert "låt första raden vara ---" in render(problem.hint, "sv")


SHAPES = [
    ("enhet: b", "menade du unit?"),
    ("Teman: [a]", "menade du themes?"),
    ("next_step:\nwhat: a", "gör ett indrag om det hör till next_step"),
    ("next_step:\n  what: a\n\u00a0role: b", "här står ett av annat slag"),
    ("next_step: ring", "med indrag: what, role, by"),
    ("next_step:\n  - what: a\n  - role: b", "ta bort bindestrecken"),
    ("tests:\n  key: a\n  hypothesis: b", "`- key: …`"),
    ("themes:\n  -skola\n  -klimat", "skriv ett mellanslag efter varje -"),
    ("themes: skola", "[skola]"),
    ("themes: [skola; klimat]", "sätt kommatecken emellan"),
    ("summary: [Pilot]", "kräver citattecken"),
]


@pytest.mark.parametrize(("front", "way_out"), SHAPES)
def test_a_value_of_the_wrong_shape_is_told_what_to_write(front: str, way_out: str) -> None:
    data = f"---\ntitle: a\nunit: b\n{front}\n---\n\n## Problem\n\nx\n".encode()
    hints = [render(problem.hint, "sv") for problem in entry.read("ideas/2026/x.md", data, SETTINGS).problems]
    assert any(way_out in hint for hint in hints), hints


def test_a_character_that_no_text_may_hold_is_to_be_taken_out() -> None:
    _, (problem,) = parse("ideas/2026/x.md", b"---\ntitle: a\x07\n---\n")
    assert render(problem.message, "sv") == "här står U+0007, som ingen text får innehålla"
    assert render(problem.hint, "sv") == "ta bort tecknet"


@pytest.mark.parametrize("front", ["a: &b x\nc: *b", "a: R&D", "a: R & D", "a: 'x &y'", "a: |\n  x &y", "a: b # &c"])
def test_an_ampersand_that_is_text_or_is_taken_up_stays(front: str) -> None:
    source, problems = parse("ideas/2026/x.md", f"---\n{front}\n---\n".encode())
    assert source is not None
    assert problems == []


def test_depth_that_crashes_libyaml_never_reaches_it() -> None:
    for sign in (b"[", b"{a: ", b"- ", b"? ", b"-\t"):
        source, problems = parse("ideas/2026/x.md", b"---\n" + sign * 200_000 + b"\n---\n")
        assert source is None
        assert problems


@given(st.binary(max_size=300))
def test_no_bytes_at_all_make_it_raise(data: bytes) -> None:
    for whole in (data, b"---\n" + data + b"\n---\n" + data):
        reading = entry.read("ideas/2026/x.md", whole, SETTINGS)
        assert reading.entry is not None or reading.problems


WORD = st.text("abcåäö123", min_size=1, max_size=8)


@given(st.lists(st.tuples(WORD, WORD), min_size=1, max_size=12, unique_by=lambda pair: pair[0]), st.integers(0, 3))
def test_each_value_is_found_where_it_was_written(pairs: list[tuple[str, str]], blanks: int) -> None:
    lines = ["---", *[""] * blanks, *(f"x{key}: {value}" for key, value in pairs), "---", ""]
    source, problems = parse("ideas/2026/x.md", "\n".join(lines).encode())
    assert source is not None, problems
    for at, (key, value) in enumerate(pairs):
        assert source.front[f"x{key}"] == value
        assert source.place(f"x{key}") == (2 + blanks + at, len(key) + 4)


def test_a_fault_in_the_settings_has_its_line() -> None:
    source, problems = parse_plain("idesluss.yml", b"name: a\nname: b\n")
    assert source is not None
    assert [(problem.code, problem.place) for problem in problems] == [("duplicate-key", (2, 1))]


def test_all_faults_of_a_file_come_at_once() -> None:
    data = b"---\ntitle: a\ntitle: b\nunit: [x]\nstage: flying\nsumary: x\n---\n"
    codes = [problem.code for problem in entry.read("ideas/2026/x.md", data, SETTINGS).problems]
    assert sorted(codes) == ["bad-value", "bad-value", "duplicate-key", "unknown-field"]


def test_own_fields_of_an_instance_are_read_and_checked() -> None:
    told = {
        "idea": {
            "ward": {"type": "choice", "choices": ("Norr", "Söder"), "label": {"sv": "Stadsdel"}},
            "cost": {"type": "number"},
        }
    }
    settings = Settings(name="Prov", owner="Prov", address="https://prov.example/", fields=told)
    good = entry.read("ideas/2026/x.md", b"---\ntitle: a\nunit: b\nward: Norr\ncost: 12.5\n---\n", settings)
    assert good.entry is not None
    assert dict(good.entry.extra) == {"ward": "Norr", "cost": 12.5}
    bad = entry.read("ideas/2026/x.md", b"---\ntitle: a\nunit: b\nward: Norra\n---\n", settings)
    assert [(problem.code, problem.place) for problem in bad.problems] == [("bad-value", (4, 7))]
    assert dict(bad.problems[0].hint.values)["near"] == "Norr"


@pytest.mark.parametrize("number", ["många", "1 000", "1,5", "[1]", ".inf", "inf", "nan", "1e999"])
def test_a_number_of_an_own_field_is_one_that_can_be_written(number: str) -> None:
    told = {"idea": {"cost": {"type": "number"}}}
    settings = Settings(name="Prov", owner="Prov", address="https://prov.example/", fields=told)
    front = f"---\ntitle: a\nunit: b\ncost: {number}\n---\n".encode()
    (problem,) = entry.read("ideas/2026/x.md", front, settings).problems
    assert (problem.code, problem.place) == ("bad-value", (4, 7))
    assert "number" in render(problem.message, "en")
    assert "handbook" not in render(problem.hint, "en")


EMPTY = [
    ("unit:", "unit", (3, 6), "write the value after `unit:`"),
    ("unit:  # varifrån", "unit", (3, 6), "write the value after `unit:`"),
    ("unit: #1 i landet", "unit", (3, 6), "write the value after `unit:`; one that begins with # needs quotes"),
    ("# unit: b", "unit", (4, 1), "write a line `unit: …`"),
    ("unit: b\nbenefit: {type: , expected: x}", "benefit.type", (4, 17), "write the value after `type:`; it may be: "),
]


@pytest.mark.parametrize(("front", "field", "place", "way_out"), EMPTY, ids=[row[0] for row in EMPTY])
def test_a_name_without_a_value_is_not_to_be_written_again(
    front: str, field: str, place: tuple[int, int], way_out: str
) -> None:
    data = f"---\ntitle: a\n{front}\n---\n".encode()
    (problem,) = entry.read("ideas/2026/x.md", data, SETTINGS).problems
    assert (problem.code, problem.place) == ("missing-field", place)
    assert render(problem.message, "en").startswith(f"{field} is ")
    assert render(problem.hint, "en").startswith(way_out)
    assert ("#" in render(problem.hint, "en")) is ("#1" in front)


MEANT = [
    ("stage: Besvarad", "answered"),
    ("stage: bedömd", "assessed"),
    ("stage: Pilot", "pilot"),
    ("type: förbättring", "improvement"),
    ("track: Upphandling", "procurement"),
    ("type: inovation", "innovation"),
]


@pytest.mark.parametrize(("front", "near"), MEANT)
def test_a_value_called_by_its_name_on_the_page_is_understood(front: str, near: str) -> None:
    data = f"---\ntitle: a\nunit: b\n{front}\n---\n".encode()
    (problem,) = entry.read("ideas/2026/x.md", data, SETTINGS).problems
    assert render(problem.hint, "sv").startswith(f"menade du {near}?")


def test_a_merged_field_is_told_to_be_written_out() -> None:
    data = b"---\ntitle: a\nunit: b\nimage: &i {file: a.png, alt: b}\nlinks:\n  - <<: *i\n---\n"
    told = {problem.code: problem for problem in entry.read("ideas/2026/x.md", data, SETTINGS).problems}
    assert told["unknown-field"].place == (6, 5)
    assert render(told["unknown-field"].hint, "en") == "fields are not merged; write them out"


@pytest.mark.parametrize("field", ["stage", "status", "type", "unit", "title", "log"])
def test_the_quick_place_of_a_field_is_its_place(field: str) -> None:
    """For every file of the example: the same place as the reader gives, or none."""
    quick = 0
    for path in sorted((Path(__file__).parents[1] / "ideas").rglob("*.md")):
        data = path.read_bytes()
        read, _ = parse(path.name, data)
        assert read is not None
        place = plain_place(data, field)
        assert place in (None, read.place(field)), path
        quick += place is not None
    assert (quick > 20) is (field in ("stage", "type", "unit"))


@pytest.mark.parametrize(
    "front",
    [
        'title: "a\nstage: test\n b"\nstage: pilot',
        "stage: 'test'",
        "stage:\n  test",
        "stage: [test]",
        "tests:\n  - stage: test",
        "stage: test\nstage: pilot",
        "# stage: test",
        "title: a\n...\n\nstage: test\n",
    ],
)
def test_the_quick_place_is_given_only_where_it_is_sure(front: str) -> None:
    assert plain_place(f"---\n{front}\n---\n".encode(), "stage") is None
    assert plain_place(b"---\r\ntitle: a\r\nstage:  test # nu\r\n---\r\n", "stage") == (3, 9)


def test_where_a_reading_process_is_killed_all_is_read_all_the_same(instance: Callable[[Files], Path]) -> None:
    """As the system does where memory is short, or a library where it trips."""
    count, here = reading.FEW + 100, os.getpid()
    root = instance({f"ideas/units/e{at}.md": "---\ntitle: E\ntype: administration\n---\n" for at in range(count)})

    def inspect(source: Source, _entry: Entry | None, _settings: Settings) -> list[Problem]:
        if source.path.endswith("/e77.md") and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return []

    loaded = reading.load(root, SETTINGS, inspect, jobs=2)
    assert len(loaded.catalogue.entries) == count
    assert sum(len(memory.unpack(part)) for part in loaded.packed) == count
