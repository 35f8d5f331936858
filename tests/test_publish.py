"""Publishing on real folders and in real processes: what stands is whole at every moment, and nothing is done twice."""

from __future__ import annotations

import contextlib
import copy
import errno
import itertools
import os
import random
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import toy_site
from idesluss.artifact import Artifact
from idesluss.publish import Published, PublishError, making, mark_of, placing, publish, standing, workers
from toy_site import State, faults, first_state, publish_state

MARKER = ".idesluss-site"
TOY = Path(toy_site.__file__)
IMPORTABLE = os.pathsep.join(path for path in sys.path if path)
Change = Callable[[State, random.Random], None]


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A folder in memory where there is one: a busy disk would make a thousand kills last for minutes."""
    in_memory = Path("/dev/shm")  # noqa: S108 - the folder is made by mkdtemp
    folder = Path(tempfile.mkdtemp(dir=in_memory if os.access(in_memory, os.W_OK) else None))
    yield folder.resolve()
    shutil.rmtree(folder)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return tmp_path / "memory"


def bytes_of(site: Path) -> Mapping[str, bytes]:
    found = {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if not file.is_dir()}
    assert found, f"nothing in {site}"
    return found


def fresh(state: State, tmp_path: Path) -> Mapping[str, bytes]:
    """What a first build of the state holds."""
    place = tmp_path / "fresh"
    publish_state(state, place / "site", place / "memory")
    try:
        return bytes_of(place / "site")
    finally:
        shutil.rmtree(place)


def after(state: State, *changes: Change, seed: int = 1) -> State:
    changed = copy.deepcopy(state)
    pick = random.Random(seed)
    for change in changes:
        change(changed, pick)
    return changed


def nothing_left_over(site: Path, memory: Path) -> bool:
    beside = {entry.name for entry in site.parent.iterdir() if entry.name.startswith(f".{site.name}.")}
    within = {entry.name for entry in site.iterdir() if entry.name.startswith(".idesluss-")}
    return not beside and within == {MARKER} and {file.name for file in memory.iterdir()} == {"lock", "manifest"}


def plain(path: str, data: bytes = b"x", *reads: str) -> Artifact:
    return Artifact(path, reads, lambda: data)


def failing(path: str, *reads: str) -> Artifact:
    def make() -> bytes:
        raise LookupError("no such unit")

    return Artifact(path, reads, make)


def publish_plain(artifacts: list[Artifact], tmp_path: Path, **options: Any) -> Published:
    asked: dict[str, Any] = {"render": toy_site.render, "digest": str, "stamp": "1", "wait": 0.0, **options}
    return publish(artifacts, site=tmp_path / "site", memory=tmp_path / "memory", **asked)


def child(run: Callable[[], object]) -> int:
    """Start a process that does this and nothing else; its id."""
    process = os.fork()
    if process:
        return process
    try:
        run()
        os._exit(0)
    except BaseException:  # noqa: BLE001 - whatever it is, it must not go on as a second pytest
        traceback.print_exc()
    finally:
        os._exit(1)


def ended(process: int) -> int:
    """The exit code of a process, or minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


# What is made, and what is left alone


def test_a_second_run_makes_and_writes_nothing(site: Path, memory: Path) -> None:
    state = first_state(12)
    first = publish_state(state, site, memory)
    before = {file: file.stat().st_ino for folder in (site, memory) for file in folder.rglob("*")}
    second = publish_state(state, site, memory)
    assert first.made == first.written == second.unchanged > 40
    assert (second.made, second.written, second.deleted) == (0, 0, 0)
    assert before == {file: file.stat().st_ino for folder in (site, memory) for file in folder.rglob("*")}


def test_only_what_reads_a_changed_name_is_made_and_only_new_bytes_are_written(tmp_path: Path) -> None:
    pages = [plain(f"{at}.html", b"old", f"entry-{at}") for at in range(20)]
    publish_plain([*pages, plain("list.html", b"same", "kind:idea", "entry-7")], tmp_path)
    inodes = {file.name: file.stat().st_ino for file in (tmp_path / "site").iterdir()}
    rendered = []

    def render(artifact: Artifact) -> bytes:
        rendered.append(artifact.path)
        return toy_site.render(artifact)

    pages[7] = plain("7.html", b"new", "entry-7")
    done = publish_plain(
        [*pages, plain("list.html", b"same", "kind:idea", "entry-7")],
        tmp_path,
        render=render,
        digest=lambda name: f"{name} changed" if name == "entry-7" else name,
    )
    assert rendered == ["7.html", "list.html"]
    assert (done.made, done.written, done.unchanged, done.at_once) == (2, 1, 20, False)
    assert (tmp_path / "site/7.html").read_bytes() == b"new"
    now = {file.name: file.stat().st_ino for file in (tmp_path / "site").iterdir()}
    assert {name for name in now if now[name] != inodes[name]} == {"7.html"}


