"""Templates: where they are found, and the drawings and cards that pages share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jinja2 import UndefinedError
from lxml import html

from idesluss.templates import environment, folders, packaged

Instance = Callable[[Mapping[str, str | bytes | None]], Path]

LABELS = ("In", "Answered", "Assessed", "Concept", "Test", "Pilot", "Implementerad i hela kommunen", "Nyttan bekräftad")


class Card(NamedTuple):
    """What the card macro reads."""

    id: str = "fuktvakt"
    title: str = "Fukt & mögel"
    summary: str = "Kort."
    mark: str = "Gott exempel"
    tone: str = "good"
    note: str = "Skolan"
    when: str = "2026"
    used: int = 0
    example: bool = False
    address: str = "exempel/fuktvakt/"


def drawn(root: Path, source: str, **values: Any) -> html.HtmlElement:
    text = environment(root, "en").from_string(source).render(values)
    return html.fragment_fromstring(text, create_parent="div")


def overview(root: Path, counts: Sequence[int]) -> html.HtmlElement:
    chambers = [(label, count, f"ideer/#{n}") for n, (label, count) in enumerate(zip(LABELS, counts, strict=True))]
    source = '{% from "parts/lock.html" import lock_overview %}{{ lock_overview(chambers) }}'
    return drawn(root, source, chambers=chambers)


def way(root: Path, states: Sequence[str], aside: str | None = None) -> html.HtmlElement:
    chambers = [(label, "3 mar", state) for label, state in zip(LABELS, states, strict=True)]
    source = '{% from "parts/lock.html" import lock_of_idea %}{{ lock_of_idea(chambers, aside) }}'
    return drawn(root, source, chambers=chambers, aside=aside)


def test_own_template_wins(instance: Instance) -> None:
    """An instance's own file stands for the packaged one of the same name; all others are the packaged ones."""
    root = instance({"templates/parts/card.html": "{% macro card() %}own{% endmacro %}"})
    assert folders(root) == [(root / "templates").resolve(), packaged()]
    assert drawn(root, '{% from "parts/card.html" import card %}{{ card() }}').text == "own"
    assert overview(root, [1] * 8).xpath("//li")


def test_instance_without_templates_uses_the_packaged_ones(instance: Instance) -> None:
    assert folders(instance({})) == [packaged()]
    assert (packaged() / "theme" / "main.html").is_file()


def test_values_are_escaped_and_names_are_strict(instance: Instance) -> None:
    root = instance({})
    assert drawn(root, "{{ title }}", title="<script>").text == "<script>"
    with pytest.raises(UndefinedError):
        drawn(root, "{{ nobody_gave_this }}")


def test_lock_says_every_count(instance: Instance) -> None:
    """Each chamber is a link with its label and its count, in the drawing's order below it and climbing beside it."""
    lock = overview(instance({}), [3, 0, 1, 2, 6, 4, 5, 1])
    wide = lock.xpath("//*[@class='lock-wide']//li")
    assert [item.text_content().strip() for item in wide][:2] == ["In: 3", "Answered: 0"]
    up = lock.xpath("//ol[@class='rungs']/li")
    assert [" ".join(item.text_content().split()) for item in up][-2:] == ["0 Answered", "3 In"]
    assert lock.xpath("//li/a/@href")[0] == "ideer/#0"


def test_boats_stand_for_ideas(instance: Instance) -> None:
    """One boat an idea while there is room; else one boat for several, and the page says for how many."""
    few = overview(instance({}), [3, 0, 1, 2, 6, 4, 5, 1])
    boats = [len(group.xpath("./path")) for group in few.xpath("//*[@class='lock-wide']//g")]
    assert boats == [3, 0, 1, 2, 6, 4, 5, 1]
    assert not few.xpath("//p[@class='scale']")
    many = overview(instance({}), [58, 0, 1, 20, 6, 4, 5, 1])
    boats = [len(group.xpath("./path")) for group in many.xpath("//*[@class='lock-wide']//g")]
    assert boats == [6, 0, 1, 2, 1, 1, 1, 1]
    assert "10" in many.xpath("string(//p[@class='scale'])")


@pytest.mark.parametrize("at", range(8))
def test_way_of_an_idea(instance: Instance, at: int) -> None:
    """One boat lies in the chamber where the idea is, and both lists say which that is."""
    lock = way(instance({}), ["past"] * at + ["now"] + ["ahead"] * (7 - at))
    assert [item.xpath("string(b)") for item in lock.xpath("//ol[@class='labels eight']/li[@aria-current='step']")] == [
        LABELS[at]
    ]
    assert len(lock.xpath("//ol[@class='rungs']/li[@aria-current='step']")) == 1
    assert len(lock.xpath("//g[@class='boat here']/path")) == 1
    assert len(lock.xpath("//path[@class='water ahead']")) == (0 if at == 7 else 8 - at)


def test_idea_that_left_the_lock(instance: Instance) -> None:
    """An idea in a side stage shows where it left and as what; no chamber counts as its present one."""
    lock = way(instance({}), ["past", "past", "left", *["ahead"] * 5], "Parked")
    assert lock.xpath("//*[@aria-current]") == []
    assert ["Parked" in item.text_content() for item in lock.xpath("//ol[@class='labels eight']/li")].index(True) == 2
    assert lock.xpath("string(//ol[@class='rungs']/li[@class='left'])").count("Parked") == 1


def test_drawing_has_a_name_and_no_inline_style(instance: Instance) -> None:
    for lock in (overview(instance({}), [1] * 8), way(instance({}), ["now", *["ahead"] * 7])):
        assert all(drawing.get("aria-label") for drawing in lock.xpath("//svg[@role='img']"))
        assert lock.xpath("//svg[@role='img']")
        assert lock.xpath("//@style | //@id") == []


def test_card_is_one_link_named_by_its_title(instance: Instance) -> None:
    source = '{% from "parts/card.html" import card %}{{ card(item, "../x/") }}'
    root = instance({})
    card = drawn(root, source, item=Card())
    assert [(link.get("href"), link.text_content()) for link in card.xpath("//a")] == [("../x/", "Fukt & mögel")]
    assert card.xpath("//h3/a")
    assert drawn(root, source, item=Card(used=4)).xpath("string(//*[contains(@class, 'pill')])").endswith("4")


def test_patterns_stay_and_differ(instance: Instance) -> None:
    """An entry without a picture keeps its pattern; among many entries all patterns occur."""
    root = instance({})
    source = '{% from "parts/card.html" import pattern %}{{ pattern(id) }}'
    ids = [f"idea-{n}-x" for n in range(60)]
    first = [drawn(root, source, id=id_).text.strip() for id_ in ids]
    assert first == [drawn(root, source, id=id_).text.strip() for id_ in ids]
    assert set(first) == {f"a{n}" for n in range(1, 7)}
