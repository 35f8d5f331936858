"""The portal's shell, built once by the site engine and then filled with generated pages by joining strings."""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from idesluss import docs_files, history, memory
from idesluss.outputs import repository
from idesluss.portal import data, docs, engine, words
from idesluss.problem import Problem
from idesluss.templates import folders

if TYPE_CHECKING:
    from idesluss.artifact import Page
    from idesluss.settings import Settings

THEME = "theme"
_REFERS = re.compile(r"""(?:href|src)="([^"#?]+)|url\(["']?([^"')#?]+)""")

SLOTS = ("title", "description", "address", "head", "body")
"""What of a page goes into its frame; a sixth, if the frame has a place for it, lets the policy allow `data`."""
Frame = tuple[tuple[bytes, ...], tuple[int, ...]]
"""A page cut at its markers: the pieces of HTML, encoded, and for each gap between them which value it takes."""


@dataclass(frozen=True, slots=True)
class Shell:
    """Frames for generated pages by (depth, section), and the files that the engine built of the hand-written pages.

    `files` maps a path in the site to its bytes; `addresses` are those of the hand-written pages ("om/").
    """

    address: str
    frames: Mapping[tuple[int, str], Frame]
    files: Mapping[str, bytes]
    addresses: tuple[str, ...]
    problems: tuple[Problem, ...]

    def page(self, page: Page, path: str) -> bytes:
        """The whole HTML of a generated page that will lie at `path` ("ideer/fuktvakt/index.html")."""
        depth = path.count("/")
        frame = self.frames.get((depth, page.section)) or self.frames[depth, ""]
        pieces, gaps = frame
        values = (
            escape(page.title),
            escape(page.description),
            self.address + path.removesuffix("index.html"),
            f"{page.head}\n{data.element(page.data)}" if page.data else page.head,
            page.body,
            data.allowed(page.data) if page.data else "",
        )
        encoded = [value.encode() for value in values]
        whole = [b""] * (2 * len(pieces) - 1)
        whole[::2] = pieces
        whole[1::2] = [encoded[gap] for gap in gaps]
        return b"".join(whole)

    def without(self, paths: Collection[str]) -> Shell:
        """The same shell without some of its files."""
        kept = {path: data for path, data in self.files.items() if path not in paths}
        return replace(self, files=kept, addresses=_pages(kept))

    def sitemap(self, addresses: Iterable[str]) -> bytes:
        """A sitemap of the hand-written pages and of the generated ones at `addresses` ("ideer/fuktvakt/")."""
        listed = "".join(
            f"<url><loc>{escape(self.address + at)}</loc></url>\n" for at in sorted({*self.addresses, *addresses})
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{listed}</urlset>\n'
        ).encode()


def build_shell(
    root: Path, settings: Settings, labels: Mapping[str, Any], work: Path, audience: str = "public"
) -> Shell:
    """Build the hand-written pages and the shell of an instance in the empty folder `work`, which may then be removed.

    `labels` goes over what `words.words` says, such as {"commit": "3f2a9c1", "built": "2026-11-23"}. For those
    inside, every hand-written page leads to where it is edited. Raises EngineError if the engine cannot build.
    """
    own = engine.own_config(root)
    docs_name = engine.docs_folder(own)
    written, out = work / "docs", work / "site"
    written.mkdir(parents=True)
    problems = docs.copy_docs(root / docs_name, written, docs_name)
    docs.write_placeholders(written, words.sections())
    stamp = _gather_theme(root, own, work / THEME)
    edit = repository.editable(settings, f"{history.inside(root)}{docs_name}/") if audience == "internal" else ""
    extra = {**words.words(settings, root / docs_name), "assets": stamp, "edit": edit, **labels}
    config = engine.write_config(root, own, settings, extra, work)
    problems += engine.build(root, config, out, docs_name)

    frames = {}
    for depth, section in docs.placeholders(words.sections()):
        address = docs.placeholder_address(depth, section)
        whole = (out / address / "index.html").read_text(encoding="utf-8")
        frames[depth, section] = cut(whole, settings.address + address)
    files = {name: (out / name).read_bytes() for name in _names(out)}
    kept = _in_use(files, _names(written) | _names(work / THEME))
    for path in kept:
        if path.endswith("/index.html"):
            kept[path] = data.described(kept[path], settings.address)
    return Shell(settings.address, frames, kept, _pages(kept), tuple(problems))


