"""From an edition to its files. What cannot be set is named, with the others unharmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from idesluss import translate, typeset
from idesluss.booklet import beside, pictures, tree, writers
from idesluss.booklet.chapters import Data, chapter, marked
from idesluss.booklet.contents import contents, settable
from idesluss.booklet.edition import Edition
from idesluss.booklet.selection import MANUAL, Selection
from idesluss.booklet.structure import starts
from idesluss.booklet.writers.pdf import TEMPLATE
from idesluss.kinds.case import Case
from idesluss.kinds.entry import Entry
from idesluss.problem import Place, Problem, Severity, Text, text

MOST = {"a4": 2, "a5": 4}
"""So many pages an example may fill: one opening, on small pages two."""

READABLE = 4.5
"""The contrast that text needs."""


@dataclass(frozen=True)
class Book:
    """What came of an edition: its files by name, none where a final edition is refused, and all problems."""

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...] = ()
    pages: int = 0


@dataclass
class _Gathered:
    """The chapters of an edition on their way into the book, and what is wrong."""

    edition: Edition
    chapters: dict[str, Data] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unset: set[str] = field(default_factory=set)

    def fails(self, case: Case, problems: list[Problem]) -> None:
        """Put a marked page in the place of an example."""
        told = [translate.render(problem.message, self.edition.language) for problem in problems]
        number = self.chapters[case.id]["number"]
        self.chapters[case.id] = marked(self.edition, case, number, told)
        self.unset.add(case.id)
        self.problems += problems


def make(edition: Edition, formats: Iterable[str] = ("pdf",), *, to_print: bool = False) -> Book:
    """The book of an edition in these formats (`writers.WRITERS`), with what lies beside it and what a printer gets.

    A draft marks what cannot be set; a final edition is refused. What one format refuses is marked in all of them, and
    what no font has counts in every format, so that the files are one edition whichever are made.
    """
    used = translate.used()
    translate.use(edition.language)
    try:
        return _make(edition, writers.in_order(formats), to_print=to_print)
    finally:
        translate.use(used)


def _make(edition: Edition, formats: tuple[str, ...], *, to_print: bool) -> Book:
    gathered = _gather(edition)
    if not gathered.chapters:
        return Book({}, tuple(gathered.problems))
    made = _set(edition, list(gathered.chapters.values()), formats)
    if isinstance(made, typeset.Unset):
        for case, why in _guilty(edition, gathered, formats):
            gathered.fails(case, [unset(case, why)])
        made = _set(edition, list(gathered.chapters.values()), formats)
    if isinstance(made, typeset.Unset):
        return Book({}, (*gathered.problems, unset(edition.event, made)))
    gathered.problems += _overflowing(edition, made["pdf"]) if "pdf" in made else ()
    refused = not edition.draft and any(one.severity is Severity.ERROR for one in gathered.problems)
    if refused:
        return Book({}, tuple(gathered.problems))
    looks = {ending: writers.writer(ending).look(book) for ending, book in made.items()}
    books = {f"{edition.name}.{ending}": book for ending, book in made.items()}
    if to_print and "pdf" in made:
        prints = _prints(edition, list(gathered.chapters.values()), made["pdf"])
        if isinstance(prints, typeset.Unset):
            return Book({}, (*gathered.problems, unset(edition.event, prints)))
        books |= prints
    files = {
        **books,
        f"{edition.name}.json": beside.manifest(edition, books, gathered.unset),
        f"{edition.name}.txt": beside.accessibility(edition, looks),
    }
    faults = [inaccessible(edition.event, fault) for look in looks.values() for fault in look.faults]
    return Book(files, (*gathered.problems, *faults), max(look.pages for look in looks.values()))


def _gather(edition: Edition) -> _Gathered:
    """The chapters, with a marked page for each that holds what cannot be set."""
    gathered = _Gathered(edition, problems=list(edition.problems))
    if edition.has("picture"):
        named = {case.image.file for case in edition.cases if case.image}
        edition.pictures.begin(sorted(named & pictures.usable_pictures(edition.catalogue)))
    for number, case in enumerate(edition.cases, 1):
        gathered.chapters[case.id] = chapter(edition, case, number)
        wrong = list(unsettable(edition, case, gathered.chapters[case.id]))
        gathered.problems += _unshown(edition, case)
        if wrong:
            gathered.fails(case, wrong)
    gathered.problems += _unshown_cover(edition)
    front = contents(edition, [])
    event = edition.event
    gathered.problems += unsettable(edition, event, [event.title, event.summary, edition.told.model_dump(), front])
    return gathered


def unsettable(edition: Edition, entry: Entry, data: Any) -> Iterator[Problem]:
    """What no font has, at the first line of the file where it stands."""
    catalogue = edition.catalogue
    lost = "".join(dict.fromkeys("".join(one.characters for one in typeset.lacking(catalogue.root, tree_of(data)))))
    if not lost:
        return
    lines = (catalogue.root / entry.path).read_text("utf-8", "replace").split("\n")
    places = ((number, line.find(one) + 1) for number, line in enumerate(lines, 1) for one in lost if one in line)
    yield Problem(
        entry.path,
        Place(*next(places, (0, 0))),
        MANUAL,
        Severity.ERROR,
        text("no font has these characters: {characters}", characters=" ".join(lost[:12])),
        text("write them with other letters, or put a font that has them into templates/typeset/fonts/"),
    )


def tree_of(data: Any) -> Any:
    """Data with its texts as they are set."""
    if isinstance(data, str):
        return tree.said(data)
    if isinstance(data, dict):
        return {name: tree_of(value) for name, value in data.items()}
    return [tree_of(value) for value in data] if isinstance(data, (list, tuple)) else None


def _unshown(edition: Edition, case: Case) -> Iterator[Problem]:
    """A picture that the book does without, and one that says nothing to those who do not see it."""
    image = case.image
    if image is None or not edition.has("picture"):
        return
    place = edition.catalogue.place(case, "image", "file")
    if image.file not in pictures.usable_pictures(edition.catalogue):
        yield _warning(
            case,
            place,
            text("the picture {file} cannot be shown", file=image.file),
            text("`idesluss check` says why"),
        )
    elif not image.alt:
        yield _warning(
            case,
            place,
            text("the picture has no text for those who do not see it"),
            text("write what it shows in `image: alt`; the title stands in for it"),
        )


def _unshown_cover(edition: Edition) -> Iterator[Problem]:
    """The same for the cover picture and the logo, and colours on which white text cannot be read."""
    event, told = edition.event, edition.told
    for name, file, alt in (("cover", told.cover, told.cover_alt), ("logo", told.logo, told.logo_alt)):
        place = edition.catalogue.place(event, "booklet", name)
        image = event.image if event.image and event.image.file == file else None
        if file and file not in pictures.usable_pictures(edition.catalogue):
            message, hint = text("the picture {file} cannot be shown", file=file), text("`idesluss check` says why")
            yield _warning(event, place, message, hint)
        elif file and not alt and not (image and image.alt):
            message = text("the picture has no text for those who do not see it")
            yield _warning(event, place, message, text("write what it shows in `{name}`", name=f"{name}_alt"))
    for name, colour in (("deep", told.colours.deep), ("accent", told.colours.accent)):
        if _contrast(colour) < READABLE:
            message = text(
                "white and {colour} are too alike: the contrast is {contrast} to 1",
                colour=colour,
                contrast=f"{_contrast(colour):.1f}",
            )
            hint = text("choose a darker colour, with a contrast of at least 4.5")
            place = edition.catalogue.place(event, "booklet", "colours", name)
            yield Problem(event.path, place, MANUAL, Severity.ERROR, message, hint)


def _contrast(colour: str) -> float:
    """How well white is read on a colour, as WCAG reckons it: from 1 to 21."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 1.05 / (sum(part * share for part, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True)) + 0.05)


