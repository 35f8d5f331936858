"""A field that this kind of entry does not have.

It is often a slip of the pen. The entry is not published until it is mended, since the misspelt field may have been
the one that keeps it internal. An instance can declare fields of its own in idesluss.yml.

Right:
    visibility: internal
Wrong:
    visiblity: internal
"""

from __future__ import annotations

from idesluss.problem import Severity

CODE = "unknown-field"
SEVERITY = Severity.ERROR
CLOSES = True
