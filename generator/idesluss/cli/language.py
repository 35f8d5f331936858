"""Which language to speak and where an instance is, told from arguments, surroundings and one line of idesluss.yml."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from idesluss import translate

FILE = "idesluss.yml"
DEFAULT_LANGUAGE = "sv"
_LANGUAGE_LINE = re.compile(r"^language:[ \t]*[\"']?(\w+)", re.MULTILINE)


def root_above(start: Path) -> Path | None:
    """The nearest folder with idesluss.yml, from `start` upwards."""
    return next((folder for folder in (start, *start.parents) if (folder / FILE).is_file()), None)


def language_of(arguments: Sequence[str], environment: Mapping[str, str], here: Callable[[], Path]) -> str:
    """The language to speak, known before click has read the arguments, so that its complaints are in it too."""
    named = _value(arguments, "--lang") or environment.get("IDESLUSS_LANG", "")
    wishes = (named, _instance_language(_value(arguments, "--root"), here), _system_language(environment))
    return next((wish for wish in wishes if wish in translate.languages()), DEFAULT_LANGUAGE)


def _value(arguments: Sequence[str], name: str) -> str:
    """The value of an option as it stands among the arguments, the last one if there are several."""
    found = ""
    for at, word in enumerate(arguments):
        if word == "--":
            break
        if word == name and at + 1 < len(arguments):
            found = arguments[at + 1]
        elif word.startswith(f"{name}="):
            found = word.partition("=")[2]
    return found


def _instance_language(named: str, here: Callable[[], Path]) -> str:
    try:
        folder = Path(named) if named else root_above(here())
        if folder is None:
            return ""
        match = _LANGUAGE_LINE.search((folder / FILE).read_text("utf-8", "replace"))
    except OSError:
        return ""
    return match[1] if match else ""


def _system_language(environment: Mapping[str, str]) -> str:
    said = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return re.split(r"[_.@-]", said)[0].lower()
