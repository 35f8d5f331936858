"""`idesluss combine`: an idea that becomes part of another, with both credited."""

from __future__ import annotations

import datetime

import click

from idesluss.cli import complete, moving, working
from idesluss.cli.spoken import Command, argument, fail, option
from idesluss.problem import N_
from idesluss.translate import gettext

BECAME_PART = N_("The idea “{title}” became part of this one.")


@click.command("combine", cls=Command)
@argument("name", metavar=N_("ID"), shell_complete=complete.ids(""))
@argument("into", metavar=N_("INTO"), shell_complete=complete.ids(""))
@moving.why_options
@option("--role", metavar=N_("FUNCTION"), help=N_("Who writes it in the log of the other. Else the idea coach."))
@working.working_options
def command(
    *,
    name: str,
    into: str,
    by: str | None,
    reason: str | None,
    role: str | None,
    silent: bool,
    day: datetime.date | None,
    dry: bool,
) -> int:
    """Let an idea become part of another one.

    The page of the first one stays, says first where it went, and leads there. The other one names it, in its log and
    among the ideas that became part of it, so that both idea givers are seen.
    """
    from idesluss.edit import put
    from idesluss.kinds.coach import Coach
    from idesluss.kinds.idea import Idea
    from idesluss.work.moves import log_line

    work = working.begin(silent, day, dry)
    idea, other = working.entry_of(work, Idea, name), working.entry_of(work, Idea, into)
    if idea.id == other.id:
        fail(gettext("An idea cannot become part of itself."))
    if other.stage == "combined":
        told = gettext("{id} is itself part of {other}; name that one.")
        fail(told.format(id=other.id, other=other.combined_into))
    words = work.words(BECAME_PART).format(title=idea.title)
    line = log_line(
        work.day, role or work.words(Coach.label), "note", words, public=not work.catalogue.is_internal(idea)
    )
    others = {other.path: working.changed(work, other, [line])}
    return moving.go(work, idea, "combined", [put("combined_into", other.id)], moving.Why(by, reason), others)