def _warning(entry: Entry, place: Place, message: Text, hint: Text) -> Problem:
    return Problem(entry.path, place, MANUAL, Severity.WARNING, message, hint)


def _set(edition: Edition, chapters: list[Data], formats: Iterable[str]) -> dict[str, bytes] | typeset.Unset:
    """The book with these chapters, by format; or why it cannot be set in one of them."""
    data = contents(edition, chapters)
    files = _files(edition, data)
    made = {}
    for ending in formats:
        book = writers.writer(ending).write(edition, data, files)
        if isinstance(book, typeset.Unset):
            return book
        made[ending] = book
    return made


def _prints(edition: Edition, chapters: list[Data], book: bytes) -> dict[str, bytes] | typeset.Unset:
    from idesluss.booklet.printing import prints

    data = contents(edition, chapters)
    return prints(edition, TEMPLATE, data, _files(edition, data), book)


def _files(edition: Edition, data: Data) -> Mapping[str, bytes]:
    """The pictures and codes that the data names."""
    chapters = data["chapters"]
    shown = [one["picture"] for one in chapters] + [data["cover"], data["logo"]]
    files = {one["file"] for one in shown if one}
    files |= {file for one in chapters for part in one["parts"] for file in tree.files(part["blocks"])}
    edition.pictures.begin(files)
    codes = {pictures.code_of(one["id"]): pictures.code(one["address"]) for one in chapters}
    return {**edition.pictures.of(files), **codes}


