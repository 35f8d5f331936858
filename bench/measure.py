"""Measure the generator beside others, paired in one run: A, B, C, A, B, C … so that a noisy machine hits all alike.

    python bench/measure.py build  --entries 10000 --rounds 3
    python bench/measure.py growth --rounds 3
    python bench/measure.py change --entries 10000 --rounds 5
    python bench/measure.py check  --entries 10000 --rounds 3
    python bench/measure.py start  --rounds 10

`build` is a whole build, and one of the pages alone, which is what the others make, beside MkDocs with Material, Hugo,
what the libraries take that read and clean the texts together with writing all the files of the whole build, and the
floor (read N, write N). `growth` is the cost of a page more at 1,000, 5,000 and 10,000 entries. `change` is a
build and the preview after one file changed. `check` is cold and warm, beside reading and composing the YAML. `start`
is --help and explain. Only the preview has the search in it, which it makes beside; see bench/search.py.

Prints minimum, median and maximum in seconds, ratios of medians, and the peak memory of the whole process tree
(proportional set size, sampled). What is not installed (hugo) is said to be left out. TMPDIR=/dev/shm leaves the disk
out.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

import corpus

PYTHON = sys.executable
SAMPLE = 0.5


class Run(NamedTuple):
    seconds: float
    mebibytes: float


def tree_memory(top: int) -> float:
    """Proportional memory in MiB of a process and all below it."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(folder.name))
    total, waiting = 0, [top]
    while waiting:
        pid = waiting.pop()
        waiting += children.get(pid, [])
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        total += next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)
    return total / 1024


NO_SEARCH = {"PAGEFIND_BINARY_PATH": os.devnull}
"""What leaves the search out, so that builds are measured beside others that have none; see bench/search.py."""


def run(command: list[str], folder: Path, cache: Path, settings: Mapping[str, str] = NO_SEARCH) -> Run:
    """Time one process, started anew, and the peak of its tree's memory."""
    environment = {**os.environ, "IDESLUSS_CACHE": str(cache), "NO_COLOR": "1", **settings}
    peak = 0.0
    started = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        told: list[bytes] = []
        reader = threading.Thread(target=lambda: told.append(process.stdout.read() if process.stdout else b""))
        reader.start()
        while process.poll() is None:
            peak = max(peak, tree_memory(process.pid))
            try:
                process.wait(SAMPLE)
            except subprocess.TimeoutExpired:
                continue
        seconds = time.perf_counter() - started
        reader.join()
    if process.returncode:
        sys.exit(f"{command} ended with {process.returncode}\n{b''.join(told).decode(errors='replace')[-3000:]}")
    return Run(seconds, peak)


def show(name: str, runs: list[Run], against: list[Run] | None = None) -> None:
    seconds = [one.seconds for one in runs]
    ratio = ""
    if against:
        ratio = f"  ratio {middle(against) / statistics.median(seconds):7.2f}"
    spread = f"{min(seconds):8.3f} {statistics.median(seconds):8.3f} {max(seconds):8.3f} s"
    print(f"{name:34}{spread}  {max(one.mebibytes for one in runs):7.0f} MiB{ratio}", flush=True)


def middle(runs: list[Run]) -> float:
    """The median of the seconds."""
    return statistics.median(one.seconds for one in runs)


def idesluss(*arguments: str) -> list[str]:
    return [PYTHON, "-m", "idesluss", *arguments]


def cold(instance: Path, cache: Path, *arguments: str, settings: Mapping[str, str] = NO_SEARCH, only: str = "") -> Run:
    """Time a command that remembers nothing; `only` is a program of ours that stands in for the whole."""
    shutil.rmtree(cache, ignore_errors=True)
    shutil.rmtree(instance / "site", ignore_errors=True)
    cache.mkdir()
    command = [PYTHON, "-c", only, *arguments] if only else idesluss(*arguments)
    return run(command, instance, cache, settings)