def test_what_changed_comes_before_the_lists_that_tell_of_it_and_the_start_page_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pages(data: bytes) -> list[Artifact]:
        told = {"index.html": "entry", "list.html": "kind:idea", "files.json": "=files", "page.html": "entry"}
        return [*(plain(path, data, name) for path, name in told.items()), *(plain(f"{at}.html") for at in range(20))]

    publish_plain(pages(b"old"), tmp_path)
    came: list[str] = []
    replace_ = os.replace

    def replacing(old: Path, new: Path) -> None:
        came.append(Path(new).name)
        replace_(old, new)

    monkeypatch.setattr(os, "replace", replacing)
    assert not publish_plain(pages(b"new"), tmp_path, stamp="2").at_once
    assert [name for name in came if "manifest" not in name] == ["page.html", "list.html", "files.json", "index.html"]


def test_another_stamp_makes_all_again_but_writes_only_what_differs(tmp_path: Path) -> None:
    pages = [plain(f"{at}.html", str(at).encode()) for at in range(9)]
    publish_plain(pages, tmp_path)
    done = publish_plain([*pages[:8], plain("8.html", b"new")], tmp_path, stamp="2")
    assert (done.made, done.written, done.unchanged) == (9, 1, 8)


def test_what_is_timeless_is_kept_on_another_day(tmp_path: Path) -> None:
    pages = [plain("page.html"), replace(plain("card.png", b"x", "title"), timeless=True)]
    publish_plain(pages, tmp_path, timeless="look")
    assert publish_plain(pages, tmp_path, stamp="2", timeless="look").made == 1
    assert publish_plain(pages, tmp_path, stamp="2", timeless="new look").made == 1
    assert publish_plain(pages, tmp_path, stamp="2", timeless="new look", digest=lambda name: f"new {name}").made == 1


def test_each_name_is_asked_for_once(tmp_path: Path) -> None:
    asked: list[str] = []

    def digest(name: str) -> str:
        asked.append(name)
        return name

    publish_plain(
        [plain("1.html", b"", "a", "kind:idea"), plain("2.html", b"", "kind:idea", "a")], tmp_path, digest=digest
    )
    assert sorted(asked) == ["a", "kind:idea"]


def test_ready_files_are_copied_and_followed(site: Path, tmp_path: Path) -> None:
    font, style = tmp_path / "font.woff2", b"body {}"
    font.write_bytes(b"one")
    publish_plain([plain("index.html")], tmp_path, files={"assets/font.woff2": font, "look.css": style})
    assert (
        publish_plain([plain("index.html")], tmp_path, files={"assets/font.woff2": font, "look.css": style}).made == 0
    )
    font.write_bytes(b"two")
    done = publish_plain([plain("index.html")], tmp_path, files={"assets/font.woff2": font, "look.css": b"p {}"})
    assert done.written == 2
    assert bytes_of(site) == {
        MARKER: (site / MARKER).read_bytes(),
        "index.html": b"x",
        "assets/font.woff2": b"two",
        "look.css": b"p {}",
    }


def test_late_files_are_asked_for_when_all_else_is_made(site: Path, memory: Path) -> None:
    told: list[str] = []
    late = {"index/a.bin": b"1"}

    def make() -> bytes:
        told.append("page")
        return b"page"

    def run() -> Published:
        def rest() -> Mapping[str, bytes]:
            told.append("late")
            return late

        artifacts = [Artifact("sida/index.html", (), make)]
        return publish(artifacts, lambda it: it.make(), str, site, memory, stamp="1", late=rest)  # type: ignore[arg-type,return-value]

    run()
    assert told == ["page", "late"]
    assert (site / "index" / "a.bin").read_bytes() == b"1"
    assert run() == Published(unchanged=2)
    late["index/b.bin"] = b"2"
    assert run().written == 1
    del late["index/a.bin"]
    assert run().deleted == 1
    assert not (site / "index" / "a.bin").exists()
    late["sida/index.html"] = b"another"
    with pytest.raises(PublishError):
        run()
    assert (site / "sida" / "index.html").read_bytes() == b"page"


def test_a_ready_file_that_is_gone_fails_alone(site: Path, tmp_path: Path) -> None:
    done = publish_plain([plain("index.html")], tmp_path, files={"font.woff2": tmp_path / "nowhere"})
    assert [path for path, _ in done.failed] == ["font.woff2"]
    assert (site / "index.html").is_file()


def test_what_no_output_makes_any_more_is_deleted_with_its_folders(site: Path, tmp_path: Path) -> None:
    kept = [plain(f"{at}.html") for at in range(20)]
    publish_plain([*kept, plain("deep/er/page.html"), plain("deep/er/picture.png")], tmp_path)
    done = publish_plain(kept, tmp_path)
    assert (done.deleted, done.made, done.at_once) == (2, 0, False)
    assert not (site / "deep").exists()


