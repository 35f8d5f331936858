"""Files and folders that are not what they seem: links, what vanishes while it is read, what is locked."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import Files, run_cli
from idesluss import checks, examine, reading, settings
from idesluss.cli import everything
from idesluss.kinds.entry import Entry
from idesluss.problem import Place, Problem
from idesluss.settings import Settings
from idesluss.source import Source

UNIT = "---\ntitle: Skolan\ntype: administration\n---\n"
IDEA = "---\ntitle: {title}\nunit: skola\n---\n\n## Problem\n\nFukten syns sent.\n"
SMALL: Files = {"ideas/units/skola.md": UNIT, "ideas/2026/a.md": IDEA.format(title="A"), "docs/om.md": "# Om\n"}


@pytest.fixture(autouse=True)
def _own_memory(undisturbed: None) -> None:
    pass


def told(root: Path, *arguments: str) -> list[tuple[str, str]]:
    """What is told of: paths and codes."""
    found = json.loads(run_cli(*arguments, "--format", "json", root=root).stdout)
    return [(one["path"], one["code"]) for one in found]


def test_entries_are_not_read_through_a_link(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    """What is published stays, since a portal without its entries would say that they are gone."""
    root, site = instance(SMALL), str(tmp_path / "site")
    assert told(root, "build", "--site", site) == []
    shutil.move(root / "ideas", tmp_path / "annat")
    (root / "ideas").symlink_to(tmp_path / "annat", target_is_directory=True)
    assert told(root, "check") == [("ideas", "outside-root")]
    assert told(root, "build", "--site", site) == [("ideas", "outside-root")]
    assert (tmp_path / "site" / "ideer" / "a" / "index.html").is_file()
    (root / "ideas").unlink()
    shutil.move(tmp_path / "annat", root / "ideas")
    assert told(root, "check") == []


@pytest.mark.parametrize("folder", ["docs", "sidor", "vart/innehall"])
def test_no_hand_written_page_is_read_through_a_link(
    instance: Callable[[Files], Path], tmp_path: Path, folder: str
) -> None:
    (tmp_path / "annat" / "innehall").mkdir(parents=True)
    for name in ("hemligt.txt", "hemlig.md", "innehall/hemligt.txt", "innehall/hemlig.md"):
        (tmp_path / "annat" / name).write_text("# Löneplan\n", "utf-8")
    root = instance({**SMALL, "docs/om.md": "# Om\n", "mkdocs.yml": f"docs_dir: {folder}\n"})
    shutil.rmtree(root / "docs")
    (root / folder.partition("/")[0]).symlink_to(tmp_path / "annat", target_is_directory=True)
    assert told(root, "build", "--site", str(tmp_path / "site")) == [(folder, "docs-file")]
    assert told(root, "check") == ([("docs", "docs-file")] if folder == "docs" else [])
    assert not [path for path in (tmp_path / "site").rglob("*") if path.is_file() and b"neplan" in path.read_bytes()]


def test_a_file_that_goes_while_others_are_read_is_as_if_it_had_never_been(instance: Callable[[Files], Path]) -> None:
    """Found, and gone when its turn came; nor does the place of a fault hang on a file that is still there."""
    many = {f"ideas/2026/i{at:03}.md": IDEA.format(title=f"I{at}") for at in range(reading.TOGETHER + 20)}
    root = instance({**SMALL, **many})
    gone = root / f"ideas/2026/i{reading.TOGETHER + 10:03}.md"

    def inspect(_source: Source, _entry: Entry | None, _settings: Settings) -> Iterator[Problem]:
        gone.unlink(missing_ok=True)
        yield from ()

    found, faults = settings.load(root)
    assert found, faults
    loaded = reading.load(root, found, inspect, jobs=1)
    assert (loaded.catalogue.problems, loaded.catalogue.broken) == ((), ())
    assert gone.stem not in loaded.catalogue.entries
    assert len(loaded.catalogue.entries) == len(many) + 1
    left = loaded.catalogue.entries["a"]
    (root / left.path).unlink()
    assert loaded.catalogue.place(left, "unit") == Place()
    assert list(checks.survey(loaded.catalogue)) == []


def test_that_a_file_could_not_be_opened_is_not_remembered(
    instance: Callable[[Files], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """To let it be read changes neither its size nor its time."""
    root = instance(SMALL)
    for path in (root / "ideas").rglob("*.md"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    read = Path.read_bytes

    def locked(path: Path) -> bytes:
        if path.name == "a.md":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", locked)
        assert [problem.code for problem in examine.examine(root).problems] == ["unreadable-file"]
    assert examine.examine(root).problems == []


def test_where_a_folder_was_a_file_is_no_folder_that_is_missing(instance: Callable[[Files], Path]) -> None:
    """What is remembered of an instance without entries is not told of one whose `ideas` cannot be read."""
    root = instance({})
    (root / "ideas").rmdir()
    assert told(root, "check") == []
    (root / "ideas").write_text("", "utf-8")
    done = run_cli("check", root=root)
    assert done.returncode == 2
    assert done.stderr.startswith("Fel: ")
    assert "en fil ligger där det behövs en mapp" in done.stderr


def test_a_folder_may_end_as_an_entry_does(instance: Callable[[Files], Path]) -> None:
    root = instance({**SMALL, "ideas/2026/b.md/c.md": IDEA.format(title="C")})
    catalogue = examine.examine(root).catalogue
    assert catalogue is not None
    assert sorted(catalogue.entries) == ["a", "c", "skola"]


def test_a_file_that_is_locked_is_left_as_it_is(instance: Callable[[Files], Path]) -> None:
    coach = "---\ntitle: Coach\nunits: [skola]\ncapacity: 20\n---\n"
    root = instance({**SMALL, "ideas/coaches/idecoach.md": coach})
    idea = root / "ideas/2026/a.md"
    before, command = idea.read_bytes(), ["--root", str(root), "answer", "a", "--text", "Tack!"]
    idea.chmod(0o444)
    done = CliRunner().invoke(everything, command)
    assert done.exit_code == 2
    assert done.output.rstrip().endswith("a.md: behörighet saknas")
    assert idea.read_bytes() == before
    idea.chmod(0o664)
    assert CliRunner().invoke(everything, command).exit_code == 0
    assert idea.stat().st_mode & 0o777 == 0o664
    assert b"Tack!" in idea.read_bytes()
    assert sorted(path.name for path in idea.parent.iterdir()) == ["a.md"]
