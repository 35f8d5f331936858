"""Put the same hostile and clumsy files to stock MkDocs with Material and to idesluss, and show both side by side.

    python bench/beside_mkdocs.py

Pages are opened in Chromium (Playwright); the pieces of Markdown are those of tests/hostile.py.
"""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Dialog, Route, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from hostile import VECTORS

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
FRONT = "---\ntitle: {title}\nunit: enhet\n---\n\n"
SETTINGS = "name: Prov\nowner: Prov\naddress: https://prov.example/\nlanguage: sv\nrepository: public\n"
MKDOCS = "site_name: Prov\nsite_url: https://prov.example/\ntheme:\n  name: material\n  font: false\nplugins: []\n"


class Row(NamedTuple):
    what: str
    stock: str
    ours: str


class Two:
    """The same content as a MkDocs project and as an instance of idesluss."""

    def __init__(self, work: Path) -> None:
        self.stock, self.ours = work / "mkdocs", work / "idesluss"
        for folder in (
            self.stock / "docs",
            self.ours / "docs",
            self.ours / "ideas" / "units",
            self.ours / "ideas" / "media",
        ):
            folder.mkdir(parents=True)
        (self.stock / "mkdocs.yml").write_text(MKDOCS, "utf-8")
        (self.stock / "docs" / "index.md").write_text("# Start\n", "utf-8")
        (self.ours / "idesluss.yml").write_text(SETTINGS, "utf-8")
        (self.ours / "mkdocs.yml").write_text(MKDOCS, "utf-8")
        (self.ours / "docs" / "om.md").write_text("# Om\n", "utf-8")
        (self.ours / "ideas" / "units" / "enhet.md").write_text("---\ntitle: Enhet\ntype: unit\n---\n", "utf-8")
        self.cache = work / "cache"

    def add(self, name: str, body: str) -> None:
        for folder in (self.stock / "docs", self.ours / "ideas" / "2026"):
            folder.mkdir(exist_ok=True)
            (folder / f"{name}.md").write_bytes((FRONT.format(title=name) + body).encode())

    def commands(self) -> tuple[tuple[Path, list[str]], tuple[Path, list[str]]]:
        return (
            (self.stock, [sys.executable, "-m", "mkdocs", "build", "-q"]),
            (self.ours, [sys.executable, "-m", "idesluss", "build", "--quiet"]),
        )

    def build(self) -> tuple[int, int]:
        codes = []
        for folder, command in self.commands():
            shutil.rmtree(folder / "site", ignore_errors=True)
            told = subprocess.run(command, cwd=folder, capture_output=True, check=False, env=self.environment())
            codes.append(told.returncode)
        return codes[0], codes[1]

    def environment(self) -> dict[str, str]:
        return {**os.environ, "IDESLUSS_CACHE": str(self.cache), "NO_COLOR": "1"}

    def check(self) -> str:
        told = subprocess.run(
            [sys.executable, "-m", "idesluss", "--lang", "en", "check"],
            cwd=self.ours, capture_output=True, text=True, check=False, env=self.environment(),
        )  # fmt: skip
        return told.stdout


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    class Server(http.server.ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A page that is left early breaks its pipes."""

    server = Server(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()


def opened(site: Path, names: list[str], prefix: str) -> tuple[int, int, int]:
    """Of the pages: how many are there, ran a script of their author's, and asked another host."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    there = ran = asked = 0
    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page()
        seen: set[str] = set()

        def on_dialog(dialog: Dialog) -> None:
            seen.add("ran")
            dialog.dismiss()

        def on_request(route: Route) -> None:
            if route.request.url.startswith(address):
                route.continue_()
                return
            seen.add("asked")
            route.abort()

        page.on("dialog", on_dialog)
        page.route("**/*", on_request)
        for name in names:
            if not (site / prefix / name / "index.html").is_file():
                continue
            there += 1
            seen.clear()
            with contextlib.suppress(Exception):
                page.goto(f"{address}{prefix}{name}/", wait_until="load", timeout=5000)
                page.evaluate("document.querySelectorAll('a[href^=\"java\" i]').forEach(a => a.click())")
                page.wait_for_timeout(50)
            ran += "ran" in seen
            asked += "asked" in seen
        browser.close()
    return there, ran, asked


def scripts(work: Path) -> Iterator[Row]:
    two = Two(work)
    for name, piece in VECTORS.items():
        two.add(name, f"## Problemet\n\nText.\n\n{piece}\n")
    codes = two.build()
    names = list(VECTORS)
    stock, ours = opened(two.stock / "site", names, ""), opened(two.ours / "site", names, "ideer/")
    total = len(names)
    yield Row(
        "2 pages built of hostile ones",
        f"{stock[0]} of {total}, exit {codes[0]}",
        f"{ours[0]} of {total}, exit {codes[1]}",
    )
    yield Row("1 pages where script ran", str(stock[1]), str(ours[1]))
    yield Row("1 pages that asked another host", str(stock[2]), str(ours[2]))


def files(work: Path) -> Iterator[Row]:
    two = Two(work)
    two.add("ide", "## Problemet\n\nText. ![Plats](../media/plats.jpg)\n")
    secret = work / "hemligt.txt"
    secret.write_text("hemligt", "utf-8")
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (56.0, 2.0, 0.0), 3: "E", 4: (12.0, 42.0, 0.0)})
    for folder in (two.stock / "docs", two.ours / "ideas" / "media"):
        (folder / "lank.txt").symlink_to(secret)
        (folder / "bild.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "utf-8")
        (folder / "sida.html").write_text("<script>alert(1)</script>", "utf-8")
        Image.new("RGB", (60, 40), "white").save(folder / "plats.jpg", exif=exif)
    two.build()
    published = [{path.name for path in (folder / "site").rglob("*")} for folder in (two.stock, two.ours)]
    for number, what, name in (
        (3, "symbolic link published", "lank.txt"),
        (4, "SVG with script published", "bild.svg"),
        (4, "HTML attachment published", "sida.html"),
    ):
        yield Row(f"{number} {what}", *("yes" if name in names else "no" for names in published))
    gps = []
    for folder in (two.stock, two.ours):
        pictures = list((folder / "site").rglob("plats*.jpg"))
        kept = any(Image.open(picture).getexif().get_ifd(0x8825) for picture in pictures)
        gps.append("yes" if kept else "no" if pictures else "no (not published)")
    yield Row("7 position kept in a picture", *gps)
    yield Row("7 position reported", "no", "yes" if "picture-location" in two.check() else "no")


def texts(work: Path) -> Iterator[Row]:
    two = Two(work)
    two.add("dolt", "## Problemet\n\nText \u202e med \u200b dolda tecken.\n")
    for folder in (two.stock / "docs", two.ours / "ideas" / "2026"):
        (folder / "dubbel.md").write_text(
            "---\ntitle: Ett\nunit: enhet\ntitle: Två\n---\n\n## Problemet\n\nX.\n", "utf-8"
        )
        links = "\n".join(f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 10)}]" for n in range(1, 9))
        bomb = f"---\ntitle: Bomb\nunit: enhet\nx0: &x0 [a, a]\n{links}\n---\n\n## Problemet\n\nX.\n"
        (folder / "bomb.md").write_text(bomb, "utf-8")
    two.build()
    told = two.check()
    for number, what, code in (
        (6, "hidden characters reported", "hidden-character"),
        (8, "key that stands twice reported", "duplicate-key"),
        (8, "alias bomb refused", "unsafe-yaml"),
    ):
        yield Row(f"{number} {what}", "no", "yes" if code in told else "no")
    two.add("formel", "## Problemet\n\nX.\n")
    path = two.ours / "ideas" / "2026" / "formel.md"
    path.write_text(path.read_text("utf-8").replace("title: formel", 'title: "=HYPERLINK(1)"'), "utf-8")
    command = [sys.executable, "-m", "idesluss", "list", "idea", "--format", "csv"]
    csv = subprocess.run(
        command, cwd=two.ours, capture_output=True, text=True, check=False, env=two.environment()
    ).stdout
    cell = next((line for line in csv.splitlines() if "HYPERLINK" in line), "")
    yield Row(
        "10 formula in an exported cell",
        "(no export)",
        "yes" if ",=" in cell or cell.startswith("=") else "no" if cell else "?",
    )


