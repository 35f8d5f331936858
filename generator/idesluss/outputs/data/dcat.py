"""The open data described for data portals: DCAT-AP 3, as the Swedish profile wants it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from idesluss.artifact import Artifact
from idesluss.kinds import KINDS
from idesluss.kinds.entry import Entry
from idesluss.outputs.data.graph import Literal, Thing, rdf_xml, turtle
from idesluss.outputs.data.json_files import CATALOGUE, FIELDS
from idesluss.outputs.data.record import SCHEMA
from idesluss.outputs.data.tables import table_path
from idesluss.outputs.dates import dates
from idesluss.outputs.feeds.feed import JSON_NAME, NAME
from idesluss.outputs.indexes import SUMMARIES
from idesluss.outputs.linked import LICENCES
from idesluss.outputs.view import View, view_of
from idesluss.translate import gettext as _

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

FILES: tuple[tuple[str, Callable[[Sequence[Thing]], bytes]], ...] = (("dcat.ttl", turtle), ("dcat.rdf", rdf_xml))
EUROPE = "http://publications.europa.eu/resource/authority/"
"""Where the lists of the European Union lie: formats, languages, subjects."""
NO_RIGHTS = "http://creativecommons.org/publicdomain/zero/1.0/"
"""The licence of the description itself, which the Swedish profile decides."""
OWNERS: Mapping[str, str] = MappingProxyType(
    {
        "municipality": "LocalAuthority",
        "region": "RegionalAuthority",
        "state": "NationalAuthority",
        "company": "Company",
        "association": "NonProfitOrganisation",
        "academia": "Academia-ScientificOrganisation",
    }
)
"""What a publisher is, in the words of ADMS."""

Said = list[tuple[str, Literal | str]]


def dcat_files(catalogue: Catalogue) -> Iterator[Artifact]:
    """The description in two formats; of what is internal there is none."""
    if catalogue.audience == "public":
        view = view_of(catalogue)
        for name, write in FILES:
            yield Artifact(name, (*FIELDS, "commit"), partial(_written, write, view))


def _written(write: Callable[[Sequence[Thing]], bytes], view: View) -> bytes:
    return write([*things(view)])


def things(view: View) -> Iterator[Thing]:
    """All that is described: the catalogue, who publishes it, whom to ask, and each set of data with its files."""
    settings = view.settings
    publisher = settings.owner_url or _own(view, "publisher")
    asked = settings.contact and "@" in settings.contact
    common: Said = [
        ("dcterms:publisher", publisher),
        *([("dcat:contactPoint", _own(view, "contact"))] if asked else []),
        ("dcterms:language", _language(view)),
        ("dcterms:accessRights", f"{EUROPE}access-right/PUBLIC"),
        *(("dcat:theme", f"{EUROPE}data-theme/{theme}") for theme in settings.data_themes),
        ("dcat:landingPage", f"{settings.address}{view.address_words['data']}/"),
    ]
    described = [_whole(view, common), *(_table(view, kind, common) for kind in KINDS if view.catalogue.of(kind.kind))]
    yield Thing(
        _own(view, "catalog"),
        "dcat:Catalog",
        [
            *_named(
                view, _("Open data from {portal}").format(portal=settings.name), settings.description or settings.name
            ),
            ("dcterms:publisher", publisher),
            ("dcterms:license", NO_RIGHTS),
            ("dcterms:language", _language(view)),
            ("foaf:homepage", settings.address),
            ("dcat:themeTaxonomy", f"{EUROPE}data-theme"),
            *_day("dcterms:modified", _commit_day(view)),
            *(("dcat:dataset", dataset.address) for dataset, _files in described),
        ],
    )
    yield Thing(
        publisher,
        "foaf:Agent",
        [
            ("foaf:name", Literal(settings.owner)),
            *([("dcterms:type", f"http://purl.org/adms/publishertype/{OWNERS[settings.owner_type]}")]
              if settings.owner_type else []),
            *([("foaf:homepage", settings.owner_url)] if settings.owner_url else []),
        ],
    )  # fmt: skip
    if asked:
        mail = ("vcard:hasEmail", f"mailto:{settings.contact}")
        yield Thing(_own(view, "contact"), "vcard:Organization", [("vcard:fn", Literal(settings.name)), mail])
    yield Thing(settings.address + SCHEMA, "dcterms:Standard", [("dcterms:title", _said(view, "JSON Schema"))])
    for dataset, files in described:
        yield dataset
        yield from files


def _whole(view: View, common: Said) -> tuple[Thing, list[Thing]]:
    """All entries, and what is new among them."""
    title = _("All entries of {portal}").format(portal=view.settings.name)
    about = _("Ideas, needs, good examples and all else that is public, with every public field.")
    files = [
        _file(view, "json", CATALOGUE, "JSON", _("All entries in one file.")),
        _file(view, "atom", NAME, "ATOM", _("The newest entries, as an Atom feed.")),
        _file(view, "jsonfeed", JSON_NAME, "JSON", _("The newest entries, as a JSON Feed.")),
    ]
    conforms = ("dcterms:conformsTo", view.settings.address + SCHEMA)
    files[0] = files[0]._replace(said=[*files[0].said, conforms])
    return _dataset(
        view, "entries", [*_named(view, title, about), *common], view.catalogue.entries.values(), files
    ), files


def _table(view: View, kind: type[Entry], common: Said) -> tuple[Thing, list[Thing]]:
    """The entries of a kind as tables."""
    name, title = kind.kind, view.say.plural(kind.kind)
    files = [
        _file(view, f"{name}-csv", table_path(view, name, "csv"), "CSV", _("A table as text, in UTF-8.")),
        _file(view, f"{name}-xlsx", table_path(view, name, "xlsx"), "XLSX", _("A workbook with explained columns.")),
    ]
    said = [*_named(view, title, _(SUMMARIES[name])), *common]
    return _dataset(view, name, said, view.catalogue.of(name), files), files


def _dataset(view: View, name: str, said: Said, entries: Iterable[Entry], files: list[Thing]) -> Thing:
    known = [dates(view, entry) for entry in entries]
    issued = min((born for born, _changed in known if born), default="")
    changed = max((changed for _born, changed in known), default="")
    return Thing(
        _own(view, name),
        "dcat:Dataset",
        [
            ("dcterms:identifier", Literal(_own(view, name))),
            *said,
            *(("dcat:keyword", _said(view, theme.title.lower())) for theme in view.settings.themes),
            ("dcterms:accrualPeriodicity", f"{EUROPE}frequency/IRREG"),
            *_day("dcterms:issued", issued),
            *_day("dcterms:modified", changed),
            *(("dcat:distribution", file.address) for file in files),
        ],
    )


def _file(view: View, name: str, path: str, format_: str, about: str) -> Thing:
    address = view.settings.address + path
    return Thing(
        _own(view, f"file-{name}"),
        "dcat:Distribution",
        [
            *_named(view, path.rpartition("/")[2], about),
            ("dcat:accessURL", address),
            ("dcat:downloadURL", address),
            ("dcterms:format", f"{EUROPE}file-type/{format_}"),
            ("dcterms:license", LICENCES[view.settings.licence].replace("https:", "http:")),
            ("dcterms:language", _language(view)),
            ("dcatap:availability", f"{EUROPE}planned-availability/STABLE"),
        ],
    )


def _named(view: View, title: str, about: str) -> Said:
    return [("dcterms:title", _said(view, title)), ("dcterms:description", _said(view, about))]


def _own(view: View, name: str) -> str:
    """The address of a thing that is described here."""
    return f"{view.settings.address}dcat.rdf#{name}"


def _said(view: View, words: str) -> Literal:
    return Literal(words, view.settings.language)


def _language(view: View) -> str:
    return f"{EUROPE}language/{'SWE' if view.say.is_swedish else 'ENG'}"


def _day(name: str, day: str) -> Said:
    """A date, as exactly as it is known; nothing if it is not."""
    type_ = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}.get(len(day))
    return [(name, Literal(day, type=type_))] if type_ else []


def _commit_day(view: View) -> str:
    """The day of the commit that is shown; without git, of the newest entry."""
    head = view.catalogue.history.head
    return head.day if head else max((dates(view, entry)[1] for entry in view.catalogue.entries.values()), default="")
