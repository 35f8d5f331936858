"""`idesluss list`: the entries of a kind, chosen and told by their fields."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import click

from idesluss import translate
from idesluss.cli import instance, reporting
from idesluss.cli.called import KindName
from idesluss.cli.spoken import Command, argument, fail, option
from idesluss.problem import N_

if TYPE_CHECKING:
    from pydantic import BaseModel

    from idesluss.kinds.entry import Entry
    from idesluss.settings import LocalField

Row = Mapping[str, Any]


@click.command("list", cls=Command)
@argument("kind", type=KindName(), metavar=N_("KIND"))
@option(
    "--where",
    "conditions",
    multiple=True,
    metavar=N_("FIELD=VALUE"),
    help=N_("Only entries whose field has this value, or holds it among others. Several of these must all be met."),
)
@option(
    "--fields",
    metavar=N_("FIELD,FIELD"),
    help=N_("What to tell of each entry, such as title,stage,handed_in.at."),
)
@option(
    "--format",
    "shape",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help=N_("How to tell it. JSON and CSV hold all fields unless --fields is given."),
)
def command(kind: str, conditions: Sequence[str], fields: str | None, shape: str) -> int:
    """List the entries of a kind.

    Fields within fields are named with a dot, such as handed_in.at or tests.outcome. All entries are listed, internal
    ones too.
    """
    root = instance.root()
    from idesluss import examine

    with reporting.progress() as parts:
        catalogue, problems = examine.examine(root, progress=parts("read") if parts else None)
    if catalogue is None:
        return reporting.tell(problems, root, "text")
    from idesluss.kinds import BY_NAME
    from idesluss.settings import fields_of

    model = BY_NAME[kind]
    own = fields_of(catalogue.settings, kind)
    known = ("id", "path", *names_of(model), *own)
    tests = [_condition(condition, known, model, own) for condition in conditions]
    rows = [row_of(entry) for entry in catalogue.of(kind)]
    chosen = [row for row in rows if all(_meets(row, field, value) for field, value in tests)]
    names = [_known(name.strip(), known) for name in fields.split(",")] if fields else None
    click.echo(_SHAPES[shape](chosen, names, known, model), nl=False)
    lost = sum(broken.kind == kind for broken in catalogue.broken)
    if lost:
        click.echo(reporting.lost(lost), err=True)
    return 0


def names_of(model: type[BaseModel], before: str = "") -> Iterator[str]:
    """The fields of a kind that hold a value, those within others with dots."""
    from idesluss.kinds.entry import OWN
    from idesluss.kinds.fields import part_of

    for name, info in model.model_fields.items():
        part = part_of(info.annotation)
        if part is not None:
            yield from names_of(part, f"{before}{name}.")
        elif before or name not in OWN:
            yield f"{before}{name}"


def row_of(entry: Entry) -> Row:
    """All that is told of an entry: its fields and the instance's own, as JSON knows them."""
    told = entry.model_dump(mode="json", exclude={"id", "path", "body", "extra"})
    return {"id": entry.id, "path": entry.path, **told, **json.loads(json.dumps(dict(entry.extra), default=str))}


def values_at(row: Any, name: str) -> list[Any]:
    """The values of a field, found through lists; nothing where it is not filled in."""
    if isinstance(row, list):
        return [value for item in row for value in values_at(item, name)]
    if not name:
        return [] if row is None else [row]
    head, _, rest = name.partition(".")
    return values_at(row.get(head), rest) if isinstance(row, dict) else []


def _condition(
    condition: str, known: Sequence[str], model: type[Entry], own: Mapping[str, LocalField]
) -> tuple[str, str]:
    """A field and the value that is asked for; one that the field cannot have ends the program."""
    from idesluss.cli.called import stage as stage_called
    from idesluss.stages import STAGES
    from idesluss.validation import called, choices_at

    name, sign, value = condition.partition("=")
    if not sign:
        fail(translate.gettext("Write --where as FIELD=VALUE, not “{condition}”.").format(condition=condition))
    field, value = _known(name.strip(), known), value.strip()
    choices = own[field].choices if field in own else choices_at(model, tuple(field.split(".")))
    if not value or not choices or value.casefold() in {choice.casefold() for choice in choices}:
        return field, value
    stage = stage_called(value) if set(choices) == set(STAGES) else None
    for choice in (stage, *called(value, choices)):
        if choice:
            return field, choice
    said = translate.gettext("{field} cannot be “{value}”").format(field=field, value=value)
    may_be = translate.gettext("it may be: {expected}").format(expected=", ".join(choices))
    return fail(f"{said}: {may_be}")


