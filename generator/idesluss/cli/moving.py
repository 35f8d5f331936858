"""How a command takes an idea from one stage to another: what the gate lacks is asked for, then all is tried."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from idesluss.cli import asking, reporting, working
from idesluss.cli.asking import Words
from idesluss.cli.spoken import Function, fail, option
from idesluss.cli.working import Work
from idesluss.problem import N_
from idesluss.translate import gettext

if TYPE_CHECKING:
    from idesluss.edit import Change
    from idesluss.kinds.idea import Idea
    from idesluss.stages import Evidence

BY_COACH = "coach"
"""Who approves a stage where the coach need not say by whom it was decided."""


class Why(NamedTuple):
    """What was said of a step: by whom, why, and which gates are left out."""

    by: str | None = None
    reason: str | None = None
    skips: Sequence[str] = ()


def why_options(command: Function) -> Function:
    """`--reason` and `--by`: the decision that a step is taken by."""
    for add in (
        option("--by", metavar=N_("FUNCTION"), help=N_("Who decided: a function, never a name.")),
        option(
            "--reason",
            type=Words(),
            metavar=N_("TEXT"),
            help=N_("Why; it becomes a decision that the page shows. - reads it from the standard input."),
        ),
    ):
        command = add(command)
    return command


def go(
    work: Work, idea: Idea, to: str, changes: Sequence[Change], why: Why, others: dict[str, bytes] | None = None
) -> int:
    """Take the idea to a stage; `changes` are what was given beside, `others` further files that change with it."""
    from idesluss.work import gates, moves

    if idea.stage == to:
        fail(gettext("The idea {id} is at {stage} already.").format(id=idea.id, stage=working.label(work, to)))
    why = _skipping(work, idea, to, why)
    _refuse_illegal(work, idea, to, why)
    data = working.changed(work, idea, changes)
    if work.asks:
        data = _asked_for(work, idea, to, data)
    lacking = gates.lacking(_as_it_is(work, idea, data), to)
    decided = _decided(work, idea, to, why, lacking)
    data = working.changed(work, idea, moves.step(idea, to, work.day, decided), data)
    done = gettext("from {before} to {after}").format(
        before=working.label(work, idea.stage), after=working.label(work, to)
    )
    following = [*_uncommitted(work, idea), *_following(work, to)]
    code = working.carry_out(work, {idea.path: data, **(others or {})}, done, following)
    if code and not work.asks:
        _tell_how_to_give(idea, lacking, decision=not decided and moves.wants_decision(idea, to, lacking))
    return code


def _skipping(work: Work, idea: Idea, to: str, why: Why) -> Why:
    """Asks whether gates may be left out, where somebody is there and they were not named."""
    from idesluss.work.moves import gates_between

    between = gates_between(idea, to)
    if not between or set(between) <= set(why.skips) or not work.asks:
        return why
    named = ", ".join(working.label(work, stage) for stage in between)
    told = gettext("On the way lies {stages}. Is that to be skipped, by a decision?").format(stages=named)
    return why._replace(skips=between) if asking.yes(told, default=False) else why


def _refuse_illegal(work: Work, idea: Idea, to: str, why: Why) -> None:
    """Ends the program where no reason in the world would make the step a legal one; says which are."""
    from click.exceptions import Exit

    from idesluss.work.moves import Decided, step
    from idesluss.work.trial import follow

    decided = Decided(why.by or "-", why.reason or "-", why.skips)
    files = {idea.path: working.changed(work, idea, step(idea, to, work.day, decided))}
    illegal = [problem for problem in follow(work.loaded, files) if problem.code == "illegal-step"]
    if illegal:
        reporting.tell(illegal, work.root, "text", tried=files)
        raise Exit(reporting.code_for(illegal))


def _asked_for(work: Work, idea: Idea, to: str, data: bytes) -> bytes:
    """Asks for all that the gate lacks, one thing after the other; what does not fit is asked for again."""
    from idesluss.work import gates

    seen: set[tuple[str, tuple[str, ...]]] = set()
    while True:
        held = _as_it_is(work, idea, data)
        lacks = [one for one in gates.lacking(held, to) if one.field != gates.DECISION]
        left = [one for one in lacks if (one.field, one.item_has) not in seen]
        if not left:
            return data
        one = left[0]
        seen.add((one.field, one.item_has))
        click.echo(f"\n{gettext('The gate asks for: {what}').format(what=gettext(one.words))}", err=True)
        data = _answered(work, held, data) if one.field == gates.ANSWER else _filled(work, held, one, data)


def _answered(work: Work, held: Idea, data: bytes) -> bytes:
    """The file with an answer to the idea giver in its log."""
    from idesluss.kinds.coach import Coach
    from idesluss.work.moves import log_line

    while True:
        said = asking.long_text(gettext("The answer to the idea giver"))
        public = asking.yes(gettext("Is the idea's page to show the answer?"), default=True)
        line = log_line(work.day, work.words(Coach.label), "answer", said, public=public)
        tried = working.changed(work, held, [line], data)
        faults = _faults(work, held, tried, data)
        if not faults:
            return tried
        click.echo("\n".join(faults), err=True)


def _filled(work: Work, held: Idea, evidence: Evidence, data: bytes) -> bytes:
    """The file with the answers to the questions for one piece of evidence."""
    from idesluss.work import gates, moves, naming

    own = work.catalogue.settings.fields.get("idea", {})
    for question in gates.questions(held, evidence):
        while True:
            given = asking.answers(question, working.entries_of(work), work.day.isoformat())
            tried = data
            for name, value in given:
                change = naming.put(_as_it_is(work, held, tried), name, value, own)
                if question.name.endswith(".hypothesis"):
                    key = moves.test_key(held, value)
                    tried = working.changed(
                        work, held, [change._replace(field=(*change.field[:-1], "key"), value=key)], tried
                    )
                tried = working.changed(work, held, [change], tried)
            faults = _faults(work, held, tried, data)
            if not faults:
                data = tried
                break
            for fault in faults:
                click.echo(fault, err=True)
    return data


def _faults(work: Work, idea: Idea, data: bytes, before: bytes) -> list[str]:
    """What is wrong with an answer by itself; what other answers will bring is not looked for."""
    from idesluss import translate

    later = {"missing-field", "missing-evidence"}
    known = {str(problem.message) for problem in _problems(work, idea, before)}
    return [
        f"{translate.render(problem.message)}: {translate.render(problem.hint)}"
        for problem in _problems(work, idea, data)
        if problem.code not in later and str(problem.message) not in known
    ]


def _problems(work: Work, idea: Idea, data: bytes) -> Sequence[Any]:
    from idesluss import checks
    from idesluss.reading import Found, read_data

    return read_data(Found(idea.path, len(data), 0), data, work.catalogue.settings, checks.inspect).problems


def _as_it_is(work: Work, idea: Idea, data: bytes) -> Idea:
    """The idea with what the file holds so far; parts that are not complete yet count as not there."""
    from idesluss import entry as entries

    held = entries.read(idea.path, data, work.catalogue.settings).entry
    return held if isinstance(held, type(idea)) else idea


def _decided(work: Work, idea: Idea, to: str, why: Why, lacking: Sequence[Evidence]) -> Any:
    """The decision that the step is taken by; None where it needs none and no reason was given."""
    from idesluss.kinds.coach import Coach
    from idesluss.work import moves

    wanted = moves.wants_decision(idea, to, lacking)
    if not wanted and not why.reason:
        return None
    approves = moves.approves(to)
    reason, by = why.reason or "", why.by or (work.words(Coach.label) if approves == BY_COACH else "")
    if work.asks:
        reason = reason or asking.long_text(gettext("Why? Write so that the idea giver understands"))
        told = gettext("Who decided? A function, never a name; here it is for: {who}").format(who=gettext(approves))
        by = by or asking.line(told)
    if reason and by:
        return moves.Decided(by, reason, why.skips)
    if not wanted:
        asking.missing("--by")
    return None  # the checks tell what is missing, together with all else that is


def _tell_how_to_give(idea: Idea, lacking: Sequence[Evidence], *, decision: bool) -> None:
    """How the options of a command give what the step lacks."""
    from idesluss.work import gates

    options = {name for option in click.get_current_context().command.params for name in option.opts}
    if decision:
        click.echo(f"  --reason … --by …  ({gettext('who decided, and why')})", err=True)
    for one in lacking:
        if one.field == gates.ANSWER:
            click.echo(f"  idesluss answer {idea.id} --text …", err=True)
        elif one.field != gates.DECISION:
            names = [question.name for question in gates.questions(idea, one) if question.needed]
            shown = [f"--set {name}=…" if "--set" in options else f"--{name} …" for name in names]
            click.echo(f"  {' '.join(shown)}  ({gettext(one.words)})", err=True)


def _uncommitted(work: Work, idea: Idea) -> list[str]:
    """A word of warning where the step before is not in git yet: a change takes one step."""
    life = work.catalogue.life(idea.id)
    if not life or not life.steps or life.steps[-1].stage == idea.stage:
        return []
    told = gettext("The step to {stage} is not in git yet. A change may take one step only: commit that one apart.")
    return [told.format(stage=working.label(work, idea.stage))]


def _following(work: Work, to: str) -> list[str]:
    """What comes after the step: the next gate, and what it asks for."""
    from idesluss.stages import CHAMBERS, ORDER

    at = ORDER.get(to, len(CHAMBERS)) + 1
    if at >= len(CHAMBERS):
        return []
    told = gettext("Next is {stage}; what it asks for: {command}")
    stage = CHAMBERS[at].name
    return [told.format(stage=working.label(work, stage), command=f"idesluss explain {stage}")]
