"""Hostile content in a real browser: nothing runs, nothing comes from elsewhere, nothing stops the rest."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from conftest import Files
from hostile import VECTORS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Request, Route

FRONT = '---\ntitle: "{title}"\nunit: enhet\n---\n\n'
UNIT = "---\ntitle: Enhet\ntype: unit\n---\n"
FIELDS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "' onclick=alert(1) x='",
    '"><svg onload=alert(1)>',
    "{{ 7*7 }}{% raw %}",
    "]]></script><script>alert(1)",
    "&lt;b&gt; &amp; 🙂 å",
    "IDESLUSSBODY",
)


def build(root: Path, site: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "idesluss", "--root", str(root), "build", "--site", str(site)]
    told = {**os.environ, "IDESLUSS_CACHE": str(site.parent / "cache")}
    return subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8", env=told)


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("hostile") / "instance"
    for folder in ("ideas/2026", "ideas/units"):
        (root / folder).mkdir(parents=True)
    (root / "idesluss.yml").write_text("name: Prov\nowner: Prov\naddress: https://prov.example/\n", "utf-8")
    (root / "ideas/units/enhet.md").write_text(UNIT, "utf-8")
    for name, piece in VECTORS.items():
        text = FRONT.format(title=name) + f"## Problemet\n\nFöre.\n\n{piece}\n"
        (root / f"ideas/2026/{name}.md").write_bytes(text.encode())
    for number, piece in enumerate(FIELDS):
        quoted = piece.replace("'", "''")
        front = f"---\ntitle: '{quoted}'\nsummary: '{quoted}'\nunit: enhet\nbeneficiaries: '{quoted}'\n---\n\n"
        (root / f"ideas/2026/falt-{number}.md").write_text(front + "## Problemet\n\nFöre.\n", "utf-8")
    site = root.parent / "site"
    told = build(root, site)
    assert told.returncode == 1, told.stderr
    assert "Traceback" not in told.stderr
    return site


def test_one_hostile_file_never_stops_the_others(hostile_site: Path) -> None:
    names = [*VECTORS, *(f"falt-{number}" for number in range(len(FIELDS)))]
    missing = [name for name in names if not (hostile_site / "ideer" / name / "index.html").is_file()]
    assert missing == ["img-formfeed", "a-js-control", "null"]  # their control characters keep them closed


def test_no_script_runs_and_no_other_host_is_asked(
    hostile_site: Path, chromium: Browser, serve_folder: Callable[[Path], str]
) -> None:
    address = serve_folder(hostile_site)
    ran: list[str] = []
    asked: list[str] = []
    broken: list[str] = []
    context = chromium.new_context(bypass_csp=True)  # the policy is a second wall; here the first must hold alone
    page = context.new_page()

    def on_dialog(dialog: Dialog) -> None:
        ran.append(page.url)
        dialog.dismiss()

    def on_request(request: Request) -> None:
        if not request.url.startswith((address, "data:")):
            asked.append(request.url)

    def block(route: Route) -> None:
        route.continue_() if route.request.url.startswith(address) else route.abort()

    page.on("dialog", on_dialog)
    page.on("request", on_request)
    page.route("**/*", block)
    for folder in sorted((hostile_site / "ideer").iterdir()):
        if not folder.is_dir() or folder.name == "sida":
            continue
        page.goto(f"{address}/ideer/{folder.name}/", wait_until="load")
        page.evaluate("document.querySelectorAll('main a').forEach(a => { if (!/^https?:/.test(a.href)) a.click() })")
        broken += [folder.name] if page.locator("main h1").count() != 1 or page.locator("footer").count() < 1 else []
    for index in ("/", "/ideer/", "/enheter/enhet/"):
        page.goto(address + index, wait_until="load")
    context.close()
    assert (ran, asked, broken) == ([], [], [])


def test_the_browser_would_have_told(chromium: Browser) -> None:
    """The same listening on the same pieces, unsafe: so the test above can fail."""
    ran: list[str] = []
    page = chromium.new_page()

    def on_dialog(dialog: Dialog) -> None:
        ran.append("ran")
        dialog.dismiss()

    page.on("dialog", on_dialog)
    page.set_content("<img src=x onerror=alert(1)>")
    page.wait_for_timeout(100)
    page.close()
    assert ran


def test_symlinks_and_dangerous_files_are_not_published(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    secret = tmp_path / "hemligt.md"
    secret.write_text("---\ntitle: Hemligt\nunit: enhet\n---\n\n## Problemet\n\nLäckan.\n", "utf-8")
    front = FRONT.format(title="Bild")
    root = instance(
        {
            "ideas/units/enhet.md": UNIT,
            "ideas/2026/bild.md": f"{front}## Problemet\n\n"
            "![a](../media/a.svg) ![b](../media/lank.webp) ![c](../media/sida.webp)\n",
            "ideas/media/a.svg": "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            "ideas/media/sida.webp": "<script>alert('Läckan')</script>",
            "docs/om.md": "# Om\n",
            "docs/farlig.html": "<script>alert(1)</script>",
            "docs/farlig.svg": "<svg onload='alert(1)'/>",
        }
    )
    (root / "ideas/2026/lank.md").symlink_to(secret)
    (root / "ideas/media/lank.webp").symlink_to(secret)
    (root / "docs/lank.md").symlink_to(secret)
    assert build(root, tmp_path / "site").returncode == 1
    names = {path.name for path in (tmp_path / "site").rglob("*")}
    assert not {"a.svg", "a.svg.webp", "lank.webp", "sida.webp", "farlig.html", "farlig.svg", "lank"} & names
    assert not any("Läckan" in path.read_text("utf-8", "replace") for path in (tmp_path / "site").rglob("*.html"))


def test_a_picture_loses_what_it_tells_of_its_place(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x013B] = "Namn Namnsson"
    path = tmp_path / "bild.jpg"
    Image.new("RGB", (60, 40), "white").save(path, exif=exif)
    front = FRONT.format(title="Bild").replace("unit: enhet\n", "unit: enhet\nimage: {file: bild.jpg, alt: En bild}\n")
    root = instance(
        {
            "ideas/units/enhet.md": UNIT,
            "ideas/2026/bild.md": f"{front}## Problemet\n\nX.\n",
            "ideas/media/bild.jpg": path.read_bytes(),
        }
    )
    assert build(root, tmp_path / "site").returncode == 0
    pictures = list((tmp_path / "site").rglob("bild*.webp"))
    assert pictures
    assert not any(b"Namnsson" in picture.read_bytes() for picture in pictures)


def test_a_picture_bomb_stops_nothing(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    path = tmp_path / "stor.png"
    Image.new("1", (20_000, 20_000)).save(path)
    front = FRONT.format(title="Bomb").replace("unit: enhet\n", "unit: enhet\nimage: {file: stor.png, alt: Stor}\n")
    root = instance(
        {
            "ideas/units/enhet.md": UNIT,
            "ideas/2026/bomb.md": f"{front}## Problemet\n\nX.\n",
            "ideas/media/stor.png": path.read_bytes(),
        }
    )
    told = build(root, tmp_path / "site")
    assert told.returncode == 1
    assert "Traceback" not in told.stderr
    assert (tmp_path / "site/ideer/bomb/index.html").is_file()
    assert not list((tmp_path / "site").rglob("stor*"))


def test_exported_cells_are_no_formulas(instance: Callable[[Files], Path]) -> None:
    files: dict[str, str | bytes | None] = {"ideas/units/enhet.md": UNIT}
    for number, sign in enumerate(("=", "+", "-", "@", "\\t=")):
        front = FRONT.format(title=f"{sign}cmd({number})")
        files[f"ideas/2026/formel-{number}.md"] = f"{front}## Problemet\n\nX.\n"
    root = instance(files)
    command = [sys.executable, "-m", "idesluss", "--root", str(root), "list", "idea", "--format", "csv"]
    told = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    import csv

    cells = [cell for row in csv.reader(told.splitlines()) for cell in row]
    assert sum("cmd(" in cell for cell in cells) == 5
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_cache_in_the_repository_is_never_read(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    """What is remembered is trusted, so it must not come with a pull request."""
    root = instance(
        {
            "ideas/units/enhet.md": UNIT,
            ".idesluss/readings": "x",
            "ideas/2026/a.md": FRONT.format(title="A") + "## Problemet\n\nX.\n",
        }
    )
    assert build(root, tmp_path / "site").returncode == 0
    assert (root / ".idesluss/readings").read_text("utf-8") == "x"
    assert [path.name for path in (root / ".idesluss").iterdir()] == ["readings"]
