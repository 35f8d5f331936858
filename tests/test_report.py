"""Problems told: to people at a terminal, to GitHub, and to programs, whatever the content holds."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote

import comrak
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from rich.cells import cell_len

from idesluss import translate
from idesluss.manual import manual
from idesluss.problem import Place, Problem, Severity, text
from idesluss.report import FORMATS, as_github, as_text
from idesluss.report.visible import escaped, visible

PATH = "ideas/2026/fukt.md"
HERE = Place(3, 8)
LINES = ["---", "title: Fukt", "stage: submited", "---"]


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    before = translate.used()
    yield
    translate.use(before)


def lines(path: str, number: int) -> str:
    return LINES[number - 1] if path == PATH and number <= len(LINES) else ""


def nothing(path: str, number: int) -> str:  # noqa: ARG001 - one shape for all
    return ""


def problem(
    message: str = "x",
    hint: str = "y",
    place: Place = HERE,
    *,
    severity: Severity = Severity.ERROR,
    path: str = PATH,
    code: str = "bad-value",
) -> Problem:
    return Problem(
        path,
        place,
        code,
        severity,
        text("{field} cannot be “{value}”", field="stage", value=message),
        text("did you mean {near}?", near=hint),
    )


SEVERAL = [
    problem("submited", "submitted"),
    problem("a", "b", Place(), severity=Severity.WARNING, path="idesluss.yml", code="unknown-theme"),
    problem("c", "d", Place(9, 1), severity=Severity.NOTICE),
]


# At a terminal


def test_text_says_where_what_and_the_way_out() -> None:
    said = FORMATS["text"](SEVERAL, lines, "en")
    assert said == textwrap.dedent("""\
        ideas/2026/fukt.md:3:8: error: stage cannot be “submited” [bad-value]
            3 | stage: submited
              |        ^
              = did you mean submitted?

        idesluss.yml: warning: stage cannot be “a” [unknown-theme]
              = did you mean b?

        ideas/2026/fukt.md:9:1: notice: stage cannot be “c” [bad-value]
              = did you mean d?

        1 error, 1 warning, 1 notice in 2 files
        More about a code: idesluss explain bad-value
        """)


def test_text_is_in_swedish_too() -> None:
    said = FORMATS["text"](SEVERAL, lines, "sv").splitlines()
    assert said[0] == "ideas/2026/fukt.md:3:8: fel: stage kan inte vara ”submited” [bad-value]"
    assert said[-2:] == ["1 fel, 1 varning, 1 upplysning i 2 filer", "Mer om en kod: idesluss explain bad-value"]


def test_text_says_when_nothing_is_wrong() -> None:
    assert FORMATS["text"]([], lines, "en") == "No problems found.\n"


def test_text_puts_the_prefix_before_each_path() -> None:
    assert "\n../x/idesluss.yml: warning" in FORMATS["text"](SEVERAL, lines, "en", "../x/")


def caret(line: str, column: int, width: int = 100) -> tuple[str, str]:
    """The line as it is shown, and what of it stands above the caret."""
    said = as_text.report([problem(place=Place(1, column))], lambda *_: line, "en", width=width)
    _, shown, below, *_ = said.split("\n")
    start = shown.index("|") + 2
    before = len(below) - 1 - start
    for at in range(len(shown) - start + 1):
        if cell_len(shown[start : start + at]) == before:
            return shown[start:], shown[start + at :]
    raise AssertionError(said)


@pytest.mark.parametrize(
    ("line", "column", "under"),
    [
        ("title: Fukt", 8, "Fukt"),
        ("\ttitle: Fukt", 9, "Fukt"),
        ("ab\tc\td", 5, "  d"),
        ("標題: 漏水", 5, "漏水"),
        ("e\u0301e\u0301 x", 6, "x"),
        ("🙂🙂 x", 4, "x"),
        ("title", 6, ""),
        ("title", 99, ""),
        ("", 1, ""),
    ],
)
def test_the_caret_stands_below_the_column(line: str, column: int, under: str) -> None:
    if not line:
        assert "|" not in as_text.report([problem(place=Place(1, column))], lambda *_: line, "en")
        return
    found = caret(line, column)[1]
    assert found.strip() == under.strip()


def test_a_long_line_is_shown_around_the_column() -> None:
    line = "a" * 500 + "X" + "b" * 500
    shown, under = caret(line, 501)
    assert under.startswith("Xbb")
    assert cell_len(shown) <= 100
    assert (shown[0], shown[-1]) == ("…", "…")
    assert caret(line, 1)[0].startswith("aaa")
    assert caret(line, 1001)[0].endswith("bbb")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r"), min_size=1), st.integers(1, 40))
def test_any_line_fits_and_has_a_caret(line: str, column: int) -> None:
    said = as_text.report([problem(place=Place(1, column))], lambda *_: line, "en", width=30)
    _, shown, below, *_ = said.split("\n")
    assert cell_len(shown) <= 38 + 8  # one spelt-out character may stand over
    assert below.rstrip().endswith("^")
    assert cell_len(below) <= cell_len(shown) + 1


HOSTILE = ["\x1b]0;owned\x07", "\x1b[2J", "a\rb", "\x9b31m", "\u202egnp.exe", "zero\u200bwidth", "\udce5", "\U000e0041"]


@pytest.mark.parametrize("said", HOSTILE)
def test_what_a_terminal_would_obey_is_spelt_out(said: str) -> None:
    shown = as_text.report([problem(said, said, path=f"ideas/{said}.md")], lambda *_: f"x{said}", "sv")
    assert not re.search("[\0-\x09\x0b-\x1f\x7f-\x9f\u200b\u202e\udce5\U000e0041]", shown)
    assert shown.count("<U+") >= 4
    shown.encode()


def test_what_harms_nobody_stays() -> None:
    assert visible("å ä ö é 漏 🙂 👩\u200d🔧 co\u00adop") == "å ä ö é 漏 🙂 👩\u200d🔧 co\u00adop"


# For GitHub


def run_commands(output: str) -> list[dict[str, str]]:
    """What GitHub's runner makes of the output: a line that begins with :: is a command, all else is text."""
    found = []
    for line in output.splitlines():
        assert "##[" not in line or line.startswith("::")
        match = re.fullmatch(r"::(\w+)(?: ([^:]*))?::(.*)", line)
        if not line.lstrip().startswith("::"):
            continue
        assert match is not None, line
        told = {"command": match[1], "message": _decoded(match[3], {"%0D": "\r", "%0A": "\n"})}
        for part in (match[2] or "").split(","):
            name, _, value = part.partition("=")
            told[name] = _decoded(value, {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","})
        found.append(told)
    return found


