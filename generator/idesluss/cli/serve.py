"""`idesluss serve`: the portal on this machine, while one writes."""

from __future__ import annotations

import datetime
import gc
from typing import Literal

import click

from idesluss import translate
from idesluss.cli import instance, reporting
from idesluss.cli.options import Day, audience_option, jobs_option
from idesluss.cli.spoken import Command, Number, given, option
from idesluss.problem import N_, Problem


@click.command("serve", cls=Command)
@option(
    "--port",
    type=Number(0, 65535),
    metavar=N_("PORT"),
    default=8000,
    show_default=True,
    help=N_("The port; 0 takes a free one."),
)
@option(
    "--host",
    metavar=N_("ADDRESS"),
    default="127.0.0.1",
    show_default=True,
    help=N_("The address to answer on. Another than this one lets others on the network read."),
)
@option("--open", "open_", is_flag=True, help=N_("Show the portal in the web browser."))
@audience_option
@option("--now", type=Day(), metavar=N_("YYYY-MM-DD"), help=N_("The day to take for today. Else today."))
@jobs_option
def command(
    *,
    port: int,
    host: str,
    open_: bool,
    audience: Literal["public", "internal"],
    now: datetime.date | None,
    jobs: int | None,
) -> int:
    """Show the portal on this machine, and anew whenever a file is saved.

    Problems are told here as they come up. Ctrl+C ends it.
    """
    root = instance.root()
    spoken = translate.used()
    gc.enable()  # this command does not end soon
    from idesluss import serve

    context = click.get_current_context()

    def told(problems: list[Problem]) -> None:
        with context.scope(cleanup=False):  # it comes from the thread that watches the files
            if problems or not given("quiet"):
                reporting.tell(problems, root, "text", spoken, notices=False)

    def ready(address: str) -> None:
        click.echo(translate.gettext("The portal is at {address} (Ctrl+C ends).").format(address=address), err=True)
        if open_:
            click.launch(address)

    try:
        serve.serve(root, host=host, port=port, audience=audience, now=now, jobs=jobs, told=told, ready=ready)
    except KeyboardInterrupt:
        return 0
    return 0
