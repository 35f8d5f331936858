"""Hostile and clumsy examples in a book: each is set as it was written or named, and no other is harmed.

Every run is watched from outside (strace): the files that the program and the typesetter open, and every socket.
"""

from __future__ import annotations

import os
import re
import shutil
import site
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from conftest import REPOSITORY, GitInstance
from idesluss.booklet.structure import starts
from test_booklet import CONFIRMED, THEMES, UNIT, case, event

Done = subprocess.CompletedProcess[str]
OPENED = re.compile(r"= \d+<(/[^>]*)>")
WATCHED = "trace=open,openat,openat2,creat,%network"


class Kind(NamedTuple):
    """What an example holds, and what comes of it: pieces that stand in the book, or a message with its line."""

    what: str
    pieces: tuple[str, ...] = ()
    line: str = ""
    message: str = ""
    more: str = CONFIRMED
    title: str = "Hyllan"
    closed: bool = False
    """Whether the check keeps it from all readers, so that the event's file is named."""


PICTURE = f"{CONFIRMED}\nimage: {{{{file: {{}}, alt: En hylla}}}}"
LEFT_OUT = "bilden {} kan inte visas [booklet-case]"


def picture(file: str) -> Kind:
    """A picture that is named and left out, while its example stands."""
    return Kind("En hylla.", ("En hylla.",), "image:", LEFT_OUT.format(file), PICTURE.format(file))


KINDS = {
    # Commands of the typesetter
    "read": Kind('#read("/etc/passwd")', ('#read("/etc/passwd")',)),
    "package": Kind('#import "@preview/cetz:0.3.0": *', ("#import", '"@preview/cetz:0.3.0": *')),
    "markup": Kind(r"\#\{ \[x\] \$y\$ @ref \<label\> // slut", ("#{ [x] $y$ @ref <label> // slut",)),
    "title": Kind("Text", ('#read("/etc/passwd")', "= rubrik"), title="'#read(\"/etc/passwd\") *fet* = rubrik'"),
    "field": Kind("Text", ('#include "/etc/passwd"',), more=f"{CONFIRMED}\nadaptable: ['#include \"/etc/passwd\"']"),
    # Letters
    "emoji": Kind("Hej 👩‍🚒 🎉 ❤️ på er", ("Hej", "🎉", "på er")),
    "sami-greek-cyrillic": Kind("čđŋšŧž, ελληνικά, кириллица", ("čđŋšŧž, ελληνικά, кириллица",)),
    "cjk": Kind("Rad ett.\n\nHej 漢字", (), "Hej 漢字", "inget typsnitt har de här tecknen: 漢 字"),
    "right-to-left": Kind("Rad ett.\n\nHej مرحبا", (), "Hej مرحبا", "inget typsnitt har de här tecknen: م"),
    "combining": Kind("z" + "\u0301\u0327\u0335" * 30 + " slut", ("slut",)),
    "control": Kind("bak\u202evänt \u0007", (), "event", "för häftets läsare", closed=True),
    # Structure
    "skipped-heading": Kind("#### För djup\n\nText", ("För djup", "Text")),
    "empty-heading": Kind("### \n\nText", ("Text",)),
    "sixty-quotes": Kind("> " * 60 + "djupt", ("djupt",)),
    "forty-lists": Kind("\n".join(f"{'  ' * deep}- nivå {deep}" for deep in range(40)), ("nivå 39",)),
    "endless-word": Kind("W" * 20_000, ("W" * 500,)),
    "endless-code": Kind("```\n" + "x" * 3_000 + "\n```", ("x" * 500,)),
    "uneven-tables": Kind(
        "|a|b|\n|-|-|\n|**1** och|2|\n||3|\n\n|c|\n|-|\n", ("1 och 2",)
    ),
    "html": Kind('<div align="center"><b>fet</b><br>rad</div><details><summary>Mer</summary>Dolt</details>', ("Dolt",)),
    "footnote-tasks-numbers": Kind("Text[^1]\n\n[^1]: Not\n\n- [x] två\n\n99999999. sist", ("Not", "☑ två", "sist")),
    # Links and pictures
    "links": Kind(
        "[en](file:///etc/passwd) [två](javascript:alert(1)) [tre](../../../etc/passwd)",
        ("en två tre",),
    ),
    "picture-elsewhere": Kind("![En bild](https://foreign.example/x.png)", ("En bild",)),
    "picture-bomb": picture("bomb.png"),
    "svg-that-fetches": picture("fetches.svg"),
    "svg-with-an-entity-bomb": picture("entities.svg"),
    "svg-in-disguise": picture("disguised.png"),
    "linked-picture": picture("linked.png"),
    "picture-with-a-place": picture("gps.jpg"),
    "picture-outside": Kind("En hylla.", (), "image:", "", PICTURE.format("../../../secret.png")),
}  # fmt: skip


