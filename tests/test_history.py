"""What git shows of the entries: the steps of the lock, whatever the way a change came in, and what is kept of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Files, GitInstance
from idesluss import history
from idesluss.history import Life, passing
from idesluss.history.blobs import blobs


def idea(stage: str, front: str = "", body: str = "Det är fuktigt.") -> str:
    return f"---\ntitle: Fuktvakt\nunit: enhet\nstage: {stage}\n{front}---\n\n## Problem\n\n{body}\n"


ANSWER = "log:\n  - {date: 2026-01-06, role: idécoach, type: answer, text: Tack för idén., public: true}\n"
A, B = "ideas/2026/a.md", "ideas/2026/b.md"
SETTINGS_OF = "name: Slussen\nowner: {}\naddress: https://{}.example/\n"


def lives(instance: GitInstance) -> dict[str, Life]:
    return dict(history.read(instance.root, None).lives)


def steps(life: Life) -> list[tuple[str, str]]:
    return [(step.stage, step.day) for step in life.steps]


def test_one_idea_through_the_lock(git_instance: GitInstance) -> None:
    came = git_instance.commit({A: idea("submitted")}, "2026-01-05")
    answered = git_instance.commit({A: idea("answered", ANSWER)}, "2026-01-07")
    git_instance.commit({A: idea("answered", ANSWER, "Mer text.")}, "2026-01-09")
    life = lives(git_instance)["a"]
    assert life == Life(
        born="2026-01-05", changed="2026-01-09", moved="2026-01-07", steps=life.steps, commits=3, gone=""
    )
    assert [(step.stage, step.day, step.sha) for step in life.steps] == [
        ("submitted", "2026-01-05", came),
        ("answered", "2026-01-07", answered),
    ]


def test_moved_is_log_decisions_and_tests_and_not_their_layout(git_instance: GitInstance) -> None:
    git_instance.commit({A: idea("submitted", ANSWER)}, "2026-01-05")
    git_instance.commit({A: idea("submitted", "coach: coach\n" + ANSWER)}, "2026-01-06")
    assert lives(git_instance)["a"].moved == "2026-01-05"
    laid_out = (
        "log:\n- date: 2026-01-06\n  role: 'idécoach'\n  type: answer\n  text: Tack för idén.\n  public: true # yes\n"
    )
    git_instance.commit({A: idea("submitted", laid_out)}, "2026-01-07")
    life = lives(git_instance)["a"]
    assert (life.moved, life.changed) == ("2026-01-05", "2026-01-07")
    for day, front in (
        ("2026-01-08", laid_out.replace("Tack", "Stort tack")),
        ("2026-01-09", "decisions:\n  - {date: 2026-01-09, to: concept, by: idérådet, reason: Bra.}\n"),
        ("2026-01-10", "tests:\n  - {key: ett, hypothesis: Torrare}\n"),
    ):
        git_instance.commit({A: idea("submitted", front)}, day)
        assert lives(git_instance)["a"].moved == day


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The folder for what is remembered."""
    made = tmp_path / "place"
    made.mkdir()
    return made


Way = Callable[[GitInstance, str], None]


def merge(instance: GitInstance, day: str) -> None:
    instance.git("merge", "--quiet", "--no-ff", "--message", "Merge pull request #1", "work", date=day)


def squash(instance: GitInstance, day: str) -> None:
    instance.git("merge", "--quiet", "--squash", "work")
    instance.git("commit", "--quiet", "--message", "Squashed (#1)", date=day)


def rebase(instance: GitInstance, day: str) -> None:
    """As GitHub's Rebase button does: the commits get the day of the merge."""
    instance.git("checkout", "--quiet", "work")
    instance.git("rebase", "--quiet", "--force-rebase", "main", date=day)
    instance.git("checkout", "--quiet", "main")
    instance.git("merge", "--quiet", "--ff-only", "work")


