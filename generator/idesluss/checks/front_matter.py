"""Front matter that cannot be read.

Every entry begins with its fields, between two lines of three hyphens. Here the lines are missing, or what stands
between them is no YAML. The place shown is where the reading stopped; the cause is often just before it.

Right:
    ---
    title: "Fukt: en varning i tid"
    unit: fastighet
    ---
Wrong:
    title: Fukt: en varning i tid
"""

from __future__ import annotations

from idesluss.problem import Severity

CODE = "front-matter"
SEVERITY = Severity.ERROR
CLOSES = True
