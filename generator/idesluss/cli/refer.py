"""`idesluss refer`: an idea that somebody else takes on, and later what came of it there."""

from __future__ import annotations

import datetime

import click

from idesluss.cli import asking, complete, moving, working
from idesluss.cli.asking import Words
from idesluss.cli.spoken import Command, argument, option
from idesluss.problem import N_
from idesluss.translate import gettext


@click.command("refer", cls=Command)
@argument("name", metavar=N_("ID"), shell_complete=complete.ids(""))
@option("--to", metavar=N_("TEXT"), help=N_("Who takes it on, such as the quality system or an administration."))
@option(
    "--outcome",
    type=Words(),
    metavar=N_("TEXT"),
    help=N_("What came of it there; may be told later. - reads it from the standard input."),
)
@moving.why_options
@working.working_options
def command(
    *,
    name: str,
    to: str | None,
    outcome: str | None,
    by: str | None,
    reason: str | None,
    silent: bool,
    day: datetime.date | None,
    dry: bool,
) -> int:
    """Pass an idea on to somebody else.

    Told again of an idea that was passed on, --outcome says what came of it.
    """
    from idesluss.edit import put
    from idesluss.kinds.idea import Idea

    work = working.begin(silent, day, dry)
    idea = working.entry_of(work, Idea, name)
    changes = [put(f"referred.{field}", said) for field, said in (("to", to), ("outcome", outcome)) if said]
    if idea.stage == "referred":
        if not changes:
            asking.missing("--outcome")
        data = working.changed(work, idea, changes)
        return working.carry_out(work, {idea.path: data}, gettext("what came of it"))
    if not to and not work.asks:
        asking.missing("--to")
    return moving.go(work, idea, "referred", changes, moving.Why(by, reason))
