"""An instance of one's own, begun and kept fresh by the very commands of the handbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from subprocess import CalledProcessError

import pytest

from conftest import REPOSITORY, SETTINGS, GitInstance, run_cli, write_files

PAGE = REPOSITORY / "docs" / "handbok" / "starta.md"
UNIT = "---\ntitle: {}\ntype: administration\n---\n"


def steps() -> Iterator[list[list[str]]]:
    """The commands to git under each heading of the page, without those that speak to GitHub."""
    for part in PAGE.read_text("utf-8").split("\n## ")[1:]:
        lines = "\n".join(re.findall(r"```sh\n(.*?)```", part, re.DOTALL)).splitlines()
        told = [re.findall(r'"[^"]*"|\S+', line) for line in lines if re.match("git (?!push|remote)", line)]
        yield [[word.strip('"') for word in line[1:]] for line in told]


def test_an_own_instance_has_only_its_own_past_and_can_take_a_newer_program(
    git_instance: GitInstance, tmp_path: Path
) -> None:
    begun = {"idesluss.yml": SETTINGS, "Makefile": "old\n", "ideas/units/skola.md": UNIT.format("Deras skola")}
    git_instance.commit({**begun, "ideas/units/deras.md": UNIT.format("Deras")}, "2026-01-01")
    own = GitInstance(tmp_path / "min-idesluss")
    _before, (clone,), emptying, beginning, _written, publishing, (switch, fetch, *taking, keep) = steps()
    git_instance.git(
        *(str(git_instance.root) if word == "PROGRAMMETS-ADRESS" else word for word in clone[:-1]), str(own.root)
    )
    for command in emptying:
        own.git(*command)
    settings = SETTINGS.replace("Exempelstads", "Grannköpings").replace("idesluss.example", "ort.example")
    write_files(own.root, {"idesluss.yml": settings})
    for command in beginning:
        own.git(*command, date="2026-03-01")
    write_files(own.root, {"ideas/units/skola.md": UNIT.format("Vår skola")})
    for command in publishing:
        own.git(*command, date="2026-03-02")
    assert "Kom 2026-03-02, ändrad 2026-03-02." in run_cli("history", "skola", root=own.root).stdout

    newer = {
        "Makefile": "new\n",
        "ideas/units/skola.md": UNIT.format("Deras nya skola"),
        "ideas/units/ny.md": UNIT.format("Ny"),
    }
    git_instance.commit(newer, "2026-04-01")
    own.git(*switch)
    own.git(*(str(git_instance.root) if word == "PROGRAMMETS-ADRESS" else word for word in fetch))
    merge, *back = taking
    with pytest.raises(CalledProcessError):  # the examples clash, which the next commands mend
        own.git(*merge)
    for command in back:
        own.git(*command)
    own.git(*keep, "--no-edit", date="2026-05-01")
    assert (own.root / "Makefile").read_text("utf-8") == "new\n"
    assert [path.name for path in (own.root / "ideas").rglob("*.md")] == ["skola.md"]
    assert "Vår skola" in (own.root / "ideas/units/skola.md").read_text("utf-8")
    done = run_cli("build", "--site", str(tmp_path / "site"), root=own.root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert sorted(path.name for path in (tmp_path / "site" / "enheter").iterdir() if path.is_dir()) == ["skola"]
