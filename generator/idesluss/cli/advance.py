"""`idesluss advance`: an idea to another stage of the lock, with what the gate asks for."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from idesluss import translate
from idesluss.cli import complete, moving, working
from idesluss.cli.spoken import Command, argument, fail, option
from idesluss.problem import N_
from idesluss.stages import STAGES
from idesluss.translate import gettext

if TYPE_CHECKING:
    from idesluss.cli.working import Work
    from idesluss.edit import Change
    from idesluss.kinds.idea import Idea


@click.command("advance", cls=Command)
@argument("name", metavar=N_("ID"), shell_complete=complete.ids(""))
@argument("stage", metavar=N_("STAGE"), type=click.Choice(list(STAGES)))
@moving.why_options
@option(
    "--skip",
    "skips",
    multiple=True,
    type=click.Choice(list(STAGES)),
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
    from idesluss.work import moves, naming

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
        if field.endswith(".hypothesis") and not any(
            item.startswith(f"{field[: -len('hypothesis')]}key=") for item in given
        ):
            key = moves.test_key(idea, value)
            changes.append(change._replace(field=(*change.field[:-1], "key"), value=key))
        changes.append(change)
    return changes
