"""Measure what a visitor with a slow phone waits for: the largest paint, how much moves, and how long the page is busy.

    python bench/visit.py --rounds 5
    python bench/visit.py --site site --harsh
    python bench/visit.py --page "search, with a word" --waterfall

Builds this repository's own portal (or takes the one in --site), serves it compressed as a usual host does, and opens a
page of each sort in Chromium as a phone of 412 × 823 points whose processor is four times slower, on a slow 4G line as
Lighthouse has it: 1.6 Mbit/s down and a round trip of 150 ms. To open the line takes three round trips more, which the
page itself has to wait for; what it asks for then comes on the open line. With --harsh every single request takes
562.5 ms, as in the tools of Chromium, which know no open lines.

Each visit has an empty cache. Shown are the median of the rounds and, in brackets, the worst; then the bytes that came
over the line, and what was painted largest. For a search it is also told when the first hit was in sight, and when all
that are shown at first were. What the search fetches in its own worker is not among the bytes: bench/search.py tells of
that. With --waterfall the first visit tells of each file when it was asked for and when it had come, in the worker too.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import gzip
import http.server
import mimetypes
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page, Worker, sync_playwright

from beside_mkdocs import FLAGS

PHONE: dict[str, Any] = {"viewport": {"width": 412, "height": 823}, "device_scale_factor": 1.75, "has_touch": True}
SLOWER = 4
DOWN, UP, TRIP = 1.6e6 * 0.9 / 8, 0.75e6 * 0.9 / 8, 150.0
"""Bytes a second and milliseconds of a round trip of a slow 4G line."""
OPENING, HARSH = 3, 3.75
"""So many round trips go before the first request, or, if harsh, into every one."""
TARGETS = {"paint": 1500.0, "shift": 0.02, "task": 200.0}
"""What we aim at: milliseconds to the largest paint, shift of the layout, milliseconds of the longest task."""
PAGES = {
    "start": "",
    "an idea": "ideer/fuktvakt/",
    "a good example": "exempel/fuktgivare-som-varnar-i-tid/",
    "a list": "ideer/",
    "figures": "siffror/",
    "search": "sok/",
    "search, with a word": "sok/?q=fukt",
}
SETTLED = {"search, with a word": "#hits > li"}
"""What has to be there before a visit is over, beside a quiet line."""
PACKED = {".html", ".css", ".js", ".json", ".svg", ".xml"}
"""What a usual host compresses."""
OBSERVE = """
    window.seen = {paint: 0, what: "", first: 0, shift: 0, tasks: [], hits: []};
    new MutationObserver(() => {
        const number = document.querySelectorAll("#hits > li").length;
        if (number > seen.hits.length) requestAnimationFrame(() => setTimeout(() => {
            while (seen.hits.length < number) seen.hits.push(performance.now());
        }));
    }).observe(document, {childList: true, subtree: true});
    new PerformanceObserver((list) => { for (const one of list.getEntries()) {
        seen.paint = one.startTime;
        seen.what = `${one.element?.tagName.toLowerCase() ?? "?"} ${one.element?.className ?? ""}`.trim();
    } }).observe({type: "largest-contentful-paint", buffered: true});
    new PerformanceObserver((list) => { for (const one of list.getEntries())
        if (one.name === "first-contentful-paint") seen.first = one.startTime;
    }).observe({type: "paint", buffered: true});
    new PerformanceObserver((list) => { for (const one of list.getEntries())
        if (!one.hadRecentInput) seen.shift += one.value;
    }).observe({type: "layout-shift", buffered: true});
    new PerformanceObserver((list) => { for (const one of list.getEntries()) seen.tasks.push(one.duration);
    }).observe({type: "longtask", buffered: true});
"""


TIMINGS = """
    () => [performance.timeOrigin, performance.getEntries()
        .filter((one) => one.entryType === "navigation" || one.entryType === "resource")
        .map((one) => [new URL(one.name).pathname, one.startTime, one.responseEnd, one.transferSize])]
"""


class Measured(NamedTuple):
    """One visit: times in milliseconds, the shift as a share of the window.

    `what` was painted largest; `task` is the longest one, `blocked` what all long ones take beyond 50 ms of each.
    `hits` are the times when each hit of a search was in sight, and `came` tells of each file, in lines.
    """

    first: float
    paint: float
    what: str
    shift: float
    task: float
    blocked: float
    bytes: int
    requests: int
    hits: list[float]
    came: list[str]


class _Host(http.server.SimpleHTTPRequestHandler):
    """A static host that compresses text, keeps connections open and lets files be kept for ten minutes."""

    protocol_version = "HTTP/1.1"
    opening = 0.0
    """Seconds to wait before a page itself is given."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        packed = path.suffix in PACKED
        body = _packed(path) if packed else path.read_bytes()
        if path.suffix == ".html":
            time.sleep(self.opening)
        self.send_response(200)
        self.send_header("Content-Type", mimetypes.guess_type(path.name)[0] or "application/octet-stream")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)


@functools.cache
def _packed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6, mtime=0)


