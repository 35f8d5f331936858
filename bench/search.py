"""Measure the search: a whole build with it beside others with theirs, and what a visitor's first query costs.

    python bench/search.py --entries 10000 --rounds 3

A build beside MkDocs with Material and its search, and Hugo followed by Pagefind over its pages, paired in one run; a
build after one searched text and one unsearched change; then the bytes, as they lie on the disk, that a browser asks
for when it opens the page of the search with a word, and for the next word. What is not installed is left out.

The texts are made of the words of this repository's own entries, as often as they stand there: how large an index is
hangs on how many words there are, and how common. CPU time is shown too, since a busy machine changes it less.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import quote

from pagefind_bin_extended import get_executable
from playwright.sync_api import Page, Response, sync_playwright

import corpus
from beside_mkdocs import FLAGS, served
from measure import PYTHON, Run, cold, idesluss, middle, run, show

WITH_SEARCH = {"PAGEFIND_BINARY_PATH": str(get_executable())}
WORDS = ("ensamhet", "vikarier", "sensor i golvet")
ENTRIES = Path(__file__).parents[1] / "ideas"


def use_real_words() -> None:
    """Let the corpus choose among the words of this repository's entries."""
    prose = (path.read_text("utf-8").rpartition("\n---\n")[2] for path in sorted(ENTRIES.rglob("*.md")))
    corpus.WORDS[:] = [word.lower() for text in prose for word in re.findall(r"[^\W\d_]{2,}", text)]


class Timed:
    """The runs of one program, and the seconds of CPU that they took in all."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.cpu = 0.0

    def add(self, *works: Callable[[], Run]) -> None:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = [work() for work in works]
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.cpu += after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        self.runs.append(Run(sum(one.seconds for one in done), max(one.mebibytes for one in done)))


def measure_build(work: Path, entries: int, rounds: int) -> None:
    corpus.make(work, entries, ("mkdocs", "hugo"))
    config = work / "mkdocs" / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("plugins: []", "plugins: [{search: {lang: sv}}]"), "utf-8")
    hugo = shutil.which("hugo", path=f"{Path(PYTHON).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    cache = work / "cache"
    pagefind = [str(get_executable()), "--site", "public", "--quiet"]
    ours, theirs, others = Timed(), Timed(), Timed()
    for _ in range(rounds):
        ours.add(partial(cold, work / "idesluss", cache, "build", "--quiet", settings=WITH_SEARCH))
        shutil.rmtree(work / "mkdocs" / "site", ignore_errors=True)
        theirs.add(partial(run, [PYTHON, "-m", "mkdocs", "build", "-q"], work / "mkdocs", cache))
        if hugo:
            shutil.rmtree(work / "hugo" / "public", ignore_errors=True)
            others.add(
                partial(run, [hugo, "--quiet"], work / "hugo", cache), partial(run, pagefind, work / "hugo", cache)
            )
    print(f"full build of {entries} entries with search, {rounds} rounds: minimum, median, maximum; ratio to idesluss")
    show("idesluss build", ours.runs)
    print(f"{'':34}{ours.cpu / rounds:8.1f} s of CPU")
    for name, timed in (("mkdocs + material, lunr", theirs), ("hugo, minimal theme, + pagefind", others)):
        if timed.runs:
            show(name, timed.runs)
            ratio = f"{middle(timed.runs) / middle(ours.runs):.2f} times idesluss"
            print(f"{'':34}{timed.cpu / rounds:8.1f} s of CPU; {ratio}, in CPU {timed.cpu / ours.cpu:.2f}")
        else:
            print(f"{name}: left out, not installed")
    size = sum(path.stat().st_size for path in (work / "mkdocs" / "site" / "search").rglob("*"))
    print(f"mkdocs + material: {size:,} bytes before a visitor's first query")


def measure_change(work: Path, rounds: int) -> None:
    instance, cache = work / "idesluss", work / "cache"
    path = instance / "ideas" / "2020" / "ide-2.md"
    time.sleep(1)
    searched, unsearched = [], []
    for number in range(rounds):
        path.write_text(path.read_text("utf-8").replace("title: ", f"title: Ny {number} ", 1), "utf-8")
        searched.append(run(idesluss("build", "--quiet"), instance, cache, WITH_SEARCH))
        path.write_text(path.read_text("utf-8") + f"\n<!-- {number} -->\n", "utf-8")
        unsearched.append(run(idesluss("build", "--quiet"), instance, cache, WITH_SEARCH))
    show("idesluss build, a title changed", searched)
    show("idesluss build, no searched text", unsearched)


def measure_visit(site: Path) -> None:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page()
        asked: dict[str, int] = {}

        def note(response: Response) -> None:
            """What a file weighs; one that is asked for twice comes from the browser's own memory."""
            asked[response.url.removeprefix(address)] = int(response.headers.get("content-length", "0"))

        page.on("response", note)
        page.goto(f"{address}sok/")
        page.locator("#seek:not([aria-busy])").wait_for()
        page.wait_for_load_state("networkidle")
        print(f"the page of the search, with style, font and script: {sum(asked.values()):,} bytes")
        for at, word in enumerate(WORDS):
            asked.clear()
            started = time.perf_counter()
            _ask(page, word)
            told = "first query" if at == 0 else "next word"
            seconds = time.perf_counter() - started
            print(f"{told} “{word}”: {sum(asked.values()):,} bytes in {len(asked)} requests, {seconds:.2f} s")
        asked.clear()
        page.goto(f"{address}sok/?q={quote(WORDS[0])}&kind=case")
        page.locator("#hits > li").first.wait_for()
        page.locator("#seek:not([aria-busy])").wait_for()
        chosen = sum(size for path, size in asked.items() if path.startswith("pagefind/"))
        print(f"with a choice: {chosen:,} bytes of the index")
        browser.close()


def _ask(page: Page, word: str) -> None:
    page.locator("#q").fill(word)
    page.locator("#q").press("Enter")
    page.locator("#said", has_text=word).wait_for()
    page.locator("#seek:not([aria-busy])").wait_for()
    page.wait_for_load_state("networkidle")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=10000)
    parser.add_argument("--rounds", type=int, default=3)
    told = parser.parse_args()
    use_real_words()
    with tempfile.TemporaryDirectory(prefix="idesluss-bench-") as name:
        work = Path(name)
        measure_build(work, told.entries, told.rounds)
        measure_visit(work / "idesluss" / "site")
        measure_change(work, min(told.rounds, 3))


if __name__ == "__main__":
    main()
