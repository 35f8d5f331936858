"""What README, CONTRIBUTING and the workflows tell people to run and to open is there."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conftest import Files, run_cli

REPOSITORY = Path(__file__).resolve().parents[1]
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
SPEAKING_OF_COMMANDS = (
    *DOCUMENTS,
    ".github/workflows/check.yml",
    ".github/workflows/publish.yml",
    "Makefile",
    ".ci/run",
)
CODE = re.compile(r"```[a-z]*\n(.*?)```|`([^`\n]+)`", re.DOTALL)


def code_in(name: str) -> Iterator[str]:
    """The lines of code in a document: those within fences and backticks, or all lines where all is code."""
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    parts = ["".join(match) for match in CODE.findall(text)] if name.endswith(".md") else [text]
    for part in parts:
        yield from (line.strip() for line in part.splitlines())


def words_after(program: str, name: str) -> set[str]:
    found = set()
    for line in code_in(name):
        for match in re.finditer(rf"(?:^|run: |[/(]){program}(?: --root \S+)? ([a-z][a-z-]*)", line.split(" # ")[0]):
            found.add(match[1])
    return found


def test_every_command_that_is_told_of_exists(cli: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    told = {word for name in SPEAKING_OF_COMMANDS for word in words_after("idesluss", name)}
    assert {"check", "build", "new", "explain"} <= told
    missing = {word: done.stderr for word in sorted(told) if (done := cli(word, "--help")).returncode != 0}
    assert not missing


def test_every_command_that_exists_is_told_of(cli: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    """README shows all commands, so that nobody must guess what there is."""
    told = words_after("idesluss", "README.md") | words_after("make", "README.md")
    listed = cli("--lang", "en", "--help").stdout.split("Commands", 1)[1]
    commands = set(re.findall(r"^\W{0,3}([a-z]+)\s{2,}", listed, flags=re.MULTILINE))
    assert {"check", "build"} <= commands
    assert commands <= told


def test_every_make_target_that_is_told_of_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    told = {word for name in SPEAKING_OF_COMMANDS if name != "Makefile" for word in words_after("make", name)}
    assert {"site", "test", "lint"} <= told
    assert told <= targets


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_within_the_repository_leads_somewhere(name: str) -> None:
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target]
    assert targets or name in {"SECURITY.md", "CHANGELOG.md"}
    assert [target for target in targets if not (REPOSITORY / target.split("#")[0]).exists()] == []


def test_layout_in_readme_is_the_real_one() -> None:
    """Every folder at the top is in README's picture of the repository, and everything in the picture is there."""
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    picture = text.split("## Layout", 1)[1].split("```")[1]
    names = {name for line in picture.splitlines() for name in re.findall(r"(\S+/|\S+\.yml)(?=\s)", line)}
    assert [name for name in names if not (REPOSITORY / name).exists()] == []
    tracked = {"ideas/", "docs/", "templates/", "tests/", "bench/", ".github/"}
    assert tracked <= names


FAULTY = """\
---
title: Matlådor som håller värmen
unit: vard-och-omsorg
summary: Varm mat hela vägen.
example: true
---

## Problem

Maten är ljummen när den kommer fram. Ring 070-174 06 05.
"""


def test_messages_in_readme_are_what_the_program_says(instance: Callable[[Files], Path]) -> None:
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    root = instance({"ideas/2026/varma-matlador.md": FAULTY})
    said = run_cli("--lang", "en", "check", root=root).stdout.replace(f"{root}/", "")
    messages = said.partition("\n\n2 errors")[0]
    assert "[phone-number]" in messages
    assert f"```\n{messages}\n```" in readme


def test_architecture_names_every_module_and_room() -> None:
    """Those at the top of the program; what lies in a room is the room's own affair."""
    told = (REPOSITORY / "ARCHITECTURE.md").read_text("utf-8")
    found = (REPOSITORY / "generator" / "idesluss").iterdir()
    names = {f"{path.name}/" if path.is_dir() else path.name for path in found if not path.name.startswith("__")}
    assert sorted(name for name in names - {"py.typed"} if not re.search(rf"\b{re.escape(name)}", told)) == []


def test_licences_are_whole() -> None:
    programme = (REPOSITORY / "LICENSE").read_text(encoding="utf-8")
    content = (REPOSITORY / "LICENSES" / "CC-BY-4.0.txt").read_text(encoding="utf-8")
    assert programme.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert [f"\n{number}." in programme for number in range(1, 16)] == [True] * 15
    assert "Appendix" in programme
    assert content.startswith("Creative Commons Attribution 4.0 International")
    assert [f"Section {number} – " in content for number in range(1, 9)] == [True] * 8
