"""The search: what is in its index, when it is made, what happens without it, and the lists that serve beside it."""

from __future__ import annotations

import gzip
import json
import os
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from pagefind_bin_extended import get_executable

from conftest import Files

SETTINGS = """\
name: Idéslussen
owner: Exempelstads kommun
address: https://idesluss.example/
language: sv
repository: {repository}
themes: [{{id: skola, title: Skola}}, {{id: klimat, title: Klimat}}]
"""
IDEA = """\
---
title: {title}
unit: {unit}
handed_in: {{door: form, at: {day}}}
{more}
---

## Problemet

{text}
"""


def idea(title: str, text: str, unit: str = "fastighet", day: str = "2025-03-01", more: str = "summary: Kort.") -> str:
    return IDEA.format(title=title, text=text, unit=unit, day=day, more=more)


FILES: Files = {
    "idesluss.yml": SETTINGS.format(repository="public"),
    "ideas/units/fastighet.md": "---\ntitle: Fastighetsenheten\ntype: administration\n---\n",
    "ideas/units/skolan.md": "---\ntitle: Skolförvaltningen\ntype: administration\n---\n",
    "ideas/goals/torra-hus.md": "---\ntitle: Torra hus\nlevel: strategy\n---\n",
    "ideas/actors/kth.md": "---\ntitle: Högskolan\nsector: academia\n---\n",
    "ideas/2025/kallaren.md": idea(
        "Källaren under vatten", "Varje översvämning gör källaren obrukbar.", more="summary: Torrt.\nthemes: [klimat]"
    ),
    "ideas/2026/matare.md": idea(
        "Mätare i väggen", "Små sensorer i väggen märker vatten.", day="2026-02-01", more="themes: [klimat, skola]"
    ),
    "ideas/2026/klassrum.md": idea(
        "Luften i klassrummet",
        "Nya sensorer visar när luften är dålig.",
        "skolan",
        "2026-02-02",
        "themes: [skola]\nactors: [{actor: kth, part: mäter}]\ngoals: [torra-hus]",
    ),
    "docs/om.md": "# Om portalen\n\nHär står trollformeln *simsalabim*. Den är `kort`.\n",
}


def build(root: Path, site: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "idesluss", "--root", str(root), "build", "--site", str(site), *arguments]
    told = {**os.environ, "IDESLUSS_CACHE": str(site.parent / "cache"), **environment}
    return subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8", env=told)


def files(site: Path) -> dict[str, bytes]:
    index = site / "pagefind"
    return {path.relative_to(index).as_posix(): path.read_bytes() for path in index.rglob("*") if path.is_file()}


def unpacked(site: Path) -> str:
    """All that stands in the index, as text."""
    packed = [data for name, data in files(site).items() if ".pf_" in name]
    assert packed
    return b"\n".join(map(gzip.decompress, packed)).decode("utf-8", "replace")


def hits(site: Path) -> dict[str, dict[str, object]]:
    """What the index holds of each page, by its address."""
    found = [gzip.decompress(data) for name, data in files(site).items() if name.endswith(".pf_fragment")]
    read = [json.loads(data.removeprefix(b"pagefind_dcd")) for data in found]
    return {one["url"]: one for one in read}