def _decoded(said: str, signs: dict[str, str]) -> str:
    for code, sign in signs.items():
        said = said.replace(code, sign)
    return said.replace("%25", "%")


def test_github_gets_a_command_for_each_problem_the_gravest_first() -> None:
    told = run_commands(FORMATS["github"](list(reversed(SEVERAL)), nothing, "en"))
    assert [one["command"] for one in told] == ["error", "warning", "notice"]
    assert told[0] == {
        "command": "error",
        "file": PATH,
        "line": "3",
        "col": "8",
        "title": "bad-value",
        "message": "stage cannot be “submited”\ndid you mean submitted?",
    }
    assert told[1].keys() == {"command", "file", "title", "message"}


GITHUB_HOSTILE = [
    "a\n::error file=x::owned",
    "a\r\n::add-mask::x",
    "100 % %0A %25 %3A",
    "::stop-commands::x",
    "å ä ö 🙂, a:b=c",
    "##[error]x",
    "\u2028::error::x",
    "\x85::error::x",
]


@pytest.mark.parametrize("said", GITHUB_HOSTILE)
def test_content_cannot_give_commands_to_github(said: str) -> None:
    output = FORMATS["github"]([problem(said, said, path=f"ideas/{said}.md")], nothing, "sv", "inre/")
    (told,) = run_commands(output)
    assert told["command"] == "error"
    assert told["file"] == f"inre/ideas/{visible(said)}.md"
    assert told["message"] == f"stage kan inte vara ”{visible(said)}”\nmenade du {visible(said)}?"
    assert output.splitlines()[-1] == "1 fel i 1 fil"


