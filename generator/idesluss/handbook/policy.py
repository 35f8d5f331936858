"""The Content-Security-Policy that a server should send, taken from the one that stands in every page."""

from __future__ import annotations

import re

from idesluss.templates import packaged

IN_PAGE = re.compile(r'http-equiv="Content-Security-Policy" content="(.*?)">')
IN_SOME_PAGES = re.compile(r'\{\{ *"(.*?)" if .*?\}\}')
ONLY_IN_HEADER = "frame-ancestors 'none'"
"""What a page cannot say of itself."""


def policy() -> str:
    """The header. What only some pages allow is in it: the page's own policy still counts there."""
    held = IN_PAGE.search((packaged() / "theme" / "main.html").read_text("utf-8"))
    if held is None:
        raise ValueError("the theme's main.html has no Content-Security-Policy")
    allowed = IN_SOME_PAGES.sub(r"\1", held[1])
    return f"```text\nContent-Security-Policy: {allowed}; {ONLY_IN_HEADER}\n```"
