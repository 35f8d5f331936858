"""The handbook says what the program does: no field, option or code is left out, and no example is out of date."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from pydantic import BaseModel

from idesluss import handbook, settings, stages, translate
from idesluss.checks import CODES
from idesluss.cli import COMMANDS, everything
from idesluss.cli.complete import KIND_NAMES
from idesluss.cli.list_entries import names_of
from idesluss.cli.spoken import Front
from idesluss.kinds import BY_NAME, KINDS
from idesluss.kinds.entry import OWN, Entry

REPOSITORY = Path(__file__).resolve().parents[1]
DOCS = REPOSITORY / "docs"
HOME = DOCS / handbook.FOLDER
README = REPOSITORY / "README.md"
WRITTEN = sorted(DOCS.rglob("*.md"))
SHELL = re.compile(r"^```(sh|console)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
FENCES = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`[^`\n]*`")


def page(name: str) -> str:
    return (HOME / f"{name}.md").read_text("utf-8")


def options_in(command: click.Command) -> set[str]:
    """The long names of a command's options that users are told of."""
    return {
        name
        for param in command.params
        if isinstance(param, click.Option) and not param.hidden
        for name in param.opts
        if name.startswith("--")
    }


@pytest.fixture
def front() -> Iterator[click.Context]:
    """The program as it stands before a command is chosen."""
    with everything.make_context("idesluss", ["--root", str(REPOSITORY), "check"]) as context:
        yield context


def command_of(context: click.Context, *names: str) -> click.Command | None:
    command: click.Command | None = everything
    for name in names:
        command = command.get_command(context, name) if isinstance(command, click.Group) else None
    return command


def test_handbook_is_what_the_code_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translate, "_used", "sv")
    stale = [
        path.relative_to(REPOSITORY).as_posix()
        for path, text in handbook.pages(DOCS)
        if not path.is_file() or path.read_text("utf-8") != text
    ]
    assert stale == [], "run make handbook"


def test_making_the_handbook_changes_only_what_is_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translate, "_used", "sv")
    home = tmp_path / handbook.FOLDER
    home.mkdir()
    (home / "a.md").write_text("# A\n\n<!-- made: options serve -->\nold\n<!-- /made -->\n\nBy hand.\n", "utf-8")
    (home / "b.md").write_text("# By hand\n", "utf-8")
    changed = handbook.write(tmp_path)
    assert home / "a.md" in changed
    assert home / "b.md" not in changed
    made = (home / "a.md").read_text("utf-8")
    assert "`--port`" in made
    assert "old" not in made
    assert made.endswith("<!-- /made -->\n\nBy hand.\n")
    assert handbook.write(tmp_path) == []


def test_examples_are_played() -> None:
    example = (
        '```yaml title="idesluss.yml"\nname: X\nowner: X\naddress: https://x.example/\n```\n'
        '```markdown title="ideas/units/a.md"\n---\ntitle: A\n---\n```\n'
        "```console\n$ idesluss check --lang en --quiet\nout of date\n```\n"
    )
    played = handbook.renewed(example)
    assert "ideas/units/a.md:3:1: error: type is missing [missing-field]" in played
    assert "out of date" not in played
    with pytest.raises(ValueError, match="only idesluss"):
        handbook.renewed("```console\n$ rm everything\n```\n")


def test_a_program_that_fails_is_no_example(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\necho 'Traceback (most recent call last):'\nexit 1\n", "utf-8")
    broken.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(broken))
    files = '```yaml title="idesluss.yml"\nname: X\n```\n'
    with pytest.raises(RuntimeError, match="idesluss check failed"):
        handbook.renewed(f"{files}```console\n$ idesluss check\n```\n")


def test_every_page_has_a_description_and_one_heading_of_level_one() -> None:
    for path in sorted(HOME.rglob("*.md")):
        front_matter, text = path.read_text("utf-8").removeprefix("---\n").split("\n---\n", 1)
        assert re.search(r"^description: \S", front_matter, re.MULTILINE), path.name
        assert len(re.findall(r"^# ", FENCES.sub("", text), re.MULTILINE)) == 1, path.name


def test_no_page_of_a_kind_is_left_over() -> None:
    found = {path.stem for path in (HOME / "slag").glob("*.md")}
    assert found == {kind.words["sv"] for kind in KINDS}


def test_every_page_is_in_the_menu() -> None:
    menu = (REPOSITORY / "mkdocs.yml").read_text("utf-8")
    assert [path.name for path in WRITTEN if f"- {path.relative_to(DOCS).as_posix()}\n" not in menu] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_told_of(name: str, front: click.Context) -> None:
    command = command_of(front, name)
    assert command is not None
    section = page("kommandon").split(f"\n## {name}\n", 1)[1].split("\n## ", 1)[0]
    assert f"idesluss {name}" in section
    assert [option for option in options_in(command) if f"`{option}`" not in section] == []


