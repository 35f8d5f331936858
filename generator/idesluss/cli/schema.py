"""`idesluss schema`: the fields of a kind, for editors and other programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from idesluss import translate
from idesluss.cli import instance
from idesluss.cli.called import KindName
from idesluss.cli.complete import KIND_NAMES
from idesluss.cli.spoken import Command, argument, fail, given, option
from idesluss.problem import N_

if TYPE_CHECKING:
    from idesluss.settings import Settings

FOLDER = ".idesluss/schema"
"""Where editors find the schemas: beside what else can be made again, out of git."""


@click.command("schema", cls=Command)
@argument("kind", type=KindName("settings"), required=False, metavar=N_("[KIND]"))
@option("--write", is_flag=True, help=N_("Put the schemas of all kinds into .idesluss/schema/, for editors."))
def command(kind: str | None, write: bool) -> None:
    """Print the JSON Schema of a kind, or of the settings.

    KIND is one of the kinds, such as idea or case, or settings. The instance's own fields and themes are in it.
    """
    root = instance.root_if_any()
    settings = settings_of(root) if root else None
    if write:
        root = instance.root()
        write_all(root, settings)
        if not given("quiet"):
            click.echo(translate.gettext("The schemas are in {folder}.").format(folder=root / FOLDER), err=True)
    elif kind is None:
        fail(translate.gettext("Name a kind: {kinds}.").format(kinds=", ".join((*KIND_NAMES, "settings"))))
    if kind is not None:
        click.echo(text_of(kind, settings), nl=False)


def settings_of(root: Path) -> Settings | None:
    """The settings of the instance, or None while they have faults."""
    from idesluss import settings

    return settings.load(root)[0]


def text_of(kind: str, settings: Settings | None) -> str:
    from idesluss.schema import schema_of

    return json.dumps(schema_of(kind, translate.used(), settings), ensure_ascii=False, indent=2) + "\n"


def write_all(root: Path, settings: Settings | None) -> None:
    """Write the schemas of all kinds for editors."""
    for kind in (*KIND_NAMES, "settings"):
        write_one(root, kind, settings)


def write_one(root: Path, kind: str, settings: Settings | None) -> None:
    """Write the file that the first line of an entry of this kind names, unless it stands there already."""
    from idesluss import durable

    path = root / FOLDER / f"{kind}.json"
    data = text_of(kind, settings).encode()
    if not path.is_file() or path.read_bytes() != data:
        durable.write(path, data)
