"""Measure the booklet beside WeasyPrint, paired in one run, on the same texts, pictures and codes.

    python bench/booklet.py --cases 100 1000 --rounds 3

Three programs are started anew in turn: `idesluss booklet make` as a whole (reading and checking the instance, scaling
the pictures, setting, sealing, reading the finished file back), its typesetting alone, and WeasyPrint alone. The last
two are given the same data and the same scaled pictures; WeasyPrint sets them by booklet.html, as tagged PDF/UA-1.

Prints minimum, median and maximum in seconds, time of the processor (which a busy machine disturbs less), ratios, the
cost of an example more, the pages, and the peak
memory of the whole process tree (proportional set size, sampled). WeasyPrint is no part of this project's
requirements: `pip install weasyprint` and Debian's libpangoft2-1.0-0. What is not installed is said to be left out.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import resource
import shutil
import statistics
import tempfile
from itertools import pairwise
from pathlib import Path

import pikepdf
from PIL import Image

from corpus import MKDOCS_OWN, SETTINGS, THEMES, UNITS, body, entry, paragraph, sentence, title, write
from measure import PYTHON, Run, idesluss, middle, run, show

HERE = Path(__file__).parent
PICTURES = 24
"""So many different pictures, in turn; each is scaled once."""
NAMES = ("idesluss booklet make", "its typesetting alone", "WeasyPrint alone")
FOLDED = 8
"""Examples to a need."""

DATA = """
import sys
from pathlib import Path
from idesluss import examine, translate, typeset
from idesluss.booklet import edition, making
from idesluss.booklet.chapters import chapter
from idesluss.booklet.contents import contents
translate.use("sv")
catalogue = examine.examine(Path(sys.argv[1])).catalogue.for_audience("public")
chosen = edition.edition(catalogue, catalogue.get("mashup"), language="sv")
data = contents(chosen, [chapter(chosen, case, at) for at, case in enumerate(chosen.cases, 1)])
files = making._files(chosen, data)
import json
place = Path(sys.argv[2])
for name, content in {**files, "data.json": json.dumps(data).encode()}.items():
    (place / name).parent.mkdir(parents=True, exist_ok=True)
    (place / name).write_bytes(content)
"""
TYPESETTING = """
import datetime, json, sys
from pathlib import Path
from idesluss import typeset
from idesluss.booklet.sealed import sealed
root, place, out = map(Path, sys.argv[1:4])
data = json.loads((place / "data.json").read_bytes())
files = {str(path.relative_to(place)): path for path in place.rglob("*.*") if path.parent != place}
made = typeset.pdf(root, "book", data, files, made=datetime.datetime(2026, 4, 1, tzinfo=datetime.UTC))
assert isinstance(made, bytes), made
out.write_bytes(sealed(made))
"""
WEASYPRINT = """
import json, sys
from pathlib import Path
import jinja2, weasyprint
place, out, template, fonts = map(Path, sys.argv[1:5])
data = json.loads((place / "data.json").read_bytes())
titles = {one["id"]: one["title"] for one in data["chapters"]}
page = jinja2.Environment(autoescape=True).from_string(template.read_text("utf-8"))
html = page.render(it=data, titles=titles, fonts=fonts.as_uri())
weasyprint.HTML(string=html, base_url=f"{place}/").write_pdf(out, pdf_variant="pdf/ua-1")
"""


def make(folder: Path, cases: int) -> None:
    """An instance with so many examples, in the book of one event."""
    dice = random.Random(cases)
    needs = max(cases // FOLDED, 1)
    files = [(f"units/enhet-{at}.md", entry([f"title: Enhet {at}", "type: administration"], "")) for at in range(UNITS)]
    for at in range(needs):
        front = [f"title: {title(dice, at)}", f"unit: enhet-{at % UNITS}", "source: staff_dialogue"]
        files.append((f"needs/behov-{at}.md", entry(front, body(dice, ("Behovet",), []))))
    files += [(f"cases/exempel-{at}.md", case(dice, at, needs)) for at in range(cases)]
    named = ", ".join(f"exempel-{at}" for at in range(cases))
    event = ["title: Mashup", "type: mashup", "date: 2026-05-08", f"booklet: {{cases: [{named}]}}"]
    files.append(("events/mashup.md", entry(event, "## Om\n\nEn dag.\n")))
    write(folder / "ideas", iter(files))
    write(folder, iter([("idesluss.yml", SETTINGS), ("docs/om.md", "# Om\n"), ("mkdocs.yml", MKDOCS_OWN)]))
    media = folder / "ideas" / "media"
    media.mkdir()
    for at in range(PICTURES):
        noise = Image.effect_noise((160, 90), 80).resize((1600, 900))
        Image.merge("RGB", (noise, noise.rotate(180), Image.new("L", noise.size, at * 10))).save(
            media / f"bild-{at}.webp"
        )


def case(dice: random.Random, number: int, needs: int) -> str:
    front = [
        f"title: {title(dice, number)}",
        f"summary: {sentence(dice, 14)}",
        f"organisation: enhet-{number % UNITS}",
        "type: solution",
        "status: in_use",
        "licence: CC-BY-4.0",
        f"themes: [{THEMES[number % len(THEMES)]}]",
        f"image: {{file: bild-{number % PICTURES}.webp, alt: {sentence(dice, 6)}, credit: Mätkommun}}",
        f"needs: [behov-{number % needs}]",
        f"core: [{sentence(dice, 8)}, {sentence(dice, 8)}]",
        f"adaptable: [{sentence(dice, 8)}, {sentence(dice, 8)}]",
        "effects:",
        f"  - {{measure: {sentence(dice, 4)}, baseline: {dice.randint(20, 90)} %, result: {dice.randint(20, 90)} %}}",
        f"  - {{measure: {sentence(dice, 5)}, baseline: 40 minuter, result: {dice.randint(5, 60)} minuter}}",
        "contact: Servicedesk",
        "last_confirmed: 2026-03",
    ]
    need = f"../needs/behov-{number % needs}.md"
    parts = ["## Vad", paragraph(dice, need), "## Varför", paragraph(dice), "## Hur", paragraph(dice), paragraph(dice)]
    parts += ["## Utmaningar", paragraph(dice), "## Lärdomar", paragraph(dice), "## Ta över"]
    parts.append("\n".join(f"{at}. {sentence(dice, 7)}" for at in range(1, 5)))
    return entry(front, "\n\n".join(parts) + "\n")


class Timed:
    """Runs of one program, with the time of the processor beside that of the clock."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.cpu: list[float] = []

    def add(self, command: list[str], work: Path, cache: Path) -> None:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.runs.append(run(command, work, cache))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)

    def show(self, name: str) -> None:
        show(name, self.runs)
        print(f"{'':34}{statistics.median(self.cpu):8.1f} s of CPU")


