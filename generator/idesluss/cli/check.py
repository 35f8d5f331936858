"""`idesluss check`: whether all entries are right, and what is wrong with the others."""

from __future__ import annotations

import datetime
import time

import click

from idesluss.cli import instance, reporting
from idesluss.cli.options import jobs_option, now_option
from idesluss.cli.spoken import Command


@click.command("check", cls=Command)
@reporting.format_option
@now_option
@jobs_option
def command(shape: str | None, now: datetime.date | None, jobs: int | None) -> int:
    """Check all that is in ideas/, and idesluss.yml.

    Says what is wrong, where, and what would be right. Ends with 1 if something has to be mended, else with 0; warnings
    and notices do not count.
    """
    root = instance.root()
    from idesluss import examine

    problems = examine.again(root, now)
    if problems is None:
        started = time.time_ns()
        with reporting.progress() as parts:
            problems = examine.examine(root, now=now, jobs=jobs, progress=parts("read") if parts else None).problems
        examine.keep(root, now, problems, started)
    return reporting.tell(problems, root, shape)
