"""`idesluss new`: a file that is right from the start, in its place, or none at all."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from idesluss import durable
from idesluss.cli import everything
from idesluss.draft import scalar
from idesluss.kinds import BY_NAME
from idesluss.slug import LENGTH, slug_of
from idesluss.source import parse

STOCK: Mapping[str, str] = {
    "ideas/units/fastighet.md": "---\ntitle: Fastighet\ntype: unit\n---\n",
    "ideas/cases/larm.md": """\
        ---
        title: Larm
        organisation: fastighet
        type: solution
        status: in_use
        licence: CC-BY-4.0
        ---

        ## Vad

        Larm.

        ## Varför

        Fukt.

        ## Hur

        Med givare.
        """,
}
GIVEN: Mapping[str, tuple[str, ...]] = {
    "idea": ("--unit", "fastighet", "--problem", "Det är blött."),
    "need": ("--unit", "fastighet", "--source", "audit", "--description", "Det är blött."),
    "case": (
        "--organisation", "fastighet", "--type", "solution", "--status", "in_use", "--licence", "CC-BY-4.0",
        "--what", "Larm.", "--why", "Fukt.", "--how", "Med givare.",
    ),
    "adoption": (
        "--case", "larm", "--by", "fastighet", "--version", "2026-01-01", "--degree", "copy", "--phase", "first",
        "--confirmed", "2026-01-02",
    ),
    "method": ("--stages", "test", "--stages", "pilot", "--how", "Så."),
    "barrier": ("--category", "legal"),
    "unit": ("--type", "company"),
    "coach": (),
    "actor": ("--sector", "academia"),
    "goal": ("--level", "vision"),
    "event": ("--type", "mashup", "--date", "2026-10"),
    "project": ("--status-word", "ongoing", "--source-title", "Beslutet: en början"),
}  # fmt: skip
"""What each kind asks for, given at once."""


pytestmark = pytest.mark.usefixtures("undisturbed")


@pytest.fixture
def root(instance: Callable[[Mapping[str, str]], Path]) -> Path:
    return instance(STOCK)


def run(root: Path, *arguments: str, language: str = "en") -> Result:
    return CliRunner().invoke(everything, ["--root", str(root), "--lang", language, *arguments])


def new(root: Path, *arguments: str, language: str = "en") -> Result:
    return run(root, "new", *arguments, "--now", "2026-11-23", language=language)


def files(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in (root / "ideas").rglob("*") if path.is_file()}


def made(root: Path, result: Result) -> str:
    assert result.exit_code == 0, result.output
    return (root / result.stdout.strip()).read_text("utf-8")


@pytest.mark.parametrize("kind", BY_NAME)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_with_all_that_is_asked_for_the_file_is_right_at_once(root: Path, kind: str, language: str) -> None:
    result = new(root, kind, "Åtta: öar", *GIVEN[kind], language=language)
    text = made(root, result)
    assert result.stdout == f"ideas/{BY_NAME[kind].folder or '2026'}/atta-oar.md\n"
    assert result.stderr == ""
    assert 'title: "Åtta: öar"' in text
    checked = run(root, "check")
    assert (checked.exit_code, checked.output) == (0, "No problems found.\n")


@pytest.mark.parametrize("kind", BY_NAME)
def test_what_is_left_out_is_told_of_in_the_file_and_beside(root: Path, kind: str) -> None:
    result = new(root, kind, "Kort", language="sv")
    text = made(root, result)
    left = [words[2:].replace("-", "_").replace("status_word", "word") for words in GIVEN[kind][::2]]
    for name in left:
        section = next((section for section in BY_NAME[kind].sections if section.key == name), None)
        assert (
            f"## {section.swedish[-1]}" in text
            if section
            else re.search(rf"^ *{name.split('_')[-1]}: +# Fyll i: ", text, re.MULTILINE)
        )
    assert bool(left) == bool(result.stderr)
    assert "idesluss schema" in text
    checked = run(root, "check", "--format", "json")
    assert checked.exit_code == (1 if left else 0)
    codes = set(re.findall(r'"code": "([^"]+)"', checked.stdout))
    assert codes <= {"missing-field", "missing-section"}


def test_comments_are_in_the_language_of_who_writes(root: Path) -> None:
    swedish = made(root, new(root, "unit", "A", language="sv"))
    english = made(root, new(root, "unit", "B", language="en"))
    assert "type:  # Fyll i: Typ (municipality, region," in swedish
    assert "type:  # Fill in: Type (municipality, region," in english
    assert "themes: []  # " in swedish
    assert "(skola)" in swedish


def test_headings_are_in_the_language_of_the_instance(root: Path) -> None:
    assert "## Problemet\n" in made(root, new(root, "idea", "A", language="en"))


def test_an_idea_says_through_which_door_it_came(root: Path) -> None:
    text = made(root, new(root, "idea", "A", *GIVEN["idea"]))
    assert "handed_in:\n  door: terminal\n  at: 2026-11-23\n" in text


def test_without_a_day_an_idea_comes_in_today(root: Path) -> None:
    result = run(root, "new", "idea", "A", *GIVEN["idea"])
    assert re.fullmatch(r"ideas/2\d{3}/a\.md\n", result.stdout)


def test_an_editor_finds_the_schema(root: Path) -> None:
    for kind in ("idea", "case"):
        text = made(root, new(root, kind, f"Ny {kind}"))
        named = re.match(r"---\n# yaml-language-server: \$schema=(\S+)\n", text)
        assert named is not None
        folder = root / "ideas" / (BY_NAME[kind].folder or "2026")
        assert '"$schema"' in (folder / named[1]).resolve().read_text("utf-8")


@pytest.mark.parametrize("kind", ["idea", "unit", "case"])
def test_a_name_that_is_taken_is_refused_over_all_kinds(root: Path, kind: str) -> None:
    before = files(root)
    result = new(root, kind, "Fastighet", *GIVEN[kind])
    assert result.exit_code == 2
    assert "There is an entry fastighet already: ideas/units/fastighet.md." in result.stderr
    assert files(root) == before
    assert new(root, kind, "Fastighet", "--id", "fastighet-2", *GIVEN[kind]).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("idea", "!!!", *GIVEN["idea"]), "No file name can be made of “!!!”"),
        (("idea", "A", "--id", "Fel Namn", *GIVEN["idea"]), "“fel-namn” would be"),
        (("idea", "A", "--id", "../../x", *GIVEN["idea"]), "is no file name"),
        (("idea", "A", "--unit", "fastigheter"), "--unit: there is no entry fastigheter. Did you mean fastighet?"),
        (("idea", "A", "--unit", "larm"), "--unit: there is no entry larm."),
        (("idea", "x" * 81), "title has 81 characters; at most 80 fit"),
        (("idea", "A", "--themes", "sport"), "'sport' is not"),
        (("idea", "A", "--problem", "Ring Kim på 070-174 06 05."), "a phone number stands here"),
        (("idea", "A\u202eB"), "a character that nobody sees"),
        (("event", "A", "--date", "i maj"), "date is to be a date"),
        (("event", "A", "--type", "fest"), "is not one of"),
        (("sak", "A"), "There is no kind “sak”"),
        (("idea",), "Missing argument"),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_written(root: Path, arguments: tuple[str, ...], said: str) -> None:
    before = files(root)
    result = new(root, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert files(root) == before


def test_an_entry_of_another_instance_is_taken_as_it_is(root: Path) -> None:
    assert 'case: "helsingborg:lanebank"' in made(root, new(root, "adoption", "A", "--case", "helsingborg:lanebank"))


def test_faults_in_the_settings_are_told_first(root: Path) -> None:
    (root / "idesluss.yml").write_text("name: X\n", "utf-8")
    result = new(root, "idea", "A")
    assert (result.exit_code, "see idesluss check" in result.stderr) == (2, True)


def test_what_the_instance_itself_asks_for_is_asked_for(root: Path) -> None:
    with (root / "idesluss.yml").open("a", encoding="utf-8") as file:
        file.write("fields:\n  unit:\n    district: {type: choice, choices: [Norr, Söder], required: true}\n")
    assert "district:  # Fill in: district (Norr, Söder)" in made(root, new(root, "unit", "A", "--type", "unit"))
    made(root, new(root, "unit", "B", "--type", "unit", "--district", "Söder"))
    (root / "ideas/units/a.md").unlink()
    (root / "ideas/units/fastighet.md").unlink()
    (root / "ideas/cases/larm.md").unlink()
    assert run(root, "check").exit_code == 0


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(min_size=1, max_size=60), problem=st.text(min_size=1, max_size=200))
@example(title="yes", problem="x")
@example(title="- a: b # c", problem="---\ntitle: x\n---")
@example(title="2026-01-01", problem="x")
@example(title="{{ x }} %YAML !!python/object", problem="x")
@example(title="a'b\"c\\d", problem="## Lösning\n\nx")
def test_any_title_becomes_a_right_file_or_none(root: Path, title: str, problem: str) -> None:
    before = files(root)
    result = new(root, "idea", "--unit", "fastighet", "--problem", problem, "--", title)
    assert result.exit_code in (0, 2), result.output
    for path in files(root) - before:
        source, problems = parse(path, (root / path).read_bytes())
        assert source is not None
        assert problems == []
        assert source.front["unit"] == "fastighet"
        (root / path).unlink()
    assert (result.exit_code == 0) == bool(result.stdout)


@given(st.text(min_size=1))
def test_any_text_is_read_back_as_it_was(value: str) -> None:
    import unicodedata

    import yaml

    written = scalar(value)
    if any(
        unicodedata.category(sign) in ("Cc", "Cs", "Cn", "Zl", "Zp", "Co") or sign in "\ufffe\uffff" for sign in value
    ):
        return  # the reader refuses these on purpose
    assert yaml.load(f"a: {written}\n", Loader=yaml.BaseLoader) == {"a": value}  # noqa: S506 - makes only text


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Fuktvakt i skolans tak", "fuktvakt-i-skolans-tak"),
        ("Åäö ÅÄÖ éü æ ø đ ß", "aao-aao-eu-ae-o-d-ss"),
        ("  -Två:  saker!- ", "tva-saker"),
        ("Kommunens 'egen' idé’s", "kommunens-egen-ides"),
        ("100 % återbruk", "100-aterbruk"),
        ("\uff21\uff22 ① \ufb01", "ab-1-fi"),
        ("A" * 100, "a" * 80),
        ("ord " * 30, "-".join(["ord"] * 20)),
        ("漏水 x", "x"),
    ],
)
def test_slugs(title: str, slug: str) -> None:
    assert slug_of(title) == slug


@pytest.mark.parametrize("title", ["", "!?", "漏水", "---"])
def test_nothing_left_of_a_title_is_an_error(title: str) -> None:
    with pytest.raises(ValueError, match="no slug"):
        slug_of(title)


@given(st.text())
def test_a_slug_is_a_slug(title: str) -> None:
    try:
        slug = slug_of(title)
    except ValueError:
        return
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= LENGTH
    assert slug_of(slug) == slug


def test_a_file_that_came_meanwhile_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.md"
    durable.write_new(path, b"first")
    with pytest.raises(FileExistsError):
        durable.write_new(path, b"second")
    assert path.read_bytes() == b"first"
    assert [file.name for file in path.parent.iterdir()] == ["b.md"]
    durable.write(path, b"third")
    assert path.read_bytes() == b"third"


@pytest.mark.parametrize("write", [durable.write, durable.write_new])
def test_a_write_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path, bytes], None]
) -> None:
    path = tmp_path / "b.md"
    if write is durable.write:
        path.write_bytes(b"first")
    before = sorted(tmp_path.iterdir())

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write(path, b"second")
    assert sorted(tmp_path.iterdir()) == before


def test_a_new_file_can_be_read_as_the_user_wants_it(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        durable.write_new(tmp_path / "a", b"x")
    finally:
        os.umask(mask)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_a_disk_without_links_gets_the_file_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    durable.write_new(tmp_path / "a", b"x")
    with pytest.raises(FileExistsError):
        durable.write_new(tmp_path / "a", b"y")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("a", b"x")]
