"""`idesluss measures`: every figure, with what it counts, the commit, and the command that computes it again."""

from __future__ import annotations

import csv
import datetime
import io
import json
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import click

from idesluss import translate
from idesluss.cli import instance, reporting
from idesluss.cli.options import DayOrCommit, audience_option, jobs_option, now_option
from idesluss.cli.spoken import PROBLEMS, Command, argument, fail, given, no_such, option
from idesluss.problem import N_

if TYPE_CHECKING:
    from pathlib import Path

    from idesluss.catalogue import Catalogue
    from idesluss.examine import Examined
    from idesluss.figures import Figure
    from idesluss.history import Commit
    from idesluss.outputs.wording import Wording

WIDTH = 100


@click.command("measures", cls=Command)
@argument("keys", nargs=-1, metavar=N_("[MEASURE]..."))
@option(
    "--at",
    type=DayOrCommit(),
    metavar=N_("DATE|COMMIT"),
    help=N_("As it was at the last commit of this day (YYYY-MM-DD) or at this commit, by the settings of that time."),
)
@option("--unit", metavar=N_("UNIT"), help=N_("Only what belongs to this unit and its parts; name it by its id."))
@option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help=N_("How to tell it. JSON and CSV hold the columns too in which there is nothing."),
)
@audience_option
@now_option
@jobs_option
def command(
    *,
    keys: Sequence[str],
    at: str | None,
    unit: str | None,
    shape: str,
    audience: Literal["public", "internal"],
    now: datetime.date | None,
    jobs: int | None,
) -> int:
    """Measure how ideas go through the lock, and what comes of them.

    Tells of each figure what it counts, for which commit, and the command that computes it again. Name one or several
    measures to see only these. For the public, groups of fewer than five are left out where they tell of people or of
    internal entries.
    """
    root = instance.root()
    from idesluss import measures

    _known(keys, measures.BY_KEY, N_("There is no measure “{name}”."))
    with reporting.progress() as parts:
        read = _read(root, at, now, jobs, parts("read") if parts else None)
    catalogue = read.catalogue
    if catalogue is None:
        return reporting.tell(read.problems, root, "text") if read.problems else _no_settings(at)
    if unit:
        _known([unit], {entry.id: entry for entry in catalogue.of("unit")}, N_("There is no unit “{name}”."))
    figures = catalogue.with_figures(measures.figures(catalogue, unit or "")).for_audience(audience).figures
    wanted = [figures[key] for key in figures if key in keys or not keys]
    if not wanted:
        fail(
            translate.gettext("This measure is internal; it is shown with {option}.").format(
                option="--audience internal"
            )
        )
    click.echo(_SHAPES[shape](wanted, catalogue), nl=False)
    _tell_of_lost(catalogue)
    return 0


def _read(root: Path, at: str | None, now: datetime.date | None, jobs: int | None, progress: Any) -> Examined:
    """The instance as it lies in its folder, or as it was at a commit."""
    from idesluss import examine, history, past

    if not at:
        if history.is_changed(root):
            told = translate.gettext("Changes that are not committed are counted too; with {option} they are not.")
            click.echo(told.format(option="--at COMMIT"), err=True)
        return examine.examine(root, now=now, jobs=jobs, progress=progress)
    commit = _commit(root, at)
    if not given("quiet"):
        told = translate.gettext("As it was at commit {commit} of {day}.")
        click.echo(told.format(commit=commit.sha, day=commit.day), err=True)
    return past.examined(root, commit, now=now, jobs=jobs, progress=progress)


def _commit(root: Path, at: str) -> Commit:
    from idesluss import history

    if "-" in at:
        found = history.at(root, at)
        if found is None:
            said = translate.gettext("There is no commit as old as {day}.").format(day=at)
            oldest = min((commit.day for commit in history.line(root)), default="")
            fail(f"{said} {translate.gettext('The oldest is of {day}.').format(day=oldest)}" if oldest else said)
        return found
    found = next(history.line(root, sha, limit=1), None) if (sha := history.commit_of(root, at)) else None
    return found or fail(translate.gettext("There is no commit {commit}.").format(commit=at))


def _known(names: Sequence[str], among: Any, message: str) -> None:
    for name in names:
        if name not in among:
            there_are = translate.gettext("There are: {known}").format(known=", ".join(among))
            no_such(translate.gettext(message).format(name=name), name, among, there_are)


def _no_settings(at: str | None) -> int:
    click.echo(translate.gettext("There was no idesluss.yml yet at {at}.").format(at=at), err=True)
    return PROBLEMS


def _tell_of_lost(catalogue: Catalogue) -> None:
    lost = len(catalogue.broken) - len(catalogue.closed)
    if lost > 0:
        told = translate.ngettext(
            "{n} file cannot be read and is not counted; see {command}.",
            "{n} files cannot be read and are not counted; see {command}.",
            lost,
        )
        click.echo(told.format(n=lost, command="idesluss check"), err=True)