def pull_request(instance: GitInstance, way: Way, day: str, *changes: Files) -> None:
    """Bring changes in by a branch, committed two days before the merge, while main goes on beside."""
    instance.git("checkout", "--quiet", "-b", "work")
    before = f"{day[:-2]}{int(day[-2:]) - 2:02}"
    for change in changes:
        instance.commit(change, before)
    instance.git("checkout", "--quiet", "main")
    instance.commit({"ideas/2026/beside.md": idea("submitted", body=day)}, before)
    way(instance, day)
    instance.git("branch", "--quiet", "-D", "work")


@pytest.mark.parametrize("way", [merge, squash, rebase])
def test_the_day_of_the_merge_counts_whatever_the_way(git_instance: GitInstance, way: Way) -> None:
    git_instance.commit({A: idea("submitted"), B: idea("submitted")}, "2026-01-05")
    pull_request(git_instance, way, "2026-01-12", {A: idea("answered", ANSWER)}, {A: idea("answered", ANSWER, "Mer.")})
    pull_request(
        git_instance, way, "2026-01-20", {A: idea("assessed", ANSWER), B: idea("closed")}
    )  # two ideas in one PR
    found = lives(git_instance)
    assert steps(found["a"]) == [("submitted", "2026-01-05"), ("answered", "2026-01-12"), ("assessed", "2026-01-20")]
    assert steps(found["b"]) == [("submitted", "2026-01-05"), ("closed", "2026-01-20")]
    assert (found["a"].changed, found["a"].moved) == ("2026-01-20", "2026-01-20")


@pytest.mark.parametrize(("way", "seen"), [(merge, 1), (squash, 1), (rebase, 3)])
def test_a_branch_that_goes_back_and_forth(git_instance: GitInstance, way: Way, seen: int) -> None:
    """A merge or a squash shows one step; commits laid on the line one by one show each, all of the same day."""
    git_instance.commit({A: idea("submitted")}, "2026-01-05")
    changes = ({A: idea("closed")}, {A: idea("submitted", body="Nej.")}, {A: idea("answered", ANSWER)})
    pull_request(git_instance, way, "2026-01-12", *changes)
    shown = steps(lives(git_instance)["a"])
    assert shown[0] == ("submitted", "2026-01-05")
    assert shown[-1] == ("answered", "2026-01-12")
    assert [day for _, day in shown[1:]] == ["2026-01-12"] * seen


def test_a_revert_is_a_step_back_and_a_reopened_idea_goes_on(git_instance: GitInstance) -> None:
    git_instance.commit({A: idea("submitted")}, "2026-01-05")
    git_instance.commit({A: idea("closed")}, "2026-01-07")
    git_instance.git("revert", "--no-edit", "HEAD", date="2026-01-09")
    git_instance.commit({A: idea("answered", ANSWER)}, "2026-01-11")
    assert steps(lives(git_instance)["a"]) == [
        ("submitted", "2026-01-05"),
        ("closed", "2026-01-07"),
        ("submitted", "2026-01-09"),
        ("answered", "2026-01-11"),
    ]


def test_a_deleted_entry_is_gone_and_a_restored_one_goes_on(git_instance: GitInstance) -> None:
    git_instance.commit({A: idea("answered", ANSWER)}, "2026-01-05")
    git_instance.commit({A: None}, "2026-01-07")
    gone = lives(git_instance)["a"]
    assert (gone.gone, gone.changed, steps(gone)) == ("2026-01-07", "2026-01-05", [("answered", "2026-01-05")])
    git_instance.git("revert", "--no-edit", "HEAD", date="2026-01-09")
    back = lives(git_instance)["a"]
    assert back == Life("2026-01-05", "2026-01-09", "2026-01-05", gone.steps, commits=2)


