"""`idesluss hand-over`: a coach function leaves, and another takes over its ideas."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import click

from idesluss.cli import complete, working
from idesluss.cli.spoken import Command, argument, fail, option
from idesluss.problem import N_
from idesluss.translate import gettext, ngettext

if TYPE_CHECKING:
    from idesluss.cli.working import Work
    from idesluss.edit import Change
    from idesluss.kinds.coach import Coach
    from idesluss.kinds.entry import Entry


@click.command("hand-over", cls=Command)
@argument("coach", metavar=N_("COACH"), shell_complete=complete.ids("coaches"))
@argument("new", metavar=N_("NEW"), shell_complete=complete.ids("coaches"))
@option(
    "--only-open",
    is_flag=True,
    help=N_("Only ideas that still are worked with; the others keep the coach who took care of them."),
)
@working.working_options
def command(*, coach: str, new: str, only_open: bool, silent: bool, day: datetime.date | None, dry: bool) -> int:
    """Hand all ideas of a coach over to another one.

    The units that the coach helped and the coaches that it stood in for go to the new one too. COACH and NEW are
    functions, and each has a file in ideas/coaches/.
    """
    from idesluss.kinds.coach import Coach

    work = working.begin(silent, day, dry)
    old, taking = working.entry_of(work, Coach, coach), working.entry_of(work, Coach, new)
    if old.id == taking.id:
        fail(gettext("Name two coaches."))
    changes = _changes(work, old, taking, only_open=only_open)
    files = {entry.path: working.changed(work, entry, wanted) for entry, wanted in changes if wanted}
    if not files:
        click.echo(gettext("{coach} has nothing to hand over.").format(coach=old.id))
        return 0
    ideas = sum(entry.kind == "idea" for entry, _ in changes)
    told = ngettext("{n} idea handed over to {coach}.", "{n} ideas handed over to {coach}.", ideas)
    left = gettext("The file of {coach} can be taken away when nothing leads to it any longer.").format(coach=old.id)
    return working.carry_out(work, files, "", [told.format(n=ideas, coach=taking.id), left])


def _changes(work: Work, old: Coach, new: Coach, *, only_open: bool) -> list[tuple[Entry, list[Change]]]:
    """What changes in each file: the ideas, the coaches that the old one stood in for, and the two themselves."""
    from idesluss import clock
    from idesluss.edit import added, put, taken
    from idesluss.kinds.coach import Coach
    from idesluss.kinds.idea import Idea

    ideas = [idea for idea in work.catalogue.of("idea") if isinstance(idea, Idea) and idea.coach == old.id]
    moved = [idea for idea in ideas if clock.is_open(idea) or not only_open]
    found: list[tuple[Entry, list[Change]]] = [(idea, [put("coach", new.id)]) for idea in moved]
    stood_in_for = [
        coach for coach in work.catalogue.of("coach") if isinstance(coach, Coach) and coach not in (old, new)
    ]
    found += [(coach, [put("substitute", new.id)]) for coach in stood_in_for if coach.substitute == old.id]
    gained = [added("units", unit) for unit in old.units if unit not in new.units]
    gained += [taken(("substitute",))] if new.substitute == old.id else []
    lost = [taken(("units",))] if old.units else []
    return [*found, (new, gained), (old, lost)]
