"""The finished file: the heads of rows marked, packed tightly, with an id that hangs on its content alone."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf


def sealed(made: bytes) -> bytes:
    """The same document in about half the bytes, its tables with heads of rows."""
    with pikepdf.open(BytesIO(made)) as document:
        mark_heads(document)
        return packed(document)


def packed(document: pikepdf.Pdf) -> bytes:
    """The document's bytes, which are the same for the same content."""
    out = BytesIO()
    document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def mark_heads(document: pikepdf.Pdf) -> None:
    """Mark the first cell of a row, where it is nothing but strong, as what the row is about.

    The typesetter knows heads of columns only. It gives each an id, by which the cells name their heads. Where heads
    would outnumber what they are the heads of, a table is told more quickly without those of rows.
    """
    root: Any = document.Root
    if "/IDTree" not in root.StructTreeRoot:
        return
    ids = pikepdf.NameTree(root.StructTreeRoot.IDTree)
    for number, table in enumerate(list(_below(root.StructTreeRoot, "/Table"))):
        cells = [cell for row in _below(table, "/TR") for cell in _held(row)]
        rows = [row for row in _below(table, "/TR") if _is_headed(row)]
        if 2 * len(rows) + sum(_type(cell) == "/TH" for cell in cells) <= sum(_type(cell) == "/TD" for cell in cells):
            _mark(rows, ids, f"table{number}")


def _is_headed(row: Any) -> bool:
    """Whether the row's first cell is nothing but strong."""
    first = next(iter(_held(row)), None)
    inside = _held(first)
    return _type(first) == "/TD" and len(inside) == 1 and _type(inside[0]) == "/Strong"


def _mark(rows: list[Any], ids: pikepdf.NameTree, table: str) -> None:
    for number, row in enumerate(rows):
        first, *others = _held(row)
        name = pikepdf.String(f"{table}row{number}")
        first.S, first.ID = pikepdf.Name.TH, name
        first.A = _with(first, Scope=pikepdf.Name.Row)
        ids[str(name)] = first
        for cell in others:
            cell.A = _with(cell, Headers=pikepdf.Array([*_headers(cell), name]))


def _below(node: Any, kind: str) -> Iterator[Any]:
    """The elements of this type below another."""
    for child in _held(node):
        if _type(child) == kind:
            yield child
        elif _type(child):
            yield from _below(child, kind)


def _held(node: Any) -> list[Any]:
    children = node.get("/K") if isinstance(node, pikepdf.Dictionary) else None
    if children is None:
        return []
    return list(children) if isinstance(children, pikepdf.Array) else [children]


def _type(node: Any) -> str:
    return str(node.get("/S", "")) if isinstance(node, pikepdf.Dictionary) else ""


def _attributes(cell: Any) -> list[Any]:
    held = cell.get("/A", pikepdf.Array())
    return list(held) if isinstance(held, pikepdf.Array) else [held]


def _headers(cell: Any) -> list[Any]:
    return [head for held in _attributes(cell) if held.get("/O") == "/Table" for head in held.get("/Headers", ())]


def _with(cell: Any, **more: Any) -> pikepdf.Array:
    """The cell's attributes with these among those of a table."""
    kept = [held for held in _attributes(cell) if held.get("/O") != "/Table"]
    table = next((held for held in _attributes(cell) if held.get("/O") == "/Table"), pikepdf.Dictionary(O="/Table"))
    return pikepdf.Array([pikepdf.Dictionary({**table, **{f"/{name}": value for name, value in more.items()}}), *kept])
