"""What is left where something public is gone: generic words at every address of it, and nothing of the content."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree, html

from conftest import Files, GitInstance
from test_build import PRIVATE, SECRET, UNIT, build, everything, idea, tree

IDEA = "ideas/2026/varna.md"
SHOWN = f"visibility: public\nsummary: {SECRET}"
OPEN = PRIVATE.replace("private", "public")
Made = dict[str, bytes]


@pytest.fixture
def repository(git_instance: GitInstance) -> GitInstance:
    git_instance.commit({"idesluss.yml": PRIVATE, "ideas/units/fastighet.md": UNIT}, "2026-01-01")
    return git_instance


def built(repository: GitInstance, tmp_path: Path, *arguments: str) -> Made:
    site = tmp_path / "site"
    done = build(repository.root, site, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return tree(site)


def left(made: Made, address: str = "ideer/varna/") -> bool:
    """Whether an address has a tombstone, whole and empty of content, or nothing at all."""
    names = {name for name in made if name.startswith(address)}
    if not names:
        return False
    assert names == {f"{address}{name}" for name in ("index.html", "index.json", "feed.xml", "feed.json")}
    page = html.fromstring(made[f"{address}index.html"].decode())
    assert page.findtext(".//h1") == "Sidan är borttagen"
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert json.loads(made[f"{address}index.json"])["status"] == "gone"
    assert json.loads(made[f"{address}feed.json"])["items"] == []
    assert not etree.fromstring(made[f"{address}feed.xml"]).findall("{*}entry")
    assert address.encode() not in made["sitemap.xml"]
    assert not [name for name, data in made.items() if SECRET.encode() in data]
    return True


def test_what_was_public_and_is_deleted(repository: GitInstance, tmp_path: Path) -> None:
    repository.commit({IDEA: idea(SECRET, SHOWN)}, "2026-01-02")
    assert SECRET.encode() in built(repository, tmp_path)["ideer/varna/index.html"]
    repository.commit({IDEA: None}, "2026-01-03")
    assert left(built(repository, tmp_path))


def test_what_was_public_and_is_internal_now(repository: GitInstance, tmp_path: Path) -> None:
    """The public sees a tombstone; inside, the page stands."""
    repository.commit({IDEA: idea(SECRET, SHOWN)}, "2026-01-02")
    repository.commit({IDEA: idea(SECRET, f"summary: {SECRET}")}, "2026-01-03")
    assert left(built(repository, tmp_path))
    assert SECRET.encode() in built(repository, tmp_path, "--audience", "internal")["ideer/varna/index.html"]


def test_what_never_was_public_leaves_nothing(repository: GitInstance, tmp_path: Path) -> None:
    """Neither deleted, nor changed, nor under an embargo that never ended."""
    files: Files = {
        IDEA: idea(SECRET, f"summary: {SECRET}"),
        "ideas/2026/kvar.md": idea(SECRET, "visibility: internal"),
        "ideas/2026/tyst.md": idea(SECRET, "visibility: public\npublish_from: 2026-06-01"),
    }
    repository.commit(files, "2026-01-02")
    changed: Files = {IDEA: None, "ideas/2026/tyst.md": None, "ideas/2026/kvar.md": idea("Nytt.", "summary: Nytt")}
    repository.commit(changed, "2026-01-03")
    made = built(repository, tmp_path)
    assert not [name for name in made if any(slug in name for slug in ("varna", "kvar", "tyst"))]


@pytest.mark.parametrize(
    ("changed", "stays"),
    [(("owner", "address"), False), (("owner",), True), (("address",), True)],
    ids=["another's portal", "a new owner", "a new address"],
)
def test_a_copy_answers_for_nothing_that_another_portal_has_shown(
    git_instance: GitInstance, tmp_path: Path, changed: tuple[str, ...], stays: bool
) -> None:
    """Who begins with a copy of a repository, without its examples, has its past in git but never had its pages."""
    own = {"owner": "owner: Grannköpings kommun", "address": "address: https://grannkoping.example/"}
    begun = OPEN
    for name in changed:
        begun = re.sub(rf"(?m)^{name}: .*", own[name], begun)
    git_instance.commit({"idesluss.yml": OPEN, "ideas/units/fastighet.md": UNIT, IDEA: idea(SECRET)}, "2026-01-02")
    git_instance.commit({"idesluss.yml": begun, IDEA: None}, "2026-01-03")
    assert left(built(git_instance, tmp_path)) is stays


def test_an_embargo_that_ended_makes_public(repository: GitInstance, tmp_path: Path) -> None:
    """What was deleted after its day leaves a tombstone, though no commit fell on the day itself."""
    repository.commit({IDEA: idea(SECRET, f"{SHOWN}\npublish_from: 2026-02-01")}, "2026-01-02")
    assert not left(built(repository, tmp_path, "--now", "2026-01-15"))
    repository.commit({IDEA: None}, "2026-03-01")
    assert left(built(repository, tmp_path))


def test_a_repository_that_was_closed_later(repository: GitInstance, tmp_path: Path) -> None:
    """By the rule of that time an idea that says nothing was public; one that came after never was."""
    repository.commit({"idesluss.yml": OPEN}, "2026-01-02")
    repository.commit({IDEA: idea(SECRET, f"summary: {SECRET}")}, "2026-01-03")
    repository.commit({"idesluss.yml": PRIVATE}, "2026-01-04")
    repository.commit({"ideas/2026/senare.md": idea(SECRET, f"summary: {SECRET}")}, "2026-01-05")
    made = built(repository, tmp_path)
    assert left(made)
    assert not [name for name in made if "senare" in name]


OTHER_OWNER = OPEN.replace("owner: ", "owner: Grannköping, inte ")
OTHER_ADDRESS = OPEN.replace("https://", "https://ny.")


@pytest.mark.parametrize(
    ("told", "is_left"),
    [(OTHER_OWNER.replace("https://", "https://ny."), False), (OTHER_OWNER, True), (OTHER_ADDRESS, True)],
)
def test_a_copy_that_becomes_another_portal(repository: GitInstance, tmp_path: Path, told: str, is_left: bool) -> None:
    """Who starts with a copy has no tombstones of the portal that it came from; who moves or is renamed keeps them."""
    assert len({OPEN, OTHER_OWNER, OTHER_ADDRESS}) == 3
    repository.commit({"idesluss.yml": OPEN, IDEA: idea(SECRET, SHOWN)}, "2026-01-02")
    repository.commit({"idesluss.yml": told, IDEA: None}, "2026-01-03")
    repository.commit({"ideas/2026/egen.md": idea(SECRET, SHOWN)}, "2026-01-04")
    repository.commit({"ideas/2026/egen.md": None}, "2026-01-05")
    made = built(repository, tmp_path)
    assert left(made) == is_left
    assert left(made, "ideer/egen/")


def test_a_version_that_was_held_back_was_not_public(repository: GitInstance, tmp_path: Path) -> None:
    """A file with a personal number was never shown, so that its deletion leaves nothing."""
    repository.commit({IDEA: idea("Ring 19121212-1212.", SHOWN)}, "2026-01-02")
    repository.commit({IDEA: None}, "2026-01-03")
    assert not left(built(repository, tmp_path))


def test_a_deleted_unit_and_need(repository: GitInstance, tmp_path: Path) -> None:
    """Other kinds leave a page and data; a unit its feeds too."""
    need = "---\ntitle: Fukt\nunit: fastighet\nsource: audit\nvisibility: public\n---\n\n## Behovet\n\nFukt.\n"
    repository.commit({"ideas/units/bad.md": UNIT, "ideas/needs/fukt.md": need}, "2026-01-02")
    repository.commit({"ideas/units/bad.md": None, "ideas/needs/fukt.md": None}, "2026-01-03")
    made = built(repository, tmp_path)
    assert left(made, "enheter/bad/")
    assert [name for name in sorted(made) if name.startswith("behov/fukt/")] == [
        "behov/fukt/index.html",
        "behov/fukt/index.json",
    ]


def test_a_name_that_is_public_again(repository: GitInstance, tmp_path: Path) -> None:
    repository.commit({IDEA: idea("Nu.", SHOWN)}, "2026-01-02")
    repository.commit({IDEA: None}, "2026-01-03")
    repository.commit({IDEA: idea("Igen.", "visibility: public\nsummary: Igen")}, "2026-01-04")
    assert "Igen." in built(repository, tmp_path)["ideer/varna/index.html"].decode()


def test_an_entry_that_became_another_kind_leads_on(repository: GitInstance, tmp_path: Path) -> None:
    """Its old address redirects, and its data is found there too."""
    repository.commit({"ideas/barriers/lag.md": "---\ntitle: Lag\n---\n"}, "2026-01-02")
    case = "---\ntitle: Fukt\nunit: fastighet\nsource: audit\nvisibility: public\n---\n\n## Behovet\n\nFukt.\n"
    repository.commit({"ideas/barriers/lag.md": None, "ideas/needs/lag.md": case}, "2026-01-03")
    made = built(repository, tmp_path)
    assert "../../behov/lag/" in made["hinder/lag/index.html"].decode()
    assert json.loads(made["hinder/lag/index.json"])["entry"]["url"].endswith("/behov/lag/")


def test_a_broken_entry_keeps_its_data_and_feeds(repository: GitInstance, tmp_path: Path) -> None:
    """While it is being corrected, every file of it stands, and tells nothing."""
    repository.commit({"ideas/units/bad.md": UNIT}, "2026-01-02")
    repository.commit({"ideas/units/bad.md": f"---\ntitle: {SECRET}\ntype: fel\n---\n"}, "2026-01-03")
    site = tmp_path / "site"
    assert build(repository.root, site).returncode == 1
    made = tree(site)
    names = {"index.html", "index.json", "feed.xml", "feed.json"}
    assert {name.rpartition("/")[2] for name in made if name.startswith("enheter/bad/")} == names
    assert json.loads(made["enheter/bad/index.json"])["status"] == "in_correction"
    assert SECRET not in everything(site)


def test_a_hundred_are_asked_for_at_once(repository: GitInstance, tmp_path: Path) -> None:
    """What is remembered answers the second time, and is of no use after another commit."""
    many: Files = {f"ideas/2026/i{n}.md": idea("Nu.", SHOWN) for n in range(100)}
    repository.commit(many, "2026-01-02")
    repository.commit(dict.fromkeys(many), "2026-01-03")
    first = built(repository, tmp_path)
    assert sum(left(first, f"ideer/i{n}/") for n in range(100)) == 100
    assert built(repository, tmp_path) == first
    repository.commit({"ideas/2026/i7.md": many["ideas/2026/i7.md"]}, "2026-01-04")
    assert "Nu." in built(repository, tmp_path)["ideer/i7/index.html"].decode()


def test_a_tombstone_is_a_page_like_others(
    repository: GitInstance,
    tmp_path: Path,
    serve_folder: Callable[[Path], str],
    vnu: Callable[[Sequence[str]], list[dict[str, Any]]],
) -> None:
    """The W3C checker has nothing to say of it, nor of the page that tells of the data, below a folder of the host."""
    settings = PRIVATE.replace("idesluss.example/", "idesluss.example/slussen/")
    repository.commit({"idesluss.yml": settings, IDEA: idea(SECRET, SHOWN)}, "2026-01-02")
    repository.commit({IDEA: None}, "2026-01-03")
    assert left(built(repository, tmp_path))
    host = serve_folder(tmp_path / "site")
    found = vnu([f"{host}/{path}" for path in ("ideer/varna/index.html", "oppna-data/index.html")])
    assert [one["message"] for one in found if one["type"] != "info" or one.get("subType") == "warning"] == []


def test_a_lost_page_below_a_folder_leads_home(repository: GitInstance, tmp_path: Path) -> None:
    """404.html is shown at any depth, so each of its links and files names the whole way from the top of the host."""
    repository.commit({"idesluss.yml": PRIVATE.replace("idesluss.example/", "idesluss.example/slussen/")}, "2026-01-02")
    page: Any = html.document_fromstring(built(repository, tmp_path)["404.html"].decode())
    named = page.xpath("//link[@rel!='canonical']/@href | //script/@src | //a/@href")
    inner = [str(name) for name in named if not str(name).startswith(("http", "mailto:", "#"))]
    assert len(inner) > 8
    assert [name for name in inner if not name.startswith("/slussen/")] == []
    files = tree(tmp_path / "site")
    missing = [name for name in inner if not _leads(files, name.partition("?")[0].removeprefix("/slussen/"))]
    assert missing == []


def _leads(files: Made, path: str) -> bool:
    return (f"{path}index.html" if not path or path.endswith("/") else path) in files


CASE = """\
---
title: Varna i tid
organisation: fastighet
type: solution
status: in_use
licence: CC-BY-4.0
visibility: public
---

