"""What the commands that change entries share: the entry by its name, the change tried, written and told."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn, TypeVar

import click
from click.exceptions import Exit

from idesluss import translate
from idesluss.cli import asking, instance, reporting
from idesluss.cli.options import Day
from idesluss.cli.spoken import Function, fail, given, option
from idesluss.problem import N_
from idesluss.translate import gettext

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue
    from idesluss.edit import Change
    from idesluss.kinds.entry import Entry
    from idesluss.reading import Loaded

Kind = TypeVar("Kind", bound="Entry")


class Work(NamedTuple):
    """The instance that is worked on, the day that is written, whether somebody can be asked, and if it is a trial."""

    root: Path
    loaded: Loaded
    day: datetime.date
    asks: bool
    dry: bool

    @property
    def catalogue(self) -> Catalogue:
        return self.loaded.catalogue

    def words(self, msgid: str) -> str:
        """A word that is written into a file, in the language of the instance."""
        return gettext(msgid, self.catalogue.settings.language)


def today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).astimezone().date()


def working_options(command: Function) -> Function:
    """The options of every command that changes an entry."""
    for add in (
        option("--dry-run", "dry", is_flag=True, help=N_("Show what would be written, and write nothing.")),
        option("--now", "day", type=Day(), metavar=N_("YYYY-MM-DD"), help=N_("The day to write. Else today.")),
        asking.asking_option,
    ):
        command = add(command)
    return command


def begin(silent: bool, day: datetime.date | None, dry: bool) -> Work:
    """Read the instance; ends the program where its settings have faults."""
    root = instance.root()
    from idesluss import examine

    with reporting.progress() as parts:
        loaded, faults = examine.load(root, now=day or today(), progress=parts("read") if parts else None)
    if loaded is None:
        raise Exit(reporting.tell(faults, root, "text"))
    return Work(root, loaded, day or today(), asking.somebody_is_there(silent), dry)


def entry_of(work: Work, kind: type[Kind], name: str) -> Kind:
    """The entry of a kind by its id, or by the path of its file; ends the program where there is none."""
    found = work.catalogue.get(id_of(name))
    return found if isinstance(found, kind) else _unknown(work, name, work.catalogue.of(kind.kind), kind.kind)


def any_entry(work: Work, name: str) -> Entry:
    """The entry of whatever kind by its id, or by the path of its file."""
    found = work.catalogue.get(id_of(name))
    return found or _unknown(work, name, work.catalogue.entries.values())


def id_of(name: str) -> str:
    return Path(name).stem if name.endswith(".md") else name


def _unknown(work: Work, name: str, entries: Iterable[Entry], kind: str = "") -> NoReturn:
    from idesluss.kinds import BY_NAME

    id_ = id_of(name)
    lost = [broken.path for broken in work.catalogue.broken if broken.id == id_]
    if lost:
        problems = [problem for problem in work.catalogue.problems if problem.path in lost]
        reporting.tell(problems, work.root, "text")
        fail(gettext("{path} cannot be read as it is; mend it first.").format(path=lost[0]))
    known = {entry.id: entry.title for entry in entries}
    former = {old: id for id in known for old in work.catalogue.entries[id].formerly}
    titled = [id for id, title in known.items() if title.casefold() == name.casefold()]
    near = [former[id_]] if id_ in former else titled or get_close_matches(id_, known, 1)
    wanted = gettext(BY_NAME[kind].label).lower() if kind else ""
    told = gettext("There is no entry {id} of the kind {kind}.") if kind else gettext("There is no entry {id}.")
    other = work.catalogue.get(id_)
    if other:
        told = gettext("{id} is of the kind {other}, not {kind}.")
    said = told.format(id=name, kind=wanted, other=gettext(other.label).lower() if other else "")
    fail(f"{said} {gettext('Did you mean {near}?').format(near=near[0])}" if near else said)


def changed(work: Work, entry: Entry, changes: Iterable[Change], before: bytes | None = None) -> bytes:
    """What the entry's file would hold after the changes; ends the program where its layout does not allow them."""
    from idesluss import edit

    data = (work.root / entry.path).read_bytes() if before is None else before
    for change in changes:
        try:
            data = edit.changed(data, [change], type(entry))
        except edit.Unfit:
            field = ".".join(str(part + 1) if isinstance(part, int) else part for part in change.field)
            said = gettext("{field} in {path} is laid out so that it cannot be changed for sure; change it by hand.")
            fail(said.format(field=field, path=entry.path))
    return data


def carry_out(
    work: Work, files: Mapping[str, bytes], done: str, following: Sequence[str] = (), *, secret: bool = False
) -> int:
    """Try the change, and write it if nothing speaks against it; tells what was changed, and what comes next.

    `secret` is a change that takes out what must not be said again.
    """
    from idesluss import durable
    from idesluss.work.trial import attempt

    trial = attempt(work.loaded, files)
    if trial.against:
        reporting.tell(trial.against, work.root, "text", tried=files)
        click.echo(gettext("Nothing has been written."), err=True)
        return reporting.code_for(trial.against)
    for path, data in files.items():
        before = (work.root / path).read_bytes()
        if not work.dry:
            durable.write(work.root / path, data)
        click.echo(f"{path}: {done}" if done and path == next(iter(files)) else path)
        shown = (row for row in difference(before, data) if not (secret and row.startswith("-")))
        click.echo("".join(f"  {row}\n" for row in shown), nl=False)
    if given("quiet"):
        return 0
    if trial.beside:
        reporting.tell(trial.beside, work.root, "text", tried=files)
    told = (
        gettext("Nothing has been written: this was a trial.") if work.dry else gettext("Commit it when it is right.")
    )
    for row in (told, *following):
        click.echo(row, err=True)
    return 0


def difference(before: bytes, after: bytes) -> Iterable[str]:
    """The lines that went (-) and came (+)."""
    from idesluss.report.visible import visible

    old, new = before.decode().splitlines(), after.decode().splitlines()
    rows = list(difflib.unified_diff(old, new, lineterm="", n=0))[2:]
    return [f"{row[0]} {visible(row[1:])}" for row in rows if row[0] in "-+"]


def entries_of(work: Work) -> Callable[[tuple[str, ...]], list[tuple[str, str]]]:
    """A function that gives the ids and titles of the entries of some kinds."""
    return lambda kinds: [(entry.id, entry.title) for kind in kinds for entry in work.catalogue.of(kind)]


def label(work: Work, stage: str) -> str:
    """What the instance calls a stage."""
    from idesluss.stages import label as label_of

    told = label_of(stage, work.catalogue.settings.stages)
    return told if isinstance(told, str) else translate.render(told)