@pytest.mark.parametrize("may_move", [True, False])
def test_a_file_becomes_a_folder_and_a_folder_a_file(
    may_move: bool, site: Path, memory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not may_move:
        monkeypatch.setattr(placing, "exchange", refuse_to_exchange)
    kept = [plain(f"{at}.html") for at in range(20)]
    publish_plain([*kept, plain("one"), plain("two/page.html")], tmp_path)
    first = publish_plain([*kept, plain("one/page.html"), plain("two/page.html")], tmp_path)
    second = publish_plain([*kept, plain("one/page.html"), plain("two")], tmp_path)
    assert first.at_once is second.at_once is may_move, "page by page there is a moment without either"
    assert (site / "one/page.html").is_file()
    assert (site / "two").is_file()
    assert nothing_left_over(site, memory)


def test_an_empty_portal_is_a_folder(site: Path, tmp_path: Path) -> None:
    assert publish_plain([], tmp_path).made == 0
    assert site.is_dir()


def test_progress_counts_up_to_what_is_due(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "PATIENCE", 0)
    for jobs in (1, 2):
        heard: list[tuple[int, int]] = []
        publish_plain(
            [plain(f"{at}.html") for at in range(30)],
            tmp_path,
            stamp=str(jobs),
            jobs=jobs,
            progress=lambda done, due, heard=heard: heard.append((done, due)),
        )
        assert heard == [(at, 30) for at in range(1, 31)]


def test_everybody_may_read_the_site_whatever_the_users_umask_is(site: Path, memory: Path) -> None:
    before = os.umask(0o077)
    try:
        publish_state(first_state(3), site, memory)
        assert os.umask(0o077) == 0o077
    finally:
        os.umask(before)
    assert {file.stat().st_mode & 0o777 for file in site.rglob("*") if file.is_file()} == {0o644}
    assert {folder.stat().st_mode & 0o777 for folder in [site, *site.rglob("*")] if folder.is_dir()} == {0o755}


# What others did to the site or to the memory


def meddle_edit(here: Path) -> None:
    (here / "site/ideer/ide-1/index.html").write_text("mine")


def meddle_delete(here: Path) -> None:
    shutil.rmtree(here / "site/ideer/ide-1")


def meddle_link(here: Path) -> None:
    (here / "site/look.css").unlink()
    (here / "site/look.css").symlink_to("/etc/hostname")


def meddle_all(here: Path) -> None:
    shutil.rmtree(here / "site")


def meddle_marker(here: Path) -> None:
    (here / "site" / MARKER).unlink()
    (here / "site/index.html").unlink()


def meddle_empty_folder(here: Path) -> None:
    (here / "site/ideer/mapp/i/mapp").mkdir(parents=True, exist_ok=True)
    (here / "site/index.html").unlink()


def meddle_memory(here: Path) -> None:
    shutil.rmtree(here / "memory")


def meddle_cut(here: Path) -> None:
    os.truncate(here / "memory/manifest", 500)


def meddle_other(here: Path) -> None:
    (here / "memory/manifest").write_bytes(b"\x80\x04 a pickle of somebody's")


def meddle_version(here: Path) -> None:
    data = (here / "memory/manifest").read_bytes()
    (here / "memory/manifest").write_bytes(data.replace(b"idesluss-manifest 1 ", b"idesluss-manifest 0 ", 1))


def meddle_look(here: Path) -> None:
    """Nobody changes anything, but somebody looks at the folder with a file manager."""
    (here / "site/ideer/ide-1/.DS_Store").write_bytes(b"")


def meddle_litter(here: Path) -> None:
    meddle_look(here)
    (here / "site/index.html").unlink()


MEDDLINGS = (
    meddle_edit,
    meddle_delete,
    meddle_link,
    meddle_all,
    meddle_marker,
    meddle_empty_folder,
    meddle_memory,
    meddle_cut,
    meddle_other,
    meddle_version,
    meddle_litter,
)


@pytest.mark.parametrize("meddle", MEDDLINGS)
def test_the_next_run_mends_what_others_did(
    meddle: Callable[[Path], None], site: Path, memory: Path, tmp_path: Path
) -> None:
    state = first_state(12)
    publish_state(state, site, memory)
    wanted = bytes_of(site)
    meddle(tmp_path)
    assert publish_state(state, site, memory).made > 0
    assert bytes_of(site) == wanted
    assert not [folder for folder in site.rglob("*") if folder.is_dir() and not any(folder.iterdir())]
    assert nothing_left_over(site, memory)
    assert publish_state(state, site, memory).made == 0


def meddle_kill(here: Path) -> None:
    """As a kill leaves it, between the last rename of a run and its last word."""
    (here / "memory/manifest.next").write_bytes((here / "memory/manifest").read_bytes())


@pytest.mark.parametrize("meddle", [*MEDDLINGS, meddle_look, meddle_kill, None])
def test_a_site_stands_only_as_it_was_left(
    meddle: Callable[[Path], None] | None, site: Path, memory: Path, tmp_path: Path
) -> None:
    publish_state(first_state(3), site, memory)
    mark = mark_of(memory)
    left_by_a_kill = site.with_name(".site.new-0a1b2c3d")
    left_by_a_kill.mkdir()
    if meddle:
        meddle(tmp_path)
    files = None if meddle else len(bytes_of(site)) - 1
    assert standing(site, memory, mark) == files
    assert left_by_a_kill.exists() is (meddle is meddle_memory)
    assert standing(site, memory, f"{mark} other") is None


def test_a_memory_of_another_site_is_no_memory(site: Path, memory: Path, tmp_path: Path) -> None:
    state = first_state(5)
    publish_state(state, site, memory)
    assert publish_state(state, tmp_path / "other", memory).made > 0
    assert bytes_of(tmp_path / "other") == bytes_of(site)


def refused(run: Callable[[], object]) -> str:
    with pytest.raises(PublishError) as caught:
        run()
    return str(caught.value)


def test_a_folder_of_somebody_elses_is_refused_and_left_alone(site: Path, memory: Path) -> None:
    (site / "semester").mkdir(parents=True)
    (site / "semester/bild.jpg").write_bytes(b"sol")
    said = refused(lambda: publish_state(first_state(3), site, memory))
    assert "semester/bild.jpg" in said
    assert "choose another folder" in said
    assert bytes_of(site) == {"semester/bild.jpg": b"sol"}


def test_a_strangers_file_in_our_folder_is_refused_however_little_is_to_be_done(site: Path, memory: Path) -> None:
    publish_state(first_state(3), site, memory)
    (site / "ideer/CNAME").write_text("x")
    assert "ideer/CNAME" in refused(lambda: publish_state(first_state(3), site, memory))
    assert (site / "ideer/CNAME").read_text() == "x"


@pytest.mark.parametrize("name", [".git/HEAD", ".git"], ids=["a repository", "a worktree"])
def test_a_repository_in_the_site_is_never_replaced_even_if_nothing_is_remembered(
    name: str, site: Path, memory: Path
) -> None:
    publish_state(first_state(3), site, memory)
    (site / name).parent.mkdir(exist_ok=True)
    (site / name).write_text("ref")
    shutil.rmtree(memory)
    assert ".git" in refused(lambda: publish_state(first_state(3), site, memory))
    assert (site / name).is_file()


def test_a_folder_that_became_a_link_is_not_followed(site: Path, memory: Path, tmp_path: Path) -> None:
    publish_state(first_state(3), site, memory)
    (site / "ideer").rename(tmp_path / "elsewhere")
    (site / "ideer").symlink_to(tmp_path / "elsewhere")
    assert "ideer" in refused(lambda: publish_state(after(first_state(3), toy_site.edit), site, memory))


def test_an_empty_folder_is_taken(site: Path, memory: Path) -> None:
    site.mkdir()
    (site / ".DS_Store").write_bytes(b"")
    publish_state(first_state(3), site, memory)
    assert not faults(site)
    assert not (site / ".DS_Store").exists()


def test_a_site_that_is_a_link_to_a_folder_stays_one(site: Path, memory: Path, tmp_path: Path) -> None:
    site.symlink_to(tmp_path / "real")
    publish_state(first_state(3), site, memory)
    publish_state(after(first_state(3), toy_site.redesign), site, memory)
    assert site.is_symlink()
    assert not faults(tmp_path / "real")


def test_a_file_where_the_site_should_be_is_refused(site: Path, memory: Path) -> None:
    site.write_text("mine")
    assert "is a file" in refused(lambda: publish_state(first_state(3), site, memory))
    assert site.read_text() == "mine"


def test_the_memory_may_not_lie_in_the_site(site: Path) -> None:
    assert "within the site" in refused(lambda: publish_state(first_state(3), site, site / "memory"))


def test_folders_with_our_names_but_without_our_marker_are_left(site: Path, memory: Path, tmp_path: Path) -> None:
    for name in (".site.new-0a1b2c3d", ".site.old-0a1b2c3d", ".site.new-notes"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mine.txt").write_text("mine")
    (tmp_path / ".site.new-11111111").symlink_to(tmp_path)
    publish_state(first_state(3), site, memory)
    assert len(list(tmp_path.glob(".site.*"))) == 4
    assert len(list(tmp_path.glob(".site.*/mine.txt"))) == 3


# Paths


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/x",
        "../x",
        "a/../x",
        "a/./x",
        "./x",
        "a//x",
        "a/",
        "a\\x",
        "a\0x",
        "a\nx",
        "C:/x",
        "x" * 256,
        "..",
        ".",
        "a/..",
        ".idesluss-site",
        ".idesluss-new-0/x",
        "\udc80",
    ],
)
def test_a_path_that_could_leave_the_site_is_refused_before_anything_is_written(path: str, tmp_path: Path) -> None:
    assert "not a path within the site" in refused(lambda: publish_plain([plain("index.html"), plain(path)], tmp_path))
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("one", "two", "words"),
    [
        ("a.html", "a.html", "Two outputs write a.html"),
        ("a.html", "A.html", "A.html and a.html"),
        ("å.html", "a\u030a.html", "cannot both be"),
        ("Ideer/a.html", "ideer/b.html", "Ideer/ and ideer/"),
        ("ideer", "ideer/a.html", "ideer and ideer/"),
        ("IDEER", "ideer/a.html", "IDEER and ideer/"),
    ],
)
def test_paths_that_clash_on_some_disk_are_refused(one: str, two: str, words: str, tmp_path: Path) -> None:
    assert words in refused(lambda: publish_plain([plain(one), plain(two)], tmp_path))
    assert words in refused(lambda: publish_plain([plain(two)], tmp_path, files={one: b""}))
    same = plain(one)
    assert "Two outputs" in refused(lambda: publish_plain([same, same], tmp_path))