def _pages(files: Iterable[str]) -> tuple[str, ...]:
    """The addresses of the pages among the files."""
    return tuple(sorted(path.removesuffix("index.html") for path in files if path.endswith("/index.html")))


def cut(whole: str, canonical: str) -> Frame:
    """Cut a placeholder page at its markers; a marker that is missing means a theme that cannot carry pages."""
    markers = (docs.TITLE, docs.DESCRIPTION, canonical, docs.HEAD, docs.BODY)
    anywhere = "|".join(re.escape(marker) for marker in markers if marker != canonical)
    pieces, gaps, at = [], [], 0
    for found in re.finditer(f'{data.POLICY}|{anywhere}|(?<="){re.escape(canonical)}(?=")', whole):
        pieces.append(whole[at : found.start()].encode())
        gaps.append(markers.index(found[0]) if found[0] else len(SLOTS))
        at = found.end()
    missing = [name for n, name in enumerate(SLOTS) if n not in gaps]
    if missing:
        raise engine.EngineError(f"the theme's main.html leaves out: {', '.join(missing)}")
    return (*pieces, whole[at:].encode()), tuple(gaps)


def shell_inputs(root: Path) -> list[Path]:
    """All files whose change makes a built shell stale, sorted."""
    own = engine.own_config(root)
    docs_name = engine.docs_folder(own)
    pages = [] if docs_files.leads_away(root / docs_name, docs_name) else [root / docs_name]
    within = [*pages, *_theme_folders(root, own)]
    found = {Path(entry.path) for folder in within if folder.is_dir() for entry in docs_files.entries(folder)}
    found |= {root / name for name in (engine.FILE, "idesluss.yml", *engine.hooks(own))}
    found |= engine.inherited(root / engine.FILE)
    return sorted(path for path in found if path.is_file())


def key(root: Path, settings: Settings, audience: str) -> str:
    """What changes whenever the shell does that would be built now."""
    told = (f"{_name(path, root)}{sha256(path.read_bytes()).hexdigest()}" for path in shell_inputs(root))
    engines = (version(name) for name in ("mkdocs", "mkdocs-material"))
    return memory.stamp("".join(told), audience, settings.model_dump_json(), engine.surroundings(root), *engines)


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name


def _theme_folders(root: Path, own: Mapping[str, Any]) -> list[Path]:
    """Where the theme's files come from; what comes later wins."""
    named = (own.get("theme") or {}).get("custom_dir") if isinstance(own.get("theme"), dict) else None
    within = [folder / THEME for folder in reversed(folders(root))] + ([root / str(named)] if named else [])
    return list(dict.fromkeys(folder.resolve() for folder in within if folder.is_dir()))


def _gather_theme(root: Path, own: Mapping[str, Any], to: Path) -> str:
    """Lay the theme's folders over each other in `to`; returns a short hash of its style and script.

    The hash goes into their addresses, so that a browser never shows a new page in an old style.
    """
    for folder in _theme_folders(root, own):
        for entry in docs_files.entries(folder):
            target = to / Path(entry.path).relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(entry.path, target)
    seen = sha256()
    for entry in docs_files.entries(to):
        if entry.name.endswith((".css", ".js")):
            seen.update(Path(entry.path).read_bytes())
    return seen.hexdigest()[:8]


def _names(folder: Path) -> set[str]:
    return {Path(entry.path).relative_to(folder).as_posix() for entry in docs_files.entries(folder)}


def _in_use(files: Mapping[str, bytes], brought: set[str]) -> dict[str, bytes]:
    """The files that belong in the site: pages, what the docs and our theme `brought`, and what these refer to.

    Material brings 2.6 MB of scripts, maps and search data that the shell does not use.
    """
    wanted = [path for path in files if path.endswith(".html") or path in brought]
    reached: set[str] = set()
    while wanted:
        path = wanted.pop()
        if path in files and path not in reached:
            reached.add(path)
            if path.endswith((".html", ".css")):
                told = files[path].decode("utf-8", "replace")  # an instance's own style may be in another encoding
                wanted += (_target(path, "".join(found)) for found in _REFERS.findall(told))
    stand_in = ("index.html", docs.PLACEHOLDER)
    return {path: files[path] for path in sorted(reached) if not path.startswith(stand_in)}


def _target(path: str, reference: str) -> str:
    """The file that a reference in the file at `path` leads to; "/" is taken as the top of the site."""
    parts = [] if reference.startswith("/") else path.split("/")[:-1]
    for part in reference.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
