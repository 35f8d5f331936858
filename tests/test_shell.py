"""The portal's shell: hand-written pages as MkDocs builds them, and the frame that generated pages are put into."""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from lxml import html

from conftest import run_cli
from idesluss import settings, translate
from idesluss.artifact import Page
from idesluss.portal.engine import EngineError
from idesluss.portal.shell import Shell, build_shell, key, shell_inputs
from idesluss.portal.words import LABELS, MENU, words

Instance = Callable[[Mapping[str, str | bytes | None]], Path]

MKDOCS = re.sub(r"(?m)^nav:\n(?:[ \t].*\n)+", "", (Path(__file__).parents[1] / "mkdocs.yml").read_text("utf-8"))
"""Without its menu, which names this repository's own pages."""
PAGE = Page('Snö & "is"', "Hur <b>når</b> vi dit?", "need", "<h1>Snö</h1>", '<link rel="alternate" href="x.atom">')
ELEMENTS = """\
# Allt

| a | b |
|:--|--:|
| 1 | 2 |

- [x] klart
- [ ] inte klart

En not.[^1]

[^1]: Noten.

!!! warning "Se upp"
    Text.
"""


def shell_of(root: Path, work: Path, **labels: str) -> Shell:
    told, problems = settings.load(root)
    assert told, problems
    translate.use(told.language)
    return build_shell(root, told, labels, work)


