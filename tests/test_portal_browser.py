"""The built portal in a real browser: accessibility, policy, foreign hosts, small screens, keyboard, no JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDE = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "device_scale_factor": 2}

MODES: dict[str, dict[str, Any]] = {
    "wide-light": {**WIDE, "color_scheme": "light"},
    "phone-light": {**PHONE, "color_scheme": "light"},
    "wide-dark": {**WIDE, "color_scheme": "dark"},
    "phone-dark": {**PHONE, "color_scheme": "dark"},
    "forced-colors": {**WIDE, "forced_colors": "active"},
}

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "EN-301-549", "best-practice"]

LISTEN = """
    window.policyFaults = [];
    document.addEventListener("securitypolicyviolation", (event) =>
        window.policyFaults.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile ?? ""}`));
"""

TOO_WIDE = """() => {
    const edge = document.documentElement.clientWidth + 1;
    const scrolls = (element) => {
        for (let up = element.parentElement; up && up !== document.body; up = up.parentElement)
            if (/(auto|scroll|hidden|clip)/.test(getComputedStyle(up).overflowX) &&
                up.getBoundingClientRect().right <= edge) return true;
        return false;
    };
    return [...document.body.querySelectorAll("*")]
        .filter((element) => {
            const box = element.getBoundingClientRect();
            return box.width > 0 && box.height > 0 && box.right > edge && element.checkVisibility() &&
                !scrolls(element);
        })
        .map((element) => `<${element.tagName} class="${element.getAttribute("class") ?? ""}"> ` +
            `ends at ${Math.round(element.getBoundingClientRect().right)}: ${element.textContent.trim().slice(0, 40)}`);
}"""

OPEN_ALL = """() => {
    const folded = [...document.querySelectorAll("main details")];
    folded.forEach((one) => { one.open = true; });
    return folded.length;
}"""

SPACE_OUT = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important }
        * { word-spacing: .16em !important }
        p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
"""The spacing that WCAG 1.4.12 lets a reader ask for."""

BACKGROUND = """() => {
    const colours = [document.body, document.documentElement].map((element) =>
        getComputedStyle(element).backgroundColor.match(/[0-9.]+/g).map(Number));
    const [red, green, blue] = colours.find((colour) => colour.length === 3) ?? [255, 255, 255];
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}"""
"""How light the page is, from 0 to 1."""

FOCUSED = """() => {
    const element = document.activeElement;
    const box = element.getBoundingClientRect();
    return {tag: element.tagName, href: element.getAttribute("href"), text: element.textContent.trim(),
        seen: element.checkVisibility() && box.width > 1 && box.height > 1 && box.bottom > 0 && box.right > 0 &&
            box.top < innerHeight && box.left < innerWidth};
}"""


@dataclass
class Visit:
    """A browser page and all that went wrong in it: console errors, policy violations, requests to other hosts."""

    page: Page
    host: str
    faults: list[str] = field(default_factory=list)

    def listen(self) -> None:
        self.page.on("console", lambda message: self._told(message.type, message.text))
        self.page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        self.page.on("request", lambda request: self._asked(request.url))
        self.page.on("requestfailed", lambda request: self._failed(request.url, request.failure or ""))
        self.page.on("response", lambda response: self._answered(response.url, response.status))

    def _failed(self, url: str, why: str) -> None:
        if why != "net::ERR_ABORTED":  # the page was left before it had everything; what is missing answers 404
            self.faults.append(f"failed: {url} {why}")

    def _told(self, sort: str, text: str) -> None:
        if sort in {"error", "warning"} and "status of 404" not in text:
            self.faults.append(f"console {sort}: {text}")

    def _asked(self, url: str) -> None:
        if urlsplit(url).scheme not in {"data", "blob", "about"} and urlsplit(url).netloc != self.host:
            self.faults.append(f"another host: {url}")

    def _answered(self, url: str, status: int) -> None:
        if status >= 400 and not url.endswith("/no/such/page"):
            self.faults.append(f"{status}: {url}")

    def open(self, address: str) -> None:
        self.page.goto(address, wait_until="load")
        self.page.evaluate("() => document.fonts.ready.then(() => true)")

    def close(self) -> list[str]:
        """Give what went wrong since it was opened, and forget it."""
        faults = [
            *self.faults,
            *(f"policy: {fault}" for fault in self.page.evaluate("() => window.policyFaults ?? []")),
        ]
        self.faults.clear()
        return faults


@pytest.fixture(scope="session")
def portal(built_site: Path, serve_folder: Callable[[Path], str]) -> str:
    """The address where the built portal stands, on this machine."""
    return serve_folder(built_site)


@pytest.fixture
def visit(chromium: Browser, portal: str) -> Iterator[Callable[..., Visit]]:
    """Open a new browser window that listens for faults: `visit(**context_options)`."""
    contexts = []

    def open_window(**options: Any) -> Visit:
        context = chromium.new_context(locale="sv-SE", **options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.add_init_script(LISTEN)
        made = Visit(context.new_page(), urlsplit(portal).netloc)
        made.listen()
        return made

    yield open_window
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def sample(built_site: Path) -> list[str]:
    """One address of every template: the fullest page of each folder at each depth, and a page that is not there."""
    groups: dict[tuple[str, int], list[Path]] = {}
    for path in built_site.rglob("index.html"):
        text = path.read_text(encoding="utf-8")
        if 'http-equiv="refresh"' in text:
            continue
        parts = path.relative_to(built_site).parts
        groups.setdefault((parts[0], len(parts)), []).append(path)
    fullest = [max(paths, key=lambda path: (path.stat().st_size, str(path))) for paths in groups.values()]
    found = sorted("/" + path.parent.relative_to(built_site).as_posix().rstrip(".") for path in fullest)
    assert len(found) > 15, f"the portal has too few sorts of pages: {found}"
    return [address if address == "/" else f"{address}/" for address in found] + ["/no/such/page"]


@pytest.mark.parametrize("mode", MODES)
def test_no_accessibility_fault(
    mode: str, visit: Callable[..., Visit], portal: str, sample: list[str], axe_source: str
) -> None:
    """The checker axe finds nothing on any sort of page, nothing is told to the console, and no other host is asked."""
    window = visit(**MODES[mode])
    faults = []
    for address in sample:
        window.open(portal + address)
        window.page.evaluate(axe_source)
        result = window.page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", AXE_TAGS)
        assert len(result["passes"]) > 10, f"axe saw nothing on {address}"
        faults += [
            f"{address} [{mode}] {violation['id']}: {node['html'][:120]} — {node['failureSummary']}"
            for violation in result["violations"]
            for node in violation["nodes"][:3]
        ]
        faults += [f"{address} [{mode}] {fault}" for fault in window.close()]
    assert not faults, "\n".join(faults[:40])


@pytest.mark.parametrize("mode", ["wide-light", "phone-dark"])
def test_no_fault_in_what_is_folded_away(
    mode: str, visit: Callable[..., Visit], portal: str, sample: list[str], axe_source: str
) -> None:
    """The tables behind the charts, and how to count again, are shown on demand; then too axe finds nothing."""
    window = visit(**MODES[mode])
    opened = 0
    for address in [one for one in sample if one.startswith("/siffror/")]:
        window.open(portal + address)
        opened += window.page.evaluate(OPEN_ALL)
        window.page.evaluate(axe_source)
        result = window.page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", AXE_TAGS)
        assert [violation["id"] for violation in result["violations"]] == [], address
        assert window.page.evaluate(TOO_WIDE) == []
    assert opened > 5


def test_axe_would_find_a_fault(visit: Callable[..., Visit], portal: str, axe_source: str) -> None:
    """A picture without a text is told of, so that silence means something."""
    window = visit()
    window.open(portal + "/")
    window.page.evaluate("() => document.querySelector('main').append(new Image(10, 10))")
    window.page.evaluate(axe_source)
    result = window.page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", AXE_TAGS)
    assert "image-alt" in {violation["id"] for violation in result["violations"]}


def test_policy_would_stop_a_script(visit: Callable[..., Visit], portal: str) -> None:
    """The page's own policy stops an injected script and a foreign picture, and the tests see that it does."""
    window = visit()
    window.open(portal + "/")
    window.page.evaluate("""async () => {
        const script = document.createElement("script");
        script.textContent = "window.broken = true";
        document.body.append(script);
        const picture = new Image();
        picture.src = "https://elsewhere.example/x.png";
        document.body.append(picture);
        await new Promise((done) => { picture.onerror = done; });
    }""")
    assert window.page.evaluate("() => window.broken") is None
    faults = "\n".join(window.close())
    assert "policy: script-src" in faults
    assert "policy: img-src" in faults


@pytest.mark.parametrize("spaced", [False, True], ids=["as-it-is", "wide-letters"])
@pytest.mark.parametrize("width", [320, 768])
def test_nothing_sticks_out_sideways(
    width: int, spaced: bool, visit: Callable[..., Visit], portal: str, sample: list[str]
) -> None:
    """On a narrow screen, or at 400 %, one reads without scrolling sideways, also with the letters set wide apart."""
    window = visit(viewport={"width": width, "height": 800})
    faults = []
    for address in sample:
        window.open(portal + address)
        if spaced:
            window.page.evaluate(SPACE_OUT)
        faults += [f"{address} {fault}" for fault in window.page.evaluate(TOO_WIDE)[:3]]
        if (scroll := window.page.evaluate("() => document.scrollingElement.scrollWidth")) > width:
            faults.append(f"{address} is {scroll} wide")
    assert not faults, "\n".join(faults)


def test_tab_reaches_the_skip_link_first(visit: Callable[..., Visit], portal: str, sample: list[str]) -> None:
    """The first press of Tab shows a link that leads past the menu, and it leads there."""
    window = visit(**WIDE)
    for address in sample:
        window.open(portal + address)
        window.page.keyboard.press("Tab")
        focused = window.page.evaluate(FOCUSED)
        assert focused["tag"] == "A", address
        assert focused["href"].startswith("#"), address
        assert focused["seen"], address
        window.page.keyboard.press("Enter")
        window.page.keyboard.press("Tab")
        inside = window.page.evaluate("() => !!document.activeElement.closest('main, footer')")
        assert inside, f"{address}: after the skip link the focus is still in the menu"


def test_everything_focused_is_seen(visit: Callable[..., Visit], portal: str, sample: list[str]) -> None:
    """Whoever uses the keyboard sees where the focus is, at each of the first forty stops."""
    window = visit(**WIDE)
    faults = []
    for address in sample:
        window.open(portal + address)
        for _ in range(40):
            window.page.keyboard.press("Tab")
            focused = window.page.evaluate(FOCUSED)
            if focused["tag"] == "BODY":
                break
            if not focused["seen"]:
                faults.append(f"{address} {focused}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_menu_on_a_phone_by_keyboard(javascript: bool, visit: Callable[..., Visit], portal: str) -> None:
    """From the start page one reaches the ideas with Tab and Enter alone, on a phone, also without JavaScript."""
    page = visit(**PHONE, java_script_enabled=javascript).page
    page.goto(portal + "/")
    assert not page.locator("header a[href$='ideer/']").is_visible()
    stops: list[str] = []
    for _ in range(30):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        stops.append(focused.evaluate("element => element.outerHTML.slice(0, 90)"))
        if focused.evaluate("element => element.matches('header summary, header [aria-expanded=false]')"):
            page.keyboard.press("Enter")
        elif focused.evaluate("element => element.matches('header a[href$=\"ideer/\"]')"):
            assert focused.is_visible()
            page.keyboard.press("Enter")
            page.wait_for_url("**/ideer/")
            return
    pytest.fail("the ideas were not reached:\n" + "\n".join(stops))


def test_all_is_readable_without_javascript(visit: Callable[..., Visit], portal: str, sample: list[str]) -> None:
    """What stands in a page stands there without JavaScript too; only the search and buttons may need it."""
    plain, full = visit(**WIDE, java_script_enabled=False).page, visit(**WIDE).page
    for address in sample:
        plain.goto(portal + address)
        full.goto(portal + address)
        text = plain.locator("main").inner_text()
        assert plain.locator("h1").is_visible(), address
        assert len(text) > 60, address
        if full.locator("#seek").count() == 0:
            full.evaluate(
                "() => document.querySelectorAll('main button[type=button]').forEach((button) => button.remove())"
            )
            assert text.split() == full.locator("main").inner_text().split(), address


@pytest.mark.parametrize(("system", "chosen"), [("light", "dark"), ("dark", "light")])
def test_choice_of_light_or_dark_is_kept(system: str, chosen: str, visit: Callable[..., Visit], portal: str) -> None:
    """The page follows the system until one chooses, and the choice holds on the next page and after a reload."""
    window = visit(**WIDE, color_scheme=system)
    window.open(portal + "/")

    def wears(theme: str) -> bool:
        """Whether the page is light or dark, once the browser has drawn what was asked last."""
        for _ in range(40):
            lightness = window.page.evaluate(BACKGROUND)
            if lightness > 0.8 if theme == "light" else lightness < 0.2:
                return True
            window.page.wait_for_timeout(50)
        return False

    assert wears(system)
    window.page.locator(f"input[type=radio][value={chosen}]").check()
    assert wears(chosen)
    window.open(portal + "/ideer/")
    assert wears(chosen)
    window.page.reload()
    assert wears(chosen)
    assert window.page.locator(f"input[type=radio][value={chosen}]").is_checked()
    assert window.close() == []


def test_links_on_the_page_that_is_not_there_work_from_any_depth(visit: Callable[..., Visit], portal: str) -> None:
    """A static host shows 404.html at whatever address was asked for; it looks right and leads home."""
    window = visit(**WIDE)
    window.open(portal + "/no/such/page")
    assert window.page.locator("h1").is_visible()
    window.page.locator("main a").first.click()
    window.page.wait_for_url(portal + "/")
    assert window.close() == []
