"""Real lists: how Word numbers what stands in them, at any depth."""

from __future__ import annotations

from idesluss.booklet.tree import DEEPEST
from idesluss.booklet.writers.docx.wordml import Element, node, qn

STEP = 340
"""How much further in each level of a list stands, in twips."""
BULLETS, NUMBERS, EXAMPLES = 1, 2, 3
"""The forms of lists: with dots, with numbers, and the examples of the book, whose headings are numbered."""
HIGHEST = 32767
"""Word counts so far."""
GUTTER, SIZE = (680, 560), (44, 36)
"""How far out the number of an example stands, in the margin, in twips, and how large it is; on A4 and on A5."""
_WATER = "2B7C93"


def numbering(accent: str, *, small: bool) -> Element:
    """The part of a document that says how lists are numbered, and the examples in the margin, on `small` pages too."""
    dots = [_level(at, "bullet", "•" if at % 2 == 0 else "–", _WATER) for at in range(DEEPEST + 1)]
    numbers = [_level(at, "decimal", f"%{at + 1}.", "") for at in range(DEEPEST + 1)]
    heading = node(
        "w:lvl",
        node("w:start", val=1),
        node("w:numFmt", val="decimal"),
        node("w:lvlText", val="%1"),
        node("w:lvlJc", val="left"),
        node("w:pPr", node("w:ind", left=0, hanging=GUTTER[small])),
        node("w:rPr", node("w:color", val=accent), node("w:sz", val=SIZE[small]), node("w:szCs", val=SIZE[small])),
        ilvl=0,
    )
    forms = {BULLETS: dots, NUMBERS: numbers, EXAMPLES: [heading]}
    kinds = [
        node("w:abstractNum", node("w:multiLevelType", val="hybridMultilevel"), *levels, abstractNumId=form)
        for form, levels in forms.items()
    ]
    return node("w:numbering", *kinds, *(_use(form, form) for form in forms))


def _level(at: int, kind: str, shown: str, colour: str) -> Element:
    return node(
        "w:lvl",
        node("w:start", val=1),
        node("w:numFmt", val=kind),
        node("w:lvlText", val=shown),
        node("w:lvlJc", val="left"),
        node("w:pPr", node("w:ind", left=STEP * (at + 1), hanging=STEP)),
        *([node("w:rPr", node("w:color", val=colour))] if colour else []),
        ilvl=at,
    )


def _use(form: int, number: int, *changes: Element) -> Element:
    return node("w:num", node("w:abstractNumId", val=form), *changes, numId=number)


def begin(part: Element, level: int, start: int) -> int:
    """Put a numbered list of its own into the part, and give the number that its paragraphs name."""
    number = len(part.findall(qn("w:num"))) + 1
    override = node("w:lvlOverride", node("w:startOverride", val=start), ilvl=level)
    part.append(_use(NUMBERS, number, override))
    return number


def item(number: int, level: int) -> Element:
    """The property of a paragraph that is an item of a list."""
    return node("w:numPr", node("w:ilvl", val=level), node("w:numId", val=number))
