"""`idesluss booklet`: the book of an event, made, checked or tried out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from idesluss import translate
from idesluss.booklet.writers import WRITERS
from idesluss.cli import instance, reporting
from idesluss.cli.options import audience_option, jobs_option, now_option
from idesluss.cli.spoken import PROBLEMS, Command, Folder, Function, Group, argument, fail, given, no_such, option
from idesluss.problem import N_

if TYPE_CHECKING:
    from idesluss.booklet.edition import Edition
    from idesluss.booklet.making import Book
    from idesluss.catalogue import Catalogue

FOLDER = "booklets"
"""Where books are put, from the instance's folder."""


class Formats(click.Choice[Any]):
    """Formats of a book, with commas between them."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        asked = tuple(one.strip().lower() for one in str(value).split(","))
        for one in asked:
            if one not in self.choices:
                said = translate.gettext("“{value}” is no format; the formats are: {known}")
                self.fail(said.format(value=one, known=", ".join(self.choices)), param, ctx)
        return asked


@click.group("booklet", cls=Group)
def command() -> None:
    """Make the booklet of an event: chosen examples as one accessible book."""


def edition_options(command: Function) -> Function:
    """The options that decide which edition it is."""
    for decorate in (jobs_option, now_option, audience_option):
        command = decorate(command)
    command = option(
        "--paper",
        type=click.Choice(["a4", "a5"]),
        default="a4",
        show_default=True,
        help=N_("How large the pages are."),
    )(command)
    return option(
        "--draft",
        is_flag=True,
        help=N_(
            "Mark every page as a draft, take examples that are unconfirmed or embargoed, and mark what cannot be set."
        ),
    )(command)


@command.command("make", cls=Command)
@argument("event", metavar=N_("EVENT"))
@edition_options
@option(
    "--format",
    "formats",
    type=Formats(tuple(WRITERS)),
    multiple=True,
    default=["pdf"],
    show_default=True,
    help=N_("What to make. Several formats with commas between them, or the option several times."),
)
@option(
    "--print",
    "to_print",
    is_flag=True,
    help=N_("Make also what a printer needs: a PDF with bleed and marks to cut by, and one with sheets to fold."),
)
@option(
    "--out",
    type=Folder(),
    metavar=N_("FOLDER"),
    help=N_("Where to put the files. Else booklets/ in the instance's folder."),
)
def make(*, event: str, formats: tuple[tuple[str, ...], ...], to_print: bool, out: Path | None, **told: Any) -> int:
    """Make the book of an event, with a manifest and an accessibility report beside it.

    Name the event by its id. What the book holds is said in the event's file, under booklet.
    """
    root = instance.root()
    asked = [one for several in formats for one in several]
    if to_print and "pdf" not in asked:
        fail(
            translate.gettext("What a printer needs is made of the PDF. Add pdf to {option}.").format(option="--format")
        )
    book = _made(root, event, asked, to_print=to_print, **told)
    code = _put(book, root, out)
    if not book.files:
        said = translate.gettext("No book was made. A draft marks what is wrong: {option}.").format(option="--draft")
        if told["draft"]:
            said = translate.gettext("No book was made. Mend first what is told above.")
        click.echo(said, err=True)
    return code if not told["draft"] or not book.files else 0


@command.command("check", cls=Command)
@argument("event", metavar=N_("EVENT"))
@edition_options
def check(*, event: str, **told: Any) -> int:
    """Say what keeps the book of an event from being made, and what does not fit, without making anything.

    An example is to fit on two pages, on A5 on four. Each that needs more is named.
    """
    root = instance.root()
    book = _made(root, event, **told)
    code = _tell(book, root)
    if not book.problems and not given("quiet"):
        told_pages = translate.ngettext("All fits: {n} page.", "All fits: {n} pages.", book.pages)
        click.echo(told_pages.format(n=book.pages))
    return code


@command.command("preview", cls=Command)
@argument("case", metavar=N_("EXAMPLE"))
@edition_options
@option("--event", metavar=N_("EVENT"), help=N_("Whose book. Else that of the newest event with a booklet."))
@option(
    "--out",
    type=Folder(),
    metavar=N_("FOLDER"),
    help=N_("Where to put the files. Else booklets/ in the instance's folder."),
)
def preview(*, case: str, event: str | None, out: Path | None, **told: Any) -> int:
    """Show one example as it stands in the book: a picture (PNG) of each of its pages.

    Name the example by its id. A character that no font has is shown as a box.
    """
    root = instance.root()
    from idesluss import durable, typeset
    from idesluss.booklet import making

    made = making.preview(_with_only(root, case, event, **told))
    if isinstance(made, typeset.Unset):
        fail(translate.gettext("It cannot be set: {said}").format(said="; ".join((made.reason, *made.hints))))
    folder = out or root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(made, 1):
        durable.write(folder / f"{case}-{number}.png", page)
        if not given("quiet"):
            click.echo(folder / f"{case}-{number}.png", err=True)
    return 0


def _with_only(root: Path, case: str, event: str | None, **told: Any) -> Edition:
    """An edition that holds this example alone."""
    from dataclasses import replace

    from idesluss.booklet.selection import Selection
    from idesluss.kinds.case import Case

    edition = edition_of(root, event, **told)
    found = edition.catalogue.get(case)
    if not isinstance(found, Case):
        said = translate.gettext("There is no example “{name}” that the readers may see.").format(name=case)
        no_such(said, case, [one.id for one in edition.catalogue.of("case")], _more())
    return replace(edition, selection=Selection((found,), ()))


def _more() -> str:
    return translate.gettext("More is taken along by {options}.").format(options="--audience internal, --draft")


def sheet_options(command: Function) -> Function:
    """The options of what is made beside the book."""
    for decorate in (jobs_option, now_option, audience_option):
        command = decorate(command)
    return option(
        "--out",
        type=Folder(),
        metavar=N_("FOLDER"),
        help=N_("Where to put the files. Else booklets/ in the instance's folder."),
    )(command)


@command.command("programme", cls=Command)
@argument("event", metavar=N_("EVENT"))
@sheet_options
def programme(*, event: str, out: Path | None, **told: Any) -> int:
    """Make the programme of an event for the wall: a PDF on A4, each day on pages of its own."""
    from idesluss.booklet import sheets

    root = instance.root()
    return _put(sheets.programme(edition_of(root, event, draft=False, paper="a4", **told)), root, out)


@command.command("cards", cls=Command)
@argument("event", metavar=N_("EVENT"))
@sheet_options
def cards(*, event: str, out: Path | None, **told: Any) -> int:
    """Make cards for the moderator: a PDF on A5, a card for each item of the programme.

    A card says when the item is and whose, what to know of its examples, and what comes next.
    """
    from idesluss.booklet import sheets

    root = instance.root()
    return _put(sheets.cards(edition_of(root, event, draft=False, paper="a5", **told)), root, out)


def _put(book: Book, root: Path, out: Path | None) -> int:
    """Tell of the problems and write the files; gives the exit code."""
    from idesluss import durable

    code = _tell(book, root)
    folder = out or root / FOLDER
    for name, data in book.files.items():
        folder.mkdir(parents=True, exist_ok=True)
        durable.write(folder / name, data)
        if not given("quiet"):
            click.echo(folder / name, err=True)
    return code


def _made(root: Path, event: str, formats: Iterable[str] = ("pdf",), *, to_print: bool = False, **told: Any) -> Book:
    from idesluss.booklet import making

    return making.make(edition_of(root, event, **told), formats, to_print=to_print)


def edition_of(
    root: Path,
    event: str | None,
    *,
    draft: bool,
    paper: Literal["a4", "a5"],
    audience: Literal["public", "internal"],
    now: datetime.date | None,
    jobs: int | None,
) -> Edition:
    """The edition that the options ask for; ends the program where there is no such event."""
    from idesluss import history
    from idesluss.booklet.edition import edition, newest
    from idesluss.kinds.event import Event

    catalogue = catalogue_of(root, audience, now, jobs, ahead=draft)
    found = catalogue.get(event) if event else newest(catalogue)
    if not isinstance(found, Event):
        if event is None:
            fail(translate.gettext("No event has a booklet. Name one with {option}.").format(option="--event"))
        said = translate.gettext("There is no event “{name}”.").format(name=event)
        no_such(said, event, [one.id for one in catalogue.of("event")])
    language = given("lang") or catalogue.settings.language
    return edition(catalogue, found, language=language, draft=draft, paper=paper, changed=history.is_changed(root))


def catalogue_of(
    root: Path,
    audience: Literal["public", "internal"],
    now: datetime.date | None,
    jobs: int | None,
    *,
    ahead: bool = False,
) -> Catalogue:
    """What the audience sees, or will see when embargoes end; ends the program where the settings cannot be read."""
    from idesluss import examine

    with reporting.progress() as parts:
        examined = examine.examine(root, now=now, jobs=jobs, progress=parts("read") if parts else None)
    if examined.catalogue is None:
        reporting.tell(examined.problems, root, "text")
        raise click.exceptions.Exit(PROBLEMS)
    return examined.catalogue.for_audience(audience, ahead=ahead)


def _tell(book: Book, root: Path) -> int:
    from idesluss.problem import Problem

    problems = sorted(book.problems, key=Problem.order)
    return reporting.tell(problems, root) if problems else 0
