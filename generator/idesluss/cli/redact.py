"""`idesluss redact`: something that must not be seen is taken out of an entry, and the page says so."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from idesluss import translate
from idesluss.cli import asking, complete, working
from idesluss.cli.asking import Words
from idesluss.cli.spoken import Command, argument, fail, option
from idesluss.problem import N_, text
from idesluss.translate import gettext

if TYPE_CHECKING:
    from idesluss.cli.working import Work
    from idesluss.kinds.entry import Entry

TAKEN_OUT = N_("Taken out")
"""What stands where something was taken out that cannot be missing."""
STILL_THERE = (
    N_("git's history still holds what was there, and so does every copy of the repository."),
    N_("Was it personal data? Tell the data protection officer at once; there may be little time to report it."),
    N_("To take it out of the history too, whoever answers for the repository rewrites it: git filter-repo."),
    N_("Pull requests and caches at the host keep copies; its support takes them away when asked."),
)


@click.command("redact", cls=Command)
@argument("name", metavar=N_("ID"), shell_complete=complete.ids("", *complete.FOLDERS))
@argument("fields", nargs=-1, required=True, metavar=N_("FIELD..."))
@option(
    "--reason",
    type=Words(),
    metavar=N_("TEXT"),
    help=N_("Why, without saying what was there; the page shows it. - reads it from the standard input."),
)
@working.working_options
def command(
    *, name: str, fields: Sequence[str], reason: str | None, silent: bool, day: datetime.date | None, dry: bool
) -> int:
    """Take something out of an entry that must not be seen.

    FIELD is the name of a field, such as lesson, log.2.text (the second line of the log) or log.2; the name of a
    section, such as problem; or body for the whole text. What cannot be missing is replaced by the words "Taken out".
    The file says when and why something was taken out. git's history still holds it.
    """
    from idesluss.edit import put
    from idesluss.work.trial import attempt

    work = working.begin(silent, day, dry)
    entry = working.any_entry(work, name)
    said = reason or (asking.line(gettext("Why? Do not say what was there")) if work.asks else "")
    if not said:
        asking.missing("--reason")
    note = [put("redacted.date", work.day.isoformat()), put("redacted.reason", said)]
    data = (work.root / entry.path).read_bytes()
    for field in sorted(fields, key=_backwards):
        tried = [*_ways(work, entry, field, data)]
        fit = (
            way
            for way in tried
            if not attempt(work.loaded, {entry.path: working.changed(work, entry, note, way)}).against
        )
        data = next(fit, tried[-1])
    data = working.changed(work, entry, note, data)
    whole = [field for field in fields if field.rpartition(".")[2].isdecimal()]
    done = gettext("{fields} taken out").format(fields=", ".join(fields))
    code = working.carry_out(work, {entry.path: data}, done, [gettext(row) for row in STILL_THERE], secret=True)
    if code and whole:
        told = gettext(
            "Where {item} as a whole cannot go, take out what it says: {item}.text, {item}.reason, {item}.by …"
        )
        click.echo(told.format(item=whole[0]), err=True)
    return code


def _backwards(field: str) -> tuple[int, ...]:
    """Later items first, so that the numbers of the others stay true."""
    return tuple(-int(step) for step in field.split(".") if step.isdecimal())


def _ways(work: Work, entry: Entry, field: str, data: bytes) -> Iterator[bytes]:
    """The file without the field, and with other words in its place, as far as each can be."""
    from idesluss.edit import Change, Unfit, prose
    from idesluss.work import naming

    words = work.words(TAKEN_OUT)
    sections = prose.sections_of(entry)
    if field in sections and (field == prose.WHOLE or field not in type(entry).model_fields):
        try:
            yield prose.replaced(data, entry, field, f"{words}.")
        except Unfit:
            fail(gettext("{field} cannot be taken out for sure; change the file by hand.").format(field=field))
        return
    own = work.catalogue.settings.fields.get(entry.kind, {})  # type: ignore[call-overload] # the kind's name is one of them
    try:
        found = naming.named(entry, field, own, whole=True)
    except naming.Unknown as unknown:
        near = get_close_matches(field, sections, 1)
        way_out = text("did you mean {near}?", near=near[0]) if near else unknown.way_out
        fail(f"{translate.render(unknown.said)}: {translate.render(way_out)}")
    if not naming.is_there(entry, found.field):
        fail(gettext("{field} is not filled in.").format(field=field))
    if not found.needed:
        yield working.changed(work, entry, [Change(found.field, None)], data)
    if not found.several and found.field[-1:] != () and isinstance(found.field[-1], str):
        yield working.changed(work, entry, [Change(found.field, words)], data)
