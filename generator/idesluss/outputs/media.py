"""The files of ideas/media/ that entries show: pictures as WebP in three widths, freed of what the camera wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from idesluss.artifact import Artifact
from idesluss.kinds.entry import Entry
from idesluss.media import uses
from idesluss.pictures import MEDIA, doubles, look_at, published_name, usable

if TYPE_CHECKING:
    from PIL.Image import Image

    from idesluss.catalogue import Catalogue

FORMATS: Mapping[str, str] = MappingProxyType({"PNG": "PNG", "JPEG": "JPEG", "WebP": "WEBP", "AVIF": "AVIF"})
"""The types of picture, and what Pillow calls them."""
WIDTHS = (480, 960, 1600)
"""The widths that every picture is published in, in pixels; a smaller picture is not blown up, but has them all too."""
WIDEST = WIDTHS[-1]
WEBP: Mapping[str, Any] = MappingProxyType({"format": "WEBP", "quality": 82, "method": 4})
ON_ITS_SIDE = 5
"""From this value on, the orientation in a picture's EXIF says that width and height change places."""


class Source(NamedTuple):
    """Where a picture lies, for the attributes `src` and `srcset`."""

    src: str
    srcset: str


def source(root: str, file: str) -> Source:
    """A picture for a page from which `root` leads to the top of the site."""
    places = [(f"{root}{quote(address(file, width))}", width) for width in WIDTHS]
    return Source(places[1][0], ", ".join(f"{place} {width}w" for place, width in places))


def address(file: str, width: int) -> str:
    """Where a picture of ideas/media/ lies in the site, at one of the widths: "media/480/foto.jpg.webp"."""
    return f"media/{width}/{published_name(file)}"


def address_of(root: Path, file: str) -> str:
    """Where a link to a file of ideas/media/ leads: a document as it is, a picture at its widest."""
    return address(file, WIDEST) if look_at(root, file).type in FORMATS else f"media/{file}"


def media_files(catalogue: Catalogue) -> Iterator[Artifact]:
    """Every picture and document that a visible entry names and that may be published."""
    for file in sorted(published(catalogue)):
        reads = (f"media:{file}",)
        if look_at(catalogue.root, file).type in FORMATS:
            for width in WIDTHS:
                make = partial(rendition, catalogue.root, file, width)
                yield Artifact(address(file, width), reads, make, timeless=True)
        else:
            yield Artifact(f"media/{file}", reads, (catalogue.root / MEDIA / file).read_bytes)


def published(catalogue: Catalogue) -> frozenset[str]:
    """The files below ideas/media/ that entries of this catalogue name and that may be published.

    Of two that some disk takes for one, only the first is.
    """
    shows = (entry for entry in catalogue.entries.values() if entry.image or entry.body.pictures or entry.body.links)
    named = {(use.file, use.document) for entry in (*shows, *catalogue.of("event")) for use in uses(entry) if use.file}
    most = catalogue.settings.picture_bytes
    files = {file for file, document in named if usable(catalogue.root, file, most, document=document)}
    return frozenset(files - doubles(files).keys())


def reads(entry: Entry) -> Iterable[str]:
    """The files that the page of an entry shows, as names for `Artifact.reads`."""
    if entry.image or entry.body.pictures or entry.body.links or entry.kind == "event":
        return dict.fromkeys(f"media:{use.file}" for use in uses(entry) if use.file)
    return ()


def rendition(root: Path, file: str, width: int) -> bytes:
    """A picture as WebP, as `plain` gives it."""
    out = BytesIO()
    plain(root, file, width).save(out, **WEBP)
    return out.getvalue()


def plain(root: Path, file: str, width: int) -> Image:
    """A picture upright, in sRGB, at most so wide, without metadata; of one that moves the first picture."""
    from PIL import Image, ImageOps

    with Image.open(root / MEDIA / file, formats=(FORMATS[look_at(root, file).type],)) as opened:
        picture = ImageOps.exif_transpose(_in_srgb(opened))
    if picture.mode not in ("RGB", "RGBA"):
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    if picture.width > width:
        picture = picture.resize((width, _scaled(*picture.size, width)), Image.Resampling.LANCZOS)
    picture.info = {}
    return picture


def size(place: Path) -> tuple[int, int]:
    """Width and height of a picture as published at its widest."""
    from PIL import Image

    with Image.open(place) as picture:
        width, height = picture.size
        if picture.getexif().get(0x0112, 1) >= ON_ITS_SIDE:
            width, height = height, width
    return (width, height) if width <= WIDEST else (WIDEST, _scaled(width, height, WIDEST))


def _scaled(width: int, height: int, to: int) -> int:
    return max(1, round(height * to / width))


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
