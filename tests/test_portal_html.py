"""Every page of the built portal, read as a browser and the W3C checker read it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from lxml import etree, html

REPOSITORY = Path(__file__).parents[1]
SETTINGS = REPOSITORY / "idesluss.yml"
OWN = next(line.split()[1] for line in SETTINGS.read_text("utf-8").splitlines() if line.startswith("address:"))
"""The address that idesluss.yml gives; links there are links within the portal."""

LINKS = ("href", "src", "poster", "data", "action")
LOADS = {**dict.fromkeys(("script", "img", "source", "iframe", "video", "audio", "input"), "src"), "object": "data"}
LOADING_RELATIONS = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "apple-touch-icon"}
EXSLT = {"re": "http://exslt.org/regular-expressions"}
MARKS = ("{{", "{%", '"entry:', '"media:', "Traceback (most recent")


DATA_PICTURE = re.compile(
    "Resource violates Content Security Policy .* image “data:image/.* blocked by “img-src” directive."
)

Checker = Callable[[Sequence[str]], list[dict[str, Any]]]


class SitePage(NamedTuple):
    """One HTML file of the portal: its path below the site's folder, and its tree."""

    path: str
    tree: html.HtmlElement

    @property
    def address(self) -> str:
        return OWN + self.path.removesuffix("index.html")


@pytest.fixture(scope="session")
def pages(built_site: Path) -> list[SitePage]:
    """All HTML files of the portal, read once."""
    found = pages_of(built_site)
    assert len(found) > 20, "the portal has too few pages to be the real one"
    return found


def pages_of(site: Path) -> list[SitePage]:
    parser = html.HTMLParser(encoding="utf-8")
    return [
        SitePage(path.relative_to(site).as_posix(), html.parse(str(path), parser).getroot())
        for path in sorted(site.rglob("*.html"))
    ]


def faults_in(pages: Sequence[SitePage], look: Callable[[SitePage], Iterator[str]]) -> list[str]:
    return [f"{page.path}: {fault}" for page in pages for fault in look(page)]


