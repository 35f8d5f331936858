"""What a version of a file says, read quickly, is what the strict reader says."""

from __future__ import annotations

from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from idesluss.history import telling
from idesluss.history.telling import differ, tell
from idesluss.source import parse
from idesluss.stages import STAGES

PIECES = st.sampled_from(
    [
        *STAGES,
        "stage",
        "log",
        "tests",
        "decisions",
        "formerly",
        "title",
        "- ",
        ": ",
        ":",
        "\n",
        "\n  ",
        "\n- ",
        "\n  - ",
        "\n    ",
        "{",
        "}",
        "[",
        "]",
        ", ",
        ",",
        '"',
        "'",
        "#",
        " #",
        "&a",
        "*a",
        "!x",
        "|",
        ">-",
        ">",
        "?",
        "? ",
        "%",
        "@",
        "\t",
        " ",
        "...",
        "\n---\n",
        "\n...\n",
        "null",
        "~",
        "å",
        "e\u0301",
        "\x85",
        "\u2028",
        "\x07",
        "\ufeff",
        "\r\n",
        "\r",
        "2026-01-01",
        "http://x",
        "a: b",
        "\\",
        "<<",
        "-",
        "stage: test\n",
        "\nstage: pilot",
        "formerly: [a, b]\n",
    ]
)
LINES = st.sampled_from(
    [
        "stage: test\n",
        "stage: 'pilot'\n",
        "stage:\n",
        "stage: null\n",
        'stage: "te\n',
        "stage: test # x\n",
        "title: En: två\n",
        "title: En\n  två\n",
        "title: >-\n  En\n  två\n",
        "title: |\n  stage: x\n",
        "log:\n  - {a: b, c: d}\n",
        "log: []\n",
        "log:\n- a: b\n  c: d\n",
        "log:\n  - a: b\n     c: d\n",
        "tests:\n  - key: ett\n    hypothesis: x: y\n",
        "decisions:\n  to: a\n",
        "formerly: [a, b]\n",
        "formerly:\n  - a\n",
        "formerly: a\n",
        "benefit: {a: b,\nstage: test}\n",
        'a: "x\nstage: pilot\nb: y"\n',
        "# comment\n",
        "  - stray\n",
        "a: b\n  c: d\n",
        "a: [b, [c]]\n",
        "a: {b: {c: d}}\n",
        "  text\n",
        "a: 10:30\n",
        "a: {b: 10:30}\n",
        "a: 'it''s'\n",
        "a: x?\n",
        "a: [x?, y]\n",
        "a: >-\n    djupt\n  grunt\n",
        "\n",
        "a: >-\n  x\n\n  y\n",
        "é: x\n",
        "a : b\n",
        "a:b\n",
        "log: x\n",
        "stage: test\r\n",
        "a: [x y , z]\n",
    ]
)


def strictly(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    source, _ = parse("x.md", data)
    if source is None:
        return None
    stage, formerly = source.front.get("stage", "submitted"), source.front.get("formerly")
    names = tuple(name for name in formerly if isinstance(name, str)) if isinstance(formerly, list) else ()
    return (stage if isinstance(stage, str) and stage in STAGES else "", names)


def counting(data: bytes) -> tuple[object, ...] | None:
    source, _ = parse("x.md", data)
    return None if source is None else tuple(repr(source.front.get(name)) for name in ("log", "decisions", "tests"))


@settings(max_examples=1500)
@given(st.one_of(st.lists(LINES, max_size=7), st.lists(PIECES, max_size=12)).map("".join), st.booleans())
@example("stage: test\n", False)
@example("a: " + "x" * 70_000 + "\n", False)
@example("a: [" + "x, " * 6000 + "x]\n", False)
def test_the_stage_told_is_the_strict_readers(front: str, ends: bool) -> None:
    data = f"---\n{front}{'' if ends else chr(10)}---\n\nText.\n".encode("utf-8", "surrogatepass")
    told = tell(data)
    assert (told and (told.stage, told.formerly)) == strictly(data)


@settings(max_examples=1500)
@given(st.lists(LINES, max_size=6).map("".join), st.lists(LINES, max_size=6).map("".join))
@example("log:\n  - {a: b, c: d}\n", "log:\n- a: b\n  c: d\n")
def test_the_marks_tell_what_counts_apart(one: str, other: str) -> None:
    first, second = (f"---\n{front}---\n".encode() for front in (one, other))
    told, told_too = tell(first), tell(second)
    if told is None or told_too is None:
        assert counting(first) is None or counting(second) is None
        return
    assert differ(told.marks, told_too.marks) == (counting(first) != counting(second))


def test_most_of_the_worked_example_is_read_quickly() -> None:
    """The quick way is taken at all; that it says the same is tested above."""
    files = list((Path(__file__).parents[1] / "ideas").rglob("*.md"))
    plain = [path for path in files if telling._plain_front(path.read_bytes()) is not None]
    assert len(plain) > 0.8 * len(files) > 50
