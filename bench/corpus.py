"""Make an instance of any size to measure with: the same number gives the same files, on every machine.

    python bench/corpus.py FOLDER --entries 10000

Beside `idesluss.yml`, `docs/` and `ideas/`, `--also mkdocs` and `--also hugo` write the same bodies as a project for
MkDocs with Material (search off) and for Hugo (a minimal theme), so that the three build the same text.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

WORDS = """
alla alltid andra annan arbete arbetet avtal barn behov behöver besked beslut bilder bli blir boende bra byggnad båda
dag dagar dem denna dessa dialog digital dokument driften där därför efter egen eller en enhet enkel enklare ett fler
flera folk frågor från funktion fungerar få får följa förslag första förskola förvaltning ge genom ger goda grupp gräns
gång gör göra hade har hela hemma hemtjänst hitta hjälp hos hur huset idé idéer ihop inför innan inte invånare ja
jobbar kan klar kommer kommun kontakt kort kostar kostnad kunde kunskap kväll känner lag lagom ledning lever lite lokal
lugn lyssnar lära lärdom lättare långt läser material med medarbetare mellan men mer metod mindre minuter minst mot
mycket måltid många människor mäta möte nu nya nytta någon några när nära och också olika om oss park person plan plats
pris problem process prova pröva på rast ringa resultat rum rutin råd rätt samma samtal ser service ska skola skolor
skriver slut små snabbt snö som språk stad stöd ställa större svar svara svårt sätt tar team teknik test tid tidigt till
tillsammans trygg träffa trött tror tung två tänka under ungdomar upp ute utan vad vara varför varje vecka vem verktyg
vi vidare vill vilka vinter vård väg vägen vänta växer åka år återbruk äldre än ändå öppen över
""".split()
STAGES = (
    "submitted",
    "answered",
    "assessed",
    "concept",
    "test",
    "pilot",
    "implemented",
    "verified",
    "parked",
    "closed",
)
THEMES = ("skola", "klimat", "trygghet", "vardag", "fastighet", "delaktighet")
UNITS, COACHES, GOALS, ACTORS = 24, 6, 12, 30


def sentence(dice: random.Random, words: int) -> str:
    chosen = dice.choices(WORDS, k=words)
    return f"{' '.join(chosen).capitalize()}."


def paragraph(dice: random.Random, link: str = "") -> str:
    said = [sentence(dice, dice.randint(6, 14)) for _ in range(dice.randint(3, 6))]
    if link:
        said.insert(1, f"Se [{' '.join(dice.choices(WORDS, k=2))}]({link}).")
    said[-1] = f"**{said[-1][:-1]}**."
    return " ".join(said)


def body(dice: random.Random, headings: tuple[str, ...], links: list[str]) -> str:
    """About 3.4 KB of Markdown: sections with paragraphs, a list and links to other entries."""
    parts = []
    for at, heading in enumerate(headings):
        link = links[at] if at < len(links) else ""
        parts += [f"## {heading}", paragraph(dice, link), paragraph(dice)]
        parts.append("\n".join(f"- {sentence(dice, 7)}" for _ in range(3)))
    while sum(map(len, parts)) < 3000:
        parts.append(paragraph(dice))
    return "\n\n".join(parts) + "\n"


def entry(front: list[str], text: str) -> str:
    return "\n".join(["---", *front, "---", "", text])


def title(dice: random.Random, number: int) -> str:
    return f"{' '.join(dice.choices(WORDS, k=3)).capitalize()} {number}"


def idea(dice: random.Random, number: int, needs: int) -> tuple[str, str]:
    stage = STAGES[number % len(STAGES)]
    order = STAGES.index(stage) if stage not in ("parked", "closed") else 1
    year = 2018 + number % 8
    need = f"behov-{number % needs}"
    front = [
        f"title: {title(dice, number)}",
        f"summary: {sentence(dice, 16)}",
        f"unit: enhet-{number % UNITS}",
        f"stage: {stage}",
        f"themes: [{THEMES[number % len(THEMES)]}]",
        "submitter: employee",
        f"handed_in: {{door: form, at: {year}-02-03}}",
        f"coach: coach-{number % COACHES}",
        "log:",
        f"  - {{date: {year}-02-10, role: idécoach, type: answer, text: {sentence(dice, 12)}, public: true}}",
        f"  - {{date: {year}-02-12, role: idécoach, type: note, text: {sentence(dice, 12)}}}",
        f"needs: [{need}]",
        "type: innovation",
        f"duplicates_checked: {{date: {year}-03-01}}",
    ]
    if order >= 3:
        front += [
            f"beneficiaries: {sentence(dice, 4)}",
            f"benefit: {{type: service, expected: {sentence(dice, 6)}}}",
            f"goals: [mal-{number % GOALS}]",
            "track: development",
            f"equality: {{affects: {sentence(dice, 5)}, difference: {sentence(dice, 5)}}}",
            f"actors: [{{actor: aktor-{number % ACTORS}, part: test}}]",
        ]
    decisions = ["concept"] if order >= 3 else []
    if order >= 4:
        front += [
            "tests:",
            "  - key: forsta",
            f"    hypothesis: {sentence(dice, 9)}",
            f"    measure: {sentence(dice, 4)}",
            f"    threshold: {sentence(dice, 4)}",
            f"    period: {{start: {year}-05, end: {year}-08}}",
        ]
        front += ["    outcome: met", f"    lesson: {sentence(dice, 9)}"] if order >= 5 else []
    if order >= 5:
        front += [
            f"receiver: {{unit: enhet-{number % UNITS}, role: enhetschef}}",
            f"pilot: {{scope: {sentence(dice, 6)}, stop_rule: {sentence(dice, 5)}, result: {sentence(dice, 5)}}}",
            f"development: {{user_insight: {sentence(dice, 6)}, sketch: {sentence(dice, 6)}}}",
        ]
    if order >= 6:
        front += [f"routine: {sentence(dice, 3)}", f"running_cost: {dice.randint(1, 90) * 1000}"]
        decisions.append("implemented")
    if order >= 7:
        front += ["effects:", f"  - {{measure: tid, baseline: 40 minuter, result: 25 minuter, date: {year + 1}-06}}"]
    front += ["review_by: 2027-03-01"] if stage == "parked" else []
    decisions += ["closed"] if stage == "closed" else []
    if decisions:
        front.append("decisions:")
        front += [
            f"  - {{date: {year}-04-{at + 10}, to: {to}, by: idérådet, reason: {sentence(dice, 10)}}}"
            for at, to in enumerate(decisions)
        ]
    text = body(dice, ("Problemet", "Lösningen", "Bakgrund"), [f"../needs/{need}.md", ""])
    return f"{year}/ide-{number}.md", entry(front, text)


def others(dice: random.Random, needs: int, verified: list[int], cases: int) -> Iterator[tuple[str, str]]:
    for number in range(needs):
        front = [
            f"title: {title(dice, number)}",
            f"summary: {sentence(dice, 14)}",
            f"unit: enhet-{number % UNITS}",
            "source: staff_dialogue",
            "confirmed: {date: 2020-01-10, how: intervjuer}",
            f"themes: [{THEMES[number % len(THEMES)]}]",
        ]
        yield f"needs/behov-{number}.md", entry(front, body(dice, ("Behovet",), []))
    origins = [verified[at::cases] for at in range(cases)]
    for number in range(cases):
        front = [
            f"title: {title(dice, number)}",
            f"summary: {sentence(dice, 14)}",
            f"organisation: enhet-{number % UNITS}",
            "type: solution",
            "status: in_use",
            "licence: CC-BY-4.0",
            f"needs: [behov-{number % needs}]",
            f"origin: [{', '.join(f'ide-{at}' for at in origins[number])}]",
            f"core: [{sentence(dice, 8)}]",
            f"adaptable: [{sentence(dice, 8)}]",
            "last_confirmed: 2026-03",
        ]
        text = body(dice, ("Vad", "Varför", "Hur", "Utmaningar", "Lärdomar"), [f"../needs/behov-{number % needs}.md"])
        yield f"cases/exempel-{number}.md", entry(front, text)
    for number in range(UNITS):
        front = [f"title: Enhet {number}", "type: administration", "rollout: [{status: active, since: 2020-01}]"]
        yield f"units/enhet-{number}.md", entry(front, paragraph(dice))
    for number in range(COACHES):
        front = [f"title: Idécoach {number}", f"units: [enhet-{number}]", "capacity: 20"]
        yield f"coaches/coach-{number}.md", entry(front, "")
    for number in range(GOALS):
        yield f"goals/mal-{number}.md", entry([f"title: Mål {number}", "level: strategy"], paragraph(dice))
    for number in range(ACTORS):
        yield f"actors/aktor-{number}.md", entry([f"title: Aktör {number}", "sector: testbed"], paragraph(dice))


def corpus(entries: int) -> Iterator[tuple[str, str]]:
    """Pairs of path below ideas/ and text, `entries` in all (at least 100)."""
    dice = random.Random(entries)
    fixed = UNITS + COACHES + GOALS + ACTORS
    needs, cases = max(entries // 20, 4), max(entries // 10, 4)
    ideas = entries - fixed - needs - cases
    verified = [number for number in range(ideas) if STAGES[number % len(STAGES)] == "verified"]
    yield from others(dice, needs, verified, cases)
    for number in range(ideas):
        yield idea(dice, number, needs)


# Picture cards are left out, since neither MkDocs nor Hugo makes any: one takes as long as forty pages.
SETTINGS = """\
name: Mätningens idésluss
owner: Mätkommun
address: https://matning.example/
language: sv
repository: public
picture_cards: false
themes:
""" + "".join(f"  - {{id: {theme}, title: {theme.capitalize()}}}\n" for theme in THEMES)

MKDOCS = """\
site_name: Mätningens idésluss
site_url: https://matning.example/
theme:
  name: material
  language: sv
  font: false
