"""The fonts of a document in its file, so that it looks the same where they are not installed."""

from __future__ import annotations

import struct
import uuid
from pathlib import Path
from typing import Any

from lxml import etree

from idesluss.booklet.writers.docx.wordml import node, qn
from idesluss.typeset import fonts

KIND = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
FACES = ("Regular", "Bold", "Italic", "BoldItalic")
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RESTRICTED = 0x0002
"""A font that says this of itself may not be put into a document."""
_FONT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"


def embedded(root: Path, table: Any) -> dict[str, bytes]:
    """The fonts of the table that we have, as they lie in a document, and what tells of them."""
    made: dict[str, bytes] = {}
    relations = etree.fromstring(f'<Relationships xmlns="{RELATIONSHIPS}"/>')
    for font in table.iter(qn("w:font")):
        for face in FACES:
            name = f"{font.get(qn('w:name')).replace(' ', '')}-{face}.ttf"
            found = next((place / name for place in fonts.places(root) if (place / name).is_file()), None)
            data = found.read_bytes() if found and not found.is_symlink() else b""
            if not data or _rights(data) & _RESTRICTED:
                continue
            key, id_ = uuid.uuid5(uuid.NAMESPACE_URL, name), f"rId{len(made) + 1}"
            part = f"fonts/font{len(made) + 1}.odttf"
            made[f"word/{part}"] = _obfuscated(data, key)
            embed = node(f"w:embed{face}", fontKey=f"{{{str(key).upper()}}}")
            embed.set(qn("r:id"), id_)
            font.append(embed)
            etree.SubElement(relations, f"{{{RELATIONSHIPS}}}Relationship", Id=id_, Type=_FONT, Target=part)
    return {**made, "word/_rels/fontTable.xml.rels": etree.tostring(relations)} if made else {}


def _rights(font: bytes) -> int:
    """What a font says of being put into documents: fsType of its table OS/2. One that says nothing forbids it."""
    (count,) = struct.unpack_from(">H", font, 4)
    for entry in range(count):
        tag, _sum, start, _length = struct.unpack_from(">4sIII", font, 12 + 16 * entry)
        if tag == b"OS/2":
            return int(struct.unpack_from(">H", font, start + 8)[0])
    return _RESTRICTED


def _obfuscated(font: bytes, key: uuid.UUID) -> bytes:
    """A font as the format wants it (ECMA-376, part 4, 2.8.1): its first 32 bytes crossed with the key, from behind."""
    mask = key.bytes[::-1] * 2
    return bytes(one ^ other for one, other in zip(font[:32], mask, strict=True)) + font[32:]
