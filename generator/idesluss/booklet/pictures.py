"""The files that a book shows: pictures scaled down and freed of what the camera wrote, and QR codes as drawings."""

from __future__ import annotations

import os
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

import segno

from idesluss.outputs import media
from idesluss.outputs.qr import MASK, QUIET
from idesluss.pictures import look_at

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from idesluss.catalogue import Catalogue

FOLDER, CODES = "pictures", "codes"
QUALITY = 84


@lru_cache(maxsize=2)
def usable_pictures(catalogue: Catalogue) -> frozenset[str]:
    """The pictures of ideas/media/ that this audience may see and that can be shown."""
    found = media.published(catalogue)
    return frozenset(file for file in found if look_at(catalogue.root, file).type in media.FORMATS)


class Scaled:
    """The pictures of a book, each scaled once, in threads of their own while the book is put together."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._several = ThreadPoolExecutor(os.cpu_count())
        self._made: dict[str, Future[bytes]] = {}

    def begin(self, files: Iterable[str]) -> None:
        for file in files:
            if file not in self._made:
                self._made[file] = self._several.submit(jpeg, self._root, file)

    def of(self, files: Iterable[str]) -> dict[str, bytes]:
        """The pictures by the name that the template finds them under."""
        names = sorted(set(files))
        self.begin(names)
        return {name_of(file): self._made[file].result() for file in names}


def name_of(file: str) -> str:
    return f"{FOLDER}/{file}.jpg"


def code_of(id_: str) -> str:
    """The name of the code that leads to an example."""
    return f"{CODES}/{id_}.svg"


def jpeg(root: Path, file: str) -> bytes:
    """A picture as JPEG on white; a PDF holds it as it is."""
    from PIL import Image

    whole = media.plain(root, file, media.WIDEST)
    if whole.mode != "RGB":
        picture = whole.convert("RGBA")
        whole = Image.new("RGB", picture.size, "white")
        whole.paste(picture, mask=picture.getchannel("A"))
    out = BytesIO()
    whole.save(out, format="JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def code(address: str) -> bytes:
    """The address as a QR code (SVG), black on white."""
    out = BytesIO()
    segno.make(address, error="m", mask=MASK, micro=False).save(
        out, kind="svg", border=QUIET, dark="#000", light="#fff", scale=4
    )
    return out.getvalue()
