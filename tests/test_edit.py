"""Changes of a file: the reader reads what was meant, and every other byte stays."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from idesluss import edit
from idesluss.edit import Change, Unfit
from idesluss.kinds.idea import Idea
from idesluss.source import parse

IDEAS = Path(__file__).resolve().parents[1] / "ideas"
FILES = sorted(path for path in IDEAS.rglob("*.md") if path.read_bytes().startswith(b"---"))
LONG = "Tack! Vi har sett det här på två håll: köket och förrådet. Vem kan visa oss hur det går till? " * 3
LINE: dict[str, Any] = {
    "date": "2026-11-25",
    "role": "Idécoach",
    "type": "answer",
    "text": LONG.strip(),
    "public": True,
}


def front_of(data: bytes) -> dict[str, Any]:
    source, problems = parse("x.md", data)
    assert source is not None, problems
    assert problems == []
    return source.front


def split(data: bytes) -> list[str]:
    return data.decode().splitlines(keepends=True)


def gone_and_new(before: bytes, after: bytes) -> tuple[list[str], list[str]]:
    """The lines that only one of the two has."""
    told = list(difflib.ndiff(split(before), split(after)))
    return [line[2:] for line in told if line.startswith("- ")], [line[2:] for line in told if line.startswith("+ ")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_of_the_example_takes_changes_without_a_byte_beside(path: Path) -> None:
    data = path.read_bytes()
    title = edit.changed(data, [edit.put("title", "Ny rubrik")], Idea)
    assert front_of(title) == {**front_of(data), "title": "Ny rubrik"}
    gone, new = gone_and_new(data, title)
    assert new == ["title: Ny rubrik\n"]
    assert len(gone) == 1
    log = front_of(data).get("log", [])
    answered = edit.changed(data, [edit.added("log", LINE)], Idea)
    assert front_of(answered) == {**front_of(data), "log": [*log, {**LINE, "public": "true"}]}
    assert gone_and_new(data, answered)[0] == [], "nothing is taken away by adding"
    reviewed = edit.changed(data, [edit.put("review_by", "2027-01-01"), Change(("review_by",), None)], Idea)
    if "review_by" not in front_of(data):
        assert reviewed == data, "put in and taken out again"


def test_a_word_that_others_would_not_take_for_text_stands_between_quotes() -> None:
    for word in ("no", "null", "true"):
        assert edit.changed(b"---\ntitle: A\n---\n", [edit.put("title", word)], Idea) == (
            f'---\ntitle: "{word}"\n---\n'.encode()
        )


def test_a_text_with_a_comma_goes_into_a_list_on_one_line() -> None:
    data = b"---\ntitle: A\nthemes: [skola]\n---\n"
    assert edit.changed(data, [edit.added("themes", "barn, unga och lek")], Idea) == data.replace(
        b"[skola]", b'[skola, "barn, unga och lek"]'
    )


WORDS = st.sampled_from(
    [
        "ett",
        "två ord",
        "å: kolon",
        "# brädgård",
        "- streck",
        "[klammer]",
        "no",
        "2026-01-01",
        "'",
        '"',
        "a, b",
        "{x}",
        LONG.strip(),
    ]
)
VALUES = st.one_of(
    WORDS, st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=200)
)


@st.composite
def scalars(draw: st.DrawFn, indent: int, *, flow: bool) -> str:
    """A text as some author might write it, on its name's line."""
    said = draw(st.sampled_from(["ord", "två ord", "fyra ord på raden", "Åsa och Öland"]))
    before = " " * indent
    plain = [said, f'"{said}"', f"'{said}'", f'"{said}\n{before}{said}"', f"{said}\n{before}{said}"]
    blocks = [f">-\n{before}{said}\n{before}{said}", f"|\n{before}{said}\n\n{before}{said}", f">- # c\n{before}{said}"]
    return draw(st.sampled_from(plain if flow else [*plain, *blocks]))