PAGES_ALONE = """
from idesluss import outputs
from idesluss.cli import main
kept = (
    "entry_pages index_pages theme_pages measure_pages search_page start_page accessibility_page news_page "
    "redirect_pages tombstones media_files robots_file"
).split()
assert set(kept) <= {one.__name__ for one in outputs.OUTPUTS}
outputs.OUTPUTS = tuple(one for one in outputs.OUTPUTS if one.__name__ in kept)
main()
"""
"""A build without what the others have nothing like: feeds, open data, sheets to pass on, and lists by every facet."""
FLOOR = """
import os, sys
page = os.urandom(8000).hex().encode()
for folder, _, names in os.walk("ideas"):
    for name in names:
        with open(os.path.join(folder, name), "rb") as file: file.read()
        target = os.path.join("site", folder, name[:-3]); os.makedirs(target, exist_ok=True)
        with open(os.path.join(target, "index.html"), "wb") as file: file.write(page)
"""
COMPOSE = """
import os, yaml
for folder, _, names in os.walk("ideas"):
    for name in names:
        with open(os.path.join(folder, name), encoding="utf-8") as file: text = file.read()
        yaml.compose(text[4:text.index("\\n---", 4)], Loader=yaml.CSafeLoader)
"""


LIBRARIES = """
import os, yaml
from idesluss.body.engine import engine
render, clean, _, _ = engine()
for folder, _, names in os.walk("ideas"):
    for name in names:
        with open(os.path.join(folder, name), encoding="utf-8") as file: text = file.read()
        end = text.index("\\n---", 4)
        yaml.compose(text[4:end], Loader=yaml.CSafeLoader)
        clean(render(text[end + 4:], False))
for folder, _, names in os.walk("site"):
    target = "again" + folder.removeprefix("site"); os.makedirs(target, exist_ok=True)
    for name in names:
        with open(os.path.join(folder, name), "rb") as file: data = file.read()
        with open(os.path.join(target, name), "wb") as file: file.write(data)
"""
"""What no build of ours can leave out: YAML composed, Markdown made safe HTML, and all files written."""


