"""Where templates lie, and the Jinja environment that reads them: an instance's own file of the same name wins."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = "templates"


def packaged() -> Path:
    """The templates that come with the program: inside the installed package, or at the top of a checkout."""
    here = Path(__file__).resolve().parent
    inside = here / FOLDER
    return inside if inside.is_dir() else here.parents[1] / FOLDER


def folders(root: Path) -> list[Path]:
    """The folders where a template is looked for, first the instance's own."""
    own = (root / FOLDER).resolve()
    found = [own] if own.is_dir() else []
    return [*found, packaged()] if packaged() not in found else found


@cache
def environment(root: Path, language: str) -> Environment:
    """The environment for the templates of an instance, with `_` for the words of `language`.

    All values are escaped; a name that a template uses and nobody gave is an error, not an empty word.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import escape

    from idesluss import translate

    made = Environment(
        loader=FileSystemLoader(folders(root)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
    )
    made.globals["_"] = cache(lambda msgid: escape(translate.gettext(msgid, language)))  # escaped but once
    return made
