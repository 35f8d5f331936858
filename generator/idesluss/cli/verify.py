"""`idesluss verify`: whether the past that all dates and figures hang on is still what it was."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from idesluss import translate
from idesluss.cli import instance, reporting
from idesluss.cli.spoken import Command, fail, given, option
from idesluss.problem import N_


@click.command("verify", cls=Command)
@option(
    "--since",
    multiple=True,
    metavar=N_("COMMIT"),
    help=N_("A commit that is known to have been on the main line, such as one that a report names. May be repeated."),
)
@option("--accept", is_flag=True, help=N_("Take the line as it is now for the right one, after it was rewritten."))
@reporting.format_option
def command(since: Sequence[str], *, accept: bool, shape: str | None) -> int:
    """Check that the history was not rewritten, and that its dates do not run backwards.

    All dates and figures come from the line of commits of the main branch. Where an earlier run noted its end, or
    --since names a commit, that commit has to be on the line still. Bulk commits may only be added to their list. Ends
    with 1 if something is found.
    """
    root = instance.root()
    from idesluss import history, memory, verify
    from idesluss.checks import unread_repository
    from idesluss.history import trust

    head = history.head(root)
    if head is None:
        said = history.unread(root)
        if said:
            fail("\n".join(map(translate.render, unread_repository.words(root, said))))
        fail(translate.gettext("There is no git repository here, or no commit in it yet."))
    place = memory.folder(root)
    if accept:
        trust.remember(root, place, head.sha, forget=True)
    problems = verify.verify(root, place, [_whole(root, name) for name in since])
    if not accept:
        trust.remember(root, place, head.sha)
    if not problems and shape in (None, "text"):
        if not given("quiet"):
            told = translate.gettext("Nothing is wrong with the line of commits up to {sha} of {day}.")
            click.echo(told.format(sha=head.sha[: verify.SHORT], day=head.day))
        return 0
    return reporting.tell(problems, root, shape)


def _whole(root: Path, name: str) -> str:
    """The full hash of a commit; one that is not there any more must be given in full."""
    from idesluss import history

    sha = history.commit_of(root, name) or name
    if not history.is_full_hash(sha):
        fail(translate.gettext("There is no commit “{name}” here; give its full hash.").format(name=name))
    return sha
