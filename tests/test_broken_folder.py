"""A folder of broken files: one run finds every fault at its place, in both languages, and the rest is built."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from conftest import Files, run_cli
from idesluss.checks import CODES, STEP_CHECKS

GOLDEN = Path(__file__).parent / "golden"
IDEAS = "ideas/2026/"
NOW = "2026-02-01"
"""So that what hangs on the calendar is told of today as it is in years."""
PLACES: dict[str, list[tuple[int, int, str]]] = {
    "docs/ritning.svg": [(0, 0, "docs-file")],
    "ideas/2026/Fel Namn.md": [(0, 0, "file-name")],
    "ideas/2026/aldrig-stangd.md": [(1, 1, "front-matter")],
    "ideas/2026/anteckning.txt": [(0, 0, "file-name")],
    "ideas/2026/avstannad.md": [(6, 1, "stalled")],
    "ideas/2026/bar-lank.md": [(8, 4, "bare-link")],
    "ideas/2026/bild-med-kolon.md": [(4, 15, "picture-name")],
    "ideas/2026/bild-utan-alt.md": [(4, 8, "picture-alt"), (9, 1, "picture-alt")],
    "ideas/2026/bomb.md": [(7, 1, "unsafe-yaml")],
    "ideas/2026/dod-lank.md": [(8, 4, "broken-link"), (8, 38, "broken-link")],
    "ideas/2026/dubbelt-falt.md": [(6, 1, "duplicate-key")],
    "ideas/2026/fel-kodning.md": [(3, 8, "unreadable-file")],
    "ideas/2026/fel-mapp.md": [(8, 4, "wrong-path")],
    "ideas/2026/fel-sort.md": [(4, 8, "wrong-reference")],
    "ideas/2026/fel-syntax.md": [(2, 12, "front-matter")],
    "ideas/2026/flera-fel.md": [
        (2, 1, "unknown-field"),
        (4, 8, "bad-value"),
        (5, 12, "bad-value"),
        (6, 8, "bad-value"),
        (7, 15, "bad-value"),
        (8, 1, "unknown-field"),
        (9, 1, "missing-field"),
    ],
    "ideas/2026/former.md": [(4, 12, "address-clash")],
    "ideas/2026/forsenat-steg.md": [(7, 7, "overdue-step")],
    "ideas/2026/gps-bild.md": [(4, 15, "picture-location")],
    "ideas/2026/hoppar.md": [(10, 1, "heading-skip")],
    "ideas/2026/intern.md": [(4, 13, "internal-in-public")],
    "ideas/2026/langt.md": [(4, 10, "bad-value")],
    "ideas/2026/lankad-bild.md": [(8, 1, "hot-linked-picture")],
    "ideas/2026/lankar-till-intern.md": [(8, 4, "internal-link")],
    "ideas/2026/obekraftat.md": [(6, 8, "missing-evidence")],
    "ideas/2026/okand-enhet.md": [(4, 8, "unknown-reference")],
    "ideas/2026/okant-tema.md": [(4, 17, "unknown-theme")],
    "ideas/2026/osynligt.md": [(8, 13, "hidden-character")],
    "ideas/2026/parkerad.md": [(5, 12, "overdue-review")],
    "ideas/2026/personnummer.md": [(8, 7, "personal-number")],
    "ideas/2026/privat-epost.md": [(8, 12, "private-email")],
    "ideas/2026/radbrott.md": [(2, 11, "unreadable-file")],
    "ideas/2026/saknad-bild.md": [(8, 1, "picture-missing")],
    "ideas/2026/samordningsnummer.md": [(4, 17, "personal-number")],
    "ideas/2026/not.md": [(10, 1, "loose-footnote")],
    "ideas/2026/skript.md": [(10, 1, "removed-markup")],
    "ideas/2026/tabell.md": [(10, 13, "table-row")],
    "ideas/2026/stangd-utan-lardom.md": [(8, 1, "missing-evidence")],
    "ideas/2026/stavfel.md": [(4, 1, "unknown-field")],
    "ideas/2026/stor-bild.md": [(4, 15, "picture-large")],
    "ideas/2026/svg-bild.md": [(4, 15, "picture-type")],
    "ideas/2026/tagg.md": [(4, 15, "unsafe-yaml")],
    "ideas/2026/telefon.md": [(8, 6, "phone-number")],
    "ideas/2026/test-falt.md": [
        (5, 5, "missing-field"),
        (5, 5, "missing-field"),
        (5, 5, "missing-field"),
        (7, 5, "unknown-field"),
    ],
    "ideas/2026/tomt-problem.md": [(6, 1, "missing-section")],
    "ideas/2026/utan-falt.md": [(1, 1, "front-matter")],
    "ideas/2026/utan-problem.md": [(4, 1, "missing-section")],
    "ideas/2026/utan-svar.md": [(6, 1, "missing-evidence")],
    "ideas/2026/utanfor.md": [(4, 15, "outside-root")],
    "ideas/2026/vantar-pa-svar.md": [(4, 29, "overdue-answer")],
    "ideas/adoptions/forsta-gangen.md": [(7, 8, "repeated-adoption")],
    "ideas/adoptions/gammal-anvandning.md": [(8, 12, "lapsed-adoption")],
    "ideas/cases/gammalt-exempel.md": [(8, 17, "unconfirmed-case")],
    "ideas/lankad-mapp": [(0, 0, "outside-root")],
    "ideas/methods/langt-blad.md": [(6, 1, "sheet-full")],
    "ideas/ovrigt/lapp.md": [(0, 0, "file-name")],
    "ideas/units/hel-ide.md": [(0, 0, "duplicate-id")],
    "ideas/units/krockenhet.md": [(0, 0, "address-clash")],
}
CLOSED = (
    "bomb dubbelt-falt fel-kodning fel-syntax flera-fel former intern langt osynligt personnummer privat-epost "
    "radbrott samordningsnummer stavfel tagg telefon test-falt tomt-problem utan-problem"
).split()


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The golden folder with the pictures and the symbolic link that it cannot hold in git."""
    root = tmp_path_factory.mktemp("trasig") / "instans"
    shutil.copytree(GOLDEN / "broken", root)
    media = root / "ideas" / "media"
    media.mkdir()
    Image.new("RGB", (60, 40), "white").save(media / "liten.png")
    shutil.copyfile(media / "liten.png", media / "liten 10:30.png")
    (media / "ritning.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    (media / "stor.png").write_bytes((media / "liten.png").read_bytes() + bytes(5_000_001))
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (56.0, 2.0, 0.0), 3: "E", 4: (12.0, 42.0, 0.0)})
    Image.new("RGB", (60, 40), "white").save(media / "gps.jpg", exif=exif)
    (root / "docs" / "ritning.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    (root / "ideas" / "lankad-mapp").symlink_to(root / "docs", target_is_directory=True)
    return root


def idesluss(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "IDESLUSS_CACHE": str(root.parent / "cache"), "GITHUB_ACTIONS": ""}
    command = [sys.executable, "-m", "idesluss", "--root", str(root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)


def test_every_fault_is_found_at_its_place_in_one_run(broken: Path) -> None:
    told = idesluss(broken, "check", "--format", "json", "--now", NOW)
    assert told.returncode == 1, told.stderr
    found: dict[str, list[tuple[int, int, str]]] = {}
    for problem in json.loads(told.stdout):
        found.setdefault(problem["path"], []).append((problem["line"], problem["column"], problem["code"]))
    assert found == PLACES


def test_every_check_has_a_broken_file() -> None:
    of_build = {"docs-build", "search-index"}  # seen by build, and tested with the shell and the search
    of_a_change = {name.replace("_", "-") for name in STEP_CHECKS}  # seen beside a base, and tested there
    of_git = {
        "shallow-clone",
        "unread-repository",
        "rewritten-history",
        "dates-backwards",
        "bulk-list",
    }  # tested with repositories
    of_booklets = {"booklet-case"}  # seen when one is made, and tested there
    seen_elsewhere = of_build | of_a_change | of_git | of_booklets
    assert {code for places in PLACES.values() for *_, code in places} == set(CODES) - seen_elsewhere


@pytest.mark.parametrize("language", ["sv", "en"])
def test_messages_in_both_languages(broken: Path, language: str) -> None:
    told = idesluss(broken, "--lang", language, "check", "--format", "json", "--now", NOW)
    expected = GOLDEN / f"broken.{language}.json"
    if os.environ.get("IDESLUSS_UPDATE_GOLDEN"):
        expected.write_text(told.stdout, "utf-8")
    assert json.loads(expected.read_text("utf-8")) == json.loads(told.stdout)
    assert len(json.loads(told.stdout)) > 50


def test_the_rest_is_built_and_nothing_closed_is_published(broken: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    told = idesluss(broken, "build", "--site", str(site))
    assert told.returncode == 1, told.stderr
    assert "Något skaver." in (site / "ideer" / "hel-ide" / "index.html").read_text("utf-8")
    assert (site / "ideer" / "okand-enhet" / "index.html").is_file()
    assert [name for name in CLOSED if (site / "ideer" / name).exists()] == []
    published = "".join(path.read_text("utf-8") for path in site.rglob("*.html"))
    for secret in ("18900112", "070-174", "anna.exempelsson", "900172"):
        assert secret not in published


def test_names_that_are_no_utf8_are_told_and_stop_nothing(instance: Callable[[Files], Path]) -> None:
    """As files from an old archive have them: an entry, a folder with one, a picture, a hand-written page."""
    entry = "---\ntitle: {}\nunit: enhet\n---\n\n## Problem\n\nDet.\n"
    root = instance(
        {
            "ideas/units/enhet.md": "---\ntitle: Enhet\ntype: unit\n---\n",
            "ideas/2026/hel.md": entry.format("Hel"),
            "docs/om.md": "# Om\n",
            "ideas/media/tom": "",
        }
    )
    strange = [b"ideas/2026/l\xe5da.md", b"ideas/2026/g\xe5rd/inne.md", b"ideas/media/b\xe5t.png", b"docs/v\xe5r.md"]
    for name in strange:
        path = Path(os.fsdecode(os.fsencode(root) + b"/" + name))
        try:
            path.parent.mkdir(exist_ok=True)
            path.write_text(entry.format("Konstig"), "utf-8")
        except OSError as error:
            pytest.skip(f"this file system has no such names: {error}")
    for command in ("check", "build", "build"):
        done = run_cli("--lang", "en", command, root=root)
        assert done.returncode == 1, done.stderr
        assert "Traceback" not in done.stderr
        assert done.stdout.count("is not written as UTF-8") == 3, done.stdout
    assert (root / "site" / "ideer" / "hel" / "index.html").is_file()
    assert (root / "site" / "om" / "index.html").is_file()
    assert "Konstig" not in (root / "site" / "catalogue.json").read_text("utf-8")
    told = run_cli("--lang", "en", "new", "idea", os.fsdecode(b"L\xe5da"), root=root)
    assert told.returncode == 2
    assert "is not written as UTF-8" in told.stderr
    assert "Traceback" not in told.stderr
