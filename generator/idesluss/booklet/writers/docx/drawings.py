"""Pictures as they stand in a document, each with its text for those who do not see it, or marked as decoration."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import segno
from lxml import etree
from PIL import Image, ImageDraw, ImageOps

from idesluss.booklet.writers.docx.wordml import EMU, Element, plain
from idesluss.outputs.qr import MASK, QUIET

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<d:decorative xmlns:d="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
_PICTURE = """\
<a:graphic><a:graphicData uri="{p}"><pic:pic>
<pic:nvPicPr><pic:cNvPr id="{id}" name="{name}"/>
<pic:cNvPicPr><a:picLocks noChangeAspect="1"/></pic:cNvPicPr></pic:nvPicPr>
<pic:blipFill><a:blip r:embed="{relation}"/>{cut}<a:stretch><a:fillRect/></a:stretch></pic:blipFill>
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{high}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>
</pic:pic></a:graphicData></a:graphic>"""
_INLINE = """\
<wp:inline {spaces} distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{across}" cy="{high}"/>
<wp:docPr id="{id}" name="{name}"/>
<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>
{picture}</wp:inline>"""
_BEHIND = """\
<wp:anchor {spaces} distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="0" behindDoc="1" locked="1"
 layoutInCell="0" allowOverlap="1"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionH>
<wp:positionV relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionV>
<wp:extent cx="{across}" cy="{high}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>
<wp:docPr id="{id}" name="{name}" descr="">{decorative}</wp:docPr>
<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>
{picture}</wp:anchor>"""
_SPACES = f'xmlns:wp="{_WP}" xmlns:a="{_A}" xmlns:pic="{_P}" xmlns:r="{_R}"'
DOTS = 8
"""So many dots is a module of a code wide and high."""
LOCK = ("#c9c3b4", "#2b7c93", "#9a5b1e", "#e8b06c")
"""The colours of stone, water, wood and lamp."""


@dataclass(frozen=True)
class Box:
    """How large a picture is shown, in twips, and how much of it is cut off above and below, in parts of its height."""

    across: int
    high: int
    cut: float = 0.0


def fitted(picture: bytes, across: int, highest: int) -> Box:
    """A picture as a whole, within these bounds."""
    with Image.open(BytesIO(picture)) as opened:
        wide, high = opened.size
    scale = min(across / wide, highest / high)
    return Box(max(1, round(wide * scale)), max(1, round(high * scale)))


def filling(picture: bytes, across: int, highest: int) -> Box:
    """A picture as wide as this, cut above and below to what is at most so high."""
    with Image.open(BytesIO(picture)) as opened:
        wide, high = opened.size
    whole = max(1, round(high * across / wide))
    return Box(across, min(whole, highest), max(0.0, (1 - highest / whole) / 2))


def inline(relation: str, number: int, box: Box, alt: str) -> Element:
    """A picture in a line of text, with what it shows in words."""
    made = _drawn(_INLINE, relation, number, box)
    made.find(f"{{{_WP}}}docPr").set("descr", plain(alt))
    return made


def behind(relation: str, number: int, box: Box) -> Element:
    """A picture behind the whole page, decoration that no screen reader speaks of."""
    return _drawn(_BEHIND, relation, number, box)


def _drawn(form: str, relation: str, number: int, box: Box) -> Element:
    share = round(box.cut * 100_000)
    held = {
        "relation": relation, "id": number, "name": f"Picture {number}", "spaces": _SPACES, "decorative": _DECORATIVE,
        "p": _P, "across": box.across * EMU, "high": box.high * EMU,
        "cut": f'<a:srcRect t="{share}" b="{share}"/>' if share else "",
    }  # fmt: skip
    return etree.fromstring(form.format(picture=_PICTURE.format(**held), **held).replace("\n", ""))


def code(address: str) -> bytes:
    """The address as a QR code (PNG), black on white."""
    rows = segno.make(address, error="m", mask=MASK, micro=False).matrix
    drawn = Image.frombytes("L", (len(rows[0]), len(rows)), bytes(0 if dark else 255 for row in rows for dark in row))
    whole = ImageOps.expand(drawn, QUIET, fill=255)
    out = BytesIO()
    whole.resize((whole.width * DOTS, whole.height * DOTS), Image.Resampling.NEAREST).convert("1").save(out, "PNG")
    return out.getvalue()


def backdrop(wide: int, high: int, deep: str, boat: int = 3) -> bytes:
    """The cover's page (PNG), so many pixels large: the deep colour, and the lock at its foot, rising to the right."""
    times = 3
    page = Image.new("RGB", (wide * times, high * times), deep)
    draw = ImageDraw.Draw(page)
    stone, water, wood, lamp = LOCK
    across, foot = wide * times, high * times
    one = across / 5
    for at in range(5):
        top = foot - across * (0.05 + 0.022 * at)
        draw.rectangle((one * at, top, one * (at + 1), foot), fill=stone)
        draw.rectangle((one * at, top - 1, one * (at + 1), top + across * 0.04), fill=water)
        if at:
            half = across * 0.005
            draw.rectangle((one * at - half, top - across * 0.014, one * at + half, foot), fill=wood)
    unit = across / 1000
    left, top = one * (boat - 0.5) - 27 * unit, foot - across * (0.05 + 0.022 * (boat - 1)) - 42 * unit
    for colour, points in (
        ("white", ((29, 2), (29, 31), (50, 31))),
        ("white", ((25, 8), (25, 31), (9, 31))),
        (lamp, ((3, 35), (51, 35), (43, 49), (11, 49))),
    ):
        draw.polygon([(left + x * unit, top + y * unit) for x, y in points], fill=colour)
    out = BytesIO()
    page.resize((wide, high), Image.Resampling.BOX).save(out, format="PNG", optimize=True)
    return out.getvalue()
