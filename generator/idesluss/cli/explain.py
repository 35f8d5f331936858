"""`idesluss explain`: what a code or a stage means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import click

from idesluss import manual, stages
from idesluss.cli import called, complete
from idesluss.cli.spoken import Command, argument, no_such
from idesluss.problem import N_, Severity
from idesluss.report.as_text import WORDS
from idesluss.translate import gettext


@click.command("explain", cls=Command)
@argument("name", required=False, metavar=N_("[CODE]"), shell_complete=complete.explainable)
def command(name: str | None) -> None:
    """Explain a code that a problem carries, or what a stage asks for.

    Without a code, all codes are listed.
    """
    stage = called.stage(name) if name else None
    if name is None:
        click.echo("\n".join(_all()))
    elif stage:
        click.echo("\n".join(_stage(stages.STAGES[stage], called.stage_words())))
    elif name.casefold() in (stages.SPREAD.name, gettext(stages.SPREAD.label).casefold()):
        click.echo("\n".join(_spread()))
    else:
        held = manual.manual(name)
        if held is None:
            _unknown(name)
        else:
            click.echo("\n".join(_manual(held)))


def _all() -> Iterable[str]:
    codes = manual.codes()
    width = max(map(len, codes))
    for code in codes:
        held = manual.manual(code)
        if held:
            yield f"{code:<{width}}  {gettext(held.text).partition(chr(10))[0]}"
    yield ""
    yield gettext("Stages: {stages}").format(stages=", ".join(stages.STAGES))
    yield gettext("More about one of them: {command}").format(command="idesluss explain bad-value")


def _manual(held: manual.Manual) -> Iterable[str]:
    severity = gettext(WORDS[Severity[held.severity.upper()]])
    closes = gettext("the entry is not published until it is mended")
    yield f"{held.code} ({severity}; {closes})" if held.closes else f"{held.code} ({severity})"
    yield ""
    yield gettext(held.text)


def _stage(stage: stages.Stage, own: Mapping[str, str]) -> Iterable[str]:
    yield f"{stage.name}: {called.stage_label(stage.name, own)}"
    yield ""
    yield gettext(stage.asks)
    yield ""
    if stage.evidence:
        yield gettext("To come here, an idea needs:")
        yield from _evidence(stage.evidence)
        yield ""
    for track, gates in stages.TRACK_EVIDENCE.items():
        if stage.name in gates:
            yield gettext("On the track {track} also:").format(track=track)
            yield from _evidence(gates[stage.name])
            yield ""
    if stage.name == "closed":
        yield gettext("If it had come to concept or further, also:")
        yield from _evidence((stages.LESSON,))
        yield ""
    if stage.later:
        yield gettext("Later, when it is known:")
        yield from _evidence(stage.later)
        yield ""
    before = stages.CHAMBERS[stages.ORDER[stage.name] - 1] if stages.ORDER.get(stage.name) else None
    if before:
        told = gettext("What earlier stages ask for is to be there too: {command}")
        yield told.format(command=f"idesluss explain {before.name}")
    yield gettext("Who decides: {who}").format(who=gettext(stage.approves))
    if stage.iso:
        yield gettext("In ISO 56002: {words}").format(words=gettext(stage.iso))
    yield ""
    yield gettext("From here it goes:")
    yield from (f"  - {line}" for line in _moves(stage.name, own))


def _moves(stage: str, own: Mapping[str, str]) -> Iterable[str]:
    """Where an idea may go from a stage, and what each way takes."""
    ways = (
        ("forward", N_("forward: {stages}")),
        ("back", N_("back, by a new decision that says why: {stages}")),
        ("skip", N_("further, by a new decision that names the skipped stages in `skips`: {stages}")),
        ("reopen", N_("back into the lock, by a new decision that says why, no further than it had come: {stages}")),
        ("aside", N_("aside: {stages}")),
    )
    for move, words in ways:
        found = [name for name in stages.STAGES if stages.MOVES[stage, name] == move]
        if found:
            told = ", ".join(f"{name} ({called.stage_label(name, own)})" for name in found)
            yield gettext(words).format(stages=told)


def _spread() -> Iterable[str]:
    spread = stages.SPREAD
    yield f"{spread.name}: {gettext(spread.label)}"
    yield ""
    yield gettext(spread.asks)
    yield ""
    yield gettext("Never typed. It shows when another unit or organisation has confirmed an adoption in use.")
    yield gettext("Who decides: {who}").format(who=gettext(spread.approves))


def _evidence(asked: Iterable[stages.Evidence]) -> Iterable[str]:
    for one in asked:
        has = [f"{one.field}.{name}" for name in one.item_has]
        is_ = [f"{one.field}.{name}: {value}" for name, value in one.item.items()]
        yield f"  - {gettext(one.words)} ({', '.join(has + is_) or one.field})"


def _unknown(name: str) -> None:
    known = (*manual.codes(), *stages.STAGES, stages.SPREAD.name)
    said = gettext("There is no code and no stage “{name}”.").format(name=name)
    all_of_them = gettext("All of them: {command}").format(command="idesluss explain")
    no_such(said, name.lower().replace("_", "-"), known, all_of_them)