def test_names_that_people_use_are_fine(site: Path, tmp_path: Path) -> None:
    names = ["idéer/åäö.html", ".nojekyll", ".well-known/security.txt", "a b/c..d.html", "...", "x" * 120]
    publish_plain([plain(name) for name in names], tmp_path)
    assert bytes_of(site).keys() - {MARKER} == set(names)


# A page that cannot be made


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_that_fails_is_told_of_keeps_its_old_bytes_and_is_tried_again(
    jobs: int, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "PATIENCE", 0)
    publish_plain([plain("one.html", b"one"), plain("two.html", b"two")], tmp_path)
    for stamp in ("2", "2"):
        done = publish_plain(
            [failing("one.html"), plain("two.html", b"2"), failing("new.html")], tmp_path, jobs=jobs, stamp=stamp
        )
        assert [path for path, _ in done.failed] == ["one.html", "new.html"]
        assert "LookupError('no such unit') (test_publish.py:" in done.failed[0][1]
        assert bytes_of(site).keys() == {MARKER, "one.html", "two.html"}
        assert ((site / "one.html").read_bytes(), (site / "two.html").read_bytes()) == (b"one", b"2")
    done = publish_plain([plain("one.html", b"1"), plain("two.html", b"2")], tmp_path, jobs=jobs, stamp="2")
    assert (done.made, done.failed, (site / "one.html").read_bytes()) == (1, (), b"1")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_long_failure_is_told_in_short(jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "PATIENCE", 0)

    def make() -> bytes:
        raise ValueError("\U0001f327" * 1000)

    done = publish_plain([Artifact("one.html", (), make), plain("two.html")], tmp_path, jobs=jobs)
    (told,) = (said for _path, said in done.failed)
    assert told.startswith("ValueError('\U0001f327")
    assert len(told) < 500


