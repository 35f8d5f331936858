"""The entries of each kind as a table: CSV, and a workbook for Excel and LibreOffice."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache, partial
from io import StringIO
from typing import TYPE_CHECKING

from pydantic import BaseModel

from idesluss.artifact import Artifact
from idesluss.kinds import BY_NAME, KINDS
from idesluss.outputs.data.columns import columns, rows
from idesluss.outputs.data.record import shapes
from idesluss.outputs.data.workbook import Workbook, written
from idesluss.outputs.view import View, view_of
from idesluss.translate import gettext as _

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

SEPARATOR = ";"
"""What Excel expects where the comma stands in decimals."""
MARK = "\ufeff"
"""Tells Excel that the file is UTF-8."""
_FORMULA = re.compile(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""What a program for tables may take for the beginning of a formula; the last four are the wide signs of = + - @."""


def table_files(catalogue: Catalogue) -> Iterator[Artifact]:
    """Two files for each kind."""
    view = view_of(catalogue)
    for kind in KINDS:
        reads = (f"kind:{kind.kind}#fields", *_named_kinds(kind.kind))
        for ending, make in (("csv", as_csv), ("xlsx", as_xlsx)):
            yield Artifact(table_path(view, kind.kind, ending), reads, partial(make, view, kind.kind))


def table_path(view: View, kind: str, ending: str) -> str:
    """Where a table lies, such as "oppna-data/ideer.csv"."""
    return f"{view.address_words['data']}/{view.catalogue.word(kind)}.{ending}"


def as_csv(view: View, kind: str) -> bytes:
    """The table as text. What looks like a formula has an apostrophe before it."""
    out = StringIO()
    out.write(MARK)
    writer = csv.writer(out, delimiter=SEPARATOR, lineterminator="\r\n")
    writer.writerow([column.name for column in columns(view, kind)])
    for row in rows(view, kind):
        writer.writerow([harmless(value) if isinstance(value, str) else value for value in row])
    return out.getvalue().encode()


def harmless(text: str) -> str:
    """The text as no program for tables runs it."""
    return f"'{text}" if _FORMULA.match(text) else text


def as_xlsx(view: View, kind: str) -> bytes:
    """The table as a workbook, with a second sheet that explains the columns. Text is text, whatever it looks like."""
    named = columns(view, kind)
    told = Workbook(
        title=view.say.plural(kind),
        company=view.settings.owner,
        names=[column.name for column in named],
        rows=rows(view, kind),
        about=_("Columns"),
        explained=[(_("Column"), _("What it is called"), _("Help")), *named],
    )
    return written(told)


@cache
def _named_kinds(kind: str) -> tuple[str, ...]:
    """The kinds whose entries a row may name: it names only those that can be seen."""
    return tuple(f"kind:{name}" for name in sorted(_targets(BY_NAME[kind])))


def _targets(model: type[BaseModel]) -> set[str]:
    found: set[str] = set()
    for shape in shapes(model):
        found.update(shape.kinds)
        found |= _targets(shape.part) if shape.part else set()
    return found
