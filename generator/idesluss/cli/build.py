"""`idesluss build`: the portal, as files that any web server can show."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Literal

import click

from idesluss import translate
from idesluss.cli import instance, reporting
from idesluss.cli.options import audience_option, jobs_option, now_option
from idesluss.cli.spoken import PROBLEMS, Command, Folder, given, option
from idesluss.problem import N_


@click.command("build", cls=Command)
@option(
    "--site",
    type=Folder(),
    metavar=N_("FOLDER"),
    help=N_("Where to put the portal. Else site/ in the folder of the instance."),
)
@audience_option
@reporting.format_option
@now_option
@jobs_option
def command(
    *,
    site: Path | None,
    audience: Literal["public", "internal"],
    shape: str | None,
    now: datetime.date | None,
    jobs: int | None,
) -> int:
    """Check all entries, and build the portal.

    An entry that cannot be read is left out, the rest is built, and the command ends with 1. After a small change only
    the pages that it touches are made.
    """
    root = instance.root()
    spoken = translate.used()
    from idesluss import build

    with reporting.progress() as parts:
        built = build.build(
            root, audience=audience, site=site.resolve() if site else None, jobs=jobs, now=now, progress=parts
        )
    translate.use(spoken)  # the pages speak the portal's language
    code = reporting.tell(built.problems, root, shape, notices=False) if built.problems or shape else 0
    if built.stopped is not None:
        message, hint = map(translate.render, built.stopped)
        click.echo(f"{message}\n{hint}", err=True)
    if built.published is None:
        return PROBLEMS
    for path, said in built.published.failed:
        told = translate.gettext("{path} could not be made: {said}")
        click.echo(told.format(path=path, said=said), err=True)
    if not given("quiet"):
        told = translate.gettext("{folder}: {made} pages made, {unchanged} unchanged, {deleted} deleted.")
        numbers = built.published
        click.echo(
            told.format(
                folder=site or root / "site", made=numbers.made, unchanged=numbers.unchanged, deleted=numbers.deleted
            ),
            err=True,
        )
    return PROBLEMS if built.published.failed else code
