"""What identifies people is found wherever in a file it hides, ordinary prose holds none, and time stays bounded."""

from __future__ import annotations

import time
from types import ModuleType

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from idesluss.checks import personal_number, phone_number, private_email
from idesluss.personal_data import findings
from idesluss.source import parse
from written_numbers import (
    OLD,
    PATH,
    PLAIN_NUMBERS,
    WORDS,
    places,
)

CHECKS = (personal_number, phone_number, private_email)
NUMBER = f"{OLD[2:8]}-{OLD[8:]}"
ESCAPED = "".join(f"\\u{ord(sign):04x}" for sign in NUMBER)


@pytest.mark.parametrize(
    ("front", "place"),
    [
        (f"summary: Det gäller {NUMBER} i dag.\n", (4, 21)),
        (f"beneficiaries: {OLD}\n", (4, 16)),
        (f"summary: 'Det gäller {NUMBER}'\n", (4, 22)),
        (f"seeks: [hjälp, {NUMBER}]\n", (4, 16)),
        (f"summary: >-\n  Det gäller {NUMBER[:7]}\n  {NUMBER[7:]} i dag.\n", (5, 14)),
        (f"summary: Det gäller {OLD[:8]}\n  {OLD[8:]} i dag.\n", (4, 21)),
        (f'summary: "Det gäller {ESCAPED} i dag."\n', (4, 10)),
        (f'summary: "Det gäller {NUMBER[:7]}\\\n  {NUMBER[7:]} i dag."\n', (4, 22)),
        (f'summary: "Det gäller {NUMBER[:3]}\\\n  {NUMBER[3:]} i dag."\n', (4, 10)),
        (f'seeks:\n  - hjälp\n  - "{ESCAPED}"\n', (6, 5)),
        (f"# {NUMBER}\n", (4, 3)),
    ],
)
def test_a_number_is_found_wherever_it_hides_in_the_front_matter(front: str, place: tuple[int, int]) -> None:
    assert places(personal_number, front=front) == [place]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (NUMBER.replace("8", "&#56;").replace("-", "&#8209;"), (5, 1)),
        (f"Se {NUMBER[:6]}&ndash;{NUMBER[7:]}.", (5, 4)),
        (f"Se {NUMBER[:6]}&nbsp;{NUMBER[7:]}.", (5, 4)),
        (f"Se <b>{NUMBER[:3]}</b>{NUMBER[3:]}.", (5, 7)),
        (f"Se {NUMBER[:3]}<!-- -->{NUMBER[3:]}.", (5, 4)),
        (f"Se {NUMBER[:3]}\N{SOFT HYPHEN}{NUMBER[3:]}.", (5, 4)),
        (f"Se {NUMBER[:3]}\\\n{NUMBER[3:]}.", None),
        (f"<!-- {NUMBER} -->", (5, 6)),
        (f"```\n{NUMBER}\n```", (6, 1)),
        (f"| a | b |\n|---|---|\n| c | {NUMBER} |", (7, 7)),
        (f"[läs]({NUMBER})", (5, 7)),
        (f"![{NUMBER}](x.png)", (5, 3)),
        (f"<a href='https://x.example/?pnr={OLD[2:]}'>x</a>", (5, 33)),
        (f"<a href='https://x.example/{NUMBER[:6]}%2D{NUMBER[7:]}'>x</a>", (5, 28)),
        (f"Å\U0001f600 {NUMBER}", (5, 4)),
        (f"# Rubrik {NUMBER}\r\n\r\nÅter {NUMBER}\r\n", (5, 10)),
    ],
)
def test_a_number_is_found_wherever_it_hides_in_the_body(body: str, place: tuple[int, int] | None) -> None:
    assert places(personal_number, body)[:1] == ([place] if place else [])


def test_every_number_is_told_of_once() -> None:
    body = f"{NUMBER} &amp; {NUMBER}\n\n<b>{NUMBER}</b> R&D 50 %25\n"
    front = f'summary: "{NUMBER} \\u0041 {ESCAPED}"\n'
    assert places(personal_number, body, front) == [(4, 11), (6, 1), (6, 19), (8, 4), (4, 10)]


@pytest.mark.parametrize("check", CHECKS)
@example(words=["boende", "12", "12", "12", "och"], ends=["."])
@given(
    words=st.lists(st.sampled_from(WORDS) | st.sampled_from(PLAIN_NUMBERS), min_size=1, max_size=60),
    ends=st.lists(st.sampled_from(["", ",", ".", ":", " och", " \N{EN DASH}", "\n\n- ", "\n\n## "]), min_size=1),
)
def test_ordinary_prose_holds_none(check: ModuleType, words: list[str], ends: list[str]) -> None:
    spoken = [word for pair in zip(words, WORDS * 2, strict=False) for word in pair]
    text = " ".join(word + ends[number % len(ends)] for number, word in enumerate(spoken))
    assert places(check, f"## Problem\n\n{text}\n") == []


@pytest.mark.parametrize("check", CHECKS)
@given(st.text(max_size=300) | st.text(alphabet="0123456789+-() ./@aT\n*&#;%<>\\", max_size=300))
def test_no_text_makes_a_check_fail(check: ModuleType, text: str) -> None:
    list(check.find(text))


PIECES = ["1", "1 ", "12-", "0 7", "07 ", "+46 ", "a@", "a.a@a.", "(at)", "a(", "<!--", "&#", "19121212", "%4", "@a.se"]


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("piece", PIECES)
def test_the_time_grows_no_faster_than_the_text(check: ModuleType, piece: str) -> None:
    def seconds(size: int) -> float:
        source, _ = parse(PATH, f"---\ntitle: x\n---\n{piece * (size // len(piece))}".encode())
        assert source is not None
        started = time.process_time()
        list(findings(source, check.find))
        return time.process_time() - started

    short, long = (min(seconds(size) for _ in range(2)) for size in (12_000, 96_000))
    assert long < 8 * short * 4 + 0.05
