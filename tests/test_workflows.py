"""The workflows on GitHub: valid, safe, and thin, in that they only call commands that exist."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

GITHUB = Path(__file__).resolve().parents[1] / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
PINNED = re.compile(r"^[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*$")
ALLOWED_COMMANDS = ("pip install --require-hashes ", "pip install --no-deps ", "idesluss ", "make ")
SHELL_WORDS = ("code=", "case ", "0)", "1)", "*)", "esac", "if ", "fi", "echo ", "exit ")


def program(name: str) -> str:
    """The path of a program that is installed beside the Python that runs the tests."""
    found = shutil.which(name, path=str(Path(sys.executable).parent))
    assert found, f"{name} is not installed"
    return found


def audit(path: Path) -> subprocess.CompletedProcess[str]:
    command = [program("zizmor"), "--offline", "--persona=auditor", "--no-progress", str(path)]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def read(path: Path) -> dict[Any, Any]:
    content: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


def jobs(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield from read(path)["jobs"].items()


def steps(path: Path) -> Iterator[Mapping[str, Any]]:
    for _, job in jobs(path):
        yield from job["steps"]


def test_the_workflows_are_there() -> None:
    assert {path.name for path in WORKFLOWS} >= {"check.yml", "publish.yml"}


def test_audit_finds_nothing() -> None:
    """The auditor for workflows has nothing to say of what stands in .github/."""
    done = audit(GITHUB)
    assert done.returncode == 0, done.stdout + done.stderr


def test_audit_would_find_a_fault(tmp_path: Path) -> None:
    """A workflow that runs a title as a command is told of, so that silence means something."""
    path = tmp_path / "bad.yml"
    path.write_text(
        "on: pull_request_target\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n"
        '      - run: echo "${{ github.event.pull_request.title }}"\n',
        encoding="utf-8",
    )
    done = audit(path)
    assert done.returncode != 0
    assert "template-injection" in done.stdout


@pytest.mark.parametrize(
    ("schema", "names"),
    [
        ("vendor.github-workflows", [str(path) for path in WORKFLOWS]),
        ("vendor.dependabot", [str(GITHUB / "dependabot.yml")]),
    ],
)
def test_files_follow_the_schema(schema: str, names: list[str]) -> None:
    command = [program("check-jsonschema"), "--builtin-schema", schema, *names]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_rights_are_given_job_by_job(path: Path) -> None:
    """Nothing is allowed on top, every job says what it needs and when it gives up, and only deploying may write."""
    assert read(path)["permissions"] == {}
    assert "pull_request_target" not in path.read_text(encoding="utf-8")
    for name, job in jobs(path):
        assert job["timeout-minutes"] <= 60, name
        writes = {right for right, level in job["permissions"].items() if level == "write"}
        assert writes == ({"pages", "id-token"} if name == "deploy" else set()), name


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned(path: Path) -> None:
    """Every action is named by its commit, with the version beside it, and no checkout leaves its token behind."""
    uses = re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))
    assert uses
    assert [use for use in uses if not PINNED.match(use)] == []
    for step in steps(path):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_steps_only_call_commands(path: Path) -> None:
    """What is done is done by the command line, which can be run anywhere; and nothing from outside is put into it."""
    lines = [line.strip() for step in steps(path) for line in step.get("run", "").splitlines()]
    assert lines
    assert [line for line in lines if "${{" in line] == []
    assert [line for line in lines if not line.startswith((*ALLOWED_COMMANDS, *SHELL_WORDS))] == []


def test_content_is_judged_against_its_base() -> None:
    """Only what a change brings counts: the first parent of what is fetched is the branch that it wants to get into."""
    steps_by_name = {step["name"]: step for step in dict(jobs(GITHUB / "workflows" / "check.yml"))["content"]["steps"]}
    check = steps_by_name["Check"]
    assert "--base HEAD^1 " in check["run"]
    fetched = steps_by_name["Fetch the change, with its history"]["with"]
    assert fetched["fetch-depth"] == 0
    assert "ref" not in fetched


def test_content_is_judged_by_the_program_of_the_base() -> None:
    """The check of a pull request installs the program from the base, and only reads the change."""
    content = dict(jobs(GITHUB / "workflows" / "check.yml"))["content"]
    checkouts = {
        step["with"]["path"]: step["with"].get("ref", "")
        for step in content["steps"]
        if step.get("uses", "").startswith("actions/checkout@")
    }
    assert "base.sha" in checkouts["program"]
    assert "base_sha" in checkouts["program"]
    assert checkouts["change"] == ""
    for step in content["steps"]:
        if "pip install" in step.get("run", ""):
            assert step["working-directory"] == "program"
        if "idesluss" in step.get("run", ""):
            assert step["run"].startswith("idesluss --root change ")
            assert "working-directory" not in step
