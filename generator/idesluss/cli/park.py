"""`idesluss park`: an idea that rests until a day."""

from __future__ import annotations

import datetime

import click

from idesluss.cli import asking, complete, moving, working
from idesluss.cli.options import Day
from idesluss.cli.spoken import Command, argument, option
from idesluss.problem import N_


@click.command("park", cls=Command)
@argument("name", metavar=N_("ID"), shell_complete=complete.ids(""))
@option("--until", type=Day(), metavar=N_("YYYY-MM-DD"), help=N_("The day when it is looked at again."))
@moving.why_options
@working.working_options
def command(
    *,
    name: str,
    until: datetime.date | None,
    by: str | None,
    reason: str | None,
    silent: bool,
    day: datetime.date | None,
    dry: bool,
) -> int:
    """Let an idea rest, until it is looked at again on a day.

    `idesluss desk` tells of it when the day has come.
    """
    from idesluss.edit import put
    from idesluss.kinds.idea import Idea

    work = working.begin(silent, day, dry)
    idea = working.entry_of(work, Idea, name)
    if until is None and not work.asks:
        asking.missing("--until")
    changes = [put("review_by", until.isoformat())] if until else []
    return moving.go(work, idea, "parked", changes, moving.Why(by, reason))
