"""The description for data portals: it conforms to DCAT-AP, and to what the Swedish profile adds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyshacl
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, XSD, Namespace

from conftest import GitInstance
from idesluss.outputs.data.graph import iri
from test_build import build, tree
from test_outputs import CASE, UNIT, artifacts, plain, read, small

__all__ = ["small"]

Small = Callable[..., Path]
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
SHAPES = Path(__file__).parent / "shapes" / "dcat-ap.ttl"
CONTACT = "contact: idesluss@exempelstad.example\nowner_type: municipality\nowner_url: https://exempelstad.example/\n"


def graph(data: bytes, format_: str = "turtle") -> Graph:
    return Graph().parse(data=data, format=format_)


def described(root: Path) -> Graph:
    data = artifacts(read(root))["dcat.ttl"].make()
    assert isinstance(data, bytes)
    return graph(data)


@pytest.fixture
def told(small: Small) -> Graph:
    return described(small({"idesluss.yml": plain() + CONTACT}))


def conforms(data: Graph) -> tuple[bool, str]:
    holds, _report, text = pyshacl.validate(data, shacl_graph=Graph().parse(SHAPES))
    return holds, text


def test_description_conforms_to_dcat_ap(told: Graph) -> None:
    assert conforms(told) == (True, conforms(told)[1])


def test_the_shapes_would_find_a_fault(told: Graph) -> None:
    """Without the title of a set of data, or with a licence that is text, it does not conform."""
    dataset = next(iter(told.subjects(RDF.type, DCAT.Dataset)))
    told.remove((dataset, DCTERMS.title, None))
    file = next(iter(told.subjects(RDF.type, DCAT.Distribution)))
    told.set((file, DCTERMS.license, Literal("fritt")))
    holds, text = conforms(told)
    assert not holds
    assert "dct:title" in text
    assert "dct:license" in text


def test_both_formats_say_the_same(small: Small) -> None:
    """Also with signs that each of them has to write in its own way."""
    hostile = '"Slussen" \\\\ & <b>å</b> 🌧'
    settings = plain().replace("name: Idéslussen", f"name: '{hostile}'").replace("Exempelstad", "A & B <c>")
    settings += "owner_url: https://a.example/?a=1&b=2\n"
    made = artifacts(read(small({"idesluss.yml": settings})))
    first, second = (made[name].make() for name in ("dcat.ttl", "dcat.rdf"))
    assert isinstance(first, bytes)
    assert isinstance(second, bytes)
    assert isomorphic(graph(first), graph(second, "xml"))
    assert conforms(graph(second, "xml"))[0]


def test_description_is_as_the_swedish_profile_wants(told: Graph) -> None:
    """What DCAT-AP-SE adds; each rule stands in docs/handbok/oppna-data.md."""
    catalog = next(iter(told.subjects(RDF.type, DCAT.Catalog)))
    datasets, files = set(told.subjects(RDF.type, DCAT.Dataset)), set(told.subjects(RDF.type, DCAT.Distribution))
    publisher = told.value(catalog, DCTERMS.publisher)
    assert told.value(catalog, DCTERMS.license) == URIRef("http://creativecommons.org/publicdomain/zero/1.0/")
    for one in (catalog, *datasets):
        for name in (DCTERMS.title, DCTERMS.description):
            (words,) = told.objects(one, name)
            assert isinstance(words, Literal)
            assert words.language == "sv"
        assert told.value(one, DCTERMS.publisher) == publisher
    assert publisher == URIRef("https://exempelstad.example/")
    assert told.value(publisher, FOAF.name) == Literal("Exempelstad")
    assert told.value(publisher, DCTERMS.type) == URIRef("http://purl.org/adms/publishertype/LocalAuthority")
    for one in datasets:
        contact = told.value(one, DCAT.contactPoint)
        assert contact != publisher
        assert (contact, RDF.type, VCARD.Organization) in told
        assert told.value(contact, VCARD.hasEmail) == URIRef("mailto:idesluss@exempelstad.example")
        assert str(told.value(one, DCTERMS.accessRights)).endswith("access-right/PUBLIC")
        assert "/authority/data-theme/" in str(told.value(one, DCAT.theme))
        assert list(told.objects(one, DCAT.distribution))
    assert {file for one in datasets for file in told.objects(one, DCAT.distribution)} == files
    for one in files:
        assert told.value(one, DCTERMS.license) == URIRef("http://creativecommons.org/licenses/by/4.0/")
        assert told.value(one, DCAT.accessURL)
        assert "/authority/file-type/" in str(told.value(one, DCTERMS.format))
        assert told.value(one, DCAT.mediaType) is None, "the profile uses the format alone"
    assert not list(told.subjects(RDF.type, DCAT.CatalogRecord)), "the profile does not allow them"
    assert all(isinstance(subject, URIRef) for subject in told.subjects()), "harvesters want no nameless things"


def test_every_file_that_is_named_is_there(small: Small) -> None:
    root = small()
    there = {f"https://idesluss.example/{path}" for path in artifacts(read(root))}
    named = {str(address) for address in described(root).objects(None, DCAT.downloadURL)}
    assert len(named) > 8
    assert named <= there


def test_without_a_contact_or_entries_it_still_conforms(small: Small) -> None:
    files = dict.fromkeys(("ideas/needs/fukt.md", "ideas/2026/fuktvakt.md", "ideas/cases/givare.md"))
    small()
    told = described(small(files))
    assert conforms(told)[0]
    assert not list(told.subjects(RDF.type, VCARD.Organization))
    sets = {str(one).partition("#")[2] for one in told.subjects(RDF.type, DCAT.Dataset)}
    assert sets == {"entries", "unit"}, "of the others there is nothing"


def test_who_to_ask_is_told_by_an_address_only(small: Small) -> None:
    told = described(
        small({"idesluss.yml": plain() + CONTACT.replace("idesluss@exempelstad.example", "Kontaktcenter")})
    )
    assert conforms(told)[0]
    assert not list(told.subjects(RDF.type, VCARD.Organization))


def test_there_is_none_of_an_internal_portal(small: Small) -> None:
    made = artifacts(read(small(), audience="internal"))
    assert not {"dcat.ttl", "dcat.rdf"} & set(made)


def test_dates_come_from_the_commits(git_instance: GitInstance, tmp_path: Path) -> None:
    """The catalogue has the day of the commit, a set of data the day of its last change; no clock is asked."""
    git_instance.commit({"ideas/units/a.md": UNIT.format("A")}, "2026-01-02")
    git_instance.commit({"ideas/units/b.md": UNIT.format("B")}, "2026-02-03")
    git_instance.commit({"docs/om.md": "# Om\n"}, "2026-03-04")
    assert build(git_instance.root, tmp_path / "site").returncode == 0
    told = graph(tree(tmp_path / "site")["dcat.ttl"])
    catalog = next(iter(told.subjects(RDF.type, DCAT.Catalog)))
    assert told.value(catalog, DCTERMS.modified) == Literal("2026-03-04", datatype=XSD.date)
    dataset = URIRef("https://idesluss.example/dcat.rdf#unit")
    assert told.value(dataset, DCTERMS.modified) == Literal("2026-02-03", datatype=XSD.date)
    assert told.value(dataset, DCTERMS.issued) == Literal("2026-01-02", datatype=XSD.date)


def test_an_english_portal_with_its_own_licence_and_without_git(small: Small) -> None:
    """Dates are told as exactly as they are stated."""
    case = CASE.format("Givare", "in_use", "last_confirmed: 2026-02")
    settings = plain("en") + "licence: CC0-1.0\n"
    told = described(small({"idesluss.yml": settings, "ideas/cases/givare.md": case}))
    assert conforms(told)[0]
    assert {str(one).rpartition("/")[2] for one in told.objects(None, DCTERMS.language)} == {"ENG"}
    assert {words.language for words in told.objects(None, DCTERMS.title) if isinstance(words, Literal)} == {"en"}
    for file in told.subjects(RDF.type, DCAT.Distribution):
        assert told.value(file, DCTERMS.license) == URIRef("http://creativecommons.org/publicdomain/zero/1.0/")
    catalog = next(iter(told.subjects(RDF.type, DCAT.Catalog)))
    assert told.value(catalog, DCTERMS.modified) == Literal("2026-02", datatype=XSD.gYearMonth)
    ideas = URIRef("https://idesluss.example/dcat.rdf#idea")
    assert told.value(ideas, DCTERMS.issued) == Literal("2026", datatype=XSD.gYear)


def test_an_address_never_breaks_out() -> None:
    assert iri('https://x.example/a b"><c>') == "https://x.example/a%20b%22%3E%3Cc%3E"
    assert iri("https://x.example/{a}|b^c`d\\e\n") == "https://x.example/%7Ba%7D%7Cb%5Ec%60d%5Ce%0A"
