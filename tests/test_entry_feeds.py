"""Feeds of what is new: valid Atom and JSON Feed, safe whatever titles hold, with names and dates that last."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import feedparser
import pytest
from jsonschema import Draft202012Validator
from lxml import etree

from idesluss.catalogue import Catalogue
from idesluss.history import History, Life
from test_outputs import CASE, IDEA, UNIT, artifacts, page, plain, read, small

__all__ = ["small"]

Small = Callable[..., Path]
HOSTILE = "<b>Fukt</b> & </script> ]]> \"citat\" 'x' 🌧 åäö"

ATOM = etree.RelaxNG(
    etree.fromstring(
        """\
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.w3.org/2005/Atom"
         datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <start><element name="feed">
    <attribute name="xml:lang"><data type="language"/></attribute>
    <interleave>
      <ref name="named"/>
      <element name="author"><interleave>
        <element name="name"><data type="string"><param name="minLength">1</param></data></element>
        <optional><element name="uri"><data type="anyURI"/></element></optional>
      </interleave></element>
      <ref name="links"/>
      <zeroOrMore><element name="entry"><interleave>
        <ref name="named"/>
        <ref name="links"/>
        <element name="published"><ref name="date"/></element>
        <zeroOrMore><element name="category">
          <attribute name="term"/><optional><attribute name="label"/></optional>
        </element></zeroOrMore>
        <element name="content"><attribute name="type"><value>text</value></attribute><text/></element>
      </interleave></element></zeroOrMore>
    </interleave>
  </element></start>
  <define name="named"><interleave>
    <element name="id"><data type="anyURI"><param name="pattern">tag:[^\\s]+,\\d{4}:[^\\s]+</param></data></element>
    <element name="title"><text/></element>
    <element name="updated"><ref name="date"/></element>
  </interleave></define>
  <define name="date"><data type="dateTime"><param name="pattern">.+Z</param></data></define>
  <define name="links"><oneOrMore><element name="link">
    <attribute name="rel"><choice><value>self</value><value>alternate</value></choice></attribute>
    <attribute name="type"/>
    <attribute name="href"><data type="anyURI"/></attribute>
  </element></oneOrMore></define>
