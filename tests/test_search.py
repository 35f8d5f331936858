"""The search: what is in its index, when it is made, what happens without it, and the lists that serve beside it."""

from __future__ import annotations

import base64
import gzip
import json
import os
import random
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import cbor2
import pytest
from pagefind_bin_extended import get_executable

from conftest import Files
from idesluss.search import chunks, indexing, service
from idesluss.search.records import Record

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


ENDS = [f"{vowel}{end}" for vowel in "aeiouyåäö" for end in ("", "d", "g", "k", "l", "m", "p", "t", "v", "dda", "ngla")]
"""What makes many words of one beginning."""


def idea(title: str, text: str, unit: str = "fastighet", day: str = "2025-03-01", more: str = "summary: Kort.") -> str:
    return IDEA.format(title=title, text=text, unit=unit, day=day, more=more)


FILES: Files = {
    "idesluss.yml": SETTINGS.format(repository="public"),
    "ideas/units/fastighet.md": "---\ntitle: Fastighetsenheten\ntype: administration\n---\n",
    "ideas/units/skolan.md": "---\ntitle: Skolförvaltningen\ntype: administration\n---\n",
    "ideas/goals/torra-hus.md": "---\ntitle: Torra hus\nlevel: strategy\n---\n",
    "ideas/actors/kth.md": "---\ntitle: Högskolan\nsector: academia\n---\n",
    "ideas/2025/kallaren.md": idea(
        "Källaren under vatten",
        "Varje översvämning gör källaren obrukbar.",
        more="summary: Torrt.\nthemes: [klimat]\nexample: true",
    ),
    "ideas/2026/matare.md": idea(
        "Mätare i väggen", "Små sensorer i väggen märker vatten.", day="2026-02-01", more="themes: [klimat, skola]"
    ),
    "ideas/2026/klassrum.md": idea(
        "Luften i klassrummet",
        "Nya sensorer visar när luften är dålig.",
        "skolan",
        "2026-02-02",
        "themes: [skola]\nactors: [{actor: kth, part: mäter varje timme}]\ngoals: [torra-hus]",
    ),
    "docs/om.md": "# Om portalen\n\nHär står trollformeln *simsalabim*. Den är `kort`.\n\n## Så gör du\n\nSäg den.\n",
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
    assert found["enheter/skolan/"]["content"] == "Skolförvaltningen", "what has no words but its title"
    assert "trollformeln simsalabim. Den är kort. Så gör du: Säg den." in str(found["om/"]["content"])
    assert str(found["ideer/kallaren/"]["content"]).startswith("Torrt. · Problemet: Varje")
    assert "mäter varje timme" in str(found["ideer/klassrum/"]["content"]), "what stands in a part of a field"
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
    assert found["ideer/kallaren/"]["meta"] == {
        "title": "Källaren under vatten",
        "kind": "Idé",
        "mark": "Inlämnad",
        "note": "Fastighetsenheten",
        "example": "1",
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


TRICKY = (
    "hus hus-hus husen/bil WKWebView Åter åter ater café Ångström’s d’Arc 12,5 3\u00a0000 a.b@c.se 👋 mjuk\u00adstreck "
    "osynlig\u200bt \u200b e-post. (kanske) “citat” _under_ 日本語 ﬁn naïve -- STORT İ ß"
).split(" ")


def some_records() -> list[Record]:
    """Records of words that are hard to take apart, and of so many others that the index is cut into several files."""
    dice = random.Random(7)
    common = [*TRICKY, *("".join(dice.choices("abdeiklnorstuvåäö-", k=dice.randint(2, 9))) for _ in range(3000))]
    made = []
    for number in range(120):
        text = " ".join(dice.choices(common, k=300))
        meta = {"title": " ".join(dice.choices(common, k=4)), **({"note": dice.choice(common)} if number % 3 else {})}
        filters = {"kind": (dice.choice(("idea", "case")),), **({"theme": ("a", "b")} if number % 2 else {})}
        made.append(Record(f"ideer/{number}/", text, meta, filters))
    return made


def content(file: bytes) -> Any:
    return cbor2.loads(gzip.decompress(file).removeprefix(b"pagefind_dcd"))


def told_of_words(index: Mapping[str, bytes]) -> dict[str, object]:
    """What an index says of each stem: where it stands without accents, and with."""
    chunks = [content(data)[0] for path, data in index.items() if path.endswith(".pf_index")]
    return {stem: (pages, sorted(spellings)) for chunk in chunks for stem, pages, spellings in chunk}


def told_of_filters(index: Mapping[str, bytes]) -> dict[str, dict[str, list[int]]]:
    filters = [content(data) for path, data in index.items() if path.endswith(".pf_filter")]
    return {name: dict(values) for name, values in filters}


def told_of_hits(index: Mapping[str, bytes]) -> set[bytes]:
    return {gzip.decompress(data) for path, data in index.items() if path.endswith(".pf_fragment")}


def description(index: Mapping[str, bytes]) -> Any:
    return next(content(data) for path, data in index.items() if path.endswith(".pf_meta"))


def test_the_index_says_what_pagefinds_own_would() -> None:
    records = some_records()
    ours, theirs = indexing.index(records, "sv"), service.index(records, "sv")
    assert told_of_words(ours) == told_of_words(theirs)
    assert told_of_hits(ours) == told_of_hits(theirs)
    assert told_of_filters(ours) == told_of_filters(theirs)
    mine, pagefinds = description(ours), description(theirs)
    assert [words for _name, words in mine[1]] == [words for _name, words in pagefinds[1]]
    assert [mine[0], *mine[4:]] == [pagefinds[0], *pagefinds[4:]]
    assert [path for path in ours if ".pf_" not in path] == sorted(path for path in theirs if ".pf_" not in path)


def test_a_word_lies_in_one_small_file_that_the_entry_names(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    """Every word once, in the file whose range holds it, with those that begin alike; the ranges leave no gap."""
    words = [f"{first}{second}{third}{end}" for first in "bdfkå" for second in "aeö" for third in "lmn" for end in ENDS]
    texts = {f"ideas/2024/ide-{n}.md": idea(f"Idé {n}", " ".join(words[n::2])) for n in range(4)}
    assert build(instance({**FILES, **texts}), tmp_path / "site").returncode == 0
    folder = tmp_path / "site" / "pagefind"
    told = json.loads((folder / "pagefind-entry.json").read_bytes())["languages"]["sv"]
    ranges = content((folder / f"pagefind.{told['hash']}.pf_meta").read_bytes())[2]
    assert [[first, name] for first, _last, name in ranges] == told["chunks"]
    assert {name for _first, _last, name in ranges} == {path.stem for path in (folder / "index").iterdir()}
    assert [last for _first, last, _name in ranges[:-1]] == [first for first, _last, _name in ranges[1:]]
    assert ranges[0][0] == ""
    assert len(ranges) > 4
    found: dict[str, str] = {}
    for first, last, name in ranges:
        path = folder / "index" / f"{name}.pf_index"
        assert path.stat().st_size < 12_000
        for word, *_places in content(path.read_bytes())[0]:
            assert first <= word < last
            assert found.setdefault(word, name) == name
    assert "vatt" in found
    assert len(found) > 2000
    alike: dict[str, set[str]] = {}
    for word, name in found.items():
        alike.setdefault(word[:3], set()).add(name)
    assert all(len(names) == 1 for names in alike.values())


def test_words_that_all_begin_alike_are_parted_all_the_same() -> None:
    words = [chunks.Word(f"vatten{at:04}", bytes(1000)) for at in range(300)]
    made = list(chunks.chunked(words))
    assert len(made) > 1
    assert max(len(one.content) for one in made) <= chunks.MOST + 1010
    assert [one.last for one in made[:-1]] == [one.first for one in made[1:]]


def test_a_text_cannot_make_itself_weigh_more() -> None:
    plain = indexing.index([Record("a/", "ord vatten", {"title": "A"}, {})], "sv")
    signed = indexing.index([Record("a/", "___PAGEFIND_WEIGHT___9 vatten", {"title": "A"}, {})], "sv")
    assert told_of_words(signed)["vatt"] == told_of_words(plain)["vatt"]
    assert "___PAGEFIND_WEIGHT___9" in str(gzip.decompress(next(v for p, v in signed.items() if "fragment" in p)))


def test_what_is_written_above_or_below_the_line_is_found_as_it_is_typed() -> None:
    """With its own spelling, and without a word that stands nowhere."""
    typed, written = (
        told_of_words(indexing.index([Record("a/", text, {"title": "A"}, {})], "sv"))
        for text in ("av CO2, 40 m2 (x10).", "av CO₂, 40 m² (x¹⁰).")
    )
    assert written.items() >= typed.items()
    assert "co₂" in written


def test_nothing_to_find_is_an_empty_index() -> None:
    assert json.loads(indexing.index([], "sv")["pagefind-entry.json"])["languages"] == {}


def test_another_pagefind_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = base64.b64encode(json.dumps({"version": "1.4.0", "languages": {}}).encode()).decode()
    answer = {"payload": {"type": "GetFiles", "files": [{"path": "pagefind-entry.json", "content": entry}]}}
    program = tmp_path / "pagefind"
    program.write_text(f"#!/bin/sh\nprintf %s {base64.b64encode(json.dumps(answer).encode()).decode()},\n", "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(program))
    with pytest.raises(service.ServiceError, match="is needed"):
        indexing.index([Record("a/", "vatten", {"title": "A"}, {})], "sv")


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


def test_another_program_makes_its_own_index(
    instance: Callable[[Files], Path], tmp_path: Path, counting: tuple[str, Callable[[], int]]
) -> None:
    program, count = counting
    root = instance(FILES)
    build(root, tmp_path / "site")
    assert count() == 0
    build(root, tmp_path / "site", PAGEFIND_BINARY_PATH=program)
    assert count() == 1


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
