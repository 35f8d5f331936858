"""The pages of the kinds: where each lives, its fields, the sections of its text, and how a new file looks."""

from __future__ import annotations

import datetime
import inspect
import tempfile
from collections.abc import Iterator
from pathlib import Path

from idesluss import draft, settings
from idesluss.cli.schema import FOLDER as SCHEMAS
from idesluss.handbook.commands import options_of
from idesluss.handbook.fields import fields_table
from idesluss.handbook.markdown import LANGUAGE, table
from idesluss.kinds import KINDS
from idesluss.kinds.entry import Entry
from idesluss.problem import N_
from idesluss.translate import gettext as _

KINDS_FOLDER = "slag"
A_DAY = datetime.date(2027, 1, 15)
INSTANCE = """\
name: Idéslussen
owner: Exempelstads kommun
address: https://idesluss.example/
language: sv
"""
"""The settings of the instance that the drafts are for: no fields and no themes of its own."""


def page_of(kind: type[Entry]) -> str:
    """The whole page of a kind, with its front matter."""
    own = (name for name in kind.model_fields if name not in Entry.model_fields)
    place = _("Files: {files}. Addresses: {addresses}.").format(
        files=f"`ideas/{_folder(kind)}/`", addresses=f"`/{kind.words[LANGUAGE]}/…/`"
    )
    hidden = _("In a private repository it is internal unless it says `visibility: public`.")
    blocks = [
        f"---\ndescription: {draft.scalar(_words(kind))}\n---",
        f"# {_('Fields')}: {_(kind.label)}",
        _words(kind),
        f"{place} {hidden}" if kind.internal_by_default else place,
        f"## {_('Fields')}",
        fields_table(kind, own, "../"),
        _("Beside these it has [the fields of all kinds]({page}).").format(page="../slag.md"),
        *_sections(kind),
        *_new_file(kind),
    ]
    return "\n\n".join(blocks) + "\n"


def _words(kind: type[Entry]) -> str:
    return _(inspect.cleandoc(kind.__doc__ or ""))


def _folder(kind: type[Entry]) -> str:
    return kind.folder or _("YEAR")


def _sections(kind: type[Entry]) -> Iterator[str]:
    if not kind.sections:
        return
    rows = [
        (
            " / ".join(f"`## {word}`" for word in name.swedish),
            " / ".join(f"`## {word}`" for word in name.english),
            _("from the start") if name.required else "",
        )
        for name in kind.sections
    ]
    yield f"## {_('Sections of the text')}"
    yield _("These headings have a place of their own on the page. Others may stand beside them.")
    yield table((N_("In Swedish"), N_("In English"), N_("Has to be there")), rows)


def _new_file(kind: type[Entry]) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / settings.FILE).write_text(INSTANCE, encoding="utf-8")
        told, _faults = settings.load(root)
        sections = {section.key: "" for section in kind.sections}
        new = draft.Draft(kind, _(kind.label), {}, sections, A_DAY, "terminal")
        asked = draft.asked_of(kind, told, LANGUAGE)
        schema = f"../../{SCHEMAS}/{kind.kind}.json"
        text = draft.written(new, asked, told, schema) if told else ""
        yield f"## {_('A new file')}"
        yield f'```sh\nidesluss new {kind.kind} "{_(kind.label)}"\n```'
        yield _("This is how the file looks. On GitHub, copy it and fill it in.")
        yield f"```yaml\n{text}```"
        yield _("These options fill in fields at once:")
        yield options_of("new", kind.kind, root=root)


def kinds_table() -> str:
    """All kinds, with a link to the page of each."""
    rows = [
        (
            f"[{_(kind.label)}]({KINDS_FOLDER}/{kind.words[LANGUAGE]}.md)",
            f"`{kind.kind}`",
            f"`ideas/{_folder(kind)}/`",
            _words(kind),
        )
        for kind in KINDS
    ]
    return table((N_("Kind"), N_("In commands"), N_("Folder"), N_("What it is")), rows)
