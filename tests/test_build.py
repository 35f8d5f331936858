"""Building: who sees what, what becomes of broken files, and the same bytes from the same commit."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PIL import Image

from conftest import Files, GitInstance, write_files

SECRET = "Hemlighuset"
PRIVATE = """\
name: Idéslussen
owner: Exempelstads kommun
address: https://idesluss.example/
language: sv
repository: private
themes: [{id: skola, title: Skola}]
"""
UNIT = "---\ntitle: Fastighet\ntype: administration\n---\n"
IDEA = """\
---
title: Varna för fukt
unit: fastighet
{more}
---

## Problemet

{text}
"""


def idea(text: str = "Fukten syns sent.", more: str = "summary: Fukt") -> str:
    return IDEA.format(text=text, more=more)


def build(root: Path, site: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "idesluss", "--root", str(root), "build", "--site", str(site), *arguments]
    told = {**os.environ, "IDESLUSS_CACHE": str(site.parent / "cache"), **environment}
    return subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8", env=told)


def tree(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def everything(site: Path) -> str:
    return "\n".join(f"{name}\n{data.decode('utf-8', 'replace')}" for name, data in tree(site).items())


FILES: Files = {
    "ideas/units/fastighet.md": UNIT,
    "ideas/needs/fukt.md": "---\ntitle: Fukt\nunit: fastighet\nsource: audit\n---\n\n## Behovet\n\nFukt.\n",
    "ideas/2026/varna.md": idea(),
    "ideas/2026/annan.md": idea("Se [varningen](varna.md).", "builds_on: [varna]"),
}


def test_a_private_repository_publishes_only_what_says_so(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    root = instance(
        {
            **FILES,
            "idesluss.yml": PRIVATE,
            "ideas/2026/annan.md": idea(f"Om {SECRET}.", f"summary: {SECRET}"),
            "ideas/2026/varna.md": idea("Se helheten.", "visibility: public\nbuilds_on: [annan]"),
        }
    )
    assert build(root, tmp_path / "public").returncode == 0
    public = everything(tmp_path / "public")
    assert "Varna för fukt" in public
    assert SECRET not in public
    assert "annan" not in "".join(tree(tmp_path / "public"))
    assert build(root, tmp_path / "internal", "--audience", "internal").returncode == 0
    assert SECRET in everything(tmp_path / "internal")


def test_private_fields_and_closed_log_lines_never_leave(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    more = (
        "submitter: manager\nsupport: [{type: law, hours_band: 5_20}]\n"
        f"handed_in: {{door: form, at: 2026-01-02, key: {SECRET}}}\n"
        f"log:\n  - {{date: 2026-01-03, role: idécoach, type: note, text: {SECRET}}}\n"
        "  - {date: 2026-01-03, role: idécoach, type: answer, text: Tack för idén, public: true}"
    )
    root = instance({**FILES, "ideas/2026/varna.md": idea(more=more)})
    for audience in ("public", "internal"):
        told = build(root, tmp_path / audience, "--audience", audience)
        assert told.returncode == 0, told.stdout
    public = everything(tmp_path / "public")
    assert "Tack för idén" in public
    assert SECRET not in public


def test_own_private_fields_never_leave(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    own = "fields: {idea: {a: {type: line, label: {sv: Öppet}}, b: {type: line, label: {sv: Stängt}, private: true}}}\n"
    root = instance(
        {
            **FILES,
            "idesluss.yml": PRIVATE + own,
            "ideas/2026/varna.md": idea(more=f"visibility: public\na: Synligt\nb: {SECRET}"),
        }
    )
    told = build(root, tmp_path / "public")
    assert told.returncode == 0, told.stdout
    assert "Synligt" in everything(tmp_path / "public")
    assert SECRET not in everything(tmp_path / "public")


def test_an_embargo_holds_until_its_day(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    root = instance({**FILES, "ideas/2026/varna.md": idea(more="publish_from: 2026-05-01")})
    build(root, tmp_path / "site", "--now", "2026-04-30")
    assert "Varna för fukt" in everything(tmp_path / "site")
    assert not (tmp_path / "site" / "ideer" / "varna").exists()
    build(root, tmp_path / "site", "--now", "2026-05-01")
    assert (tmp_path / "site" / "ideer" / "varna" / "index.html").is_file()


def test_a_broken_file_that_was_public_leaves_a_note_and_no_word_of_it(
    git_instance: GitInstance, tmp_path: Path
) -> None:
    git_instance.commit(FILES, "2026-01-01")
    git_instance.commit({"ideas/2026/varna.md": idea(f"Ring 070-174 06 35 om {SECRET}.")}, "2026-01-02")
    git_instance.commit({"ideas/2026/ny.md": idea(f"Aldrig hel {SECRET}.", "stage: flying")}, "2026-01-03")
    told = build(git_instance.root, tmp_path / "site")
    assert told.returncode == 1, told.stderr
    page = (tmp_path / "site" / "ideer" / "varna" / "index.html").read_text("utf-8")
    assert "rättas" in page
    assert not (tmp_path / "site" / "ideer" / "ny").exists()
    assert SECRET not in everything(tmp_path / "site")
    assert "070-174" not in everything(tmp_path / "site")


def test_a_former_name_leads_to_the_entry(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    root = instance({**FILES, "ideas/2026/varna.md": idea(more="formerly: [fuktlarm]")})
    assert build(root, tmp_path / "site").returncode == 0
    page = (tmp_path / "site" / "ideer" / "fuktlarm" / "index.html").read_text("utf-8")
    assert 'http-equiv="refresh"' in page
    assert "/ideer/varna/" in page


@pytest.mark.parametrize("change", ["edit", "title", "add", "remove", "theme", "settings", "frame", "docs"])
def test_a_small_build_gives_what_a_whole_one_gives(
    instance: Callable[[Files], Path], tmp_path: Path, change: str
) -> None:
    changes: Mapping[str, Files] = {
        "edit": {"ideas/2026/varna.md": idea("Något annat.")},
        "title": {"ideas/2026/varna.md": idea().replace("Varna för fukt", "Fuktvarnaren")},
        "add": {"ideas/2026/tredje.md": idea("Tredje.", "builds_on: [varna]\nneeds: [fukt]")},
        "remove": {"ideas/2026/annan.md": None},
        "theme": {"ideas/2026/varna.md": idea(more="themes: [skola]")},
        "settings": {"idesluss.yml": PRIVATE.replace("private", "public").replace("Idéslussen", "Idékanalen")},
        "frame": {"templates/pages/entry.html": "<h1>Egen ram</h1>{% block main %}{{ html }}{% endblock %}"},
        "docs": {"docs/om.md": "# Om\n\nAnnat om slussen."},
    }
    root = instance({**FILES, "docs/om.md": "# Om\n\nOm slussen."})
    assert build(root, tmp_path / "site").returncode == 0
    instance(changes[change])
    assert build(root, tmp_path / "site").returncode == 0
    shutil.rmtree(tmp_path / "cache")
    assert build(root, tmp_path / "fresh").returncode == 0
    assert tree(tmp_path / "site") == tree(tmp_path / "fresh")


def test_a_picture_that_comes_later_gets_into_the_data(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    root = instance({**FILES, "ideas/2026/varna.md": idea(more="image: {file: fukt.png, alt: En fuktig vägg}")})
    assert build(root, tmp_path / "site").returncode == 1
    picture = Image.new("RGB", (6, 4))
    (root / "ideas" / "media").mkdir()
    picture.save(root / "ideas" / "media" / "fukt.png")
    assert build(root, tmp_path / "site").returncode == 0
    assert build(root, tmp_path / "fresh", IDESLUSS_CACHE=str(tmp_path / "other")).returncode == 0
    assert tree(tmp_path / "site") == tree(tmp_path / "fresh")
    assert "fukt.png" in (tmp_path / "fresh" / "catalogue.json").read_text("utf-8")


def test_a_picture_that_goes_is_on_no_card_any_more(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    head = "title: Fall\nsummary: Kort\norganisation: fastighet\ntype: solution\nstatus: in_use\nlicence: CC-BY-4.0"
    more = "themes: [skola]\nimage: {file: fukt.png, alt: En vägg}"
    body = "## Vad\n\nA.\n\n## Varför\n\nB.\n\n## Hur\n\nC.\n"
    root = instance({**FILES, "ideas/cases/fall.md": f"---\n{head}\n{more}\n---\n\n{body}"})
    place = root / "ideas" / "media" / "fukt.png"
    place.parent.mkdir()
    Image.new("RGB", (6, 4)).save(place)
    assert build(root, tmp_path / "site").returncode == 0
    pages = {"index.html", "exempel/index.html", "teman/skola/index.html", "exempel/fall/index.html"}
    assert pages <= {name for name, data in tree(tmp_path / "site").items() if b"fukt.png.webp" in data}
    place.unlink()
    assert build(root, tmp_path / "site").returncode == 1
    assert b"fukt.png.webp" not in b"".join(tree(tmp_path / "site").values())


def change_out_of_sight(file: Path, cache: Path) -> None:
    """Change a file so that it looks the same by size and time, and forget what was read of it."""
    looked = file.stat()
    file.write_text(file.read_text("utf-8").replace("sent.", "nyss."), "utf-8")
    os.utime(file, ns=(looked.st_atime_ns, looked.st_mtime_ns))
    for remembered in cache.rglob("readings*"):
        remembered.unlink()


def test_where_nothing_has_changed_nothing_is_read(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    """A file that looks the same by name, size and time is taken for the same, even where no reading is remembered."""
    root = instance(FILES)
    assert build(root, tmp_path / "site").returncode == 0
    before = tree(tmp_path / "site")
    change_out_of_sight(root / "ideas/2026/varna.md", tmp_path / "cache")
    told = build(root, tmp_path / "site")
    assert "0 sidor gjorda" in told.stderr
    assert tree(tmp_path / "site") == before
    assert build(root, tmp_path / "other").returncode == 0
    assert "Fukten syns nyss." in everything(tmp_path / "other")


def test_where_git_does_not_answer_all_is_looked_at_again(git_instance: GitInstance, tmp_path: Path) -> None:
    """Before the first commit the day is today's, so that nothing can be told from the last build."""
    root = write_files(git_instance.root, FILES)
    assert build(root, tmp_path / "site").returncode == 0
    change_out_of_sight(root / "ideas/2026/varna.md", tmp_path / "cache")
    assert build(root, tmp_path / "site").returncode == 0
    assert "Fukten syns nyss." in everything(tmp_path / "site")


