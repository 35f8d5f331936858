"""The typesetter: what is set is data, never a command; what cannot be set is a value that says why."""

from __future__ import annotations

import datetime
import subprocess
import sys
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from idesluss import typeset

Instance = Callable[[Mapping[str, str | bytes | None]], Path]
SIZE = typeset.Size(300, 200)
SAY = """\
#let picture(it) = {
  set text(font: ("Atkinson Hyperlegible Next", "Noto Sans", "Noto Emoji"), size: 20pt)
  block(inset: 20pt, it.said)
}
"""
BOOK = '#set document(title: "Bok")\n#set text(lang: "sv")\n#let it = json("data.json")\n= #it.said\n'
NOON = datetime.datetime(2026, 3, 4, 12, tzinfo=datetime.UTC)
HOSTILE = (
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.3.0"',
    '#panic("stopp")',
    "*fet* _kursiv_ $x^2$ <etikett> @hänvisning \\ // /* ` ``` [] {} #{} = rubrik",
    "\u202ebakvänt",
    "W" * 20_000,
    "[" * 500,
)


def picture(made: bytes | typeset.Unset) -> Image.Image:
    assert isinstance(made, bytes), made
    opened = Image.open(BytesIO(made))
    assert opened.format == "PNG"
    return opened.convert("L")


def ink(made: bytes | typeset.Unset) -> int:
    """How many pixels are dark."""
    return sum(picture(made).histogram()[:128])


def words(made: bytes | typeset.Unset) -> str:
    assert isinstance(made, bytes), made
    document = pypdfium2.PdfDocument(made)
    return " ".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.fixture
def press(instance: Instance) -> Path:
    """An instance with two templates of its own."""
    return instance({"templates/typeset/say.typ": SAY, "templates/typeset/book.typ": BOOK})


def test_a_picture_has_the_size_that_is_asked_for_and_the_same_bytes_each_time(press: Path) -> None:
    made = typeset.png(press, "say", {"said": "Möbelbank"}, SIZE)
    assert picture(made).size == SIZE
    assert ink(made) > 300
    assert made == typeset.png(press, "say", {"said": "Möbelbank"}, SIZE)
    assert made != typeset.png(press, "say", {"said": "Möbelbanken"}, SIZE)


@pytest.mark.parametrize("said", HOSTILE, ids=lambda said: said[:12])
def test_hostile_text_is_set_as_it_stands(press: Path, said: str) -> None:
    """What would be a command in a template is letters when it comes as data, in pictures and documents."""
    assert ink(typeset.png(press, "say", {"said": said}, SIZE)) > 200
    told = typeset.settable(press, said[:300])
    shown = words(typeset.pdf(press, "book", {"said": told}, made=NOON))
    assert "".join(told.split())[:20] in "".join(shown.split())


def test_a_document_keeps_its_bytes(press: Path) -> None:
    first, second = (typeset.pdf(press, "book", {"said": "Behov"}, made=NOON) for _ in range(2))
    assert isinstance(first, bytes)
    assert first == second
    assert b"pdfuaid" in first


def test_what_cannot_be_set_is_told_and_never_raised(press: Path) -> None:
    """A wrong template, a template that is not there, a package, a file outside, and a page too many."""
    folder = press / "templates" / "typeset"
    (folder / "wrong.typ").write_text("#let picture(it) = it.none\n")
    (folder / "out.typ").write_text('#let picture(it) = read("../../etc/hostname")\n')
    (folder / "long.typ").write_text("#let picture(it) = { pagebreak() }\n")
    for template, part in (("wrong", "none"), ("nowhere", "not found"), ("out", ""), ("long", "container")):
        made = typeset.png(press, template, {"said": "x"}, SIZE)
        assert isinstance(made, typeset.Unset), template
        assert part in made.reason
    (folder / "fetch.typ").write_text('#import "@preview/cetz:0.3.0": canvas\n#let picture(it) = []\n')
    fetched = typeset.png(press, "fetch", {}, SIZE)
    assert isinstance(fetched, typeset.Unset)
    assert "fetched from the network" in fetched.reason


