"""Legal and extreme examples on paper: nothing runs over another text or off its page, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from conftest import GitInstance
from test_booklet import CONFIRMED, Done, book, case, event, shelf, words

__all__ = ["book", "shelf"]

MARGIN, FOOT = 30, 15
"""Points that stay empty at the sides of every page, and below."""
WORD = "Verksamhetsutvecklingsansvarig"
LONG = " ".join(f"ord{number}" for number in range(290))
PIECES = [f"Kärna {number} {LONG}" for number in range(3)]
ODD = f"""\
{CONFIRMED}
time_to_use: {WORD} hos {WORD}
adaptable: [{", ".join(PIECES)}]
contact: {WORD}
"""
EFFECT = f"effects:\n  - {{{{measure: {WORD}, baseline: {WORD}, result: 123456789012345678901234567890}}}}"
SLUG = "a" * 80


def faults(place: Path) -> list[str]:
    """Signs that stand outside the margins, and pairs of signs that stand on each other."""
    found = []
    with pypdfium2.PdfDocument(place) as document:
        for number, page in enumerate(document):
            text, taken = page.get_textpage(), set[tuple[int, int]]()
            for at in range(text.count_chars()):
                sign = text.get_text_range(at, 1)
                left, bottom, right, top = text.get_charbox(at)
                middle = (round((left + right) / 2), round((bottom + top) / 2))
                inside = left > MARGIN and right < page.get_width() - MARGIN and bottom > FOOT
                if sign.isalnum() and (not inside or middle in taken):
                    found.append(f"page {number + 1}: {sign!r} at {middle}")
                if sign.isalnum():
                    taken.add(middle)
    return found


@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_what_is_long_stays_in_its_place_and_is_whole(
    shelf: GitInstance, book: Callable[..., tuple[Done, Path]], paper: str
) -> None:
    odd = case(more=ODD).replace("  - {measure: Svinn, baseline: 9 kilo, result: 4 kilo}", EFFECT.format()[10:])
    files = {f"ideas/cases/{SLUG}.md": odd, "ideas/events/mashup.md": event(f"cases: [hyllan, {SLUG}]")}
    shelf.commit(files, "2026-04-02")
    done, out = book(shelf.root, "--paper", paper)
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = out.glob("*.pdf")
    assert faults(made) == []
    said = words(made)
    assert said.count("ord289") == len(PIECES)
    assert SLUG in said.replace(" ", "")


def test_a_municipality_with_more_examples_than_a_page_holds_loses_none(
    shelf: GitInstance, book: Callable[..., tuple[Done, Path]]
) -> None:
    names = [f"exempel-{number}" for number in range(60)]
    files = {f"ideas/cases/{name}.md": case(title=name) for name in names}
    shelf.commit({**files, "ideas/events/mashup.md": event(f"cases: [{', '.join(names)}]")}, "2026-04-02")
    done, out = book(shelf.root, "--paper", "a5")
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = out.glob("*.pdf")
    assert faults(made) == []


def test_what_tints_an_emoji_is_no_box_of_its_own(shelf: GitInstance, book: Callable[..., tuple[Done, Path]]) -> None:
    shelf.commit({"ideas/cases/hyllan.md": case("Hej \U0001f469\U0001f3fd 1\ufe0f\u20e3 slut")}, "2026-04-02")
    done, out = book(shelf.root)
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = out.glob("*.pdf")
    assert "\U0001f469" in words(made)
    assert "\U0001f3fd" not in words(made)
    assert "\u20e3" not in words(made)


@pytest.mark.parametrize("sheet", ["programme", "cards"])
def test_long_words_stay_in_their_column_on_a_sheet(
    shelf: GitInstance, book: Callable[..., tuple[Done, Path]], sheet: str
) -> None:
    slot = f'{{time: "09:00", title: {WORD}{WORD}, cases: [hyllan], presenter_role: {WORD} och {WORD}{WORD}}}'
    told = event("cases: [hyllan]").replace('{time: "09:00", title: Hyllan, cases: [hyllan]}', slot)
    shelf.commit({"ideas/events/mashup.md": told}, "2026-04-02")
    done, out = book(shelf.root, command=sheet)
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = out.glob("*.pdf")
    assert WORD in words(made).replace(" ", "").replace("\x02", "")
    with pypdfium2.PdfDocument(made) as document:
        assert not any("\u200b" in page.get_textpage().get_text_range() for page in document)
    assert faults(made) == []
