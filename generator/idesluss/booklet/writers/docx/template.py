"""The empty document that a book is written into: styles, theme, settings and fonts, with the edition's own look.

They are made of `templates/docx/*.xml`; the instance's own file of the same name wins.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.oxml.ns import nsdecls
from lxml import etree

from idesluss.booklet.writers.docx import embedding
from idesluss.booklet.writers.docx.lists import numbering
from idesluss.booklet.writers.docx.wordml import MM, locale, qn
from idesluss.problem import N_
from idesluss.templates import folders
from idesluss.translate import gettext

if TYPE_CHECKING:
    from idesluss.booklet.edition import Edition

FOLDER = "docx"
SMALLER = 9.5 / 11
"""The letters of A5 beside those of A4."""
LONG_TITLES = ((60, 0.66), (36, 0.82))
"""Of more letters than this, a title is so much smaller."""
ROLES = {
    "text1": "dk1", "background1": "lt1", "text2": "dk2", "background2": "lt2",
    "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip
"""Where a colour stands in the theme, where its name there is another."""
OWN_STYLES = (
    N_("Cover line"), N_("Cover kind"), N_("Index line"), N_("Mark"), N_("Lead"), N_("Picture"), N_("Fact"),
    N_("Fact beside"), N_("Aside"), N_("Number"), N_("Must be kept"), N_("May change"), N_("Contact box"),
    N_("Cannot be set"), N_("Code"), N_("Booklet table"), N_("Cell"), N_("Gap"),
)  # fmt: skip
"""The names of the styles that are not Word's, as those who edit the book see them."""
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def template(edition: Edition) -> bytes:
    """The document without content, as a file. Raises ValueError where a template is no XML."""
    root = edition.catalogue.root
    theme = _theme(edition)
    parts = {
        "word/document.xml": etree.fromstring(f"<w:document {nsdecls('w', 'r')}><w:body/></w:document>"),
        "word/styles.xml": _styles(edition, theme),
        "word/settings.xml": _settings(edition),
        "word/numbering.xml": numbering(
            edition.told.colours.accent.removeprefix("#").upper(), small=edition.paper == "a5"
        ),
        "word/theme/theme1.xml": theme,
        "word/fontTable.xml": _read(root, "fonts.xml"),
        "docProps/core.xml": etree.fromstring(
            f"<cp:coreProperties {nsdecls('cp', 'dc', 'dcterms', 'xsi')}></cp:coreProperties>"
        ),
    }
    embedded = embedding.embedded(root, parts["word/fontTable.xml"])
    written = {name: etree.tostring(tree, encoding="UTF-8", standalone=True) for name, tree in parts.items()}
    return _packed({**written, **embedded})


def _read(root: Path, name: str) -> Any:
    """A template of the instance or the program; it can name nothing outside itself."""
    for folder in folders(root):
        place = folder / FOLDER / name
        if place.is_file() and not place.is_symlink():
            careful = etree.XMLParser(
                resolve_entities=False, no_network=True, remove_blank_text=True, remove_comments=True
            )
            try:
                return etree.fromstring(place.read_bytes(), careful)
            except etree.XMLSyntaxError as error:
                raise ValueError(f"templates/{FOLDER}/{name}: {error}") from error
    raise ValueError(f"templates/{FOLDER}/{name} is missing")


def _theme(edition: Edition) -> Any:
    theme, colours = _read(edition.catalogue.root, "theme.xml"), edition.told.colours
    for role, colour in (("dk2", colours.deep), ("accent1", colours.accent)):
        _colour(theme, role).set("val", colour.removeprefix("#").upper())
    return theme


def _colour(theme: Any, role: str) -> Any:
    found = theme.find(f".//{_A}{role}/{_A}srgbClr")
    if found is None:
        raise ValueError(f"templates/{FOLDER}/theme.xml has no colour {role}")
    return found


def _styles(edition: Edition, theme: Any) -> Any:
    """The styles in the edition's language, colours and size."""
    styles = _read(edition.catalogue.root, "styles.xml")
    for lang in styles.iter(qn("w:lang")):
        lang.set(qn("w:val"), locale(edition.language))
    for name in styles.iter(qn("w:name")):
        if name.get(qn("w:val")) in OWN_STYLES:
            name.set(qn("w:val"), gettext(name.get(qn("w:val"))))
    for role, shown in (("themeColor", "color"), ("themeFill", "fill")):
        for one in styles.xpath(f"//*[@w:{role}]", namespaces=styles.nsmap):
            place = one.get(qn(f"w:{role}"))
            name = "val" if one.tag == qn("w:color") else shown
            one.set(qn(f"w:{name}"), _colour(theme, ROLES.get(place, place)).get("val"))
    _fit_title(styles, edition)
    width = text_width(edition)
    for stop in styles.xpath("//w:tab[@w:val='right']", namespaces=styles.nsmap):
        stop.set(qn("w:pos"), str(width))
    if edition.paper == "a5":
        _shrink(styles)
    return styles


