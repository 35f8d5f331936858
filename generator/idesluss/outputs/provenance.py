"""How sure an entry is: who has looked at it, and when somebody last said that it holds; on the page of every kind."""

from __future__ import annotations

from idesluss.kinds.adoption import Adoption
from idesluss.kinds.case import Case
from idesluss.kinds.entry import Entry
from idesluss.kinds.need import Need
from idesluss.kinds.project import Project, ProjectSource
from idesluss.outputs.view import View
from idesluss.outputs.words import EVIDENCE
from idesluss.translate import gettext as _


def provenance(view: View, entry: Entry) -> list[str]:
    """Sentences: the first says who has looked at it, the others how strong it is, how fresh, and where it comes from.

    What no field says is told as not stated. When git last saw a change is another matter: the page says it below.
    """
    if isinstance(entry, Case):
        return _case(view, entry)
    if isinstance(entry, Adoption):
        return _adoption(view, entry)
    if isinstance(entry, Project):
        return _project(view, entry.source)
    said = [_("Self-reported. No review is stated.")]
    if isinstance(entry, Need) and entry.confirmed:
        said.append(_("Confirmed {date}.").format(date=view.say.day(entry.confirmed.date)))
    return said


def _case(view: View, case: Case) -> list[str]:
    said = [_("{review}.").format(review=view.say.label("review", case.review))]
    if case.evidence is not None:
        words = _(EVIDENCE[case.evidence])
        said.append(_("Strength of evidence {level} of 5: {words}.").format(level=case.evidence, words=words))
    said.append(confirmed(view, case))
    if case.source:
        said.append(_("Source: {source}").format(source=case.source))
    return said


def confirmed(view: View, case: Case) -> str:
    """When its owner last said that an example holds, as one sentence."""
    if not case.last_confirmed:
        return _("Its owner has not said when it was last true.")
    date = view.say.day(case.last_confirmed)
    if view.is_lapsed(case.last_confirmed):
        return _("Its owner has not confirmed it since {date}: ask before you build on it.").format(date=date)
    return _("Confirmed by its owner {date}.").format(date=date)


def _adoption(view: View, adoption: Adoption) -> list[str]:
    said = [_("Told by those who took it over."), _("Confirmed {date}.").format(date=view.say.day(adoption.confirmed))]
    if adoption.phase != "ended" and view.is_lapsed(adoption.confirmed):
        said.append(_("It has not been confirmed for two years, and so no longer counts as in use."))
    return said


def _project(view: View, source: ProjectSource) -> list[str]:
    if source.reviewed_by_editors is None:
        said = [_("The source does not say whether editors have reviewed the text.")]
    elif source.reviewed_by_editors:
        said = [_("Editors at the source have reviewed the text.")]
    else:
        said = [_("The project wrote this text itself. Editors at the source have not reviewed it.")]
    if source.date:
        said.append(_("The source was last updated {date}.").format(date=view.say.day(source.date)))
    return said