@pytest.fixture
def counting(tmp_path: Path) -> tuple[str, Callable[[], int]]:
    """A program that does what Pagefind does and counts how often, and the count."""
    program, count = tmp_path / "pagefind", tmp_path / "count"
    program.write_text(f'#!/bin/sh\necho x >> "{count}"\nexec "{get_executable()}" "$@"\n', "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program), lambda: count.read_text("utf-8").count("x") if count.exists() else 0


def test_every_entry_and_every_hand_written_page_can_be_found(
    instance: Callable[[Files], Path], tmp_path: Path
) -> None:
    assert build(instance(FILES), tmp_path / "site").returncode == 0
    found = hits(tmp_path / "site")
    assert {"ideer/kallaren/", "enheter/skolan/", "mal/torra-hus/", "aktorer/kth/", "om/"} <= found.keys()
    assert "trollformeln simsalabim. Den är kort." in str(found["om/"]["content"])
    assert found["ideer/klassrum/"]["filters"] == {
        "kind": ["idea"],
        "stage": ["submitted"],
        "theme": ["skola"],
        "unit": ["skolan"],
        "goal": ["torra-hus"],
        "sector": ["academia"],
        "year": ["2026"],
    }
    assert found["ideer/klassrum/"]["meta"] == {
        "title": "Luften i klassrummet",
        "kind": "Idé",
        "mark": "Inlämnad",
        "note": "Skolförvaltningen",
    }


def test_what_is_internal_is_not_in_the_index(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    secret = "Hemlighuset"
    more = f"visibility: public\nlog:\n  - {{date: 2026-01-03, role: idécoach, type: note, text: Om {secret}ets}}"
    root = instance(
        {
            **FILES,
            "idesluss.yml": SETTINGS.format(repository="private"),
            "ideas/2025/kallaren.md": idea(secret, f"Om {secret}et."),
            "ideas/2026/matare.md": idea("Mätare", "Öppet.", more=more),
            "ideas/2026/senare.md": idea(secret, "Senare.", more="visibility: public\npublish_from: 2999-01-01"),
        }
    )
    assert build(root, tmp_path / "site").returncode == 0
    public = unpacked(tmp_path / "site")
    assert "Mätare" in public
    assert secret.lower() not in public.lower()
    assert "kallaren" not in public
    assert build(root, tmp_path / "inside", "--audience", "internal").returncode == 0
    assert secret in unpacked(tmp_path / "inside")
    assert build(root, tmp_path / "site").returncode == 0
    assert secret.lower() not in unpacked(tmp_path / "site").lower()


def test_two_indexes_of_the_same_texts_are_equal(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    many = {
        f"ideas/2024/ide-{n}.md": idea(f"Idé {n}", f"Ord{n} vatten.", day=f"{2010 + n % 9}-01-01") for n in range(60)
    }
    root = instance({**FILES, **many})
    for name in ("one", "two"):
        assert build(root, tmp_path / name / "site").returncode == 0
    one, two = files(tmp_path / "one" / "site"), files(tmp_path / "two" / "site")
    assert len(one) > 70
    assert one == two


def test_it_is_made_only_where_a_searched_text_has_changed(
    instance: Callable[[Files], Path], tmp_path: Path, counting: tuple[str, Callable[[], int]]
) -> None:
    program, count = counting
    root, site = instance(FILES), tmp_path / "site"
    build(root, site, PAGEFIND_BINARY_PATH=program)
    assert count() == 1
    before = {path: path.stat().st_mtime_ns for path in (site / "pagefind").rglob("*")}
    build(root, site, PAGEFIND_BINARY_PATH=program)
    instance({"ideas/2026/matare.md": str(FILES["ideas/2026/matare.md"]) + "\n\n<!-- inget som syns -->\n"})
    build(root, site, PAGEFIND_BINARY_PATH=program)
    assert count() == 1
    assert before == {path: path.stat().st_mtime_ns for path in (site / "pagefind").rglob("*")}
    instance({"ideas/2026/matare.md": idea("Mätare i väggen", "Nya ord.")})
    build(root, site, PAGEFIND_BINARY_PATH=program)
    assert count() == 2
    assert "Nya ord" in unpacked(site)
    assert "Små sensorer" not in unpacked(site)


@pytest.mark.parametrize("program", ["/no/such/program", "/bin/false"])
def test_without_pagefind_the_portal_is_built_and_says_so(
    instance: Callable[[Files], Path], tmp_path: Path, program: str
) -> None:
    root, site = instance(FILES), tmp_path / "site"
    assert build(root, site).returncode == 0
    instance({"ideas/2026/matare.md": idea("Mätare i väggen", "Nya ord.")})
    told = build(root, site, "--format", "json", PAGEFIND_BINARY_PATH=program)
    assert told.returncode == 0, told.stderr
    found = [(one["code"], one["severity"]) for one in json.loads(told.stdout)]
    assert [one for one in found if one[1] != "notice"] == [("search-index", "warning")]
    assert not (site / "pagefind").exists(), "an old index may hold what is no longer to be seen"
    assert "Nya ord" in (site / "ideer" / "matare" / "index.html").read_text("utf-8")
    assert 'href="../hitta/"' in (site / "sok" / "index.html").read_text("utf-8")
    assert build(root, site).returncode == 0
    assert "Nya ord" in unpacked(site)


def test_everything_is_listed_by_every_facet(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    assert build(instance(FILES), tmp_path / "site").returncode == 0
    index = (tmp_path / "site" / "hitta" / "index.html").read_text("utf-8")
    for address, title in {
        "hitta/steg/submitted/": "Källaren under vatten",
        "hitta/enhet/skolan/": "Luften i klassrummet",
        "hitta/mal/torra-hus/": "Luften i klassrummet",
        "hitta/sektor/academia/": "Högskolan",
        "hitta/ar/2025/": "Källaren under vatten",
        "teman/klimat/": "Mätare i väggen",
        "ideer/": "Mätare i väggen",
    }.items():
        assert f'href="../{address}"' in index
        assert title in (tmp_path / "site" / address / "index.html").read_text("utf-8")
    assert not (tmp_path / "site" / "hitta" / "ar" / "2024").exists()
    addresses = (tmp_path / "site" / "sitemap.xml").read_text("utf-8")
    assert "https://idesluss.example/hitta/enhet/skolan/" in addresses
    assert "https://idesluss.example/sok/" in addresses


def test_a_change_makes_only_the_lists_that_show_it(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    root, site = instance(FILES), tmp_path / "site"
    build(root, site)
    before = {path: path.read_bytes() for path in site.rglob("index.html")}
    written = {path: path.stat().st_mtime_ns for path in before}
    instance({"ideas/2026/klassrum.md": str(FILES["ideas/2026/klassrum.md"]).replace("Luften i", "Luft för")})
    told = build(root, site)
    changed = {path.parent.relative_to(site).as_posix() for path in before if path.stat().st_mtime_ns != written[path]}
    assert told.returncode == 0
    assert {"hitta/enhet/skolan", "hitta/ar/2026", "hitta/steg/submitted"} <= changed
    assert not {"hitta/enhet/fastighet", "hitta/ar/2025", "hitta", "sok"} & changed


def test_long_lists_are_cut_and_no_page_more_is_made(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    many = {f"ideas/2024/ide-{n}.md": idea(f"Idé {n}", "Vatten.", day="2024-01-01") for n in range(130)}
    root = instance({**FILES, **many})
    assert build(root, tmp_path / "site").returncode == 0
    pages = sorted(path.parent for path in (tmp_path / "site" / "hitta" / "ar" / "2024").rglob("index.html"))
    assert len(pages) == 3
    shown = [path.joinpath("index.html").read_text("utf-8").count("<h3><a href=") for path in pages]
    assert sum(shown) == 130
    assert max(shown) == 60


def test_the_preview_makes_the_search_when_idle(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    root = instance(FILES)
    command = [sys.executable, "-m", "idesluss", "--root", str(root), "serve", "--port", "0"]
    told = {**os.environ, "IDESLUSS_CACHE": str(tmp_path / "cache"), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, env=told, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            said = process.stdout.readline() if process.stdout else ""
            while "http://" not in said:
                assert process.stdout
                said = process.stdout.readline()
            home = next(word for word in said.split() if word.startswith("http://")).rstrip(".")
            first = _entry_of(home)
            path = root / "ideas" / "2026" / "matare.md"
            path.write_text(idea("Mätare i väggen", "Nya ord."), "utf-8")
            _until(lambda: b"Nya ord" in _got(f"{home}ideer/matare/"))
            _until(lambda: _entry_of(home) != first)
        finally:
            process.terminate()


def _got(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return bytes(answer.read())
    except OSError:
        return b""


def _entry_of(home: str) -> str:
    """The name of the index that the preview has."""
    _until(lambda: _got(f"{home}pagefind/pagefind-entry.json") != b"")
    return str(json.loads(_got(f"{home}pagefind/pagefind-entry.json"))["languages"]["sv"]["hash"])


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)
