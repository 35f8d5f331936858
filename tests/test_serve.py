"""The preview: what is saved is shown at once, only what changed is drawn, and nothing closed is ever shown."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pagefind_bin_extended import get_executable

from conftest import Files, GitInstance

UNIT = "---\ntitle: Fastighet\ntype: administration\n---\n"
IDEA = "---\ntitle: {title}\nunit: fastighet\n---\n\n## Problemet\n\n{text}\n"
PATIENCE = 60.0


def idea(title: str = "Fuktvakt", text: str = "Fukten syns sent.") -> str:
    return IDEA.format(title=title, text=text)


class Preview:
    """A running `idesluss serve`, as a browser sees it."""

    def __init__(
        self, root: Path, cache: Path, *options: str, at: str = "127.0.0.1", until: int = 200, **surroundings: str
    ) -> None:
        self.root, self.at = root, at
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "idesluss", "--root", str(root), "serve", "--port", str(self.port)]
        command += options
        self.output = (cache / "output.txt").open("wb")
        told = {**os.environ, "IDESLUSS_CACHE": str(cache), **surroundings}
        self.process = subprocess.Popen(command, env=told, stdout=self.output, stderr=self.output)
        self.until(lambda: self.get("/")[0] == until)

    def get(self, path: str, host: str = "") -> tuple[int, str]:
        request = urllib.request.Request(f"http://{self.at}:{self.port}{path}")
        if host:
            request.add_header("Host", host)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode("utf-8", "replace")
        except OSError:
            return 0, ""

    def until(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, "waited too long"
            assert self.process.poll() is None, "the preview ended"
            time.sleep(0.05)

    def save(self, name: str, content: str | None) -> None:
        path = self.root / name
        if content is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")

    def said(self) -> str:
        self.output.flush()
        return Path(self.output.name).read_text("utf-8", "replace")


FILES: Files = {
    "ideas/units/fastighet.md": UNIT,
    "ideas/2026/fuktvakt.md": idea(),
    "ideas/2026/annan.md": idea("En annan", "Se [vakten](fuktvakt.md)."),
    "docs/om.md": "# Om\n\nText.\n",
}


@pytest.fixture
def preview(instance: Callable[[Files], Path], tmp_path: Path) -> Iterator[Preview]:
    (tmp_path / "cache").mkdir()
    shown = Preview(instance(FILES), tmp_path / "cache")
    yield shown
    shown.process.terminate()
    shown.process.wait(10)
    shown.output.close()


def test_a_saved_change_is_shown_and_the_page_is_told(preview: Preview) -> None:
    assert "/-/live.js" in preview.get("/ideer/fuktvakt/")[1]
    before = preview.get("/-/changes")[1]
    preview.save("ideas/2026/fuktvakt.md", idea("Fuktvarnaren"))
    preview.until(lambda: "Fuktvarnaren" in preview.get("/ideer/fuktvakt/")[1])
    assert "Fuktvarnaren" in preview.get("/enheter/fastighet/")[1]
    assert "Fuktvarnaren" in preview.get("/ideer/")[1]
    assert preview.get(f"/-/changes?since={before}")[1] != before


def test_files_that_come_and_go(preview: Preview) -> None:
    preview.save("ideas/2026/ny.md", idea("Den nya"))
    preview.until(lambda: preview.get("/ideer/ny/")[0] == 200)
    preview.save("ideas/2026/ny.md", None)
    preview.until(lambda: preview.get("/ideer/ny/")[0] == 404)
    assert "Den nya" not in preview.get("/ideer/")[1]


def test_what_must_not_be_seen_is_not_shown_for_a_moment(preview: Preview) -> None:
    preview.save("ideas/2026/fuktvakt.md", idea("Fuktvakt", "Ring 070-174 06 35 om saken."))
    seen: list[str] = []

    def is_gone() -> bool:
        seen.append(preview.get("/ideer/fuktvakt/")[1])
        return "Fukten syns sent" not in seen[-1]

    preview.until(is_gone)
    preview.until(lambda: "[phone-number]" in preview.said())
    seen.append(preview.get("/ideer/fuktvakt/")[1])
    assert not [page for page in seen if "070-174" in page]
    preview.save("ideas/2026/fuktvakt.md", idea("Fuktvakt", "Mendat igen."))
    preview.until(lambda: "Mendat igen" in preview.get("/ideer/fuktvakt/")[1])


def test_hand_written_pages_settings_and_templates_count_too(preview: Preview) -> None:
    preview.save("docs/om.md", "# Om\n\nNy text i handboken.\n")
    preview.until(lambda: "Ny text i handboken" in preview.get("/om/")[1])
    settings = (preview.root / "idesluss.yml").read_text("utf-8")
    preview.save("idesluss.yml", re.sub(r"name: .*", "name: Idékanalen", settings, count=1))
    preview.until(lambda: "Idékanalen" in preview.get("/ideer/fuktvakt/")[1])
    preview.save("idesluss.yml", "name: [")
    preview.until(lambda: "[front-matter]" in preview.said())
    assert preview.get("/ideer/fuktvakt/")[0] == 200


def test_folders_that_come_while_it_runs_are_watched(preview: Preview) -> None:
    """The first template of one's own, in a new folder; and hand-written pages in a folder that was away."""
    theme = "templates/theme/assets/eget.txt"
    preview.save(theme, "Först")
    preview.until(lambda: preview.get("/assets/eget.txt")[1] == "Först")
    preview.save(theme, "Sedan")
    preview.until(lambda: preview.get("/assets/eget.txt")[1] == "Sedan")
    (preview.root / "docs").rename(preview.root / "annat")
    preview.until(lambda: preview.get("/om/")[0] == 404)
    (preview.root / "annat").rename(preview.root / "docs")
    preview.until(lambda: preview.get("/om/")[0] == 200)
    preview.save("docs/om.md", "# Om\n\nTillbaka.\n")
    preview.until(lambda: "Tillbaka" in preview.get("/om/")[1])
    assert "Traceback" not in preview.said()


