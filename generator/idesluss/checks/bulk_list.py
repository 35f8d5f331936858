"""A bulk commit that was taken off its list.

Commits in .git-blame-ignore-revs changed the layout of many files and nothing that counts; they are left out of what
moved and when. A commit that is taken off the list changes the figures of the past, so the list is only added to. Put
the line back.

Right:
    a line added to .git-blame-ignore-revs
Wrong:
    a line taken away
"""

from __future__ import annotations

from idesluss.problem import Severity

CODE = "bulk-list"
SEVERITY = Severity.ERROR
CLOSES = False