def _as_text(figures: Sequence[Figure], catalogue: Catalogue) -> str:
    from idesluss import measures
    from idesluss.outputs.wording import Wording
    from idesluss.report.visible import visible

    say = Wording(catalogue.settings)
    blocks = []
    group = ""
    for figure in figures:
        if figure.group != group:
            group = figure.group
            blocks.append(translate.gettext(measures.GROUPS[group]).upper())
        blocks.append("\n".join(map(visible, _block(figure, say))))
    return "\n\n".join(blocks) + "\n"


def _block(figure: Figure, say: Wording) -> list[str]:
    from idesluss.outputs import tables

    said = tables.said(figure, say)
    lines = [
        f"{translate.gettext(figure.label)} ({figure.key})",
        *textwrap.wrap(translate.gettext(figure.definition), WIDTH),
    ]
    if said.rows:
        rows = [["", *(_head(head) for head in said.heads)], *([label, *cells] for label, cells in said.rows)]
        lines += ["", *_laid_out(rows), ""]
    else:
        lines += ["", translate.gettext("There is nothing to count."), ""]
    lines += said.notes
    if figure.undated:
        told = translate.ngettext(
            "{n} is left out, for its day is not known.",
            "{n} are left out, for their day is not known.",
            figure.undated,
        )
        lines.append(told.format(n=figure.undated))
    commit = figure.commit or translate.gettext("unknown")
    lines.append(translate.gettext("Commit {commit}, counted for {day}.").format(commit=commit, day=figure.day))
    return [*lines, translate.gettext("Again: {command}").format(command=figure.command)]


def _head(head: Any) -> str:
    from idesluss.outputs.tables import BASES

    return f"{head.label} ({translate.gettext(BASES[head.basis])})" if head.basis else str(head.label)


def _laid_out(rows: Sequence[Sequence[str]]) -> list[str]:
    """A table for the terminal: the heads are broken into lines, the values stand to the right."""
    heads = [textwrap.wrap(head, 14) or [""] for head in rows[0]]
    deep = max(map(len, heads))
    above = [[""] * (deep - len(head)) + head for head in heads]
    lines = [*(list(line) for line in zip(*above, strict=True)), *rows[1:]]
    widths = [max(len(line[at]) for line in lines) for at in range(len(rows[0]))]
    return [
        "  ".join(
            [line[0].ljust(widths[0]), *(cell.rjust(wide) for cell, wide in zip(line[1:], widths[1:], strict=True))]
        ).rstrip()
        for line in lines
    ]


def _as_json(figures: Sequence[Figure], catalogue: Catalogue) -> str:
    from idesluss.report.visible import escaped

    told = {
        "commit": catalogue.commit,
        "day": catalogue.now.isoformat(),
        "figures": [_told(figure) for figure in figures],
    }
    return escaped(json.dumps(told, ensure_ascii=False, indent=2)) + "\n"


def _told(figure: Figure) -> dict[str, Any]:
    """A figure as JSON knows it; a value that is not shown is null and named in `suppressed`."""
    rows = []
    for row in figure.rows:
        cells = dict(zip((column.key for column in figure.columns), row.cells, strict=True))
        told: dict[str, Any] = {
            "of": row.of,
            "key": row.key,
            "values": {key: cell.value for key, cell in cells.items()},
        }
        told |= {"title": row.title} if row.title else {}
        for mark in ("suppressed", "running"):
            marked = [key for key, cell in cells.items() if getattr(cell, mark)]
            told |= {mark: marked} if marked else {}
        rows.append(told)
    return {
        "key": figure.key,
        "group": figure.group,
        "label": translate.gettext(figure.label),
        "definition": translate.gettext(figure.definition),
        "commit": figure.commit,
        "day": figure.day,
        "command": figure.command,
        "n": figure.n,
        "stated": figure.stated,
        "undated": figure.undated,
        "columns": [
            {"key": one.key, "label": translate.gettext(one.label), "unit": one.unit, "basis": one.basis}
            for one in figure.columns
        ],
        "rows": rows,
    }


def _as_csv(figures: Sequence[Figure], catalogue: Catalogue) -> str:
    """One line for each value, so that figures of all shapes fit into one table."""
    from idesluss.cli.list_entries import cell as safe
    from idesluss.outputs.tables import row_label
    from idesluss.outputs.wording import Wording

    say = Wording(catalogue.settings)
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(["measure", "row", "label", "column", "basis", "unit", "value", "mark", "commit", "day", "command"])
    for figure in figures:
        for row in figure.rows:
            for column, held in zip(figure.columns, row.cells, strict=True):
                mark = "suppressed" if held.suppressed else "running" if held.running else ""
                value = "" if held.value is None else held.value
                told = [figure.key, row.key, row_label(row, say), column.key, column.basis, column.unit, value, mark]
                writer.writerow([safe([one]) for one in (*told, figure.commit, figure.day, figure.command)])
    return file.getvalue()


_SHAPES = {"text": _as_text, "json": _as_json, "csv": _as_csv}
