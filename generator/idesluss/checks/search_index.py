"""The search of the portal could not be made.

`idesluss build` hands the words of all pages to Pagefind, which makes what the browser searches. Where Pagefind is not
installed, or fails, the portal is built without it: the page of the search then leads to the lists of all kinds,
themes, stages, units, goals, sectors and years.

Right:
    pip install "pagefind[extended]"
Wrong:
    a portal whose search finds nothing
"""

from __future__ import annotations

from idesluss.problem import Severity

CODE = "search-index"
SEVERITY = Severity.WARNING
CLOSES = False
