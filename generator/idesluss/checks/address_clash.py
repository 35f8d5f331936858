"""Two pages that want the same address.

An entry's page, the pages of docs/, the lists of the portal and the former names of entries share one space. Where two
want the same place, one of them has to take another name. A hand-written page stands in the place of a list or another
file that the portal makes; `idesluss build` warns of it.

Right:
    formerly: [fuktlarm]
Wrong:
    formerly: [fuktvakt]    (while ideas/2026/fuktvakt.md exists)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from idesluss.docs_files import FOLDER
from idesluss.problem import Place, Problem, Severity, Text, text

if TYPE_CHECKING:
    from pathlib import Path

    from idesluss.catalogue import Catalogue

CODE = "address-clash"
SEVERITY = Severity.ERROR
CLOSES = True


def check_all(catalogue: Catalogue) -> Iterator[Problem]:
    docs = {_address(path.relative_to(catalogue.root / FOLDER).as_posix()): path for path in _pages(catalogue)}
    addresses = {catalogue.address(id): entry for id, entry in catalogue.entries.items()}
    taken = {address: entry.path for address, entry in addresses.items()}
    for address, entry in addresses.items():
        if address in docs:
            other = docs[address].relative_to(catalogue.root).as_posix()
            yield _problem(entry.path, Place(), address, other, text("give one of the two another name"))
        for at, name in enumerate(entry.formerly):
            former = f"{catalogue.word(entry.kind)}/{name}/"
            if former in taken:
                place = catalogue.place(entry, "formerly", at)
                yield _problem(entry.path, place, former, taken[former], text("take the name out of `formerly` here"))
            else:
                taken[former] = entry.path


def _pages(catalogue: Catalogue) -> list[Path]:
    folder = catalogue.root / FOLDER
    return [] if folder.is_symlink() else [path for path in sorted(folder.rglob("*.md")) if path.is_file()]


def _address(page: str) -> str:
    stem = page.removesuffix(".md").removesuffix("README").removesuffix("index").rstrip("/")
    return f"{stem}/"


def _problem(path: str, place: Place, address: str, other: str, hint: Text) -> Problem:
    return Problem(
        path, place, CODE, SEVERITY, text("the address {address} is taken by {path}", address=address, path=other), hint
    )
