"""Options that several commands share."""

from __future__ import annotations

import datetime
import re
from typing import Any

import click

from idesluss import translate
from idesluss.cli.spoken import Function, Number, option
from idesluss.problem import N_
from idesluss.workdays import YEARS


class Day(click.ParamType):  # type: ignore[type-arg]  # generic only in newer versions of click
    """A date as YYYY-MM-DD."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        if isinstance(value, datetime.date):
            return value
        try:
            told = datetime.date.fromisoformat(value) if len(value) == 10 else None  # it takes other writings too
            if told and YEARS[0] <= told.year <= YEARS[1]:
                return told
        except ValueError:
            pass
        return self.fail(
            translate.gettext("“{value}” is no date; write it as YYYY-MM-DD").format(value=value), param, ctx
        )


class DayOrCommit(click.ParamType):  # type: ignore[type-arg]  # generic only in newer versions of click
    """A date as YYYY-MM-DD, or the hash of a commit, whole or its beginning."""

    name = "day or commit"
    HASH = re.compile(r"[0-9a-f]{4,64}")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        told = str(value)
        if "-" in told:
            return str(Day().convert(told, param, ctx).isoformat())
        if self.HASH.fullmatch(told):
            return told
        said = translate.gettext("“{value}” is neither a date as YYYY-MM-DD nor the hash of a commit")
        return self.fail(said.format(value=told), param, ctx)


def now_option(command: Function) -> Function:
    """`--now`, the only clock."""
    return option(
        "--now",
        type=Day(),
        metavar=N_("YYYY-MM-DD"),
        help=N_("The day to take for today. Else the day of the latest commit."),
    )(command)


def jobs_option(command: Function) -> Function:
    return option(
        "--jobs",
        type=Number(1, 256),
        metavar=N_("NUMBER"),
        help=N_("How many processes work side by side. Else as many as the machine has cores."),
    )(command)


def audience_option(command: Function) -> Function:
    return option(
        "--audience",
        type=click.Choice(["public", "internal"]),
        default="public",
        show_default=True,
        help=N_("For whom: internal shows internal entries too and is not to be published."),
    )(command)
