"""Ways out of a value that has the wrong shape, or of a name that no field has: what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel

from idesluss.kinds.fields import part_of
from idesluss.problem import Text, text
from idesluss.source import Source
from idesluss.translate import gettext, languages


def of_group(given: Any, names: Iterable[str]) -> Text:
    """Of a field that holds fields of its own, named `names`, and was given something else."""
    known = tuple(names)
    if isinstance(given, list) and any(isinstance(one, Mapping) for one in given):
        return text("take the - before its fields away: it is one group of fields, not a list")
    if known:
        return text("write its fields below it, each as `name: value`, indented: {known}", known=known)
    return text("write them below it, each as `name: value`, indented")


def of_list(given: Any, shown: str) -> Text:
    """Of a field that holds a list, and was given something else."""
    if isinstance(given, Mapping):
        return text(
            "write - before the first of its fields, and indent the others as far: `- {first}: …`",
            first=next(iter(given), ""),
        )
    if isinstance(given, str) and given.startswith("-"):
        return text("write a space after each -")
    return text("write it as [{value}], or a line with - for each", value=shown)


def of_unknown(name: str, model: type[BaseModel], names: list[str], source: Source) -> Text | None:
    """Of a field that does not exist: the one that was meant, if that can be told."""
    if name != name.strip():
        return text("write ordinary spaces before it: here stands one of another kind, as web pages have them")
    near = next((one for one in names if name.casefold() in _called(model, one)), "")
    empty = next(
        (one for one in names if _holds(model, one, name) and source.names(one) and one not in source.front), ""
    )
    if not near and empty:
        return text("indent it if it belongs to {field}", field=empty)
    near = near or next(iter(get_close_matches(name, names, 1)), "")
    return text("did you mean {near}?", near=near) if near else None


def _called(model: type[BaseModel], name: str) -> set[str]:
    """What a field is called on the pages, in each language."""
    label = model.model_fields[name].title
    return {gettext(label, language).casefold() for language in languages()} if label else set()


def _holds(model: type[BaseModel], name: str, inner: str) -> bool:
    part = part_of(model.model_fields[name].annotation)
    return part is not None and inner in part.model_fields