@given(st.text(), st.text())
def test_github_reads_back_whatever_was_said(value: str, name: str) -> None:
    (told,) = run_commands(FORMATS["github"]([problem(value, path=f"a{name}")], nothing, "en"))
    assert (told["file"], told["message"].split("\n")[0]) == (
        f"a{visible(name)}",
        f"stage cannot be “{visible(value)}”",
    )


def rendered(markdown: str) -> Any:
    options = comrak.ExtensionOptions()
    options.table = options.autolink = options.strikethrough = options.tagfilter = True
    return html.document_fromstring(comrak.render_markdown(markdown, extension_options=options))


def test_the_summary_is_a_table_with_links() -> None:
    page = rendered(as_github.step_summary(SEVERAL, "sv", "inre/", "https://github.example/o/r/blob/abc"))
    assert page.findtext(".//h3") == "1 fel, 1 varning, 1 upplysning i 2 filer"
    rows = [[cell.text_content() for cell in row] for row in page.iterfind(".//tr")]
    assert rows[0] == ["Var", "Vad som är fel", "Vad som är rätt", "Kod"]
    assert rows[1] == [
        "inre/ideas/2026/fukt.md:3",
        "fel: stage kan inte vara ”submited”",
        "menade du submitted?",
        "bad-value",
    ]
    assert len(rows) == 4
    links = [link.get("href") for link in page.iterfind(".//a")]
    assert links[0] == "https://github.example/o/r/blob/abc/inre/ideas/2026/fukt.md?plain=1#L3"
    assert as_github.step_summary([], "sv") == ""


MARKDOWN_HOSTILE = [
    "<script>x</script>",
    "<img src=x onerror=y>",
    "[x](javascript:y)",
    "![x](https://evil.example/p.png)",
    "https://evil.example",
    "www.evil.example",
    "a@evil.example",
    "| x | y |",
    "a\n\n# b",
    "`x` **y** ~~z~~ _w_",
    "@everyone #1 &lt; &amp;",
    "<!-- x -->",
    "\\| \\",
]


@pytest.mark.parametrize("said", MARKDOWN_HOSTILE)
def test_content_cannot_mark_up_the_summary(said: str) -> None:
    page = rendered(as_github.step_summary([problem(said, said)], "en"))
    shown = [cell.text_content() for cell in page.iterfind(".//td")]
    assert not re.search(r"[@#]\w|://|www\.", "".join(shown))
    cells = [cell.replace("\u200b", "") for cell in shown]
    assert cells[1] == f"error: stage cannot be “{visible(said)}”"
    assert cells[2] == f"did you mean {visible(said)}?"
    assert {element.tag for element in page.iterfind(".//td//*")} <= {"strong", "code", "br"}


@given(st.text(min_size=1))
def test_the_summary_keeps_its_columns_whatever_was_said(said: str) -> None:
    page = rendered(as_github.step_summary([problem(said, said), problem("z")], "en"))
    rows = list(page.iterfind(".//tbody/tr"))
    assert [len(row) for row in rows] == [4, 4]
    assert {element.tag for element in page.iterfind(".//td//*")} <= {"strong", "code", "br"}


def test_the_summary_is_never_larger_than_github_takes() -> None:
    told = as_github.step_summary([problem("å" * 600)] * 3000, "en")
    assert len(told.encode()) < 1024 * 1024
    left = re.search(r"^(\d+) more are in the log\.$", told, re.MULTILINE)
    assert left is not None
    assert told.count("\n| ") - 1 + int(left[1]) == 3000


# For programs


def test_json_is_a_list_of_objects() -> None:
    said = FORMATS["json"](SEVERAL, nothing, "sv")
    assert json.loads(said)[0] == {
        "path": PATH,
        "line": 3,
        "column": 8,
        "code": "bad-value",
        "severity": "error",
        "message": "stage kan inte vara ”submited”",
        "hint": "menade du submitted?",
    }
    assert json.loads(said)[1]["line"] == 0
    assert said.startswith('[\n  {\n    "path"')
    assert "”submited”" in said
    assert json.loads(FORMATS["json"]([], nothing, "sv")) == []


@given(st.text(st.characters()))
def test_json_can_be_shown_on_a_terminal_and_reads_back(value: str) -> None:
    said = FORMATS["json"]([problem(value)], nothing, "en")
    assert json.loads(said)[0]["message"] == f"stage cannot be “{value}”"
    assert said == escaped(said)
    said.encode()