def test_another_folder_is_the_same_life(git_instance: GitInstance) -> None:
    git_instance.commit({A: idea("submitted")}, "2026-01-05")
    git_instance.commit({A: None, "ideas/2025/more/a.md": idea("submitted")}, "2026-01-07")
    life = lives(git_instance)["a"]
    assert life == Life("2026-01-05", "2026-01-05", "2026-01-05", life.steps)
    git_instance.commit({"ideas/2025/more/a.md": idea("answered", ANSWER)}, "2026-01-08")
    assert steps(lives(git_instance)["a"]) == [("submitted", "2026-01-05"), ("answered", "2026-01-08")]


def test_a_renamed_entry_goes_on_by_formerly(git_instance: GitInstance) -> None:
    git_instance.commit({A: idea("submitted")}, "2026-01-05")
    git_instance.commit({A: None, B: idea("submitted", "formerly: [a]\n")}, "2026-01-07")
    git_instance.commit({B: idea("answered", "formerly: [a]\n" + ANSWER)}, "2026-01-09")
    found = lives(git_instance)
    assert "a" not in found
    assert found["b"] == Life("2026-01-05", "2026-01-09", "2026-01-09", found["b"].steps, commits=3)
    assert steps(found["b"]) == [("submitted", "2026-01-05"), ("answered", "2026-01-09")]


def test_a_renaming_moves_nothing_but_what_changed_with_it(git_instance: GitInstance) -> None:
    git_instance.commit({A: idea("submitted")}, "2026-01-05")
    git_instance.commit({A: idea("submitted", ANSWER)}, "2026-01-07")
    git_instance.commit({A: None, B: idea("submitted", "formerly: [a]\n" + ANSWER)}, "2026-01-09")
    assert lives(git_instance)["b"].moved == "2026-01-07"
    more = "formerly: [b, a]\n" + ANSWER.replace("Tack", "Stort tack")
    git_instance.commit({B: None, "ideas/2026/c.md": idea("submitted", more)}, "2026-01-11")
    assert lives(git_instance)["c"].moved == "2026-01-11"


def test_of_two_files_of_one_name_the_first_counts_as_it_does_for_the_catalogue(git_instance: GitInstance) -> None:
    git_instance.commit({A: idea("submitted")}, "2026-01-05")
    git_instance.commit({"ideas/2025/a.md": idea("answered", ANSWER)}, "2026-01-06")
    git_instance.commit({A: idea("closed")}, "2026-01-07")
    assert steps(lives(git_instance)["a"]) == [("submitted", "2026-01-05"), ("answered", "2026-01-06")]


def test_formerly_may_be_written_after_the_renaming(git_instance: GitInstance) -> None:
    git_instance.commit({A: idea("submitted")}, "2026-01-05")
    git_instance.commit({A: None, B: idea("submitted")}, "2026-01-07")
    assert lives(git_instance)["b"].born == "2026-01-07"
    git_instance.commit({B: idea("submitted", "formerly: [a]\n")}, "2026-01-08")
    found = lives(git_instance)
    assert list(found) == ["b"]
    assert found["b"].born == "2026-01-05"
    assert steps(found["b"]) == [("submitted", "2026-01-05")]


def test_a_step_that_was_taken_with_the_renaming_counts(git_instance: GitInstance) -> None:
    git_instance.commit({A: idea("submitted")}, "2026-01-05")
    git_instance.commit({A: None, B: idea("answered", ANSWER)}, "2026-01-07")
    git_instance.commit({B: idea("answered", "formerly: [a]\n" + ANSWER)}, "2026-01-08")
    assert steps(lives(git_instance)["b"]) == [("submitted", "2026-01-05"), ("answered", "2026-01-07")]


def test_a_file_is_read_to_the_last_byte_that_may_be(git_instance: GitInstance) -> None:
    sha = git_instance.commit({A: "x" * 1000}, "2026-01-05")
    blob = git_instance.git("rev-parse", f"{sha}:{A}")
    assert [len(data) for _, data in blobs(git_instance.root, [blob], bound=1000)] == [1000]
    assert list(blobs(git_instance.root, [blob], bound=999)) == []