def _known(name: str, known: Sequence[str]) -> str:
    if name in known or any(field.startswith(f"{name}.") for field in known):
        return name
    near = get_close_matches(name, known, 1) or [field for field in known if field.rpartition(".")[2] == name][:1]
    said = translate.gettext("There is no field “{name}”.").format(name=name)
    way_out = translate.gettext("Did you mean {near}?").format(near=near[0]) if near else ""
    return fail(f"{said} {way_out or translate.gettext('There are: {known}').format(known=', '.join(known))}")


def _meets(row: Row, field: str, value: str) -> bool:
    found = [_plain(item).casefold() for item in values_at(row, field)]
    return value.casefold() in found if value else not found


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)


def _as_json(rows: Sequence[Row], names: Sequence[str] | None, known: Sequence[str], model: type[Entry]) -> str:  # noqa: ARG001 - called like the other formats, which use it
    from idesluss.report.visible import escaped

    told = [{name: _one(row, name) for name in names} for row in rows] if names else rows
    return escaped(json.dumps(told, ensure_ascii=False, indent=2)) + "\n"


def _one(row: Row, name: str) -> Any:
    """A field's value; a list where the field is one or lies within one."""
    current: Any = row
    for step in name.split("."):
        if isinstance(current, list):
            return values_at(row, name)
        current = current.get(step) if isinstance(current, dict) else None
    return current


def _as_csv(rows: Sequence[Row], names: Sequence[str] | None, known: Sequence[str], model: type[Entry]) -> str:  # noqa: ARG001 - called like the other formats, which use it
    names = names or known
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([cell(values_at(row, name)) for name in names] for row in rows)
    return file.getvalue()


def cell(values: Iterable[Any]) -> str:
    """What a cell of a spreadsheet holds: values with a semicolon between, and never a formula."""
    from idesluss.outputs.data.tables import harmless

    held = list(values)
    said = "; ".join(map(_plain, held))
    numbers = bool(held) and all(isinstance(value, int | float) for value in held)
    return said if numbers else harmless(said)


def _as_table(rows: Sequence[Row], names: Sequence[str] | None, known: Sequence[str], model: type[Entry]) -> str:  # noqa: ARG001 - called like the other formats, which use it
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from idesluss.report.visible import visible

    names = names or shown_fields(model)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in names:
        table.add_column(Text(_label(model, name)), overflow="ellipsis" if name == "title" else "fold")
    for row in rows:
        table.add_row(*(Text(visible("; ".join(map(_plain, values_at(row, name))))) for name in names))
    file = io.StringIO()
    seen = sys.stdout.isatty()
    width = Console().width if seen else 10_000
    console = Console(file=file, width=width, highlight=False, force_terminal=seen or None)
    console.print(table)
    lines = [line.rstrip() for line in file.getvalue().splitlines()] if rows else []
    count = translate.ngettext("{n} entry", "{n} entries", len(rows)).format(n=len(rows))
    return "\n".join([*lines, count]) + "\n"


def shown_fields(model: type[Entry]) -> list[str]:
    """What a table tells unless asked for something else: the plain fields that every entry of the kind has."""
    from idesluss.kinds.fields import part_of

    names = [
        name
        for name, info in model.model_fields.items()
        if part_of(info.annotation) is None and (info.is_required() or name in ("stage", "status"))
    ]
    return ["id", *names]


def _label(model: type[Entry], name: str) -> str:
    info = model.model_fields.get(name)
    return translate.gettext(info.title) if info and info.title and name != "id" else name


_SHAPES = {"table": _as_table, "json": _as_json, "csv": _as_csv}
