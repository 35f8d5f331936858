"""Characters that nobody sees, headings that skip a level and markup that is taken out are shown with their place."""

from __future__ import annotations

from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss import entry
from idesluss.checks import heading_skip, hidden_character, hot_linked_picture, picture_alt, removed_markup
from idesluss.problem import Problem
from idesluss.settings import Settings

SETTINGS = Settings(name="Prov", owner="Prov", address="https://prov.example/")


def problems(check: ModuleType, body: str = "", front: str = "") -> list[Problem]:
    """What the check finds in an idea with this more of front matter, from line 4, and this body."""
    text = f"---\ntitle: Fuktvakt\nunit: fastighet\n{front}---\n{body}"
    source, idea, faults = entry.read("ideas/2026/x.md", text.encode(), SETTINGS)
    assert source is not None, faults
    assert idea is not None, faults
    return list(check.check_entry(source, idea, SETTINGS))


def places(check: ModuleType, body: str = "", front: str = "") -> list[tuple[int, int]]:
    return [problem.place for problem in problems(check, body, front)]


@pytest.mark.parametrize(
    ("sign", "name"),
    [
        ("\u202e", "RIGHT-TO-LEFT OVERRIDE"),
        ("\u2066", "LEFT-TO-RIGHT ISOLATE"),
        ("\u200e", "LEFT-TO-RIGHT MARK"),
        ("\u061c", "ARABIC LETTER MARK"),
        ("\u200b", "ZERO WIDTH SPACE"),
        ("\u200c", "ZERO WIDTH NON-JOINER"),
        ("\u200d", "ZERO WIDTH JOINER"),
        ("\u2060", "WORD JOINER"),
        ("\u2063", "INVISIBLE SEPARATOR"),
        ("\ufeff", "ZERO WIDTH NO-BREAK SPACE"),
        ("\u3164", "HANGUL FILLER"),
        ("\u2800", "BRAILLE PATTERN BLANK"),
        ("\u034f", "COMBINING GRAPHEME JOINER"),
        ("\ufe00", "VARIATION SELECTOR-1"),
        ("\U000e0101", "VARIATION SELECTOR-18"),
        ("\U000e0041", "TAG LATIN CAPITAL LETTER A"),
        ("\ue000", "PRIVATE USE"),
        ("\U0010abcd", "PRIVATE USE"),
        ("\x08", "CONTROL"),
        ("\x7f", "CONTROL"),
        ("\x9b", "CONTROL"),
        ("\ufffe", "NOT A CHARACTER"),
    ],
)
def test_a_hidden_character_is_named_at_its_place(sign: str, name: str) -> None:
    (problem,) = problems(hidden_character, f"Först.\n\nÅäö\U0001f600 fu{sign}kt\n")
    assert problem.place == (7, 8)
    assert problem.message.values == {"name": name, "code": f"{ord(sign):04X}"}
    assert hidden_character.CLOSES


def test_a_control_after_a_link_that_is_dropped_is_told_as_well() -> None:
    assert places(hidden_character, "[t](/x 'y') \x0b\n") == [(5, 13)]
    assert places(hidden_character, "![a](/b.png) \x0b\n") == [(5, 14)]


@pytest.mark.parametrize(
    "written",
    [
        "Fukt\N{SOFT HYPHEN}vakt å\N{COMBINING RING ABOVE} \N{NO-BREAK SPACE}\N{EN DASH} “citat” … €",
        "1\N{FIGURE SPACE}000 ² → ✓ ½ § °",
        "\U0001f469\u200d\U0001f52c",  # a researcher
        "\U0001f469\U0001f3fd\u200d\U0001f52c",  # with a skin tone
        "\U0001f3f3\ufe0f\u200d\U0001f308",  # the rainbow flag
        "\u2764\ufe0f\u200d\U0001f525",  # a heart on fire
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",  # a family
        "\u2600\ufe0f \u2600\ufe0e 1\ufe0f\u20e3",  # a sun in colour and in black, a keycap
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",  # Scotland's flag
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian "I want"
        "\u0915\u094d\u200d\u0937",  # Devanagari
        "\u845b\U000e0100",  # a variant of a Chinese sign
        "Rad\r\nrad\tflik",
    ],
)
def test_what_writing_needs_is_allowed(written: str) -> None:
    assert places(hidden_character, written) == []


@pytest.mark.parametrize(
    ("written", "column"),
    [
        ("a\u200db", 2),  # no emoji, no such script
        ("\U0001f469\u200d.", 2),
        ("\u0645\u200cx", 2),
        ("\U0001f3f4\U000e0067", 2),  # a flag that does not end
        ("\U000e0067\U000e007f", 1),
        ("x\U000e0100", 2),
    ],
)
def test_what_only_looks_like_it_is_not(written: str, column: int) -> None:
    assert places(hidden_character, written)[:1] == [(5, column)]