def test_a_renaming_that_is_reverted_and_done_again_is_one_life(git_instance: GitInstance) -> None:
    git_instance.commit({A: idea("submitted")}, "2026-01-05")
    git_instance.commit({A: None, B: idea("answered", "formerly: [a]\n" + ANSWER)}, "2026-01-07")
    renaming = git_instance.git("rev-parse", "HEAD")
    git_instance.git("revert", "--no-edit", "HEAD", date="2026-01-09")
    found = lives(git_instance)
    assert list(found) == ["a"]
    assert steps(found["a"]) == [("submitted", "2026-01-05"), ("answered", "2026-01-07"), ("submitted", "2026-01-09")]
    git_instance.git("cherry-pick", renaming, date="2026-01-11")
    assert list(lives(git_instance)) == ["b"]
    assert steps(lives(git_instance)["b"])[-1] == ("answered", "2026-01-11")


def test_an_entry_that_lived_beside_another_is_no_renaming_of_it(git_instance: GitInstance) -> None:
    git_instance.commit({A: idea("submitted"), B: idea("submitted")}, "2026-01-05")
    git_instance.commit({A: None, B: idea("submitted", "formerly: [a]\n")}, "2026-01-07")
    found = lives(git_instance)
    assert found["a"].gone == "2026-01-07"
    assert found["b"].commits == 2


def test_what_cannot_be_read_is_no_step(git_instance: GitInstance) -> None:
    git_instance.commit({A: idea("submitted")}, "2026-01-05")
    git_instance.commit({A: idea("answered", "a: b: c\n")}, "2026-01-06")
    git_instance.commit({A: idea("nowhere")}, "2026-01-07")
    git_instance.commit({A: b"---\n" + b"x" * 2_000_000}, "2026-01-08")
    assert steps(lives(git_instance)["a"]) == [("submitted", "2026-01-05")]
    git_instance.commit({A: idea("assessed")}, "2026-01-09")
    assert steps(lives(git_instance)["a"]) == [("submitted", "2026-01-05"), ("assessed", "2026-01-09")]


def test_only_ideas_take_steps(git_instance: GitInstance) -> None:
    need = "---\ntitle: Torrare\nunit: enhet\nsource: audit\n---\n"
    git_instance.commit({"ideas/needs/torrt.md": need}, "2026-01-05")
    assert lives(git_instance) == {"torrt": Life("2026-01-05", "2026-01-05", "2026-01-05")}


def test_what_is_no_entry_has_no_life(git_instance: GitInstance) -> None:
    git_instance.commit(
        {
            A: idea("submitted"),
            "ideas/README.md": "x",
            "ideas/2026/README.md": "x",
            "ideas/2026/.hidden.md": "x",
            "ideas/.cache/x.md": "x",
            "ideas/media/picture.md": "x",
            "ideas/loose.md": "x",
            "docs/2026/page.md": "x",
        },
        "2026-01-05",
    )
    assert list(lives(git_instance)) == ["a"]


def test_a_bulk_commit_is_neither_change_nor_step(git_instance: GitInstance, place: Path) -> None:
    git_instance.commit({A: idea("submitted", ANSWER)}, "2026-01-05")
    sweep = git_instance.commit(
        {A: idea("answered", ANSWER.replace("Tack", "Tackar")), B: idea("submitted")}, "2026-02-01"
    )
    assert steps(lives(git_instance)["a"])[-1] == ("answered", "2026-02-01")
    history.read(git_instance.root, place)
    git_instance.commit(
        {".git-blame-ignore-revs": f"# All files laid out anew\n {sweep}\t# each of them\n"}, "2026-02-02"
    )
    found = lives(git_instance)
    assert history.read(git_instance.root, place).lives == found, "nor where they were read before it was listed"
    assert found["a"] == Life("2026-01-05", "2026-01-05", "2026-01-05", found["a"].steps)
    assert steps(found["a"]) == [("submitted", "2026-01-05")]
    assert steps(found["b"]) == [("submitted", "2026-02-01")], "the day that a file came is its birth all the same"
    git_instance.commit({A: idea("assessed", ANSWER)}, "2026-02-03")
    assert steps(lives(git_instance)["a"]) == [("submitted", "2026-01-05"), ("assessed", "2026-02-03")]


