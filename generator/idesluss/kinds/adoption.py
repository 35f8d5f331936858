"""An adoption: somebody else's case, taken over, told by the one who took it."""

from __future__ import annotations

from typing import ClassVar, Literal

from idesluss.kinds.entry import Entry, SectionName
from idesluss.kinds.fields import Day, Line, Prose, Reference, field
from idesluss.problem import N_


class Adoption(Entry):
    """A case taken over by another unit or organisation; written by the one who took it over."""

    kind: ClassVar[str] = "adoption"
    folder: ClassVar[str] = "adoptions"
    label: ClassVar[str] = N_("Adoption")
    plural: ClassVar[str] = N_("Adoptions")
    words = {"sv": "ateranvandning", "en": "adoptions"}
    sections: ClassVar[tuple[SectionName, ...]] = (
        SectionName("adaptations", ("Adaptations",), ("Anpassningar",)),
        SectionName("result", ("Result",), ("Resultat",)),
        SectionName("tips", ("Tips",), ("Tips", "Tips tillbaka")),
    )

    case: Reference = field("Good example", asked="hand-in", to=("case",))
    by: Reference = field("Taken over by", asked="hand-in", to=("unit", "actor"))
    version: Line = field("Version", "The commit or tag of the example, or the date it was read", asked="hand-in")
    degree: Literal["copy", "adapted", "inspired"] = field("Degree", asked="hand-in")
    phase: Literal["first", "anchor", "realise", "in_use", "benefit_confirmed", "ended"] = field(
        "Phase", asked="hand-in"
    )
    confirmed: Day = field("Confirmed", asked="hand-in")
    adaptations: Prose | None = field("Adaptations", default=None)
    result: Prose | None = field("Result", default=None)
