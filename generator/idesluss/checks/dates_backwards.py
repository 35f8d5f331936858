"""A commit whose day is before that of the commit which it follows.

Days come from the clock of whoever commits. Where that clock was wrong, times between steps are wrong too, and a
figure for a past day may take another commit than people saw that day. The past stays as it is; set the clock right.
Merging on the web page of the host takes the host's clock.

Right:
    2027-03-01, then 2027-03-02
Wrong:
    2027-03-01, then 2026-03-02
"""

from __future__ import annotations

from idesluss.problem import Severity

CODE = "dates-backwards"
SEVERITY = Severity.ERROR
CLOSES = False