def pages(place: Path) -> int:
    with pikepdf.open(place) as document:
        return len(document.pages)


def measure(work: Path, cases: int, rounds: int, *, beside: bool) -> list[Timed]:
    """The whole command, the typesetting, and WeasyPrint where it is, in turn."""
    instance, place, cache = work / "instance", work / "data", work / "cache"
    make(instance, cases)
    run([PYTHON, "-c", DATA, str(instance), str(place)], work, cache)
    whole, setting, theirs = Timed(), Timed(), Timed()
    ours, alone, other = work / "mashup.pdf", work / "typst.pdf", work / "weasyprint.pdf"
    fonts, template = HERE.parent / "templates" / "typeset" / "fonts", HERE / "booklet.html"
    for _ in range(rounds):
        shutil.rmtree(cache, ignore_errors=True)
        whole.add(idesluss("--root", str(instance), "booklet", "make", "mashup", "--out", str(work)), work, cache)
        setting.add([PYTHON, "-c", TYPESETTING, str(instance), str(place), str(alone)], work, cache)
        if beside and importlib.util.find_spec("weasyprint"):
            theirs.add([PYTHON, "-c", WEASYPRINT, str(place), str(other), str(template), str(fonts)], work, cache)
    print(f"{cases} examples, {rounds} rounds: minimum, median, maximum; peak memory")
    found = [timed for timed in (whole, setting, theirs) if timed.runs]
    for timed, name in zip(found, NAMES, strict=False):
        timed.show(name)
    if theirs.runs:
        for timed, name in ((whole, NAMES[0]), (setting, NAMES[1])):
            clock = middle(theirs.runs) / middle(timed.runs)
            cpu = statistics.median(theirs.cpu) / statistics.median(timed.cpu)
            print(f"WeasyPrint takes {clock:.1f} times as long as {name}, in CPU {cpu:.1f}")
    else:
        print(f"WeasyPrint: left out, {'not installed' if beside else 'as asked'}")
    made = (ours, alone, other) if theirs.runs else (ours, alone)
    print(f"pages: {', '.join(str(pages(one)) for one in made)}", flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--ours", action="store_true", help="leave WeasyPrint out; at 1,000 it takes many minutes")
    told = parser.parse_args()
    print(f"load: {' '.join(f'{one:.2f}' for one in os.getloadavg())}")
    measured: dict[int, list[Timed]] = {}
    for cases in sorted(told.cases):
        with tempfile.TemporaryDirectory(prefix="idesluss-bench-") as name:
            measured[cases] = measure(Path(name), cases, told.rounds, beside=not told.ours)
    for less, more in pairwise(sorted(measured)):
        for name, low, high in zip(NAMES, measured[less], measured[more], strict=False):
            first, second = (statistics.median(timed.cpu) for timed in (low, high))
            below, above = first / less * 1000, (second - first) / (more - less) * 1000
            print(f"{name}: {below:.1f} ms of CPU an example up to {less}, {above:.1f} ms from there to {more}")
    print(f"load: {' '.join(f'{one:.2f}' for one in os.getloadavg())}")


if __name__ == "__main__":
    main()
