"""The examples of a page, played: the files that it shows are written down, and its commands are run there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

import idesluss

FENCE = re.compile(r'^(```\w+(?: title="([^"\n]+)")?\n)(.*?)^```$', re.DOTALL | re.MULTILINE)
CONSOLE = "```console\n"
PROMPT = "$ "
DAY = ("--now", "2027-01-15")
"""The day in the examples, for commands that look at the calendar: they say the same in years to come."""
CALENDAR = frozenset(
    {
        "check", "build", "desk", "answer", "advance", "park", "refer", "combine", "close", "withdraw", "redact",
        "hand-over",
    }
)  # fmt: skip
COLUMNS = 90


def played(text: str) -> str:
    """The page with what its commands say now.

    A fence with a title is a file of the example, a console shows commands. They are taken in the order of the page.
    """
    if CONSOLE not in text:
        return text
    with tempfile.TemporaryDirectory() as folder:
        return FENCE.sub(partial(_play, Path(folder)), text)


def _play(folder: Path, fence: re.Match[str]) -> str:
    opening, file, body = fence.groups()
    if file:
        path = folder / "instance" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")
    elif opening == CONSOLE:
        commands = [line.removeprefix(PROMPT) for line in body.splitlines() if line.startswith(PROMPT)]
        body = "\n".join(f"{PROMPT}{command}\n{_said(command, folder)}" for command in commands)
    return f"{opening}{body}```"


def _said(command: str, folder: Path) -> str:
    """What a command says in the example's folder, to somebody who sits at a terminal."""
    program, *arguments = shlex.split(command)
    if program != "idesluss":
        raise ValueError(f"a console shows only idesluss, not: {command}")
    if CALENDAR.intersection(arguments[:1]):
        arguments += DAY
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(Path(idesluss.__file__).parents[1]),
        "PYTHONIOENCODING": "utf-8",
        "IDESLUSS_CACHE": str(folder / "cache"),
        "COLUMNS": str(COLUMNS),
    }
    said = subprocess.run(
        [sys.executable, "-m", "idesluss", *arguments],
        cwd=folder / "instance",
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    ).stdout
    if "Traceback (most recent call last)" in said:
        raise RuntimeError(f"{command} failed, which is no example:\n{said}")
    return said
