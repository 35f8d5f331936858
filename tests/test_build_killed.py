"""`idesluss build` as a whole, killed at any moment: every page is whole, and every link within the site leads on."""

from __future__ import annotations

import os
import random
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

Instance = Callable[[Mapping[str, str | bytes | None]], Path]

KILLS = 25
"""For each of the two sorts of build."""
ENTRIES = 60
IDEA = """\
---
title: {title}
summary: En idé som hänger ihop med andra.
unit: skola
themes: [skola]
builds_on: [{other}]
---

## Problemet

Se [den andra](ide-{near}.md), som hör ihop med den här.
"""


def idea(number: int, title: str) -> str:
    other = f"ide-{number - 7}" if number >= 7 else ""
    return IDEA.format(title=title, other=other, near=(number + 1) % ENTRIES)


def command(root: Path, cache: Path) -> subprocess.Popen[bytes]:
    """A build of its own group of processes, so that a kill ends its workers too, as an operating system would."""
    return subprocess.Popen(
        [sys.executable, "-m", "idesluss", "--root", str(root), "build", "--quiet"],
        env={**os.environ, "IDESLUSS_CACHE": str(cache)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def ended(program: subprocess.Popen[bytes]) -> int:
    told = program.communicate()[1]
    assert program.returncode in (0, -9), told.decode()
    return program.returncode


def references(page: bytes) -> list[str]:
    named = [element.get(name) for element in html.fromstring(page).iter() for name in ("href", "src")]
    return [str(reference) for reference in named if reference]


def faults(site: Path) -> list[str]:
    """Pages that are cut off, and links to what is not there."""
    found = []
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    pages = [name for name in files if name.endswith(".html")]
    assert len(pages) > ENTRIES
    for name in pages:
        data = (site / name).read_bytes()
        if not data.rstrip().endswith(b"</html>"):
            found.append(f"{name} is cut off")
            continue
        for reference in references(data):
            told = urlsplit(reference)
            if told.scheme or told.netloc or not told.path:
                continue
            target = os.path.normpath(os.path.join("/", os.path.dirname(name), unquote(told.path)))[1:]  # noqa: PTH118, PTH120 - an address, not a file
            if target not in files and f"{target}/index.html".lstrip("/") not in files:
                found.append(f"{name} leads to {reference}")
    return found


@pytest.mark.parametrize("whole", [True, False], ids=["whole", "small"])
def test_a_build_that_is_killed_leaves_a_site_that_works(whole: bool, instance: Instance, tmp_path: Path) -> None:
    """Twenty-five kills one after another, at random moments from start to end."""
    dice = random.Random(11)
    settings = "name: {}\nowner: Kommun\naddress: https://x.example/\nthemes: [{{id: skola, title: Skola}}]\n"
    root = instance(
        {
            "idesluss.yml": settings.format("Sluss"),
            "docs/om.md": "# Om\n\n[Start](index.md)\n",
            "docs/index.md": "# Start\n",
            "ideas/units/skola.md": "---\ntitle: Skola\ntype: administration\n---\n",
            **{f"ideas/2026/ide-{number}.md": idea(number, f"Idé {number}") for number in range(ENTRIES)},
        }
    )
    cache = tmp_path / "cache"
    assert ended(command(root, cache)) == 0
    assert faults(root / "site") == []
    lengths: list[float] = []
    kills = 0
    for turn in range(4 * KILLS):
        if whole:
            (root / "idesluss.yml").write_text(settings.format(f"Sluss {turn}"), "utf-8")
        else:
            number = dice.randrange(ENTRIES)
            (root / f"ideas/2026/ide-{number}.md").write_text(idea(number, f"Ny {turn}"), "utf-8")
        started = time.monotonic()
        program = command(root, cache)
        if turn >= 3:
            with suppress(subprocess.TimeoutExpired):
                program.wait(dice.uniform(0.3, 1) * statistics.median(lengths[-3:]))
            lengths += [time.monotonic() - started] if program.poll() is not None else []
            if program.poll() is None:
                os.killpg(program.pid, 9)
        if ended(program):
            kills += 1
        elif turn < 3:
            lengths.append(time.monotonic() - started)
        assert faults(root / "site") == [], turn
        if kills == KILLS:
            break
    assert kills == KILLS, "most kills came too late to prove anything"
    assert ended(command(root, cache)) == 0
    titles = {path.read_text("utf-8").split("title: ")[1].split("\n")[0] for path in root.glob("ideas/2026/*.md")}
    pages = (html.fromstring(path.read_bytes()) for path in (root / "site").glob("ideer/*/index.html"))
    assert titles <= {str(page.findtext(".//h1")) for page in pages}
    assert {path.name for path in root.iterdir()} == {"docs", "idesluss.yml", "ideas", "site"}, "something is left over"


@pytest.mark.parametrize("moment", [0.3, 0.6, 0.9])
def test_a_build_that_somebody_stops_ends_without_a_word(moment: float, instance: Instance, tmp_path: Path) -> None:
    """Ctrl+C reaches every process of a build, and none of them has anything to say."""
    files = {f"ideas/2026/ide-{number}.md": idea(number, f"Idé {number}") for number in range(ENTRIES)}
    root = instance({**files, "docs/om.md": "# Om\n"})
    started = time.monotonic()
    command(root, tmp_path / "first").communicate()
    usual = time.monotonic() - started
    program = command(root, tmp_path / "second")
    with suppress(subprocess.TimeoutExpired):
        program.wait(moment * usual)
    os.killpg(program.pid, signal.SIGINT)
    told = program.communicate(timeout=60)[1]
    assert b"Traceback" not in told
    assert program.returncode in (0, 1, 130)
