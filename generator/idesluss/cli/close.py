"""`idesluss close`: an idea that goes no further, with the reason and what was learnt."""

from __future__ import annotations

import datetime

import click

from idesluss.cli import complete, moving, working
from idesluss.cli.asking import Words
from idesluss.cli.spoken import Command, argument, option
from idesluss.problem import N_


@click.command("close", cls=Command)
@argument("name", metavar=N_("ID"), shell_complete=complete.ids(""))
@moving.why_options
@option(
    "--lesson",
    type=Words(),
    metavar=N_("TEXT"),
    help=N_("What was learnt; asked for if the idea had come to concept. - reads it from the standard input."),
)
@working.working_options
def command(
    *,
    name: str,
    by: str | None,
    reason: str | None,
    lesson: str | None,
    silent: bool,
    day: datetime.date | None,
    dry: bool,
) -> int:
    """Close an idea, and say why.

    A no is an answer too. The page shows the reason, and what was learnt comes first.
    """
    from idesluss.edit import put
    from idesluss.kinds.idea import Idea

    work = working.begin(silent, day, dry)
    idea = working.entry_of(work, Idea, name)
    return moving.go(work, idea, "closed", [put("lesson", lesson)] if lesson else [], moving.Why(by, reason))
