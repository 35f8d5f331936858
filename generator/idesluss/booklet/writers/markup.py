"""The data of a book as the templates in templates/booklet/ read it: links that lead somewhere, pictures with size."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from types import MappingProxyType
from typing import Any, NamedTuple

from markupsafe import Markup

from idesluss import __version__, templates
from idesluss.booklet.chapters import Data
from idesluss.booklet.edition import Edition
from idesluss.booklet.pictures import name_of

FOLDER = "booklet"
BREAK = "\u200b"
"""Where the typesetter may break a long word; a page does that by itself."""
_TAGS = MappingProxyType({"b": "strong", "i": "em"})
_LOWEST = 6
MADE_WITH = f"idesluss {__version__}, Atkinson Hyperlegible Next"
"""What stands in the colophon of a book that no typesetter set."""
_NAMED = ("programme", "needs", "municipalities", "themes", "organisations")
"""The parts whose rows name examples."""


@dataclass(frozen=True)
class Shape:
    """How a format says where things are."""

    top: int
    """The level of the heading of an example."""
    leads: Callable[[str], str]
    """From the id of an example to what a link to it holds."""
    source: Callable[[str], str]
    """From the name of a file to what `src` holds."""
    files: Mapping[str, bytes]


class Part(NamedTuple):
    """A part of the book beside its examples: the name of its macro, its title, and what it is to reading programs."""

    key: str
    title: str
    kind: str = ""
    role: str = ""

    @property
    def landmark(self) -> str:
        return self.kind if self.kind == "index" else ""


def title(it: Data) -> str:
    """What the book is called; a draft says that it is one."""
    return str(it["words"]["version"] if it["draft"] else it["title"])


def parts(it: Data) -> tuple[list[Part], list[Part]]:
    """The parts before the examples and those after them, without what is empty."""
    words = it["words"]
    opening = words["foreword"] if it["foreword"] else words["committee"]
    front = [Part("foreword", opening, "foreword", "doc-foreword")] if it["foreword"] or it["committee"] else []
    front += [Part("programme", words["programme"])] if it["programme"] else []
    back = [Part("needs", words["needs"])] if it["needs"] else []
    back += [Part(key, words[key], "index", "doc-index") for key in ("municipalities", "themes") if it[key]]
    back += [Part("organisations", words["organisations"])] if it["organisations"] else []
    return front, [*back, Part("about", words["about"], "colophon", "doc-colophon")]


def draw(edition: Edition, template: str, **told: Any) -> Markup:
    """A template of the book with what it is told, in the book's language."""
    found = templates.environment(edition.catalogue.root, edition.language).get_template(f"{FOLDER}/{template}")
    return Markup(found.render(told).strip() + "\n")  # noqa: S704 - all values were escaped by the environment


def font(name: str) -> bytes:
    """A font of the portal, or its licence."""
    return (templates.packaged() / "theme" / "assets" / "fonts" / name).read_bytes()


def prepared(data: Data, shape: Shape) -> Data:
    """The same tree with examples, links and pictures in place of their names."""
    told: Data = _whole(data)
    cases = {
        one["id"]: {"title": one["title"], "language": one["language"], "href": shape.leads(one["id"])}
        for one in told["chapters"]
    }
    for part in _NAMED:
        for row in told[part]:
            for item in row.get("rows", [row]):
                item["cases"] = [cases[id_] for id_ in item["cases"] if id_ in cases]
    for row in told["colophon"]:
        row["value"] = MADE_WITH if row["press"] else row["value"]
    for name in ("cover", "logo"):
        told[name] = _picture(told[name], shape) if told[name] else None
    for one in told["chapters"]:
        one["anchor"], one["href"] = f"case-{one['id']}", shape.leads(one["id"])
        one["picture"] = _picture(one["picture"], shape) if one["picture"] else None
        for part in one["parts"]:
            part["blocks"] = _blocks(part["blocks"], shape, shape.top - 1 if part["title"] else shape.top - 2)
    return told


def _whole(value: Any) -> Any:
    """A copy in which long words are whole."""
    if isinstance(value, str):
        return value.replace(BREAK, "")
    if isinstance(value, dict):
        return {name: _whole(held) for name, held in value.items()}
    return [_whole(held) for held in value] if isinstance(value, list) else value


def _picture(told: Data, shape: Shape) -> Data:
    name = name_of(told["file"])
    width, height = size(shape.files[name])
    return {**told, "src": shape.source(name), "width": width, "height": height}


@cache
def size(picture: bytes) -> tuple[int, int]:
    """Width and height of a picture, in pixels."""
    from PIL import Image

    with Image.open(BytesIO(picture)) as opened:
        return opened.size


def _blocks(parts: Iterable[Data], shape: Shape, deeper: int) -> list[Data]:
    """Blocks with their headings `deeper` than they say."""
    return [_block(one, shape, deeper) for one in parts]


def _block(one: Data, shape: Shape, deeper: int) -> Data:
    kind = one["t"]
    if kind == "h":
        return {**one, "l": min(one["l"] + deeper, _LOWEST), "c": _pieces(one["c"], shape)}
    if kind == "p":
        return {**one, "c": _pieces(one["c"], shape)}
    if kind == "quote":
        return {**one, "c": _blocks(one["c"], shape, deeper)}
    if kind in ("ul", "ol"):
        return {**one, "items": [_item(item, shape, deeper) for item in one["items"]]}
    if kind == "img":
        return _picture(one, shape)
    if kind == "table":
        rows = [[_pieces(cell, shape) for cell in row] for row in one["rows"]]
        return {**one, "head": [_pieces(cell, shape) for cell in one["head"]], "rows": rows}
    return one


def _item(blocks: list[Data], shape: Shape, deeper: int) -> Data:
    """An item of a list: what it says, and what stands below that."""
    first, rest = (blocks[0]["c"], blocks[1:]) if blocks[0]["t"] == "p" else ([], blocks)
    return {"says": _pieces(first, shape), "rest": _blocks(rest, shape, deeper)}


def _pieces(pieces: Iterable[Data], shape: Shape, *, within: bool = False) -> list[Data]:
    """Inline pieces; `within` a link there is no other."""
    made: list[Data] = []
    for one in pieces:
        if "c" not in one:
            made.append(one)
        elif one["t"] != "a":
            made.append({"t": _TAGS.get(one["t"], one["t"]), "c": _pieces(one["c"], shape, within=within)})
        elif within:
            made += _pieces(one["c"], shape, within=True)
        else:
            to = shape.leads(one["to"][1:]) if one["to"].startswith("#") else one["to"]
            made.append({"t": "a", "to": to, "c": _pieces(one["c"], shape, within=True)})
    return made
