"""The feed of an idea: valid Atom that tells what the page tells, with names that last, and nothing internal."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import feedparser
import pytest
from lxml import etree

from idesluss.artifact import Page
from idesluss.catalogue import Broken, Catalogue
from idesluss.history import Step
from test_idea_page import STEPS, TOLD, idea, shown
from test_outputs import IDEA, artifacts, page, read, small

__all__ = ["small"]

Small = Callable[..., Path]
ATOM = "{http://www.w3.org/2005/Atom}"
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d){0,2}:[A-Za-z0-9._~/-]+")
HOSTILE = "Fukt & <script>alert(1)</script> ]]> \"citat\" 'x'"


def source(catalogue: Catalogue, slug: str = "fuktvakt", word: str = "ideer") -> bytes:
    made = artifacts(catalogue)[f"{word}/{slug}/feed.xml"].make()
    assert isinstance(made, bytes)
    return made


def valid(data: bytes) -> etree._Element:
    """The feed, if it holds what RFC 4287 asks of a feed and its entries: one id, title and updated, each right."""
    tree = etree.fromstring(data)
    assert tree.tag == f"{ATOM}feed"
    assert len(tree.findall(f"{ATOM}author")) == 1
    assert tree.findtext(f"{ATOM}author/{ATOM}name")
    (own,) = tree.findall(f"{ATOM}link[@rel='self']")
    assert str(own.get("href")).startswith("https://")
    for part in (tree, *tree.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(part.findall(ATOM + name)) == 1, name
        assert TAG.fullmatch(part.findtext(f"{ATOM}id") or "")
        assert DATE.fullmatch(part.findtext(f"{ATOM}updated") or "")
        assert len(part.findall(f"{ATOM}link[@rel='alternate']")) == 1
        assert {child.tag.removeprefix(ATOM) for child in part} <= {
            "id", "title", "updated", "published", "link", "author", "entry", "content", "category",
        }  # fmt: skip
    assert all(entry.find(f"{ATOM}content[@type='text']") is not None for entry in tree.findall(f"{ATOM}entry"))
    ids = [one.text for one in tree.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    return tree


def parsed(data: bytes) -> Any:
    told = feedparser.parse(data)
    assert not told.bozo, told.get("bozo_exception")
    assert told.version == "atom10"
    return told


def test_feed_tells_what_has_happened_newest_first(small: Small) -> None:
    catalogue = shown(read(idea(small)))
    data = source(catalogue)
    valid(data)
    told = parsed(data)
    assert told.feed.title == "Vad som händer med idén Fuktvakt"
    assert told.feed.updated == "2026-03-04T00:00:00Z"
    assert told.feed.link == "https://idesluss.example/ideer/fuktvakt/"
    assert told.feed.language == "sv"
    assert [(one.updated[:10], one.title) for one in told.entries] == [
        ("2026-03-04", "Till koncept"),
        ("2026-02-02", "Bedömd"),
        ("2026-01-09", "Anteckning"),
        ("2026-01-05", "Svar till idégivaren"),
        ("2026-01-03", "Inlämnad"),
    ]
    assert told.entries[0].content[0].value == "Idérådet: ”Någon tar emot.” Beslutat 1 mars 2026."


def test_page_leads_to_its_feed_for_readers_and_for_programs(small: Small) -> None:
    catalogue = read(small())
    made = artifacts(catalogue)["ideer/fuktvakt/index.html"].make()
    assert isinstance(made, Page)
    _data, link, as_json = etree.fromstring(f"<head>{made.head.replace('>', '/>')}</head>").findall("link")
    assert as_json.get("href") == "feed.json"
    assert dict(link.items()) == {
        "rel": "alternate",
        "type": "application/atom+xml",
        "title": "Vad som händer med idén Fuktvakt",
        "href": "feed.xml",
    }
    assert page(catalogue, "ideer/fuktvakt/").xpath("//a[text()='Följ idén']/@href") == ["feed.xml"]
    need = artifacts(catalogue)["behov/fukt/index.html"].make()
    assert isinstance(need, Page)
    assert "atom" not in need.head


def test_hostile_words_stay_words(small: Small) -> None:
    """Whatever stands in titles, roles and texts, the feed is well formed and means what was written."""
    title = HOSTILE.replace("'", "''")
    told = f"log: [{{date: 2026-01-05, role: '<b>Coach', type: note, text: '{title}', public: true}}]"
    text = IDEA.format(f"'{title}'", "submitted", told)
    data = source(read(small({"ideas/2026/fuktvakt.md": text})))
    tree = valid(data)
    assert tree.findtext(f"{ATOM}title") == f"Vad som händer med idén {HOSTILE}"
    assert tree.findtext(f"{ATOM}entry/{ATOM}content") == f"<b>Coach: ”{HOSTILE}”"
    assert not list(tree.iter("script", f"{ATOM}script"))
    made = artifacts(read(small({"ideas/2026/fuktvakt.md": text})))["ideer/fuktvakt/index.html"].make()
    assert isinstance(made, Page)
    assert {part.tag for part in etree.fromstring(f"<head>{made.head.replace('>', '/>')}</head>")} == {"link", "meta"}
    assert "<" not in made.data


def test_characters_that_no_xml_may_hold_are_left_out(small: Small) -> None:
    steps = (*STEPS, Step("assessed", "2026-04-01", "e" * 40, "\x0b\ufffea\x1b"))
    catalogue = shown(read(idea(small, stage="assessed")), steps)
    tree = valid(source(catalogue))
    assert tree.findtext(f"{ATOM}entry/{ATOM}content") == "a"


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_nothing_internal_reaches_a_feed(small: Small, audience: Literal["public", "internal"]) -> None:
    """No line that is not public, no private field; an internal idea has no feed in the public portal."""
    root = idea(small, f"visibility: public\nsubmitter: resident\n{TOLD}", repository="private")
    (root / "ideas/2026/hemlig.md").write_text(IDEA.format("Hemlig idé", "submitted", ""), encoding="utf-8")
    catalogue = shown(read(root, audience=audience))
    data = source(catalogue).decode()
    assert "Hemlig" not in data
    assert "resident" not in data
    assert "givare" not in re.sub("idégivare", "", data), "a linked entry may be hidden from this audience"
    assert ("ideer/hemlig/feed.xml" in artifacts(catalogue)) == (audience == "internal")


def test_names_last_when_dates_titles_and_proofs_change(small: Small) -> None:
    """What a reader has seen does not come again: not when git shows what was stated, nor when the idea is renamed."""

    def ids(catalogue: Catalogue, slug: str = "fuktvakt") -> list[str]:
        return [entry.id for entry in parsed(source(catalogue, slug)).entries]

    stated = "history:\n" + "".join(f"  - {{stage: {step.stage}, date: {step.day}}}\n" for step in STEPS)
    unproven = read(idea(small, stated + TOLD))
    assert "(uppgett)" in parsed(source(unproven)).entries[0].content[0].value
    before = ids(unproven)
    after = ids(shown(read(idea(small))))
    assert before == after
    assert after[0] == "tag:idesluss.example,2026:idea/fuktvakt/concept/1"
    renamed = IDEA.format("Nytt", "concept", f"formerly: [fuktvakt, fuktlarm]\n{stated}{TOLD}")
    root = small({"ideas/2026/fuktvakt.md": None, "ideas/2026/givarna.md": renamed})
    assert ids(read(root), "givarna") == after
    assert ids(read(root), "fuktvakt") == after, "the feed's old address still tells"
    links = {one.rel: one.href for one in parsed(source(read(root), "fuktvakt")).feed.links}
    assert links["self"] == "https://idesluss.example/ideer/fuktvakt/feed.xml"
    assert links["alternate"] == "https://idesluss.example/ideer/givarna/"


def test_coming_twice_to_a_stage_is_two_entries(small: Small) -> None:
    steps = (*STEPS, Step("assessed", "2026-04-01", "e" * 40), Step("concept", "2026-05-01", "f" * 40))
    told = parsed(source(shown(read(idea(small)), steps)))
    found = [entry.id.rpartition("idea/fuktvakt/")[2] for entry in told.entries]
    assert found[:2] == ["concept/2", "assessed/2"]
    assert {"concept/1", "assessed/1"} <= set(found)


def test_what_is_said_twice_on_a_day_is_two_entries(small: Small) -> None:
    twice = "log:" + "\n  - {date: 2026-01-05, role: Idécoach, type: note, text: Ringde., public: true}" * 2
    decided = "\ndecisions:" + "\n  - {date: 2026-01-06, to: concept, by: Rådet, reason: Ja.}" * 2
    catalogue = read(idea(small, twice + decided))
    names = [one.id.rpartition("idea/fuktvakt/")[2] for one in parsed(source(catalogue)).entries]
    assert [name.partition("/")[0] for name in names] == ["decision", "decision", "note", "note"]
    assert names[0] == f"{names[1]}/2"
    assert names[2] == f"{names[3]}/2"
    valid(source(catalogue))


def test_feed_of_a_broken_idea_waits_and_tells_nothing(small: Small) -> None:
    lost = Broken("ideas/2026/gammal.md", "idea", "gammal", "ideer/gammal/", was_public=True)
    hidden = Broken("ideas/2026/dold.md", "idea", "dold", "ideer/dold/")
    catalogue = replace(read(small()), broken=(lost, hidden))
    tree = valid(source(catalogue, "gammal"))
    assert tree.findtext(f"{ATOM}id") == "tag:idesluss.example,2026:idea/gammal"
    assert not tree.findall(f"{ATOM}entry")
    assert "ideer/dold/feed.xml" not in artifacts(catalogue)


def test_idea_of_which_nothing_is_known_has_an_empty_feed(small: Small) -> None:
    """It changed last when its year began, for all that anybody knows."""
    files = {"ideas/2025/gammal.md": IDEA.format("Gammal", "submitted", "")}
    tree = valid(source(read(small(files)), "gammal"))
    assert tree.findtext(f"{ATOM}updated") == "2025-01-01T00:00:00Z"
    assert tree.findtext(f"{ATOM}id") == "tag:idesluss.example,2025:idea/gammal"


def test_feeds_of_the_worked_example_are_valid(built_site: Path) -> None:
    files = sorted(built_site.glob("ideer/*/feed.xml"))
    assert len(files) >= 36
    for file in files:
        data = file.read_bytes()
        assert valid(data).findall(f"{ATOM}entry"), file
        parsed(data)


def test_two_portals_on_one_host_have_names_of_their_own(small: Small) -> None:
    told = small()
    settings = told / "idesluss.yml"
    before = settings.read_text("utf-8")
    ids = []
    for path in ("ena", "andra"):
        settings.write_text(re.sub("address: .*", f"address: https://ort.example/{path}/", before), "utf-8")
        tree = valid(source(read(told)))
        ids.append([str(one.text) for one in tree.iter(f"{ATOM}id")])
    assert ids[0][0].startswith("tag:ort.example,2026:ena/idea/")
    assert not set(ids[0]) & set(ids[1])
