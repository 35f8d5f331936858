"""A repository that git does not read.

Dates come from git, and so does what has been public and is no more. The repository is here, but git does not answer
for it: it is not installed, the folder belongs to another user of the machine, or a part is missing. The portal is
built as if there were no history. What git says stands in the message.

Right:
    git config --global --add safe.directory /srv/idesluss    (where another user owns the folder)
Wrong:
    cp -r idesluss /srv/    (a worktree or submodule, without the repository that it belongs to)
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from idesluss import history
from idesluss.problem import Place, Problem, Severity, Text, text

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue

CODE = "unread-repository"
SEVERITY = Severity.WARNING
CLOSES = False


def check_all(catalogue: Catalogue) -> Iterator[Problem]:
    if catalogue.history.unread:
        yield Problem(".git", Place(), CODE, SEVERITY, *words(catalogue.root, catalogue.history.unread))


def words(root: Path, said: str) -> tuple[Text, Text]:
    """What is wrong with a repository of which git says this, and the way out."""
    first = said.partition("\n")[0].removeprefix("fatal: ").removeprefix("error: ")
    way_out = text("find out why with `git status`; where there is no folder .git, nothing is asked")
    if "safe.directory" in said:
        way_out = text(
            "say that you trust it: `git config --global --add safe.directory {folder}`", folder=str(history.top(root))
        )
    return text("git does not read the repository, so no dates are known: {said}", said=first), way_out
