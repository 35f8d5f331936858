"""Words: put into Swedish and English when they are shown, complete, and kept in step with the code."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Callable, Iterator
from gettext import GNUTranslations
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.pofile import read_po
from click.testing import CliRunner

from idesluss import translate
from idesluss.problem import text

REPOSITORY = Path(__file__).resolve().parents[1]
SCRIPT = REPOSITORY / "tools" / "messages.py"


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    before = translate.used()
    yield
    translate.use(before)


def test_words_are_in_the_language_in_use() -> None:
    translate.use("sv")
    assert (translate.gettext("error"), translate.ngettext("{n} warning", "{n} warnings", 2)) == (
        "fel",
        "{n} varningar",
    )
    translate.use("en")
    assert (translate.gettext("error"), translate.ngettext("{n} warning", "{n} warnings", 1)) == (
        "error",
        "{n} warning",
    )


def test_words_that_nobody_has_translated_stay() -> None:
    translate.use("sv")
    assert translate.gettext("no such words in the catalogue") == "no such words in the catalogue"
    assert translate.gettext("") == ""


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="'de'"):
        translate.use("de")
    assert set(translate.languages()) == {"sv", "en"}


def test_a_sentence_holds_other_sentences_and_lists() -> None:
    inner = text("did you mean {near}?", near="pilot")
    sentence = text("here fits: {kinds}", kinds=("idea", inner, 3, ["a", "b"]))
    assert translate.render(sentence, "en") == "here fits: idea, did you mean pilot?, 3, a, b"
    assert translate.render(sentence, "sv") == "här passar: idea, menade du pilot?, 3, a, b"


def test_what_a_value_holds_is_never_a_field() -> None:
    assert translate.render(text("there is no theme {theme}", theme="{0} {theme} %s {{"), "en").endswith(
        "{0} {theme} %s {{"
    )


def test_the_language_given_wins_over_the_one_in_use() -> None:
    translate.use("sv")
    assert translate.render(text("it is at least {limit}", limit=2), "en") == "it is at least 2"
    assert translate.render(text("it is at least {limit}", limit=2)) == "det är minst 2"


def test_showing_words_needs_no_babel() -> None:
    told = "import sys; from idesluss import translate; translate.use('sv'); translate.gettext('error')"
    done = subprocess.run(
        [sys.executable, "-c", f"{told}; print([name for name in sys.modules if 'babel' in name])"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "[]"


def test_everything_is_translated_and_compiled() -> None:
    """Run `tools/messages.py update`, translate what is missing, and `compile`, if this fails."""
    done = subprocess.run([sys.executable, SCRIPT, "check"], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def messages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, working on a small program of its own."""
    specification = importlib.util.spec_from_file_location("messages_on_trial", SCRIPT)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    monkeypatch.setitem(sys.modules, "messages_on_trial", module)
    specification.loader.exec_module(module)
    for name, folder in (("TOP", ""), ("CODE", "code"), ("LOCALE", "locale"), ("TEMPLATES", "templates")):
        monkeypatch.setattr(module, name, tmp_path / folder)
    monkeypatch.setattr(module, "CLICK", ())
    (tmp_path / "code").mkdir()
    (tmp_path / "templates").mkdir()
    return module


Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(messages: ModuleType) -> Run:
    def run_it(*arguments: str | Path) -> tuple[int, str]:
        result = CliRunner().invoke(messages.main, [str(argument) for argument in arguments])
        return result.exit_code, result.output

    return run_it


def write(messages: ModuleType, code: str, template: str = "") -> None:
    (messages.CODE / "module.py").write_text(code, "utf-8")
    (messages.TEMPLATES / "page.html").write_text(template, "utf-8")


def swedish(messages: ModuleType) -> Path:
    path: Path = messages.catalogue_of("sv")
    return path


def test_every_way_to_mark_words_is_found(messages: ModuleType) -> None:
    code = '''"""The manual.

    Right:
        a
    """
CODE = "x"
A = (N_("table"), text("message {a}", a=1), _("shown"), gettext("said"), ngettext("one", "many", 2))
B = field("Label", "Help"), field(label="Named", help="Helped"), text(variable), other("not this")

@main.command("go")
def go():
    """Go there."""

class Small(Part):
    """A part."""

class Other:
    """Not for people."""
'''
    write(messages, code, '{{ _("in a page") }} {{ ngettext("{n} page", "{n} pages", 2) }} {{ other("no") }}')
    found = {text.msgid: text.plural for text in messages.found()}
    assert found == {
        "The manual.\n\nRight:\n    a": "", "table": "", "message {a}": "", "shown": "", "said": "", "one": "many",
        "Label": "", "Help": "", "Named": "", "Helped": "", "Go there.": "", "A part.": "", "in a page": "",
        "{n} page": "{n} pages",
    }  # fmt: skip