def test_a_worker_that_dies_takes_only_its_own_pages_with_it(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "PATIENCE", 0)

    def make() -> bytes:
        os.kill(os.getpid(), signal.SIGKILL)
        return b""

    many = [plain(f"{at}.html") for at in range(1500)]
    deadly = {at: Artifact(f"{at}.html", (), make) for at in (401, 801, 1000)}  # more than there are workers
    done = publish_plain([deadly.get(at, artifact) for at, artifact in enumerate(many)], tmp_path, jobs=2)
    lost = [f"{at}.html" for at in (400, 401, 800, 801, 1000, 1001)]
    assert [path for path, _ in done.failed] == lost, "a worker takes two of 1500 at a time, the later one first"
    assert len(bytes_of(site)) == 1 + 1500 - len(lost)
    done = publish_plain(many, tmp_path)
    assert (done.made, done.failed, len(bytes_of(site))) == (len(lost), (), 1501)


@pytest.mark.parametrize("jobs", [2, 3])
def test_any_number_of_processes_writes_the_same_bytes(
    jobs: int, site: Path, memory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "PATIENCE", 0)
    state = first_state(400)
    publish_state(state, site, memory, jobs=jobs)
    assert bytes_of(site) == fresh(state, tmp_path)


def test_a_worker_gives_way_to_another_when_it_has_made_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "PATIENCE", 0)
    monkeypatch.setattr(workers, "LIFE", 25)
    pages = [Artifact(f"{at}.html", (), lambda: str(os.getpid()).encode()) for at in range(200)]
    done = publish_plain(pages, tmp_path, jobs=2)
    assert (done.made, done.failed) == (200, ())
    made = Counter(data for path, data in bytes_of(tmp_path / "site").items() if path != MARKER)
    assert (len(made), max(made.values())) == (8, 25)


