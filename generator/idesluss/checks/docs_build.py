"""Something that MkDocs says while it builds the pages of docs/.

MkDocs builds the hand-written pages and tells what it stumbles over, such as a link to a page that is not there. The
message is its own. `idesluss build` and `serve` show it. `check` does not run MkDocs, since a change that is to be
judged may bring code for it.

Right:
    [Så går det till](sa-gar-det-till.md)
Wrong:
    [Så går det till](sa-gar-det-til.md)
"""

from __future__ import annotations

from idesluss.problem import Severity

CODE = "docs-build"
SEVERITY = Severity.WARNING
CLOSES = False
