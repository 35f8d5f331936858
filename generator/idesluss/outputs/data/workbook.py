"""A table as a workbook for Excel and LibreOffice: the frame by a library, the many rows by ourselves.

A library that writes cell by cell takes about five times as long, and the rows of all ideas are written anew for every
change of one.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from idesluss.outputs.data.columns import Value

LONGEST = 32_767
"""So many characters a cell of Excel holds."""
ROWS = 1_048_576
"""So many rows a sheet of Excel holds."""
MADE = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""The date in every workbook, so that the same entries give the same bytes."""
TOGETHER = 500
"""So many rows are written at once."""
FIRST_SHEET = "xl/worksheets/sheet1.xml"

_NOT_TEXT = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that a workbook cannot hold."""
_AMISS = re.compile(r"[&<>_\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters for which a text has to be changed before it is written."""
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_SAMPLE = re.compile(r'<row r="2"[^>]*><c r="A2" s="(\d+)".*?</row>', re.DOTALL)
_EXTENT = re.compile(r'<dimension ref="[^"]*"/>')


class Workbook(NamedTuple):
    """What a workbook holds: a sheet of `rows` below their `names`, and one `about` it with what is `explained`."""

    title: str
    company: str
    names: Sequence[str]
    rows: Sequence[Sequence[Value]]
    about: str
    explained: Sequence[Sequence[str]]


def written(told: Workbook) -> bytes:
    """The bytes of the workbook: the same for the same content."""
    out = BytesIO()
    with ZipFile(BytesIO(_frame(told))) as frame, ZipFile(out, "w") as book:
        for part in frame.infolist():
            data = frame.read(part)
            dated = ZipInfo(part.filename, MADE.timetuple()[:6])
            dated.compress_type = ZIP_DEFLATED
            with book.open(dated, "w") as file:
                for piece in _filled(data, told) if part.filename == FIRST_SHEET and told.rows else (data,):
                    file.write(piece)
    return out.getvalue()


def _frame(told: Workbook) -> bytes:
    """The workbook with a sample row in place of all rows."""
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": told.title, "company": told.company, "created": MADE})
        head = book.add_format({"bold": True, "num_format": "@"})
        text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet(told.title[:31])
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(told.names) - 1, 24)
        for column, name in enumerate(told.names):
            sheet.write_string(0, column, name, head)
        if told.rows:
            sheet.write_blank(1, 0, None, text)
        about = book.add_worksheet(told.about)
        about.freeze_panes(1, 0)
        about.set_column(0, 2, 40)
        for at, row in enumerate(told.explained):
            for column, words in enumerate(row):
                about.write_string(at, column, _text(words), text if at else head)
    return out.getvalue()


def _filled(data: bytes, told: Workbook) -> Iterator[bytes]:
    """The XML of the first sheet with all rows, which look like the sample; piece by piece, since it is long."""
    letters = [_letters(number) for number in range(len(told.names))]
    rows = told.rows[: ROWS - 1]
    sheet = _EXTENT.sub(f'<dimension ref="A1:{letters[-1]}{len(rows) + 1}"/>', data.decode(), count=1)
    sample = _SAMPLE.search(sheet)
    assert sample is not None  # noqa: S101 - `_frame` wrote it
    yield sheet[: sample.start()].encode()
    for start in range(0, len(rows), TOGETHER):
        yield "".join(_rows(rows[start : start + TOGETHER], start + 2, letters, sample[1])).encode()
    yield sheet[sample.end() :].encode()


def _rows(rows: Sequence[Sequence[Value]], first: int, letters: Sequence[str], look: str) -> Iterator[str]:
    for number, row in enumerate(rows, first):
        yield f'<row r="{number}">'
        for letter, value in zip(letters, row, strict=True):
            if isinstance(value, str):
                told = value if len(value) < LONGEST and not _AMISS.search(value) else _safe(value)
                cell = f'<c r="{letter}{number}" s="{look}" t="inlineStr"><is><t xml:space="preserve">'
                yield f"{cell}{told}</t></is></c>"
            elif value is not None:
                yield f'<c r="{letter}{number}"><v>{value:.16g}</v></c>'
        yield "</row>"


def _safe(value: str) -> str:
    """A text as it may stand in XML; what would be read as the sign of an escaped character is escaped."""
    told = _ESCAPE.sub("_x005F_", _text(value))
    return told.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _text(value: str) -> str:
    """A text that a cell can hold."""
    return _NOT_TEXT.sub("", value)[:LONGEST]


def _letters(number: int) -> str:
    """The name of a column, counted from 0: A, B … Z, AA."""
    before, last = divmod(number, 26)
    return (_letters(before - 1) if before else "") + chr(65 + last)
