"""`idesluss new`: the file of a new entry, with what is to be filled in."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from idesluss import slug, translate
from idesluss.cli import called, complete, instance, schema
from idesluss.cli.options import Day
from idesluss.cli.spoken import Argument, Command, Group, Option, fail, given, no_such
from idesluss.problem import N_
from idesluss.translate import gettext

if TYPE_CHECKING:
    from idesluss.draft import Asked, Draft
    from idesluss.kinds.entry import Entry
    from idesluss.problem import Problem
    from idesluss.settings import Settings

UNFINISHED = frozenset({"missing-field", "missing-section"})
"""The codes of what may be left for later; every other fault keeps the file from being written."""

ALWAYS = ("hidden-character", "personal-number", "phone-number", "private-email")
"""The codes of checks for what must never be written down."""


class Kinds(Group):
    """A command for each kind, whose options are the fields that the kind asks for from the start."""

    unknown = N_("There is no kind “{name}”; `idesluss new` lists them.")

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click gives it
        return list(complete.KIND_NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click gives it
        name = called.kind(cmd_name)
        if name is None:
            return None
        from idesluss.draft import asked_of
        from idesluss.kinds import BY_NAME

        kind, root = BY_NAME[name], instance.root_if_any()
        fields = asked_of(kind, schema.settings_of(root) if root else None, translate.used())

        def make(title: str, **filled: Any) -> None:
            _make(kind, fields, title, filled)

        params = list(_params(kind, fields))
        return Command(name, callback=make, params=params, help=kind.__doc__, short_help=gettext(kind.label))


@click.group("new", cls=Kinds, subcommand_metavar=N_("KIND TITLE [OPTIONS]"))
def command() -> None:
    """Begin an entry, such as an idea, a need or a good example.

    The file gets its place and name from kind and title. What can be filled in at once is told by
    `idesluss new idea --help`, and the file itself says what is left.
    """


def _params(kind: type[Entry], fields: list[Asked]) -> Iterator[click.Parameter]:
    from idesluss.draft import heading
    from idesluss.kinds import BY_NAME

    yield Argument(["title"], metavar=N_("TITLE"))
    for field in fields:
        folders = [BY_NAME[name].folder for name in field.to]
        yield Option(
            [_flag(field), _key(field)],
            multiple=field.several,
            type=click.Choice(field.choices) if field.choices else str,
            metavar=None if field.choices else N_("ID") if field.to else N_("TEXT"),
            help=field.words,
            shell_complete=complete.ids(*folders) if folders else None,
        )
    for section in kind.sections:
        if section.required:
            told = gettext("The text of the section “{heading}”").format(heading=heading(section, translate.used()))
            yield Option([f"--{section.key}", f"section_{section.key}"], metavar=N_("TEXT"), help=told)
    yield Option(["--id", "own_id"], metavar=N_("NAME"), help=N_("The file's name, if not the title's."))
    yield Option(["--now"], type=Day(), metavar=N_("YYYY-MM-DD"), help=N_("The day it came in. Else today."))


def _flag(field: Asked) -> str:
    return "--" + field.name.replace("_", "-").replace(".", "-")


def _key(field: Asked) -> str:
    return "field_" + field.name.replace(".", "_")


def _make(kind: type[Entry], fields: list[Asked], title: str, filled: dict[str, Any]) -> None:
    """Write the file, unless a value that was given is wrong."""
    from idesluss import durable
    from idesluss.draft import Draft, written

    root = instance.root()
    settings = schema.settings_of(root)
    if settings is None:
        fail(gettext("idesluss.yml has faults; see {command}.").format(command="idesluss check"))
    draft = Draft(
        kind=kind,
        title=" ".join(title.split()),
        values={field.name: filled[_key(field)] for field in fields if filled.get(_key(field))},
        sections={section.key: filled.get(f"section_{section.key}") or "" for section in kind.sections},
        day=filled["now"] or datetime.datetime.now(datetime.UTC).astimezone().date(),
        door="terminal",
    )
    path = f"ideas/{kind.folder or draft.day.year}/{_id(root, draft.title, filled['own_id'])}.md"
    _refuse_unknown(root, fields, draft)
    text = written(draft, fields, settings, f"../../{schema.FOLDER}/{kind.kind}.json")
    wrong, unfinished = _examined(kind, path, text, settings)
    if wrong:
        fail("\n".join(f"{translate.render(fault.message)}: {translate.render(fault.hint)}" for fault in wrong))
    try:
        durable.write_new(root / path, text.encode())
    except FileExistsError:
        fail(gettext("The file {path} is there already.").format(path=path))
    schema.write_one(root, kind.kind, settings)
    click.echo(path)
    if not given("quiet"):
        for fault in unfinished:
            click.echo(f"  {translate.render(fault.message)}: {translate.render(fault.hint)}", err=True)


def _id(root: Path, title: str, own: str | None) -> str:
    try:
        made = slug.slug_of(own or title)
    except ValueError:
        fail(gettext("No file name can be made of “{title}”; name one with --id.").format(title=own or title))
    if own and made != own:
        fail(gettext("“{name}” is no file name for an entry; “{near}” would be.").format(name=own, near=made))
    taken = next((path for path in sorted((root / "ideas").rglob("*.md")) if path.stem == made), None)
    if taken is not None:
        told = gettext("There is an entry {id} already: {path}. Choose another title, or name the new one with --id.")
        fail(told.format(id=made, path=taken.relative_to(root).as_posix()))
    return made


def _refuse_unknown(root: Path, fields: list[Asked], draft: Draft) -> None:
    """End with advice where an entry is named that does not exist; those of other instances are not known here."""
    from idesluss.kinds import BY_NAME

    for field in fields:
        value = draft.values.get(field.name, ()) if field.to else ()
        known = [path.stem for path in complete.files(root, [BY_NAME[kind].folder for kind in field.to])]
        for name in (value,) if isinstance(value, str) else value:
            if ":" in name or name in known:
                continue
            said = gettext("{option}: there is no entry {id}.").format(option=_flag(field), id=name)
            no_such(said, name, known)


def _examined(kind: type[Entry], path: str, text: str, settings: Settings) -> tuple[list[Problem], list[Problem]]:
    """What the checks say of the file before it is written: what is wrong in it, and what is left to fill in."""
    from idesluss import checks, entry

    source, held, problems = entry.read(path, text.encode(), settings)
    if source is not None and held is not None:
        problems = [*problems, *checks.inspect(source, held, settings)]
    elif source is not None:
        # Personal data is looked for even while fields are missing; these checks read the file, not its fields.
        blank = kind.model_construct(path=path)
        problems = [
            *problems,
            *(found for code in ALWAYS for found in checks.check(code).check_entry(source, blank, settings)),
        ]
    return (
        [problem for problem in problems if problem.code not in UNFINISHED],
        [problem for problem in problems if problem.code in UNFINISHED],
    )