def test_files_are_copied_and_links_are_not_followed(press: Path, tmp_path: Path) -> None:
    buffer = BytesIO()
    Image.new("L", (4, 4), 0).save(buffer, "PNG")
    black, link = tmp_path / "svart.png", tmp_path / "vag.png"
    black.write_bytes(buffer.getvalue())
    link.symlink_to(black)
    (press / "templates/typeset/show.typ").write_text('#let picture(it) = image("a/b.png", width: 100%)\n')
    assert ink(typeset.png(press, "show", {}, SIZE, {"a/b.png": black})) > 30_000
    assert isinstance(typeset.png(press, "show", {}, SIZE, {"a/b.png": link}), typeset.Unset)
    assert isinstance(typeset.png(press, "show", {}, SIZE, {"../b.png": black}), typeset.Unset)
    assert not (press.parent / "b.png").exists()


def test_a_template_that_is_a_link_is_not_used(press: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.typ").write_text(SAY)
    (press / "templates/typeset/linked.typ").symlink_to(tmp_path / "elsewhere.typ")
    assert isinstance(typeset.png(press, "linked", {"said": "x"}, SIZE), typeset.Unset)


def test_letters_of_many_languages_are_there_and_others_are_named(press: Path) -> None:
    """Swedish, Sámi, Polish, Greek, Cyrillic, signs and emoji can be set; the rest is named by its place."""
    has = "Åäö čđŋšŧž łęąż ğış Ελλάδα Жизнь → ✓ ★ ≥ ½ № € “” ’ – … 😀 ♻ 🌱"
    assert typeset.lacking(press, {"cases": [{"title": has}, {"title": "Två\n\trader"}]}) == []
    found = typeset.lacking(press, {"cases": [{"title": "Bra"}, {"title": "Möte 会议 مرحبا 会"}]})
    assert [(one.at, "会" in one.characters, "م" in one.characters) for one in found] == [("cases/1/title", True, True)]
    assert typeset.settable(press, "Möte 会议 مرحبا nu") == "Möte □ nu"
    assert typeset.settable(press, "a\u0308\u202e \x07b\u200b\n c") == "ä b c"


def test_every_letter_that_is_said_to_be_there_leaves_ink(press: Path) -> None:
    """The fonts are really used, and not a system's own: a letter from each leaves a mark of its own."""
    blank = ink(typeset.png(press, "say", {"said": ""}, SIZE))
    marks = [picture(typeset.png(press, "say", {"said": letter}, SIZE)).tobytes() for letter in "ÅŋЖΩ😀♻"]
    assert blank == 0
    assert len(set(marks)) == len(marks)


FORKING = """
import datetime, multiprocessing, sys
from pathlib import Path
from idesluss import typeset
root, size = Path(sys.argv[1]), typeset.Size(600, 315)
def child():
    assert isinstance(typeset.png(root, "say", {"said": "barn"}, size), bytes)
    noon = datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.UTC)
    assert isinstance(typeset.pdf(root, "book", {"said": "barn"}, made=noon), typeset.Unset)
assert isinstance(typeset.png(root, "say", {"said": "parent"}, size), bytes)
process = multiprocessing.get_context("fork").Process(target=child)
process.start()
process.join(30)
if process.exitcode is None:
    process.kill()
    sys.exit("the child waits for threads that it has not got")
sys.exit(process.exitcode)
"""


def test_a_forked_process_sets_pictures_and_refuses_documents(press: Path) -> None:
    """After something was set, a forked process lacks the typesetter's threads; it must not wait for them.

    In a Python of its own, where no other test has left a thread.
    """
    done = subprocess.run([sys.executable, "-c", FORKING, str(press)], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