PLACE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["artifactLocation"],
    "properties": {
        "artifactLocation": {
            "type": "object",
            "additionalProperties": False,
            "required": ["uri", "uriBaseId"],
            "properties": {
                "uri": {"type": "string", "format": "uri-reference", "pattern": "^[^/:]+(/|$)"},
                "uriBaseId": {"const": "%SRCROOT%"},
            },
        },
        "region": {
            "type": "object",
            "additionalProperties": False,
            "required": ["startLine"],
            "properties": {
                "startLine": {"type": "integer", "minimum": 1},
                "startColumn": {"type": "integer", "minimum": 1},
            },
        },
    },
}
MESSAGE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["text"],
    "properties": {"text": {"type": "string", "minLength": 1}},
}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
SARIF = {
    "type": "object",
    "additionalProperties": False,
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["tool", "results"],
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "additionalProperties": False,
                                "required": ["name"],
                                "properties": {
                                    "name": {"type": "string"},
                                    "semanticVersion": {"type": "string", "pattern": r"^\d+\.\d+\.\d+$"},
                                    "language": {"type": "string", "pattern": "^[a-z]{2}$"},
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "additionalProperties": False,
                                            "required": ["id"],
                                            "properties": {
                                                "id": {"type": "string"},
                                                "shortDescription": MESSAGE,
                                                "fullDescription": MESSAGE,
                                                "help": MESSAGE,
                                                "defaultConfiguration": {
                                                    "type": "object",
                                                    "additionalProperties": False,
                                                    "properties": {"level": LEVEL},
                                                },
                                            },
                                        },
                                    },
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["message"],
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": LEVEL,
                                "message": MESSAGE,
                                "locations": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "additionalProperties": False,
                                        "properties": {"physicalLocation": PLACE},
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}
"""The part of SARIF 2.1.0's schema that we use; nothing beyond it is written."""


def sarif(problems: list[Problem], language: str = "en", prefix: str = "") -> Any:
    told = json.loads(FORMATS["sarif"](problems, nothing, language, prefix))
    jsonschema.validate(told, SARIF, format_checker=jsonschema.FormatChecker())
    return told["runs"][0]


def test_sarif_holds_the_results_and_the_rules_with_their_manuals() -> None:
    run = sarif(SEVERAL, "sv", "inre/")
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["bad-value", "unknown-theme"]
    held = manual("bad-value")
    assert held is not None
    assert rules[0]["help"]["text"] == translate.gettext(held.text, "sv") != held.text
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [one.code for one in SEVERAL]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]
    first = run["results"][0]["locations"][0]["physicalLocation"]
    assert first["artifactLocation"]["uri"] == "inre/ideas/2026/fukt.md"
    assert first["region"] == {"startLine": 3, "startColumn": 8}
    assert "region" not in run["results"][1]["locations"][0]["physicalLocation"]
    assert run["columnKind"] == "unicodeCodePoints"


def test_sarif_is_whole_without_problems() -> None:
    assert sarif([])["results"] == []


@pytest.mark.parametrize("said", [*HOSTILE, *GITHUB_HOSTILE, *MARKDOWN_HOSTILE])
def test_sarif_takes_any_content(said: str) -> None:
    path = f"ideas/{said}.md"
    (result,) = sarif([problem(said, path=path)])["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.isascii()
    assert unquote(uri, errors="surrogateescape") == path
    assert not re.search(r"(?<!\\)\[[^\]]*\]\(", result["message"]["text"])


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_the_same_each_time(name: str) -> None:
    make: Callable[[], str] = lambda: FORMATS[name](SEVERAL, lines, "sv")  # noqa: E731
    assert make() == make()


def test_what_identifies_a_person_is_not_said_again() -> None:
    line = "Fråga 18900112-9809 eller anna@a.example om detta"
    problem = Problem("ideas/2026/a.md", Place(3, 7), "personal-number", Severity.ERROR, text("x"), text("y"))
    told = FORMATS["text"]([problem], lambda _path, _line: line, "sv")
    assert "Fråga ••••••••-••••" in told
    assert "1890" not in told
    assert "anna" not in told