def test_a_coach_who_pulled_with_local_work(git_instance: GitInstance, tmp_path: Path) -> None:
    """The coach's pull makes their own line the first; what others merged meanwhile then has the day of the pull."""
    git_instance.commit({A: idea("submitted"), B: idea("submitted")}, "2026-01-05")
    coach = GitInstance(tmp_path / "coach")
    git_instance.git("clone", "--quiet", str(git_instance.root), str(coach.root))
    git_instance.commit({A: idea("answered", ANSWER)}, "2026-01-07")
    coach.commit({B: idea("closed")}, "2026-01-08")
    coach.git("pull", "--quiet", "--no-rebase", "--no-edit", date="2026-01-12")
    found = lives(coach)
    assert steps(found["a"]) == [("submitted", "2026-01-05"), ("answered", "2026-01-12")]
    assert steps(found["b"]) == [("submitted", "2026-01-05"), ("closed", "2026-01-08")]
    rebased = GitInstance(tmp_path / "rebased")
    git_instance.git("clone", "--quiet", str(git_instance.root), str(rebased.root))
    rebased.git("reset", "--quiet", "--hard", "HEAD~1")
    rebased.commit({B: idea("closed")}, "2026-01-08")
    rebased.git("pull", "--quiet", "--rebase", date="2026-01-12")
    assert steps(lives(rebased)["a"]) == [("submitted", "2026-01-05"), ("answered", "2026-01-07")]
    assert steps(lives(rebased)["b"]) == [("submitted", "2026-01-05"), ("closed", "2026-01-12")]


def test_an_instance_in_a_folder_of_the_repository(git_instance: GitInstance) -> None:
    git_instance.commit({f"inner åäö/{A}": idea("submitted"), B: idea("closed")}, "2026-01-05")
    inner = GitInstance(git_instance.root / "inner åäö")
    assert steps(lives(inner)["a"]) == [("submitted", "2026-01-05")]
    assert list(lives(inner)) == ["a"]


def test_without_a_repository_nothing_is_known(tmp_path: Path) -> None:
    assert history.read(tmp_path, None) == history.NONE


def test_a_repository_without_a_commit(git_instance: GitInstance) -> None:
    assert history.read(git_instance.root, None) == history.NONE


def test_a_shallow_clone_gives_no_lives(git_instance: GitInstance, tmp_path: Path) -> None:
    git_instance.commit({A: idea("submitted")}, "2026-01-05")
    git_instance.commit({A: idea("answered", ANSWER)}, "2026-01-07")
    clone = GitInstance(tmp_path / "shallow")
    git_instance.git("clone", "--quiet", "--depth=1", f"file://{git_instance.root}", str(clone.root))
    told = history.read(clone.root, None)
    assert told.is_shallow
    assert told.lives == {}
    clone.git("fetch", "--quiet", "--unshallow")
    assert history.read(clone.root, None) == history.read(git_instance.root, None)


def test_until_an_earlier_commit(git_instance: GitInstance, place: Path) -> None:
    first = git_instance.commit({A: idea("submitted")}, "2026-01-05")
    git_instance.commit({A: idea("answered", ANSWER)}, "2026-01-07")
    then = history.read(git_instance.root, place, until=first)
    assert then.head == history.Commit(first, "2026-01-05")
    assert steps(then.lives["a"]) == [("submitted", "2026-01-05")]
    assert list(place.iterdir()) == [], "only what is checked out is kept"


