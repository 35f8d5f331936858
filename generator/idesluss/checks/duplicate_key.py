"""A field that stands twice.

Only one of the two can count, and nobody can know which one was meant. Keep the right one.

Right:
    stage: test
Wrong:
    stage: test
    stage: pilot
"""

from __future__ import annotations

from idesluss.problem import Severity

CODE = "duplicate-key"
SEVERITY = Severity.ERROR
CLOSES = True
