"""The portal's own address where it holds å, ä or ö: in one form for programs, in another for people."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree, html

from conftest import SETTINGS, Files, run_cli
from idesluss import settings, web_address

FORMS = [
    ("https://idesluss.example/", "https://idesluss.example/", "idesluss.example"),
    ("https://idé.ort.example/", "https://xn--id-cja.ort.example/", "idé.ort.example"),
    ("https://IDÉ.ort.example:8443/å/b/", "https://xn--id-cja.ort.example:8443/%C3%A5/b/", "idé.ort.example:8443/å/b"),
    ("https://id%C3%A9.ort.example/", "https://xn--id-cja.ort.example/", "idé.ort.example"),
    ("https://xn--id-cja.ort.example/%C3%A5/", "https://xn--id-cja.ort.example/%C3%A5/", "idé.ort.example/å"),
    ("https://xn--999999999.example/", "https://xn--999999999.example/", "xn--999999999.example"),
]
METHOD = "---\ntitle: Idébad\nstages: [answered]\nlicence: CC-BY-4.0\nsummary: Så gör vi.\n---\n\n## Hur\n\nBada.\n"


@pytest.mark.parametrize(("told", "programs", "people"), FORMS, ids=[row[0] for row in FORMS])
def test_an_address_has_two_forms(told: str, programs: str, people: str) -> None:
    assert web_address.for_programs(told) == programs
    assert web_address.for_programs(programs) == programs
    assert web_address.for_people(programs) == people


def test_a_host_that_cannot_be_put_so_is_told() -> None:
    told, (problem,) = settings.read(f"name: A\nowner: B\naddress: https://{'å' * 64}.example/\n".encode())
    assert told is None
    assert (problem.code, problem.place) == ("bad-value", (3, 10))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("idn") / "instance"
    told = SETTINGS.replace("https://idesluss.example/", "https://idé.ort.example/slussen-på-nätet/")
    files = {
        "idesluss.yml": told.replace("repository: public", "repository: private"),
        "ideas/units/skola.md": "---\ntitle: Skolan\ntype: administration\n---\n",
        "ideas/methods/idebad.md": METHOD,
        "ideas/2026/a.md": "---\ntitle: A\nunit: skola\nvisibility: public\n---\n\n## Problem\n\nFukt.\n",
    }
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, "utf-8")
    done = run_cli("build", "--site", root.parent / "site", root=root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root.parent / "site"


def test_what_programs_read_is_ascii(site: Path) -> None:
    """Sitemap, feeds, canonical links, data, pictures for sharing and search engines' descriptions."""
    whole = "https://xn--id-cja.ort.example/slussen-p%C3%A5-n%C3%A4tet/"
    listed = [str(loc.text) for loc in etree.parse(site / "sitemap.xml").iter("{*}loc")]
    assert whole in listed
    assert all(address.startswith(whole) for address in listed)
    feed = etree.parse(site / "ideer" / "a" / "feed.xml")
    assert str(feed.findtext("{*}id")).startswith("tag:xn--id-cja.ort.example,")
    page = html.parse(site / "ideer" / "a" / "index.html")
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{whole}ideer/a/"]
    record = json.loads((site / "ideer" / "a" / "index.json").read_text("utf-8"))
    assert record["entry"]["url"] == f"{whole}ideer/a/"
    told = {path: path.read_bytes().decode("utf-8", "replace") for path in site.rglob("*") if path.is_file()}
    assert [path for path, text in told.items() if "://idé" in text or "idé.ort.example,2" in text] == []


def test_people_read_it_with_its_letters(site: Path) -> None:
    sheet = (site / "metoder" / "idebad" / "sprid" / "index.html").read_text("utf-8").replace("<wbr>", "")
    assert "idé.ort.example/slussen-på-nätet/metoder/idebad" in sheet


def test_a_link_to_the_own_portal_is_known_in_every_form(instance: Callable[[Files], Path]) -> None:
    forms = ("idé.ort.example", "id%C3%A9.ort.example", "xn--id-cja.ort.example", "IDÉ.ort.example")
    links = "\n".join(f"- [a](https://{form}/ideer/finns-inte/)" for form in forms)
    root = instance(
        {
            "idesluss.yml": SETTINGS.replace("idesluss.example/", "idé.ort.example/"),
            "ideas/units/skola.md": f"---\ntitle: Skolan\ntype: administration\n---\n\n{links}\n",
        }
    )
    found = json.loads(run_cli("check", "--format", "json", root=root).stdout)
    assert [(problem["line"], problem["code"]) for problem in found] == [(at, "broken-link") for at in (6, 7, 8, 9)]
