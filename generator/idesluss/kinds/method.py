"""A method: a way of working that can be packed and passed on."""

from __future__ import annotations

from typing import ClassVar

from idesluss.kinds.entry import Entry, SectionName
from idesluss.kinds.fields import Licence, Line, Moment, Part, Prose, Reference, StageName, WebAddress, field
from idesluss.problem import N_


class Evaluation(Part):
    date: Moment = field("Date")
    by: Line = field("By", "A function or an organisation")
    result: Prose = field("Result")


class Source(Part):
    """Research that a method rests on."""

    title: Line = field("Title")
    url: WebAddress | None = field("Web address", default=None)
    doi: Line | None = field("DOI", default=None, pattern=r"^10\.\d{4,9}/\S+$")


class Method(Entry):
    """A way of working, with when and how to use it, and the research that it rests on."""

    kind: ClassVar[str] = "method"
    folder: ClassVar[str] = "methods"
    label: ClassVar[str] = N_("Method")
    plural: ClassVar[str] = N_("Methods")
    words = {"sv": "metoder", "en": "methods"}
    sections: ClassVar[tuple[SectionName, ...]] = (
        SectionName("how", ("How",), ("Hur", "Så gör ni"), required=True),
        SectionName("when", ("When",), ("När",)),
    )

    stages: tuple[StageName, ...] = field("When", "The stages where it helps", asked="hand-in", min_length=1)
    time: Line | None = field("Time", default=None)
    participants: Line | None = field("Participants", default=None)
    materials: tuple[Line, ...] = field("Materials", default=())
    research_base: tuple[Source, ...] = field("Research", default=())
    version: Line | None = field("Version", default=None)
    evaluations: tuple[Evaluation, ...] = field("Evaluations", default=())
    licence: Licence = field("Licence", default="CC-BY-4.0")
    builds_on: tuple[Reference, ...] = field("Builds on", default=(), to=("method",))
    source: Line | None = field("Source", "Where the facts come from", default=None)
