"""`idesluss desk`: what waits for the coach, and the list for the idea council's meeting."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from idesluss import translate
from idesluss.cli import complete, reporting, working
from idesluss.cli.options import Day
from idesluss.cli.spoken import Command, option
from idesluss.problem import N_
from idesluss.translate import gettext, ngettext

if TYPE_CHECKING:
    from idesluss.cli.working import Work
    from idesluss.work.desk import Group, Row


@click.command("desk", cls=Command)
@option(
    "--coach",
    metavar=N_("ID"),
    help=N_("Only what waits for this coach, and what has none and comes from a unit that the coach helps."),
    shell_complete=complete.ids("coaches"),
)
@option(
    "--print",
    "paper",
    is_flag=False,
    flag_value="-",
    metavar=N_("[FILE]"),
    help=N_("The list for the idea council as a page for A4, into a file or to the standard output."),
)
@option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help=N_("How to tell it."),
)
@option("--now", "day", type=Day(), metavar=N_("YYYY-MM-DD"), help=N_("The day to take for today. Else today."))
def command(coach: str | None, paper: str | None, shape: str, day: datetime.date | None) -> int:
    """Tell what waits: answers, gates, reviews, next steps and ideas at a standstill.

    The list is internal: it holds ideas and dates that the portal does not show.
    """
    from idesluss.kinds.coach import Coach
    from idesluss.work.desk import COUNCIL, TITLES, desk

    work = working.begin(silent=True, day=day, dry=True)
    who = working.entry_of(work, Coach, coach) if coach else None
    groups = desk(work.catalogue, who.id if who else "", COUNCIL if paper else TITLES)
    if paper:
        page = _page(work, groups, who.title if who else "")
        if paper == "-":
            click.echo(page, nl=False)
        else:
            Path(paper).write_text(page, encoding="utf-8")
    else:
        click.echo(_as_json(work, groups) if shape == "json" else "\n".join(_as_text(work, groups)))
    lost = sum(broken.kind == "idea" for broken in work.catalogue.broken)
    if lost:
        click.echo(reporting.lost(lost), err=True)
    return 0


def _as_text(work: Work, groups: Sequence[Group]) -> Iterator[str]:
    from idesluss.report.visible import visible

    yield gettext("What waits on {day}").format(day=work.day.isoformat())
    for group in groups:
        yield ""
        yield f"{gettext(group.title)}: {len(group.rows)}"
        for row in group.rows:
            day = f"{row.day}{'!' if row.late else ' '} " if row.day else ""
            yield visible(f"  {day}{row.title} ({row.id})")
            yield visible(f"      {_said(row)}")


def _said(row: Row) -> str:
    return "; ".join(filter(None, (_stage(row), translate.render(row.what), row.coach)))


def _stage(row: Row) -> str:
    return row.stage if isinstance(row.stage, str) else translate.render(row.stage)


def _as_json(work: Work, groups: Sequence[Group]) -> str:
    from idesluss.report.visible import escaped

    told: dict[str, Any] = {"now": work.day.isoformat()}
    for group in groups:
        told[group.name] = [
            {**row._asdict(), "stage": _stage(row), "what": translate.render(row.what)} for row in group.rows
        ]
    return escaped(json.dumps(told, ensure_ascii=False, indent=2))


def _page(work: Work, groups: Sequence[Group], coach: str) -> str:
    """The list as a page of its own, to be printed."""
    from idesluss import templates

    language = translate.used()
    page = templates.environment(work.root, language).get_template("print/desk.html")
    return page.render(
        language=language,
        name=work.catalogue.settings.name,
        day=work.day.isoformat(),
        coach=coach,
        groups=[
            {
                "title": gettext(group.title),
                "says": gettext(group.says),
                "rows": [_cells(work, row) for row in group.rows],
            }
            for group in groups
        ],
        count=ngettext("{n} idea", "{n} ideas", _ideas(groups)).format(n=_ideas(groups)),
    )


def _cells(work: Work, row: Row) -> dict[str, Any]:
    """A row for people who meet: with what the coaches are called, not the names of their files."""
    coaches = (work.catalogue.get(id_) for id_ in row.coach.split(", ") if id_)
    called = ", ".join(coach.title for coach in coaches if coach)
    return {**row._asdict(), "stage": _stage(row), "what": translate.render(row.what), "coach": called}


def _ideas(groups: Sequence[Group]) -> int:
    return len({row.id for group in groups for row in group.rows})