def _fit_title(styles: Any, edition: Edition) -> None:
    """A long title is set smaller."""
    share = next((share for letters, share in LONG_TITLES if len(edition.title) > letters), 1.0)
    for size in styles.xpath(
        "//w:style[@w:styleId='Title']//w:sz | //w:style[@w:styleId='Title']//w:szCs", namespaces=styles.nsmap
    ):
        size.set(
            qn("w:val"), str(round(int(size.get(qn("w:val"))) * share * (1 if edition.paper == "a4" else SMALLER)))
        )


def _shrink(styles: Any) -> None:
    """All letters and gaps as they fit the small page."""
    measures = [
        (styles.iter(qn("w:sz"), qn("w:szCs")), ("val",)),
        (styles.iter(qn("w:spacing")), ("before", "after")),
        (styles.xpath("//w:tab[@w:val='left']", namespaces=styles.nsmap), ("pos",)),
        (styles.iter(qn("w:ind")), ("left", "hanging")),
    ]
    for found, names in measures:
        for one in found:
            for name in names:
                if one.get(qn(f"w:{name}")):
                    one.set(qn(f"w:{name}"), str(round(int(one.get(qn(f"w:{name}"))) * SMALLER)))


def _settings(edition: Edition) -> Any:
    settings = _read(edition.catalogue.root, "settings.xml")
    for lang in settings.iter(qn("w:themeFontLang")):
        lang.set(qn("w:val"), locale(edition.language))
    return settings


def page(edition: Edition) -> tuple[int, int]:
    """How wide and high the paper is, in twips."""
    return (round(210 * MM), round(297 * MM)) if edition.paper == "a4" else (round(148 * MM), round(210 * MM))


def margin(edition: Edition) -> int:
    """The margin at the sides, in twips: the lines are as long as they are read well."""
    return round((28 if edition.paper == "a4" else 16) * MM)


def text_width(edition: Edition) -> int:
    """How wide the text is, in twips."""
    return page(edition)[0] - 2 * margin(edition)


def _packed(parts: dict[str, bytes]) -> bytes:
    """The parts as a file, with the lists of what they are and how they hang together."""
    kinds = {
        "word/document.xml": (CONTENT_TYPE.WML_DOCUMENT_MAIN, ""),
        "docProps/core.xml": (CONTENT_TYPE.OPC_CORE_PROPERTIES, ""),
        "word/styles.xml": (CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES),
        "word/settings.xml": (CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS),
        "word/numbering.xml": (CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING),
        "word/theme/theme1.xml": (CONTENT_TYPE.OFC_THEME, RELATIONSHIP_TYPE.THEME),
        "word/fontTable.xml": (CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE),
    }
    types = etree.fromstring(f'<Types xmlns="{_TYPES}"/>')
    for ending, kind in (
        ("rels", CONTENT_TYPE.OPC_RELATIONSHIPS),
        ("xml", CONTENT_TYPE.XML),
        ("odttf", embedding.KIND),
    ):
        etree.SubElement(types, f"{{{_TYPES}}}Default", Extension=ending, ContentType=kind)
    for name, (kind, _relation) in kinds.items():
        etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=kind)
    whole = [
        ("word/document.xml", RELATIONSHIP_TYPE.OFFICE_DOCUMENT),
        ("docProps/core.xml", RELATIONSHIP_TYPE.CORE_PROPERTIES),
    ]
    within = [(name.removeprefix("word/"), relation) for name, (_kind, relation) in kinds.items() if relation]
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("[Content_Types].xml", etree.tostring(types))
        file.writestr("_rels/.rels", _relations(whole))
        file.writestr("word/_rels/document.xml.rels", _relations(within))
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def _relations(targets: list[tuple[str, str]]) -> bytes:
    made = etree.fromstring(f'<Relationships xmlns="{_RELATIONSHIPS}"/>')
    for number, (target, kind) in enumerate(targets, 1):
        etree.SubElement(made, f"{{{_RELATIONSHIPS}}}Relationship", Id=f"rId{number}", Type=kind, Target=target)
    return etree.tostring(made)
