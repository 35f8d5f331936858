"""`idesluss advance`: an idea to another stage of the lock, with what the gate asks for."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from idesluss import translate
from idesluss.cli import complete, moving, working
from idesluss.cli.called import StageName
from idesluss.cli.spoken import Command, argument, fail, option
from idesluss.problem import N_
from idesluss.translate import gettext

if TYPE_CHECKING:
    from idesluss.cli.working import Work
    from idesluss.edit import Change
    from idesluss.kinds.idea import Idea


@click.command("advance", cls=Command)
@argument("name", metavar=N_("ID"), shell_complete=complete.ids(""))
@argument("stage", metavar=N_("STAGE"), type=StageName())
@moving.why_options
@option(
    "--skip",
    "skips",
    multiple=True,
    type=StageName(),
    metavar=N_("STAGE"),
    help=N_("A gate that is left out on purpose; name each of them. What they ask for is asked for all the same."),
)
@option(
    "--set",
    "given",
    multiple=True,
    metavar=N_("FIELD=VALUE"),
    help=N_("What the gate asks for, such as benefit.type=safety or tests.1.outcome=met. A list gets one more."),
)
@working.working_options
def command(
    *,
    name: str,
    stage: str,
    by: str | None,
    reason: str | None,
    skips: Sequence[str],
    given: Sequence[str],
    silent: bool,
    day: datetime.date | None,
    dry: bool,
) -> int:
    """Take an idea to another stage.

    What the gate asks for and the idea does not hold yet is asked for, and written into the file; all else in it stays
    as it is. Forward goes one stage at a time. To go back, to open an idea again and to skip a gate takes a reason.
    """
    from idesluss.kinds.idea import Idea

    work = working.begin(silent, day, dry)
    idea = working.entry_of(work, Idea, name)
    return moving.go(work, idea, stage, changes_of(work, idea, given), moving.Why(by, reason, skips))


def changes_of(work: Work, idea: Idea, given: Sequence[str]) -> list[Change]:
    """The changes that FIELD=VALUE stands for, several times over."""
    from idesluss.work import naming

    own = work.catalogue.settings.fields.get("idea", {})
    changes = []
    for one in given:
        field, sign, value = one.partition("=")
        if not sign:
            fail(gettext("Write --set as FIELD=VALUE, not “{given}”.").format(given=one))
        if field in ("stage", "redacted", "history"):
            fail(gettext("{field} is not set this way.").format(field=field))
        try:
            change = naming.put(idea, field.strip(), value.strip(), own)
        except naming.Unknown as unknown:
            fail(f"{translate.render(unknown.said)}: {translate.render(unknown.way_out)}")
        changes.append(change)
    told = {change.field for change in changes}
    return [one for change in changes for one in (*_key_for(idea, change, told), change)]


def _key_for(idea: Idea, change: Change, told: Container[object]) -> Iterator[Change]:
    """The key of a test whose hypothesis is given, if no key is."""
    from idesluss.work import moves

    of_key = (*change.field[:-1], "key")
    if change.field[-1] == "hypothesis" and of_key not in told:
        yield change._replace(field=of_key, value=moves.test_key(idea, str(change.value)))
