"""The package as it is installed: it carries its templates, its translations and its types, and it runs anywhere."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable, Mapping
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
COMES_ALONG = {"pydantic-core"}
"""What is part of a dependency in all but name."""
STARTED = {"mkdocs", "mkdocs-material"}
"""What is run, or named in mkdocs.yml, and not imported."""
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this project, made without any network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-index", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", str(folder), str(REPOSITORY)], check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_wheel_carries_all_that_is_needed(wheel: Path) -> None:
    """Every module, template, translation and type mark of the checkout is in the wheel, and nothing else is."""
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
        licences = [name for name in archive.namelist() if name.endswith("licenses/LICENSE")]
    there = {
        f"idesluss/{path.relative_to(source).as_posix()}"
        for source in (REPOSITORY / "generator" / "idesluss",)
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pot"
    }
    there |= {
        f"idesluss/templates/{path.relative_to(REPOSITORY / 'templates').as_posix()}"
        for path in (REPOSITORY / "templates").rglob("*")
        if path.is_file()
    }
    assert packed == there
    assert {"idesluss/py.typed", "idesluss/templates/theme/main.html"} <= packed
    assert licences


def test_installed_wheel_builds_a_portal(
    wheel: Path, tmp_path: Path, instance: Callable[[Mapping[str, str]], Path]
) -> None:
    """Installed far from its checkout, it finds its own templates and builds an instance that has none."""
    place = tmp_path / "installed"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", str(place)]
    subprocess.run([*command, str(wheel)], check=True, capture_output=True)
    root = instance(
        {
            "ideas/units/skolan.md": """\
            ---
            title: Skolan
            type: administration
            ---
            """,
        }
    )
    code = "import idesluss; print(idesluss.__file__); from idesluss.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--root", str(root), "build", "--site", str(tmp_path / "site")],
        check=False,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(place)},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith(str(place))
    assert "Skolan" in (tmp_path / "site" / "enheter" / "skolan" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock"])
def test_lock_is_whole_and_names_no_host(name: str) -> None:
    """Every locked package has one exact version and at least one hash, and no address or path stands in the file."""
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    assert not re.search(r"://|--index|--find-links|(^|\s)/\w", text)
    packages = re.split(r"\n(?=[a-z0-9])", text)[1:]
    assert len(packages) > 20
    assert [
        package for package in packages if not re.match(r"[a-z0-9._-]+==[^\s]+ .*\\\n +--hash=sha256:", package)
    ] == []


def test_lock_holds_every_dependency() -> None:
    """What pyproject.toml asks for is locked, and the tests' lock agrees with the one that people install."""

    def locked(name: str) -> set[str]:
        text = (REPOSITORY / name).read_text(encoding="utf-8")
        return set(re.findall(r"^([a-z0-9._-]+==\S+)", text, flags=re.MULTILINE))

    runtime = locked("requirements.lock")
    wanted = {re.split(r"[<>=~! ]", item)[0] for item in PROJECT["project"]["dependencies"]}
    assert wanted
    assert wanted <= {item.split("==")[0] for item in runtime}
    assert runtime <= locked("requirements-test.lock")


def test_dependencies_are_those_that_the_program_imports() -> None:
    """Nothing is used that only comes along with something else, and nothing is installed in vain."""
    imported = set()
    for path in (REPOSITORY / "generator").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                imported |= {name.name.split(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                imported.add((node.module or "").split(".")[0])
    outside = imported - sys.stdlib_module_names - {"idesluss", "msvcrt"}
    origins = packages_distributions()
    used = {canonical(origins[module][0]) for module in outside} - COMES_ALONG
    asked = {canonical(re.split(r"[<>=~! ]", item)[0]) for item in PROJECT["project"]["dependencies"]}
    assert used | STARTED == asked


def test_npm_lock_names_no_host() -> None:
    """The engines from npm are locked by version and hash, without the address that they once came from."""
    text = (REPOSITORY / ".ci" / "package-lock.json").read_text(encoding="utf-8")
    assert '"integrity": "sha512-' in text
    assert '"resolved"' not in text
    packages = json.loads(text)["packages"].values()
    bare = [{name: value for name, value in one.items() if name != "funding"} for one in packages]  # whom to thank
    assert "://" not in json.dumps(bare)


@pytest.mark.parametrize("chosen", ["/no/such/python", "false"])
def test_make_takes_no_other_python_than_the_one_it_was_given(tmp_path: Path, chosen: str) -> None:
    shutil.copy(REPOSITORY / "Makefile", tmp_path)
    done = subprocess.run(
        ["make", "site", f"PYTHON={chosen}"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert f"{chosen} is no Python 3.11 or newer" in done.stderr
    assert not (tmp_path / ".venv").exists()
