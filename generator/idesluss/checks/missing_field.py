"""A field that has to be there and is not.

Each kind asks for a few fields from the start; an idea for its title, its unit and its problem. The place shown is the
line that closes the front matter, or the empty field.

Right:
    title: Varna för fukt
    unit: fastighet
Wrong:
    title: Varna för fukt
"""

from __future__ import annotations

from idesluss.problem import Severity

CODE = "missing-field"
SEVERITY = Severity.ERROR
CLOSES = True
