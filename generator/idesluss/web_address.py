"""A web address in its two forms: all ASCII for programs, and with å, ä and ö for people."""

from __future__ import annotations

from urllib.parse import quote, unquote

_AS_THEY_STAND = "/%:@!$&'()*+,;=~"
"""Signs of a path that need no escape, and the sign that begins one."""


def for_programs(address: str) -> str:
    """The address with its host as the net knows it ("xn--id-cja.example") and other signs as %XX.

    A host that cannot be put so is left as it stands.
    """
    scheme, sign, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{sign}{_ascii(unquote(host))}{slash}{quote(path, safe=_AS_THEY_STAND + '?#')}"


def for_people(address: str) -> str:
    """The address as it is read aloud and written by hand: without https:// and the last slash, and with its å."""
    host, slash, path = address.partition("://")[2].removesuffix("/").partition("/")
    return f"{'.'.join(map(_readable, host.split('.')))}{slash}{unquote(path)}"


def _ascii(host: str) -> str:
    if host.isascii():
        return host
    name, colon, port = host.partition(":")
    try:
        return f"{name.encode('idna').decode()}{colon}{port}"
    except UnicodeError:
        return host


def _readable(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    name, colon, port = label.partition(":")
    try:
        return f"{name.encode().decode('idna')}{colon}{port}"
    except UnicodeError:
        return label
