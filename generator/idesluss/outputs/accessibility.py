"""The accessibility statement that Swedish law (2018:1937) asks for, of what the settings say and how it was tested."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from idesluss.artifact import Artifact, Page
from idesluss.outputs import linked
from idesluss.outputs.view import View, view_of
from idesluss.problem import N_
from idesluss.translate import gettext as _

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

VERDICTS: Mapping[str | None, str] = MappingProxyType(
    {
        "full": N_("The portal meets all demands of the law on access to digital public service."),
        "partly": N_("The portal meets some of the demands of the law on access to digital public service."),
        "not": N_("The portal does not meet the demands of the law on access to digital public service."),
        None: N_("Nobody has judged yet how far the portal meets the law on access to digital public service."),
    }
)
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "not_yet": N_("What does not meet the demands yet"),
        "burden": N_("What would be an undue burden"),
        "outside_law": N_("What the law leaves out"),
    }
)
"""Why there is a gap, as the headings of the statement."""


def accessibility_page(catalogue: Catalogue) -> Iterator[Artifact]:
    """The statement; an instance that has written its own in docs/ keeps that."""
    view = view_of(catalogue, "../")
    if not is_own(view):
        yield Artifact(f"{address(view)}index.html", (), partial(_page, view))


def address(view: View) -> str:
    return f"{view.address_words['accessibility']}/"


def is_own(view: View) -> bool:
    """Whether docs/ holds a statement of the instance's own."""
    docs, word = view.catalogue.root / "docs", view.address_words["accessibility"]
    return (docs / f"{word}.md").is_file() or (docs / word / "index.md").is_file()


def _sentence(told: str) -> str:
    """A text that another may follow: with a sign at its end."""
    return f"{told}." if told and told[-1].isalnum() else told


def _page(view: View) -> Page:
    settings, told = view.settings, view.settings.accessibility
    title = _("Accessibility statement for {name}").format(name=settings.name)
    verdict = _(VERDICTS[told.status])
    gaps = [
        (
            _(heading),
            [
                (_sentence(gap.what), _sentence(gap.reason or ""), view.say.day(gap.by) if gap.by else "")
                for gap in told.gaps
                if gap.why == why
            ],
        )
        for why, heading in REASONS.items()
    ]
    context = {
        "title": title,
        "verdict": verdict,
        "settings": settings,
        "told": told,
        "reviewed": view.say.day(told.reviewed) if told.reviewed else "",
        "gaps": [(heading, found) for heading, found in gaps if found],
    }
    data = linked.of_page(view, title, verdict, address(view))
    return Page(title, verdict, "", view.render("pages/accessibility.html", context), data=data)
