"""The texts of the user interface, taken out of code and templates, and kept with their translations.

    messages.py extract        list every text that people read
    messages.py update         bring the .po files up to date with the code
    messages.py merge FILE…    take translations over from other PO files
    messages.py compile        write the .mo files that the program reads
    messages.py check          fail where a translation is missing, doubtful or wrong

The texts are: what stands in `_()`, `gettext()`, `ngettext()`, `N_()`, `text()` and `field()`, in Python and in the
templates; the docstrings of checks (their manuals), of commands (their help) and of kinds and their parts (the schema's
descriptions); and click's own words.
"""

from __future__ import annotations

import ast
import inspect
import io
import string
import struct
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po
from jinja2.ext import babel_extract

TOP = Path(__file__).resolve().parent.parent
CODE = TOP / "generator" / "idesluss"
LOCALE = CODE / "locale"
TEMPLATES = TOP / "templates"
TEMPLATE_ENDINGS = frozenset({".html", ".xml", ".txt", ".typ", ".svg", ".md", ".json", ".j2"})
LANGUAGES = ("en", "sv")
SOURCE_LANGUAGE = "en"

ARGUMENTS: Mapping[str, tuple[int, ...]] = {
    "N_": (0,),
    "text": (0,),
    "Text": (0,),
    "_": (0,),
    "gettext": (0,),
    "field": (0, 1),
}
"""Which arguments of a function are texts."""
PLURAL = "ngettext"
CLICK = ("core", "decorators", "exceptions", "formatting", "parser", "types")
"""The modules of click whose words a user of this program can meet."""
COMMANDS = frozenset({"command", "group"})
"""The decorators of functions whose docstring is help."""
DESCRIBED = frozenset({"Entry", "Part", "_Part", "BaseModel"})
"""What a class is based on whose docstring goes into a schema."""

HEADER = (
    "Project-Id-Version: idesluss\n"
    "Language: {language}\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\n"
)


class Found(NamedTuple):
    """A text in the code: what it is in the singular, its plural if it has one, and where it stands."""

    msgid: str
    plural: str
    place: str


# Taking out


def found() -> list[Found]:
    """Every text that people read, in the order of the msgids, each once."""
    texts: dict[str, Found] = {}
    for text in _all():
        known = texts.get(text.msgid)
        if text.msgid and (known is None or (text.plural and not known.plural)):
            texts[text.msgid] = text
    return [texts[msgid] for msgid in sorted(texts)]


def _all() -> Iterator[Found]:
    for path in sorted(CODE.rglob("*.py")):
        yield from of_code(path.read_text("utf-8"), path)
    for path in sorted(TEMPLATES.rglob("*")):
        if path.suffix in TEMPLATE_ENDINGS and path.is_file():
            yield from of_template(path)
    for name in CLICK:
        path = Path(click.__file__).with_name(f"{name}.py")
        yield from _of_calls(ast.parse(path.read_text("utf-8")), f"click.{name}")


def of_code(code: str, path: Path) -> Iterator[Found]:
    """The texts of a Python module."""
    tree = ast.parse(code)
    place = _short(path)
    yield from _of_calls(tree, place)
    if any(isinstance(node, ast.Assign) and _names(node.targets) == ["CODE"] for node in tree.body):
        yield from _docstring(tree, place)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and COMMANDS.intersection(map(_called, node.decorator_list)):
            yield from _docstring(node, place)
        if isinstance(node, ast.ClassDef) and DESCRIBED.intersection(_names(node.bases)):
            yield from _docstring(node, place)


def of_template(path: Path) -> Iterator[Found]:
    """The texts of a Jinja template."""
    with path.open("rb") as file:
        for line, name, said, _ in babel_extract(file, ["_", "gettext", PLURAL], [], {"silent": "false"}):
            words = [word for word in _words(said) if word]
            yield Found(words[0], words[1] if name == PLURAL else "", f"{_short(path)}:{line}")


def _of_calls(tree: ast.AST, place: str) -> Iterator[Found]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = _called(node)
        words = [_constant(argument) for argument in node.args[:2]]
        if name == PLURAL and len(words) > 1 and words[0] and words[1]:
            yield Found(words[0], words[1], f"{place}:{node.lineno}")
        for at in ARGUMENTS.get(name, ()):
            if at < len(words):
                yield Found(words[at], "", f"{place}:{node.lineno}")
        if name == "field":
            told = (_constant(keyword.value) for keyword in node.keywords if keyword.arg in ("label", "help"))
            yield from (Found(word, "", f"{place}:{node.lineno}") for word in told)


