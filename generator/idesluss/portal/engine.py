"""The one door to the site engine: MkDocs, run by its public command on a configuration written for the occasion."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from idesluss.portal.docs import PLACEHOLDER
from idesluss.problem import Place, Problem, Severity, Text, text

if TYPE_CHECKING:
    from idesluss.settings import Settings

FILE = "mkdocs.yml"
_TOLD = re.compile(r"^(WARNING|ERROR) +- +(.*)$", re.MULTILINE)
_ENVIRONMENT = re.compile(r"!ENV\s*(\[[^\]]*\]|\S+)")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_PAGE = re.compile(r"(?:Doc file|page|file) '([^']+\.md)'")


class EngineError(Exception):
    """The site engine gave up; the text is the last that it said."""

    @property
    def told(self) -> tuple[Text, Text]:
        """What is wrong, and the way out."""
        said = text("the hand-written pages cannot be built: {said}", said=str(self))
        return said, text("see docs/ and mkdocs.yml, and build again")


def own_config(root: Path) -> dict[str, Any]:
    """What the instance's own mkdocs.yml says, as far as it is plain data; tags such as !ENV are read as nothing.

    Raises EngineError where it is no YAML.
    """
    return _config(root / FILE)


def _config(path: Path) -> dict[str, Any]:
    import yaml

    class Lenient(yaml.SafeLoader):
        """Knows no tags."""

    for tag in ("!", "tag:yaml.org,2002:python/"):
        Lenient.add_multi_constructor(tag, lambda *_: None)
    try:
        read = yaml.load(path.read_bytes(), Lenient) if path.is_file() else None  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path.name}:{mark.line + 1}:{mark.column + 1}" if mark else path.name
        raise EngineError(f"{where}: {getattr(error, 'problem', None) or error}") from None
    return read if isinstance(read, dict) else {}


def inherited(config: Path) -> set[Path]:
    """The configurations that this one goes on from, each named in the one before."""
    found: set[Path] = set()
    while isinstance(name := _config(config).get("INHERIT"), str) and (config := config.parent / name) not in found:
        found.add(config)
    return found


def surroundings(root: Path) -> str:
    """The values of the variables that mkdocs.yml takes from the environment."""
    told = (root / FILE).read_text("utf-8", "replace") if (root / FILE).is_file() else ""
    named = sorted({name for some in _ENVIRONMENT.findall(told) for name in _NAME.findall(some)})
    return "\n".join(f"{name}={os.environ.get(name)}" for name in named)


def hooks(own: dict[str, Any]) -> list[str]:
    """The files of the instance's own hooks, as paths from its folder; what is no list of these the engine refuses."""
    told = own.get("hooks")
    return [hook for hook in told if isinstance(hook, str)] if isinstance(told, list) else []


def docs_folder(own: dict[str, Any]) -> str:
    """The folder of the hand-written pages, as its path from the instance's folder."""
    named = Path(str(own.get("docs_dir") or "docs"))
    if named.is_absolute() or ".." in named.parts:
        raise EngineError(f"docs_dir in {FILE} leaves the instance's folder: {named}")
    return named.as_posix()


def write_config(root: Path, own: dict[str, Any], settings: Settings, extra: dict[str, Any], work: Path) -> Path:
    """Write the configuration to build with: the instance's own, and over it what idesluss.yml and this build decide.

    Paths in it are absolute, since MkDocs reads them from where the file lies.
    """
    config: dict[str, Any] = {
        "INHERIT": str(root / FILE),
        "site_name": settings.name,
        "site_url": settings.address,
        "site_description": settings.description or "",
        "docs_dir": str(work / "docs"),
        "use_directory_urls": True,
        "not_in_nav": f"{own.get('not_in_nav') or ''}\n/index.md\n/{PLACEHOLDER}*\n",
        "theme": {"name": "material", "custom_dir": str(work / "theme"), "language": settings.language, "font": False},
        "extra": {"idesluss": extra},
    }
    if hooks(own):
        config["hooks"] = [str(root / hook) for hook in hooks(own)]
    if not (root / FILE).is_file():
        del config["INHERIT"]
        config["plugins"] = []
    path = work / FILE
    path.write_text(json.dumps(config, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def build(root: Path, config: Path, to: Path, docs: str) -> list[Problem]:
    """Build the site into `to` and return what the engine warned of; raises EngineError if there is no site.

    `docs` is how the folder of the hand-written pages is called in messages. With `-P` no file in the instance's folder
    can stand in the place of a module, such as a `yaml.py` that a pull request brought.
    """
    run = subprocess.run(
        [sys.executable, "-P", "-m", "mkdocs", "build", "--config-file", str(config), "--site-dir", str(to)],
        cwd=root,
        env={**os.environ, "SOURCE_DATE_EPOCH": "0", "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if run.returncode:
        raise EngineError("\n".join(run.stderr.strip().splitlines()[-12:]))
    return [_problem(told, docs) for _level, told in _TOLD.findall(run.stderr)]


def _problem(told: str, docs: str) -> Problem:
    page = _PAGE.search(told)
    return Problem(
        f"{docs}/{page[1]}" if page else FILE,
        Place(),
        "docs-build",
        Severity.WARNING,
        text("the site engine says: {told}", told=told),
        text("mend what it names; `mkdocs build` shows it too"),
    )
