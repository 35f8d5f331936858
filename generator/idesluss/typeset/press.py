"""The press: sets one template with its data in a fresh folder, and gives the bytes or why there are none."""

from __future__ import annotations

import datetime
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from idesluss.templates import folders, packaged
from idesluss.typeset import fonts

if TYPE_CHECKING:
    from typst import Fonts

Files = Mapping[str, bytes | Path]
Standard = Literal["1.7", "2.0", "a-2a", "a-2u", "a-3a", "ua-1"]

TEMPLATES, ENDING = "typeset", ".typ"
DATA = "data.json"
_NO_FILES: Files = MappingProxyType({})
_TINTS = dict.fromkeys((*range(0x1F3FB, 0x1F400), 0x20E3))
_ACCESSIBLE: tuple[Standard, ...] = ("ua-1", "a-2a")

_PICTURE = """
#set page(width: {width}pt, height: {height}pt, margin: 0pt, fill: white)
#block(width: 100%, height: 100%, breakable: false, picture(json(bytes(sys.inputs.data))))
"""
"""A picture is one page, whatever the template does: a second one would need other threads, see `_first`."""


class Size(NamedTuple):
    """How large a picture is, in pixels."""

    width: int
    height: int


class Unset(NamedTuple):
    """Why something could not be set: the reason in the typesetter's words, and what might help."""

    reason: str
    hints: tuple[str, ...] = ()


def png(root: Path, template: str, data: Any, size: Size, files: Files = _NO_FILES) -> bytes | Unset:
    """A picture of the data: what the template's function `picture` makes of it. May be made in a forked process.

    The template is one file. Beside the data it finds the `files`, or if it is given none, the program's own templates.
    """
    try:
        source = _templates(root)[template + ENDING]
        main = source + _PICTURE.format(width=size.width, height=size.height).encode()
        how = {"format": "png", "ppi": 72, "sys_inputs": {"data": _told(data)}}
        if not files:
            return _set(root, main, str(packaged() / TEMPLATES), how)
        with _desk(files) as folder:
            return _set(root, main, folder, how)
    except KeyError:
        return Unset(f"template {template} not found")
    except (OSError, ValueError) as error:
        return Unset(str(error))


def pdf(
    root: Path,
    template: str,
    data: Any,
    files: Files = _NO_FILES,
    *,
    made: datetime.datetime,
    standards: tuple[Standard, ...] = _ACCESSIBLE,
) -> bytes | Unset:
    """A document of the data: the template as a whole, which reads `json("data.json")`. `made` stands in the file.

    It is not made in a process that was forked from one that has set something.
    """
    if _first() != os.getpid():
        return Unset("a document is not set in a forked process")
    main = f'#include "{template}{ENDING}"\n'.encode()
    try:
        with _desk({**files, **_templates(root), DATA: _told(data).encode()}) as folder:
            how = {"format": "pdf", "pdf_standards": list(standards), "timestamp": made}
            return _set(root, main, folder, how)
    except (OSError, ValueError) as error:
        return Unset(str(error))


def pages(
    root: Path, template: str, data: Any, files: Files = _NO_FILES, *, dots: int = 110
) -> tuple[bytes, ...] | Unset:
    """Pictures of a document's pages (PNG), so many dots to the inch. Like `pdf`, not made in a forked process."""
    if _first() != os.getpid():
        return Unset("a document is not set in a forked process")
    main = f'#include "{template}{ENDING}"\n'.encode()
    try:
        with _desk({**files, **_templates(root), DATA: _told(data).encode()}) as folder:
            done = _press(root, main, folder, {"format": "png", "ppi": dots})
    except (OSError, ValueError) as error:
        return Unset(str(error))
    return (done,) if isinstance(done, bytes) else done if isinstance(done, Unset) else tuple(done)


def _told(data: Any) -> str:
    """The data as JSON, without signs that only tint or frame the emoji before them: alone they are ugly boxes."""
    return json.dumps(data, ensure_ascii=False).translate(_TINTS)


def _set(root: Path, main: bytes, folder: str, how: Mapping[str, Any]) -> bytes | Unset:
    """What the typesetter makes of `main`, in one file."""
    done = _press(root, main, folder, how)
    return done if isinstance(done, (bytes, Unset)) else Unset("it takes more than one page")


def _press(root: Path, main: bytes, folder: str, how: Mapping[str, Any]) -> bytes | list[bytes] | Unset:
    """What the typesetter makes of `main`, the text of a template that reads nothing but what is in the folder."""
    import typst

    _first()
    try:
        nothing = f"{folder}/.packages"  # none come with the program, and none are fetched
        press = typst.Compiler(
            main,
            root=folder,
            font_paths=_fonts(root),
            ignore_system_fonts=True,
            package_path=nothing,
            package_cache_path=nothing,
        )
        return press.compile(**how) or Unset("it has no page")
    except typst.TypstError as error:
        return Unset(error.message, tuple(error.hints))


@contextmanager
def _desk(files: Files) -> Iterator[str]:
    """A fresh folder with the files, for as long as it is needed."""
    with tempfile.TemporaryDirectory(prefix="idesluss-") as made:
        for name, content in files.items():
            _lay(Path(made), name, content)
        yield made


def _lay(folder: Path, name: str, content: bytes | Path) -> None:
    """Put a file into the folder; what is copied must be a plain file, and stay within the folder."""
    place = folder / name
    if not place.resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"{name} is outside the folder")
    if isinstance(content, Path):
        handle = os.open(content, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as file:
            content = file.read()
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)


def _templates(root: Path) -> Mapping[str, bytes]:
    """The templates of the typesetter by name; the instance's own file of the same name wins."""
    found: dict[str, bytes] = {}
    for folder in reversed(folders(root)):
        for path in sorted((folder / TEMPLATES).glob(f"*{ENDING}")):
            if path.is_file() and not path.is_symlink():
                text = path.read_bytes()
                if b'"@' in text:
                    raise ValueError(f"{path.name} asks for a package, which would be fetched from the network")
                found[path.name] = text
    return found


@cache
def _fonts(root: Path) -> Fonts:
    """The fonts, looked through once."""
    import typst

    within = fonts.places(root)
    linked = [path.name for folder in within for path in folder.rglob("*") if path.is_symlink()]
    if linked:
        raise ValueError(f"{linked[0]} is a link, and no font")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(map(str, within)))


@cache
def _first() -> int:
    """The process that set something first.

    The typesetter makes the pages of a document on threads of its own. A process forked afterwards has none of these,
    and would wait for them forever.
    """
    return os.getpid()