def test_hostile_names_modes_and_contents(git_instance: GitInstance) -> None:
    git_instance.commit({A: idea("submitted"), "ideas/2026/new\nline.md": idea("submitted")}, "2026-01-05")
    root = git_instance.root
    (root / "ideas/2026/link.md").symlink_to("a.md")
    (root / "ideas/2026/module.md").mkdir()
    inner = GitInstance(root / "ideas/2026/module.md")
    inner.git("init", "--quiet")
    inner.commit({"x": "x"}, "2026-01-01")
    Path(os.fsdecode(b"%s/ideas/2026/\xff.md" % os.fsencode(root))).write_text(idea("submitted"), "utf-8")
    git_instance.commit({"ideas/2026/:100644 x.md": idea("submitted")}, "2026-01-06")
    assert set(lives(git_instance)) == {"a", "new\nline", ":100644 x"}
    (root / A).unlink()
    (root / A).symlink_to("b.md")
    git_instance.commit({}, "2026-01-07")
    assert lives(git_instance)["a"].gone == "2026-01-07", "a link is no entry"


CONFIGURED = """\
[log]
	showSignature = true
	follow = true
	date = relative
	decorate = full
	showRoot = false
	diffMerges = off
	abbrevCommit = true
[diff]
	renames = copies
	relative = true
	external = /bin/false
	noprefix = true
	ignoreSubmodules = all
	orderFile = /nowhere
[color]
	ui = always
[core]
	pager = false
	quotePath = true
	abbrev = 5
[format]
	pretty = oneline
	notes = true
[i18n]
	logOutputEncoding = ISO-8859-1
[pager]
	log = true
"""


