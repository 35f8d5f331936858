"""From an instance's folder to its site: read, check, draw, publish."""

from __future__ import annotations

import contextlib
import datetime
import gc
import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from idesluss import examine, measures, memory, templates, translate
from idesluss.artifact import Artifact, Page
from idesluss.problem import Problem, Text

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from idesluss.catalogue import Catalogue
    from idesluss.portal.shell import Shell
    from idesluss.publish import Published
    from idesluss.settings import Settings

Progress = Callable[[int, int], None]
SITEMAP = "sitemap.xml"


class Built(NamedTuple):
    """What a build came to: `published` is None if nothing was published; `stopped` may say why, and the way out.

    `is_whole` says that nothing was left for which another try might come to something else.
    """

    problems: list[Problem]
    published: Published | None
    stopped: tuple[Text, Text] | None = None
    is_whole: bool = False


def build(
    root: Path,
    *,
    audience: Literal["public", "internal"] = "public",
    site: Path | None = None,
    jobs: int | None = None,
    now: datetime.date | None = None,
    progress: Callable[[str], Progress] | None = None,
) -> Built:
    """Check the instance at `root` and publish it to `site`. A broken entry never stops the others."""
    from idesluss import publish, settings, unchanged

    told, faults = settings.load(root)
    if told is None:
        return Built(sorted(faults, key=Problem.order), None)
    translate.use(told.language)
    place = memory.folder(root)
    site = (site or root / "site").absolute()
    with _notes(root, place) as notes:
        to = To(site, notes / f"site-{_digest(str(site).encode(errors='surrogateescape'))}")
        grounds = unchanged.grounds(root, told, audience, now) if place else None
        last = unchanged.recall(grounds, to.site, to.known) if grounds else None
        if last:
            return Built(last.problems, publish.Published(unchanged=last.files))
        built = _build_anew(root, told, audience, to, now=now, jobs=jobs or os.cpu_count() or 1, progress=progress)
        if grounds and built.is_whole:
            unchanged.keep(grounds, to.known, built.problems)
        return built


@contextlib.contextmanager
def _notes(root: Path, place: Path | None) -> Iterator[Path]:
    """Where publishing notes what it wrote: in memory, else with the instance, else in a folder that then goes."""
    own = root / ".idesluss"
    is_open = os.access(own, os.W_OK) if own.is_dir() else not own.exists() and os.access(root, os.W_OK)
    if place or is_open:
        yield place or own
    else:
        with tempfile.TemporaryDirectory(prefix="idesluss-") as folder:
            yield Path(folder)


class To(NamedTuple):
    """Where a build goes: the folder of the site, and the one where publishing remembers what it wrote there."""

    site: Path
    known: Path


def _build_anew(
    root: Path,
    told: Settings,
    audience: Literal["public", "internal"],
    to: To,
    *,
    now: datetime.date | None,
    jobs: int,
    progress: Callable[[str], Progress] | None,
) -> Built:
    from idesluss import publish, search
    from idesluss.booklet.apart import shelf
    from idesluss.portal.docs import not_written_by_hand, without_room
    from idesluss.portal.engine import EngineError, docs_folder, own_config

    place = memory.folder(root)
    ahead = _draw_ahead(root, told, place, audience)
    examined = examine.examine(root, now=now, jobs=jobs, progress=progress("read") if progress else None)
    if examined.catalogue is None:
        return Built(examined.problems, None)
    gc.freeze()  # what was read stays to the end, and is not to be looked through again and again
    seen = audience_part(examined.catalogue, audience)
    lasting = (audience, templates.stamp(root), told.model_dump_json())
    books = shelf(seen, audience, place, memory.stamp(*lasting))
    seen = seen.with_booklets(books.sizes)
    artifacts = drawings(seen)
    for process in ahead:
        process.join()
    try:
        drawn = shell_of(root, told, place, audience)
        docs = docs_folder(own_config(root))
        made = [*(artifact.path for artifact in artifacts), SITEMAP, f"{search.FOLDER}/"]
        lost = dict(without_room(drawn.shell.files, made, root / docs, docs))
        shell = drawn.shell.without(lost) if lost else drawn.shell
        artifacts, clashes = not_written_by_hand(artifacts, shell.files, root / docs, docs)
        searched = search.begin(seen, shell.files, drawn.key, place)
        published = publish.publish(
            artifacts,
            renderer(shell),
            digester(seen),
            to.site,
            to.known,
            stamp=memory.stamp(*lasting, seen.now.isoformat(), drawn.key),
            timeless=memory.stamp(*lasting),
            files={**ready_files(shell, seen), **books.files},
            late=lambda: searched().files,
            jobs=jobs,
            progress=progress("write") if progress else None,
        )
    except EngineError as error:
        return Built(examined.problems, None, error.told)
    except publish.PublishError as error:
        return Built(examined.problems, None, (error.message, error.hint))
    finally:
        gc.unfreeze()
    problems = [*examined.problems, *shell.problems, *lost.values(), *clashes, *books.problems, *searched().problems]
    is_whole = not published.failed and searched().is_sure and books.is_sure and examine.is_sure(root, examined)
    return Built(sorted(problems, key=Problem.order), published, is_whole=is_whole)


