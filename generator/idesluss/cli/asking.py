"""Questions to somebody at a terminal, in plain words; where nobody is there, nothing is asked."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import click

from idesluss.cli.spoken import Function, fail, option
from idesluss.problem import N_
from idesluss.translate import gettext

if TYPE_CHECKING:
    from idesluss.draft import Asked


class Words(click.ParamType[str]):
    """A text; `-` reads it from the standard input."""

    name = "words"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002 - click's shape
        tab = ctx is not None and ctx.resilient_parsing
        return sys.stdin.read().strip() if value == "-" and not tab else f"{value}"


def asking_option(command: Function) -> Function:
    """`--no-input`, for commands that ask for what is missing."""
    return option(
        "--no-input",
        "silent",
        is_flag=True,
        help=N_("Ask nothing: what is missing is an error. So it is too where no terminal is."),
    )(command)


def somebody_is_there(silent: bool) -> bool:
    """Whether a question would be answered."""
    return not silent and sys.stdin.isatty() and sys.stderr.isatty()


def line(words: str, default: str = "", *, needed: bool = True) -> str:
    """One line, asked for until it is there if it is needed."""
    while True:
        shown = words if needed else gettext("{question} (Enter leaves it out)").format(question=words)
        said: str = click.prompt(shown, default=default, show_default=bool(default), err=True)
        if said.strip() or not needed:
            return said.strip()


def long_text(words: str, *, needed: bool = True) -> str:
    """A text, on one line or, after an empty answer, in the user's editor."""
    hint = gettext("on one line, or Enter for your editor") if needed else gettext("on one line; Enter leaves it out")
    while True:
        said: str = click.prompt(f"{words} ({hint})", default="", show_default=False, err=True).strip()
        if said or not needed:
            return said
        held = click.edit(f"\n# {words}\n") or ""
        said = "\n".join(row for row in held.splitlines() if not row.startswith("#")).strip()
        if said:
            return said


def yes(words: str, *, default: bool) -> bool:
    return click.confirm(words, default=default, err=True)


def one_of(words: str, choices: Sequence[str], default: str = "", *, needed: bool = True) -> str:
    """One of some values, with what they mean where a table knows it."""
    from idesluss.kinds.words import VALUES

    click.echo(f"{words}:", err=True)
    for number, choice in enumerate(choices, 1):
        told = gettext(VALUES.get(choice, ""))
        click.echo(f"  {number}. {choice}" + (f" – {told}" if told else ""), err=True)
    while True:
        said = line(gettext("Number or word"), default, needed=needed)
        if said.isdecimal() and 0 < int(said) <= len(choices):
            return choices[int(said) - 1]
        near = said if said in choices or not said else next(iter(get_close_matches(said, choices, 1)), "")
        if near == said:
            return said
        if near:
            click.echo(gettext("Did you mean {near}?").format(near=near), err=True)


def reference(words: str, known: Callable[[], Sequence[tuple[str, str]]], *, needed: bool = True) -> str:
    """The id of an entry; an unknown one is asked for again, `?` shows all."""
    entries = dict(known())
    shown = gettext("{question} (the name of a file; ? shows all)").format(question=words)
    while True:
        said = line(shown, needed=needed)
        if not said or said in entries or ":" in said:
            return said
        if said == "?":
            for id_, title in entries.items():
                click.echo(f"  {id_}  {title}", err=True)
            continue
        near = get_close_matches(said, entries, 1)
        told = gettext("There is no entry {id}.").format(id=said)
        click.echo(f"{told} {gettext('Did you mean {near}?').format(near=near[0])}" if near else told, err=True)


def answers(
    question: Asked, entries: Callable[[tuple[str, ...]], Sequence[tuple[str, str]]], today: str
) -> list[tuple[str, str]]:
    """What somebody answers: pairs of the field's name and a value; several for a list, none if left out."""
    words = question.words
    found: list[tuple[str, str]] = []
    while True:
        needed = question.needed and not found
        if question.choices:
            said = one_of(words, question.choices, needed=needed)
        elif question.to:
            said = reference(words, lambda: entries(question.to), needed=needed)
        else:
            default = today if question.name.rpartition(".")[2] == "date" and question.needed else ""
            said = line(words, default, needed=needed)
        if not said:
            return found
        found.append((question.name, said))
        if not question.several:
            return found


def missing(name: str) -> None:
    """End, since an option is missing and there is nobody to ask."""
    fail(gettext("Give {option}; there is no terminal to ask in.").format(option=name))