def test_every_option_of_all_commands_is_told_of() -> None:
    assert isinstance(everything, Front)
    assert {"--lang", "--root", "--quiet", "--version"} <= options_in(everything)
    assert [option for option in options_in(everything) if f"`{option}`" not in page("kommandon")] == []


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_every_kind_and_its_options_of_new_are_told_of(kind: str, front: click.Context) -> None:
    command = command_of(front, "new", kind)
    assert command is not None
    told = page(f"slag/{BY_NAME[kind].words['sv']}")
    assert f"idesluss new {kind} " in told
    assert [option for option in options_in(command) if f"`{option}`" not in told] == []
    assert f"`{kind}`" in page("slag")


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_and_section_is_told_of(kind: type[Entry]) -> None:
    told, common = page(f"slag/{kind.words['sv']}"), page("slag")
    names = list(names_of(kind))
    assert len(names) > 10
    missing = [
        name
        for name in names
        if f"| `{name}`<br>" not in (common if name.partition(".")[0] in Entry.model_fields else told)
    ]
    assert missing == []
    assert [word for section in kind.sections for word in section.swedish if f"`## {word}`" not in told] == []


def test_every_setting_is_told_of() -> None:
    told = page("installningar")
    assert [name for name in settings.Settings.model_fields if f"| `{name}`<br>" not in told] == []
    assert [name for name in settings.LocalField.model_fields if f"| `fields.SLAG.NAMN.{name}`<br>" not in told] == []
    types: type[BaseModel] = settings.LocalField
    choices = types.model_json_schema()["properties"]["type"]["enum"]
    assert [choice for choice in choices if f"\n| `{choice}` |" not in told] == []


def test_every_stage_track_and_piece_of_evidence_is_told_of() -> None:
    told = page("stadier")
    assert [name for name in stages.STAGES if f" (`{name}`)\n" not in told] == []
    assert [track for track in stages.TRACK_EVIDENCE if f"`{track}`" not in told] == []
    asked = [one for stage in stages.STAGES.values() for one in stage.evidence]
    asked += [one for gates in stages.TRACK_EVIDENCE.values() for gate in gates.values() for one in gate]
    assert [one.field for one in asked if f"`{one.field}" not in told] == []


def test_every_check_is_told_of() -> None:
    told = page("kontroller")
    assert [code for code in CODES if f"\n## {code}\n" not in told] == []


def test_policy_to_send_is_the_one_in_every_page() -> None:
    in_pages = (REPOSITORY / "templates" / "theme" / "main.html").read_text("utf-8")
    allowed = re.findall(
        r"([a-z]+-(?:src|uri|action)) ", in_pages.split("Content-Security-Policy", 1)[1].split(">", 1)[0]
    )
    sent = re.search(r"^Content-Security-Policy: (.*)$", page("publicera"), re.MULTILINE)
    assert sent is not None
    assert {"default-src", "script-src"} <= set(allowed)
    assert [part.split()[0] for part in sent[1].split("; ")] == [*allowed, "frame-ancestors"]
    assert "{" not in sent[1]


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.relative_to(DOCS).as_posix())
def test_every_relative_link_leads_to_a_file_and_a_heading(path: Path) -> None:
    text = CODE.sub(lambda code: "" if "](" in code[0] else code[0], FENCES.sub("", path.read_text("utf-8")))
    lost = []
    for target in sorted(set(LINK.findall(text))):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        other = (path.parent / file).resolve() if file else path
        if not other.is_file() or (anchor and anchor not in anchors(other)):
            lost.append(target)
    assert lost == []


def anchors(path: Path) -> set[str]:
    """The anchors that MkDocs gives to the headings of a page."""
    from markdown.extensions.toc import slugify  # type: ignore[import-untyped]

    headings = re.findall(r"^#{1,6} (.+)$", FENCES.sub("", path.read_text("utf-8")), re.MULTILINE)
    return {slugify(heading.replace("`", ""), "-") for heading in headings}


def commands_shown() -> Iterator[tuple[str, str]]:
    for path in (README, *WRITTEN):
        for kind, block in SHELL.findall(path.read_text("utf-8")):
            lines = block.splitlines()
            if kind == "console":
                lines = [line[2:] for line in lines if line.startswith("$ ")]
            for line in lines:
                for part in re.findall(r"\$\(([^)]*)\)", line) or [line]:
                    if part.startswith(("idesluss ", "make ")):
                        yield path.relative_to(REPOSITORY).as_posix(), part.partition(" | ")[0]


def test_every_command_line_that_is_shown_can_be_typed(front: click.Context) -> None:
    """Each names a real command with real options, or a real target of the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", (REPOSITORY / "Makefile").read_text("utf-8"), re.MULTILINE))
    shown = list(commands_shown())
    assert {"idesluss check", "make site"} <= {line.partition("  #")[0].strip() for _, line in shown}
    assert len(shown) > 20
    for path, line in shown:
        program, *words = shlex.split(line, comments=True)
        if program == "make":
            assert set(words) <= targets, f"{path}: {line}"
            continue
        command = command_of(front, words[0])
        assert command is not None, f"{path}: {line}"
        arguments = words[1:]
        if isinstance(command, click.Group):
            command, arguments = command.get_command(front, arguments[0]), arguments[1:]
            assert command is not None, f"{path}: {line}"
        command.make_context(line, arguments, parent=front)  # raises where an option or an argument does not fit


def test_own_fields_are_no_fields_of_front_matter() -> None:
    """The handbook tells of no field that nobody may write."""
    everywhere = "".join(path.read_text("utf-8") for path in sorted((HOME / "slag").glob("*.md"))) + page("slag")
    assert [name for name in OWN if f"\n| `{name}`<br>" in everywhere] == []
