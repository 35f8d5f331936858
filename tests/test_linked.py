"""What pages tell programs of themselves: JSON-LD that is right, safe, and allowed by the page's own policy."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from lxml import html
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, Namespace

from conftest import run_cli
from idesluss.artifact import Page
from idesluss.catalogue import Catalogue
from idesluss.kinds import KINDS
from idesluss.outputs.linked import TYPES
from test_outputs import CASE, IDEA, artifacts, read, small

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["small"]

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own reader of JSON-LD

Small = Callable[..., Path]
SCHEMA = Namespace("https://schema.org/")
CONTEXT = {
    "@vocab": str(SCHEMA),
    **{name: {"@type": "@id"} for name in ("url", "item", "license", "image", "contentUrl")},
}
"""What we use of schema.org's own context, which must not be fetched here."""
HOSTILE = "</script><script>alert(1)</script><!-- & \u2028 \"citat\" 'x'"


def things(catalogue: Catalogue, path: str) -> list[dict[str, Any]]:
    made = artifacts(catalogue)[f"{path}index.html"].make()
    assert isinstance(made, Page)
    told = json.loads(made.data)
    assert told.pop("@context") == "https://schema.org"
    found: list[dict[str, Any]] = told.get("@graph", [told])
    return found


def graph(found: list[dict[str, Any]]) -> Graph:
    with patch("socket.socket.connect", side_effect=AssertionError("nothing may be fetched")):
        return Graph().parse(data=json.dumps({"@context": CONTEXT, "@graph": found}), format="json-ld")


def test_every_kind_says_what_it_is(small: Small) -> None:
    """As linked data: a type, a name, the page's own address, and the way to it from the list."""
    files = {
        "ideas/events/dag.md": "---\ntitle: Dagen\ntype: mashup\ndate: 2026-05-07\nend: 2026-05-08\nplace: Torget\n"
        "organiser: skola\n---\n",
        "ideas/methods/rond.md": "---\ntitle: Rond\nstages: [test]\nmaterials: [Penna]\n---\n\n"
        "## Hur\n\n1. Gå.\n2. Fråga.\n",
        "ideas/actors/a.md": "---\ntitle: Högskolan\nsector: academia\n---\n",
        "ideas/goals/torrt.md": "---\ntitle: Torrt\nlevel: challenge\n---\n",
        "ideas/projects/p.md": "---\ntitle: Projektet\nstatus: {word: ended}\nperiod: {start: 2018}\nfunder: a\n"
        "source: {title: X}\n---\n",
    }
    catalogue = read(small(files))
    for entry in catalogue.entries.values():
        address = f"https://idesluss.example/{catalogue.address(entry.id)}"
        told = graph(things(catalogue, catalogue.address(entry.id)))
        thing = URIRef(f"{address}#{entry.kind}")
        assert (thing, RDF.type, SCHEMA[TYPES[entry.kind]]) in told
        assert told.value(thing, SCHEMA.name) == Literal(entry.title)
        assert told.value(thing, SCHEMA.url) == URIRef(address)
        assert len(list(told.subjects(RDF.type, SCHEMA.ListItem))) == 2
    event = things(catalogue, "evenemang/dag/")[0]
    assert (event["startDate"], event["endDate"], event["location"]["name"]) == ("2026-05-07", "2026-05-08", "Torget")
    assert event["organizer"]["name"] == "Skolan"
    method = things(catalogue, "metoder/rond/")[0]
    assert [step["text"] for step in method["step"]] == ["Gå.", "Fråga."]
    assert things(catalogue, "projekt/p/")[0]["funder"]["name"] == "Högskolan"
    case = things(catalogue, "exempel/givare/")[0]
    assert (case["@type"], case["headline"], case["author"]["name"]) == ("Article", "Givare som varnar", "Skolan")
    assert case["license"] == "https://creativecommons.org/licenses/by/4.0/"


def test_types_are_told_for_all_kinds() -> None:
    assert set(TYPES) == {kind.kind for kind in KINDS}


def test_lists_themes_and_data_say_what_they_are(small: Small) -> None:
    catalogue = read(small())
    assert things(catalogue, "ideer/")[0]["@type"] == "CollectionPage"
    steps = things(catalogue, "teman/klimat/")[1]["itemListElement"]
    assert [step["name"] for step in steps] == ["Teman", "Klimat"]
    data = things(catalogue, "oppna-data/")[0]
    assert data["@type"] == "Dataset"
    assert data["distribution"][0]["contentUrl"] == "https://idesluss.example/catalogue.json"
    assert len(graph([data])) > 8


def test_what_may_not_be_seen_is_not_named(small: Small) -> None:
    files = {
        "ideas/2026/fuktvakt.md": IDEA.format("Fuktvakt", "submitted", "visibility: public"),
        "ideas/units/skola.md": "---\ntitle: Hemlig\ntype: unit\nvisibility: internal\n---\n",
    }
    told = things(read(small(files, repository="private")), "ideer/fuktvakt/")
    assert "Hemlig" not in str(told)
    assert "creator" not in told[0]


def hostile(small: Small) -> Catalogue:
    title = json.dumps(HOSTILE[:80])
    return read(small({"ideas/2026/fuktvakt.md": IDEA.format(title, "submitted", f"summary: {json.dumps(HOSTILE)}")}))


def test_no_text_ends_the_element(small: Small) -> None:
    """Markup in a title stays a text in the data, and the page that a parser sees holds one block of data."""
    catalogue = hostile(small)
    made = artifacts(catalogue)["ideer/fuktvakt/index.html"].make()
    assert isinstance(made, Page)
    assert not {"<", ">", "&", "\u2028"} & set(made.data)
    page = html.document_fromstring(f'<head><script type="application/ld+json">{made.data}</script></head>')
    (script,) = page.iter("script")
    assert json.loads(script.text or "")["@graph"][0]["description"] == HOSTILE


