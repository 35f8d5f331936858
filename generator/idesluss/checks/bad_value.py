"""A value that does not fit its field.

The message says what was written and what the field takes: a date as YYYY-MM-DD, one of a few words, a whole number
without spaces, or a list.

Right:
    stage: test
    review_by: 2027-02-01
Wrong:
    stage: testing
    review_by: 1 februari
"""

from __future__ import annotations

from idesluss.problem import Severity

CODE = "bad-value"
SEVERITY = Severity.ERROR
CLOSES = True
