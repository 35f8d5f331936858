"""The stages as the handbook tells of them: the question, what has to be there, and who decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from idesluss.handbook.markdown import sentences
from idesluss.kinds.words import VALUES
from idesluss.stages import LESSON, TRACK_EVIDENCE, Evidence, Stage
from idesluss.translate import gettext as _


def described(stages: Iterable[Stage]) -> str:
    """A section for each stage."""
    return "\n\n".join(block for stage in stages for block in _blocks(stage) if block)


def _blocks(stage: Stage) -> Iterator[str]:
    yield f"### {_(stage.label)} (`{stage.name}`)"
    yield _(stage.asks)
    yield _list(stage.evidence)
    for track, gates in TRACK_EVIDENCE.items():
        if stage.name in gates:
            yield _("On the track {track} also:").format(track=f"{_(VALUES[track])} (`{track}`)")
            yield _list(gates[stage.name])
    if stage.name == "closed":
        yield _("If it had come to concept or further, also:")
        yield _list((LESSON,))
    if stage.later:
        yield _("Later, when it is known:")
        yield _list(stage.later)
    decides = _("Who decides: {who}").format(who=_(stage.approves))
    standard = _("In ISO 56002: {words}").format(words=_(stage.iso)) if stage.iso else ""
    yield sentences(decides, standard)


def _list(asked: Iterable[Evidence]) -> str:
    return "\n".join(f"- {_(one.words)} ({', '.join(f'`{name}`' for name in _names(one))})" for one in asked)


def _names(asked: Evidence) -> list[str]:
    names = [f"{asked.field}.{name}" for name in asked.item_has]
    return names + [f"{asked.field}.{name}: {value}" for name, value in asked.item.items()] or [asked.field]
