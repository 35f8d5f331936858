"""What tests share: small instances, real git repositories, the built portal, a browser, and what judges pages."""

from __future__ import annotations

import functools
import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from idesluss import translate

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REPOSITORY = Path(__file__).resolve().parent.parent
DEMAND_ALL = os.environ.get("IDESLUSS_DEMAND_ALL") == "1"
NODE_MODULES = Path(os.environ.get("IDESLUSS_NODE_MODULES", REPOSITORY / ".ci" / "node_modules"))

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")  # no test is judged by the clock

NEEDS = {"chromium": "browser", "axe_source": "npm", "vnu": "java", "epubcheck": "java", "ace": "npm"}
"""Which fixture makes a test carry which marker, so that `pytest -m "not browser"` leaves out what it says."""

CHROMIUM_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

OWN_MACHINE = "nu.validator.servlet.allow-forbidden-hosts"
"""What lets the HTML checker read pages from this machine."""

SETTINGS = """\
name: Idéslussen
owner: Exempelstads kommun
description: En väg in för idéer.
address: https://idesluss.example/
language: sv
repository: public
contact: idesluss@exempelstad.example
themes:
  - id: skola
    title: Skola
    summary: Bättre vardag för barn och elever.
"""

Files = Mapping[str, str | bytes | None]


def pytest_configure() -> None:
    """Let the programs that tests start hear an interrupt, also where all this runs in the background, deaf to it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for fixture, marker in NEEDS.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Iterator[None]:  # pytest gives the report to the generator and takes what it returns
    report: pytest.TestReport = yield  # type: ignore[assignment]
    if DEMAND_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was not run, and IDESLUSS_DEMAND_ALL=1 demands all: {call.excinfo}"
    return report  # type: ignore[return-value]


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    report: pytest.CollectReport = yield  # type: ignore[assignment]
    if DEMAND_ALL and report.outcome == "skipped":
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} was not read, and IDESLUSS_DEMAND_ALL=1 demands all"
    return report  # type: ignore[return-value]


def write_files(root: Path, files: Files) -> Path:
    """Write `files` below `root`: text is dedented, bytes stay as they are, None takes the file away."""
    for name, content in files.items():
        path = root / name
        if content is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else textwrap.dedent(content).encode())
    return root


@pytest.fixture
def undisturbed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A memory of the test's own, and after it the language that was spoken before."""
    monkeypatch.setenv("IDESLUSS_CACHE", str(tmp_path / "cache"))
    before = translate.used()
    yield
    translate.use(before)


@pytest.fixture
def instance(tmp_path: Path) -> Callable[[Files], Path]:
    """Write a small instance and give its folder: `instance({"ideas/2026/a.md": "..."})`.

    `idesluss.yml` is a small public one in Swedish, unless the files bring their own. Called again, it adds to it.
    """

    def write(files: Files) -> Path:
        root = tmp_path / "instance"
        defaults: Files = {} if (root / "idesluss.yml").exists() else {"idesluss.yml": SETTINGS}
        (root / "ideas").mkdir(parents=True, exist_ok=True)
        return write_files(root, {**defaults, **files})

    return write


