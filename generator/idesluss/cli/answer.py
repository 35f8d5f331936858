"""`idesluss answer`: an answer to the idea giver, in the log of the idea."""

from __future__ import annotations

import datetime

import click

from idesluss.cli import asking, complete, working
from idesluss.cli.asking import Words
from idesluss.cli.spoken import Command, argument, fail, option
from idesluss.cli.working import Work
from idesluss.problem import N_
from idesluss.translate import gettext


@click.command("answer", cls=Command)
@argument("name", metavar=N_("ID"), shell_complete=complete.ids(""))
@option(
    "--text",
    "words",
    type=Words(),
    metavar=N_("TEXT"),
    help=N_("The answer. - reads it from the standard input."),
)
@option("--role", metavar=N_("FUNCTION"), help=N_("Who answers: a function, never a name. Else the idea coach."))
@option(
    "--coach",
    metavar=N_("ID"),
    help=N_("Who takes care of the idea. Else its coach, or the one who helps its unit."),
    shell_complete=complete.ids("coaches"),
)
@option("--public/--internal", default=None, help=N_("Whether the page shows the answer. Else it does not."))
@working.working_options
def command(
    *,
    name: str,
    words: str | None,
    role: str | None,
    coach: str | None,
    public: bool | None,
    silent: bool,
    day: datetime.date | None,
    dry: bool,
) -> int:
    """Answer the idea giver.

    The answer becomes a line of the log. An idea that waited for one comes to the stage answered. Nothing is sent: the
    idea giver gets the answer the way the idea came, too.
    """
    from idesluss.kinds.coach import Coach
    from idesluss.kinds.idea import Idea
    from idesluss.work import moves

    work = working.begin(silent, day, dry)
    idea = working.entry_of(work, Idea, name)
    chosen = _coach(work, idea.id, coach, moves.coaches_of(work.catalogue, idea))
    said = words or (asking.long_text(gettext("The answer to the idea giver")) if work.asks else "")
    if not said:
        asking.missing("--text")
    if public is None and work.asks:
        public = asking.yes(gettext("Is the idea's page to show the answer?"), default=True)
    line = moves.log_line(work.day, role or work.words(Coach.label), "answer", said, public=bool(public))
    data = working.changed(work, idea, moves.answer(idea, chosen, line))
    return working.carry_out(work, {idea.path: data}, gettext("answered"), [_way(idea)])


def _way(idea: object) -> str:
    """Where the answer is to go beside the file."""
    door = getattr(getattr(idea, "handed_in", None), "door", None)
    if door is None:
        return gettext("Tell the idea giver too; nothing is sent from here.")
    from idesluss.kinds.words import VALUES

    return gettext("Tell the idea giver too; the idea came this way: {door}.").format(door=gettext(VALUES[door]))


def _coach(work: Work, id_: str, named: str | None, near: list[str]) -> str:
    """Who takes care of the idea: as named, as known, or as somebody answers."""
    from idesluss.kinds.coach import Coach

    if named:
        return working.entry_of(work, Coach, named).id
    if len(near) == 1:
        return near[0]
    known = [(coach.id, coach.title) for coach in work.catalogue.of("coach")]
    if work.asks and known:
        return asking.reference(gettext("Who takes care of the idea?"), lambda: known)
    if not known:
        fail(gettext("There is no idea coach yet. Make one first: {command}").format(command="idesluss new coach …"))
    told = gettext("Name who takes care of {id} with --coach: {coaches}.")
    return fail(told.format(id=id_, coaches=", ".join(near or [coach for coach, _title in known])))