@pytest.mark.parametrize("harm", ["removed", "altered", "stranger", "audience", "day"])
def test_a_site_that_is_not_as_it_was_left_is_made_right(
    instance: Callable[[Files], Path], tmp_path: Path, harm: str
) -> None:
    root = instance({**FILES, "ideas/2026/varna.md": idea(more="publish_from: 2026-02-01"), "idesluss.yml": PRIVATE})
    site = tmp_path / "site"
    arguments = ["--audience", "internal", "--now", "2026-01-01"]
    assert build(root, site, *arguments).returncode == 0
    before = tree(site)
    page = site / "ideer" / "annan" / "index.html"
    if harm == "removed":
        page.unlink()
    elif harm == "altered":
        page.write_text("Annat")
    elif harm == "stranger":
        (site / "mina-anteckningar.txt").write_text("Spara mig")
    elif harm == "audience":
        assert build(root, site, "--now", "2026-01-01").returncode == 0
        assert tree(site) != before
    else:
        assert build(root, site, "--audience", "internal", "--now", "2027-01-01").returncode == 0
        assert tree(site) != before
    told = build(root, site, *arguments)
    assert told.returncode == (1 if harm == "stranger" else 0)
    assert (tree(site) == before) is (harm != "stranger")
    assert ("mina-anteckningar.txt" in told.stderr) is (harm == "stranger")


