"""`idesluss withdraw`: an idea that its giver takes back."""

from __future__ import annotations

import datetime

import click

from idesluss.cli import complete, moving, working
from idesluss.cli.options import Day
from idesluss.cli.spoken import Command, argument, option
from idesluss.problem import N_


@click.command("withdraw", cls=Command)
@argument("name", metavar=N_("ID"), shell_complete=complete.ids(""))
@option("--date", "on", type=Day(), metavar=N_("YYYY-MM-DD"), help=N_("The day when it was taken back. Else today."))
@working.working_options
def command(*, name: str, on: datetime.date | None, silent: bool, day: datetime.date | None, dry: bool) -> int:
    """Note that the idea giver has withdrawn an idea.

    The page stays and says so. What must not be seen any longer is taken out with `idesluss redact`.
    """
    from idesluss.edit import put
    from idesluss.kinds.idea import Idea

    work = working.begin(silent, day, dry)
    idea = working.entry_of(work, Idea, name)
    changes = [put("withdrawn.date", (on or work.day).isoformat())]
    return moving.go(work, idea, "withdrawn", changes, moving.Why())