def tree(page: bytes) -> html.HtmlElement:
    return html.document_fromstring(page.decode())


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """The shell of a small instance with one page of each kind of content."""
    folder = tmp_path_factory.mktemp("shell")
    root = folder / "instance"
    files = {
        "idesluss.yml": "name: Slussen & co\nowner: Kommunen\naddress: https://kommun.example/slussen/\nlanguage: sv\n",
        "mkdocs.yml": MKDOCS,
        "docs/om.md": "# Om\n",
        "docs/handbok/allt.md": ELEMENTS,
        "docs/handbok/bilaga.pdf": "%PDF-1.7",
        "docs/index.md": "# The start page is generated, so this is not used\n",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return shell_of(root, folder / "work", commit="3f2a9c1d7e1", built="2026-11-23")


def test_page_is_put_into_the_shell(shell: Shell) -> None:
    """Title and description are escaped, the address is the page's own, and body and head stand as they are."""
    page = tree(shell.page(PAGE, "behov/sno/index.html"))
    assert page.findtext(".//title") == 'Snö & "is" – Slussen & co'
    assert page.xpath("//meta[@name='description']/@content") == ["Hur <b>når</b> vi dit?"]
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://kommun.example/slussen/behov/sno/"]
    assert page.xpath("//meta[@property='og:url']/@content") == ["https://kommun.example/slussen/behov/sno/"]
    assert page.xpath("//head/link[@rel='alternate']/@href") == ["../../feed.xml", "x.atom"]
    assert page.xpath("//main/h1/text()") == ["Snö"]
    assert page.get("lang") == "sv"


@pytest.mark.parametrize("depth", range(5))
def test_addresses_fit_the_depth(shell: Shell, depth: int) -> None:
    """From each depth the shell's files and the start page are reached by going up as far."""
    page = tree(shell.page(PAGE, "a/" * depth + "index.html"))
    up = "../" * depth
    (sheet,) = page.xpath("//link[@rel='stylesheet']/@href")
    assert re.sub(r"\?.*", "", sheet) == f"{up}assets/portal.css"
    assert page.xpath("//a[@class='brand']/@href") == [up or "./"]


@pytest.mark.parametrize("section", [section for section, _ in MENU if section != "docs"])
def test_menu_shows_the_section(shell: Shell, section: str) -> None:
    """The menu marks the section that a page belongs to, and no other."""
    page = tree(shell.page(Page("t", "d", section, ""), "a/b/index.html"))
    marked = page.xpath("//nav//a[@aria-current]/text()")
    labels = dict(MENU)
    assert marked == [translate.gettext(labels[section], "sv")]


def test_unknown_section_marks_nothing(shell: Shell) -> None:
    page = tree(shell.page(Page("t", "d", "no-such", ""), "a/b/index.html"))
    assert page.xpath("//nav//a") != []
    assert page.xpath("//nav//a[@aria-current]") == []


def test_start_page_has_no_twofold_name(shell: Shell) -> None:
    assert tree(shell.page(Page("Slussen & co", "d", "", ""), "index.html")).findtext(".//title") == "Slussen & co"


def test_shell_says_its_version(shell: Shell) -> None:
    text = tree(shell.page(PAGE, "a/index.html")).xpath("string(//footer)")
    assert "3f2a9c1d7" in text
    assert "2026-11-23" in text


def test_files_are_what_the_site_needs(shell: Shell) -> None:
    """Pages, attachments and the theme's own files are there; nothing of Material's, no placeholder, no start page."""
    assert {"404.html", "om/index.html", "handbok/allt/index.html", "handbok/bilaga.pdf"} <= set(shell.files)
    assert {"assets/portal.css", "assets/portal.js", "assets/fonts/OFL.txt", "assets/mark.png"} <= set(shell.files)
    assert not [path for path in shell.files if re.search(r"javascripts|stylesheets|\.map$|lunr|zqx|sitemap", path)]
    assert "index.html" not in shell.files
    assert shell.addresses == ("handbok/allt/", "om/")
    assert shell.problems == ()


def test_all_that_is_referred_to_is_there(shell: Shell) -> None:
    """Every style, script, icon and font that pages and styles name is among the files."""
    page = tree(shell.files["om/index.html"])
    named = page.xpath("//link[@rel!='canonical' and @rel!='alternate']/@href | //script/@src | //img/@src")
    assert len(named) >= 5
    assert {re.sub(r"\?.*", "", name).removeprefix("../") for name in named} <= set(shell.files)
    fonts = re.findall(r"url\((fonts/[^)]+)\)", shell.files["assets/portal.css"].decode())
    assert fonts
    assert {f"assets/{font}" for font in fonts} <= set(shell.files)


def test_markdown_keeps_the_policy(shell: Shell) -> None:
    """What Markdown's extensions would write inline or without a name is mended: alignment, task lists."""
    page = tree(shell.files["handbok/allt/index.html"])
    assert page.xpath("//@style") == []
    assert [cell.get("class") for cell in page.xpath("//tbody//td")] == ["left", "right"]
    assert page.xpath("//thead//th/@scope") == ["col", "col"]
    assert page.xpath("//main//input") == []
    boxes = page.xpath("//li//*[@role='img']/@aria-label")
    assert boxes == [translate.gettext(LABELS["done"], "sv"), translate.gettext(LABELS["todo"], "sv")]
    assert page.xpath("//*[contains(@class, 'admonition')]/p[1]/text()") == ["Se upp"]


def test_no_page_shows_how_it_was_made(shell: Shell) -> None:
    assert not [path for path, data in shell.files.items() if b"zqx" in data]
    assert b"zqx" not in shell.page(PAGE, "a/index.html")


def test_sitemap_holds_both_sorts_of_pages(shell: Shell) -> None:
    found = re.findall(r"<loc>(.*?)</loc>", shell.sitemap(["behov/sno/", ""]).decode())
    base = "https://kommun.example/slussen/"
    assert found == [base, f"{base}behov/sno/", f"{base}handbok/allt/", f"{base}om/"]


def test_shell_can_be_kept(shell: Shell) -> None:
    """A shell that was pickled and read again makes the same bytes."""
    kept = pickle.loads(pickle.dumps(shell))  # noqa: S301 - our own bytes
    assert kept == shell
    assert kept.page(PAGE, "a/index.html") == shell.page(PAGE, "a/index.html")


def test_two_builds_are_equal(instance: Instance, tmp_path: Path) -> None:
    """The same instance gives the same bytes, wherever it and the work folder lie."""
    root = instance({"mkdocs.yml": MKDOCS, "docs/om.md": ELEMENTS})
    other = tmp_path / "elsewhere" / "copy"
    other.parent.mkdir()
    root_shell = shell_of(root, tmp_path / "one")
    root.rename(other)
    assert shell_of(other, tmp_path / "somewhere" / "two") == root_shell


def test_only_plain_files_of_known_types_are_published(instance: Instance, tmp_path: Path) -> None:
    """Links and files that a browser would run are left out and told of; the rest of the pages is there."""
    root = instance(
        {"docs/om.md": "# Om\n", "docs/x.svg": "<svg/>", "docs/a/x.html": "<p>", "secret.md": "# Hemligt\n"}
    )
    (root / "docs" / "secret.md").symlink_to(root / "secret.md")
    (root / "docs" / "away").symlink_to(tmp_path)
    made = shell_of(root, tmp_path / "work")
    assert "om/index.html" in made.files
    assert not [path for path in made.files if path.startswith(("secret", "x.", "a/", "away"))]
    told = json.loads(run_cli("check", "--format", "json", root=root).stdout)
    assert [(problem["path"], problem["code"]) for problem in told] == [
        ("docs/a/x.html", "docs-file"),
        ("docs/away", "docs-file"),
        ("docs/secret.md", "docs-file"),
        ("docs/x.svg", "docs-file"),
    ]


def test_broken_link_between_hand_written_pages_is_told(instance: Instance, tmp_path: Path) -> None:
    made = shell_of(instance({"docs/om.md": "# Om\n\n[bort](borta.md)\n"}), tmp_path / "work")
    assert [(problem.path, problem.code) for problem in made.problems] == [("docs/om.md", "docs-build")]


def test_own_file_of_the_theme_wins(instance: Instance, tmp_path: Path) -> None:
    """A municipality's own footer stands in place of the packaged one, and the rest stays."""
    root = instance({"templates/theme/partials/footer.html": "<footer>Egen fot</footer>", "docs/om.md": "# Om\n"})
    made = shell_of(root, tmp_path / "work")
    page = tree(made.page(PAGE, "a/index.html"))
    assert page.xpath("//footer/text()") == ["Egen fot"]
    assert page.xpath("//header//nav//a")


def test_theme_that_cannot_carry_pages_is_refused(instance: Instance, tmp_path: Path) -> None:
    root = instance({"templates/theme/main.html": "<!doctype html><title>{{ page.title }}</title>"})
    with pytest.raises(EngineError, match="description, address, head, body"):
        shell_of(root, tmp_path / "work")


def test_engine_that_gives_up_says_why(instance: Instance, tmp_path: Path) -> None:
    root = instance({"mkdocs.yml": "site_name: x\nmarkdown_extensions: [no.such.extension]\n"})
    with pytest.raises(EngineError, match=r"no\.such\.extension"):
        shell_of(root, tmp_path / "work")


@pytest.mark.parametrize("config", ["site_name: [x", "site_name: x\nhooks: [{a: b}]", b"site_name: b\xe5t"])
def test_a_configuration_that_cannot_be_read_is_refused(
    instance: Instance, tmp_path: Path, config: str | bytes
) -> None:
    root = instance({"mkdocs.yml": config})
    with pytest.raises(EngineError):
        shell_of(root, tmp_path / "work")


def test_a_style_in_an_old_encoding_is_taken_as_it_is(instance: Instance, tmp_path: Path) -> None:
    style = 'body { content: "å" }'.encode("latin-1")
    root = instance({"templates/theme/own.css": style})
    assert shell_of(root, tmp_path / "work").files["own.css"] == style


def test_the_key_names_all_that_the_configuration_goes_on_from(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = instance({"mkdocs.yml": "INHERIT: base.yml\nsite_name: !ENV [OUR_NAME, x]\n", "base.yml": "nav: []\n"})
    told, _problems = settings.load(root)
    assert told

    def changed() -> str:
        return key(root, told, "public")

    seen = [changed(), changed()]
    monkeypatch.setenv("OUR_NAME", "Slussen")
    seen.append(changed())
    (root / "base.yml").write_text("nav: [om.md]\n", "utf-8")
    seen.append(changed())
    assert seen[0] == seen[1]
    assert len(set(seen)) == 3


def test_no_file_beside_the_settings_runs_as_a_module(instance: Instance, tmp_path: Path) -> None:
    root = instance({"docs/om.md": "# Om\n", **{f"{name}.py": "0 / 0" for name in ("yaml", "mkdocs", "jinja2")}})
    assert "om/index.html" in shell_of(root, tmp_path / "work").files


def test_the_footer_leads_only_where_everybody_may_go(instance: Instance) -> None:
    """No letter to what is no address, and no way to a repository that is private."""
    told, _problems = settings.load(instance({}))
    assert told
    own = {"repository_url": "https://git.example/sluss", "contact": "Kontaktcenter"}

    def links(**changed: str) -> list[str]:
        return [link["url"] for link in words(told.model_copy(update={**own, **changed}), Path("docs"))["links"]]

    assert "https://git.example/sluss" in links()
    assert "https://git.example/sluss" not in links(repository="private")
    assert not [url for url in links() if url.startswith("mailto:")]
    assert "mailto:a@x.example" in links(contact="a@x.example")


def test_docs_outside_the_instance_are_refused(instance: Instance, tmp_path: Path) -> None:
    root = instance({"mkdocs.yml": "site_name: x\ndocs_dir: ../elsewhere\n"})
    with pytest.raises(EngineError, match="leaves"):
        shell_of(root, tmp_path / "work")


def test_own_navigation_and_hooks_hold(instance: Instance, tmp_path: Path) -> None:
    """What an instance's own mkdocs.yml says holds: titles in the navigation, hooks, tags that only MkDocs knows."""
    root = instance(
        {
            "mkdocs.yml": """
                site_name: !ENV [NO_SUCH, x]
                hooks: [hooks/mark.py]
                nav: [{Eget namn: b.md}, {Andra: a.md}]
                """,
            "hooks/mark.py": "def on_page_content(html, **_):\n    return html + '<p>hooked</p>'\n",
            "docs/a.md": "# A\n",
            "docs/b.md": "# B\n",
        }
    )
    made = shell_of(root, tmp_path / "work")
    page = tree(made.files["a/index.html"])
    assert page.xpath("//nav[contains(@class, 'local')]//a/text()") == ["Eget namn", "Andra"]
    assert "hooked" in page.xpath("//main//p/text()")


def test_navigation_opens_only_the_section_that_the_reader_is_in(instance: Instance, tmp_path: Path) -> None:
    root = instance(
        {
            "mkdocs.yml": "site_name: x\nnav: [a.md, {Handbok: [{Inre: [b.md]}, c.md]}]\n",
            "docs/a.md": "# A\n",
            "docs/b.md": "# B\n",
            "docs/c.md": "# C\n",
        }
    )
    made = shell_of(root, tmp_path / "work")

    def shown(name: str) -> list[tuple[str, str]]:
        links = tree(made.files[f"{name}/index.html"]).xpath("//nav[contains(@class, 'local')]//a")
        return [(link.text, link.get("href")) for link in links]

    assert shown("a") == [("A", "./"), ("Handbok", "../b/")]
    assert shown("c") == [("A", "../a/"), ("Inre", "../b/"), ("C", "./")]
    assert shown("b") == [("A", "../a/"), ("B", "./"), ("C", "../c/")]


def test_link_to_a_page_that_is_not_written_is_left_out(instance: Instance, tmp_path: Path) -> None:
    """Without a page for handing in there is no button for it, and without any hand-written pages there is a shell."""
    bare = tree(shell_of(instance({}), tmp_path / "one").page(PAGE, "a/index.html"))
    assert bare.xpath("//a[contains(@class, 'btn')]") == []
    root = instance({"docs/lamna-en-ide.md": "# Lämna en idé\n"})
    full = tree(shell_of(root, tmp_path / "two").page(PAGE, "a/index.html"))
    assert full.xpath("//a[contains(@class, 'btn')]/@href") == ["../lamna-en-ide/"]


def test_shell_inputs_are_all_that_it_is_made_of(instance: Instance) -> None:
    root = instance(
        {"mkdocs.yml": "hooks: [h.py, gone.py]\n", "h.py": "", "docs/a/b.md": "", "templates/theme/x.css": ""}
    )
    (root / "docs" / "dangling.md").symlink_to(root / "nowhere")
    inputs = shell_inputs(root)
    own = {path.relative_to(root).as_posix() for path in inputs if path.is_relative_to(root)}
    assert own == {"mkdocs.yml", "idesluss.yml", "h.py", "docs/a/b.md", "templates/theme/x.css"}
    assert "main.html" in {path.name for path in inputs}
    assert inputs == sorted(inputs)


def test_those_inside_are_led_to_where_a_hand_written_page_is_edited(tmp_path: Path) -> None:
    root = tmp_path / "instance"
    (root / "docs").mkdir(parents=True)
    (root / "docs" / "om oss.md").write_text("# Om oss\n", "utf-8")
    settings_text = "name: S\nowner: K\naddress: https://x.example/\nrepository_url: https://github.com/k/sluss\n"
    (root / "idesluss.yml").write_text(settings_text, "utf-8")
    told, _ = settings.load(root)
    assert told
    translate.use("sv")
    wanted = "https://github.com/k/sluss/edit/HEAD/docs/om%20oss.md"
    for audience, there in (("internal", True), ("public", False)):
        made = build_shell(root, told, {}, tmp_path / audience, audience)
        (page,) = (data for name, data in made.files.items() if name.startswith("om") and name.endswith("index.html"))
        links = {link.get("href"): link.text for link in tree(page).iter("a")}
        assert (links.get(wanted) == "Ändra på GitHub") is there
        assert b"/edit/" not in made.page(PAGE, "behov/sno/index.html")
