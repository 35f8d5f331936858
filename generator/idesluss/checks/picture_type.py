"""A picture or file is of a kind that is not published.

Pictures are PNG, JPEG, WebP or AVIF; material to download may also be PDF. What counts is what the file holds, and its
name has to end accordingly. SVG and HTML can hold programs that run in the reader's browser. Save a drawing as PNG or
WebP, and a Word or PowerPoint file as PDF.

Right:
    image: {file: fuktvakt.webp, alt: En sensor i ett skoltak}
Wrong:
    image: {file: fuktvakt.svg, alt: En sensor i ett skoltak}
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from idesluss.media import Use
from idesluss.media_faults import place_of, with_fault
from idesluss.pictures import TYPES, look_at
from idesluss.problem import Problem, Severity, Text, text

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

CODE = "picture-type"
SEVERITY = Severity.ERROR
CLOSES = False


def check_all(catalogue: Catalogue) -> Iterator[Problem]:
    for entry, use in with_fault(catalogue, "type"):
        message, hint = _say(use, look_at(catalogue.root, use.file).type)
        yield Problem(entry.path, place_of(catalogue, entry, use), CODE, SEVERITY, message, hint)


def _say(use: Use, kind: str) -> tuple[Text, Text]:
    wanted = TYPES.get(kind)
    if wanted and (use.document or kind != "PDF"):
        name = str(PurePosixPath(use.file).with_suffix(wanted[0]))
        return text("{file} holds {type}, which its name does not say", file=use.file, type=kind), text(
            "call it {name}", name=name
        )
    if use.document:
        hint = text("save it as PDF, PNG, JPEG, WebP or AVIF")
    elif kind == "PDF":
        hint = text("save the page as PNG or JPEG, or link to the PDF")
    else:
        hint = text("save it as PNG or WebP")
    if not kind:
        return text("{file} is no picture that can be read", file=use.file), hint
    return text("{file} holds {type}, which is not published", file=use.file, type=kind), hint
