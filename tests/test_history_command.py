"""`idesluss history ID`: the steps of an idea, what shows each, and why it was taken."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable

import pytest

from conftest import GitInstance

Cli = Callable[..., subprocess.CompletedProcess[str]]

UNIT = "---\ntitle: Enhet\ntype: unit\n---\n"
DECISIONS = """\
decisions:
  - {date: 2026-01-10, to: closed, by: idérådet, reason: Ingen tar emot.}
  - {date: 2026-02-10, to: submitted, by: idécoach, reason: Nu finns en mottagare.}
"""
ANSWER = "log:\n  - {date: 2026-01-06, role: idécoach, type: answer, text: Tack., public: true}\n"


def idea(stage: str, front: str = "") -> str:
    return f"---\ntitle: Fuktvakt\nunit: enhet\nstage: {stage}\n{front}---\n\n## Problem\n\nFukt.\n"


@pytest.fixture
def way(git_instance: GitInstance) -> GitInstance:
    """An idea that was closed, and reopened; another that is gone."""
    git_instance.commit({"ideas/2026/fukt.md": idea("submitted"), "ideas/units/enhet.md": UNIT}, "2026-01-05")
    git_instance.commit(
        {"ideas/2026/fukt.md": idea("closed", DECISIONS), "ideas/2026/borta.md": idea("submitted")}, "2026-01-11"
    )
    git_instance.commit({"ideas/2026/borta.md": None}, "2026-01-12")
    git_instance.commit(
        {"ideas/2026/fuktvakt.md": idea("submitted", "formerly: [fukt]\n" + DECISIONS), "ideas/2026/fukt.md": None},
        "2026-02-11",
    )
    return git_instance


def test_each_step_with_what_shows_it_and_why(way: GitInstance, cli: Cli) -> None:
    shas = way.git("log", "--reverse", "--format=%h", "--abbrev=10").split()
    done = cli("history", "fuktvakt", "--lang", "sv", root=way.root)
    assert done.stdout.splitlines() == [
        "fuktvakt: Fuktvakt",
        "Kom 2026-01-05, ändrad 2026-02-11. 3 ändringar i git.",
        "",
        f"2026-01-05  Inlämnad (submitted)  {shas[0]}",
        f"2026-01-11  Avslutad (closed)     {shas[1]}",
        "            idérådet: Ingen tar emot.",
        f"2026-02-11  Inlämnad (submitted)  {shas[3]}",
        "            idécoach: Nu finns en mottagare.",
    ]
    assert done.returncode == 0
    english = cli("history", "fukt", "--lang", "en", root=way.root)
    assert "Came 2026-01-05, changed 2026-02-11. 3 changes in git." in english.stdout, "a former name leads there too"
    assert "Closed (closed)" in english.stdout


def test_as_json(way: GitInstance, cli: Cli) -> None:
    told = json.loads(cli("history", "fuktvakt", "--format", "json", root=way.root).stdout)
    shas = way.git("log", "--reverse", "--format=%H").split()
    assert {name: told[name] for name in ("id", "title", "born", "changed", "moved", "gone", "commits")} == {
        "id": "fuktvakt", "title": "Fuktvakt", "born": "2026-01-05", "changed": "2026-02-11", "moved": "2026-02-11",
        "gone": None, "commits": 3,
    }  # fmt: skip
    assert told["head"] == {"sha": shas[3], "day": "2026-02-11"}
    assert told["steps"][1] == {
        "stage": "closed", "day": "2026-01-11", "commit": shas[1], "stated": False, "reason": "Ingen tar emot.",
        "decided_by": "idérådet", "decided": "2026-01-10",
    }  # fmt: skip


def test_stated_steps_are_told_apart(git_instance: GitInstance, cli: Cli) -> None:
    stated = "history:\n  - {stage: submitted, date: 2019, reason: Ur pärmen.}\n  - {stage: answered, date: 2019-05}\n"
    git_instance.commit(
        {"ideas/2019/gammal.md": idea("answered", stated + ANSWER), "ideas/units/enhet.md": UNIT}, "2026-01-05"
    )
    git_instance.commit({"ideas/2019/gammal.md": idea("closed", stated + ANSWER + DECISIONS)}, "2026-01-11")
    lines = cli("history", "gammal", "--lang", "sv", root=git_instance.root).stdout.splitlines()
    assert lines[3:6] == [
        "2019        Inlämnad (submitted)  enligt filen",
        "            Ur pärmen.",
        "2019-05     Besvarad (answered)   enligt filen",
    ]
    assert lines[6].startswith("2026-01-11  Avslutad (closed)")


def test_an_entry_that_is_gone(way: GitInstance, cli: Cli) -> None:
    done = cli("history", "borta", "--lang", "sv", root=way.root)
    assert "Filen togs bort 2026-01-12." in done.stdout
    assert "2026-01-11  Inlämnad" in done.stdout


def test_an_unknown_id(way: GitInstance, cli: Cli) -> None:
    done = cli("history", "fuktvagt", "--lang", "sv", root=way.root)
    assert done.returncode == 2
    assert "Det finns ingen post ”fuktvagt”. Menade du fuktvakt?" in done.stderr


def test_authors_go_by_no_map_of_the_users_own(way: GitInstance, cli: Cli) -> None:
    own = way.root / ".git" / "map"
    own.write_text("Någon annan <test@idesluss.example>\n", "utf-8")
    way.git("config", "mailmap.file", str(own))
    assert "Någon annan" not in cli("history", "fuktvakt", "--authors", root=way.root).stdout


def test_authors_go_by_the_mail_map(way: GitInstance, cli: Cli) -> None:
    way.commit({".mailmap": "Idécoachen <coach@idesluss.example> <test@idesluss.example>\n"}, "2026-03-01")
    assert "Test" not in cli("history", "fuktvakt", root=way.root).stdout
    done = cli("history", "fuktvakt", "--authors", root=way.root)
    assert done.stdout.count("  Idécoachen\n") == 3
    told = json.loads(cli("history", "fuktvakt", "--authors", "--format", "json", root=way.root).stdout)
    assert {step["author"] for step in told["steps"]} == {"Idécoachen"}