def pictures(media: Path, outside: Path) -> None:
    """The hostile pictures, one of them a link to the outside."""
    media.mkdir(parents=True)
    Image.new("1", (30_000, 30_000)).save(media / "bomb.png")
    svg = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'
    fetches = svg.format('<image href="https://foreign.example/x.png"/><image href="file:///etc/passwd"/>')
    (media / "fetches.svg").write_text(fetches)
    (media / "disguised.png").write_text(fetches)
    entities = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 12))
    bomb = f'<!DOCTYPE svg [<!ENTITY e0 "ha">{entities}<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    (media / "entities.svg").write_text(bomb + svg.format("<text>&e11;&file;</text>"))
    (media / "linked.png").symlink_to(outside)
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (56.0, 2.0, 0.0), 3: "E", 4: (12.0, 42.0, 0.0)})
    Image.new("RGB", (60, 40), "white").save(media / "gps.jpg", exif=exif)


@pytest.fixture(scope="module")
def strace() -> str:
    found = shutil.which("strace")
    if found is None:
        pytest.skip("no strace on this machine")
    if subprocess.run([found, "-qq", "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine does not let strace watch a program")
    return found


def allowed(root: Path, own: Path) -> tuple[tuple[str, ...], frozenset[str]]:
    """Folders and files that a book may be made from: the instance, the program, Python, and the system's libraries."""
    code = [REPOSITORY / "generator", REPOSITORY / "templates"]
    python = [Path(place) for place in (sys.prefix, sys.base_prefix, *sys.path, *site.getsitepackages()) if place]
    system = map(Path, ("/usr/lib", "/lib", "/usr/local/lib", "/usr/share/zoneinfo", "/proc", "/sys"))
    folders = [root, own / "out", own / "cache", *code, *python, *system]
    git = ("/etc/gitconfig", str(Path.home() / ".gitconfig"), str(Path.home() / ".config/git/config"))
    files = {
        "/dev/null",
        "/etc/ld.so.cache",
        "/etc/localtime",
        "/etc/locale.alias",
        "/etc/ssl/openssl.cnf",
        str(own),
        "/",
        *git,
    }
    return tuple(f"{place.resolve()}/" for place in folders), frozenset(files)


def test_the_watch_sees_what_is_opened_and_connected(strace: str, tmp_path: Path) -> None:
    """What is read through a link is told by its real path; else the next test could not fail."""
    (tmp_path / "linked").symlink_to("/etc/passwd")
    program = (
        "import socket, sys; open(sys.argv[1]).read()\n"
        "try: socket.create_connection(('127.0.0.1', 9), 1)\nexcept OSError: pass"
    )
    trace = tmp_path / "trace.txt"
    command = [strace, "--follow-forks", "--seccomp-bpf", "-qq", "--decode-fds=path", "-e", WATCHED, "-o", str(trace)]
    subprocess.run([*command, sys.executable, "-c", program, str(tmp_path / "linked")], check=True)
    told = trace.read_text("utf-8")
    assert "/etc/passwd" in OPENED.findall(told)
    assert "AF_INET" in told


class Watched(NamedTuple):
    """A draft with all kinds in it: what was said, the files that were opened, the network's calls, and its folder."""

    done: Done
    opened: list[str]
    network: list[str]
    root: Path
    out: Path

    def text(self, id_: str) -> str:
        """What stands on the pages of an example, without spaces and quotation marks."""
        book = (self.out / "mashup-utkast.pdf").read_bytes()
        found = starts(book)
        first = found.named[f"case-{id_}"]
        after = min((page for page in found.named.values() if page > first), default=found.last + 1)
        with pypdfium2.PdfDocument(book) as document:
            pages = [document[at - 1].get_textpage().get_text_bounded() for at in range(first, after)]
        return bare("".join(pages))


def bare(text: str) -> str:
    return re.sub('[\ufffe\x02\u200b\u00ad\u200d\ufe0f“”"\\s-]', "", text)


@pytest.fixture(scope="module")
def watched(strace: str, tmp_path_factory: pytest.TempPathFactory) -> Watched:
    """Made once, since each kind must leave all others unharmed."""
    own = tmp_path_factory.mktemp("watched")
    root, trace, outside = own / "instance", own / "trace.txt", own / "secret.png"
    Image.new("RGB", (60, 40), "red").save(outside)
    pictures(root / "ideas" / "media", outside)
    made = GitInstance(root)
    made.git("init", "--quiet", "--initial-branch=main")
    cases = {id_: case(kind.what, kind.title, kind.more) for id_, kind in KINDS.items()}
    files = {
        "idesluss.yml": THEMES,
        "ideas/units/naset.md": UNIT.format(title="Näset"),
        **{f"ideas/cases/{id_}.md": text for id_, text in cases.items()},
        "ideas/cases/korgen.md": case("En korg vid dörren.", "Korgen"),
        "ideas/events/mashup.md": event("cases:", *(f"  - {id_}" for id_ in (*cases, "korgen"))),
    }
    made.commit(files, "2026-04-02")
    program = [sys.executable, "-m", "idesluss", "--root", str(root), "--lang", "sv", "booklet", "make", "mashup"]
    watch = [strace, "--follow-forks", "--seccomp-bpf", "-qq", "--decode-fds=path", "-e", WATCHED, "-o", str(trace)]
    done = subprocess.run(
        [*watch, *program, "--draft", "--out", str(own / "out")],
        cwd=root,
        env={**os.environ, "TMPDIR": str(own), "IDESLUSS_CACHE": str(own / "cache"), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    told = trace.read_text("utf-8", "replace").splitlines()
    opened = [found[1].removesuffix(" (deleted)") for line in told if (found := OPENED.search(line))]
    network = [line for line in told if re.search(r"\b(connect|bind|sendto|sendmsg|listen)\(|AF_INET", line)]
    return Watched(done, opened, network, root, own / "out")


def test_nothing_outside_is_read_and_no_network_is_touched(watched: Watched) -> None:
    own = watched.root.parent
    within, exactly = allowed(watched.root, own)
    foreign = [path for path in watched.opened if not f"{path}/".startswith(within) and path not in exactly]
    fresh = re.compile(rf"{re.escape(str(own.resolve()))}/(idesluss-)?#?[a-z0-9_]+(/|$)")
    assert [path for path in foreign if not fresh.match(path) or "secret" in path] == []
    assert sum("/idesluss-" in path for path in foreign) > 10
    assert any(path.endswith("NotoEmoji-Regular.ttf") for path in watched.opened)
    assert watched.network == []


def test_the_others_are_unharmed_and_the_book_is_whole(watched: Watched) -> None:
    assert watched.done.returncode == 0, watched.done.stdout + watched.done.stderr
    assert "Traceback" not in watched.done.stderr
    assert "Enkorgviddörren." in watched.text("korgen")
    assert "ideas/cases/korgen.md" not in watched.done.stdout
    assert "Inga fel hittades." in (watched.out / "mashup-utkast.txt").read_text("utf-8")
    with pikepdf.open(watched.out / "mashup-utkast.pdf") as document:
        assert not document.check_pdf_syntax()
        assert not [one for page in document.pages for one in page.get_images()]
        notes = [note for page in document.pages for note in page.get("/Annots", ())]
        leads = [str(note.A.URI) for note in notes if "/A" in note and "/URI" in note.A]
    assert leads
    assert {lead.partition(":")[0] for lead in leads} <= {"https", "mailto"}


@pytest.mark.parametrize("id_", KINDS)
def test_each_kind_is_set_as_written_or_named(watched: Watched, id_: str) -> None:
    kind = KINDS[id_]
    file = f"ideas/cases/{id_}.md"
    if not kind.closed:
        said = watched.text(id_)
        assert "root:" not in said
        for piece in kind.pieces:
            assert bare(piece) in said
    if not kind.line:
        assert f"{file}:" not in watched.done.stdout.replace(f"{file}:1:1: varning: det behöver mer än 2 sidor", "")
        return
    told, wanted = ("ideas/events/mashup.md", f"- {id_}") if kind.closed else (file, kind.line)
    lines = (watched.root / told).read_text("utf-8").splitlines()
    number = max(at for at, line in enumerate(lines, 1) if wanted in line)
    assert re.search(
        rf"^{re.escape(told)}:{number}:\d+: (fel|varning): .*{re.escape(kind.message)}",
        watched.done.stdout,
        re.MULTILINE,
    )
