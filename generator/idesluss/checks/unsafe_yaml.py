"""Front matter that uses YAML's sharp tools.

Tags (!!), aliases that grow without bound, very deep nesting and very long front matter can stop a program or make it
do what nobody asked for. No entry needs them.

Right:
    running_cost: 12000
Wrong:
    running_cost: !!int "12000"
"""

from __future__ import annotations

from idesluss.problem import Severity

CODE = "unsafe-yaml"
SEVERITY = Severity.ERROR
CLOSES = True
