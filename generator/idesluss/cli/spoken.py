"""click's commands and options with their help in the user's language: msgids in code, words when shown."""

from __future__ import annotations

import contextlib
import errno
import gc
import gettext
import inspect
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click
from click.exceptions import Exit

from idesluss import refusal, translate
from idesluss.cli.language import language_of
from idesluss.problem import N_
from idesluss.slug import is_utf8

Function = TypeVar("Function", bound=Callable[..., Any])

PROGRAM = "idesluss"
PROBLEMS, USAGE, DEFECT, INTERRUPTED, PIPE_CLOSED = 1, 2, 70, 130, 141
"""Exit codes beside 0. 70 is what systems call a fault in the program; then what a shell gives for INT and PIPE."""


CLICKS_DEFAULTS = (N_("[OPTIONS]"), N_("COMMAND [ARGS]..."), N_("required"))
"""Words of click's that it shows without marking them for translation where they stand."""


class Folder(click.Path):
    """A folder, which may have to be there already."""

    def __init__(self, *, is_there: bool = False) -> None:
        super().__init__(file_okay=False, path_type=Path)
        self.is_there = is_there

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if self.is_there and not Path(value).exists():
            self.fail(translate.gettext("The folder {path} does not exist.").format(path=value), param, ctx)
        if Path(value).exists() and not Path(value).is_dir():
            self.fail(translate.gettext("{path} is no folder.").format(path=value), param, ctx)
        return super().convert(value, param, ctx)


class Number(click.IntRange):
    """A whole number within bounds, called so in the user's language."""

    @property
    def name(self) -> str:  # type: ignore[override]  # a plain text in click, which would be in one language only
        return translate.gettext("integer range")

    def _describe_range(self) -> str:
        """The bounds as people write them, where click has "1<=x<=256"."""
        return f"{self.min}–{self.max}"


class Words:
    """An attribute of click's that is set to a msgid and read as its translation."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.kept = f"_{name}_msgid"

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        msgid = vars(instance).get(self.kept) if instance is not None else None
        return translate.gettext(msgid.strip()) if msgid else msgid

    def __set__(self, instance: Any, msgid: str | None) -> None:
        vars(instance)[self.kept] = inspect.cleandoc(msgid).partition("\f")[0] if msgid else msgid


class Option(click.Option):
    """An option whose help and placeholder are put into the user's language."""

    help = Words()
    metavar = Words()


class Argument(click.Argument):
    """An argument whose placeholder is put into the user's language."""

    metavar = Words()

    def get_error_hint(self, ctx: click.Context | None) -> str:
        """The placeholder, without the brackets that say in the help that it may be left out."""
        return super().get_error_hint(ctx).replace("[", "").replace("]", "")


class Command(click.Command):
    """A command whose help is put into the user's language. It takes the global options too, unseen."""

    help = Words()
    epilog = Words()
    options_metavar = Words()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if not isinstance(self, Front):
            self.params = [*self.params, *global_options(hidden=True)]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:  # click keeps it in the language of its first use
            option.help = translate.gettext("Show this message and exit.")
        return option


_SENTENCE = 400
"""More letters than the first sentence of any help has."""


class Group(Command, click.Group):
    """A command that has commands of its own."""

    command_class = Command
    unknown = N_("There is no command “{name}”.")
    subcommand_metavar = Words()

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands with the whole first sentence of their help, over several lines where it takes them."""
        commands = {name: self.get_command(ctx, name) for name in self.list_commands(ctx)}
        rows = [(name, one.get_short_help_str(_SENTENCE)) for name, one in commands.items() if one and not one.hidden]
        if rows:
            with formatter.section(translate.gettext("Commands")):
                formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if self.get_command(ctx, name) is None and name[:1].isalnum() and not ctx.resilient_parsing:
            no_such(translate.gettext(self.unknown).format(name=name), name, self.list_commands(ctx))
        return super().resolve_command(ctx, args)


class Front(Group):
    """The program as a whole: chooses the language before anything is said, and ends with the right code."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        gc.disable()  # what is read lives to the end, and commands end soon: looking for what died is in vain
        arguments = sys.argv[1:] if args is None else list(args)
        translate.use(language_of(arguments, os.environ, Path.cwd))
        with _clicks_words(translate.used()):
            if not standalone_mode:
                return super().main(arguments, prog_name or PROGRAM, complete_var, standalone_mode=False, **extra)
            sys.exit(self._ended(arguments, prog_name or PROGRAM, complete_var, extra))

    def _ended(self, arguments: list[str], name: str, complete_var: str | None, extra: dict[str, Any]) -> int:
        """Run, and give the exit code: 1 only for problems in the content, 2 for what else the user can mend."""
        try:
            code = super().main(arguments, name, complete_var, standalone_mode=False, **extra)
            sys.stdout.flush()
        except click.Abort:
            return INTERRUPTED
        except click.ClickException as error:
            error.show()
            return USAGE
        except OSError as error:
            if error.errno == errno.EPIPE:
                return _quietly()
            click.echo(translate.gettext("Error: {message}").format(message=_said(error)), err=True)
            return USAGE
        except Exception as error:  # noqa: BLE001 - so that nobody takes a crash for problems in the content
            return _garbled(arguments) if isinstance(error, UnicodeEncodeError) else _defect()
        return code if isinstance(code, int) else 0

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # before click sees it, whose exit code for it is the one for problems
            raise Exit(_quietly()) from None


