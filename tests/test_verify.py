"""`idesluss verify`, and that a shallow clone is refused: what must not go unseen, for all dates hang on it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import SETTINGS, GitInstance, write_files
from idesluss import history
from idesluss.checks import unread_repository
from idesluss.translate import render

Cli = Callable[..., subprocess.CompletedProcess[str]]
UNIT = "---\ntitle: Enhet\ntype: unit\n---\n"
IDEA = "---\ntitle: Fuktvakt\nunit: enhet\nstage: submitted\n---\n\n## Problem\n\nFukt.\n"
CAME = {"ideas/2026/a.md": IDEA, "ideas/units/enhet.md": UNIT}


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IDESLUSS_CACHE", str(tmp_path / "cache"))


def verified(cli: Cli, instance: GitInstance, *options: str) -> tuple[int, list[tuple[str, str]]]:
    """The exit code, and the code and message of each thing found."""
    done = cli("verify", "--format", "json", "--lang", "en", *options, root=instance.root)
    assert done.stderr == ""
    return done.returncode, [(one["code"], one["message"]) for one in json.loads(done.stdout)]


def test_nothing_is_wrong(git_instance: GitInstance, cli: Cli) -> None:
    sha = git_instance.commit(CAME, "2026-01-05")
    git_instance.commit({"ideas/2026/a.md": IDEA + "Mer.\n"}, "2026-01-06")
    assert verified(cli, git_instance, "--since", sha) == (0, [])
    done = cli("verify", "--lang", "sv", root=git_instance.root)
    assert done.returncode == 0
    assert "2026-01-06" in done.stdout


@pytest.mark.parametrize("seen_by", ["verify", "check"])
def test_a_rewritten_line_is_told_till_it_is_accepted(git_instance: GitInstance, cli: Cli, seen_by: str) -> None:
    git_instance.commit(CAME, "2026-01-05")
    old = git_instance.commit({"ideas/2026/a.md": IDEA + "Mer.\n"}, "2026-01-06")
    assert cli(seen_by, root=git_instance.root).returncode == 0
    git_instance.git("commit", "--quiet", "--amend", "--message", "Other", date="2026-01-07")
    cli("check", root=git_instance.root)
    told = [("rewritten-history", f"the main line was rewritten: commit {old[:10]} is not on it any more")]
    assert verified(cli, git_instance) == (1, told)
    git_instance.commit({"ideas/2026/a.md": IDEA + "Ännu mer.\n"}, "2026-01-08")
    assert verified(cli, git_instance) == (1, told)
    assert verified(cli, git_instance, "--accept") == (0, [])
    assert verified(cli, git_instance) == (0, [])


def test_a_rewritten_line_is_told_where_the_old_commits_are_gone(git_instance: GitInstance, cli: Cli) -> None:
    git_instance.commit(CAME, "2026-01-05")
    old = git_instance.commit({"ideas/2026/a.md": IDEA + "Mer.\n"}, "2026-01-06")
    git_instance.git("commit", "--quiet", "--amend", "--message", "Other", date="2026-01-07")
    git_instance.git("reflog", "expire", "--expire=now", "--all")
    git_instance.git("gc", "--quiet", "--prune=now")
    assert verified(cli, git_instance, "--since", old)[1][0][0] == "rewritten-history"
    done = cli("verify", "--since", "nowhere", "--lang", "en", root=git_instance.root)
    assert done.returncode == 2
    assert "give its full hash" in done.stderr


def test_a_branch_of_ones_own_may_be_rewritten(git_instance: GitInstance, cli: Cli) -> None:
    git_instance.commit(CAME, "2026-01-05")
    git_instance.git("checkout", "--quiet", "-b", "work")
    git_instance.commit({"ideas/2026/a.md": IDEA + "Mer.\n"}, "2026-01-06")
    assert verified(cli, git_instance) == (0, [])
    git_instance.git("commit", "--quiet", "--amend", "--message", "Other", date="2026-01-07")
    assert verified(cli, git_instance) == (0, [])
    git_instance.git("checkout", "--quiet", "main")
    assert verified(cli, git_instance) == (0, [])


def test_a_pull_with_local_work_turns_the_line_aside(git_instance: GitInstance, cli: Cli, tmp_path: Path) -> None:
    git_instance.commit(CAME, "2026-01-05")
    coach = GitInstance(tmp_path / "coach")
    git_instance.git("clone", "--quiet", str(git_instance.root), str(coach.root))
    end = git_instance.commit({"ideas/2026/a.md": IDEA + "Mer.\n"}, "2026-01-06")
    coach.commit({"ideas/2026/b.md": IDEA}, "2026-01-07")
    coach.git("pull", "--quiet", "--no-rebase", "--no-edit", date="2026-01-08")
    merge = coach.git("rev-parse", "HEAD")
    coach.commit({"ideas/2026/c.md": IDEA}, "2026-01-09")
    message = f"commit {end[:10]} of 2026-01-06 was on the main line, and now comes in from the side "
    message += f"by the merge {merge[:10]}"
    assert verified(cli, coach, "--since", end) == (1, [("rewritten-history", message)])


def test_dates_that_run_backwards(git_instance: GitInstance, cli: Cli) -> None:
    git_instance.commit(CAME, "2026-01-05")
    future = git_instance.commit({"ideas/2026/a.md": IDEA + "1\n"}, "2027-01-06")
    back = git_instance.commit({"ideas/2026/a.md": IDEA + "2\n"}, "2026-01-07")
    git_instance.commit({"ideas/2026/a.md": IDEA + "3\n"}, "2026-01-08")
    message = f"commit {back[:10]} of 2026-01-07 follows {future[:10]} of 2027-01-06"
    assert verified(cli, git_instance) == (1, [("dates-backwards", message)])


def test_a_later_moment_in_another_zone_does_not_run_backwards(git_instance: GitInstance, cli: Cli) -> None:
    git_instance.commit(CAME, "2026-01-06T00:30:00+02:00")
    git_instance.commit({"ideas/2026/a.md": IDEA + "1\n"}, "2026-01-05T23:00:00+00:00")
    assert verified(cli, git_instance) == (0, [])


def test_a_side_branch_may_be_older_than_the_line(git_instance: GitInstance, cli: Cli) -> None:
    git_instance.commit(CAME, "2026-01-05")
    git_instance.git("checkout", "--quiet", "-b", "work")
    git_instance.commit({"ideas/2026/b.md": IDEA}, "2026-01-03")
    git_instance.git("checkout", "--quiet", "main")
    git_instance.git("merge", "--quiet", "--no-ff", "--no-edit", "work", date="2026-01-09")
    assert verified(cli, git_instance) == (0, [])


def test_the_list_of_bulk_commits_is_only_added_to(git_instance: GitInstance, cli: Cli) -> None:
    one, other = "a" * 40, "b" * 40
    inner = GitInstance(git_instance.root / "inre åäö")
    held = {**CAME, "idesluss.yml": SETTINGS}
    write_files(inner.root, held)
    git_instance.commit({**held, ".git-blame-ignore-revs": f"{one} # layout\n"}, "2026-01-05")
    git_instance.commit({".git-blame-ignore-revs": f"# Layout\n{one}\n{other}\n"}, "2026-01-06")
    assert verified(cli, git_instance) == (0, [])
    by = git_instance.commit({".git-blame-ignore-revs": f"{other}\n"}, "2026-01-07")
    message = f"the bulk commit {one[:10]} was taken off the list by {by[:10]} of 2026-01-07"
    assert verified(cli, git_instance) == verified(cli, inner) == (1, [("bulk-list", message)])
    by = git_instance.commit({".git-blame-ignore-revs": None}, "2026-01-08")
    assert len(verified(cli, git_instance)[1]) == 2
    git_instance.commit({".git-blame-ignore-revs": f"{one}\n{other}\n"}, "2026-01-09")
    assert verified(cli, git_instance) == (0, [])


def test_without_a_repository_there_is_nothing_to_verify(instance: Callable[..., Path], cli: Cli) -> None:
    done = cli("verify", "--lang", "en", root=instance({}))
    assert done.returncode == 2
    assert "no git repository" in done.stderr


def test_a_shallow_clone_is_refused_with_the_way_out(git_instance: GitInstance, cli: Cli, tmp_path: Path) -> None:
    git_instance.commit(CAME, "2026-01-05")
    git_instance.commit({"ideas/2026/a.md": IDEA + "Mer.\n"}, "2026-01-06")
    clone = GitInstance(tmp_path / "shallow")
    git_instance.git("clone", "--quiet", "--depth=1", f"file://{git_instance.root}", str(clone.root))
    for command in ("check", "check", "verify"):
        done = cli(command, "--lang", "en", root=clone.root)
        assert done.returncode == 1
        assert "[shallow-clone]" in done.stdout
        assert "git fetch --unshallow" in done.stdout
        assert "fetch-depth: 0" in done.stdout
    told = cli("history", "a", "--lang", "en", root=clone.root)
    assert (told.returncode, told.stdout) == (2, "")
    assert "git fetch --unshallow" in told.stderr
    clone.git("fetch", "--quiet", "--unshallow")
    assert cli("check", root=clone.root).returncode == 0, "no file changed, and yet the answer did"


def _without_its_objects(root: Path) -> None:
    shutil.rmtree(root / ".git" / "objects")
    (root / ".git" / "objects").mkdir()


def _without_its_repository(root: Path) -> None:
    """As a worktree is that was copied to another machine."""
    shutil.rmtree(root / ".git")
    (root / ".git").write_text("gitdir: /nowhere/at/all\n", "utf-8")


@pytest.mark.parametrize("broken", [_without_its_objects, _without_its_repository])
def test_a_repository_that_git_does_not_read_is_told(
    broken: Callable[[Path], None], git_instance: GitInstance, cli: Cli
) -> None:
    """Not taken for none: all dates and all that was public would be forgotten without a word."""
    git_instance.commit(CAME, "2026-01-05")
    broken(git_instance.root)
    for command in ("check", "build"):
        done = cli(command, "--lang", "en", root=git_instance.root)
        assert done.returncode == 0
        assert "[unread-repository]" in done.stdout, command
        assert "find out why with `git status`" in done.stdout
    assert (git_instance.root / "site" / "index.html").is_file()
    for asked in (["check", "--base", "HEAD"], ["verify"]):
        told = cli(*asked, "--lang", "en", root=git_instance.root)
        assert told.returncode == 2
        assert "git does not read the repository" in told.stderr
        assert "find out why with `git status`" in told.stderr


def test_a_repository_of_another_user_is_told_with_what_git_wants(git_instance: GitInstance) -> None:
    said = (
        "fatal: detected dubious ownership in repository at '/a'\nTo add an exception …:\n\n\tgit config safe.directory"
    )
    message, way_out = unread_repository.words(git_instance.root, said)
    assert render(message, "en").endswith("known: detected dubious ownership in repository at '/a'")
    assert f"safe.directory {git_instance.root}`" in render(way_out, "en")


def test_a_repository_without_commits_is_none_yet(git_instance: GitInstance, cli: Cli) -> None:
    write_files(git_instance.root, CAME)
    assert cli("check", root=git_instance.root).returncode == 0


def test_without_a_repository_all_is_right(instance: Callable[..., Path], cli: Cli) -> None:
    root = instance(CAME)
    assert cli("check", root=root).returncode == 0
    told = cli("history", "a", "--lang", "en", root=root)
    assert told.returncode == 0
    assert "not in git" in told.stdout


def test_where_a_repository_stands_changes_with_each_commit(git_instance: GitInstance, tmp_path: Path) -> None:
    root = git_instance.root
    assert history.stand(tmp_path) == ""
    seen = {history.stand(root)}
    for day in ("2026-01-05", "2026-01-06"):
        git_instance.commit(CAME, day)
        seen.add(history.stand(root))
    git_instance.git("pack-refs", "--all")
    packed = history.stand(root)
    git_instance.commit({}, "2026-01-07")
    seen.add(history.stand(root))
    git_instance.git("pack-refs", "--all")
    assert history.stand(root) != packed, "the commit stands in the list of all branches only"
    git_instance.git("worktree", "add", "--quiet", "-b", "side", str(tmp_path / "tree"))
    side = GitInstance(tmp_path / "tree")
    seen.add(history.stand(side.root))
    side.commit({}, "2026-01-08")
    seen.add(history.stand(side.root))
    assert len(seen) == 6
    assert history.stand(root) == history.stand(root / "ideas")
    short = GitInstance(tmp_path / "short")
    git_instance.git("clone", "--quiet", "--depth=1", f"file://{root}", str(short.root))
    before = history.stand(short.root)
    short.git("fetch", "--quiet", "--unshallow")
    assert history.stand(short.root) != before
