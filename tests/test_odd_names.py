"""Files whose names no site can have, or no text can hold: each is told of, and all else is built."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image

from conftest import Files, run_cli
from idesluss import site_paths

IDEA = "---\ntitle: Varna\nunit: fastighet\n---\n\n## Problemet\n\nFukt.\n\n![En vägg](../media/{})\n"
FILES: Files = {
    "ideas/units/fastighet.md": "---\ntitle: Fastighet\ntype: administration\n---\n",
    "docs/om.md": "# Om\n\nOm slussen.\n",
}

pytestmark = pytest.mark.usefixtures("undisturbed")


def told(root: Path) -> list[tuple[str, str]]:
    """The path and the code of every problem."""
    return [(one["path"], one["code"]) for one in json.loads(run_cli("check", "--format", "json", root=root).stdout)]


def built(root: Path, site: Path) -> set[str]:
    """What a build that tells of problems makes all the same."""
    done = run_cli("build", "--site", site, root=root)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


@pytest.mark.parametrize("folder", ["docs", "ideas/2026", "ideas/media"])
def test_a_name_that_is_no_utf8_stops_nothing(instance: Callable[[Files], Path], tmp_path: Path, folder: str) -> None:
    root = instance(FILES)
    (root / folder).mkdir(exist_ok=True)
    try:
        Path(os.fsdecode(os.fsencode(root / folder) + b"/b\xe5d.md")).write_text("# Utan fält\n")
    except OSError:
        pytest.skip("this disk takes no such name")
    if folder != "ideas/media":  # what no entry names is not looked at there
        assert [path.encode("ascii", "backslashreplace") for path, _code in told(root)] == [
            f"{folder}/b\\udce5d.md".encode()
        ]
        assert {"index.html", "om/index.html", "enheter/fastighet/index.html"} <= built(root, tmp_path / "site")
    else:
        assert told(root) == []


def test_an_instance_whose_folder_is_no_utf8_is_read(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    try:
        moved = instance(FILES).rename(os.fsdecode(os.fsencode(tmp_path) + b"/slussen i \xe5r"))
    except OSError:
        pytest.skip("this disk takes no such name")
    assert told(moved) == []


@pytest.mark.parametrize(
    ("files", "lost"),
    [
        (("fukt 10:30.png",), "fukt 10:30.png"),
        ((f"{'x' * 248}.png",), f"{'x' * 248}.png"),
        (("fukt.png", "fukt.png.webp"), "fukt.png.webp"),
        (("Fukt.png", "fukt.png"), "fukt.png"),
    ],
)
def test_a_picture_that_no_site_can_hold_is_told_of_and_left_out(
    instance: Callable[[Files], Path], tmp_path: Path, files: tuple[str, ...], lost: str
) -> None:
    root = instance(
        {**FILES, **{f"ideas/2026/varna-{at}.md": IDEA.format(quote(file)) for at, file in enumerate(files)}}
    )
    (root / "ideas" / "media").mkdir()
    for file in files:
        Image.new("RGB", (6, 4)).save(root / "ideas" / "media" / file)
    assert told(root) == [(f"ideas/2026/varna-{files.index(lost)}.md", "picture-name")]
    made = built(root, tmp_path / "site")
    assert {f"ideer/varna-{at}/index.html" for at in range(len(files))} <= made
    assert len([path for path in made if path.startswith("media/480/")]) == len(files) - 1


def test_a_page_with_a_name_that_no_site_can_have_is_left_out(
    instance: Callable[[Files], Path], tmp_path: Path
) -> None:
    root = instance({**FILES, "docs/kl 10:30.md": "# Då\n"})
    assert told(root) == [("docs/kl 10:30.md", "docs-file")]
    assert "om/index.html" in built(root, tmp_path / "site")


@pytest.mark.parametrize(
    ("path", "usable"), [("å" * 127, True), ("å" * 128, False), (f"{'å' * 100}/{'å' * 100}", True)]
)
def test_a_name_is_as_long_as_its_bytes(path: str, usable: bool) -> None:
    assert site_paths.is_usable(path) is usable
