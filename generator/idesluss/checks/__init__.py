"""The checks: a file each, whose docstring is its manual; this is the list of them.

A check has a CODE (its file's name with hyphens), a SEVERITY, CLOSES (whether the entry stays unpublished until it is
mended), and a function: `check_entry` looks at one file, `check_all` across files, and `check_step` at a change, from
what was there before to what is there now. Some have none: their faults are found while reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from idesluss.catalogue import Catalogue
    from idesluss.change import Change
    from idesluss.kinds.entry import Entry
    from idesluss.problem import Problem
    from idesluss.settings import Settings
    from idesluss.source import Source

STEP_CHECKS: tuple[str, ...] = (
    "illegal_step",
    "step_without_reason",
    "new_above_submitted",
    "outcome_without_plan",
    "rewritten_record",
    "lost_entry",
    "lost_address",
)

CHECKS: tuple[str, ...] = (
    # reading
    "unreadable_file",
    "front_matter",
    "duplicate_key",
    "unsafe_yaml",
    "unknown_field",
    "missing_field",
    "bad_value",
    # names and addresses
    "file_name",
    "duplicate_id",
    "address_clash",
    "outside_root",
    # content
    "missing_section",
    "missing_evidence",
    "unknown_theme",
    "heading_skip",
    "sheet_full",
    "removed_markup",
    "table_row",
    "loose_footnote",
    "hidden_character",
    # references and links
    "unknown_reference",
    "wrong_reference",
    "repeated_adoption",
    "broken_link",
    "bare_link",
    "wrong_path",
    # who may see what
    "internal_in_public",
    "internal_link",
    "personal_number",
    "phone_number",
    "private_email",
    # pictures
    "picture_missing",
    "picture_type",
    "picture_large",
    "picture_alt",
    "picture_location",
    "picture_name",
    "hot_linked_picture",
    # what a change may do, seen with --base
    *STEP_CHECKS,
    # what the calendar says
    "stalled",
    "overdue_answer",
    "overdue_review",
    "overdue_step",
    "lapsed_adoption",
    "unconfirmed_case",
    # the hand-written pages, seen by build and serve
    "docs_file",
    "docs_build",
    # booklets, seen when they are made
    "booklet_case",
    # git; all but the first two seen by verify
    "shallow_clone",
    "unread_repository",
    "rewritten_history",
    "dates_backwards",
    "bulk_list",
    # the search, made by build
    "search_index",
)

CODES: tuple[str, ...] = tuple(name.replace("_", "-") for name in CHECKS)


def check(code: str) -> Any:
    """The module of a check, by its code; KeyError if there is none."""
    if code not in CODES:
        raise KeyError(code)
    return import_module(f"idesluss.checks.{code.replace('-', '_')}")


@cache
def closing() -> frozenset[str]:
    """The codes of the checks that keep an entry from being published."""
    return frozenset(code for code in CODES if check(code).CLOSES)


@cache
def _functions(name: str) -> tuple[Callable[..., Iterable[Problem]], ...]:
    return tuple(getattr(check(code), name) for code in CODES if hasattr(check(code), name))


TEXT_CHECKS: tuple[str, ...] = ("hidden-character", "personal-number", "phone-number", "private-email")
"""The codes of checks that look at the text as it stands, so that no other fault hides what they find."""


def inspect(source: Source, entry: Entry | None, settings: Settings) -> Iterator[Problem]:
    """All that the checks find in this one file; `entry` is None where its fields could not be read."""
    if entry is None:
        for code in TEXT_CHECKS:
            yield from check(code).check_entry(source, None, settings)
        return
    for function in _functions("check_entry"):
        yield from function(source, entry, settings)


def survey(catalogue: Catalogue) -> Iterator[Problem]:
    """All that the checks find across files and on the disk."""
    for function in _functions("check_all"):
        yield from function(catalogue)


def follow(change: Change) -> Iterator[Problem]:
    """All that the checks find in the way from before to after."""
    for function in _functions("check_step"):
        yield from function(change)
