"""The prose of an entry: GitHub's Markdown made to HTML, made safe, and split into sections, once for all outputs."""

from __future__ import annotations

import html as entities
import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import unquote

ANCHOR = "s-"
"""Put before the id of every heading, so that no heading of an author's takes an id of the page's own."""

_TAGS = frozenset(
    "a abbr b blockquote br code del details em h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q s "
    "section small strong sub summary sup table tbody td th thead tr u ul".split()
)
_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "*": frozenset({"data-sourcepos"}),
    "a": frozenset({"href", "title", "id"}),
    "abbr": frozenset({"title"}),
    "details": frozenset({"open"}),
    "img": frozenset({"src", "alt", "title"}),
    "input": frozenset({"type", "checked", "disabled"}),
    "li": frozenset({"id"}),
    "ol": frozenset({"start"}),
    "td": frozenset({"align"}),
    "th": frozenset({"align"}),
}
_SCHEMES = frozenset({"http", "https", "mailto"})
_OWN_ATTRIBUTES = frozenset(
    {
        "class",
        "id",
        "aria-label",
        "data-footnotes",
        "data-footnote-ref",
        "data-footnote-backref",
        "data-footnote-backref-idx",
    }
)
"""What the Markdown engine itself puts on footnotes and code; taken out without a word."""
_FOOTNOTE = re.compile(r"^fn(?:ref)?-[\w-]+$")
_SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
_SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*:")
_SUSPECT_TAG = re.compile(r"<[A-Za-z/!?]")
_SUSPECT_TARGET = re.compile(
    r"\](?:\(|:)\s*<?\s*(?!https?:|mailto:)(?:[A-Za-z][A-Za-z0-9+.-]*:|[^)\s]*[&%\\])", re.IGNORECASE
)
_LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_ALIGNED = {"left": "left", "right": "right", "center": "center"}
_MARKUP = re.compile(r"<[^>]*>")


class Section(NamedTuple):
    """A part of the body under one H2. `key` is the kind's name for it, or "" for one of the author's own."""

    key: str
    title: str
    anchor: str
    html: str


class Cut(NamedTuple):
    """Where in the HTML of a body a section's inner part begins and ends; cheaper to keep than the text twice."""

    key: str
    title: str
    anchor: str
    start: int
    end: int


class Heading(NamedTuple):
    level: int
    title: str
    line: int


class LinkUse(NamedTuple):
    """A link as written; `resolved` is "entry:id", "media:file", "page:path", "" (nothing in the instance) or the address."""

    target: str
    title: str
    line: int
    column: int
    resolved: str


class PictureUse(NamedTuple):
    target: str
    alt: str
    line: int
    column: int
    file: str


class Removed(NamedTuple):
    """What sanitising took out: `what` is shown to the author."""

    what: str
    line: int
    column: int


class Body(NamedTuple):
    """Safe HTML as a whole and by section; lines and columns count from 1 within the Markdown of the body.

    In `html`, links to other entries read `entry:id` or `entry:id#anchor`, files of ideas/media/ `media:file` and
    pages of docs/ `page:path`: outputs put the addresses there.
    """

    html: str = ""
    cuts: tuple[Cut, ...] = ()
    headings: tuple[Heading, ...] = ()
    links: tuple[LinkUse, ...] = ()
    pictures: tuple[PictureUse, ...] = ()
    removed: tuple[Removed, ...] = ()

    @property
    def sections(self) -> tuple[Section, ...]:
        """The parts under each H2 at the top level, in order."""
        return tuple(
            Section(key, title, anchor, self.html[start:end].strip()) for key, title, anchor, start, end in self.cuts
        )

    def section(self, key: str) -> Section | None:
        """The section that the kind knows by this key, or None."""
        for cut in self.cuts:
            if cut.key == key:
                return Section(key, cut.title, cut.anchor, self.html[cut.start : cut.end].strip())
        return None

    @property
    def text(self) -> str:
        """The words without markup, in one line."""
        return " ".join(entities.unescape(_MARKUP.sub(" ", self.html)).split())

    @property
    def lead(self) -> str:
        """The HTML before the first H2."""
        return self.html[: self.html.find('<h2 id="')] if self.cuts else self.html


EMPTY = Body()


