"""What git tells of the past: the line of commits, a commit at a day, its files, and where a branch left another."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from conftest import GitInstance
from idesluss import history
from idesluss.history import Commit

IDEA = """\
---
title: Fuktvakt
unit: enhet
stage: submitted
---

## Problem

Det är fuktigt.
"""


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_at_a_day_is_the_last_commit_that_is_not_after_it(git_instance: GitInstance) -> None:
    first = git_instance.commit({"ideas/2026/a.md": IDEA}, "2026-01-05")
    second = git_instance.commit({"ideas/2026/a.md": IDEA + "Mer.\n"}, "2026-01-07")
    root = git_instance.root
    assert history.at(root, "2026-01-04") is None
    assert history.at(root, "2026-01-05") == Commit(first, "2026-01-05")
    assert history.at(root, "2026-01-06") == Commit(first, "2026-01-05")
    assert history.at(root, "2026-01-07") == Commit(second, "2026-01-07")
    assert history.at(root, "2030-01-01") == history.head(root)


def test_at_a_day_takes_the_last_on_the_line_where_dates_run_backwards(git_instance: GitInstance) -> None:
    git_instance.commit({"ideas/2026/a.md": IDEA}, "2026-01-05")
    git_instance.commit({"ideas/2026/a.md": IDEA + "1\n"}, "2026-03-01")
    early = git_instance.commit({"ideas/2026/a.md": IDEA + "2\n"}, "2026-02-01")
    assert history.at(git_instance.root, "2026-02-15") == Commit(early, "2026-02-01")
    assert history.at(git_instance.root, "2026-04-01") == Commit(early, "2026-02-01")


def test_the_day_is_that_of_the_committers_own_zone(git_instance: GitInstance) -> None:
    (git_instance.root / "x").write_text("x")
    git_instance.git("add", "x")
    git_instance.git("commit", "--message", "x", date="2026-01-05T00:30:00+02:00")
    told = history.head(git_instance.root)
    assert told is not None
    assert told.day == "2026-01-05"


@pytest.mark.parametrize("moment", ["1 +0000", "99999999999 +0000", "9999999999999999999 +9959", "1770000000 +9999"])
def test_strange_dates_become_days(git_instance: GitInstance, moment: str) -> None:
    git_instance.commit({"ideas/2026/a.md": IDEA}, "2026-01-05")
    tree = git_instance.git("rev-parse", "HEAD^{tree}")
    text = f"tree {tree}\nauthor A <a> {moment}\ncommitter A <a> {moment}\n\nStrange\n"
    made = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"],
        cwd=git_instance.root, input=text.encode(), check=True, capture_output=True,
    ).stdout.decode().strip()  # fmt: skip
    git_instance.git("reset", "--hard", made)
    told = history.head(git_instance.root)
    assert told is not None
    assert told.sha == made
    assert len(told.day) == 10


def test_tree_writes_what_a_commit_held(git_instance: GitInstance, tmp_path: Path) -> None:
    first = git_instance.commit(
        {"ideas/2026/a.md": IDEA, "docs/x.md": "x", "ideas/media/p.png": b"\x89P\0"}, "2026-01-05"
    )
    git_instance.commit({"ideas/2026/a.md": "gone", "ideas/2026/b.md": IDEA}, "2026-01-06")
    history.tree(git_instance.root, first, tmp_path / "then")
    settings = (git_instance.root / "idesluss.yml").read_bytes()
    assert files_in(tmp_path / "then") == {
        "idesluss.yml": settings,
        "ideas/2026/a.md": IDEA.encode(),
        "ideas/media/p.png": b"\x89P\0",
    }


def test_tree_of_an_instance_in_a_folder_of_the_repository(git_instance: GitInstance, tmp_path: Path) -> None:
    sha = git_instance.commit({"inner/idesluss.yml": "name: x\n", "inner/ideas/2026/a.md": IDEA}, "2026-01-05")
    history.tree(git_instance.root / "inner", sha, tmp_path / "then")
    assert files_in(tmp_path / "then") == {"idesluss.yml": b"name: x\n", "ideas/2026/a.md": IDEA.encode()}


def test_tree_writes_no_link_no_submodule_and_nothing_outside(git_instance: GitInstance, tmp_path: Path) -> None:
    git_instance.commit({"ideas/2026/a.md": IDEA}, "2026-01-05")
    blob = git_instance.git("rev-parse", "HEAD:ideas/2026/a.md")
    commit = git_instance.git("rev-parse", "HEAD")

    def made(*entries: tuple[str, str, str, str]) -> str:
        """A tree of (mode, type, hash, name), whatever the names are."""
        listed = b"".join(b"%s %s\0" % (m.encode(), os.fsencode(n)) + bytes.fromhex(h) for m, _, h, n in entries)
        done = subprocess.run(
            ["git", "hash-object", "-t", "tree", "-w", "--stdin", "--literally"],
            cwd=git_instance.root, input=listed, check=True, capture_output=True,
        )  # fmt: skip
        return done.stdout.decode().strip()

    escaping = made(("100644", "blob", blob, "escaped.md"))
    year = made(
        ("40000", "tree", made(("40000", "tree", escaping, "..")), ".."),
        ("40000", "tree", escaping, ".git"),
        ("100644", "blob", blob, "a\nb.md"),
        ("100644", "blob", blob, "\udcff.md"),
        ("120000", "blob", blob, "link.md"),
        ("160000", "commit", commit, "module.md"),
        ("100644", "blob", blob, "n" * 300 + ".md"),
        ("100644", "blob", blob, "plain.md"),
    )
    top = made(("40000", "tree", made(("40000", "tree", year, "2026")), "ideas"))
    sha = git_instance.git("commit-tree", top, "-m", "Hostile")
    history.tree(git_instance.root, sha, tmp_path / "deep" / "then")
    names = {os.fsencode(path.relative_to(tmp_path)) for path in (tmp_path / "deep").rglob("*") if not path.is_dir()}
    inner = b"deep/then/ideas/2026/"
    assert names == {inner + b"a\nb.md", inner + b"\xff.md", inner + b"plain.md"}


def test_tree_takes_only_a_full_hash(git_instance: GitInstance, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no full hash"):
        history.tree(git_instance.root, "--help", tmp_path)


def test_merge_base_and_messages(git_instance: GitInstance) -> None:
    base = git_instance.commit({"ideas/2026/a.md": IDEA}, "2026-01-05")
    git_instance.git("checkout", "--quiet", "-b", "work")
    git_instance.commit({"ideas/2026/b.md": IDEA}, "2026-01-06", "First\n\nWith a body: åäö.")
    git_instance.commit({"ideas/2026/c.md": IDEA}, "2026-01-07", "Second")
    git_instance.git("checkout", "--quiet", "main")
    git_instance.commit({"ideas/2026/d.md": IDEA}, "2026-01-08", "On main")
    git_instance.git("checkout", "--quiet", "work")
    assert history.merge_base(git_instance.root, "main") == base
    assert history.messages(git_instance.root, base) == ("Second", "First\n\nWith a body: åäö.")
    assert history.merge_base(git_instance.root, "nowhere") == ""
    assert history.merge_base(git_instance.root, "--all") == ""
    assert history.messages(git_instance.root, "nowhere") == ()


def test_without_a_repository_nothing_is_known(tmp_path: Path) -> None:
    assert history.head(tmp_path) is None
    assert history.at(tmp_path, "2026-01-01") is None
    assert history.merge_base(tmp_path, "main") == ""
    assert not history.is_shallow(tmp_path)
    history.tree(tmp_path, "0" * 40, tmp_path / "then")
    assert not (tmp_path / "then").exists()


def test_a_shallow_clone_is_known(git_instance: GitInstance, tmp_path: Path) -> None:
    git_instance.commit({"ideas/2026/a.md": IDEA}, "2026-01-05")
    git_instance.commit({"ideas/2026/a.md": IDEA + "1\n"}, "2026-01-06")
    assert not history.is_shallow(git_instance.root)
    git_instance.git("clone", "--quiet", "--depth=1", f"file://{git_instance.root}", str(tmp_path / "shallow"))
    assert history.is_shallow(tmp_path / "shallow")