def test_the_policy_allows_the_data_and_nothing_else(built_site: Path) -> None:
    """On every page of the portal that has data, the policy names its digest."""
    seen = 0
    for path in built_site.rglob("index.html"):
        page: Any = html.document_fromstring(path.read_bytes().decode())
        blocks = page.xpath("//script[not(@src)]")
        policy = "".join(page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content"))
        digests = [f"'sha256-{b64encode(sha256(block.text.encode()).digest()).decode()}'" for block in blocks]
        assert [word.rstrip(";") for word in policy.split() if word.startswith("'sha256-")] == digests
        seen += len(blocks)
    assert seen > 100


@pytest.mark.parametrize("path", ["exempel/", "oppna-data/", "teman/klimat/"])
def test_a_browser_takes_the_data_under_the_strict_policy(
    built_site: Path, serve_folder: Callable[[Path], str], chromium: Browser, path: str
) -> None:
    """No violation, no word in the console, and the data can be read."""
    page = chromium.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', e => console.log('policy: ' + e.violatedDirective))"
    )
    page.goto(f"{serve_folder(built_site)}/{path}")
    text = page.locator("script[type='application/ld+json']").text_content()
    page.close()
    assert json.loads(text or "")["@context"] == "https://schema.org"
    assert said == []


def blocks(path: Path) -> tuple[list[str], list[str]]:
    """The blocks of data in a file as a browser's parser sees them, and the digests that its policy allows."""
    page: Any = html.document_fromstring(path.read_bytes().decode())
    policy = "".join(page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content"))
    digests = [word.rstrip(";") for word in policy.split() if word.startswith("'sha256-")]
    return [block.text for block in page.xpath("//script[@type='application/ld+json']")], digests


def test_every_page_says_what_it_is(built_site: Path) -> None:
    """One block on each page, which names the page's own address; the start page names the search."""
    types: dict[str, int] = {}
    for path in sorted(built_site.rglob("index.html")):
        text = path.read_text("utf-8")
        if 'http-equiv="refresh"' in text:
            continue
        told, digests = blocks(path)
        assert (len(told), len(digests)) == (1, 1), path
        said = json.loads(told[0])
        assert said.pop("@context") == "https://schema.org"
        first = said.get("@graph", [said])[0]
        page: Any = html.document_fromstring(text)
        assert first["url"] == page.xpath("string(//link[@rel='canonical']/@href)"), path
        assert len(graph([{**first, "@id": first.get("@id", "_:page")}])) > 2, path
        types[first["@type"]] = types.get(first["@type"], 0) + 1
    assert types["WebSite"] == types["SearchResultsPage"] == types["Dataset"] == 1
    assert types["CollectionPage"] > 20
    assert types["WebPage"] > 20
    site = json.loads(blocks(built_site / "index.html")[0][0])
    assert site["potentialAction"]["target"]["urlTemplate"] == "https://idesluss.example/sok/?q={words}"


def test_the_address_of_the_search_that_is_told_searches(
    built_site: Path, serve_folder: Callable[[Path], str], chromium: Browser
) -> None:
    """A program that puts words in where the start page says so comes to hits."""
    template = json.loads(blocks(built_site / "index.html")[0][0])["potentialAction"]["target"]["urlTemplate"]
    page = chromium.new_page()
    page.goto(template.replace("https://idesluss.example", serve_folder(built_site)).replace("{words}", "fukt"))
    page.locator("#hits > li").first.wait_for(timeout=15_000)
    page.close()


BREAKING_OUT = json.dumps('"><script>alert(1)</script>@a.example')


def test_hostile_names_stay_text_on_pages_of_every_sort(small: Small, tmp_path: Path) -> None:
    """Titles of entries, themes and hand-written pages, and the portal's own name, end no element anywhere."""
    bad = json.dumps(HOSTILE[:40])
    root = small(
        {
            "idesluss.yml": f"name: {bad}\nowner: {bad}\ndescription: {bad}\naddress: https://idesluss.example/\n"
            f"contact: {BREAKING_OUT}\nlanguage: sv\nrepository: public\n"
            f"themes: [{{id: klimat, title: {bad}, summary: {bad}}}]\n",
            "ideas/units/skola.md": f"---\ntitle: {bad}\ntype: administration\n---\n",
            "ideas/cases/givare.md": CASE.format(bad, "in_use", f"summary: {bad}\nthemes: [klimat]"),
            "docs/om.md": f"---\ntitle: {bad}\ndescription: {bad}\n---\n\n# Om\n\nText.\n",
        }
    )
    done = run_cli("build", "--site", tmp_path / "site", root=root)
    assert (tmp_path / "site" / "index.html").is_file(), done.stdout + done.stderr
    seen = 0
    for path in sorted((tmp_path / "site").rglob("index.html")):
        told, digests = blocks(path)
        page: Any = html.document_fromstring(path.read_text("utf-8"))
        assert not [script.text for script in page.xpath("//script[not(@src)]") if "alert" in (script.text or "")[:40]]
        for block in told:
            assert json.loads(block)["@context"] == "https://schema.org", path
            assert f"'sha256-{b64encode(sha256(block.encode()).digest()).decode()}'" in digests
        seen += len(told)
    assert seen > 20
    for address in ("om", "exempel/givare/sprid"):
        assert "alert(1)" in str(json.loads(blocks(tmp_path / "site" / address / "index.html")[0][0]))
