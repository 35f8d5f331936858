"""A picture says where it was taken.

Phones write the place into the picture, often to within a few metres, and everybody who downloads it can read it there:
where somebody lives, or which school a child goes to. Save the picture without the place before it is merged. Most
programs have a choice for that when a picture is shared or exported; a screenshot of the picture has no place either.

Right:
    A picture that was exported without location
Wrong:
    A picture that was copied straight from a phone
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss.media_faults import place_of, with_fault
from idesluss.problem import Problem, Severity, text

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

CODE = "picture-location"
SEVERITY = Severity.ERROR
CLOSES = False


def check_all(catalogue: Catalogue) -> Iterator[Problem]:
    for entry, use in with_fault(catalogue, "location"):
        yield Problem(
            entry.path,
            place_of(catalogue, entry, use),
            CODE,
            SEVERITY,
            text("{file} says where it was taken", file=use.file),
            text("export the picture without location, and put that one here instead"),
        )
