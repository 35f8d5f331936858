"""`idesluss history ID`: the way of one idea, step by step, with what proves each step and why it was taken."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

from idesluss.cli import called, complete, instance, reporting
from idesluss.cli.spoken import Command, argument, fail, no_such, option
from idesluss.problem import N_
from idesluss.translate import gettext, ngettext

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue
    from idesluss.history import Commit, Life, Step
    from idesluss.kinds.entry import Entry
    from idesluss.kinds.idea import Decision

UNSHALLOW = "git fetch --unshallow"
SHORT = 10
"""So many signs of a commit's hash are shown."""


@click.command("history", cls=Command)
@argument("id", metavar="ID", shell_complete=complete.ids(""))
@option("--authors", "names", is_flag=True, help=N_("Tell who made each commit, under the name that .mailmap gives."))
@option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help=N_("How to tell it."),
)
def command(id: str, *, names: bool, shape: str) -> int:
    """Tell the way of an idea through the lock: each step with its day, what shows it, and the reason.

    A step is shown by a commit, or only stated by the file where the idea is older than the repository. Works for
    entries of other kinds too, and for those that are gone; they have no steps or no reasons.
    """
    root = instance.root()
    from idesluss import examine
    from idesluss.history import trust

    with reporting.progress() as parts:
        catalogue, problems = examine.examine(root, progress=parts("read") if parts else None)
    if catalogue is None:
        return reporting.tell(problems, root, "text")
    if catalogue.history.is_shallow:
        fail(
            gettext("The clone is shallow, so no dates are known. Fetch the rest: {command}").format(command=UNSHALLOW)
        )
    way = _way(catalogue, id)
    authors = trust.authors(root, [step.sha for step, _ in way.steps if step.sha]) if names else {}
    click.echo(_as_json(way, authors) if shape == "json" else "\n".join(_as_text(way, authors)))
    return 0


class Way(NamedTuple):
    """What is known of an entry's way: its steps, each with the decision that it rests on, if any."""

    id: str
    title: str
    life: Life | None
    steps: Sequence[tuple[Step, Decision | None]]
    head: Commit | None


def _way(catalogue: Catalogue, id: str) -> Way:
    """The way of the entry that has this id or had it before; ends the program with advice where there is none."""
    entry = catalogue.get(id) or next((one for one in catalogue.entries.values() if id in one.formerly), None)
    now = entry.id if entry else id
    life = catalogue.life(now)
    if entry is None and life is None:
        no_such(gettext("There is no entry “{id}”.").format(id=id), id, {*catalogue.entries, *catalogue.history.lives})
    steps = catalogue.steps(entry) if entry else life.steps if life else ()
    return Way(now, entry.title if entry else "", life, _decided(entry, steps), catalogue.history.head)


def _decided(entry: Entry | None, steps: Iterable[Step]) -> list[tuple[Step, Decision | None]]:
    """Each step with the latest decision to its stage that was taken by then, and that no earlier step rests on."""
    left: list[Decision] = sorted(getattr(entry, "decisions", ()), key=lambda decision: decision.date)
    found = []
    for step in steps:
        fitting = [one for one in left if one.to == step.stage and one.date[: len(step.day)] <= step.day]
        left = [one for one in left if one not in fitting]
        found.append((step, fitting[-1] if fitting else None))
    return found


def _as_text(way: Way, authors: Mapping[str, str]) -> Iterator[str]:
    from idesluss.report.visible import visible

    yield visible(f"{way.id}: {way.title}" if way.title else way.id)
    if way.life is None:
        yield gettext("The file is not in git here, so its dates are not known.")
    else:
        told = ngettext(
            "Came {born}, changed {changed}. {n} change in git.",
            "Came {born}, changed {changed}. {n} changes in git.",
            way.life.commits,
        )
        yield told.format(born=way.life.born, changed=way.life.changed, n=way.life.commits)
        if way.life.gone:
            yield gettext("Its file was taken away {day}.").format(day=way.life.gone)
    if way.steps:
        yield ""
    own = called.stage_words()
    labels = [f"{called.stage_label(step.stage, own)} ({step.stage})" for step, _ in way.steps]
    width = max(map(len, labels), default=0)
    for label, (step, decision) in zip(labels, way.steps, strict=True):
        shown = gettext("stated by the file") if step.is_stated else step.sha[:SHORT]
        by = f"  {visible(authors[step.sha])}" if step.sha in authors else ""
        yield f"{step.day:<10}  {visible(label):<{width}}  {shown}{by}"
        reason = _reason(step, decision)
        if reason:
            yield textwrap.indent(visible(reason), " " * 12)


def _reason(step: Step, decision: Decision | None) -> str:
    if decision is None:
        return step.reason
    return f"{decision.by}: {decision.reason}"


def _as_json(way: Way, authors: Mapping[str, str]) -> str:
    from idesluss.report.visible import escaped

    steps = [
        {
            "stage": step.stage,
            "day": step.day,
            "commit": step.sha or None,
            "stated": step.is_stated,
            "reason": decision.reason if decision else step.reason or None,
            "decided_by": decision.by if decision else None,
            "decided": decision.date if decision else None,
            **({"author": authors.get(step.sha)} if authors else {}),
        }
        for step, decision in way.steps
    ]
    life = way.life._asdict() if way.life else {}
    told = {name: life.get(name) or None for name in ("born", "changed", "moved", "gone", "commits")}
    head = way.head._asdict() if way.head else None
    whole = {"id": way.id, "title": way.title or None, **told, "head": head, "steps": steps}
    return escaped(json.dumps(whole, ensure_ascii=False, indent=2))