def _draw_ahead(root: Path, told: Settings, place: Path | None, audience: str) -> list[BaseProcess]:
    """Processes that draw the shell and compile templates while the entries are read, and leave these in memory."""
    if place is None or "fork" not in multiprocessing.get_all_start_methods():
        return []
    fork = multiprocessing.get_context("fork")
    works = partial(shell_of, root, told, place, audience), partial(templates.compile_all, root, told.language)
    processes: list[BaseProcess] = [fork.Process(target=_quietly, args=(work,)) for work in works]
    for process in processes:
        process.start()
    return processes


def _quietly(work: Callable[[], object]) -> None:
    """Do the work; what is wrong, or that somebody stopped it, is told by the process that waits for it."""
    with contextlib.suppress(Exception, KeyboardInterrupt):
        work()


class Drawn(NamedTuple):
    """The portal's shell, and a key that changes whenever the shell does."""

    shell: Shell
    key: str


def drawings(catalogue: Catalogue) -> list[Artifact]:
    """All that is generated for this audience, in the order of the outputs."""
    from idesluss import outputs

    return [artifact for output in outputs.OUTPUTS for artifact in output(catalogue)]


def ready_files(shell: Shell, catalogue: Catalogue) -> dict[str, bytes | Path]:
    """The files that need no drawing: hand-written pages, the theme's assets, and the map of the whole site."""
    return {**shell.files, SITEMAP: sitemap(shell, catalogue)}


def sitemap(shell: Shell, catalogue: Catalogue) -> bytes:
    """The map of all pages that search engines are led to."""
    from idesluss import outputs

    return shell.sitemap(outputs.addresses(catalogue))


def audience_part(catalogue: Catalogue, audience: Literal["public", "internal"]) -> Catalogue:
    """What the audience sees, with what was measured of it all, and with what has been public and is no more."""
    from idesluss import gone

    known = gone.with_lost(catalogue, memory.folder(catalogue.root))
    return known.with_figures(measures.figures(catalogue)).for_audience(audience)


def shell_of(root: Path, settings: Settings, place: Path | None, audience: str = "public") -> Drawn:
    """The shell of the portal's pages, built anew only where something that it is made of has changed.

    It names no commit and no day, so that a commit changes only the pages that it is about.
    """
    from idesluss.portal import shell

    key = shell.key(root, settings, audience)
    kept: Shell | None = memory.recall(place, f"shell-{audience}", key)
    if kept is not None:
        return Drawn(kept, key)
    with tempfile.TemporaryDirectory(prefix="idesluss-") as work:
        made = shell.build_shell(root, settings, {}, Path(work) / "shell", audience)
    memory.save(place, f"shell-{audience}", key, made)
    return Drawn(made, key)


def renderer(shell: Shell) -> Callable[[Artifact], bytes]:
    """The function that makes an artifact's final bytes: a Page is put into the shell."""

    def render(artifact: Artifact) -> bytes:
        made = artifact.make()
        return shell.page(made, artifact.path) if isinstance(made, Page) else made

    return render


def digester(catalogue: Catalogue) -> Callable[[str], str]:
    """The function that digests what a name in `Artifact.reads` stands for, as this audience sees it."""

    @cache
    def digest(name: str) -> str:
        cards: Iterable[str]
        if name == "commit":
            return catalogue.commit
        if name.startswith("booklet:"):
            return str(catalogue.booklets.get(name[8:], "-"))
        if name == "figures":
            cards = (f"{id}{digest.card}" for id, digest in catalogue.digests.items())
            return _digest("".join((catalogue.commit, *cards)).encode())
        if name.startswith("kind:"):
            kind, _, part = name[5:].partition("#")
            part = part or "card"
            ids = (entry.id for entry in catalogue.of(kind))
            return _digest("".join(f"{id}{digest(f'{id}#{part}')}" for id in ids).encode())
        if name.startswith("media:"):
            path = catalogue.root / "ideas" / "media" / name[6:]
            return f"{path.stat().st_size}.{path.stat().st_mtime_ns}" if path.is_file() else "-"
        id, _, part = name.partition("#")
        held = catalogue.digests.get(id)
        if held is None or id not in catalogue.entries:
            return "-"
        state = held.card if part else held.full
        life = None if part == "card" else catalogue.life(id)
        return _digest(f"{state}{life}".encode()) if life else state

    return digest


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=10).hexdigest()
