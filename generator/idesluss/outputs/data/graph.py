"""Statements about things (RDF), written as Turtle and as RDF/XML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from idesluss.outputs.feeds.atom import cleaned
from idesluss.templates import escaped

PREFIXES: Mapping[str, str] = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_ESCAPED = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t", "\b": r"\b", "\f": r"\f"})
_NOT_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
"""Characters that no address in RDF may hold."""


class Literal(NamedTuple):
    """A text with its language, or a value of a type such as "xsd:date"."""

    value: str
    language: str = ""
    type: str = ""


class Thing(NamedTuple):
    """A thing with an address, what it is ("dcat:Dataset"), and what is said of it; plain text is an address."""

    address: str
    type: str
    said: Sequence[tuple[str, Literal | str]]


def turtle(things: Sequence[Thing]) -> bytes:
    """The things as Turtle."""
    head = "".join(f"@prefix {name}: <{address}> .\n" for name, address in PREFIXES.items())
    return cleaned(head + "".join(map(_as_turtle, things))).encode()


def _as_turtle(thing: Thing) -> str:
    lines = [f"\n<{iri(thing.address)}> a {thing.type}"]
    lines += [f"    {name} {_object(value)}" for name, value in thing.said]
    return " ;\n".join(lines) + " .\n"


def _object(value: Literal | str) -> str:
    if isinstance(value, str):
        return f"<{iri(value)}>"
    end = f"@{value.language}" if value.language else f"^^{value.type}" if value.type else ""
    return f'"{value.value.translate(_ESCAPED)}"{end}'


def rdf_xml(things: Sequence[Thing]) -> bytes:
    """The things as RDF/XML."""
    names = "".join(f'\n xmlns:{name}="{address}"' for name, address in PREFIXES.items() if name != "xsd")
    inner = "".join(line for thing in things for line in _as_xml(thing))
    return cleaned(f'<?xml version="1.0" encoding="utf-8"?>\n<rdf:RDF{names}>\n{inner}</rdf:RDF>\n').encode()


def _as_xml(thing: Thing) -> Iterator[str]:
    yield f'<{thing.type} rdf:about="{escaped(iri(thing.address))}">\n'
    for name, value in thing.said:
        if isinstance(value, str):
            yield f' <{name} rdf:resource="{escaped(iri(value))}"/>\n'
        else:
            yield f" <{name}{_attribute(value)}>{escaped(value.value)}</{name}>\n"
    yield f"</{thing.type}>\n"


def _attribute(value: Literal) -> str:
    if value.language:
        return f' xml:lang="{value.language}"'
    prefix, _, name = value.type.partition(":")
    return f' rdf:datatype="{PREFIXES[prefix]}{name}"' if name else ""


def iri(address: str) -> str:
    """The address with what must not stand in it written in hexadecimal."""
    return _NOT_IRI.sub(lambda found: f"%{ord(found[0]):02X}", address)