@st.composite
def layouts(draw: st.DrawFn) -> bytes:
    """The file of an idea, laid out in one of very many ways."""
    comment = st.sampled_from(["", "  # en kommentar", " # a: [b"])
    gap = st.sampled_from(["", "\n", "# på egen rad\n", "\n# x\n\n"])
    step = draw(st.sampled_from([2, 3, 4]))
    dash = " " * draw(st.sampled_from([0, 2, 4]))
    inner = dash + "  "
    text = draw(scalars(step, flow=False))
    logs = draw(
        st.sampled_from(
            [
                "", "log:  # fyll i\n", "log: []\n", "log: [{date: 2026-01-01, text: hej}]\n",
                f"log:\n{dash}- date: 2026-01-01\n{inner}text: TEXT\n{dash}- {{date: 2026-01-02, text: 'a'}}\n",
                f"log:\n{dash}- date:   2026-01-01   # d\n\n{inner}# mitt i\n{inner}text: TEXT\n{inner}# sist\n",
            ]
        )
    )  # fmt: skip
    logs = logs.replace("TEXT", draw(scalars(len(inner) + 2, flow=False)))
    receiver = draw(
        st.sampled_from(
            [
                "",
                "receiver:\n",
                "receiver: {}\n",
                "receiver: {unit: a , }\n",
                "receiver:\n" + " " * step + "unit: a  # b\n",
            ]
        )
    )
    fields = [
        f"title:   {text}\n",
        f"unit: fastighet{draw(comment)}\n",
        draw(st.sampled_from(["stage: submitted\n", 'stage: "submitted"\n', "stage: submitted  # här\n"])),
        logs,
        receiver,
        draw(st.sampled_from(["", "coach:\n", "coach:  # vem?\n", "coach: a\n"])),
        draw(st.sampled_from(["", "needs: [ a,b ]\n", "needs:\n- a\n", "needs:\n    - a # x\n    - b\n"])),
    ]
    front = "".join(field + (draw(gap) if field else "") for field in draw(st.permutations(fields)))
    whole = f"---\n{front}---\n\n## Problem\n\nDet är *blött*.  \n- x: 'y'\n"
    if draw(st.booleans()):
        whole = whole.replace("\n", "\r\n")
    return (b"\xef\xbb\xbf" if draw(st.booleans()) else b"") + whole.encode()


OF_WINDOWS = b"---\r\ntitle: Kort # s\xc3\xa5\r\nunit: a\r\n---\r\n\r\nText\r\n"
SEVERAL = "A\u030angstro\u0308m:\r\n\r\n  indraget\r\n- streck # slut"
"""Lines with an end as Windows has it, and letters in two parts as a Mac writes them."""


@settings(max_examples=250)
@example(OF_WINDOWS, LONG.strip(), "title")
@example(OF_WINDOWS, SEVERAL, "title")
@example(OF_WINDOWS, SEVERAL, "receiver.role")
@example(b"---\nunit: a\ntitle: |+ # allt\n  ord\n\n---\n", "x", "summary")
@given(layouts(), VALUES, st.sampled_from(["stage", "coach", "receiver.role", "beneficiaries", "title"]))
def test_a_value_is_put_into_any_layout(data: bytes, value: str, field: str) -> None:
    after = edit.changed(data, [edit.put(field, value)], Idea)
    before, now = front_of(data), front_of(after)
    meant = _clean(value)
    top, _, inner = field.partition(".")
    assert now == {**before, top: {**before.get(top, {}), inner: meant} if inner else meant}
    _same_beside(data, after, top)


@settings(max_examples=250)
@example(OF_WINDOWS, f"{'a-b-c-d-e-f-g-h-i-j-k ' * 12}https://exempel.example/{'x' * 120}")
@given(layouts(), VALUES)
def test_a_line_is_added_to_a_list_in_any_layout(data: bytes, value: str) -> None:
    after = edit.changed(data, [edit.added("log", {**LINE, "text": value}), edit.added("needs", "c")], Idea)
    before = front_of(data)
    line = {**LINE, "text": _clean(value), "public": "true"}
    assert front_of(after) == {
        **before, "log": [*before.get("log", []), line], "needs": [*before.get("needs", []), "c"]
    }  # fmt: skip
    _same_beside(data, after, "log", "needs")


@settings(max_examples=250)
@given(layouts(), st.sampled_from([("title",), ("log", 0), ("log", 0, "text"), ("needs", 0), ("receiver", "unit")]))
def test_a_value_is_taken_out_of_any_layout_or_the_layout_is_refused(data: bytes, field: tuple[str | int, ...]) -> None:
    try:
        after = edit.changed(data, [Change(field, None)], Idea)
    except Unfit:
        assert not _is_there(front_of(data), field)
        return
    before, now = front_of(data), front_of(after)
    assert {name: value for name, value in before.items() if name != field[0]} == {
        name: value for name, value in now.items() if name != field[0]
    }
    assert now.get(str(field[0])) != before[str(field[0])]
    _same_beside(data, after, str(field[0]), comments=False)


