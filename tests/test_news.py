"""The page of what is new since last month: steps and arrivals as git shows them, and nothing that is older."""

from __future__ import annotations

import datetime

import pytest
from lxml import html

from conftest import GitInstance
from idesluss import examine, outputs, translate
from idesluss.artifact import Page

pytestmark = pytest.mark.usefixtures("undisturbed")

SETTINGS = "name: Slussen\nowner: Kommun\naddress: https://x.example/\nthemes: []\n"
UNIT = "---\ntitle: Skola\ntype: administration\n---\n"
IDEA = "---\ntitle: {}\nunit: skola\nstage: {}\n{}---\n\n## Problemet\n\nFukt.\n"
ANSWER = "coach: coach\nlog:\n  - {date: 2026-05-20, role: Idécoach, type: answer, text: Tack!, public: true}\n"


def test_what_moved_or_came_within_a_month_is_listed_with_its_day(git_instance: GitInstance) -> None:
    git_instance.commit(
        {
            "idesluss.yml": SETTINGS,
            "ideas/units/skola.md": UNIT,
            "ideas/coaches/coach.md": "---\ntitle: Idécoach\n---\n",
            "ideas/2026/gammal.md": IDEA.format("Gammal", "submitted", ""),
            "ideas/2026/flyttad.md": IDEA.format("Flyttad", "submitted", ""),
        },
        "2026-01-10",
    )
    git_instance.commit({"ideas/2026/gammal.md": IDEA.format("Gammal idé", "submitted", "")}, "2026-05-18")
    git_instance.commit({"ideas/2026/flyttad.md": IDEA.format("Flyttad", "answered", ANSWER)}, "2026-05-20")
    git_instance.commit({"ideas/units/ny.md": UNIT.replace("Skola", "Ny enhet")}, "2026-05-21")
    git_instance.commit({"ideas/2026/brand.md": IDEA.format("Brand", "submitted", "")}, "2026-05-22")
    translate.use("sv")
    catalogue = examine.examine(git_instance.root, now=datetime.date(2026, 6, 15)).catalogue
    assert catalogue is not None
    public = catalogue.for_audience("public")
    (made,) = (
        artifact.make()
        for output in outputs.OUTPUTS
        for artifact in output(public)
        if artifact.path == "nytt/index.html"
    )
    assert isinstance(made, Page)
    tree = html.fragment_fromstring(made.body, create_parent="main")
    rows = {
        link.text: stamp
        for link, stamp in zip(
            tree.iterfind(".//ul[@class='rows']//a"), [time.get("datetime") for time in tree.iter("time")], strict=True
        )
    }
    assert rows == {"Brand": "2026-05-22", "Flyttad": "2026-05-20", "Ny enhet": "2026-05-21"}
    assert "15 maj 2026" in made.description
    assert "nytt/" in outputs.addresses(public)