def test_hidden_characters_written_as_escapes_count() -> None:
    assert places(hidden_character, front='summary: "fukt\\u200bvakt \\u202e"\n') == [(4, 10), (4, 10)]
    assert places(hidden_character, "R&D &amp; fukt&#8203;vakt &rlm;&#x202E; &shy;&nbsp;") == [
        (5, 15),
        (5, 27),
        (5, 32),
    ]


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs", "Sc", "Sm"], max_codepoint=0x2FF), max_size=200))
def test_no_visible_letter_or_sign_counts_as_hidden(text: str) -> None:
    assert places(hidden_character, text.replace("&", "+")) == []


SEEN = "".join(
    map(chr, [*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD, *range(0x13430, 0x13440)])
)
"""Format characters of scripts that are seen, or that place the signs of hieroglyphs."""


@given(st.characters(categories=["Cc", "Cf", "Co"], exclude_characters=f"\n\r\t\x85\xad{SEEN}"))
def test_every_control_and_private_character_counts(sign: str) -> None:
    assert places(hidden_character, f"fukt{sign}vakt") == [(5, 5)]


HEADINGS = [
    ("## Problem\n\n### Orsak\n\n## Lösning\n", []),
    ("### Orsak\n", [(5, 1)]),
    ("## Problem\n\n#### Orsak\n\n#### Mer\n", [(7, 1)]),
    ("## Problem\n\n  #### Orsak\n", [(7, 3)]),
    ("# Problem\n\n## Orsak\n", [(5, 1)]),
    ("# Problem\n\n### Orsak\n", [(5, 1), (7, 1)]),
    ("Problem\n=======\n\nOrsak\n-----\n", [(5, 1)]),
    ("> #### Citat\n", [(5, 1)]),
    ("```\n# ingen rubrik\n```\n\n## Problem\n", []),
    ("##\n\n## Problem\n", []),
]


@pytest.mark.parametrize(("body", "expected"), HEADINGS)
def test_headings_that_skip(body: str, expected: list[tuple[int, int]]) -> None:
    assert places(heading_skip, body) == expected


def test_a_skipped_heading_is_told_how_it_would_be_right() -> None:
    (problem,) = problems(heading_skip, "## Problem\n\n##### Orsak\n")
    assert problem.message.values == {"title": "Orsak", "level": 5, "above": 2}
    assert problem.hint.values == {"signs": "###"}


def test_removed_markup_is_named_at_its_place() -> None:
    found = problems(removed_markup, "Text.\n\n<iframe></iframe>\n\nMer <b onclick='x()'>fet</b>\n")
    assert [(problem.place, problem.message.values["what"]) for problem in found] == [
        ((7, 1), "<iframe>"),
        ((9, 8), "onclick="),
    ]
    assert problems(removed_markup, "`<script>` och <b>fet</b> text\n") == []
    (address,) = problems(removed_markup, "[ring](tel:0123)\n")
    assert (address.place, address.message.values["what"]) == ((5, 1), "tel:")
    assert address.hint.msgid.startswith("begin the address with https://")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("![En sensor](../media/a.webp)\n", []),
        ("Se ![](../media/a.webp)\n", [(5, 4)]),
        ("Se ![ ](../media/a.webp) och ![](../media/b.webp)\n", [(5, 4), (5, 30)]),
        ("![IMG_2041.jpg](../media/a.webp)\n", [(5, 1)]),
        ("![img_2041](../media/a.webp)\n", [(5, 1)]),
        ("Text <img src='../media/a.webp'>\n", [(5, 6)]),
        ("Text <img src='../media/a.webp' alt='En sensor'>\n", []),
    ],
)
def test_pictures_without_words(body: str, expected: list[tuple[int, int]]) -> None:
    assert places(picture_alt, body) == expected


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("image: {file: a.webp, alt: En sensor}\n", []),
        ("image: {file: a.webp}\n", [(4, 8)]),
        ("image:\n  file: a.webp\n  alt: a.webp\n", [(6, 8)]),
    ],
)
def test_an_entrys_picture_without_words(front: str, expected: list[tuple[int, int]]) -> None:
    assert places(picture_alt, front=front) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("![En sensor](../media/a.webp)\n", []),
        ("[En sensor](https://x.example/a.webp)\n", []),
        ("Åh ![En sensor](https://x.example/a.webp) här\n", [(5, 4)]),
        ("![En sensor](//x.example/a.webp)\n", [(5, 1)]),
        ("Åh\n<img src='https://x.example/a.webp' alt='En sensor'>\n", [(6, 1)]),
        ("![x](https://x.example/a.webp) ![y](../media/a.webp) ![z](http://x.example/b.webp)\n", [(5, 1), (5, 54)]),
        ("`![x](https://x.example/a.webp)`\n", []),
    ],
)
def test_pictures_on_other_sites(body: str, expected: list[tuple[int, int]]) -> None:
    assert places(hot_linked_picture, body) == expected
