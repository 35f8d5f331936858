"""The command line. A command is a module here, imported only when it is asked for, so that every start is quick."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import NoReturn

import click

from idesluss import __version__
from idesluss.cli.spoken import Command, Front, Option, global_options
from idesluss.problem import N_

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "check": "check",
        "build": "build",
        "serve": "serve",
        "new": "new",
        "desk": "desk",
        "answer": "answer",
        "advance": "advance",
        "park": "park",
        "refer": "refer",
        "combine": "combine",
        "close": "close",
        "withdraw": "withdraw",
        "hand-over": "hand_over",
        "redact": "redact",
        "list": "list_entries",
        "history": "history",
        "verify": "verify",
        "measures": "measures",
        "booklet": "booklet",
        "explain": "explain",
        "schema": "schema",
        "completion": "completion",
    }
)
"""The commands in the order of their day, and the module of each, which calls it `command`."""


class Everything(Front):
    """All commands, each imported when it is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click gives it
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> Command | None:  # noqa: ARG002 - click gives it
        if cmd_name not in COMMANDS:
            return None
        found: Command = import_module(f"idesluss.cli.{COMMANDS[cmd_name]}").command
        return found


@click.group("idesluss", cls=Everything, params=global_options())
@click.version_option(__version__, message="idesluss %(version)s", cls=Option, help=N_("Show the version and exit."))
def everything() -> None:
    """Ideas and good examples as Markdown in git, checked and published as a portal.

    Go to the folder of an idésluss, the one with idesluss.yml, or name it with --root.
    """


def main() -> None:
    """Start the program as a person does."""
    sys.stdout = sys.stdout or io.StringIO()  # closed by the one who started the program
    sys.stderr = sys.stderr or io.StringIO()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that cannot show a letter gets its number
            stream.reconfigure(errors="backslashreplace")
    try:
        everything()
    except SystemExit as ended:
        _leave(ended.code)


def _leave(code: object) -> NoReturn:
    """End at once: taking a large catalogue apart, value by value, would take longer than some commands do."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        sys.exit(code)  # type: ignore[arg-type] # what a SystemExit brought
    os._exit(code if isinstance(code, int) else code is not None)