def test_neither_settings_nor_environment_change_the_outcome(
    git_instance: GitInstance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git_instance.commit({f"inner/{A}": idea("submitted")}, "2026-01-05")
    pull_request(git_instance, merge, "2026-01-12", {f"inner/{A}": None, "inner/ideas/2025/a.md": idea("answered")})
    inner = GitInstance(git_instance.root / "inner")
    plain = history.read(inner.root, None)
    assert steps(plain.lives["a"]) == [("submitted", "2026-01-05"), ("answered", "2026-01-12")]
    configuration = tmp_path / "config"
    configuration.write_text(CONFIGURED, "utf-8")
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text(CONFIGURED, "utf-8")
    git_instance.git("config", "include.path", str(configuration))
    for name, value in {
        "HOME": home, "TZ": "Pacific/Kiritimati", "LC_ALL": "sv_SE.UTF-8", "GIT_DIR": tmp_path,
        "GIT_WORK_TREE": tmp_path, "GIT_INDEX_FILE": tmp_path / "index", "GIT_CEILING_DIRECTORIES": inner.root,
        "GIT_NAMESPACE": "x", "GIT_EXTERNAL_DIFF": "/bin/false", "GIT_ICASE_PATHSPECS": "1", "GIT_PAGER": "false",
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.bare", "GIT_CONFIG_VALUE_0": "nonsense",
        "GIT_TRACE": "1", "GIT_OBJECT_DIRECTORY": tmp_path,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, str(value))
    assert history.read(inner.root, None) == plain
    assert list(history.versions(inner.root, "ideas/2025/a.md")) == [idea("answered").encode()]


def test_a_replaced_commit_is_not_believed(git_instance: GitInstance) -> None:
    git_instance.commit({A: idea("submitted")}, "2026-01-05")
    second = git_instance.commit({A: idea("answered", ANSWER)}, "2026-01-07")
    git_instance.commit({A: idea("assessed", ANSWER)}, "2026-01-09")
    plain = lives(git_instance)
    git_instance.git("replace", "--graft", second)
    assert lives(git_instance) == plain


# ---- what is kept


def grown(instance: GitInstance, number: int) -> None:
    """Commit so many further ideas, each by itself."""
    start = int(instance.git("rev-list", "--count", "HEAD"))
    for at in range(start, start + number):
        instance.commit({f"ideas/2026/i{at}.md": idea("submitted")}, f"2026-02-{at % 28 + 1:02}")


def read_counting(instance: GitInstance, place: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[history.History, int]:
    """What is read, and how many commits had to be looked at."""
    looked = 0
    true_passing = passing.passing

    def counting(*arguments: object) -> object:
        nonlocal looked
        for passed in true_passing(*arguments):  # type: ignore[arg-type]
            looked += 1
            yield passed

    with monkeypatch.context() as patch:
        patch.setattr("idesluss.history.reading.passing", counting)
        return history.read(instance.root, place), looked


def test_new_commits_cost_only_themselves(
    git_instance: GitInstance, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git_instance.commit({A: idea("submitted")}, "2026-01-05")
    grown(git_instance, 9)
    assert read_counting(git_instance, place, monkeypatch)[1] == 10
    assert read_counting(git_instance, place, monkeypatch)[1] == 0
    git_instance.commit({A: idea("answered", ANSWER)}, "2026-03-01")
    git_instance.commit({A: None, B: idea("answered", "formerly: [a]\n" + ANSWER)}, "2026-03-02")
    told, looked = read_counting(git_instance, place, monkeypatch)
    assert looked == 2
    assert told == history.read(git_instance.root, None)
    assert steps(told.lives["b"])[-1] == ("answered", "2026-03-01")


def test_a_change_of_branch_finds_what_both_share(
    git_instance: GitInstance, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git_instance.commit({A: idea("submitted")}, "2026-01-05")
    grown(git_instance, 9)
    history.read(git_instance.root, place)
    git_instance.git("checkout", "--quiet", "-b", "work")
    grown(git_instance, 2)
    history.read(git_instance.root, place)
    git_instance.git("checkout", "--quiet", "main")
    grown(git_instance, 1)
    told, looked = read_counting(git_instance, place, monkeypatch)
    assert looked == 1
    assert told == history.read(git_instance.root, None)


def test_a_commit_that_comes_while_history_is_read_is_not_kept_for_the_one_before(
    git_instance: GitInstance, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = git_instance.commit({A: idea("submitted")}, "2026-01-05")
    true_stand = history.stand

    def committing(root: Path) -> str:
        monkeypatch.undo()
        told = true_stand(root)
        git_instance.commit({A: idea("answered", ANSWER)}, "2026-01-07")
        return told

    monkeypatch.setattr("idesluss.history.reading.stand", committing)
    assert steps(history.read(git_instance.root, place).lives["a"])[-1] == ("answered", "2026-01-07")
    git_instance.git("reset", "--quiet", "--hard", first)
    assert steps(history.read(git_instance.root, place).lives["a"]) == [("submitted", "2026-01-05")]


def rewritten(instance: GitInstance) -> None:
    instance.git("commit", "--quiet", "--amend", "--message", "Other", date="2026-04-01")


def cut_short(instance: GitInstance) -> None:
    instance.git("reset", "--quiet", "--hard", "HEAD~2")


def swept(instance: GitInstance) -> None:
    """As after a rewriting whose old commits are gone for good."""
    rewritten(instance)
    instance.git("reflog", "expire", "--expire=now", "--all")
    instance.git("gc", "--quiet", "--prune=now")


def merged_from_the_side(instance: GitInstance) -> None:
    """What was the line is now the second parent."""
    instance.git("checkout", "--quiet", "-b", "side", "HEAD~3")
    instance.commit({A: idea("closed")}, "2026-04-02")
    instance.git("merge", "--quiet", "--no-edit", "main", date="2026-04-03")


@pytest.mark.parametrize("change", [rewritten, cut_short, swept, merged_from_the_side])
def test_a_rewritten_line_is_read_anew(
    git_instance: GitInstance, place: Path, change: Callable[[GitInstance], None]
) -> None:
    git_instance.commit({A: idea("submitted")}, "2026-01-05")
    grown(git_instance, 5)
    kept = history.read(git_instance.root, place)
    change(git_instance)
    told = history.read(git_instance.root, place)
    assert told == history.read(git_instance.root, None)
    assert told != kept
    assert history.read(git_instance.root, place) == told


def test_a_torn_store_is_read_anew(git_instance: GitInstance, place: Path) -> None:
    git_instance.commit({A: idea("submitted")}, "2026-01-05")
    told = history.read(git_instance.root, place)
    whole = {path: path.read_bytes() for path in place.iterdir()}
    assert len(whole) == 3
    for path, data in whole.items():
        for length in (0, 1, 30, len(data) // 2, len(data) - 1):
            path.write_bytes(data[:length])
            git_instance.commit({f"ideas/2026/n{length}.md": idea("submitted")}, "2026-01-06")
            assert history.read(git_instance.root, place) == history.read(git_instance.root, None)
        flipped = bytearray(data)
        flipped[-5] ^= 1
        path.write_bytes(bytes(flipped))
        assert history.read(git_instance.root, place) == history.read(git_instance.root, None)
    assert told.lives["a"] == history.read(git_instance.root, place).lives["a"]


KILLED = """
import os, signal, sys
from pathlib import Path
from idesluss import history
step = int(sys.argv[3])
def at(number):
    if number == step:
        os.kill(os.getpid(), signal.SIGKILL)
done = 0
true_replace = os.replace
def replace(*paths):
    global done
    at(2 * done)
    true_replace(*paths)
    at(2 * done + 1)
    done += 1
os.replace = replace
history.read(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.parametrize("step", range(6))
def test_a_kill_while_storing_leaves_a_store_that_serves(git_instance: GitInstance, place: Path, step: int) -> None:
    git_instance.commit({A: idea("submitted")}, "2026-01-05")
    done = subprocess.run(
        [sys.executable, "-c", KILLED, git_instance.root, place, str(step)], check=False, env=dict(os.environ)
    )
    assert done.returncode == -signal.SIGKILL
    git_instance.commit({A: idea("answered", ANSWER)}, "2026-01-07")
    assert history.read(git_instance.root, place) == history.read(git_instance.root, None)


def test_a_kill_at_any_moment(git_instance: GitInstance, place: Path) -> None:
    git_instance.commit({A: idea("submitted")}, "2026-01-05")
    grown(git_instance, 20)
    code = "import sys; from pathlib import Path; from idesluss import history\nprint(1, flush=True)\n"
    code += "while True:\n    history.read(Path(sys.argv[1]), Path(sys.argv[2]))\n"
    code += "    [path.unlink() for path in Path(sys.argv[2]).glob('h*')]\n"
    for moment in range(8):
        process = subprocess.Popen([sys.executable, "-c", code, git_instance.root, place], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.02 + moment * 0.013)
        process.kill()
        process.wait()
        process.stdout.close()
        assert history.read(git_instance.root, place) == history.read(git_instance.root, None)


def test_an_entry_shares_no_past_with_that_of_a_portal_it_was_copied_from(git_instance: GitInstance) -> None:
    """It only has the same name; what stays through the change keeps its days."""
    ours, theirs = (SETTINGS_OF.format(owner, address) for owner, address in (("Vi", "vi"), ("De", "de")))
    git_instance.commit({"idesluss.yml": theirs, A: idea("submitted"), B: idea("submitted")}, "2025-01-05")
    git_instance.commit({A: idea("answered", ANSWER)}, "2025-02-05")
    git_instance.commit({A: None, "idesluss.yml": ours}, "2026-01-05")
    git_instance.commit({A: idea("submitted")}, "2026-02-05")
    told = lives(git_instance)
    assert (told["a"].born, steps(told["a"])) == ("2026-02-05", [("submitted", "2026-02-05")])
    assert told["b"].born == "2025-01-05"
    git_instance.commit({A: None, "idesluss.yml": ours.replace("//vi", "//ny")}, "2026-03-05")
    git_instance.commit({A: idea("submitted")}, "2026-04-05")
    assert lives(git_instance)["a"].born == "2026-02-05"
