"""The instance that a command is about."""

from __future__ import annotations

from pathlib import Path

from idesluss import translate
from idesluss.cli.language import FILE, root_above
from idesluss.cli.spoken import fail, given


def root() -> Path:
    """The folder of the instance that the command is about; ends the program with advice where there is none."""
    named: Path | None = given("root")
    if named is not None:
        if not (named / FILE).is_file():
            fail(translate.gettext("There is no idesluss.yml in {folder}.").format(folder=named))
        return named.resolve()
    found = root_above(Path.cwd())
    if found is None:
        fail(
            translate.gettext(
                "There is no idesluss.yml here or above. Go to the folder of an idésluss, or name it with --root."
            )
        )
    return found


def root_if_any() -> Path | None:
    """The folder of the instance, or None for a command that does without."""
    return root() if given("root") else root_above(Path.cwd())