def read_body(markdown: str, path: str, section_keys: Mapping[str, str], language: str) -> Body:
    """Make the Markdown of the entry at `path` (such as "ideas/2026/x.md") safe and take it apart.

    `section_keys` maps a heading in lower case to the kind's name for that section. Links and pictures get their
    line and column only where something may be wrong with one of them; `places` finds them else.
    """
    if not markdown.strip():
        return EMPTY
    if "\r" in markdown:
        markdown = markdown.replace("\r\n", "\n")
    render, clean, parse, serialise = _engine()
    raw = render(markdown, False)
    safe = clean(raw)
    suspect = _is_suspect(markdown)
    ordinary = None if suspect else _read_ordinary(safe, posixpath.dirname(path), section_keys)
    if ordinary is not None:
        return ordinary
    root = parse(safe)
    removed = _removed(raw, root, markdown) if suspect else ()
    walk = _Walk(path, language)
    walk.over(root)
    html = serialise(root)[5:-6].strip()
    headings, links, pictures = walk.headings, walk.links, walk.pictures
    if pictures or walk.doubtful:
        spots = places(markdown)
        headings = [heading._replace(line=at) for heading, at in zip(headings, spots.headings, strict=False)]
        links = [use._replace(line=at[0], column=at[1]) for use, at in zip(links, spots.links, strict=False)]
        pictures = [use._replace(line=at[0], column=at[1]) for use, at in zip(pictures, spots.pictures, strict=False)]
    return Body(html, _cuts(html, walk.tops, section_keys), tuple(headings), tuple(links), tuple(pictures), removed)


def _is_suspect(markdown: str) -> bool:
    """Whether sanitising may take something out; on ordinary text two quick looks."""
    if "<" in markdown and _SUSPECT_TAG.search(markdown):
        return True
    return ("](" in markdown or "]:" in markdown) and _SUSPECT_TARGET.search(markdown) is not None


_PIECE = re.compile(
    r"<(?!(?:p|li|strong|em|code|br|pre|hr|del)>(?!</)|/(?:p|li|strong|em|code|pre|del)>)"
    r"(?:h(?P<level>[2-6])>(?P<heading>[^<]+)</h"
    r"|a href=\"(?P<target>[A-Za-z0-9:/#?=%,+@~._-]+)\" rel=\"noopener noreferrer\">(?P<words>[^<]+)</a>"
    r"|(?P<close>/)?(?:ul|ol|blockquote)>"
    r"|(?P<other>))"
)
"""All tags but the plainest, with what is needed of headings and links; `other` is what only a walk understands.

An empty element counts as other, since a tree is written without its end.
"""
_ORDINARY_TARGET = re.compile(r"[A-Za-z0-9:/#?=%,+@~._-]+")
_CONTROLS = bytes({*range(0x20)} - {*b"\t\n"})
_ORDINARY_DEPTH = 16


def _read_ordinary(safe: str, folder: str, section_keys: Mapping[str, str]) -> Body | None:
    """What a walk over the tree would give, without a tree: for prose, lists, headings in order and links that lead on.

    None where anything else stands in the text; then the walk decides.
    """
    if not _stays_as_it_is(safe):
        return None
    headings: list[Heading] = []
    links: list[LinkUse] = []
    tops: list[tuple[str, str]] = []
    anchors: set[str] = set()
    pieces: list[str] = []
    within: list[str] = []
    level, depth, end = 1, 0, 0
    for match in _PIECE.finditer(safe):
        at, heading, target, words, close, other = match.groups()
        if heading:
            title = " ".join(entities.unescape(heading).split())
            if not title or int(at) > level + 1:
                return None
            level = int(at)
            anchor = _new_anchor(title, anchors)
            headings.append(Heading(level, title, 0))
            if level == 2 and not depth:
                tops.append((anchor, title))
            pieces += (safe[end : match.start()], f'<h{at} id="{anchor}">{heading}</h')
        elif target:
            title = " ".join(entities.unescape(words).split())
            resolved = resolve(target, folder)
            if not title or not _ORDINARY_TARGET.fullmatch(resolved) or target.startswith(("#fn-", "#fnref-")):
                return None
            if resolved[0] == "#":
                within.append(resolved[1:])
            rel = ' rel="noopener noreferrer"' if resolved.startswith("http") else ""
            links.append(LinkUse(target, title, 0, 0, resolved))
            pieces += (safe[end : match.start()], f'<a href="{resolved}"{rel}>{words}</a>')
        elif other is None:
            depth += -1 if close else 1
            if depth > _ORDINARY_DEPTH:
                return None
            continue
        else:
            return None
        end = match.end()
    if not anchors.issuperset(within):
        return None
    html = "".join((*pieces, safe[end:])).strip()
    return Body(html, _cuts(html, tops, section_keys), tuple(headings), tuple(links))


