"""The manuals of the checks as a page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby

from idesluss.handbook.markdown import plain, sentences, table
from idesluss.manual import Manual, codes, manual
from idesluss.problem import N_, Severity
from idesluss.report.as_text import WORDS
from idesluss.translate import gettext as _

HEAD = (N_("Code"), N_("What it sees"), N_("Severity"), N_("Kept back"))


def all_checks() -> str:
    """A table of all codes, and the manual of each."""
    held = [one for one in map(manual, codes()) if one]
    rows = [
        (
            f"[`{one.code}`](#{one.code})",
            plain(_(one.text).partition("\n")[0]),
            _severity(one),
            _("yes") if one.closes else "",
        )
        for one in held
    ]
    return "\n\n".join([table(HEAD, rows), *(block for one in held for block in _blocks(one))])


def _severity(held: Manual) -> str:
    return _(WORDS[Severity[held.severity.upper()]])


def _blocks(held: Manual) -> Iterator[str]:
    yield f"## {held.code}"
    kept = _("the entry is not published until it is mended") if held.closes else ""
    yield sentences(f"**{_severity(held).capitalize()}**", f"{kept[:1].upper()}{kept[1:]}")
    for indented, lines in groupby(_(held.text).splitlines(), lambda line: line.startswith("    ")):
        block = "\n".join(lines)
        if indented:
            yield f"```text\n{textwrap.dedent(block)}\n```"
        else:
            yield from (plain(" ".join(part.split())) for part in block.split("\n\n") if part.strip())