def test_a_broken_mkdocs_yml_leaves_the_preview_as_it_was(preview: Preview) -> None:
    preview.save("mkdocs.yml", "site_name: [\n")
    preview.until(lambda: "mkdocs.yml:2:1" in preview.said())
    assert preview.get("/ideer/fuktvakt/")[0] == 200
    preview.save("mkdocs.yml", "site_name: A\nextra_css: [assets/egen.css]\n")
    preview.until(lambda: "egen.css" in preview.get("/ideer/fuktvakt/")[1])
    assert "Traceback" not in preview.said()


def test_a_preview_waits_for_a_mkdocs_yml_that_can_be_read(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    """Begun while it is broken, it shows an empty page that is filled when it is mended."""
    (tmp_path / "cache").mkdir()
    shown = Preview(instance({**FILES, "mkdocs.yml": "site_name: [\n"}), tmp_path / "cache", until=404)
    try:
        assert "/-/live.js" in shown.get("/")[1]
        shown.save("mkdocs.yml", None)
        shown.until(lambda: shown.get("/ideer/fuktvakt/")[0] == 200)
        assert "Traceback" not in shown.said()
    finally:
        shown.process.terminate()
        shown.process.wait(10)
        shown.output.close()


def test_pages_in_a_folder_of_ones_own_are_watched(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    config = "site_name: x\ndocs_dir: vart/innehall\n"
    root = instance({**FILES, "mkdocs.yml": config, "vart/innehall/kontakt.md": "# Kontakt\n\nFörst.\n"})
    shown = Preview(root, tmp_path / "cache")
    try:
        assert "Först" in shown.get("/kontakt/")[1]
        shown.save("vart/innehall/kontakt.md", "# Kontakt\n\nSedan.\n")
        shown.until(lambda: "Sedan" in shown.get("/kontakt/")[1])
    finally:
        shown.process.terminate()
        shown.process.wait(10)
        shown.output.close()


def test_a_stray_file_is_told_of_till_it_is_gone(preview: Preview) -> None:
    preview.save("ideas/2026/lapp.txt", "En lapp")
    preview.until(lambda: preview.said().count("[file-name]") == 1)
    preview.save("ideas/2026/fuktvakt.md", idea("Fuktvarnaren"))
    preview.until(lambda: preview.said().count("[file-name]") == 2)
    preview.save("ideas/2026/lapp.txt", None)
    preview.until(lambda: "Inga fel" in preview.said().rpartition("[file-name]")[2])


def test_what_git_shows_stays_while_one_writes(git_instance: GitInstance, tmp_path: Path) -> None:
    """A page that is drawn anew keeps the days that git shows, and a new commit is seen with the next change."""
    files: Files = {"ideas/units/fastighet.md": UNIT, "ideas/2026/fuktvakt.md": idea(), "docs/om.md": "# Om\n"}
    git_instance.commit(files, "2026-01-05")
    (tmp_path / "cache").mkdir()
    shown = Preview(git_instance.root, tmp_path / "cache")
    try:
        assert "5 januari 2026" in shown.get("/ideer/fuktvakt/")[1]
        shown.save("ideas/2026/fuktvakt.md", idea("Fuktvarnaren"))
        shown.until(lambda: "Fuktvarnaren" in shown.get("/ideer/fuktvakt/")[1])
        assert "5 januari 2026" in shown.get("/ideer/fuktvakt/")[1]
        git_instance.commit({}, "2026-02-06")
        shown.save("ideas/2026/fuktvakt.md", idea("Fuktvarnarna"))
        shown.until(lambda: "Fuktvarnarna" in shown.get("/ideer/fuktvakt/")[1])
        assert "6 februari 2026" in shown.get("/ideer/fuktvakt/")[1]
    finally:
        shown.process.terminate()
        shown.process.wait(10)
        shown.output.close()


def test_it_answers_only_to_its_own_name_and_within_the_site(preview: Preview) -> None:
    assert preview.get("/", host="evil.example")[0] == 403
    assert preview.get("/../idesluss.yml")[0] == 404
    assert preview.get("/..%2fidesluss.yml")[0] == 404
    assert preview.get("/ideer/fuktvakt")[0] == 200
    assert preview.get("/saknas/")[0] == 404


def test_with_another_host_others_on_the_network_can_read(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    """By the address at which they reach it, and by the machine's name; never by a name that somebody made up."""
    (tmp_path / "cache").mkdir()
    shown = Preview(instance(FILES), tmp_path / "cache", "--host", "0.0.0.0")  # noqa: S104 - as a user asks for it
    try:
        assert f"http://localhost:{shown.port}/" in shown.said()
        answers = {
            name: shown.get("/", host=f"{name}:{shown.port}")[0]
            for name in ("127.0.0.1", "localhost", socket.gethostname(), "192.0.2.7", "evil.example", "[evil")
        }
        assert list(answers.values()) == [200, 200, 200, 403, 403, 403], answers
        assert shown.get("/", host="localhost")[0] == 200, "on port 80 a browser names none"
        if sys.platform == "linux":  # where each address that begins with 127 is this machine
            with urllib.request.urlopen(f"http://127.0.0.2:{shown.port}/", timeout=PATIENCE) as answer:
                assert answer.status == 200
    finally:
        shown.process.terminate()
        shown.process.wait(10)
        shown.output.close()


def test_it_answers_on_an_address_of_the_new_sort_too(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    if not socket.has_ipv6:
        pytest.skip("no IPv6 on this machine")
    (tmp_path / "cache").mkdir()
    with socket.socket(socket.AF_INET6) as free:
        try:
            free.bind(("::1", 0))
        except OSError as error:
            pytest.skip(f"no IPv6 on this machine: {error}")
    shown = Preview(instance(FILES), tmp_path / "cache", "--host", "::1", at="[::1]")
    try:
        assert f"http://[::1]:{shown.port}/" in shown.said()
        assert shown.get("/ideer/fuktvakt/")[0] == 200
    finally:
        shown.process.terminate()
        shown.process.wait(10)
        shown.output.close()


def test_the_page_for_what_is_lost_leads_on_where_the_portal_is_published_below_a_path(
    instance: Callable[[Files], Path], tmp_path: Path
) -> None:
    """There its links are whole paths, which begin at / in the preview."""
    settings = "name: A\nowner: B\naddress: https://ort.example/slussen/\n"
    (tmp_path / "cache").mkdir()
    shown = Preview(instance({**FILES, "idesluss.yml": settings}), tmp_path / "cache")
    try:
        status, page = shown.get("/finns/inte/")
        links = re.findall(r'(?:href|src|action)="(/[^"]*)"', page)
        assert status == 404
        assert len(links) > 5
        assert not [link for link in links if link != "/-/live.js" and shown.get(link)[0] != 200]
    finally:
        shown.process.terminate()
        shown.process.wait(10)
        shown.output.close()


def test_a_preview_that_ends_leaves_neither_port_nor_process_behind(
    instance: Callable[[Files], Path], tmp_path: Path
) -> None:
    """The index is being made just then, by the real program, which takes its time here."""
    slow = tmp_path / "pagefind"
    slow.write_text(f'#!/bin/sh\nsleep 3\nexec "{get_executable()}" "$@"\n')
    slow.chmod(0o755)
    (tmp_path / "cache").mkdir()
    preview = Preview(instance(FILES), tmp_path / "cache", PAGEFIND_BINARY_PATH=str(slow))
    preview.until(lambda: any(children(child) for child in children(preview.process.pid)))
    left = children(preview.process.pid)
    preview.process.terminate()
    preview.process.wait(10)
    preview.output.close()
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", preview.port))
    end = time.monotonic() + PATIENCE
    while any(Path(f"/proc/{pid}").exists() for pid in left):
        assert time.monotonic() < end, "a process was left behind"
        time.sleep(0.05)


def children(pid: int) -> list[int]:
    """The processes that a process has begun and that still run."""
    return [int(child) for told in Path(f"/proc/{pid}/task").glob("*/children") for child in told.read_text().split()]


EVENT = """\
---
title: Mashup
type: mashup
date: 2026-05-08
booklet:
  cases: [hyllan]
---

## Om

En dag.
"""
CASE = """\
---
title: Hyllan
summary: En hylla som bär.
organisation: fastighet
type: solution
status: in_use
licence: CC-BY-4.0
last_confirmed: 2026-01
---

## Vad vi gjorde

Vi satte upp en hylla.

## Hur vi gjorde

Med skruv.

## Varför

För att böckerna låg på golvet.
"""


def test_the_booklet_of_the_newest_event_is_there_when_nobody_saves(preview: Preview) -> None:
    preview.save("ideas/cases/hyllan.md", CASE)
    preview.save("ideas/events/mashup.md", EVENT)
    preview.until(lambda: "mashup.pdf" in preview.get("/evenemang/mashup/")[1])
    assert preview.get("/evenemang/mashup/mashup.pdf")[0] == 200
    preview.save("ideas/events/mashup.md", None)
    preview.until(lambda: preview.get("/evenemang/mashup/mashup.pdf")[0] == 404)
