"""`idesluss check`: whether all entries are right, and what is wrong with the others."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from idesluss.cli import instance, reporting
from idesluss.cli.options import jobs_option, now_option
from idesluss.cli.spoken import Command, option
from idesluss.problem import N_, Problem
from idesluss.translate import render


@click.command("check", cls=Command)
@option(
    "--base",
    metavar=N_("COMMIT"),
    help=N_("Judge the change since this branch or commit: its steps too, and only what it brought counts."),
)
@option("--all", "everything", is_flag=True, help=N_("With --base: show older problems too."))
@reporting.format_option
@now_option
@jobs_option
def command(base: str | None, everything: bool, shape: str | None, now: datetime.date | None, jobs: int | None) -> int:
    """Check all that is in ideas/, idesluss.yml, and which files of docs/ can be published.

    Says what is wrong, where, and what would be right. Ends with 1 if something has to be mended, else with 0; warnings
    and notices do not count.
    """
    root = instance.root()
    if base is not None:
        return _compare(root, base, everything, shape, now, jobs)
    from idesluss import examine

    held = examine.fingerprint(root, now)
    problems = examine.again(root, held)
    if problems is None:
        with reporting.progress() as parts:
            examined = examine.examine(root, now=now, jobs=jobs, progress=parts("read") if parts else None)
        examine.keep(root, held, examined)
        problems = examined.problems
    return reporting.tell(problems, root, shape)


def _compare(
    root: Path, base: str, everything: bool, shape: str | None, now: datetime.date | None, jobs: int | None
) -> int:
    from idesluss import compare

    with reporting.progress() as parts:
        found = compare.compare(root, base, now=now, jobs=jobs, progress=parts("read") if parts else None)
    if found.stopped:
        message, hint = map(render, found.stopped)
        raise click.ClickException(f"{message}\n{hint}")
    if everything:
        reporting.tell(sorted([*found.brought, *found.older], key=Problem.order), root, shape)
        return reporting.code_for(found.brought)
    return reporting.tell(found.brought, root, shape, older=len(found.older))