@contextlib.contextmanager
def hosted(site: Path, opening: float = 0.0) -> Iterator[str]:
    """Serve a folder, compressed, a page after `opening` seconds; gives its address with a slash at the end."""
    host = type("Host", (_Host,), {"opening": opening})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(host, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def visit(browser: Browser, address: str, settled: str, latency: float) -> Measured:
    """Open a page with an empty cache, wait until nothing more comes, and tell what was seen."""
    context = browser.new_context(locale="sv-SE", **PHONE)
    page = context.new_page()
    client = context.new_cdp_session(page)
    came: list[int] = []
    client.on("Network.loadingFinished", lambda told: came.append(int(told["encodedDataLength"])))
    client.send("Network.enable")
    line = {"offline": False, "latency": latency, "downloadThroughput": DOWN, "uploadThroughput": UP}
    client.send("Network.emulateNetworkConditions", line)
    client.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(OBSERVE)
    page.goto(address, wait_until="load", timeout=60_000)
    page.wait_for_load_state("networkidle")
    if settled:
        page.locator(settled).first.wait_for(timeout=60_000)
        page.wait_for_load_state("networkidle")
    page.wait_for_timeout(600)
    seen = page.evaluate("() => window.seen")
    files = _waterfall(page)
    context.close()
    tasks = seen["tasks"]
    return Measured(
        seen["first"],
        seen["paint"],
        seen["what"],
        seen["shift"],
        max(tasks, default=0.0),
        sum(task - 50 for task in tasks),
        sum(came),
        len(came),
        seen["hits"],
        files,
    )


def _waterfall(page: Page) -> list[str]:
    """Each file that the page and its workers asked for, in lines, by the time when it was asked for."""
    origin = page.evaluate("() => performance.timeOrigin")
    rows: list[tuple[float, str]] = []
    places: list[tuple[str, Page | Worker]] = [("page", page), *(("worker", worker) for worker in page.workers)]
    for who, place in places:
        late, files = place.evaluate(TIMINGS)
        rows += (
            (begun + late - origin, f"{who:7}{begun + late - origin:6.0f} {end + late - origin:6.0f} {size:7,}  {name}")
            for name, begun, end, size in files
        )
    return [line for _begun, line in sorted(rows)]


def show(name: str, visits: list[Measured]) -> None:
    def told(values: list[float], digits: int = 0) -> str:
        return f"{statistics.median(values):.{digits}f} ({max(values):.{digits}f})"

    over = [
        key
        for key, values in (
            ("paint", [one.paint for one in visits]),
            ("shift", [one.shift for one in visits]),
            ("task", [one.task for one in visits]),
        )
        if statistics.median(values) > TARGETS[key]
    ]
    print(
        f"{name:20} {told([one.first for one in visits]):>13} {told([one.paint for one in visits]):>13} "
        f"{told([one.shift for one in visits], 3):>15} {told([one.task for one in visits]):>11} "
        f"{told([one.blocked for one in visits]):>11} {visits[0].bytes:>9,} {visits[0].requests:>4}  {visits[0].what}"
        + (f"   MISSED: {', '.join(over)}" if over else "")
    )
    if all(one.hits for one in visits):
        first, last = told([one.hits[0] for one in visits]), told([one.hits[-1] for one in visits])
        print(f"{'':20} first hit in sight after {first} ms, all {len(visits[0].hits)} after {last} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--site", type=Path, help="a built portal; without it, this repository's own is built")
    parser.add_argument("--harsh", action="store_true", help="562.5 ms for each request")
    parser.add_argument("--waterfall", action="store_true", help="tell of each file of the first visit")
    parser.add_argument("--page", action="append", choices=PAGES, help="only this sort of page; may be repeated")
    told = parser.parse_args()
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with tempfile.TemporaryDirectory(prefix="idesluss-bench-") as name:
        site = told.site or Path(name) / "site"
        if not told.site:
            command = [sys.executable, "-m", "idesluss", "build", "--quiet", "--site", str(site)]
            subprocess.run(command, check=False, cwd=Path(__file__).parents[1])
        latency, opening = (TRIP * HARSH, 0.0) if told.harsh else (TRIP, TRIP * OPENING / 1000)
        with hosted(site, opening) as host, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
            print(f"{told.rounds} rounds, median (worst); targets: {TARGETS}")
            print(
                f"{'':20} {'first, ms':>13} {'largest, ms':>13} {'shift':>15} {'task, ms':>11} {'blocked, ms':>11} "
                f"{'bytes':>9} {'req.':>4}"
            )
            for name_, path in PAGES.items():
                if not told.page or name_ in told.page:
                    settled = SETTLED.get(name_, "")
                    visits = [visit(browser, host + path, settled, latency) for _ in range(told.rounds)]
                    show(name_, visits)
                    if told.waterfall:
                        print(f"{'':8}{'asked':>5} {'there':>6} {'bytes':>7}", *visits[0].came, sep="\n")
            browser.close()


if __name__ == "__main__":
    main()
