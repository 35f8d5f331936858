"""Files as no test of one fault has them: those of the worked example, cut, doubled, moved and filled at random.

Whatever was done, each command ends as it should, says where in the file the fault is, and the rest is a whole portal.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from conftest import REPOSITORY, Files, run_cli
from test_portal_html import dead_links, grave_among, pages_of

SEEDS = range(4)
FILES, CHANGES = 40, 3
"""So many files are changed, each so many times at most."""
LEAST = 8
"""In so many of them a fault is told, and so many pages of them are judged, or the test tells nothing."""
HOPELESS = 300
"""So many seconds are far more than any machine needs, and far less than what goes wrong takes."""
GUESS = "This document appears to be written in"
"""What the HTML checker says of the language of a page that holds little else than one odd word."""
VALUES = (
    "", "~", "no", "-1", "1e400", "12:30", "2026-02-30", "0001-01-01", "[]", "{a: b}", "[a, b]", r'"\ud800"',
    "å" * 300, "🧑‍🤝‍🧑", "|\n  a\n  b", "!!python/object:os.system x", "&a b", "*a", '"a: b"', "a: b: c", "- a", "%",
    "@x", "15 %", ".inf", "1_000", '"<b>x</b>"', '"{{ 7*7 }}"', '"=1+1"', "http://[x/", "../../etc/passwd",
    "../cases/vagen-som-visar-svinnet.md",
)  # fmt: skip
BLOCKS = (
    "# Först\n", "###### djup\n", "| a | b |\n|---|---|\n| 1 | 2 |\n", "- [ ] a\n- [x] b\n",
    "1. a\n   - b\n     1. c\n", "> > c\n", "~~~\nöppen\n", "<div onclick=x>hej <b>du</div>\n",
    "<script>alert(1)</script>\n", "<details><summary>Mer</summary>\n\nx\n\n", "![](../media/x.png)\n",
    "![a](https://example.com/x.png)\n", "[l](../cases/ingen.md#s)\n", "[l](javascript:alert(1))\n",
    "fot[^1] och[^två]\n\n[^1]: not\n", "<https://www.example.com/a?b=c&d=e>\n", "**fet*kursiv*\n", "a\\\nb  \nc\n",
    "&nbsp; &#0; &x;\n", "\u2028rad\n", "\x0b\n", "Under\n===\n", "***\n", "<!-- öppen\n", "a" * 5000 + "\n",
    "[x](#lardomar) [y](#ingen)\n", "*" * 200, "[" * 99, ">" * 60 + " a\n", "<table><tr><td>x</table>\n",
    "<h2>Rått</h2>\n", "<img src=x onerror=y>\n", "<svg><path d='M0'/></svg>\n", "<p><ul><li>x</p>\n",
    "{% raw %}{{ x }}\n", "שלום\n", "e\u0301\n", "<section>x</section>\n", "<a name=x>y</a>\n", "> [!NOTE]\n> x\n",
)  # fmt: skip
SIGNS = "\0\x85\u2028\r\t\"'{}[]#:&*!|>%@`\\<\u200b\U0001f600å\x7f\x9b"


def mutilated(text: str, dice: random.Random) -> str:
    """The text with one change."""
    lines = text.split("\n")
    end = lines.index("---", 1) if "---" in lines[1:] else len(lines)
    at = dice.randrange(end)
    match dice.randrange(12):
        case 0 | 1 | 2:
            lines[at] = re.sub(r":( .*)?$", lambda _: f": {dice.choice(VALUES)}", lines[at])
        case 3 | 4 | 5:
            lines.insert(dice.randrange(end, len(lines) + 1), f"\n{dice.choice(BLOCKS)}")
        case 6:
            del lines[at]
        case 7:
            lines.insert(at, lines[dice.randrange(end)])
        case 8:
            lines[at] = dice.choice((" ", "  ", "\t", "- ", "x")) + lines[at]
        case 9:
            return "\r\n".join(lines)
        case 10:
            cut = dice.randrange(len(text) + 1)
            return text[:cut] + dice.choice(SIGNS) + text[cut:]
        case _:
            return text[: dice.randrange(len(text) // 2, len(text) + 1)]
    return "\n".join(lines)


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_done_to_files_the_rest_is_a_whole_portal(
    tmp_path: Path,
    seed: int,
    serve_folder: Callable[[Path], str],
    vnu: Callable[[Sequence[str]], list[dict[str, Any]]],
) -> None:
    root, site, dice = tmp_path / "instance", tmp_path / "site", random.Random(seed)
    shutil.copytree(REPOSITORY / "ideas", root / "ideas")
    shutil.copy(REPOSITORY / "idesluss.yml", root)
    changed = dice.sample(sorted((root / "ideas").rglob("*.md")), FILES)
    for file in changed:
        text = file.read_text("utf-8")
        for _ in range(dice.randint(1, CHANGES)):
            text = mutilated(text, dice)
        file.write_bytes(text.encode("utf-8", "surrogatepass"))

    checked = run_cli("check", "--format", "json", root=root)
    assert checked.returncode == 1, checked.stderr
    problems = json.loads(checked.stdout)
    assert [one for one in problems if not is_within(root, one)] == []
    told = {one["path"] for one in problems}
    assert len(told & {file.relative_to(root).as_posix() for file in changed}) >= LEAST

    built = run_cli("build", "--site", site, root=root)
    assert (built.returncode, "Traceback" in built.stdout + built.stderr) == (1, False), built.stdout + built.stderr
    pages = pages_of(site)
    assert dead_links(site, pages) == []
    host = serve_folder(site)
    own = [path for file in changed for path in site.glob(f"*/{file.stem}/**/index.html")]
    assert len(own) >= LEAST
    found = grave_among(vnu([f"{host}/{path.relative_to(site).as_posix()}" for path in own]))
    assert [one for one in found if not one["message"].startswith(GUESS)] == []


@pytest.mark.parametrize(
    "body",
    [
        f"|a|\n|-|\n{' ' * 900_000}x|\n",
        "|a|\n|-|\n" + "|1|2|\n" * 20_000,
        "[a](" * 200_000,
        ">" * 900_000 + " ord\n",
    ],
    ids=["spaces before a cell", "rows that are too long", "links that do not end", "quotes"],
)
def test_no_file_keeps_the_check_at_work_for_ever(instance: Callable[[Files], Path], body: str) -> None:
    """Each would, if it were read in a time that grows with the square of its length."""
    need = "---\ntitle: Lång\nunit: u\nsource: audit\n---\n\n## Behovet\n\nOrd.\n\n"
    unit = "---\ntitle: U\ntype: unit\n---\n"
    root = instance({"ideas/units/u.md": unit, "ideas/needs/lang.md": (need + body).encode()})
    command = [sys.executable, "-m", "idesluss", "--root", str(root), "check", "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=HOPELESS, check=False)
    assert done.returncode in (0, 1), done.stderr
    assert {one["code"] for one in json.loads(done.stdout)} <= {"table-row", "broken-link"}


def is_within(root: Path, problem: dict[str, Any]) -> bool:
    """Whether the place of a problem is one of its file."""
    lines = (root / problem["path"]).read_bytes().decode("utf-8", "replace").split("\n")
    line, column = problem["line"], problem["column"]
    return bool(1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1)
