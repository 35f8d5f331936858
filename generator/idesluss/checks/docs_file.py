"""A file in docs/ that is not published.

The hand-written pages are Markdown, with pictures (PNG, JPEG, WebP, AVIF), PDF and plain text beside them. Symbolic
links, and types that can run when they are opened (HTML, SVG, XML), stay out.

Right:
    docs/karta.png
Wrong:
    docs/karta.svg
"""

from __future__ import annotations

from idesluss.problem import Severity

CODE = "docs-file"
SEVERITY = Severity.ERROR
CLOSES = False