def test_without_a_folder_for_memories_they_stay_with_the_instance(
    instance: Callable[[Files], Path], tmp_path: Path
) -> None:
    """Nothing is put beside a site that lies elsewhere, and the next build knows what it may replace."""
    (tmp_path / "file").touch()
    root, elsewhere = instance(FILES), tmp_path / "web"
    for title in ("Varna för fukt", "Fuktvarnaren"):
        instance({"ideas/2026/varna.md": idea().replace("Varna för fukt", title)})
        told = build(root, elsewhere / "site", IDESLUSS_CACHE=str(tmp_path / "file"))
        assert told.returncode == 0, told.stderr
        assert title in (elsewhere / "site" / "ideer" / "varna" / "index.html").read_text("utf-8")
    assert [path.name for path in elsewhere.iterdir()] == ["site"]
    assert (root / ".idesluss").is_dir()


def test_an_instance_that_cannot_be_written_is_built_elsewhere_again_and_again(
    instance: Callable[[Files], Path], tmp_path: Path
) -> None:
    """As one that is mounted to be read only, for a user without a home."""
    (tmp_path / "file").touch()
    root, site = instance({**FILES, ".idesluss": "not a folder"}), tmp_path / "web" / "site"
    for title in ("Varna för fukt", "Fuktvarnaren"):
        instance({"ideas/2026/varna.md": idea().replace("Varna för fukt", title)})
        told = build(root, site, IDESLUSS_CACHE=str(tmp_path / "file"))
        assert told.returncode == 0, told.stderr
        assert title in (site / "ideer" / "varna" / "index.html").read_text("utf-8")
    assert [path.name for path in site.parent.iterdir()] == ["site"]
    assert (root / ".idesluss").read_text("utf-8") == "not a folder"