def _is_there(front: Any, field: tuple[str | int, ...]) -> bool:
    held = front
    for step in field:
        try:
            held = held[step]
        except (LookupError, TypeError):
            return False
    return True


def _clean(value: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFC", value).replace("\r\n", "\n").strip()


def _same_beside(before: bytes, after: bytes, *fields: str, comments: bool = True) -> None:
    """All lines outside of these top-level fields are the same, byte for byte, in the same order, and all comments."""
    assert _outside(before, fields, comments=comments) == _outside(after, fields, comments=comments)
    assert before[:3] == after[:3], "with or without a byte order mark, as before"
    if b"\r\n" in before:
        assert after.count(b"\n") == after.count(b"\r\n")


def _outside(data: bytes, fields: Sequence[str], *, comments: bool) -> list[str]:
    lines = split(data)
    kept, inside, closed = [], False, 0
    for line in lines:
        closed += line.rstrip("\r\n\ufeff").lstrip("\ufeff") == "---"
        if closed == 1 and line[:1].isalpha():
            inside = line.partition(":")[0] in fields
        told = line.lstrip().startswith("#")
        if closed != 1 or (comments if told else not inside):
            kept.append(line)
        inside = inside and closed == 1
    return [line for line in kept if line.strip()]


def test_a_new_field_stands_where_the_handbook_has_it_and_comments_stay() -> None:
    data = b"---\ntitle: A\nunit: b # enhet\n# om taket\nneeds: [c]\n---\nText\n"
    after = edit.changed(data, [Change(("log", 0, "role"), "e"), edit.put("receiver.unit", "d")], Idea)
    assert after == (
        b"---\ntitle: A\nunit: b # enhet\n# om taket\nneeds: [c]\nreceiver:\n  unit: d\nlog:\n  - role: e\n---\nText\n"
    )
    after = edit.changed(data, [edit.put("coach", "d"), edit.put("goals", ["e"])], Idea)
    assert after == b"---\ntitle: A\nunit: b # enhet\ncoach: d\n# om taket\nneeds: [c]\ngoals: [e]\n---\nText\n"
    data = b"---\ntitle: A\ntests:\n  - key: b\n    # som sagt\n    measure: c\n---\nText\n"
    long = edit.changed(b"---\ntitle: A # namnet\n---\n", [edit.put("title", LONG)], Idea)
    assert long.startswith(b"---\ntitle: >- # namnet\n  Tack!")
    within = edit.changed(data, [Change(("tests", 0, "hypothesis"), "d")], Idea)
    assert within == data.replace(b"key: b\n", b"key: b\n    hypothesis: d\n")


def test_aliases_and_what_is_no_part_are_left_to_a_person() -> None:
    for front, field in (("title: &a B\nunit: *a\n", "unit"), ("title: A\nunit: b\n", "unit.part")):
        with pytest.raises(Unfit):
            edit.changed(f"---\n{front}---\n".encode(), [edit.put(field, "c")], Idea)


def test_a_comment_at_the_end_of_what_is_taken_out_goes_with_it_where_a_text_above_would_swallow_it() -> None:
    told = b"---\ntitle: >-\n  ord\nlog:\n- date: 2026-01-01\n\n  # sist\n# om stadiet\nstage: submitted\n---\n"
    after = edit.changed(told, [Change(("log", 0), None)], Idea)
    assert after == b"---\ntitle: >-\n  ord\n# om stadiet\nstage: submitted\n---\n"


def test_a_comment_that_would_go_with_what_is_taken_out_is_left_to_a_person() -> None:
    told = "---\nlog:\n  - date: 2026-01-01\n    {}role: a\n---\n"
    first = Change(("log", 0, "date"), None)
    assert edit.changed(told.format("").encode(), [first], Idea) == b"---\nlog:\n  - role: a\n---\n"
    with pytest.raises(Unfit):
        edit.changed(told.format("# varför\n    ").encode(), [first], Idea)