def measure_build(work: Path, entries: int, rounds: int) -> None:
    corpus.make(work, entries, ("mkdocs", "hugo"))
    hugo = shutil.which("hugo", path=f"{Path(PYTHON).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    cache = work / "cache"
    ours, alone, theirs, others, libraries, floor = [], [], [], [], [], []
    for _ in range(rounds):
        ours.append(cold(work / "idesluss", cache, "build", "--quiet"))
        libraries.append(run([PYTHON, "-c", LIBRARIES], work / "idesluss", cache))
        shutil.rmtree(work / "idesluss" / "again")
        alone.append(cold(work / "idesluss", cache, "build", "--quiet", only=PAGES_ALONE))
        shutil.rmtree(work / "mkdocs" / "site", ignore_errors=True)
        theirs.append(run([PYTHON, "-m", "mkdocs", "build", "-q"], work / "mkdocs", cache))
        if hugo:
            shutil.rmtree(work / "hugo" / "public", ignore_errors=True)
            others.append(run([hugo, "--quiet"], work / "hugo", cache))
        shutil.rmtree(work / "idesluss" / "site", ignore_errors=True)
        floor.append(run([PYTHON, "-c", FLOOR], work / "idesluss", cache))
        shutil.rmtree(work / "idesluss" / "site", ignore_errors=True)
    print(f"full build of {entries} entries, search off, {rounds} rounds: minimum, median, maximum; ratio to idesluss")
    show("idesluss build", ours)
    show("idesluss build, pages alone", alone)
    for name, runs in (
        ("mkdocs + material", theirs),
        ("hugo, minimal theme", others),
        ("libraries and files, one process", libraries),
        ("floor: read N, write N", floor),
    ):
        if runs:
            show(name, runs)
            print(f"{'':34}{middle(runs) / middle(ours):8.2f} times idesluss", end="")
            print(f", {middle(runs) / middle(alone):.2f} times its pages alone")
        else:
            print(f"{name}: left out, not installed")


def measure_growth(work: Path, rounds: int) -> None:
    sizes = (1000, 5000, 10000)
    for size in sizes:
        corpus.make(work / str(size), size)
    runs: dict[int, list[Run]] = {size: [] for size in sizes}
    for _ in range(rounds):
        for size in sizes:
            runs[size].append(cold(work / str(size) / "idesluss", work / "cache", "build", "--quiet"))
    median = {}
    for size in sizes:
        show(f"{size} entries", runs[size])
        median[size] = middle(runs[size])
    first = (median[5000] - median[1000]) / 4000
    second = (median[10000] - median[5000]) / 5000
    print(
        f"a page more: {first * 1000:.3f} ms from 1,000 to 5,000; {second * 1000:.3f} ms from 5,000 to 10,000; "
        f"{second / first:.2f} times"
    )


def measure_change(work: Path, entries: int, rounds: int) -> None:
    corpus.make(work, entries, ("mkdocs",))
    instance, cache = work / "idesluss", work / "cache"
    path = instance / "ideas" / "2020" / "ide-2.md"
    cold(instance, cache, "build", "--quiet")
    time.sleep(1)
    titled: list[Run] = []
    told: list[Run] = []
    theirs, nothing = [], []
    page = instance / "site" / "ideer" / "ide-2" / "index.html"
    for number in range(rounds):
        for runs, new in ((titled, f"Ny {number} "), (told, f"Nytt {number}.")):
            text = path.read_text("utf-8")
            changed = text.replace("title: ", f"title: {new}", 1) if runs is titled else f"{text}\n{new}\n"
            path.write_text(changed, "utf-8")
            runs.append(run(idesluss("build", "--quiet"), instance, cache))
            if new not in page.read_text("utf-8"):
                sys.exit("the change is not on the page")
        nothing.append(run(idesluss("build", "--quiet"), instance, cache))
        if number < 2:
            shutil.rmtree(work / "mkdocs" / "site", ignore_errors=True)
            theirs.append(run([PYTHON, "-m", "mkdocs", "build", "-q"], work / "mkdocs", cache))
    print(f"{entries} entries, one changed: its title, which stands on many pages, or a sentence in its prose")
    show("idesluss build, a title changed", titled, theirs)
    show("idesluss build, a sentence changed", told, theirs)
    show("idesluss build, nothing changed", nothing, theirs)
    show("mkdocs + material, full build", theirs)
    measure_serve(instance, cache, path, rounds)


def measure_serve(instance: Path, cache: Path, path: Path, rounds: int) -> None:
    environment = {**os.environ, "IDESLUSS_CACHE": str(cache)}
    command = idesluss("serve", "--port", "8765")
    with subprocess.Popen(
        command, cwd=instance, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        address = "http://127.0.0.1:8765/ideer/ide-2/"
        try:
            until(lambda: b"</html>" in fetch(address), 120)
            seconds = []
            for number in range(rounds):
                sign = f"Sedd {number} "
                text = path.read_text("utf-8").replace("title: ", f"title: {sign}", 1)
                started = time.perf_counter()
                path.write_text(text, "utf-8")
                until(partial(shows, address, sign.encode()), 30)
                seconds.append(Run(time.perf_counter() - started, tree_memory(server.pid)))
                time.sleep(1)
            show("serve: from saving to shown", seconds)
        finally:
            server.terminate()


def fetch(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - our own server
            return bytes(answer.read())
    except OSError:
        return b""


def shows(address: str, wanted: bytes) -> bool:
    return wanted in fetch(address)


def until(holds: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            sys.exit("waited too long")
        time.sleep(0.01)


def measure_check(work: Path, entries: int, rounds: int) -> None:
    corpus.make(work, entries)
    instance, cache = work / "idesluss", work / "cache"
    first, again, compose = [], [], []
    time.sleep(1)
    for _ in range(rounds):
        first.append(cold(instance, cache, "check", "--quiet"))
        again.append(run(idesluss("check", "--quiet"), instance, cache))
        compose.append(run([PYTHON, "-c", COMPOSE], instance, cache))
    print(f"check of {entries} entries")
    show("check, cold", first)
    show("check, nothing changed", again)
    show("read and compose the YAML only", compose)
    median = [middle(runs) for runs in (first, again, compose)]
    print(
        f"cold: {median[0] / median[2]:.2f} times the composing; nothing changed: {median[1] / median[0]:.3f} of cold"
    )


def measure_start(work: Path, rounds: int) -> None:
    bare, helped, told = [], [], []
    for _ in range(rounds):
        bare.append(run([PYTHON, "-c", "pass"], work, work))
        helped.append(run(idesluss("--help"), work, work))
        told.append(run(idesluss("explain", "personal-number"), work, work))
    show("python -c pass", bare)
    show("idesluss --help", helped)
    show("idesluss explain CODE", told)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["build", "growth", "change", "check", "start"])
    parser.add_argument("--entries", type=int, default=10000)
    parser.add_argument("--rounds", type=int, default=3)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="idesluss-bench-") as name:
        work = Path(name)
        if told.what == "build":
            measure_build(work, told.entries, told.rounds)
        elif told.what == "growth":
            measure_growth(work, told.rounds)
        elif told.what == "change":
            measure_change(work, told.entries, told.rounds)
        elif told.what == "check":
            measure_check(work, told.entries, told.rounds)
        else:
            measure_start(work, told.rounds)


if __name__ == "__main__":
    main()
