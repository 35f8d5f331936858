"""Two adoptions of one example by the same unit or organisation, and the older one is not ended.

Whoever tells twice is still one place: figures and pages count the one that was confirmed last. An adoption is kept up
to date in its own file, and git remembers what stood there before. Make a new file only where the first use has ended
and a new one began.

Right:
    ideas/adoptions/skolan-provar-givare.md    (phase: ended, confirmed: 2025-06-09)
    ideas/adoptions/skolan-provar-igen.md      (phase: first, confirmed: 2026-10-30)
Wrong:
    ideas/adoptions/skolan-provar-givare.md    (phase: first, confirmed: 2025-06-09)
    ideas/adoptions/skolan-har-givare.md       (phase: in_use, confirmed: 2026-10-30)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss.kinds.adoption import Adoption
from idesluss.measures.terms import newest_words
from idesluss.problem import Problem, Severity, text

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

CODE = "repeated-adoption"
SEVERITY = Severity.WARNING
CLOSES = False


def check_all(catalogue: Catalogue) -> Iterator[Problem]:
    adoptions = [entry for entry in catalogue.of("adoption") if isinstance(entry, Adoption)]
    newest = {(one.case, one.by): one for one in newest_words(adoptions)}
    for adoption in adoptions:
        last = newest[adoption.case, adoption.by]
        if adoption is not last and adoption.phase != "ended":
            yield Problem(
                adoption.path,
                catalogue.place(adoption, "phase"),
                CODE,
                SEVERITY,
                text(
                    "{by} tells of {case} again in {path}, and only that counts",
                    by=adoption.by,
                    case=adoption.case,
                    path=last.path,
                ),
                text("keep one file up to date, or write `phase: ended` here if this use was over before the new one"),
            )