</grammar>"""
    )
)
"""What our feeds use of RFC 4287, and what it asks of that."""

TEXT = {"type": "string", "minLength": 1}
ADDRESS = {"type": "string", "pattern": "^https://"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
AUTHORS = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "properties": {"name": TEXT, "url": ADDRESS, "avatar": ADDRESS},
        "minProperties": 1,
        "additionalProperties": False,
    },
}
JSON_FEED = Draft202012Validator(
    {
        "type": "object",
        "properties": {
            "version": {"const": "https://jsonfeed.org/version/1.1"},
            "title": TEXT,
            "home_page_url": ADDRESS,
            "feed_url": ADDRESS,
            "language": {"enum": ["sv", "en"]},
            "authors": AUTHORS,
            "items": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "id": TEXT,
                        "url": ADDRESS,
                        "title": TEXT,
                        "content_text": TEXT,
                        "date_published": MOMENT,
                        "date_modified": MOMENT,
                        "tags": {"type": "array", "items": TEXT},
                    },
                    "required": ["id", "content_text"],
                    "additionalProperties": False,
                },
            },
        },
        "required": ["version", "title", "items"],
        "additionalProperties": False,
    }
)
"""What our feeds use of JSON Feed 1.1, and what it asks of that."""


def born(catalogue: Catalogue, **days: tuple[str, str]) -> Catalogue:
    """The catalogue with what git would show: when each came and changed."""
    lives = {id_: Life(*told) for id_, told in days.items()}
    return catalogue.with_history(History(lives=lives))


def both(catalogue: Catalogue, folder: str = "") -> tuple[Any, Any]:
    """A feed as feedparser and as JSON read it, both valid and saying the same, also of where they lie."""
    data, other = (artifacts(catalogue)[f"{folder}{name}"].make() for name in ("feed.xml", "feed.json"))
    assert isinstance(data, bytes)
    assert isinstance(other, bytes)
    tree = etree.fromstring(data)
    ATOM.assertValid(tree)
    own = f"https://idesluss.example/{folder}feed"
    assert [link.get("rel") for link in tree.findall("{*}link")] == ["self", "alternate"]
    assert [link.get("href") for link in tree.findall("{*}link[@rel='self']")] == [f"{own}.xml"]
    told = feedparser.parse(data)
    assert not told.bozo, told.get("bozo_exception")
    as_json = json.loads(other)
    assert [fault.message for fault in JSON_FEED.iter_errors(as_json)] == []
    assert [
        (one.id, one.link, one.published, one.updated, [tag.label for tag in one.tags]) for one in told.entries
    ] == [(one["id"], one["url"], one["date_published"], one["date_modified"], one["tags"]) for one in as_json["items"]]
    assert (told.feed.title, told.feed.link) == (as_json["title"], as_json["home_page_url"])
    assert as_json["feed_url"] == f"{own}.json"
    assert as_json["authors"] == [{"name": told.feed.author, "url": told.feed.author_detail.href}]
    return told, as_json


def test_feed_of_everything_tells_what_changed_last(small: Small) -> None:
    """Newest first, with kind and themes, summary, and the days that git shows; without git, those stated."""
    days = {"fuktvakt": ("2026-03-01", "2026-05-02"), "givare": ("2026-05-01", "2026-05-01")}
    told, as_json = both(born(read(small()), **days))
    assert told.feed.title == "Idéslussen"
    assert told.feed.updated == "2026-05-02T00:00:00Z"
    assert told.feed.link == "https://idesluss.example/"
    first, second = told.entries
    assert (first.title, first.published, first.updated) == (
        "Fuktvakt",
        "2026-03-01T00:00:00Z",
        "2026-05-02T00:00:00Z",
    )
    assert [tag.label for tag in first.tags] == ["Idé", "Klimat"]
    assert second.link == "https://idesluss.example/exempel/givare/"
    assert as_json["items"][0]["content_text"] == "Fukten syns sent."


def test_what_nobody_knows_the_date_of_is_left_out(small: Small) -> None:
    """No clock fills in: without git only what states a date is told, and an event's own day is none."""
    event = "---\ntitle: Mashup\ntype: mashup\ndate: 2027-05-01\n---\n"
    confirmed = CASE.format("Givare", "in_use", "last_confirmed: 2026-02")
    told, _ = both(read(small({"ideas/events/mashup.md": event, "ideas/cases/givare.md": confirmed})))
    assert [(one.title, one.updated) for one in told.entries] == [
        ("Givare", "2026-02-01T00:00:00Z"),
        ("Fuktvakt", "2026-01-01T00:00:00Z"),
    ]
    assert both(read(small({"ideas/events/mashup.md": event})), "evenemang/")[0].feed.updated == "1970-01-01T00:00:00Z"


def test_an_embargo_that_ends_is_news(small: Small) -> None:
    root = small({"ideas/2026/fuktvakt.md": IDEA.format("Fuktvakt", "submitted", "publish_from: 2026-05-20")})
    (entry,) = both(born(read(root), fuktvakt=("2026-03-01", "2026-03-02")))[0].entries
    assert entry.published == entry.updated == "2026-05-20T00:00:00Z"


@pytest.mark.parametrize(
    ("folder", "title", "entries"),
    [
        ("ideer/", "Idéslussen: Idéer", {"Fuktvakt"}),
        ("exempel/", "Idéslussen: Goda exempel", {"Givare som varnar"}),
        ("teman/klimat/", "Idéslussen: Klimat", {"Fuktvakt"}),
        ("teman/skola/", "Idéslussen: Skola", set()),
        ("enheter/skola/", "Idéslussen: Skolan", {"Skolan", "Hur ser vi fukt?", "Fuktvakt", "Givare som varnar"}),
        ("enheter/granne/", "Idéslussen: Grannkommunen", {"Grannkommunen"}),
        ("mal/torrt/", "Idéslussen: Torrt", {"Torrt", "Hur ser vi fukt?"}),
    ],
)
def test_each_part_has_its_feed(small: Small, folder: str, title: str, entries: set[str]) -> None:
    """Of a kind, a theme, a unit and a goal: just what belongs there."""
    files = {
        "ideas/goals/torrt.md": "---\ntitle: Torrt\nlevel: challenge\n---\n",
        "ideas/needs/fukt.md": "---\ntitle: Hur ser vi fukt?\nunit: skola\nsource: audit\ngoals: [torrt]\n---\n",
    }
    catalogue = read(small(files))
    day = ("2026-01-01", "2026-01-02")
    told, _ = both(born(catalogue, **dict.fromkeys(catalogue.entries, day)), folder)
    assert told.feed.title == title
    assert {one.title for one in told.entries} == entries


