"""What stands after the examples: which needs they answer, the indexes, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator

from idesluss.booklet.chapters import Data
from idesluss.booklet.writers.docx.paper import Paper
from idesluss.booklet.writers.docx.references import named, rows
from idesluss.booklet.writers.docx.tables import Column, table
from idesluss.booklet.writers.docx.wordml import Element, Look, line_break, node, paragraph, run

STRONG = Look(bold=True)


def needs(paper: Paper, it: Data) -> Iterator[Element]:
    """A table of needs and the examples that answer them."""
    words = it["words"]
    if not it["needs"]:
        return
    yield paper.part("needs", words["needs"])
    columns = [
        Column(paper.width * share, [run(words[name])])
        for name, share in (("need", 0.34), ("has", 0.32), ("answers", 0.34))
    ]
    rows = [
        [[[run(one["need"], STRONG)]], [[run(one["by"])]], [named(paper, id_) for id_ in one["cases"]]]
        for one in it["needs"]
    ]
    yield from table(columns, rows, name=words["needs"])


def indexes(paper: Paper, it: Data) -> Iterator[Element]:
    """The examples by municipality and by theme."""
    for key in ("municipalities", "themes"):
        if it[key]:
            yield paper.part(key, it["words"][key])
        for one in it[key]:
            yield paper.heading(2, [run(one["name"])])
            yield from rows(paper, one["cases"])


def organisations(paper: Paper, it: Data) -> Iterator[Element]:
    """Whose the examples are, and whom to ask."""
    if it["organisations"]:
        yield paper.part("organisations", it["words"]["organisations"])
    for one in it["organisations"]:
        yield paper.heading(2, [run(one["name"])])
        told = [run(words) for words in (one["whole"], one["contact"]) if words]
        if told:
            lines = [told[0], *(piece for one_ in told[1:] for piece in (line_break(), one_))]
            yield paragraph("Normal", lines, node("w:keepNext"), node("w:suppressAutoHyphens"))
        yield from rows(paper, one["cases"])