## Vad

Givare.

## Varför

Fukt.

## Hur

En i taget.
"""


def test_who_followed_what_became_a_kind_without_feeds_is_told(repository: GitInstance, tmp_path: Path) -> None:
    """The feed keeps its address and its name, and its last item leads to where the entry is now; it stays so."""
    unit, actor = "ideas/units/bolaget.md", "---\ntitle: Bolaget\nsector: company\n---\n"
    repository.commit({IDEA: idea("Nu.", "visibility: public\nsummary: Nu"), unit: UNIT}, "2026-01-02")
    before = built(repository, tmp_path)
    moved: Files = {"ideas/cases/varna.md": CASE, "ideas/actors/bolaget.md": actor}
    repository.commit({IDEA: None, unit: None, **moved}, "2026-01-03")
    after = built(repository, tmp_path)
    assert "../../exempel/varna/" in after["ideer/varna/index.html"].decode()
    old, new = (feedparser.parse(made["enheter/bolaget/feed.xml"]) for made in (before, after))
    assert new.feed.id == old.feed.id
    old, new = (feedparser.parse(made["ideer/varna/feed.xml"]) for made in (before, after))
    assert new.feed.id == old.feed.id
    assert [(one.title, one.link) for one in new.entries] == [
        ("Flyttad: Varna i tid", "https://idesluss.example/exempel/varna/")
    ]
    assert new.feed.links[0].href
    assert "Goda exempel" in new.entries[0].summary
    told = json.loads(after["ideer/varna/feed.json"])
    assert [one["id"] for one in told["items"]] == [new.entries[0].id]
    repository.commit({"ideas/cases/varna.md": CASE.replace("Givare.", "Fler givare.")}, "2026-01-04")
    assert built(repository, tmp_path)["ideer/varna/feed.xml"] == after["ideer/varna/feed.xml"]


def test_a_kind_without_feeds_leaves_none_behind(repository: GitInstance, tmp_path: Path) -> None:
    need = "---\ntitle: Fukt\nunit: fastighet\nsource: audit\nvisibility: public\n---\n\n## Behovet\n\nFukt.\n"
    repository.commit({"ideas/needs/varna.md": need}, "2026-01-02")
    repository.commit({"ideas/needs/varna.md": None, "ideas/cases/varna.md": CASE}, "2026-01-03")
    made = built(repository, tmp_path)
    assert {name for name in made if name.startswith("behov/varna/")} == {
        "behov/varna/index.html",
        "behov/varna/index.json",
    }


def test_a_feed_of_what_moved_and_then_went_is_empty(repository: GitInstance, tmp_path: Path) -> None:
    """Neither address dies when the entry that moved is taken away."""
    repository.commit({IDEA: idea(SECRET, SHOWN)}, "2026-01-02")
    repository.commit({IDEA: None, "ideas/cases/varna.md": CASE}, "2026-01-03")
    repository.commit({"ideas/cases/varna.md": None}, "2026-01-04")
    made = built(repository, tmp_path)
    assert left(made)
    assert html.fromstring(made["exempel/varna/index.html"].decode()).findtext(".//h1") == "Sidan är borttagen"
