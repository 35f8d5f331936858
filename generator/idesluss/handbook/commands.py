"""The options of the commands as tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from idesluss.cli import everything
from idesluss.handbook.markdown import plain, sentences, table
from idesluss.problem import N_
from idesluss.translate import gettext as _

HEAD = (N_("Option"), N_("What it does"))


def options_of(*names: str, root: Path | None = None) -> str:
    """The options of a command, such as "build" or "new", "idea"; without a name, those of all commands.

    `root` is the instance whose own fields `new` has options for.
    """
    front = ["--root", str(root)] if root else []
    with everything.make_context("idesluss", [*front, *(names or ("check",))]) as context:
        command: Any = everything
        for name in names:
            command = command.get_command(context, name)
        rows = [_row(param) for param in command.params if param.param_type_name == "option" and not param.hidden]
    return table(HEAD, rows) if rows else ""


def _row(param: Any) -> tuple[str, str]:
    names = ", ".join(f"`{name}`" for name in param.opts)
    choices = ", ".join(f"`{choice}`" for choice in getattr(param.type, "choices", ()))
    default = ", ".join(param.default) if isinstance(param.default, (list, tuple)) else param.default
    told = sentences(
        param.help or "",
        _("It may be: {choices}").format(choices=choices) if choices else "",
        _("Else `{value}`").format(value=default) if param.show_default else "",
    )
    return f"{names} {param.metavar}" if param.metavar else names, plain(told)