def _stays_as_it_is(safe: str) -> bool:
    """Whether a parser of trees would write each character of this HTML as it reads it."""
    data = safe.encode("latin-1", "replace")
    return (
        len(data.translate(None, _CONTROLS)) == len(data)
        and "\ufffe" not in safe
        and "\uffff" not in safe
        and ("&" not in safe or "&nbsp;" not in safe)
    )


class Places(NamedTuple):
    """Where headings (lines), links and pictures (line, column) stand in a Markdown text, in the order of the text."""

    headings: list[int]
    links: list[tuple[int, int]]
    pictures: list[tuple[int, int]]
    code: list[tuple[int, int, int, int]]


def places(markdown: str) -> Places:
    """Find where headings, links and pictures stand. A column is a code point, as the engine counts bytes."""
    render, clean, parse, _ = _engine()
    root = parse(clean(render(markdown, True)))
    lines = markdown.split("\n")
    found = Places([], [], [], [])
    for element in root.iter("a", "img", "code", "pre", *_LEVELS):
        spot = _span(element, lines)
        if element.tag in _LEVELS:
            found.headings.append(spot[0])
        elif element.tag == "a":
            if element.get("href") is not None and not _is_footnote(element):
                found.links.append(spot[:2])
        elif element.tag == "img":
            found.pictures.append(spot[:2])
        elif element.get("data-sourcepos"):
            found.code.append(spot)
    return found


def _span(element: Any, lines: list[str]) -> tuple[int, int, int, int]:
    """Line and column of an element's start and end; raw HTML has none of its own, so its nearest block's count."""
    node = element
    while node is not None and not node.get("data-sourcepos"):
        node = node.getprevious() if node.getprevious() is not None else node.getparent()
    if node is None:
        return (1, 1, 1, 1)
    start, _, end = node.get("data-sourcepos").partition("-")
    (line, column), (last, until) = (map(int, spot.split(":")) for spot in (start, end))
    return (line, _code_points(lines, line, column), last, _code_points(lines, last, until))


def _code_points(lines: list[str], line: int, column: int) -> int:
    if not 0 < line <= len(lines) or lines[line - 1].isascii():
        return column
    return len(lines[line - 1].encode()[: column - 1].decode("utf-8", "ignore")) + 1


def _cuts(html: str, tops: list[tuple[str, str]], keys: Mapping[str, str]) -> tuple[Cut, ...]:
    starts = [html.find(f'<h2 id="{anchor}"') for anchor, _ in tops]
    ends = [*starts[1:], len(html)]
    return tuple(
        Cut(keys.get(title.lower(), ""), title, anchor, html.index("</h2>", start) + 5, end)
        for (anchor, title), start, end in zip(tops, starts, ends, strict=False)
    )


def _is_footnote(element: Any) -> bool:
    return (element.get("href") or "").startswith(("#fn-", "#fnref-"))


