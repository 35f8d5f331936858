"""The lock in figures: a page with those that say most, and one for each group, with charts and what is behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from idesluss.artifact import Artifact, Page
from idesluss.figures import Figure
from idesluss.measures import GROUPS, MEASURES
from idesluss.measures.table import TOTAL
from idesluss.outputs import linked, tables
from idesluss.outputs.charts import chart
from idesluss.outputs.charts.drawn import Chart
from idesluss.outputs.listing import alphabetical
from idesluss.outputs.pages.layout import Figure as Fact
from idesluss.outputs.view import View, view_of
from idesluss.problem import N_
from idesluss.translate import gettext as _

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

SECTION = "figures"
FIRST = ("funnel", "quarters")
"""What stands on the first page, with its charts."""
NAMED = frozenset({"unit", "goal"})
"""What rows stand for that are shown by name; others have an order of their own."""
HEADLINES: tuple[tuple[str, str, str], ...] = (
    (N_("Ideas handed in"), "overview", "ideas"),
    (N_("On the way through the lock"), "overview", "on_the_way"),
    (N_("Taken into use"), "overview", "in_use"),
    (N_("With the benefit confirmed"), "overview", "confirmed"),
    (N_("Answered within the promise"), "response", "share"),
    (N_("Taken over by others, in use"), "spread", "in_use"),
    (N_("Stopped, with what was learnt"), "learning", "lesson"),
)
"""The figures that say most: a label, and the figure and column whose total it is."""
SUMMARY = N_("How ideas go through the lock, and what comes of them. Everything is counted from the ideas themselves.")


OPENING = tuple(label for label, key, _column in HEADLINES if key in ("overview", "response"))
"""Those at the top of the first page."""
ABOUT: Mapping[str, str] = MappingProxyType(
    {
        "launching": N_("Where ideas come from, which goals they lead to, and what stands in their way."),
        "processes": N_("How soon there is an answer, how long each stage takes, and where ideas are now."),
        "initiatives": N_("Which benefit ideas have brought, for whom, with whom, and what those taught that stopped."),
        "portfolio": N_("How far ideas come, who takes them over, and whether the examples still hold."),
    }
)


class Drawn(NamedTuple):
    """A figure as it stands on a page."""

    figure: Figure
    title: str
    definition: str
    said: tables.Said
    chart: Chart | None
    notes: list[str]


def measure_pages(catalogue: Catalogue) -> Iterator[Artifact]:
    """The page of the figures, and the page of each group of them."""
    if not catalogue.figures.keys:
        return
    view = view_of(catalogue)
    base = address(view)
    yield Artifact(f"{base}index.html", (SECTION,), partial(_first, view))
    for group in GROUPS:
        yield Artifact(f"{address(view, group)}index.html", (SECTION,), partial(_group, view, group))


def measure_addresses(view: View) -> list[str]:
    """Where these pages lie."""
    return [address(view), *(address(view, group) for group in GROUPS)] if view.catalogue.figures.keys else []


def address(view: View, group: str = "") -> str:
    base = f"{view.address_words[SECTION]}/"
    return f"{base}{view.address_words[group]}/" if group else base


def headlines(view: View, *labels: str) -> list[Fact]:
    """Those of the figures that say most with these labels; not those that are nought or may not be shown."""
    found = []
    for label, key, column in HEADLINES:
        if key in view.catalogue.figures and label in labels:
            figure = view.catalogue.figures[key]
            at = next(at for at, told in enumerate(figure.columns) if told.key == column)
            cell = figure.cell(TOTAL, column)
            if cell.value:
                found.append(Fact(_(label), tables.value(cell, figure.columns[at], view.say)))
    return found


def drawn(view: View, figure: Figure) -> Drawn:
    """A figure ready to be put on a page."""
    figure = _by_name(figure)
    said = tables.said(figure, view.say)
    notes = [*said.notes]
    if any(head.basis == "stated" for head in said.heads):
        notes.insert(0, _(tables.STATED))
    if figure.undated:
        notes.append(_("Left out, for their day is not known: {n}.").format(n=figure.undated))
    return Drawn(figure, _(figure.label), _(figure.definition), said, chart(figure, view.say), notes)


def _by_name(figure: Figure) -> Figure:
    """The figure with its units or goals in the order of their names."""
    named = iter(sorted((row for row in figure.rows if row.of in NAMED), key=lambda row: alphabetical(row.title)))
    return replace(figure, rows=tuple(next(named) if row.of in NAMED else row for row in figure.rows))


def _first(view: View) -> Page:
    figures = view.catalogue.figures
    title, summary = _("The lock in figures"), _(SUMMARY)
    groups = [
        (
            f"../{address(view, group)}",
            _(label),
            _(ABOUT[group]),
            [_(figure.label) for figure in _of_group(view, group)],
        )
        for group, label in GROUPS.items()
    ]
    context: dict[str, Any] = {
        **_frame(view, 1),
        "title": title,
        "summary": summary,
        "facts": headlines(view, *OPENING),
        "groups": groups,
        "figures": [drawn(view, figures[key]) for key in FIRST],
        "is_stated": any(tables.rests_on(figures[key], "stated") for key in FIRST),
    }
    data = linked.of_list(view, title, summary, address(view))
    return Page(title, summary, SECTION, view.render("pages/figures.html", context), data=data)


def _group(view: View, group: str) -> Page:
    title, summary = _(GROUPS[group]), _(ABOUT[group])
    context: dict[str, Any] = {
        **_frame(view, 2),
        "title": title,
        "summary": summary,
        "iso": group,
        "figures": [drawn(view, figure) for figure in _of_group(view, group)],
    }
    data = linked.of_list(view, title, summary, address(view, group), (address(view), _("The lock in figures")))
    return Page(title, summary, SECTION, view.render("pages/figures_group.html", context), data=data)


def _of_group(view: View, group: str) -> list[Figure]:
    figures = view.catalogue.figures
    return [figures[measure.key] for measure in MEASURES if measure.group == group and measure.key in figures]


def _frame(view: View, depth: int) -> dict[str, Any]:
    return {"root": "../" * depth, "list": address(view), "plural": _("The lock in figures")}
