"""Links in texts that lead nowhere, or to what the public may not see, however they are written."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from idesluss.cli import everything

SETTINGS = (
    "name: Prov\nowner: Prov\naddress: https://prov.example/sluss/\nlanguage: sv\nrepository: private\n"
    "contact: prov@prov.example\n"
)
CASE = (
    "---\ntitle: Öppet\nsummary: Kort.\norganisation: kok\ntype: solution\nstatus: in_use\nlicence: CC-BY-4.0\n"
    "formerly: [gammalt]\n---\n\n## Vad\n\n{text}\n\n## Varför\n\nB.\n\n## Hur\n\nC.\n"
)
FILES: Mapping[str, str] = {
    "idesluss.yml": SETTINGS,
    "ideas/units/kok.md": "---\ntitle: Köket\ntype: unit\n---\n",
    "ideas/2026/hemlig.md": "---\ntitle: Hemlig\nunit: kok\n---\n\n## Problem\n\nText.\n",
}


def told(instance: Callable[[Mapping[str, str]], Path], text: str) -> list[tuple[str, int, str]]:
    root = instance({**FILES, "ideas/cases/oppet.md": CASE.format(text=text)})
    result = CliRunner().invoke(everything, ["--root", str(root), "--lang", "en", "check", "--format", "json"])
    return [
        (one["code"], one["column"], one["hint"]) for one in json.loads(result.stdout) if one["severity"] == "error"
    ]


@pytest.mark.parametrize(
    "target",
    [
        "https://prov.example/sluss/ideer/hemlig/",
        "http://PROV.example/sluss/ideer/hemlig",
        "https://prov.example/sluss/ideer/hemlig/#s-problem",
        "../2026/hemlig.md",
    ],
)
def test_a_public_text_links_to_nothing_internal_by_path_nor_by_address(
    instance: Callable[[Mapping[str, str]], Path], target: str
) -> None:
    (one,) = told(instance, f"Se [den]({target}).")
    assert one[:2] == ("internal-link", 4)


@pytest.mark.parametrize("slug", ["finns-inte", "finns-inte/?x", "hemli"])
def test_an_address_in_this_portal_leads_to_a_page(instance: Callable[[Mapping[str, str]], Path], slug: str) -> None:
    (one,) = told(instance, f"[bort](https://prov.example/sluss/ideer/{slug})")
    assert one[:2] == ("broken-link", 1)


@pytest.mark.parametrize(
    "address",
    [
        "https://prov.example/sluss/exempel/oppet/",
        "https://prov.example/sluss/exempel/gammalt/",
        "https://prov.example/sluss/enheter/kok/",
        "https://prov.example/sluss/ideer/",
        "https://prov.example/sluss/ideer/feed.xml",
        "https://prov.example/sluss/exempel/oppet/spread/",
        "https://prov.example/annat/ideer/finns-inte/",
        "https://annan.example/ideer/finns-inte/",
    ],
)
def test_other_addresses_are_left_alone(instance: Callable[[Mapping[str, str]], Path], address: str) -> None:
    assert told(instance, f"[dit]({address})") == []


@pytest.mark.parametrize(
    "target",
    ["/ideas/units/kok.md", "../units/kok", "/enheter/kok/", "..\\units\\kok.md", "../units/kok.md?plain=1"],
)
def test_a_link_whose_end_is_known_is_told_the_path(instance: Callable[[Mapping[str, str]], Path], target: str) -> None:
    found = told(instance, f"[dit]({target})")
    assert [one[2] for one in found] == ["write (../units/kok.md)"]


def test_a_link_without_an_address_is_told_so(instance: Callable[[Mapping[str, str]], Path]) -> None:
    root = instance({**FILES, "ideas/cases/oppet.md": CASE.format(text="[tom]()")})
    result = CliRunner().invoke(everything, ["--root", str(root), "--lang", "sv", "check"])
    assert "länken ”tom” har ingen adress" in result.stdout
