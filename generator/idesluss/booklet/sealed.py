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

    The typesetter knows heads of columns only. It gives each an id, by which the cells name their heads.
    """
    root: Any = document.Root
    ids = pikepdf.NameTree(root.StructTreeRoot.IDTree) if "/IDTree" in root.StructTreeRoot else None
    if ids is None:
        return
    for number, row in enumerate(list(_rows(root.StructTreeRoot))):
        first, *others = _held(row)
        inside = _held(first)
        if first.get("/S") != "/TD" or len(inside) != 1 or _type(inside[0]) != "/Strong":
            continue
        name = pikepdf.String(f"row{number}")
        first.S, first.ID = pikepdf.Name.TH, name
        first.A = _with(first, Scope=pikepdf.Name.Row)
        ids[str(name)] = first
        for cell in others:
            cell.A = _with(cell, Headers=pikepdf.Array([*_headers(cell), name]))


def _rows(node: Any) -> Iterator[Any]:
    """Every row of every table that has cells."""
    for child in _held(node):
        if _type(child) == "/TR":
            if _held(child):
                yield child
        elif _type(child):
            yield from _rows(child)


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
