"""The words that pages use for months, stages and who refers to an entry: tables of msgids."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from idesluss.problem import N_

MONTHS: tuple[str, ...] = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
    N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip

NOW: Mapping[str, str] = MappingProxyType(
    {
        "submitted": N_("The idea has come in and waits for an answer."),
        "answered": N_("The idea giver has an answer. A coach looks at which need the idea meets."),
        "assessed": N_("The idea has been assessed. Now it becomes a concept: for whom, and with which benefit."),
        "concept": N_("The concept is there. A test is being planned."),
        "test": N_("The idea is being tested."),
        "pilot": N_("A pilot tries the idea in everyday work."),
        "implemented": N_("The idea is in use. Whether the benefit came is measured after half a year."),
        "verified": N_("The idea is in use, and its benefit is confirmed."),
        "parked": N_("The idea rests."),
        "referred": N_("The idea has been passed on."),
        "combined": N_("The idea has become part of another idea."),
        "closed": N_("The idea has been stopped."),
        "withdrawn": N_("The idea giver has withdrawn the idea."),
    }
)
"""What happens just now with an idea at each stage, where its fields say nothing more exact."""

EVIDENCE: tuple[str, ...] = (
    N_("told by those who did it"),
    N_("described by several who took part"),
    N_("followed up with figures"),
    N_("measured before and after"),
    N_("compared with others"),
    N_("studied with a control group"),
)
"""What the strength of evidence of a case means, from 0 to 5."""

GROUPS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("idea", "needs"): N_("Ideas that answer this need"),
        ("idea", "goals"): N_("Ideas towards this goal"),
        ("idea", "unit"): N_("Ideas from here"),
        ("idea", "receiver"): N_("Ideas taken into use here"),
        ("idea", "pilot"): N_("Pilots here"),
        ("idea", "coach"): N_("Ideas with this coach"),
        ("idea", "actors"): N_("Ideas with this actor"),
        ("idea", "methods"): N_("Ideas that use this method"),
        ("idea", "barriers"): N_("Ideas that met this barrier"),
        ("idea", "projects"): N_("Ideas from this project"),
        ("idea", "builds_on"): N_("Ideas that build on this"),
        ("idea", "combined_into"): N_("Ideas that became part of this one"),
        ("idea", "duplicates_checked"): N_("Similar ideas"),
        ("idea", "effects"): N_("Ideas with a measured effect on this goal"),
        ("need", "goals"): N_("Needs behind this goal"),
        ("need", "unit"): N_("Needs seen here"),
        ("case", "needs"): N_("Good examples that meet this need"),
        ("case", "goals"): N_("Good examples towards this goal"),
        ("case", "effects"): N_("Good examples with a measured effect on this goal"),
        ("case", "organisation"): N_("Good examples from here"),
        ("case", "methods"): N_("Good examples that use this method"),
        ("case", "barriers"): N_("Good examples that met this barrier"),
        ("case", "projects"): N_("Good examples from this project"),
        ("case", "origin"): N_("Good examples that came from this"),
        ("case", "builds_on"): N_("Good examples that build on this"),
        ("adoption", "case"): N_("Taken over by"),
        ("adoption", "by"): N_("Taken over from others"),
        ("method", "builds_on"): N_("Methods that build on this"),
        ("barrier", "owner"): N_("Barriers that are handled here"),
        ("unit", "part_of"): N_("Parts of this unit"),
        ("coach", "units"): N_("Idea coaches here"),
        ("coach", "substitute"): N_("Substitute for"),
        ("goal", "part_of"): N_("Parts of this goal"),
        ("event", "programme"): N_("Shown at"),
        ("event", "booklet"): N_("Shown at"),
        ("event", "organiser"): N_("Events arranged from here"),
        ("event", "funder"): N_("Events paid for"),
        ("event", "projects"): N_("Events in this project"),
        ("project", "funder"): N_("Projects paid for"),
        ("project", "shares"): N_("Projects paid for"),
        ("project", "coordinator"): N_("Projects led from here"),
        ("project", "owners"): N_("Projects led from here"),
        ("project", "partners"): N_("Projects as partner"),
        ("project", "decisions"): N_("Projects decided on"),
        ("project", "part_of"): N_("Parts of this project"),
        ("project", "followed_by"): N_("What led here"),
        ("project", "builds_on"): N_("Projects that build on this"),
        ("project", "goals"): N_("Projects towards this goal"),
    }
)
"""The heading over the entries of a kind that refer here with a field: (kind, field). Two may share a heading."""

MENTIONED = N_("Mentioned in")
"""The heading over those that link here from their text."""

ADDRESS_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "sv": MappingProxyType(
            {
                "page": "sida",
                "themes": "teman",
                "data": "oppna-data",
                "accessibility": "tillganglighet",
                "news": "nytt",
                "spread": "sprid",
                "card": "kort",
                "figures": "siffror",
                "launching": "i-gang",
                "processes": "genom-slussen",
                "initiatives": "ideerna",
                "portfolio": "resultat",
                "search": "sok",
                "browse": "hitta",
                "stage": "steg",
                "unit": "enhet",
                "goal": "mal",
                "sector": "sektor",
                "year": "ar",
            }
        ),
        "en": MappingProxyType(
            {
                "page": "page",
                "themes": "themes",
                "data": "open-data",
                "accessibility": "accessibility",
                "news": "new",
                "spread": "spread",
                "card": "card",
                "figures": "figures",
                "launching": "getting-going",
                "processes": "through-the-lock",
                "initiatives": "ideas",
                "portfolio": "results",
                "search": "search",
                "browse": "browse",
                "stage": "stage",
                "unit": "unit",
                "goal": "goal",
                "sector": "sector",
                "year": "year",
            }
        ),
    }
)
"""Words in the addresses of pages that are no entry's; an address never changes, so these are not for translators."""
