"""The files of ideas/media/ that entries show: pictures scaled to a page's width and freed of what the camera wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from idesluss.artifact import Artifact
from idesluss.kinds.entry import Entry
from idesluss.media import uses
from idesluss.pictures import MEDIA, look_at, usable

if TYPE_CHECKING:
    from PIL.Image import Image

    from idesluss.catalogue import Catalogue

FORMATS: Mapping[str, tuple[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "PNG": ("PNG", {"optimize": True}),
        "JPEG": ("JPEG", {"quality": 85, "optimize": True}),
        "WebP": ("WEBP", {"quality": 85}),
        "AVIF": ("AVIF", {"quality": 75}),
    }
)
"""How each type of picture is written again."""
WIDEST = 1600
ON_ITS_SIDE = 5
"""From this value on, the orientation in a picture's EXIF says that width and height change places."""


def media_files(catalogue: Catalogue) -> Iterator[Artifact]:
    """Every picture and document that a visible entry names and that may be published."""
    for file in sorted(published(catalogue)):
        yield Artifact(f"media/{file}", (f"media:{file}",), partial(publishable, catalogue.root, file))


def published(catalogue: Catalogue) -> frozenset[str]:
    """The files below ideas/media/ that entries of this catalogue name and that may be published."""
    shows = (entry for entry in catalogue.entries.values() if entry.image or entry.body.pictures or entry.body.links)
    named = {(use.file, use.document) for entry in (*shows, *catalogue.of("event")) for use in uses(entry) if use.file}
    most = catalogue.settings.picture_bytes
    return frozenset(file for file, document in named if usable(catalogue.root, file, most, document=document))


def reads(entry: Entry) -> Iterable[str]:
    """The files that the page of an entry shows, as names for `Artifact.reads`."""
    if entry.image or entry.body.pictures or entry.body.links or entry.kind == "event":
        return dict.fromkeys(f"media:{use.file}" for use in uses(entry) if use.file)
    return ()


def publishable(root: Path, file: str) -> bytes:
    """A document as it is; a picture anew in the same format: upright, in sRGB, at most so wide, without metadata."""
    place = root / MEDIA / file
    type_ = look_at(root, file).type
    if type_ not in FORMATS:
        return place.read_bytes()
    from PIL import Image, ImageOps

    format_, options = FORMATS[type_]
    with Image.open(place, formats=(format_,)) as opened:
        picture = ImageOps.exif_transpose(_in_srgb(opened))
    if picture.width > WIDEST:
        picture = picture.resize((WIDEST, _scaled(picture.width, picture.height)), Image.Resampling.LANCZOS)
    if format_ == "JPEG" and picture.mode not in ("RGB", "L"):
        picture = picture.convert("RGB")
    picture.info = {name: value for name, value in picture.info.items() if name == "transparency"}
    out = BytesIO()
    picture.save(out, format_, **options)
    return out.getvalue()


def size(place: Path) -> tuple[int, int]:
    """Width and height of a picture as published."""
    from PIL import Image

    with Image.open(place) as picture:
        width, height = picture.size
        if picture.getexif().get(0x0112, 1) >= ON_ITS_SIDE:
            width, height = height, width
    return (width, height) if width <= WIDEST else (WIDEST, _scaled(width, height))


def _scaled(width: int, height: int) -> int:
    return max(1, round(height * WIDEST / width))


def _in_srgb(picture: Image) -> Image:
    """The picture with the colours that its profile means, so that the profile can go."""
    from PIL import ImageCms

    picture.load()
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "RGBA"):
        return picture
    try:
        meant = ImageCms.ImageCmsProfile(BytesIO(profile))
        turned = ImageCms.profileToProfile(picture, meant, ImageCms.createProfile("sRGB"), outputMode=picture.mode)
    except (ImageCms.PyCMSError, OSError):
        return picture
    return turned or picture