def test_clicks_own_words_are_found() -> None:
    done = subprocess.run([sys.executable, SCRIPT, "extract"], check=True, capture_output=True, text=True)
    assert "'Show this message and exit.'" in done.stdout
    assert "'Usage:'" in done.stdout


def test_updating_twice_changes_nothing_and_keeps_translations(messages: ModuleType, run: Run, tmp_path: Path) -> None:
    write(messages, 'A = _("b"), _("a\\nc"), ngettext("{n} x", "{n} xs", 1)')
    run("update")
    fragment = tmp_path / "given.po"
    fragment.write_text('msgid "b"\nmsgstr "B"\n\nmsgid "later"\nmsgstr "senare"\n', "utf-8")
    assert run("merge", fragment)[0] == 0
    first = swedish(messages).read_bytes()
    run("update")
    assert swedish(messages).read_bytes() == first
    assert b"POT-Creation-Date" not in first
    assert b"#:" not in first
    write(messages, 'A = _("later")')
    run("update")
    with swedish(messages).open("rb") as file:
        catalogue = read_po(file)
    assert {message.id: message.string for message in catalogue if message.id} == {"later": "senare"}
    assert [message.string for message in catalogue.obsolete.values()] == ["B"]


def test_a_merge_keeps_what_is_translated_already(messages: ModuleType, run: Run, tmp_path: Path) -> None:
    write(messages, 'A = _("a")')
    first, second = tmp_path / "first.po", tmp_path / "second.po"
    first.write_text('msgid "a"\nmsgstr "ett"\n', "utf-8")
    second.write_text('msgid "a"\nmsgstr "två"\n', "utf-8")
    run("merge", first)
    assert "stays 'ett', not 'två'" in run("merge", second)[1]
    assert 'msgstr "ett"' in swedish(messages).read_text("utf-8")
    run("merge", "--replace", second)
    assert 'msgstr "två"' in swedish(messages).read_text("utf-8")


FAULTS = {
    "missing": ('A = _("a")', 'msgid "a"\nmsgstr ""\n', "no translation of “a”"),
    "half a plural": (
        'A = ngettext("{n} a", "{n} as", 1)',
        'msgid "{n} a"\nmsgid_plural "{n} as"\nmsgstr[0] "{n} a"\nmsgstr[1] ""\n',
        "no translation",
    ),
    "fuzzy": ('A = _("a")', '#, fuzzy\nmsgid "a"\nmsgstr "b"\n', "fuzzy"),
    "lost placeholder": ('A = _("a {x}")', 'msgid "a {x}"\nmsgstr "b"\n', "other placeholders: x"),
    "new placeholder": ('A = _("a")', 'msgid "a"\nmsgstr "b {y}"\n', "other placeholders: y"),
    "open brace": ('A = _("a {x}")', 'msgid "a {x}"\nmsgstr "b {x"\n', "braces"),
    "value left out": ('A = text("a {x}", y=1)', 'msgid "a {x}"\nmsgstr "b {x}"\n', "no value for x"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_check_finds(name: str, messages: ModuleType, run: Run) -> None:
    code, words, said = FAULTS[name]
    write(messages, code)
    run("update")
    header = swedish(messages).read_text("utf-8").split("\n\n")[0]
    swedish(messages).write_text(f"{header}\n\n{words}", "utf-8")
    run("compile")
    code_, output = run("check")
    assert code_ == 1
    assert said in output


def test_a_check_finds_catalogues_that_are_older_than_the_code(messages: ModuleType, run: Run, tmp_path: Path) -> None:
    write(messages, 'A = _("a")')
    fragment = tmp_path / "given.po"
    fragment.write_text('msgid "a"\nmsgstr "b"\n', "utf-8")
    run("update")
    run("merge", fragment)
    assert "older than the .po file" in run("check")[1]
    run("compile")
    assert run("check") == (0, "1 texts in en, sv: complete\n")
    write(messages, 'A = _("b")')
    assert "is not as `messages.py update` writes it" in run("check")[1]


def test_compiled_words_are_those_of_the_text_file() -> None:
    for language in translate.languages():
        folder = translate.FOLDER / language / "LC_MESSAGES"
        with (folder / "idesluss.po").open("rb") as words, (folder / "idesluss.mo").open("rb") as file:
            told = [message for message in read_po(words) if message.id and message.string]
            compiled = GNUTranslations(file)
        assert len(told) > 500
        for message in told:
            if isinstance(message.id, str):
                assert compiled.gettext(message.id) == message.string
            else:
                one, many = message.id
                assert [compiled.ngettext(one, many, number) for number in (1, 2)] == list(message.string or ())
