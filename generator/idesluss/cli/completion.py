"""`idesluss completion`: the Tab key in the shell."""

from __future__ import annotations

import click

from idesluss.cli.spoken import PROGRAM, Command, argument
from idesluss.problem import N_


@click.command("completion", cls=Command)
@argument("shell", type=click.Choice(["bash", "zsh", "fish"]), metavar=N_("SHELL"))
def command(shell: str) -> None:
    """Print what makes the Tab key complete commands, kinds, codes and ids.

    SHELL is bash, zsh or fish. For bash, put the line eval "$(idesluss completion bash)" into ~/.bashrc.
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is None:  # click knows all three
        raise click.UsageError(shell)
    front = click.get_current_context().find_root().command
    click.echo(kind(front, {}, PROGRAM, f"_{PROGRAM}_COMPLETE".upper()).source())