plugins: []
nav:
  - index.md
validation:
  nav:
    omitted_files: ignore
  links:
    not_found: ignore
    unrecognized_links: ignore
"""

HUGO = """\
baseURL = "https://matning.example/"
languageCode = "sv"
title = "Mätningens idésluss"
disableKinds = ["taxonomy", "term", "RSS", "sitemap"]
"""
LAYOUTS = {
    "_default/baseof.html": '<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>{{ .Title }}</title>'
    '</head><body><nav><a href="/">Start</a></nav><main>{{ block "main" . }}{{ end }}</main></body></html>\n',
    "_default/single.html": '{{ define "main" }}<h1>{{ .Title }}</h1>{{ .Content }}{{ end }}\n',
    "_default/list.html": '{{ define "main" }}<h1>{{ .Title }}</h1>{{ end }}\n',
}


def write(folder: Path, files: Iterator[tuple[str, str]]) -> None:
    for path, text in files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")


def make(folder: Path, entries: int, also: tuple[str, ...] = ()) -> None:
    """Write the instance into `folder`, and the projects named in `also` into folders of their names below it."""
    files = list(corpus(entries))
    instance = folder / "idesluss"
    write(instance / "ideas", iter(files))
    write(
        instance,
        iter([("idesluss.yml", SETTINGS), ("docs/om.md", "# Om\n\nEn mätning.\n"), ("mkdocs.yml", MKDOCS_OWN)]),
    )
    if "mkdocs" in also:
        write(folder / "mkdocs" / "docs", iter([("index.md", "# Start\n"), *files]))
        write(folder / "mkdocs", iter([("mkdocs.yml", MKDOCS)]))
    if "hugo" in also:
        write(folder / "hugo" / "content", iter(files))
        write(folder / "hugo", iter([("hugo.toml", HUGO)]))
        write(folder / "hugo" / "layouts", iter(LAYOUTS.items()))


MKDOCS_OWN = """\
site_name: Mätningens idésluss
site_url: https://matning.example/
theme:
  name: material
  language: sv
  font: false
nav:
  - om.md
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--entries", type=int, default=1000)
    parser.add_argument("--also", action="append", choices=["mkdocs", "hugo"], default=[])
    told = parser.parse_args()
    make(told.folder, told.entries, tuple(told.also))


if __name__ == "__main__":
    main()
