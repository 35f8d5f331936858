"""The entries of each kind as a table: CSV, and a workbook for Excel and LibreOffice."""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Iterator, Sequence
from functools import cache, partial
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

from pydantic import BaseModel

from idesluss.artifact import Artifact
from idesluss.kinds import BY_NAME, KINDS
from idesluss.outputs.data.columns import Column, Value, columns, rows
from idesluss.outputs.data.record import shapes
from idesluss.outputs.view import View, view_of
from idesluss.translate import gettext as _

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from idesluss.catalogue import Catalogue

SEPARATOR = ";"
"""What Excel expects where the comma stands in decimals."""
MARK = "\ufeff"
"""Tells Excel that the file is UTF-8."""
_FORMULA = re.compile(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""What a program for tables may take for the beginning of a formula; the last four are the wide signs of = + - @."""
_NOT_TEXT = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that a workbook cannot hold."""
LONGEST = 32_767
"""So many characters a cell of Excel holds."""
ROWS = 1_048_576
"""So many rows a sheet of Excel holds."""
MADE = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""The date in every workbook, so that the same entries give the same bytes."""


def table_files(catalogue: Catalogue) -> Iterator[Artifact]:
    """Two files for each kind."""
    view = view_of(catalogue)
    for kind in KINDS:
        reads = (f"kind:{kind.kind}#whole", *_named_kinds(kind.kind))
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
        writer.writerow(["" if value is None else harmless(value) for value in row])
    return out.getvalue().encode()


def harmless(value: str | float) -> str | float:
    """The value as no program for tables runs it."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def as_xlsx(view: View, kind: str) -> bytes:
    """The table as a workbook, with a second sheet that explains the columns. Text is text, whatever it looks like."""
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": view.say.plural(kind), "company": view.settings.owner, "created": MADE})
        head = book.add_format({"bold": True, "num_format": "@"})
        text = book.add_format({"num_format": "@"})
        named = columns(view, kind)
        sheet = book.add_worksheet(view.say.plural(kind)[:31])
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(named) - 1, 24)
        _fill(sheet, 0, [column.name for column in named], head)
        for at, row in enumerate(rows(view, kind), 1):
            if at < ROWS:
                _fill(sheet, at, row, text)
        _explain(book.add_worksheet(_("Columns")), named, head, text)
    return out.getvalue()


def _fill(sheet: Worksheet, at: int, row: Sequence[Value], look: Format) -> None:
    for column, value in enumerate(row):
        if isinstance(value, str):
            sheet.write_string(at, column, _NOT_TEXT.sub("", value)[:LONGEST], look)
        elif value is not None:
            sheet.write_number(at, column, value)


def _explain(sheet: Worksheet, named: Sequence[Column], head: Format, text: Format) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 2, 40)
    _fill(sheet, 0, (_("Column"), _("What it is called"), _("Help")), head)
    for at, column in enumerate(named, 1):
        _fill(sheet, at, column, text)


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