def test_hostile_titles_stay_words(small: Small) -> None:
    """Markup, quotes, emoji and letters of ours are read as they were written; what XML cannot hold is left out."""
    title = json.dumps(HOSTILE, ensure_ascii=False)[:-1] + r'\u0007\ufffe"'
    text = IDEA.format(title, "submitted", "themes: [klimat]")
    named = plain().replace("Exempelstad", "A & B <c>").replace("title: Klimat", "title: '\"Vatten\" & <luft>'")
    catalogue = read(small({"ideas/2026/fuktvakt.md": text, "idesluss.yml": named}))
    title = catalogue.entries["fuktvakt"].title
    assert title.startswith(HOSTILE)
    told, as_json = both(catalogue)
    tree = etree.fromstring(artifacts(catalogue)["feed.xml"].make())  # type: ignore[arg-type] # bytes, as `both` saw
    assert tree.findtext("{*}entry/{*}title") == HOSTILE
    assert told.entries[0].title_detail.type == "text/plain"
    assert told.feed.author == "A & B <c>"
    assert [tag.label for tag in told.entries[0].tags] == ["Idé", '"Vatten" & <luft>']
    assert as_json["items"][0]["title"] == title
    made = artifacts(catalogue)["index.html"].make()
    assert not isinstance(made, bytes)


def test_a_feed_is_bounded(small: Small) -> None:
    files = {f"ideas/2026/i{n}.md": IDEA.format(f"Idé {n}", "submitted", "") for n in range(80)}
    catalogue = read(small(files))
    days = {f"i{n}": (f"2026-01-{n % 28 + 1:02}", f"2026-02-{n % 28 + 1:02}") for n in range(80)}
    told, _ = both(born(catalogue, **days), "ideer/")
    assert len(told.entries) == 50
    assert [one.updated for one in told.entries] == sorted((one.updated for one in told.entries), reverse=True)
    assert len(artifacts(catalogue)["ideer/feed.xml"].reads) <= 50


def test_names_last(small: Small) -> None:
    """A new title, a new file name or another place among the folders makes nothing new to a reader."""

    def name(catalogue: Catalogue) -> set[str]:
        return {one.id for one in both(catalogue, "enheter/skola/")[0].entries if "fuktvakt" in one.id}

    before = name(read(small()))
    assert before == {"tag:idesluss.example,2026:idea/fuktvakt"}
    moved = {
        "ideas/2026/fuktvakt.md": None,
        "ideas/2025/givarna.md": IDEA.format("Nytt", "assessed", "formerly: [fuktvakt, fuktlarm]"),
    }
    assert name(read(small(moved))) == before


def test_a_renamed_unit_is_followed_at_both_addresses(small: Small) -> None:
    renamed = UNIT.format("Granne").replace("type:", "formerly: [bredvid]\ntype:")
    catalogue = read(small({"ideas/units/granne.md": renamed}))
    old, now = (both(catalogue, f"enheter/{name}/")[0].feed for name in ("bredvid", "granne"))
    assert old.id == now.id == "tag:idesluss.example,2026:around/unit/bredvid"
    assert old.link == now.link == "https://idesluss.example/enheter/granne/"


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_nothing_internal_reaches_a_feed(small: Small, audience: Literal["public", "internal"]) -> None:
    files = {
        "ideas/2026/fuktvakt.md": IDEA.format("Hemlig", "assessed", "themes: [klimat]"),
        "ideas/needs/fukt.md": "---\ntitle: Öppen\nunit: skola\nsource: audit\nvisibility: public\n---\n",
    }
    catalogue = read(small(files, repository="private"), audience=audience)
    days = dict.fromkeys(("fuktvakt", "fukt"), ("2026-01-01", "2026-01-01"))
    catalogue = replace(catalogue, history=History(lives={id_: Life(*day) for id_, day in days.items()}))
    for folder in ("", "ideer/", "teman/klimat/", "enheter/skola/"):
        titles = {one.title for one in both(catalogue, folder)[0].entries}
        assert ("Hemlig" in titles) == (audience == "internal")


def test_pages_lead_to_their_feeds(small: Small) -> None:
    """Programs find both formats in the head of a list, a theme and a unit."""
    made = artifacts(read(small()))
    for address, folder in (("ideer/", "../ideer/"), ("teman/klimat/", ""), ("enheter/skola/", "")):
        head = getattr(made[f"{address}index.html"].make(), "head")  # noqa: B009 - bytes have none
        for name, type_ in (("feed.xml", "application/atom+xml"), ("feed.json", "application/feed+json")):
            assert f'type="{type_}"' in head
            assert f'href="{folder}{name}"' in head
    assert page(read(small()), "oppna-data/").xpath("//a[@href='../feed.xml']")