@dataclass(frozen=True)
class GitInstance:
    """An instance in a real git repository whose commits have fixed dates and one fixed author."""

    root: Path

    def git(self, *arguments: str, date: str = "2026-01-01") -> str:
        moment = date if "T" in date else f"{date}T12:00:00+00:00"
        settings = {
            "GIT_AUTHOR_NAME": "Test",
            "GIT_AUTHOR_EMAIL": "test@idesluss.example",
            "GIT_AUTHOR_DATE": moment,
            "GIT_COMMITTER_NAME": "Test",
            "GIT_COMMITTER_EMAIL": "test@idesluss.example",
            "GIT_COMMITTER_DATE": moment,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env={**os.environ, **settings},
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    def commit(self, files: Files, date: str, message: str = "Change") -> str:
        """Write `files` (None takes one away), commit all at `date` (YYYY-MM-DD, noon UTC) and give the full sha."""
        write_files(self.root, files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message, date=date)
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def git_instance(instance: Callable[[Files], Path]) -> GitInstance:
    """An instance in a new git repository, on branch main: `git_instance.commit({...}, "2026-01-05")`."""
    made = GitInstance(instance({}))
    made.git("init", "--quiet", "--initial-branch=main")
    return made


def run_cli(*arguments: str | Path, root: Path = REPOSITORY) -> subprocess.CompletedProcess[str]:
    """Run the real command line in a process of its own, as a person would."""
    command = [sys.executable, "-c", "from idesluss.cli import main; main()", "--root", root, *arguments]
    return subprocess.run([str(part) for part in command], check=False, capture_output=True, text=True)


@pytest.fixture(scope="session")
def cli() -> Callable[..., subprocess.CompletedProcess[str]]:
    """The real command line: `cli("check", "--format", "json", root=folder)`; without a root, on this repository."""
    return run_cli


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The portal of this very repository, built once by the real command line."""
    site = tmp_path_factory.mktemp("built") / "site"
    done = run_cli("build", "--site", site)
    assert done.returncode == 0, done.stdout + done.stderr
    return site


@pytest.fixture(scope="session")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> GitInstance:
    """The worked example with the history that tools/replay.py makes of it, in a repository of its own."""
    made = GitInstance(tmp_path_factory.mktemp("replayed") / "clone")
    command = [sys.executable, str(REPOSITORY / "tools" / "replay.py"), str(made.root)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return made


@pytest.fixture(scope="session")
def replayed_site(replayed: GitInstance, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The portal of the replayed example, where git shows every step."""
    site = tmp_path_factory.mktemp("replayed-site") / "site"
    done = run_cli("build", "--site", site, root=replayed.root)
    assert done.returncode == 0, done.stdout + done.stderr
    return site


class _StaticHost(SimpleHTTPRequestHandler):
    """A plain static file host: it knows files, index.html and 404.html, and nothing else."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.exists():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture(scope="session")
def serve_folder() -> Iterator[Callable[[Path], str]]:
    """Serve a folder on this machine and give its address, without a slash at the end."""
    servers: list[tuple[ThreadingHTTPServer, threading.Thread]] = []

    def serve(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_StaticHost, directory=str(folder)))
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield serve
    for server, thread in servers:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the whole run, the machine's own."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    starting = sync_playwright()
    try:
        playwright = starting.start()
    except Exception as error:  # noqa: BLE001 - its own program lacks a library, such as libatomic
        pytest.skip(f"Playwright does not start on this machine: {error}")
    browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
    yield browser
    browser.close()
    playwright.stop()


@pytest.fixture(scope="session")
def epubcheck() -> Callable[[Path], list[str]]:
    """EPUBCheck, the validator of the format: give it a book, and it gives all that it has to say."""
    if shutil.which("java") is None:
        pytest.skip("no Java on this machine")
    from epubcheck import EpubCheck

    def check(book: Path) -> list[str]:
        told = EpubCheck(str(book))
        return [f"{one.level} {one.id} {one.location}: {one.message}" for one in told.messages]

    return check


@pytest.fixture(scope="session")
def ace(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], list[str]]:
    """Ace, the accessibility checker for EPUB: give it a book, and it gives each fault with its page and piece."""
    program = NODE_MODULES / "@daisy" / "ace-cli" / "bin" / "ace.js"
    node = shutil.which("node")
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if node is None or browser is None:
        pytest.skip("no Node or no Chromium on this machine")
    if not program.exists():
        pytest.skip("Ace is not there; `make engines` fetches it")
    home = tmp_path_factory.mktemp("ace")
    own = {"HOME": str(home), "TMPDIR": str(home), "PUPPETEER_EXECUTABLE_PATH": browser, "ACE_TIMEOUT_INITIAL": "60000"}

    def check(book: Path) -> list[str]:
        out = home / book.stem
        command = [node, str(program), "--force", "--outdir", str(out), str(book)]
        done = subprocess.run(command, env={**os.environ, **own}, capture_output=True, text=True, check=False)
        assert (out / "report.json").is_file(), done.stdout + done.stderr
        report = json.loads((out / "report.json").read_text("utf-8"))
        return [
            f"{page['earl:testSubject']['url']}: {one['earl:test']['dct:title']}: {one['earl:result'].get('html', '')}"
            for page in report["assertions"]
            for one in page["assertions"]
        ]

    return check


@pytest.fixture(scope="session")
def axe_source() -> str:
    """The text of axe, which looks for accessibility faults in a page."""
    path = NODE_MODULES / "axe-core" / "axe.min.js"
    if not path.exists():
        pytest.skip("axe is not there; `make engines` fetches it")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def vnu() -> Callable[[Sequence[str]], list[dict[str, Any]]]:
    """The W3C HTML checker: give it web addresses, and it gives its messages (`url`, `type`, `message`, `lastLine` …).

    Addresses, not files: to a page that is read as a file, its own policy allows nothing.
    """
    jar = NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    java = shutil.which("java")
    if java is None:
        pytest.skip("no Java on this machine")
    if not jar.exists():
        pytest.skip("the HTML checker is not there; `make engines` fetches it")

    def check(addresses: Sequence[str]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for start in range(0, len(addresses), 500):
            command = [java, "-Xss4m", f"-D{OWN_MACHINE}=true", "-jar", str(jar)]
            command += ["--format", "json", "--stdout", "--exit-zero-always", *addresses[start : start + 500]]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            found += json.loads(done.stdout)["messages"]
        return found

    return check
