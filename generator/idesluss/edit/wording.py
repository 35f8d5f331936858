"""Values as YAML, laid out as the entries of an idésluss are: short ones on a line, long texts folded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from textwrap import wrap

from idesluss.draft import scalar

Value = str | int | bool | Sequence["Value"] | dict[str, "Value"]
"""What can be put into front matter."""

WIDTH = 104
"""So many characters fit on a line."""
_IN_FLOW = re.compile(r"[,\[\]{}]")
_BARE = re.compile(r"[^\W\d_](?:[\w ,.()/–!?;%&+=“”’…-]|:(?=\S))*(?<! )")
"""Texts that every reader of YAML takes for text without quotes; `scalar` says which words are none all the same."""


def plain(value: Value) -> object:
    """The value as a strict reader of front matter gives it back: every scalar is text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return {name: plain(held) for name, held in value.items()}
    return str(value) if isinstance(value, str | int) else [plain(held) for held in value]


def on_one_line(value: Value, *, in_flow: bool) -> str:
    """The value in flow style, whatever its length."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {on_one_line(held, in_flow=True)}" for name, held in value.items()) + "}"
    if isinstance(value, bool | int):
        return str(plain(value))
    if isinstance(value, str):
        bare = value if " " in value and _BARE.fullmatch(value) else scalar(value)
        return f'"{bare}"' if in_flow and bare == value and _IN_FLOW.search(value) else bare
    return "[" + ", ".join(on_one_line(held, in_flow=True) for held in value) + "]"


def field(name: str, value: Value, indent: int) -> list[str]:
    """The lines of a field whose name stands `indent` spaces in."""
    head, *rest = laid_out(value, indent, len(name) + 1)
    return [f"{' ' * indent}{name}:{head}", *rest]


def item(value: Value, indent: int) -> list[str]:
    """The lines of an item of a list whose dash stands `indent` spaces in."""
    if isinstance(value, dict):
        first, *rest = [line for name, held in value.items() for line in field(name, held, indent + 2)]
        return [f"{' ' * indent}- {first.lstrip()}", *rest]
    head, *rest = laid_out(value, indent, 1)
    return [f"{' ' * indent}-{head}", *rest]


def laid_out(value: Value, indent: int, used: int) -> list[str]:
    """What follows a name or a dash: the rest of its line, and the lines below.

    `indent` is where name or dash stand, `used` how many characters they and their colon take.
    """
    short = on_one_line(value, in_flow=False)
    holds_groups = isinstance(value, dict) or (not isinstance(value, str | int) and any(map(_is_group, value)))
    if not holds_groups and "\n" not in str(value) and indent + used + 1 + len(short) <= WIDTH:
        return [f" {short}"]
    return ["", *_below(value, indent + 2)] if not isinstance(value, str | int) else _text(str(value), indent + 2)


def _is_group(value: Value) -> bool:
    return isinstance(value, dict)


def _below(value: Value, indent: int) -> Iterator[str]:
    if isinstance(value, dict):
        for name, held in value.items():
            yield from field(name, held, indent)
    elif not isinstance(value, str | int):
        for held in value:
            yield from item(held, indent)


def _text(value: str, indent: int) -> list[str]:
    """A long text: folded where it is one paragraph, else line by line."""
    before = " " * indent
    if " ".join(value.split()) == value:
        lines = wrap(value, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
        return [" >-", *(before + line for line in lines)]
    return [" |-", *(before + line if line.strip() else "" for line in value.split("\n"))]
