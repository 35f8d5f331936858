"""How commands tell of problems and of progress."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click

from idesluss import report, translate
from idesluss.cli.spoken import PROBLEMS, Function, given, option
from idesluss.problem import N_, Problem, Severity

Progress = Callable[[int, int], None]
PATIENCE = 0.7
"""Seconds after which it is worth showing how far things have come."""

LABELS = {"read": N_("Reading"), "write": N_("Building")}


def format_option(command: Function) -> Function:
    """`--format`, for commands that tell of problems."""
    return option(
        "--format",
        "shape",
        type=click.Choice(list(report.FORMATS)),
        help=N_("How problems are told. Else text; in GitHub Actions github."),
    )(command)


def tell(
    problems: Sequence[Problem],
    root: Path,
    shape: str | None = None,
    language: str | None = None,
    older: int = 0,
    tried: Mapping[str, bytes] = MappingProxyType({}),
    *,
    notices: bool = True,
) -> int:
    """Print the problems in the wanted format, and give the exit code that they come to.

    `older` problems are only counted, and beside the formats that programs read. `tried` is what files would hold.
    Without `notices`, text only counts these; --quiet does not tell of them at all.
    """
    shape = shape or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")
    language = language or translate.used()
    prefix = {"text": _from_here, "github": _from_top, "sarif": _from_top}.get(shape, lambda _: "")(root)
    notable = [problem for problem in problems if problem.severity is not Severity.NOTICE]
    if shape == "text" and given("quiet"):
        if not notable:
            return 0
        problems, older = notable, 0
    counted = _counted(older, language) if older and not given("quiet") else ""
    if shape == "text" and not notices and len(problems) > len(notable):
        counted += _left(len(problems) - len(notable), language)
        problems = notable
    if shape == "text" and sys.stdout.isatty():
        _coloured(problems, lines_of(root, tried), language, prefix)
    else:
        click.echo(report.FORMATS[shape](problems, lines_of(root, tried), language, prefix), nl=False)
    if counted:
        click.echo(counted, err=shape in ("json", "sarif"))
    if shape == "github":
        _add_step_summary(problems, language, prefix, counted)
    return code_for(problems)


def lost(count: int) -> str:
    """The line that says how many files are missing in what was told, since they cannot be read."""
    told = translate.ngettext(
        "{n} file cannot be read and is missing here; see {command}.",
        "{n} files cannot be read and are missing here; see {command}.",
        count,
    )
    return told.format(n=count, command="idesluss check")


def code_for(problems: Sequence[Problem]) -> int:
    """The exit code that problems come to."""
    return PROBLEMS if any(problem.severity is Severity.ERROR for problem in problems) else 0


def _counted(older: int, language: str) -> str:
    """The line that says how many problems were there before."""
    said = translate.ngettext(
        "{n} older problem, which this change did not bring; --all shows it",
        "{n} older problems, which this change did not bring; --all shows them",
        older,
        language,
    )
    return said.format(n=older)


def _left(notices: int, language: str) -> str:
    """The line that says how many notices were not told."""
    said = translate.ngettext("{n} notice; {command} shows it", "{n} notices; {command} shows them", notices, language)
    return said.format(n=notices, command="idesluss check")


def lines_of(root: Path, tried: Mapping[str, bytes] = MappingProxyType({})) -> Callable[[str, int], str]:
    """A function that gives a line of a file of the instance; it remembers the last file."""
    path_now, lines_now = "", [""]

    def line(path: str, number: int) -> str:
        nonlocal path_now, lines_now
        if path != path_now:
            try:
                held = tried[path] if path in tried else (root / path).read_bytes()
                text = held.decode("utf-8", "replace").removeprefix("\ufeff")
            except OSError:
                text = ""
            path_now, lines_now = path, text.split("\n")
        return lines_now[number - 1].rstrip("\r") if 0 < number <= len(lines_now) else ""

    return line


def _coloured(problems: Sequence[Problem], lines: Callable[[str, int], str], language: str, prefix: str) -> None:
    """Print to a terminal; rich heeds NO_COLOR and a terminal that knows no colours."""
    from rich.console import Console
    from rich.text import Text

    from idesluss.report.as_text import WIDTH, pieces

    console = Console(highlight=False, markup=False, emoji=False)
    width = max(40, min(WIDTH, console.width - 8))
    console.print(Text.assemble(*pieces(problems, lines, language, prefix, width)), soft_wrap=True, end="")


def _from_here(root: Path) -> str:
    """What makes a path of the instance one from the folder where the user stands, so that a click opens it."""
    here = Path.cwd()
    if here == root:
        return ""
    near = root.is_relative_to(here) or here.is_relative_to(root)
    return f"{os.path.relpath(root, here) if near else root}/"


def _from_top(root: Path) -> str:
    """What makes a path of the instance one from the top of its repository."""
    top = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), root)
    inner = root.relative_to(top).as_posix()
    return "" if inner == "." else f"{inner}/"


def _add_step_summary(problems: Sequence[Problem], language: str, prefix: str, counted: str) -> None:
    from idesluss.report.as_github import step_summary

    place = os.environ.get("GITHUB_STEP_SUMMARY")
    if not place:
        return
    told = [os.environ.get(f"GITHUB_{name}", "") for name in ("SERVER_URL", "REPOSITORY", "SHA")]
    files = f"{told[0]}/{told[1]}/blob/{told[2]}" if all(told) else ""
    with Path(place).open("a", encoding="utf-8") as file:
        file.write(step_summary(problems, language, prefix, files) + (f"\n{counted}\n" if counted else ""))


@contextlib.contextmanager
def progress() -> Iterator[Callable[[str], Progress] | None]:
    """A bar on the terminal for what takes long: gives a function from the name of a part ("read") to its progress.

    None where nobody is looking.
    """
    if given("quiet") or not sys.stderr.isatty():
        yield None
        return
    started = time.monotonic()
    shown: list[Any] = []

    def part(name: str) -> Progress:
        label = translate.gettext(LABELS.get(name, name))
        tasks: list[Any] = []

        def tell_progress(done: int, total: int) -> None:
            if not tasks:
                if time.monotonic() - started < PATIENCE:
                    return
                if not shown:
                    shown.append(_bar())
                tasks.append(shown[0].add_task(label, total=total))
            shown[0].update(tasks[0], completed=done, total=total)

        return tell_progress

    try:
        yield part
    finally:
        if shown:
            shown[0].stop()


def _bar() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    bar.start()
    return bar
