"""A commit that was on the main line is not there any more.

Every date and every figure hangs on the line of commits of the main branch. Where somebody rewrote it, or pulled with
commits of their own and pushed the result, what was told before can no longer be recomputed. Ask whoever did it. If
it was meant, such as taking out personal data, say so with --accept. Protect the branch, and pull with --rebase.

Right:
    git pull --rebase
Wrong:
    git push --force
"""

from __future__ import annotations

from idesluss.problem import Severity

CODE = "rewritten-history"
SEVERITY = Severity.ERROR
CLOSES = False