def test_without_a_change_the_same_is_told_again(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    root = instance({**FILES, "ideas/2026/annan.md": "---\ntitle: Annan\n"})
    first, second = (build(root, tmp_path / "site") for _ in range(2))
    assert first.returncode == second.returncode == 1
    assert "front-matter" in first.stdout
    assert second.stdout == first.stdout
    assert "0 sidor gjorda" in second.stderr


def test_the_same_commit_gives_the_same_bytes_anywhere(git_instance: GitInstance, tmp_path: Path) -> None:
    git_instance.commit(FILES, "2026-03-01")
    build(git_instance.root, tmp_path / "one" / "site", TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONHASHSEED="1")
    elsewhere = tmp_path / "annan mapp å"
    shutil.copytree(git_instance.root, elsewhere)
    for path in elsewhere.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    told = build(
        elsewhere, tmp_path / "two" / "site", "--jobs", "1", TZ="America/Adak", LC_ALL="C.UTF-8", PYTHONHASHSEED="2"
    )
    assert told.returncode == 0, told.stderr
    assert tree(tmp_path / "one" / "site") == tree(tmp_path / "two" / "site")
    assert len(tree(tmp_path / "one" / "site")) > 15


def test_without_git_it_builds_all_the_same(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    assert build(instance(FILES), tmp_path / "site", "--now", "2026-01-01").returncode == 0


def test_english_labels_by_setting(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    settings = PRIVATE.replace("private", "public").replace("language: sv", "language: en")
    assert build(instance({**FILES, "idesluss.yml": settings}), tmp_path / "site").returncode == 0
    page = (tmp_path / "site" / "ideas" / "varna" / "index.html").read_text("utf-8")
    assert '<html lang="en"' in page
    assert "Submitted" in page
    assert "Inlämnad" not in page


def test_a_template_of_the_instance_wins(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    root = instance(
        {**FILES, "templates/pages/redirect.html": "Egen sida", "ideas/2026/varna.md": idea(more="formerly: [x]")}
    )
    told = build(root, tmp_path / "site")
    assert told.returncode == 0, told.stderr
    assert "Egen sida" in (tmp_path / "site" / "ideer" / "x" / "index.html").read_text("utf-8")


def test_docs_are_built_as_any_mkdocs_user_expects(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    page = "# Handbok\n\n!!! note\n\n    Obs.\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n\n## Så här: råd & dåd_1!\n"
    config = "site_name: X\ntheme: {name: material}\nmarkdown_extensions: [admonition, tables]\n"
    leading = idea("Se [råden](../../docs/handbok.md#så-här-råd--dåd_1).")
    root = instance({**FILES, "docs/handbok.md": page, "mkdocs.yml": config, "ideas/2026/varna.md": leading})
    told = build(root, tmp_path / "site")
    assert told.returncode == 0, told.stderr
    html = (tmp_path / "site" / "handbok" / "index.html").read_text("utf-8")
    assert 'class="admonition note"' in html
    assert '<h2 id="sa-har-rad-dad_1">' in html
    assert b'href="../../handbok/#sa-har-rad-dad_1"' in tree(tmp_path / "site")["ideer/varna/index.html"]
    assert "style=" not in html
    assert "https://idesluss.example/handbok/" in (tmp_path / "site" / "sitemap.xml").read_text("utf-8")


@pytest.mark.parametrize(
    ("file", "place", "mark"),
    [
        ("docs/nytt.md", "nytt/index.html", "Egna nyheter"),
        ("docs/ideer/index.md", "ideer/index.html", "Egna nyheter"),
        ("docs/robots.txt", "robots.txt", "Egna nyheter"),
        ("sidor/tillganglighet.md", "tillganglighet/index.html", "Egna nyheter"),
    ],
)
def test_what_is_written_by_hand_stands_in_the_place_of_what_is_made(
    instance: Callable[[Files], Path], tmp_path: Path, file: str, place: str, mark: str
) -> None:
    folder = file.partition("/")[0]
    root = instance({**FILES, "mkdocs.yml": f"site_name: x\ndocs_dir: {folder}\n", file: f"# {mark}\n"})
    told = build(root, tmp_path / "site", "--format", "json")
    assert told.returncode == 0, told.stderr
    assert [(one["path"], one["code"], one["severity"]) for one in json.loads(told.stdout)] == [
        (file, "address-clash", "warning")
    ]
    assert mark in (tmp_path / "site" / place).read_text("utf-8")


TWINS = {
    # of two files in docs/: which is published, and where; the other is told of
    "om.md": ("om/index.html", "Om.md"),
    "b/om/index.md": ("b/om/index.html", "b/om.md"),
    "karta.png": ("karta.png", "Karta.PNG"),
    "c/x.md": ("c/x/index.html", "C/y.md"),
    "d.txt/x.md": ("d.txt/x/index.html", "D.TXT"),
    "åre.md": ("åre/index.html", "a\u030are.md"),
    "e/x.md": ("e/x/index.html", "Ideer/x.md"),  # beside the list of ideas
    "f/x.md": ("f/x/index.html", "Assets/x.txt"),  # beside the look
    "g/x.md": ("g/x/index.html", "Pagefind/x.txt"),  # beside the search
    "h/x.md": ("h/x/index.html", "feed.xml/x.md"),
    "i/x.md": ("i/x/index.html", "sitemap.xml/x.md"),
}


def test_what_some_disk_takes_for_another_stops_nothing(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    """One is published, the other is told of; everything else stands."""
    names = (*TWINS, *(other for _place, other in TWINS.values()))
    root = instance({**FILES, **{f"docs/{name}": f"# Här står {name}\n" for name in names}})
    if len([path for path in (root / "docs").rglob("*") if path.is_file()]) < len(names):
        pytest.skip("this disk takes capitals for small letters")
    told = build(root, tmp_path / "site", "--format", "json")
    assert told.returncode == 1
    found = {(one["path"], one["code"], one["severity"]) for one in json.loads(told.stdout)}
    assert found == {(f"docs/{other}", "docs-file", "error") for _place, other in TWINS.values()}
    for name, (place, _other) in TWINS.items():
        assert f"Här står {name}" in (tmp_path / "site" / place).read_text("utf-8")
    assert (tmp_path / "site" / "ideer" / "varna" / "index.html").is_file()


def test_a_readme_for_those_who_read_docs_as_files_disturbs_nothing(
    instance: Callable[[Files], Path], tmp_path: Path
) -> None:
    told = build(instance({**FILES, "docs/README.md": "# Sidorna\n", "docs/om.md": "# Om\n"}), tmp_path / "site")
    assert (told.returncode, told.stdout) == (0, "")
    assert "Sidorna" not in (tmp_path / "site" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("folder", ["docs", "sidor"])
def test_a_file_that_no_page_may_show_is_told_of_once(
    instance: Callable[[Files], Path], tmp_path: Path, folder: str
) -> None:
    config = f"site_name: x\ndocs_dir: {folder}\n"
    root = instance({**FILES, "mkdocs.yml": config, f"{folder}/karta.svg": "<svg/>", f"{folder}/om.md": "# Om\n"})
    told = json.loads(build(root, tmp_path / "site", "--format", "json").stdout)
    assert [(one["path"], one["code"]) for one in told] == [(f"{folder}/karta.svg", "docs-file")]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("site_name: [\n", "mkdocs.yml:2:1: expected the node content"),
        ("site_name: \udce5\n", "mkdocs.yml: unacceptable character"),
        ("site_name: A\nhooks: 5\n", "Expected a list of items"),
        ("site_name: A\nplugins: [saknas]\n", "plugin is not installed"),
    ],
)
def test_a_broken_mkdocs_yml_is_told_where_it_is(
    written: str, said: str, instance: Callable[[Files], Path], tmp_path: Path
) -> None:
    """It is no fault of the program, and the site that stands is left alone."""
    root, site = instance(FILES), tmp_path / "site"
    assert build(root, site).returncode == 0
    before = tree(site)
    (root / "mkdocs.yml").write_text(written, "utf-8", "surrogateescape")
    told = build(root, site)
    assert told.returncode == 1
    assert said in told.stderr
    assert "Traceback" not in told.stderr
    assert tree(site) == before


def test_check_and_build_tell_the_same_problems(instance: Callable[[Files], Path], tmp_path: Path) -> None:
    root = instance({**FILES, "ideas/2026/varna.md": idea(more="coach: ingen")})
    told = build(root, tmp_path / "site", "--format", "json")
    command = [sys.executable, "-m", "idesluss", "--root", str(root), "check", "--format", "json"]
    checked = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8")
    assert told.returncode == checked.returncode == 1
    assert json.loads(told.stdout) == json.loads(checked.stdout)
    assert [problem["code"] for problem in json.loads(told.stdout)] == ["unknown-reference"]
