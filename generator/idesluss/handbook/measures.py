"""The measures as the handbook tells of them: by group, what each is called and what it counts."""

from __future__ import annotations

from collections.abc import Iterator

from idesluss.handbook.markdown import table
from idesluss.measures import GROUPS, MEASURES
from idesluss.problem import N_
from idesluss.translate import gettext as _


def measures_table() -> str:
    """A section for each group, with a table of its measures."""
    return "\n\n".join(block for group in GROUPS for block in _blocks(group))


def _blocks(group: str) -> Iterator[str]:
    yield f"### {_(GROUPS[group])}"
    yield _("In ISO 56008 this group is called {name}.").format(name=group)
    head = (N_("Measure"), N_("What it counts"))
    yield table(
        head, ((f"**{_(one.label)}**<br>`{one.key}`", _(one.definition)) for one in MEASURES if one.group == group)
    )
