"""An event's booklet cannot be made as it is, or holds something that does not stand as it should.

`idesluss booklet check` and `idesluss booklet make` see it. They name the file, the line and the reason: an example
that the readers may not see, one that its owner has never confirmed, a character that no font has, a picture that
cannot be shown, or a text that does not fit on its two pages. A final edition is refused until the errors are mended; a
draft gets a marked page instead. The other examples are unharmed.

Right:
    last_confirmed: 2026-10    (in the file of an example that the booklet names)
Wrong:
    booklet: {cases: [an-example-that-nobody-has-confirmed]}
"""

from __future__ import annotations

from idesluss.problem import Severity

CODE = "booklet-case"
SEVERITY = Severity.ERROR
CLOSES = False