def preview(edition: Edition) -> tuple[bytes, ...] | typeset.Unset:
    """Pictures of the pages of the edition's examples, as the book shows them."""
    used = translate.used()
    translate.use(edition.language)
    try:
        chapters = [settable(edition, chapter(edition, case, number)) for number, case in enumerate(edition.cases, 1)]
        data = contents(edition, chapters, only=True)
        return typeset.pages(edition.catalogue.root, TEMPLATE, data, _files(edition, data))
    finally:
        translate.use(used)


def _guilty(edition: Edition, gathered: _Gathered, formats: Iterable[str]) -> Iterator[tuple[Case, typeset.Unset]]:
    """Each example that cannot be set by itself either, and why."""
    for case in edition.cases:
        if case.id not in gathered.unset:
            made = alone(edition, case, formats)
            if isinstance(made, typeset.Unset):
                yield case, made


def alone(edition: Edition, case: Case, formats: Iterable[str]) -> dict[str, bytes] | typeset.Unset:
    """A book with one example in it."""
    one = replace(edition, selection=Selection((case,), ()))
    return _set(one, [chapter(one, case, 1)], formats)


def unset(entry: Entry, why: typeset.Unset) -> Problem:
    said = "; ".join((why.reason, *why.hints))
    return Problem(
        entry.path, Place(), MANUAL, Severity.ERROR,
        text("it cannot be set: {said}", said=said),
        text("take out what is unusual in it, and report this: it is a fault in the program or in the template"),
    )  # fmt: skip


def inaccessible(entry: Entry, fault: Text) -> Problem:
    return Problem(
        entry.path, Place(), MANUAL, Severity.ERROR,
        text("the finished book is not accessible: {fault}", fault=fault),
        text("report this: it is a fault in the program or in the template"),
    )  # fmt: skip


def _overflowing(edition: Edition, made: bytes) -> Iterator[Problem]:
    """Each example that fills more than its pages."""
    found = starts(made)
    for case in edition.cases:
        first = found.named[f"case-{case.id}"]
        after = next((page for page in found.parts if page > first), found.last + 1)
        if after - first > MOST[edition.paper]:
            yield _warning(
                case,
                Place(1, 1),
                text("it needs more than {most} pages", most=MOST[edition.paper]),
                text("shorten it, or leave out a part with `booklet: leave_out` in the event's file"),
            )
