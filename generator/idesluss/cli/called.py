"""What stages and kinds are called: by their names, or as pages and lists show them, in any of the languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import click

from idesluss import translate
from idesluss.cli import instance
from idesluss.cli.complete import KIND_NAMES
from idesluss.cli.language import FILE
from idesluss.stages import STAGES, label


def stage(said: str) -> str | None:
    """The name of the stage that is called so: by its own name, by the instance's, or by the usual one."""
    wanted = said.strip().casefold()
    if wanted in STAGES:
        return wanted
    own = {name: (word,) for name, word in stage_words().items()}
    return _first(said, own.items()) or _first(said, ((name, (stage.label,)) for name, stage in STAGES.items()))


def stage_words() -> Mapping[str, str]:
    """What this instance calls its stages; its settings are read only where they have something to say of that."""
    root = instance.root_if_any()
    if root is None or not re.search("^stages:", (root / FILE).read_text("utf-8", "replace"), re.MULTILINE):
        return {}
    from idesluss import settings

    told, _ = settings.load(root)
    return {str(stage): word for stage, word in told.stages.items()} if told else {}


def stage_label(name: str, own: Mapping[str, str]) -> str:
    """What a stage is called, by the words of the instance where it has some."""
    told = label(name, own)
    return told if isinstance(told, str) else translate.render(told)


def kind(said: str) -> str | None:
    """The name of the kind that is called so, as one or as many; the models are loaded only where it needs that."""
    if said in KIND_NAMES:
        return said
    from idesluss.kinds import KINDS

    return _first(said, ((kind.kind, (kind.label, kind.plural, kind.folder or f"{kind.kind}s")) for kind in KINDS))


def _first(said: str, named: Iterable[tuple[str, tuple[str, ...]]]) -> str | None:
    wanted = said.strip().casefold()
    for name, labels in named:
        words = {translate.gettext(label, language) for label in labels for language in translate.languages()}
        if wanted == name or wanted in {word.casefold() for word in words}:
            return name
    return None


class StageName(click.Choice[Any]):
    """The name of a stage, or what it is called."""

    def __init__(self) -> None:
        super().__init__(list(STAGES))

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        name = stage(str(value))
        if name:
            return name
        told = translate.gettext("“{value}” is no stage; it may be: {stages}")
        own = stage_words()
        stages = ", ".join(f"{name} ({stage_label(name, own)})" for name in STAGES)
        return self.fail(told.format(value=value, stages=stages), param, ctx)


class KindName(click.Choice[Any]):
    """The name of a kind, or what it is called; `more` are names beside the kinds'."""

    def __init__(self, *more: str) -> None:
        super().__init__([*KIND_NAMES, *more])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return super().convert(kind(str(value)) or value, param, ctx)
