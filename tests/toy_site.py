"""A small site whose pages link to each other, for tests of publishing; as a program it publishes one state of it.

    python toy_site.py SITE MEMORY STATE JOBS

Every page ends with a digest of itself. A state is plain data, and any two states are link-closed: no entry refers to
one that is gone. So a dead link or a torn page on the disk is always the fault of publishing.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from idesluss.artifact import Artifact
from idesluss.publish import making, publish

FILLER = "Ord om en idé som någon hade. " * 60
_PAGE = re.compile(r"(?P<body>.*)<!-- whole (?P<digest>[0-9a-f]{64}) -->\n", re.DOTALL)
_LINK = re.compile(r'(?:href|src)="/([^"#]*)')


@dataclass
class State:
    """Entries with their version and links, and old addresses that lead on."""

    entries: dict[str, tuple[int, list[str]]] = field(default_factory=dict)
    formerly: dict[str, str] = field(default_factory=dict)
    stamp: str = "1"

    def referring(self, name: str) -> list[str]:
        return sorted(other for other, (_, links) in self.entries.items() if name in links)

    def digest(self, name: str) -> str:
        if name.startswith("kind:"):
            return repr(sorted((entry, version) for entry, (version, _) in self.entries.items()))
        return repr((self.entries.get(name), self.formerly.get(name), self.referring(name)))

    def dump(self) -> str:
        return json.dumps([self.entries, self.formerly, self.stamp])


def load(data: str) -> State:
    entries, formerly, stamp = json.loads(data)
    return State({name: (version, links) for name, (version, links) in entries.items()}, formerly, stamp)


def first_state(count: int) -> State:
    names = [f"ide-{at}" for at in range(count)]
    return State({name: (1, [names[at - 1], names[at * 7 % count]]) for at, name in enumerate(names)})


def edit(state: State, pick: random.Random) -> None:
    name = pick.choice(sorted(state.entries))
    state.entries[name] = (state.entries[name][0] + 1, pick.sample(sorted(state.entries), 2))


def add(state: State, pick: random.Random) -> None:
    """A new entry that links to others, and that others link to."""
    name, friend = f"ny-{pick.randrange(10**6)}", pick.choice(sorted(state.entries))
    state.entries[name] = (1, pick.sample(sorted(state.entries), 2))
    state.entries[friend] = (state.entries[friend][0] + 1, [name])


def delete(state: State, pick: random.Random) -> None:
    if len(state.entries) > 3:
        forget(state, pick.choice(sorted(state.entries)))


def rename(state: State, pick: random.Random) -> None:
    old, new = pick.choice(sorted(state.entries)), f"omdopt-{pick.randrange(10**6)}"
    version, links = state.entries[old]
    state.entries[new] = (version, [new if name == old else name for name in links])
    for name in state.referring(old):
        version, links = state.entries[name]
        state.entries[name] = (version + 1, [new if link == old else link for link in links])
    forget(state, old)
    state.formerly[old] = new


def redesign(state: State, pick: random.Random) -> None:
    state.stamp = str(pick.random())


CHANGES: tuple[Callable[[State, random.Random], None], ...] = (edit, add, delete, rename, redesign)


def forget(state: State, gone: str) -> None:
    del state.entries[gone]
    for name in state.referring(gone):
        version, links = state.entries[name]
        state.entries[name] = (version + 1, [link for link in links if link != gone])
    for old, new in list(state.formerly.items()):
        if new == gone:
            del state.formerly[old]


def artifacts(state: State) -> Iterator[Artifact]:
    for name, (version, links) in sorted(state.entries.items()):
        near = [*links, *state.referring(name)]
        reads = (name, *(f"{other}#card" for other in near))
        places = [f"ideer/{other}/" for other in near]
        own = f"ideer/{name}/"
        yield page(
            f"{own}index.html", ["", "ideer/", f"{own}kort/", f"media/{name}.png", *places], reads, state, version
        )
        yield page(f"{own}kort/index.html", [own, f"{own}data.json"], (name,), state, version)
        yield Artifact(f"{own}data.json", (name,), partial(json.dumps({"version": version}).encode))
        yield Artifact(f"media/{name}.png", (name,), partial(bytes, 3000))
    for old, new in sorted(state.formerly.items()):
        yield page(f"ideer/{old}/index.html", [f"ideer/{new}/"], (old, new), state, 0)
    everything = [f"ideer/{name}/" for name in sorted(state.entries)]
    yield page("ideer/index.html", ["", *everything], ("kind:idea",), state, 0)
    yield page("feed.xml", everything, ("kind:idea",), state, 0)
    yield page("index.html", ["ideer/", "feed.xml", "look.css"], ("kind:idea",), state, 0)


def page(path: str, links: list[str], reads: tuple[str, ...], state: State, version: int) -> Artifact:
    return Artifact(path, reads, partial(_page, path, links, f"{state.stamp} {version}"))


def _page(path: str, links: list[str], words: str) -> bytes:
    anchors = "".join(f'<a href="/{link}">{link}</a>\n' for link in links)
    body = f"<h1>{path}</h1><p>{words}</p>\n{anchors}{FILLER}\n"
    return f"{body}<!-- whole {sha256(body.encode()).hexdigest()} -->\n".encode()


def render(artifact: Artifact) -> bytes:
    made = artifact.make()
    assert isinstance(made, bytes)
    return made


def publish_state(state: State, site: Path, memory: Path, **options: Any) -> Any:
    options.setdefault("files", {"look.css": b"body { color: black }\n"})
    options.setdefault("render", render)
    return publish(list(artifacts(state)), digest=state.digest, site=site, memory=memory, stamp=state.stamp, **options)


def faults(site: Path) -> list[str]:
    """Torn pages and dead links in a site, and a site that has nothing in it."""
    found = [] if (site / "index.html").is_file() else ["no index.html"]
    for file in site.rglob("*"):
        if file.suffix in {".html", ".xml"}:
            found += _faults_of(file, site)
    return found


def _faults_of(file: Path, site: Path) -> Iterator[str]:
    text = file.read_text("utf-8")
    match = _PAGE.fullmatch(text)
    if not match or sha256(match["body"].encode()).hexdigest() != match["digest"]:
        yield f"{file} is torn"
    for link in _LINK.findall(text):
        target = site / link / "index.html" if link.endswith("/") or not link else site / link
        if not target.is_file():
            yield f"{file} leads to {link}, which is not there"


if __name__ == "__main__":
    making.PATIENCE = 0
    site, memory, wanted, jobs = sys.argv[1:]
    print("go", flush=True)
    publish_state(load(wanted), Path(site), Path(memory), jobs=int(jobs))
