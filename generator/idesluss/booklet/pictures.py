"""The files that a book shows: pictures scaled down and freed of what the camera wrote, and QR codes as drawings."""

from __future__ import annotations

from functools import lru_cache, partial
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


def pictures(root: Path, files: Iterable[str]) -> dict[str, bytes]:
    """The pictures by the name that the template finds them under."""
    from concurrent.futures import ThreadPoolExecutor

    names = sorted(set(files))
    with ThreadPoolExecutor(2) as several:
        made = several.map(partial(jpeg, root), names)
        return dict(zip(map(name_of, names), made, strict=True))


def name_of(file: str) -> str:
    return f"{FOLDER}/{file}.jpg"


def code_of(id_: str) -> str:
    """The name of the code that leads to an example."""
    return f"{CODES}/{id_}.svg"


def jpeg(root: Path, file: str) -> bytes:
    """A picture as JPEG on white; a PDF holds it as it is."""
    from PIL import Image

    picture = media.plain(root, file, media.WIDEST).convert("RGBA")
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