class _Walk:
    """One way over the clean tree: links and pictures resolved, headings in order, ids given."""

    def __init__(self, path: str, language: str) -> None:
        self.folder = posixpath.dirname(path)
        self.language = language
        self.headings: list[Heading] = []
        self.links: list[LinkUse] = []
        self.pictures: list[PictureUse] = []
        self.tops: list[tuple[str, str]] = []
        self.doubtful = False
        self.anchors: set[str] = set()
        self.level = 1
        self.tables = 0

    def over(self, root: Any) -> None:
        elements = list(root.iter("a", "img", "input", "table", "li", "summary", "section", "td", "th", *_LEVELS))
        for element in elements:
            if element.tag in _LEVELS:
                self._heading(element, root)
        for element in elements:
            turn = _TURNS.get(element.tag)
            if turn:
                turn(self, element)

    def _heading(self, element: Any, root: Any) -> None:
        title = " ".join("".join(element.itertext()).split())
        level = _LEVELS[element.tag]
        self.headings.append(Heading(level, title, 0))
        if level == 1 or level > self.level + 1:
            self.doubtful = True
        if not title:
            element.tag = "p"
            return
        self.level = min(max(level, 2), self.level + 1)
        element.tag = f"h{self.level}"
        anchor = _new_anchor(title, self.anchors)
        element.attrib.clear()
        element.set("id", anchor)
        if self.level == 2 and element.getparent() is root:
            self.tops.append((anchor, title))

    def _link(self, element: Any) -> None:
        target = element.get("href")
        if not _FOOTNOTE.match(element.get("id") or ""):
            element.attrib.pop("id", None)
        if target is None:
            if not element.attrib:
                element.drop_tag()
            return
        if _is_footnote(element):
            element.attrib.pop("rel", None)
            if target.startswith("#fnref-"):
                element.set("aria-label", _BACK.get(self.language, _BACK["en"]).format(target.rpartition("-")[2]))
            return
        title = " ".join("".join(element.itertext()).split())
        resolved = resolve(target, self.folder)
        if resolved.startswith("#"):
            resolved = resolved if resolved[1:] in self.anchors else ""
        self.links.append(LinkUse(target, title, 0, 0, resolved))
        named = title or any(image.get("alt") for image in element.iter("img"))
        if not resolved or not named:
            self.doubtful = True
            element.drop_tag()
            return
        element.set("href", resolved)
        if not resolved.startswith("http"):
            element.attrib.pop("rel", None)

    def _picture(self, element: Any) -> None:
        target = element.get("src") or ""
        alt = element.get("alt") or ""
        resolved = resolve(target, self.folder)
        file = resolved[6:] if resolved.startswith("media:") else ""
        self.pictures.append(PictureUse(target, alt, 0, 0, file))
        if file:
            element.set("src", resolved)
            element.set("alt", alt)
            element.set("loading", "lazy")
        else:
            element.tail = alt + (element.tail or "")
            element.drop_tree()

    def _checkbox(self, element: Any) -> None:
        sign = (
            ("\u2611 " if element.get("checked") is not None else "\u2610 ")
            if element.get("type") == "checkbox"
            else ""
        )
        element.tail = sign + (element.tail or "").lstrip()
        element.drop_tree()

    def _table(self, element: Any) -> None:
        from lxml.html import Element

        self.tables += 1
        name = f"{_TABLE.get(self.language, _TABLE['en'])} {self.tables}"
        frame = Element("div", {"class": "scroll", "role": "region", "tabindex": "0", "aria-label": name})
        parent = element.getparent()
        frame.tail, element.tail = element.tail, None
        parent.replace(element, frame)
        frame.append(element)

    def _cell(self, element: Any) -> None:
        align = _ALIGNED.get(element.attrib.pop("align", ""))
        if align:
            element.set("class", align)
        if element.tag == "th":
            element.set("scope", "col")
            if not len(element) and not (element.text or "").strip():
                element.tag = "td"
                element.attrib.pop("scope")

    def _item(self, element: Any) -> None:
        if not _FOOTNOTE.match(element.get("id") or ""):
            element.attrib.pop("id", None)
        if element.getparent().tag not in ("ul", "ol"):
            element.tag = "p"

    def _summary(self, element: Any) -> None:
        if element.getparent().tag != "details" or element.getprevious() is not None:
            element.tag = "p"

    def _section(self, element: Any) -> None:
        element.tag = "div"
        element.set("class", "footnotes")


_TURNS: Mapping[str, Callable[[_Walk, Any], None]] = {
    "a": _Walk._link,
    "img": _Walk._picture,
    "input": _Walk._checkbox,
    "table": _Walk._table,
    "td": _Walk._cell,
    "th": _Walk._cell,
    "li": _Walk._item,
    "summary": _Walk._summary,
    "section": _Walk._section,
}
_BACK = {"sv": "Tillbaka till hänvisning {}", "en": "Back to reference {}"}
_TABLE = {"sv": "Tabell", "en": "Table"}


def _new_anchor(title: str, taken: set[str]) -> str:
    """The id of a heading, with a number where the same stands before; it is taken from now on."""
    anchor = stem = ANCHOR + anchor_of(title)
    number = 0
    while anchor in taken:
        number += 1
        anchor = f"{stem}-{number}"
    taken.add(anchor)
    return anchor


