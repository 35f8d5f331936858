"""The gates: what each asks for and how it is told, and every step that the lock allows or does not."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import Files, GitInstance, run_cli
from idesluss.stages import CHAMBERS, LESSON, MOVES, ORDER, STAGES, TRACK_EVIDENCE, Evidence, next_from, skipped
from idesluss.translate import gettext
from lock_ideas import COMPLETE, decision, idea, surroundings, without, written

GOLDEN = Path(__file__).parent / "golden"
NOW = "2026-10-01"


@pytest.fixture(autouse=True)
def _own_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("IDESLUSS_CACHE", str(tmp_path / "cache"))


def problems(root: Path, *arguments: str, language: str = "en") -> list[dict[str, Any]]:
    done = run_cli("--lang", language, "check", "--format", "json", "--now", NOW, *arguments, root=root)
    assert done.returncode in (0, 1), done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    assert done.returncode == any(problem["severity"] == "error" for problem in found)
    return [problem for problem in found if problem["severity"] != "notice"]


# What each gate asks for


def gates() -> Iterator[tuple[str, dict[str, Any]]]:
    """The name and the fields of an idea for each gate and each piece of evidence, which is missing."""
    for stage in STAGES.values():
        for evidence in stage.evidence:
            yield named(stage.name, evidence), without(idea(stage.name), evidence)
        for track, of_track in TRACK_EVIDENCE.items():
            for evidence in of_track.get(stage.name, ()):
                yield f"{named(stage.name, evidence)}-{track}", without(idea(stage.name, track=track), evidence)
    yield "closed-lesson", without(idea("closed"), LESSON)
    yield "assessed-needs-confirmed", idea("assessed", needs=["obekraftat"])
    yield "verified-case", idea("verified")
    effect = {**COMPLETE["effects"][0], "date": "2026-06"}
    yield "verified-too-early", idea("verified", effects=[effect])


def named(gate: str, evidence: Evidence) -> str:
    return "-".join((gate, evidence.field, *evidence.item, *evidence.item_has)).replace(".", "-").replace("_", "-")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_each_missing_piece_of_evidence_is_told_of_once(instance: Callable[[Files], Path], language: str) -> None:
    files = {f"ideas/2026/{name}.md": written(fields) for name, fields in gates()}
    verified = [name for name, fields in gates() if fields["stage"] == "verified" and name != "verified-case"]
    found = problems(instance({**surroundings(verified), **files}), language=language)
    told = {Path(one["path"]).stem: [one["code"], one["message"], one["hint"]] for one in found}
    assert len(told) == len(found), "each file has one fault, and one message"
    path = GOLDEN / f"gates.{language}.json"
    if os.environ.get("IDESLUSS_UPDATE_GOLDEN"):
        path.write_text(json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n", "utf-8")
    expected = json.loads(path.read_text("utf-8"))
    assert told == expected
    assert {f"ideas/2026/{name}.md" for name in expected} == set(files)
    assert all(all(words) for words in expected.values())
    assert {words[0] for words in expected.values()} == {"missing-evidence"}


def test_an_idea_with_all_evidence_may_stand_anywhere(instance: Callable[[Files], Path]) -> None:
    """So that the one fault of each file above is the piece that was taken out."""
    files = {
        f"ideas/2026/i-{stage}-{track}.md": written(idea(stage, track=track))
        for stage in STAGES
        for track in TRACK_EVIDENCE
    }
    verified = [Path(path).stem for path in files if "-verified-" in path]
    assert problems(instance({**surroundings(verified), **files})) == []


def test_spread_is_never_typed(instance: Callable[[Files], Path]) -> None:
    files = {"ideas/2026/a.md": written(idea("spread")), "ideas/2026/b.md": written(idea("test", title="B"))}
    (told,) = problems(instance({**surroundings(), **files}))
    assert (told["path"], told["code"]) == ("ideas/2026/a.md", "bad-value")
    assert "never typed" in told["hint"]


# Every step

PAIRS = [(before, after) for before in STAGES for after in STAGES]
FURTHEST = "test"
"""How far those that stand beside the lock had come."""


def name(before: str, after: str) -> str:
    return f"{before}-till-{after}"


def moved(before: str, after: str, *, decided: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """An idea before and after; where it is `decided`, by a new decision that names all that is skipped."""
    held = dict(COMPLETE)
    if before not in ORDER:
        held["decisions"] = [decision("concept"), decision("closed")]
        held["history"] = [{"stage": FURTHEST, "date": "2025-12"}]
    started = {**held, "stage": before}
    ended = {**held, "stage": after}
    if after in ("implemented", "verified") and before not in ORDER:
        ended["decisions"] = [*held["decisions"], decision("implemented")]
    if decided:
        skips = list(skipped(before, after)) if MOVES[before, after] == "skip" else []
        new = decision(after, "2026-02-01", **({"skips": skips} if skips else {}))
        ended["decisions"] = [*ended["decisions"], new]
    return started, ended


def expected(before: str, after: str, *, decided: bool) -> str:
    """The code that a pair is to give, worked out from the two places in the lock alone; "" for none."""
    order = [stage.name for stage in CHAMBERS]
    if before == after or after not in order:
        return ""
    if before not in order:
        too_far = order.index(after) > order.index(FURTHEST)
        return "illegal-step" if too_far else "" if decided else "step-without-reason"
    steps = order.index(after) - order.index(before)
    if decided or steps == 1:
        return ""
    return "step-without-reason" if steps < 0 else "illegal-step"


@pytest.mark.parametrize("decided", [False, True], ids=["without a decision", "by a new decision"])
def test_every_pair_of_stages(git_instance: GitInstance, decided: bool) -> None:
    both = {name(*pair): moved(*pair, decided=decided) for pair in PAIRS}
    verified = [id for id, (before, after) in both.items() if "verified" in (before["stage"], after["stage"])]
    before = {f"ideas/2026/{id}.md": written(fields) for id, (fields, _) in both.items()}
    after = {f"ideas/2026/{id}.md": written(fields) for id, (_, fields) in both.items()}
    git_instance.commit({**surroundings(verified), **before}, "2026-01-30")
    git_instance.commit(after, "2026-02-02")
    found = problems(git_instance.root, "--base", "HEAD~1")
    codes = {Path(one["path"]).stem: one["code"] for one in found}
    assert len(codes) == len(found)
    assert codes == {name(*pair): code for pair in PAIRS if (code := expected(*pair, decided=decided))}
    for one in found:
        start, end = Path(one["path"]).stem.split("-till-")
        if one["code"] == "illegal-step":
            listed = one["hint"].removeprefix("next would be: ").partition(";")[0]
            legal = next_from(start, FURTHEST)
            assert listed == ", ".join(f"{stage} ({STAGES[stage].label})" for stage in legal)
            assert end not in legal
        else:
            assert f"`to: {end}`" in one["hint"]


def test_legal_steps_by_hand() -> None:
    aside = ("parked", "referred", "combined", "closed", "withdrawn")
    assert next_from("submitted") == ("answered", *aside)
    assert next_from("pilot") == ("implemented", *aside)
    assert next_from("verified") == aside
    assert next_from("parked", "assessed") == ("submitted", "answered", "assessed", *aside[1:])
    assert skipped("answered", "test") == ("assessed", "concept")


SKIPS = [
    ([], "illegal-step"),
    ([decision("test", skips=["assessed"])], "illegal-step"),
    ([decision("pilot", skips=["assessed", "concept"])], "illegal-step"),
    ([decision("test", skips=["concept", "assessed"])], None),
    ([decision("test", skips=["assessed", "concept", "answered"])], None),
]


@pytest.mark.parametrize(("decisions", "code"), SKIPS)
def test_a_skip_takes_a_new_decision_that_names_every_gate(
    git_instance: GitInstance, decisions: list[dict[str, Any]], code: str | None
) -> None:
    path = "ideas/2026/a.md"
    git_instance.commit({**surroundings(), path: written(idea("answered"))}, "2026-01-30")
    git_instance.commit({path: written(idea("test", decisions=[*COMPLETE["decisions"], *decisions]))}, "2026-02-02")
    assert [one["code"] for one in problems(git_instance.root, "--base", "HEAD~1")] == ([code] if code else [])


def test_a_decision_that_was_there_skips_nothing(git_instance: GitInstance) -> None:
    path = "ideas/2026/a.md"
    old = [*COMPLETE["decisions"], decision("test", skips=["assessed", "concept"])]
    git_instance.commit({**surroundings(), path: written(idea("answered", decisions=old))}, "2026-01-30")
    git_instance.commit({path: written(idea("test", decisions=old))}, "2026-02-02")
    (told,) = problems(git_instance.root, "--base", "HEAD~1")
    assert told["code"] == "illegal-step"
    assert "skips: [assessed, concept]" in told["hint"]


def test_the_instance_calls_its_stages_as_it_likes(git_instance: GitInstance) -> None:
    path = "ideas/2026/a.md"
    settings = (git_instance.root / "idesluss.yml").read_text("utf-8")
    named = {"idesluss.yml": f"{settings}stages:\n  answered: Mottagen\n  test: Prövas {{här}}\n"}
    git_instance.commit({**surroundings(), **named, path: written(idea("answered"))}, "2026-01-30")
    git_instance.commit({path: written(without(idea("test"), STAGES["test"].evidence[0]))}, "2026-02-02")
    found = {one["code"]: one for one in problems(git_instance.root, "--base", "HEAD~1", language="sv")}
    assert "Mottagen" in found["illegal-step"]["message"]
    assert "Prövas {här}" in found["illegal-step"]["message"]
    assert f"assessed ({gettext('Assessed', 'sv')})" in found["illegal-step"]["hint"]
    assert "Prövas {här}" in found["missing-evidence"]["message"]
    said = run_cli("explain", "assessed", root=git_instance.root).stdout
    assert "answered (Mottagen)" in said
    assert run_cli("explain", "answered", root=git_instance.root).stdout.startswith("answered: Mottagen\n")