def test_workers_that_die_before_they_begin_do_not_keep_a_run_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a system has no memory left."""
    monkeypatch.setattr(making, "PATIENCE", 0)
    monkeypatch.setattr(workers, "_work", lambda *_: os._exit(9))
    done = publish_plain([plain(f"{at}.html") for at in range(20)], tmp_path, jobs=2)
    assert (done.made, len(done.failed)) == (0, 20)


def test_what_a_forked_render_did_happened_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "PATIENCE", 0)
    pages = [Artifact(f"{at}.html", (), lambda: str(os.getpid()).encode()) for at in range(60)]
    publish_plain(pages, tmp_path, jobs=2)
    makers = {data for path, data in bytes_of(tmp_path / "site").items() if path != MARKER}
    assert str(os.getpid()).encode() not in makers


# Incremental is the same as fresh

CHANGES = st.sampled_from([*toy_site.CHANGES, *(meddle for meddle in MEDDLINGS if meddle is not meddle_marker)])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.lists(CHANGES, max_size=3), st.booleans()), min_size=1, max_size=5),
    seed=st.integers(0, 99),
)
def test_any_changes_give_what_a_first_build_gives(
    steps: list[tuple[list[Any], bool]], seed: int, tmp_path: Path
) -> None:
    site, memory, state, pick = tmp_path / "site", tmp_path / "memory", first_state(8), random.Random(seed)
    for place in (site, memory):
        shutil.rmtree(place, ignore_errors=True)
    publish_state(state, site, memory)
    for changes, fails in steps:
        for change in changes:
            if change in toy_site.CHANGES:
                change(state, pick)
            elif memory.is_dir() and (site / "ideer/ide-1/kort").is_dir() and (site / "look.css").is_file():
                with contextlib.suppress(FileNotFoundError):  # an earlier one may have taken away what this one needs
                    change(tmp_path)
        if fails:
            publish_state(state, site, memory, render=pick_to_fail(pick))
        done = publish_state(state, site, memory)
        assert not done.failed
        assert bytes_of(site) == fresh(state, tmp_path)
        assert not faults(site)
        assert nothing_left_over(site, memory)


def pick_to_fail(pick: random.Random) -> Callable[[Artifact], bytes]:
    def render(artifact: Artifact) -> bytes:
        if pick.random() < 0.2:
            raise ValueError(artifact.path)
        return toy_site.render(artifact)

    return render


# Killed at any moment


def killed_before_step(number: int, run: Callable[[], object], *, renames_only: bool = False) -> bool:
    """Run in a process that is killed before the `number`th step that changes the disk; whether it came so far.

    Every rename is a step, and of all that fills or empties folders beside the site every fourth.
    """

    def counted() -> None:
        left, lesser = itertools.count(number - 1, -1), itertools.count()

        def step(event: str, arguments: tuple[Any, ...]) -> None:
            writes = event == "open" and (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR)
            lesser_step = not renames_only and (writes or event in LESSER_STEPS) and not next(lesser) % 4
            if (lesser_step or event in STEPS) and not next(left):
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(step)
        listed = os.listdir
        os.listdir = lambda path: sorted(listed(path))  # type: ignore[assignment] # on some disks the marker is first
        run()

    code = ended(child(counted))
    assert code in (0, -signal.SIGKILL)
    return code != 0


STEPS = frozenset({"os.rename", "shutil.rmtree", "ctypes.dlopen"})
LESSER_STEPS = frozenset({"os.link", "os.mkdir", "os.remove", "os.rmdir"})


def refuse_to_exchange(*_: Path) -> bool:
    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))


def forget_two_that_link_to_each_other(state: State, _: random.Random) -> None:
    assert "ide-3" in state.entries["ide-4"][1]
    for name in ("ide-3", "ide-4"):
        toy_site.forget(state, name)


@dataclass(frozen=True)
class Way:
    """One way from a state to the next: what changes, in how large a site, and whether all of it is swapped."""

    changes: tuple[Change, ...]
    entries: int = 14
    exchange: Callable[..., bool] | None = None
    at_once: bool = False


WAYS: Mapping[str, Way] = {
    "an edit, page by page": Way((toy_site.edit,)),
    "a new entry, page by page": Way((toy_site.add,)),
    "an entry less, page by page": Way((toy_site.delete,)),
    "two new entries, all at once": Way((toy_site.add, toy_site.add), at_once=True),
    "two entries less, all at once": Way((forget_two_that_link_to_each_other,), entries=24, at_once=True),
    "a new look, all at once": Way((toy_site.redesign, toy_site.rename), at_once=True),
    "a new look by two renames": Way((toy_site.redesign,), exchange=lambda *_: False, at_once=True),
    "a new look where folders cannot move": Way((toy_site.redesign, toy_site.add), exchange=refuse_to_exchange),
}


@pytest.mark.parametrize("name", WAYS)
def test_a_kill_at_any_step_leaves_whole_pages_and_live_links_and_is_mended(
    name: str, site: Path, memory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    way = WAYS[name]
    if way.exchange:
        monkeypatch.setattr(placing, "exchange", way.exchange)
    first = first_state(way.entries)
    second = after(first, *way.changes)
    third = after(second, toy_site.delete, toy_site.add)
    wanted = {id(state): fresh(state, tmp_path) for state in (first, second, third)}
    restore = restorer(first, site, memory)
    gone = 0
    for number in itertools.count(1):
        restore()
        if not killed_before_step(number, lambda: publish_state(second, site, memory)):
            break
        if site.exists():
            assert faults(site) == [], number
        else:
            gone += 1
            assert publish_state(first, site, memory).written == 0, "the old site is put back as it was"
        healed = (second, third, first)[number % 3]
        publish_state(healed, site, memory)
        assert bytes_of(site) == wanted[id(healed)], number
        assert nothing_left_over(site, memory), number
    assert number > 15
    assert gone == (1 if "two renames" in name else 0)
    restore()
    assert publish_state(second, site, memory).at_once == way.at_once


def test_two_kills_in_a_row_leave_no_page_that_nobody_knows(site: Path, memory: Path) -> None:
    first = first_state(14)
    second, third = after(first, toy_site.add), after(first, toy_site.edit)
    restore = restorer(first, site, memory)
    for one in range(1, 8):
        for two in range(1, 8):
            restore()
            assert killed_before_step(one, lambda: publish_state(second, site, memory), renames_only=True)
            killed_before_step(two, lambda: publish_state(third, site, memory), renames_only=True)
            assert faults(site) == [], (one, two)
            assert not publish_state(first, site, memory).failed
            assert not list(site.glob("ideer/ny-*")), (one, two)


def restorer(state: State, site: Path, memory: Path) -> Callable[[], None]:
    """A function that makes the site and the memory what they are once the state is published."""
    publish_state(state, site, memory)
    kept = site.with_name("kept")
    for folder in (site, memory):
        shutil.copytree(folder, kept / folder.name)

    def restore() -> None:
        for folder in (site, memory):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(kept / folder.name, folder)

    return restore


def test_a_swap_that_stops_half_way_puts_the_site_back_and_goes_page_by_page(
    site: Path, memory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = first_state(5)
    second = after(first, toy_site.redesign)
    publish_state(first, site, memory)
    rename = os.rename

    def refusing(old: Path, new: Path) -> None:
        if ".new-" in str(old) and new == site:
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))
        rename(old, new)

    monkeypatch.setattr(placing, "exchange", lambda *_: False)
    monkeypatch.setattr(os, "rename", refusing)
    done = publish_state(second, site, memory)
    assert (done.at_once, done.failed) == (False, ())
    monkeypatch.undo()
    assert bytes_of(site) == fresh(second, tmp_path)
    assert nothing_left_over(site, memory)


@pytest.mark.parametrize(("change", "jobs"), [(None, 1), (toy_site.redesign, 2)])
def test_fifty_kills_at_random_moments_one_after_another(
    change: Change | None, jobs: int, site: Path, memory: Path, tmp_path: Path
) -> None:
    state, pick = first_state(100), random.Random(7)
    publish_state(state, site, memory)
    lengths: list[float] = []
    kills = 0
    for turn in range(200):
        (change or pick.choice(toy_site.CHANGES[:4]))(state, pick)
        command = [sys.executable, str(TOY), str(site), str(memory), state.dump(), str(jobs)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": IMPORTABLE}) as program:
            assert program.stdout
            assert program.stdout.readline() == b"go\n"
            started = time.monotonic()
            if turn >= 5:
                time.sleep(pick.uniform(0, statistics.median(lengths)))
                program.kill()
            code = program.wait()
        assert code in (0, -signal.SIGKILL)
        if code:
            kills += 1
        elif turn < 5:
            lengths.append(time.monotonic() - started)
        assert faults(site) == [], turn
        if pick.random() < 0.3:
            publish_state(state, site, memory)
            assert bytes_of(site) == fresh(state, tmp_path), turn
            assert nothing_left_over(site, memory)
        if kills == 50:
            break
    assert kills == 50, "most kills came too late to prove anything"


def test_workers_of_a_killed_run_end_before_another_run_begins(
    site: Path, memory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "PATIENCE", 0)
    ticks = tmp_path / "ticks"

    def render(artifact: Artifact) -> bytes:
        with ticks.open("a") as out:
            out.write("x")
        time.sleep(0.2)
        return toy_site.render(artifact)

    process = child(lambda: publish_state(first_state(10), site, memory, jobs=2, render=render))
    deadline = time.monotonic() + 10
    while not ticks.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(process, signal.SIGKILL)
    assert ended(process) == -signal.SIGKILL
    assert "Another run" in refused(lambda: publish_state(first_state(3), site, memory, wait=0))
    publish_state(first_state(3), site, memory, wait=5)
    assert ticks.stat().st_size <= 4
    assert nothing_left_over(site, memory)


def test_an_interrupted_run_leaves_nothing_behind(site: Path, memory: Path) -> None:
    publish_state(first_state(5), site, memory)
    before = bytes_of(site)

    def render(_: Artifact) -> bytes:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish_state(after(first_state(5), toy_site.redesign), site, memory, render=render)
    assert bytes_of(site) == before
    assert nothing_left_over(site, memory)


# Two at once


def test_a_second_writer_waits_or_is_told(site: Path, memory: Path, tmp_path: Path) -> None:
    begun, go_on = tmp_path / "begun", tmp_path / "go-on"

    def render(artifact: Artifact) -> bytes:
        begun.touch()
        while not go_on.exists():
            time.sleep(0.01)
        return toy_site.render(artifact)

    state = first_state(3)
    process = child(lambda: publish_state(state, site, memory, render=render))
    while not begun.exists():
        time.sleep(0.01)
    assert "Another run of idesluss is writing" in refused(lambda: publish_state(state, site, memory, wait=0.1))
    waiting = child(lambda: publish_state(after(state, toy_site.edit), site, memory, wait=20))
    time.sleep(0.1)
    go_on.touch()
    assert (ended(process), ended(waiting)) == (0, 0)
    assert bytes_of(site) == fresh(after(state, toy_site.edit), tmp_path)


# A disk that refuses


def test_a_file_larger_than_the_system_allows_leaves_the_old_site(site: Path, memory: Path) -> None:
    state = first_state(5)
    publish_state(state, site, memory)
    before = bytes_of(site)

    def run(jobs: int) -> None:
        making.PATIENCE = 0
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        said = refused(lambda: publish_state(after(state, toy_site.redesign), site, memory, jobs=jobs))
        assert "could not be written" in said, said
        assert "still there" in said, said

    for jobs in (1, 2):
        assert ended(child(lambda jobs=jobs: run(jobs))) == 0  # type: ignore[misc]
        assert bytes_of(site) == before
        assert nothing_left_over(site, memory)


def test_a_parent_folder_that_may_not_be_written_is_no_hindrance(memory: Path, tmp_path: Path) -> None:
    place = tmp_path / "closed"
    place.mkdir()
    place.chmod(0o777)

    def run() -> None:
        if os.geteuid() == 0:
            os.setegid(65534)
            os.seteuid(65534)
        state = first_state(5)
        publish_state(state, place / "site", memory)
        place.chmod(0o555)
        done = publish_state(after(state, toy_site.redesign), place / "site", memory)
        assert not done.at_once
        assert not faults(place / "site")
        assert nothing_left_over(place / "site", memory)
        place.chmod(0o755)

    memory.mkdir()
    for folder in (place, memory):
        if os.geteuid() == 0:
            os.chown(folder, 65534, 65534)
    tmp_path.chmod(0o755)
    assert ended(child(run)) == 0


def mounting(tmp_path: Path) -> list[str]:
    """What to put before a command, so that it may mount volumes that nobody else sees."""
    for command in (["unshare", "-m"], ["unshare", "-rm"], ["sudo", "-n", "unshare", "-m"]):
        probe = [*command, "mount", "-t", "tmpfs", "tmpfs", str(tmp_path)]
        if shutil.which(command[0]) and subprocess.run(probe, capture_output=True, check=False).returncode == 0:
            return command
    pytest.skip("no way to mount a volume: neither root, nor user namespaces, nor sudo")


def run_mounted(script: str, tmp_path: Path) -> None:
    program = f"import sys; sys.path[:0] = {IMPORTABLE!r}.split({os.pathsep!r})\n{textwrap.dedent(script)}"
    command = [*mounting(tmp_path), sys.executable, "-B", "-c", program, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "done\n"


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_full_disk_leaves_the_old_site_or_the_new_one(jobs: int, tmp_path: Path) -> None:
    run_mounted(
        f"""
        import subprocess, test_publish as t
        from pathlib import Path
        disk = Path(sys.argv[1])
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", disk], check=True)
        t.making.PATIENCE = 0
        site, memory, filler = disk / "site", disk / "memory", disk / "filler"
        old = t.first_state(12)
        said = set()
        for change in (t.toy_site.redesign, t.toy_site.add):
            new = t.after(old, change)
            wanted = []
            for state in (new, old):
                t.publish_state(state, site, memory)
                wanted.append(t.bytes_of(site))
            for free in range(0, 500, 20):
                t.publish_state(old, site, memory)
                with open(filler, "wb", buffering=0) as out:
                    try:
                        while out.write(bytes(4096)): pass
                    except OSError: pass
                    out.truncate(max(0, out.tell() - free * 1024))
                try:
                    t.publish_state(new, site, memory, jobs={jobs})
                    said.add("published")
                    assert t.bytes_of(site) == wanted[0]
                except t.PublishError as error:
                    said.add(str(error)[:16])
                    assert t.bytes_of(site) == wanted[1]
                    assert t.nothing_left_over(site, memory)
                filler.unlink()
        assert said == {{"published", "The disk is full"}}, said
        print("done")
        """,
        tmp_path,
    )


@pytest.mark.parametrize("mount", ["-t tmpfs tmpfs", "--bind elsewhere"])
def test_a_site_that_is_a_volume_of_its_own_is_replaced_page_by_page(mount: str, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "elsewhere").mkdir()
    run_mounted(
        f"""
        import os, subprocess, test_publish as t
        from pathlib import Path
        here = Path(sys.argv[1])
        os.chdir(here)
        subprocess.run(["mount", *{mount!r}.split(), "site"], check=True)
        state = t.first_state(9)
        for change in (None, t.toy_site.edit, t.toy_site.redesign, t.toy_site.delete, t.toy_site.rename):
            state = t.after(state, *([change] if change else []))
            done = t.publish_state(state, here / "site", here / "memory")
            assert done.written and not done.at_once
            assert t.bytes_of(here / "site") == t.fresh(state, here)
            assert t.nothing_left_over(here / "site", here / "memory")
        print("done")
        """,
        tmp_path,
    )


def test_folders_of_a_containers_image_are_replaced_too(tmp_path: Path) -> None:
    run_mounted(
        """
        import subprocess, test_publish as t
        from pathlib import Path
        disk = Path(sys.argv[1])
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", disk], check=True)
        for name in ("image", "changes", "work", "whole"):
            (disk / name).mkdir()
        state = t.first_state(9)
        t.publish_state(state, disk / "image/site", disk / "memory")
        layers = f"lowerdir={disk}/image,upperdir={disk}/changes,workdir={disk}/work"
        subprocess.run(["mount", "-t", "overlay", "overlay", "-o", layers, disk / "whole"], check=True)
        for change in (t.toy_site.rename, t.toy_site.delete, t.toy_site.redesign):
            state = t.after(state, change)
            t.publish_state(state, disk / "whole/site", disk / "memory")
            assert t.bytes_of(disk / "whole/site") == t.fresh(state, disk)
            assert t.nothing_left_over(disk / "whole/site", disk / "memory")
        print("done")
        """,
        tmp_path,
    )