def anchor_of(title: str) -> str:
    """The anchor that GitHub gives a heading."""
    kept = [char for char in unicodedata.normalize("NFC", title).lower() if char.isalnum() or char in " -_"]
    return "".join(kept).strip().replace(" ", "-") or "del"


def resolve(target: str, folder: str) -> str:
    """What a link in a file of `folder` leads to: an address, "entry:…", "media:…", "page:…", "#…", or "" for nothing."""
    if _SCHEME.match(target):
        return target if target.partition(":")[0].lower() in _SCHEMES else ""
    if target.startswith("//"):
        return ""
    path, sign, fragment = unquote(target).partition("#")
    anchor = f"#{ANCHOR}{unicodedata.normalize('NFC', fragment).lower()}" if sign and fragment else ""
    if not path:
        return anchor
    if _SLUG.match(path):
        return f"entry:{path}{anchor}"
    full = posixpath.normpath(posixpath.join(folder, path))
    top, _, below = full.partition("/")
    if top == "ideas" and below.startswith("media/"):
        return f"media:{below[6:]}"
    if top in ("ideas", "docs") and full.endswith(".md"):
        return f"entry:{posixpath.basename(full)[:-3]}{anchor}" if top == "ideas" else f"page:{below[:-3]}{anchor}"
    return ""


def _removed(raw: str, root: Any, markdown: str) -> tuple[Removed, ...]:
    """Compare the tree before and after cleaning; name each element and attribute that is gone, with its place."""
    before, after = _inventory(_engine()[2](raw)), _inventory(root)
    gone = before - after
    if not gone:
        return ()
    masked = _mask_code(markdown)
    removed: set[Removed] = set()
    for what in gone:
        tag, _, attribute = what.partition(" ")
        pattern = rf"(?i)\b{re.escape(attribute)}\s*[=:(]" if attribute else rf"(?i)<{re.escape(tag)}\b"
        if attribute in ("href", "src"):
            pattern = r"(?i)(?<![\w:])(?!https?:|mailto:)[a-z][a-z0-9+.\s-]*:(?=\S)|&#|%[0-9a-f]{2}"
        spots = [match.start() for match in re.finditer(pattern, masked)]
        shown = f"{attribute}=" if attribute else f"<{tag}>"
        removed |= {Removed(shown, *_spot(masked, at)) for at in spots or [max(masked.find("<"), 0)]}
    return tuple(sorted(removed, key=lambda item: item[1:] + item[:1]))


def _inventory(root: Any) -> Counter[str]:
    found: Counter[str] = Counter()
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        found[element.tag] += 1
        for name, value in element.attrib.items():
            own = name in _OWN_ATTRIBUTES and (name != "class" or value.startswith(("footnote", "language-")))
            if name not in ("rel", "data-sourcepos") and not own:
                found[f"{element.tag} {name}"] += 1
    return found


def _mask_code(markdown: str) -> str:
    lines = markdown.split("\n")
    for line, column, last, until in places(markdown).code:
        for number in range(line, min(last, len(lines)) + 1):
            start = column - 1 if number == line else 0
            end = until if number == last else len(lines[number - 1])
            text = lines[number - 1]
            lines[number - 1] = text[:start] + " " * (min(end, len(text)) - start) + text[end:]
    return "\n".join(lines)


def _spot(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


@cache
def _engine() -> tuple[Callable[[str, bool], str], Callable[[str], str], Callable[[str], Any], Callable[[Any], str]]:
    import comrak
    import nh3
    from lxml import etree, html

    extension = comrak.ExtensionOptions()
    extension.table = extension.strikethrough = extension.autolink = True
    extension.tasklist = extension.footnotes = True
    plain, placed = comrak.RenderOptions(), comrak.RenderOptions()
    plain.unsafe_ = placed.unsafe_ = True
    placed.sourcepos = True
    options = comrak.ParseOptions()
    cleaner = nh3.Cleaner(
        tags=set(_TAGS), attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()}, url_schemes=set(_SCHEMES)
    )
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)

    def render(markdown: str, with_places: bool) -> str:
        return str(comrak.render_markdown(markdown, extension, options, placed if with_places else plain))

    def parse(text: str) -> Any:
        return html.fragment_fromstring(f"<div>{text}</div>", parser=parser)

    def serialise(root: Any) -> str:
        return str(etree.tostring(root, method="html", encoding="unicode"))

    return render, cleaner.clean, parse, serialise
