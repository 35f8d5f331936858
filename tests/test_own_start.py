"""What a region wrote that began an idésluss of its own, and that did not stand where its readers look for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from idesluss.body import read_body
from idesluss.body.parts import plain
from idesluss.outputs.prose import description
from test_odd_content import case
from test_outputs import page, read, small, words

__all__ = ["small"]
NOTED = (
    "## Vad\n\nEn givare[^1].\n\n## Varför\n\nDärför.\n\n## Hur\n\nSå.\n\n## Lärdomar\n\nMät.\n\n"
    "## Ta över\n\nBörja.\n\n[^1]: Noten.\n"
)


def test_the_footnotes_of_an_example_stand_after_all_of_its_text(small: Callable[..., Path]) -> None:
    """Wherever its last section has its place, which for how to take it over is beside the text."""
    tree = page(read(small({"ideas/cases/givare.md": case(NOTED)})), "exempel/givare/")
    notes = tree.find_class("footnotes")
    assert len(notes) == 1
    assert words(notes[0]).startswith("Noten.")
    assert "Noten" not in words(next(tree.iter("aside")))
    assert notes[0].getparent().getprevious().text_content().strip() == "Mät."


def test_footnotes_are_in_no_section_and_their_numbers_are_no_words() -> None:
    body = read_body(NOTED, "ideas/cases/givare.md", {"ta över": "adoption"}, "sv")
    adoption = body.section("adoption")
    assert adoption
    assert adoption.html == "<p>Börja.</p>"
    assert plain(body.notes) == "Noten."
    assert plain(body.html).startswith("Vad En givare. Varför")
    alone = read_body("En givare[^1].\n\n[^1]: Noten.\n", "ideas/cases/givare.md", {}, "sv")
    assert (plain(alone.lead), plain(alone.notes)) == ("En givare.", "Noten.")


def test_a_section_that_somebody_wrote_is_no_footnote() -> None:
    body = read_body("## Vad\n\n<section>\n\nEn ruta.\n\n</section>\n", "ideas/cases/x.md", {"vad": "what"}, "sv")
    assert body.notes == ""
    what = body.section("what")
    assert what
    assert plain(what.html) == "En ruta."
    assert "footnotes" not in body.html


def test_what_was_hard_is_told_without_the_headings_below_it(small: Callable[..., Path]) -> None:
    hard = "## Vad\n\nA.\n\n## Varför\n\nB.\n\n## Hur\n\nC.\n\n## Utmaningar\n\n{}### Tekniken\n\nWifi.\n"

    def told(before: str) -> str:
        tree = page(read(small({"ideas/cases/givare.md": case(hard.format(before))})), "exempel/givare/")
        return words(tree.find_class("shorts")[0])

    assert told("Schemat var svårt.\n\n").endswith("Det som var svårtSchemat var svårt.")
    assert told("").endswith("Det som var svårtWifi.")


def test_what_tells_of_an_entry_without_a_summary_has_no_headings(small: Callable[..., Path]) -> None:
    links = "[länk](https://a.example/" + "x" * 900 + ")"
    for body, said in ((NOTED, "En givare. Därför. Så. Mät. Börja. Noten."), (f"## Vad\n\nEn. {links}\n", "En.")):
        catalogue = read(small({"ideas/cases/givare.md": case(body)}))
        assert description(catalogue.entries["givare"]) == said
