"""The parts of the handbook that come out of the code; `make handbook` writes them into docs/handbok/.

Three things are made: what stands between `<!-- made: NAME -->` and `<!-- /made -->`, what stands below each
`$ idesluss …` in a console block, and the page of each kind. All else is written by hand and left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from idesluss import settings, stages, translate
from idesluss.cli import COMMANDS
from idesluss.handbook.checks import all_checks
from idesluss.handbook.commands import options_of
from idesluss.handbook.examples import played
from idesluss.handbook.fields import fields_table
from idesluss.handbook.kinds import KINDS_FOLDER, kinds_table, page_of
from idesluss.handbook.lock import described
from idesluss.handbook.markdown import LANGUAGE
from idesluss.handbook.measures import measures_table
from idesluss.handbook.policy import policy
from idesluss.kinds import KINDS
from idesluss.kinds.entry import OWN, Entry

FOLDER = "handbok"
REGION = re.compile(r"(<!-- made: ([a-z -]+) -->\n).*?(<!-- /made -->)", re.DOTALL)

BOOKLET = ("make", "check", "preview", "programme", "cards")
"""The commands of `booklet`."""

MADE: Mapping[str, Callable[[], str]] = {
    "kinds": kinds_table,
    "common fields": lambda: fields_table(Entry, (name for name in Entry.model_fields if name not in OWN)),
    "settings": lambda: fields_table(settings.Settings, settings.Settings.model_fields),
    "chambers": lambda: described(stages.CHAMBERS),
    "side stages": lambda: described(stages.SIDE_STAGES),
    "checks": all_checks,
    "options": options_of,
    "measures": measures_table,
    "policy": policy,
    **{f"options {name}": partial(options_of, name) for name in COMMANDS},
    **{f"options booklet {name}": partial(options_of, "booklet", name) for name in BOOKLET},
}
"""What can stand between the comments of a page, by the name in the first."""


def pages(docs: Path) -> Iterator[tuple[Path, str]]:
    """Every page of the handbook below `docs` with the text that it is to have, in the order of their paths."""
    translate.use(LANGUAGE)
    home = docs / FOLDER
    whole = {home / KINDS_FOLDER / f"{kind.words[LANGUAGE]}.md": page_of(kind) for kind in KINDS}
    for path in sorted({*home.rglob("*.md"), *whole}):
        yield path, whole.get(path) or renewed(path.read_text("utf-8"))


def write(docs: Path) -> list[Path]:
    """Bring the handbook below `docs` up to what the code says now; gives the files that changed."""
    changed = []
    for path, text in list(pages(docs)):
        if not path.is_file() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def renewed(text: str) -> str:
    """A page with its regions made anew, and the output of its console blocks as it is now."""
    return played(REGION.sub(lambda found: f"{found[1]}\n{MADE[found[2]]().strip()}\n\n{found[3]}", text))
