"""The prose made safe: GitHub's Markdown as GitHub shows it, sections, links, and everything hostile taken out."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile import VECTORS
from idesluss.body import read_body
from idesluss.body.ordinary import read_ordinary
from idesluss.body.parts import Body
from idesluss.body.places import places_of
from idesluss.body.targets import resolve

KEYS = {"problemet": "problem", "problem": "problem", "lösning": "solution"}
DANGER = re.compile(
    r"<(?!/?(?:a|abbr|b|blockquote|br|code|del|details|div|em|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p|pre|q|s|small|strong"
    r"|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul)\b)"
    r"|<[^>]*\s(?:on\w+|style|srcset|formaction|name|ping)\s*="
    r"|<[^>]*\s(?:href|src)=\"(?!https?://|mailto:|entry:|media:|page:|#)"
    r"|<img[^>]*\ssrc=\"(?!media:)",
    re.IGNORECASE,
)


def read(markdown: str) -> Body:
    return read_body(markdown, "ideas/2026/x.md", KEYS, "sv")


@pytest.mark.parametrize("name", VECTORS)
def test_nothing_hostile_is_left(name: str) -> None:
    body = read(f"## Problemet\n\nFörst.\n\n{VECTORS[name]}\n")
    assert not DANGER.search(body.html)
    assert "Först." in body.html


@given(st.text(alphabet="<>/='\"`()[]!&;:#-*_ \nabjsx", max_size=200))
def test_no_markdown_at_all_gives_danger(markdown: str) -> None:
    assert not DANGER.search(read(markdown).html)


def test_the_danger_pattern_sees_danger() -> None:
    for bad in (
        "<script>",
        "<p onclick=x>",
        '<a href="javascript:x">',
        '<img src="https://x.example/">',
        "<p style='x'>",
    ):
        assert DANGER.search(bad)


def test_sections_by_their_headings_and_the_lead_before_them() -> None:
    body = read("Inledning.\n\n## Problemet\n\nA.\n\n### Mer\n\nB.\n\n## Eget\n\nC.\n")
    assert [(section.key, section.title, section.anchor) for section in body.sections] == [
        ("problem", "Problemet", "s-problemet"),
        ("", "Eget", "s-eget"),
    ]
    assert body.lead.strip() == "<p>Inledning.</p>"
    assert body.sections[0].html == '<p>A.</p>\n<h3 id="s-mer">Mer</h3>\n<p>B.</p>'


def test_headings_never_skip_and_ids_never_clash() -> None:
    body = read("# Ett\n\n#### Fyra\n\n## Två\n\n## Två\n\n##\n")
    assert re.findall(r"<(h\d) id=\"([^\"]+)\"", body.html) == [
        ("h2", "s-ett"),
        ("h3", "s-fyra"),
        ("h2", "s-två"),
        ("h2", "s-två-1"),
    ]
    assert [heading.level for heading in body.headings] == [1, 4, 2, 2, 2]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("../needs/fukt.md", "entry:fukt"),
        ("../needs/fukt.md#Behovet", "entry:fukt#s-behovet"),
        ("fukt", "entry:fukt"),
        ("#problemet", "#s-problemet"),
        ("../media/a%20b.webp", "media:a b.webp"),
        ("../../docs/om.md", "page:om"),
        ("../../docs/handbok/start.md#x", "page:handbok/start#x"),
        ("https://a.example/b", "https://a.example/b"),
        ("mailto:x@a.example", "mailto:x@a.example"),
        ("//a.example/b", ""),
        ("/behov/fukt/", ""),
        ("../../../etc/passwd", ""),
        ("javascript:x", ""),
        ("file:///x", ""),
    ],
)
def test_links_lead_to_entries_pages_and_pictures(target: str, expected: str) -> None:
    assert resolve(target, "ideas/2026") == expected


def test_a_link_that_leads_nowhere_is_plain_text() -> None:
    body = read("## Problemet\n\nSe [hit](/bort/) och [dit](#finns-inte) och [](../needs/x.md).\n")
    assert "<a" not in body.html
    assert "Se hit och dit och ." in body.html
    assert [use.resolved for use in body.links] == ["", "", "entry:x"]


def test_places_count_code_points_in_the_body() -> None:
    found = places_of("Åäö 🙂 [a](b) ![c](d)\n\n- ö [e](f)\n")
    assert found.links == [(1, 7), (3, 5)]
    assert found.pictures == [(1, 14)]


def test_pictures_of_this_instance_stay_and_others_become_their_text() -> None:
    body = read("![Bänk](../media/bank.webp) ![Logga](https://a.example/l.png)")
    assert body.html == '<p><img src="media:bank.webp" alt="Bänk" loading="lazy"> Logga</p>'
    assert [(use.file, use.line, use.column) for use in body.pictures] == [("bank.webp", 1, 1), ("", 1, 29)]


def test_tables_tasks_and_footnotes_are_accessible() -> None:
    html = read("|a|b|\n|:-|-:|\n|1|2|\n\n- [x] klar\n- [ ] kvar\n\nOrd[^1].\n\n[^1]: Not.\n").html
    assert '<th class="left" scope="col">a</th>' in html
    assert 'role="region" tabindex="0" aria-label="Tabell 1"' in html
    assert "<li>☑ klar</li>" in html
    assert "<input" not in html
    assert 'aria-label="Tillbaka till hänvisning 1"' in html


def test_what_is_taken_out_is_told_with_its_place() -> None:
    body = read('Hej.\n\n<p onclick="x">a</p>\n\n<script>b</script>\n\n`<script>` i kod\n\n[c](javascript:d)\n')
    assert [(gone.what, gone.line, gone.column) for gone in body.removed] == [
        ("onclick=", 3, 4),
        ("<script>", 5, 1),
        ("javascript:", 9, 1),
    ]
    bare = read("Hej.\n\n<details open hidden><summary>a</summary></details>\n\n<ol start=2 reversed><li>b</li></ol>\n")
    assert [(gone.what, gone.line, gone.column) for gone in bare.removed] == [("hidden=", 3, 15), ("reversed=", 5, 13)]
    assert read("Vanlig text med <b>fet</b> och <https://a.example>.").removed == ()


def test_an_address_that_is_taken_out_is_told_once_at_its_link() -> None:
    body = read(
        "[a](../needs/b%2Dc.md) [b](tel:+46) ![c](data:image/png;base64,aa)\n\n"
        'Ord <A HREF="java\tscript:x">d</A> [e](C:\\temp\\e.md) `[f](ftp:x)`\n\n<iframe src="x:y"></iframe>\n'
    )
    assert [(gone.what, gone.line, gone.column) for gone in body.removed] == [
        ("tel:", 1, 24),
        ("data:", 1, 37),
        ("javascript:", 3, 5),
        ("C:", 3, 35),
        ("<iframe>", 5, 1),
    ]


def test_links_and_pictures_in_html_have_their_own_place() -> None:
    found = places_of(
        'Åä <!-- <a href="x"> --> [a](b) <a href="c">c</a> <a href="d">d</a>\n\n'
        '`<img src="kod">` ![e](f) <img src="g" alt="g"> <IMG SRC="h" ALT="h">\n'
    )
    assert found.links == [(1, 26), (1, 33), (1, 51)]
    assert found.pictures == [(2 + 1, 19), (3, 27), (3, 49)]


@pytest.mark.parametrize(
    "written", ["[ord](javascript:x)", "<a>ord</a>", '<a title="t">ord</a>', '<a id="fn-1" name="b">ord</a>']
)
def test_a_link_that_leads_nowhere_leaves_its_words_alone(written: str) -> None:
    assert read(f"Ett {written}.\n").html.strip() == "<p>Ett ord.</p>"


def test_a_tag_that_nobody_closed_takes_no_heading_into_it() -> None:
    body = read("<div>hej <b>du <i>där</div>\n\n## Problem\n\nText.\n")
    assert [one.key for one in body.sections] == ["problem"]
    assert not re.search("<[bi]>\\s*<(h2|p)", body.html)
    assert "<p>Text.</p>" in body.html


def test_quotes_without_end_lose_no_word() -> None:
    html = read(f"{'> ' * 5000}Ord.\n\n> Annat.\n").html
    assert (html.count("<blockquote>"), "Ord." in html, "Annat." in html) == (100, True, True)


def test_the_way_back_from_a_footnote_is_named_by_the_number_that_is_seen() -> None:
    html = read("A[^namn] b[^två] c[^namn].\n\n[^två]: Två.\n[^namn]: Ett.\n").html
    assert re.findall(r'aria-label="Tillbaka till hänvisning ([^"]+)"', html) == ["1", "1-2", "2"]


@pytest.mark.parametrize("name", ["två", "a.b", "*", "a/b", "a&b", "not_1", "1"])
def test_a_footnote_is_found_whatever_it_is_called(name: str) -> None:
    """Its ids are such as the XML of an EPUB allows too."""
    html = read(f"A[^{name}] b[^{name}].\n\n[^{name}]: Noten.\n").html
    ids = re.findall(r' id="([^"]+)"', html)
    assert sorted(re.findall(r'href="#([^"]+)"', html)) == sorted([*ids, ids[-1]])
    assert len(set(ids)) == 3
    assert all(re.fullmatch(r"[A-Za-z][\w-]*", id, re.ASCII) for id in ids)


def test_footnotes_belong_to_no_section() -> None:
    """They come last, whichever section refers to them; what an author puts into a part of a page stays there."""
    own = "<section><ol><li>Eget</li></ol></section>\n\n"
    body = read(f"## Problem\n\n{own}Ord[^1].\n\n[^1]: Noten.\n\n## Lösning\n\nSå.\n")
    assert [(one.key, "Noten" in one.html, "Eget" in one.html) for one in body.sections] == [
        ("problem", False, True),
        ("solution", False, False),
    ]
    assert body.notes.startswith('<div class="footnotes">')
    assert body.html.endswith(body.notes)
    assert body.html.count("footnotes") == 1
    assert read("## Problem\n\nOrd.\n").notes == ""
    alone = read("Ord[^1].\n\n[^1]: Noten.\n")
    assert ("Noten" in alone.notes, "Noten" in alone.lead) == (True, False)


def test_what_is_written_in_pieces_is_read_as_it_is_seen() -> None:
    """As text copied from a Mac or a PDF is: `a` and a ring. Places count the signs of the file."""
    markdown = unicodedata.normalize("NFD", "## Lösning\n\nÅret på Ön ![å](../media/ö.webp) [b](../needs/ä.md)\n")
    body = read(markdown)
    assert body.html == unicodedata.normalize("NFC", body.html)
    assert body.section("solution")
    assert body.pictures[0].file == "ö.webp"
    assert body.pictures[0].column == markdown.split("\n")[2].index("!") + 1


def test_the_box_of_a_task_stands_before_its_words_where_the_items_stand_apart() -> None:
    assert "<p>☐ kvar</p>" in read("- [ ] kvar\n\n- [x] **klar**\n").html
    assert "<p>☑ <strong>klar</strong></p>" in read("- [ ] kvar\n\n- [x] **klar**\n").html


@pytest.mark.parametrize("sign", ["\x0b", "\x1f", "\ufffe", "\uffff", "&#11;", "&#xFFFE;", "<b>&#12;</b>"])
@pytest.mark.parametrize("before", ["", "[t](/x 'y') ", "![a](/b.png) "])
def test_what_no_page_may_hold_is_shown_as_an_unknown_character(before: str, sign: str) -> None:
    body = read(f"{before}a {sign} [b](/c)")
    assert "\ufffd" in body.html
    assert not re.search("[\0-\x08\x0b-\x1f\ufffe\uffff]", body.html)
    assert body.links[-1].column == len(before) + len(sign) + 4


def test_crlf_and_lf_give_the_same_body() -> None:
    text = "## Problemet\n\nA [b](c.md)\n\n## Lösning\n\nC\n"
    assert read(text) == read(text.replace("\n", "\r\n"))


INLINE = st.sampled_from(
    [
        *("ord", "åäö", "*em*", "**b**", "~~x~~", "`k & d`", "`<b>`", "»", '"', "'", "a & b", "a < b", "\\", "  \n"),
        *("\n", "\xa0", "\t", "\u2028", "&amp;", "&lt;", "&nbsp;", "&copy;", "&#0;", "1.", "|", "<br>", "[^1]", "[r]"),
        *("[l](../needs/a.md)", "[s](#problem)", "[h](https://a.example/x?y=1)", "[q](https://a.example/ö?a=b&c)"),
        *("[t](/x 'y')", "[]()", "[**b**](a)", "![a](b.png)", "https://x.example/", "info@x.example"),
    ]
)
LINES = st.lists(INLINE, min_size=1, max_size=6).map(" ".join)
BLOCK = st.one_of(
    LINES,
    *(LINES.map(sign.__add__) for sign in ("## ", "### ", "- ", "1. ", "3) ", "> ", "    ")),
    *(LINES.map(f"{{}}\n{under}".format) for under in ("---", "===")),
    LINES.map("```py\n{}\n```".format),
    st.sampled_from(
        [
            *("## Problem", "- ## Problem\n  - b\n\n    x", "> ## Problem\n> - a", "* \n\n* b", "-\n\n  x", "---"),
            *("|a|b|\n|-|-|\n|1|2|", "- [ ] x", "[^1]: fot", "[r]: https://x.example", "```\n\n```", "```\n \n```"),
        ]
    ),
)
PAGE = st.lists(st.tuples(BLOCK, st.sampled_from(["\n\n", "\n", "\n\n  ", "\n\n    "])).map("".join), max_size=8)
SIGNS = st.text("#-*_`~[]()!&;:.>\"'\\ \n\tabcå1=+|\xa0/@", max_size=120)


def _both_ways(markdown: str) -> bool:
    """Read once with the short way closed and once with it open; whether it was taken."""
    taken: list[Body | None] = []

    def short(*given: Any) -> Body | None:
        taken.append(read_ordinary(*given))
        return taken[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("idesluss.body.read_ordinary", lambda *_: None)
        walked = read(markdown)
        patch.setattr("idesluss.body.read_ordinary", short)
        assert read(markdown) == walked
    return any(taken)


@given(st.one_of(PAGE.map("".join), SIGNS))
def test_the_short_way_gives_what_the_walk_gives(markdown: str) -> None:
    _both_ways(markdown)


@pytest.mark.parametrize(
    ("markdown", "short"),
    [
        ("Hej.\n\n## Problem\n\n- a **b** `c`\n\n### Mer\n\nSe [l](../needs/a.md) och [upp](#problem).\n", True),
        ("> ## Problem\n\n## Problem\n\nhttps://x.example/?a=1\n", True),
        ("### Problem\n", False),
        ("[ingen](#alls)\n", False),
        ("-\n", False),
        ("a&nbsp;b\n", False),
        ("a\x0bb\n", False),
        ('Han sa: "ja" & gick  \nhem.\n\n---\n', True),
        ("![a](../media/b.png)\n", False),
    ],
)
def test_ordinary_prose_takes_the_short_way(markdown: str, short: bool) -> None:
    assert _both_ways(markdown) is short
