"""Dates that nobody can mean: told at their place, and never the end of a command, a page or another entry."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from idesluss.cli import everything

Instance = Callable[[Mapping[str, str]], Path]

FIELDS = [
    "handed_in: {{door: mail, at: {day}}}",
    "publish_from: {day}",
    "review_by: {day}",
    "next_step: {{what: a, role: b, by: {day}}}",
    "decisions: [{{date: {day}, to: submitted, by: a, reason: b}}]",
    "log: [{{date: {day}, role: a, type: answer, text: b, public: true}}]",
    "history: [{{stage: submitted, date: {day}}}]",
    "history: [{{stage: submitted, date: '{year}'}}]",
    "tests: [{{key: a, hypothesis: b, measure: c, threshold: d, period: {{start: '{year}', end: {day}}}}}]",
    "redacted: {{date: {day}, reason: a}}",
    "effects: [{{measure: a, date: '{year}-12'}}]",
]
UNIT = "---\ntitle: Köket\ntype: unit\n---\n"
EVENT = "---\ntitle: Mötet\ntype: mashup\ndate: {day}\nprogramme: [{{time: '00:00', title: a, length: 999}}]\n---\n"
ADOPTION = "---\ntitle: Vi\ncase: exempel\nby: kok\nversion: a\ndegree: copy\nphase: in_use\nconfirmed: {day}\n---\n"
CASE = (
    "---\ntitle: Exempel\nsummary: a\norganisation: kok\ntype: solution\nstatus: in_use\nlicence: CC-BY-4.0\n"
    "last_confirmed: {day}\n---\n\n## Vad\n\na\n\n## Varför\n\nb\n\n## Hur\n\nc\n"
)


def files(day: str) -> dict[str, str]:
    """An instance with this day in every field that a clock or a measure looks at."""
    values = {"day": day, "year": day[:4]}
    ideas = {
        f"ideas/2026/a{number}.md": f"---\ntitle: A\nunit: kok\n{field.format(**values)}\n---\n\n## Problem\n\nText.\n"
        for number, field in enumerate(FIELDS)
    }
    return {
        **ideas,
        "ideas/units/kok.md": UNIT,
        "ideas/events/motet.md": EVENT.format(**values),
        "ideas/cases/exempel.md": CASE.format(**values),
        "ideas/adoptions/vi.md": ADOPTION.format(**values),
    }


@pytest.mark.parametrize("day", ["0000-01-01", "0001-01-01", "1799-12-31", "3000-01-01", "9999-12-31"])
def test_a_year_that_nobody_means_is_told_and_stops_nothing_else(instance: Instance, day: str) -> None:
    root = instance(files(day))
    result = CliRunner().invoke(everything, ["--root", str(root), "--lang", "en", "check", "--format", "json"])
    assert result.exit_code == 1, result.output
    told = json.loads(result.stdout)
    assert {one["path"] for one in told if one["code"] == "bad-value"} == set(files(day)) - {"ideas/units/kok.md"}
    assert {one["hint"] for one in told if one["code"] == "bad-value"} == {"write a year from 1800 to 2999"}
    assert all(f"{day[:4]}" in one["message"] for one in told if one["code"] == "bad-value")


@pytest.mark.parametrize("day", ["1800-01-01", "2999-12-31"])
@pytest.mark.parametrize("now", ["1800-01-01", "2026-06-01", "2999-12-31"])
@pytest.mark.parametrize("command", ["check", "desk", "measures"])
def test_the_first_and_the_last_day_can_be_counted_with(instance: Instance, day: str, now: str, command: str) -> None:
    result = CliRunner().invoke(everything, ["--root", str(instance(files(day))), command, "--now", now])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("day", ["1800-01-01", "2999-12-31"])
def test_every_page_with_the_first_or_the_last_day_is_made(instance: Instance, tmp_path: Path, day: str) -> None:
    site = tmp_path / "site"
    arguments = ["--root", str(instance(files(day))), "build", "--now", "2999-12-31", "--site", str(site)]
    result = CliRunner().invoke(everything, arguments)
    assert result.exit_code == 0, result.output
    assert (site / "evenemang" / "motet" / "index.html").is_file()


@pytest.mark.parametrize("now", ["9999-12-31", "0001-01-01"])
def test_now_is_a_day_that_can_be_counted_with(instance: Instance, now: str) -> None:
    result = CliRunner().invoke(everything, ["--root", str(instance(files("2026-01-01"))), "desk", "--now", now])
    assert result.exit_code == 2


def test_a_number_beyond_all_reason_is_told(instance: Instance) -> None:
    text = "---\ntitle: A\nunit: kok\nrunning_cost: 99999999999999999999\n---\n\n## Problem\n\nText.\n"
    root = instance({"ideas/units/kok.md": UNIT, "ideas/2026/a.md": text})
    result = CliRunner().invoke(everything, ["--root", str(root), "--lang", "en", "check", "--format", "json"])
    (one,) = json.loads(result.stdout)
    assert (one["code"], one["line"], one["column"]) == ("bad-value", 4, 15)
    assert one["hint"] == "it is at most 10000000000000"


@pytest.mark.parametrize("moment", ["@253402300799 +0000", "@99999999999999 +0000", "@0 +0000"])
@pytest.mark.parametrize("command", ["check", "desk", "history a0", "measures"])
def test_a_clock_gone_wild_stops_no_command(instance: Instance, moment: str, command: str) -> None:
    root = instance(files("2026-01-01"))
    environment = {"GIT_COMMITTER_DATE": moment, "GIT_AUTHOR_DATE": moment, "PATH": os.environ["PATH"]}
    as_somebody = ["-c", "user.name=A", "-c", "user.email=a@a.example"]
    for arguments in (["init", "-q"], ["add", "-A"], [*as_somebody, "commit", "-q", "-m", "a"]):
        subprocess.run(["git", *arguments], cwd=root, env=environment, check=True)
    result = CliRunner().invoke(everything, ["--root", str(root), *command.split()])
    assert result.exit_code == 0, result.output