def _docstring(node: ast.Module | ast.ClassDef | ast.FunctionDef, place: str) -> Iterator[Found]:
    said = ast.get_docstring(node, clean=False)
    if said:
        yield Found(inspect.cleandoc(said), "", place)


def _called(node: ast.expr) -> str:
    """The name of the function that a call or a decorator names, without what stands before its last dot."""
    node = node.func if isinstance(node, ast.Call) else node
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _names(nodes: Iterable[ast.expr]) -> list[str]:
    return [node.id for node in nodes if isinstance(node, ast.Name)]


def _constant(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _short(path: Path) -> str:
    return path.relative_to(TOP).as_posix() if path.is_relative_to(TOP) else path.name


# Keeping


def catalogue_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "idesluss.po"


def kept(path: Path) -> Catalog:
    """A PO file as it stands; an empty catalogue where there is none."""
    if not path.is_file():
        return Catalog()
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def translations(catalog: Catalog) -> dict[str, Message]:
    """All messages by their msgid, those that are out of use last; without the header."""
    used = {_msgid(message): message for message in catalog if message.id}
    unused = {_msgid(message): message for message in catalog.obsolete.values() if message.id}
    return {**unused, **used}


def renewed(language: str, texts: Iterable[Found], known: Mapping[str, Message]) -> Catalog:
    """The catalogue with exactly these texts, and what is known of their translations."""
    catalog = Catalog(locale=language)
    left = dict(known)
    for text in texts:
        message = left.pop(text.msgid, None)
        id_: str | tuple[str, str] = (text.msgid, text.plural) if text.plural else text.msgid
        empty: str | tuple[str, str] = ("", "") if text.plural else ""
        said = id_ if language == SOURCE_LANGUAGE else message.string if message else empty
        if isinstance(said, str) != isinstance(id_, str):
            said = empty
        flags = ["fuzzy"] if message and message.fuzzy and said else []
        catalog.add(id_, said, flags=flags)
    if language != SOURCE_LANGUAGE:
        for message in left.values():
            if any(_words(message.string)):
                catalog.obsolete[_msgid(message)] = Message(message.id, message.string)
    return catalog


def written(catalog: Catalog) -> str:
    """The text of the PO file: sorted, without dates and places, so that it changes only where a text changes."""
    for message in [*catalog, *catalog.obsolete.values()]:
        message.flags = {flag for flag in message.flags if flag == "fuzzy"}
    file = io.BytesIO()
    write_po(file, catalog, width=0, no_location=True, omit_header=True, sort_output=True)
    header = HEADER.format(language=catalog.locale_identifier).splitlines()
    lines = ['msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in header)]
    return "\n".join(lines) + "\n\n" + file.getvalue().decode().strip("\n") + "\n"


def packed(catalog: Catalog, language: str) -> bytes:
    """The bytes of the MO file, as GNU gettext defines it; only what is translated and not in doubt is in it."""
    pairs = {b"": HEADER.format(language=language).encode()}
    for message in catalog:
        words = _words(message.string)
        if message.id and words and all(words) and not message.fuzzy:
            pairs["\0".join(_words(message.id)).encode()] = "\0".join(words).encode()
    keys = sorted(pairs)
    tables = 28
    strings_at = tables + 16 * len(keys)
    blob = b""
    table: dict[str, list[bytes]] = {"ids": [], "words": []}
    for part, items in (("ids", keys), ("words", [pairs[key] for key in keys])):
        for item in items:
            table[part].append(struct.pack("<2I", len(item), strings_at + len(blob)))
            blob += item + b"\0"
    start = struct.pack("<7I", 0x950412DE, 0, len(keys), tables, tables + 8 * len(keys), 0, tables + 16 * len(keys))
    return start + b"".join(table["ids"]) + b"".join(table["words"]) + blob


def _msgid(message: Message) -> str:
    return _words(message.id)[0]


def _words(said: str | Iterable[str | None] | None) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(word or "" for word in said or ())


# Checking


def faults() -> Iterator[str]:
    """What is wrong with the catalogues, a sentence each."""
    texts = found()
    yield from _unfilled()
    for language in LANGUAGES:
        path = catalogue_of(language)
        catalog = kept(path)
        messages = translations(catalog)
        for text in texts:
            message = messages.get(text.msgid)
            if message is None or not all(_words(message.string)) or not message.string:
                yield f"{language}: no translation of {_quoted(text.msgid)} ({text.place})"
            elif message.fuzzy:
                yield f"{language}: the translation of {_quoted(text.msgid)} is marked as fuzzy"
            else:
                yield from _unlike(language, message)
        if path.is_file() and path.read_text("utf-8") != written(renewed(language, texts, messages)):
            yield f"{language}: {_short(path)} is not as `messages.py update` writes it"
        compiled = path.with_suffix(".mo")
        if not compiled.is_file() or compiled.read_bytes() != packed(catalog, language):
            yield f"{language}: {_short(compiled)} is older than the .po file; run `messages.py compile`"


def _unlike(language: str, message: Message) -> Iterator[str]:
    """Placeholders that the translation lacks or has too many of."""
    ids = _words(message.id)
    wanted = {name for word in ids for name in placeholders(word) or ()}
    if any(placeholders(word) is None for word in ids):
        return
    for word in _words(message.string):
        given = placeholders(word)
        if given is None:
            yield f"{language}: the braces in the translation of {_quoted(ids[0])} do not match"
        elif given - wanted or (len(ids) == 1 and wanted - given):
            names = ", ".join(sorted(wanted ^ given))
            yield f"{language}: the translation of {_quoted(ids[0])} has other placeholders: {names}"


def placeholders(said: str) -> set[str] | None:
    """The names in {braces} and in %(these)s; None if the braces do not match."""
    try:
        names = {name.partition(".")[0] for _, name, _, _ in string.Formatter().parse(said) if name is not None}
    except ValueError:
        return None
    return names | {part.partition(")")[0] for part in said.split("%(")[1:]}


def _unfilled() -> Iterator[str]:
    """Calls of `text()` that leave one of the text's {fields} without a value."""
    for path in sorted(CODE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "text"):
                continue
            if not node.args:
                continue
            said, given = _constant(node.args[0]), {keyword.arg for keyword in node.keywords}
            names = placeholders(said)
            if names is None:
                yield f"{_short(path)}:{node.lineno}: the braces in {_quoted(said)} do not match"
            elif None not in given and names - given:
                lacking = ", ".join(sorted(names - given))
                yield f"{_short(path)}:{node.lineno}: no value for {lacking} in {_quoted(said)}"


def _quoted(said: str) -> str:
    first = said.strip().partition("\n")[0]
    return f"“{first if first == said else first + ' …'}”"


# The commands


@click.group()
def main() -> None:
    """Texts of the user interface and their translations."""


@main.command()
def extract() -> None:
    """List every text that people read, with its place."""
    for text in found():
        click.echo(f"{text.place}  {text.msgid!r}" + (f" / {text.plural!r}" if text.plural else ""))


@main.command()
@click.option("--tidy", is_flag=True, help="Throw away translations of texts that are gone.")
def update(tidy: bool) -> None:
    """Bring the .po files up to date with the code."""
    texts = found()
    for language in LANGUAGES:
        path = catalogue_of(language)
        catalog = renewed(language, texts, translations(kept(path)))
        if tidy:
            catalog.obsolete.clear()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written(catalog), "utf-8")
        lacking = sum(not all(_words(message.string)) or not message.string for message in catalog if message.id)
        click.echo(f"{language}: {len(texts)} texts, {lacking} not translated, {len(catalog.obsolete)} out of use")


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(LANGUAGES), default="sv", show_default=True)
@click.option("--replace", is_flag=True, help="Prefer the new translation where there is one already.")
def merge(files: tuple[Path, ...], language: str, replace: bool) -> None:
    """Take translations over from other PO files; those of unknown texts are kept for later."""
    path = catalogue_of(language)
    known = translations(kept(path))
    for file in files:
        try:
            news = translations(kept(file))
        except PoFileError as error:
            raise click.ClickException(f"{file}: {error}") from error
        taken = 0
        for msgid, message in news.items():
            if not all(_words(message.string)) or not message.string:
                continue
            old = known.get(msgid)
            if old is not None and old.string == message.string and not old.fuzzy:
                continue
            if old is not None and all(_words(old.string)) and old.string and not old.fuzzy and not replace:
                click.echo(f"{file.name}: {_quoted(msgid)} stays {old.string!r}, not {message.string!r}", err=True)
                continue
            known[msgid] = Message(message.id, message.string)
            taken += 1
        click.echo(f"{file.name}: {taken} of {len(news)} taken over")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written(renewed(language, found(), known)), "utf-8")


@main.command("compile")
def compile_() -> None:
    """Write the .mo files that the program reads."""
    for language in LANGUAGES:
        path = catalogue_of(language)
        path.with_suffix(".mo").write_bytes(packed(kept(path), language))


@main.command()
def check() -> None:
    """Fail where a translation is missing, doubtful or wrong."""
    told = list(faults())
    for fault in told:
        click.echo(fault, err=True)
    if told:
        sys.exit(1)
    click.echo(f"{len(found())} texts in {', '.join(LANGUAGES)}: complete")


if __name__ == "__main__":
    main()