def grave_among(messages: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Errors and warnings, without one that is not true: that `img-src data:` forbids pictures that stand in the page.

    Browsers show them, which the booklet's own test looks at.
    """
    told = (message for message in messages if message["type"] != "info" or message.get("subType") == "warning")
    return [message for message in told if not DATA_PICTURE.fullmatch(message["message"])]


def test_the_html_checker_finds_nothing(built_site: Path, serve_folder: Callable[[Path], str], vnu: Checker) -> None:
    """The W3C checker has no error and no warning on any page."""
    host = serve_folder(built_site)
    found = vnu([f"{host}/{path.relative_to(built_site).as_posix()}" for path in sorted(built_site.rglob("*.html"))])
    grave = grave_among(found)
    told = Counter(message["message"] for message in grave)
    assert not grave, "\n".join(
        [f"{count} × {text}" for text, count in told.most_common(20)]
        + [f"{m.get('url')}:{m.get('lastLine')}: {m['message']}: {m.get('extract')}" for m in grave[:20]]
    )


def test_the_html_checker_would_find_a_fault(tmp_path: Path, serve_folder: Callable[[Path], str], vnu: Checker) -> None:
    """A page with two equal ids is told of, and so is one that is not there: silence means something."""
    page = tmp_path / "page.html"
    page.write_text(
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>t</title><p id="a"><p id="a">', encoding="utf-8"
    )
    host = serve_folder(tmp_path)
    assert [message["type"] for message in vnu([f"{host}/page.html"])].count("error") == 1
    assert [message["type"] for message in vnu([f"{host}/none.html"])] == ["non-document-error"]


def test_every_page_says_what_it_is(pages: list[SitePage]) -> None:
    """Language, title, description and one main heading stand on every page."""

    def look(page: SitePage) -> Iterator[str]:
        if page.tree.get("lang") not in {"sv", "en"}:
            yield f"lang is {page.tree.get('lang')!r}"
        if not (page.tree.findtext(".//head/title") or "").strip():
            yield "no title"
        if not any(content.strip() for content in page.tree.xpath("//head/meta[@name='description']/@content")):
            yield "no description"
        if len(page.tree.xpath("//h1")) != 1:
            yield f"{len(page.tree.xpath('//h1'))} main headings"
        if page.tree.xpath("//head/meta[@name='viewport'][contains(@content, 'user-scalable')]"):
            yield "zooming is hindered"

    assert not faults_in(pages, look)


def test_titles_tell_pages_apart(pages: list[SitePage]) -> None:
    """No two pages of the portal that are not redirections have the same title."""
    real = [page for page in pages if not page.tree.xpath("//meta[@http-equiv='refresh']")]
    titles = Counter(page.tree.findtext(".//head/title") for page in real)
    assert not {title: count for title, count in titles.items() if count > 1}


def test_headings_do_not_skip_a_level(pages: list[SitePage]) -> None:
    """After a heading comes at most one level deeper."""

    def look(page: SitePage) -> Iterator[str]:
        before = 0
        for heading in page.tree.xpath("//main//*[re:test(local-name(), '^h[1-6]$')]", namespaces=EXSLT):
            level = int(heading.tag[1])
            if level > before + 1:
                yield f"h{before} is followed by h{level} “{heading.text_content().strip()}”"
            before = level

    assert not faults_in(pages, look)


def test_policy_stands_before_any_script(pages: list[SitePage]) -> None:
    """The Content-Security-Policy forbids what is not named, and stands before what it is to judge."""

    def look(page: SitePage) -> Iterator[str]:
        policies = page.tree.xpath("//head/meta[@http-equiv='Content-Security-Policy']")
        if len(policies) != 1:
            yield f"{len(policies)} policies"
            return
        policy = policies[0].get("content", "")
        if "default-src 'none'" not in policy or "'unsafe-inline'" in policy or "'unsafe-eval'" in policy:
            yield f"the policy is weak: {policy}"
        if policies[0].xpath("preceding::script | preceding::link[@rel='stylesheet'] | preceding::style"):
            yield "a script or style stands before the policy"

    assert not faults_in(pages, look)


def test_nothing_inline(pages: list[SitePage]) -> None:
    """No script or event handler stands in a page itself; data that is no script may, and a style with its digest."""

    def look(page: SitePage) -> Iterator[str]:
        for script in page.tree.xpath("//script[not(@src)]"):
            if script.get("type") not in {"application/ld+json", "application/json"}:
                yield f"inline script: {(script.text or '')[:60]}"
        for element in page.tree.iter(etree.Element):
            for name in element.attrib:
                if name == "style" or name.startswith("on") or name == "srcdoc":
                    yield f"<{element.tag} {name}=…>"
        policy = page.tree.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
        for style in page.tree.xpath("//style[not(ancestor::*[local-name()='svg'])]"):
            digest = b64encode(sha256(style.text.encode()).digest()).decode()
            if f"style-src 'sha256-{digest}'" not in policy:  # the booklet in one file brings the style that it names
                yield "a style that the policy does not name by its digest"
        if page.tree.xpath("//base"):
            yield "a base"
        for target in page.tree.xpath("//@href | //@src | //@action | //@formaction"):
            if target.strip().lower().startswith(("javascript:", "data:text", "vbscript:")):
                yield f"a link that runs: {target[:60]}"

    assert not faults_in(pages, look)


def loaded(page: SitePage) -> Iterator[str]:
    """Every address that a browser fetches by itself to show the page."""
    for element in page.tree.iter(etree.Element):
        if element.tag == "link" and LOADING_RELATIONS & set((element.get("rel") or "").split()):
            yield element.get("href", "")
        elif element.tag in LOADS and element.get(LOADS[element.tag]):
            yield element.get(LOADS[element.tag])
        if element.get("srcset"):
            yield from (part.split()[0] for part in element.get("srcset").split(","))


def test_nothing_is_fetched_from_elsewhere(pages: list[SitePage]) -> None:
    """Pictures, styles, scripts and fonts come from the portal itself: no reader's address leaks."""

    def look(page: SitePage) -> Iterator[str]:
        for target in loaded(page):
            parts = urlsplit(target)
            if parts.scheme not in {"", "data"} or parts.netloc:
                yield target

    assert not faults_in(pages, look)


def test_styles_fetch_nothing_from_elsewhere(built_site: Path) -> None:
    """No stylesheet names another host, and every file that one names is there."""
    faults = []
    sheets = sorted(built_site.rglob("*.css"))
    assert sheets
    for sheet in sheets:
        for part in sheet.read_text(encoding="utf-8").split("url(")[1:]:
            target = part.split(")", 1)[0].strip("\"' ")
            if target.startswith(("data:", "#")):
                continue
            if urlsplit(target).netloc or not (sheet.parent / unquote(urlsplit(target).path)).exists():
                faults.append(f"{sheet.relative_to(built_site)}: {target}")
    assert not faults


def test_every_link_within_the_portal_leads_somewhere(built_site: Path, pages: list[SitePage]) -> None:
    """Each link to a page, file or fragment of the portal finds it, from every page and from the site map."""
    faults = dead_links(built_site, pages)
    assert not faults, "\n".join(faults[:60])


def test_a_copy_without_the_examples_is_whole(tmp_path: Path) -> None:
    """What the handbook says of starting one's own: with no entry there is no fault, and no link leads nowhere."""
    for name in ("idesluss.yml", "mkdocs.yml"):
        shutil.copy(REPOSITORY / name, tmp_path)
    shutil.copytree(REPOSITORY / "docs", tmp_path / "docs")
    command = [sys.executable, "-m", "idesluss", "--root", str(tmp_path), "build"]
    told = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    assert told.stdout == ""
    pages = pages_of(tmp_path / "site")
    assert {"index.html", "ideer/index.html", "om/index.html"} <= {page.path for page in pages}
    assert dead_links(tmp_path / "site", pages) == []


def dead_links(site: Path, pages: Sequence[SitePage]) -> list[str]:
    """Each link within the portal that leads nowhere, of its pages and of its site map."""
    fragments = {page.address: {*page.tree.xpath("//@id"), *page.tree.xpath("//a/@name"), "", "top"} for page in pages}

    def missing(target: str) -> bool:
        address, fragment = urldefrag(target)
        path = unquote(urlsplit(address).path).lstrip("/")
        if path == "" or path.endswith("/"):
            path += "index.html"
        if not (site / path).is_file():
            return True
        known = fragments.get(OWN + path.removesuffix("index.html"))
        return known is not None and unquote(fragment) not in known

    def look(page: SitePage) -> Iterator[str]:
        for element, name, target, _ in page.tree.iterlinks():
            if name not in LINKS or (element.tag == "a" and "entry:" in target):
                yield from [f"left over: {target}"] if "entry:" in target else []
                continue
            full = urljoin(page.address, target)
            if full.startswith(OWN) and missing(full):
                yield f"<{element.tag} {name}={target!r}>"

    faults = faults_in(pages, look)
    root = etree.parse(str(site / "sitemap.xml"))
    places = [place.text or "" for place in root.iter("{*}loc")]
    assert places
    return faults + [f"sitemap.xml: {place}" for place in places if not place.startswith(OWN) or missing(place)]


def test_no_marker_or_placeholder_is_left(built_site: Path) -> None:
    """Nothing of how pages are made shows in them: no template marks, no unresolved links, no placeholder page."""
    faults = []
    for path in sorted(built_site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        faults += [f"{path.relative_to(built_site)}: {mark}" for mark in MARKS if mark in text]
    assert not faults


def test_site_says_which_pages_a_search_engine_reads(built_site: Path, pages: list[SitePage]) -> None:
    """The site map lists every page but those that ask not to be listed, and each once."""
    root = etree.parse(str(built_site / "sitemap.xml"))
    listed = Counter(place.text for place in root.iter("{*}loc"))
    wanted = {
        page.address
        for page in pages
        if page.path != "404.html"
        and not page.tree.xpath("//meta[@name='robots'][contains(@content, 'noindex')] | //meta[@http-equiv='refresh']")
    }
    assert set(listed) == wanted
    assert set(listed.values()) == {1}