def kills(work: Path) -> Iterator[Row]:
    two = Two(work)
    for number in range(400):
        two.add(f"ide-{number}", "## Problemet\n\n" + "Text. " * 200)
    two.build()
    results = []
    for (folder, command), prefix in zip(two.commands(), ("", "ideer/"), strict=True):
        whole = 400
        for moment in (0.6, 0.9, 1.2, 1.5, 1.8):
            for number in range(400):
                path = next(iter(folder.rglob(f"ide-{number}.md")))
                if number < 3:
                    path.write_text(path.read_text("utf-8") + "Mer. ", "utf-8")
            process = subprocess.Popen(
                command, cwd=folder, env=two.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            time.sleep(moment)
            process.send_signal(signal.SIGKILL)
            process.wait()
            pages = [folder / "site" / f"{prefix}ide-{number}" / "index.html" for number in range(400)]
            whole = min(
                whole, sum(page.is_file() and page.read_bytes().rstrip().endswith(b"</html>") for page in pages)
            )
        results.append(f"{whole} of 400")
    yield Row("5 whole pages left after a kill, at worst", *results)


def main() -> None:
    print(f"{'':44}{'mkdocs + material':28}idesluss")
    for part in (scripts, files, texts, kills):
        with tempfile.TemporaryDirectory(prefix="idesluss-hostile-") as name:
            for row in part(Path(name)):
                print(f"{row.what:44}{row.stock:28}{row.ours}", flush=True)


if __name__ == "__main__":
    main()
