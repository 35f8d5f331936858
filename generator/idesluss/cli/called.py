"""What stages and kinds are called: by their names, or as pages and lists show them, in any of the languages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from idesluss import translate
from idesluss.cli.complete import KIND_NAMES
from idesluss.stages import STAGES


def stage(said: str) -> str | None:
    """The name of the stage that is called so."""
    return _first(said, ((name, (stage.label,)) for name, stage in STAGES.items()))


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
        stages = ", ".join(f"{name} ({translate.gettext(stage.label)})" for name, stage in STAGES.items())
        return self.fail(told.format(value=value, stages=stages), param, ctx)


class KindName(click.Choice[Any]):
    """The name of a kind, or what it is called; `more` are names beside the kinds'."""

    def __init__(self, *more: str) -> None:
        super().__init__([*KIND_NAMES, *more])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return super().convert(kind(str(value)) or value, param, ctx)