def _defect() -> int:
    """Tell of a crash, from where it is handled."""
    traceback.print_exc()
    told = translate.gettext("This is a fault in the program. Please report it, with the lines above.")
    click.echo(told, err=True)
    return DEFECT


def _garbled(arguments: Sequence[str]) -> int:
    """Tell which argument is no text; without one, it is a crash like any other."""
    garbled = next((given for given in arguments if not is_utf8(given)), None)
    if garbled is None:
        return _defect()
    said = translate.gettext("“{given}” is not written as UTF-8").format(given=garbled)
    click.echo(translate.gettext("Error: {message}").format(message=said), err=True)
    return USAGE


def _quietly() -> int:
    """Drop what the reader of our output no longer wants, so that Python does not complain of it at the end."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    return PIPE_CLOSED


def _said(error: OSError) -> str:
    told = refusal.told(error)
    said = told if isinstance(told, str) else translate.render(told)
    return f"{os.fsdecode(error.filename)}: {said}" if isinstance(error.filename, str | bytes | os.PathLike) else said


@contextlib.contextmanager
def _clicks_words(language: str) -> Iterator[None]:
    """Give click's own words ("Usage:", "No such option") by the standard gettext, which reads LANGUAGE."""
    domain, before = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(translate.DOMAIN, str(translate.FOLDER))
    gettext.textdomain(translate.DOMAIN)
    os.environ["LANGUAGE"] = language
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before


def _keep(ctx: click.Context, param: click.Parameter, value: object) -> None:
    """Note a global option for the whole run; where it is given twice, the later one counts."""
    if value:
        ctx.meta[f"{PROGRAM}.{param.name}"] = value


def given(name: str) -> Any:
    """What a global option was set to, or None; so it is too while a shell asks what may be filled in."""
    context = click.get_current_context(silent=True)
    return context.meta.get(f"{PROGRAM}.{name}") if context else None


def global_options(*, hidden: bool = False) -> list[click.Parameter]:
    """The options that every command takes, before its name and after it."""
    shared: dict[str, Any] = {"callback": _keep, "expose_value": False, "hidden": hidden, "is_eager": True}
    return [
        Option(
            ["--lang"],
            type=click.Choice(translate.languages()),
            help=N_("The language of all that is said. Else IDESLUSS_LANG, the instance's language, or the system's."),
            **shared,
        ),
        Option(
            ["--root"],
            type=Folder(is_there=True),
            metavar=N_("FOLDER"),
            help=N_("The folder with idesluss.yml. Else the nearest one from here upwards."),
            **shared,
        ),
        Option(["--quiet"], is_flag=True, help=N_("Say only what is wrong: no notices, no progress."), **shared),
    ]


def fail(message: str) -> NoReturn:
    """End with a message of how the command was used wrongly."""
    raise click.UsageError(message, click.get_current_context(silent=True))


def no_such(said: str, name: str, among: Iterable[str], otherwise: str = "") -> NoReturn:
    """End with what was `said` of a name that is not there, and the nearest that is, or else what helps `otherwise`."""
    near = get_close_matches(name, list(among), 1)
    way_out = translate.gettext("Did you mean {near}?").format(near=near[0]) if near else otherwise
    fail(f"{said} {way_out}".rstrip())


def option(*names: str, **named: Any) -> Callable[[Function], Function]:
    """`click.option`, with help in the user's language."""
    return click.option(*names, cls=Option, **named)


def argument(name: str, **named: Any) -> Callable[[Function], Function]:
    """`click.argument`, with its placeholder in the user's language."""
    return click.argument(name, cls=Argument, **named)
