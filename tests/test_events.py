"""Pages of events: a calendar file that calendars read, and the table of who has the need and who has the answer."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import icalendar
import pytest
from lxml import html

from conftest import GitInstance
from idesluss import outputs, reading, settings, translate
from idesluss.artifact import Artifact, Page
from idesluss.catalogue import Catalogue

Instance = Callable[[Mapping[str, str | bytes | None]], Path]
TODAY = datetime.date(2026, 6, 1)
UNIT = "---\ntitle: {}\ntype: administration\n---\n"
NEED = "---\ntitle: {}\nunit: skola\nsource: deviation\n{}\n---\n\n## Behovet\n\nDet skaver.\n"
EVENT = "---\ntitle: {title}\ntype: mashup\n{more}\n---\n\n## Om\n\n{text}\n"
CASE = """\
---
title: {}
organisation: granne
type: solution
status: {}
licence: CC-BY-4.0
needs: [{}]
---

## Vad

Givare.

## Varför

Fukt.

## Hur

En i taget.
"""
HOSTILE = 'Mashup; a, b \\\\ c 🙂 "<b>" BEGIN:VEVENT'


def read(root: Path, now: datetime.date = TODAY) -> Catalogue:
    told, faults = settings.load(root)
    assert told is not None, faults
    catalogue = reading.load(root, told, lambda *_: (), now=now, jobs=1).catalogue
    assert not catalogue.problems, [translate.render(problem.message, "en") for problem in catalogue.problems]
    return catalogue.for_audience("public")


def artifacts(catalogue: Catalogue) -> dict[str, Artifact]:
    translate.use(catalogue.settings.language)
    return {artifact.path: artifact for output in outputs.OUTPUTS for artifact in output(catalogue)}


def raw(catalogue: Catalogue, name: str = "mashup") -> bytes:
    made = artifacts(catalogue)[f"evenemang/{name}/{name}.ics"].make()
    assert isinstance(made, bytes)
    return made


def event(catalogue: Catalogue, name: str = "mashup") -> Any:
    """The one event of a calendar file, as another program reads it."""
    calendar = icalendar.Calendar.from_ical(raw(catalogue, name).decode())
    (found,) = calendar.walk("VEVENT")
    return found


def page(catalogue: Catalogue, name: str = "mashup") -> html.HtmlElement:
    made = artifacts(catalogue)[f"evenemang/{name}/index.html"].make()
    assert isinstance(made, Page)
    return html.fragment_fromstring(made.body, create_parent="main")


@pytest.fixture
def small(instance: Instance) -> Callable[..., Path]:
    def write(more: str, text: str = "En dag.", title: str = "Mashup", **files: str) -> Path:
        base = {
            "ideas/units/skola.md": UNIT.format("Skolan"),
            "ideas/units/granne.md": UNIT.format("Grannkommunen"),
            "ideas/events/mashup.md": EVENT.format(title=title, more=more, text=text),
        }
        return instance({**base, **{f"ideas/{name.replace('__', '/')}.md": text for name, text in files.items()}})

    return write


PROGRAMME = """\
date: 2026-10-23
place: "Teatern, stora salen; Exempelstad"
programme:
  - {time: "09.30", title: "Hej, alla", presenter_role: Kommundirektören}
  - {time: "15:00", title: Kaffe, length: 45}"""


def test_an_event_with_a_programme_has_its_times_in_swedish_time(small: Callable[..., Path]) -> None:
    """From the first item to the end of the last, in summer time, which the file itself explains."""
    catalogue = read(small(PROGRAMME))
    found = event(catalogue)
    start, end = found["DTSTART"].dt, found["DTEND"].dt
    assert (start.isoformat(), end.isoformat()) == ("2026-10-23T09:30:00+02:00", "2026-10-23T15:45:00+02:00")
    (zone,) = icalendar.Calendar.from_ical(raw(catalogue).decode()).walk("VTIMEZONE")
    assert isinstance(zone, icalendar.Timezone)
    assert zone["TZID"] == "Europe/Stockholm"
    own = zone.to_tz(lookup_tzid=False)
    for day, hours in (("2026-10-24", 2), ("2026-10-26", 1), ("2027-03-27", 1), ("2027-03-29", 2)):
        noon = datetime.datetime.fromisoformat(f"{day}T12:00:00")
        assert own.utcoffset(noon) == datetime.timedelta(hours=hours), day
    assert found["LOCATION"] == "Teatern, stora salen; Exempelstad"
    assert "09:30 Hej, alla (Kommundirektören)\n15:00 Kaffe" in found["DESCRIPTION"]
    assert found["URL"] == "https://idesluss.example/evenemang/mashup/"


def test_an_event_of_several_days_is_whole_days_and_ends_the_day_after(small: Callable[..., Path]) -> None:
    found = event(read(small(PROGRAMME + "\nend: 2026-10-24")))
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (datetime.date(2026, 10, 23), datetime.date(2026, 10, 25))
    found = event(read(small("date: 2026-12-31")))
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (datetime.date(2026, 12, 31), datetime.date(2027, 1, 1))


def test_an_event_without_a_day_has_no_calendar_file(small: Callable[..., Path]) -> None:
    catalogue = read(small("date: 2026-10"))
    assert not [path for path in artifacts(catalogue) if path.endswith(".ics")]
    assert "Lägg till i kalendern" not in page(catalogue).text_content()


def test_hostile_words_stay_words(small: Callable[..., Path]) -> None:
    """What steers the format is escaped; no line is longer than 75 octets, and each ends as the format says."""
    more = 'date: 2026-10-23\nsummary: "Rad 1\\nEND:VEVENT\\n' + "å🙂" * 80 + '"'
    catalogue = read(small(more, title=f"'{HOSTILE}'"))
    found = event(catalogue)
    assert found["SUMMARY"] == HOSTILE
    assert found["DESCRIPTION"].startswith("Rad 1\nEND:VEVENT\n" + "å🙂" * 80)
    whole = raw(catalogue)
    assert whole.endswith(b"END:VCALENDAR\r\n")
    assert whole.count(b"\n") == whole.count(b"\r\n")
    lines = whole.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode("utf-8") is not None for line in lines)
    assert sum(line.startswith(b"END:VEVENT") for line in lines) == 1


def test_a_calendar_knows_the_event_again(git_instance: GitInstance) -> None:
    """The file keeps its bytes from one reading to the next; a new day or title changes it, and never who it is."""
    files = {
        "ideas/units/skola.md": UNIT.format("Skolan"),
        "ideas/events/mashup.md": EVENT.format(title="Mashup", more="date: 2026-10-23", text="En dag."),
    }
    git_instance.commit(files, "2026-02-01")
    first = raw(read(git_instance.root))
    assert first == raw(read(git_instance.root))
    before = event(read(git_instance.root))
    changed = EVENT.format(title="Mashup i höst", more="date: 2026-10-30", text="En dag.")
    git_instance.commit({"ideas/events/mashup.md": changed}, "2026-03-01")
    after = event(read(git_instance.root))
    assert after["UID"] == before["UID"] == "mashup@idesluss.example"
    assert after["SUMMARY"] != before["SUMMARY"]
    assert after["DTSTAMP"].dt.tzinfo is not None


def test_a_coming_event_leads_to_its_calendar_file_from_its_page_and_the_start_page(small: Callable[..., Path]) -> None:
    root = small("date: 2026-10-23")
    assert "../../evenemang/mashup/mashup.ics" in page(read(root)).xpath("//a/@href")
    start = artifacts(read(root))["index.html"].make()
    assert isinstance(start, Page)
    assert 'href="evenemang/mashup/mashup.ics"' in start.body
    assert not [href for href in page(read(root, datetime.date(2026, 11, 1))).xpath("//a/@href") if ".ics" in href]


def table(catalogue: Catalogue) -> list[list[str]]:
    """The rows of the table of needs and answers, as words."""
    found = page(catalogue).xpath("//table[contains(@class, 'answers')]")
    if not found:
        return []
    assert [cell.get("scope") for cell in found[0].xpath(".//thead//th")] == ["col"] * 2
    assert all(row.xpath("./th[@scope='row']") for row in found[0].xpath(".//tbody/tr"))
    return [[" ".join(" ".join(cell.itertext()).split()) for cell in row] for row in found[0].xpath(".//tbody/tr")]


FILES = {
    "needs__fukt": NEED.format("Fukt", "themes: [skola]"),
    "needs__buss": NEED.format("Buss", "themes: [skola]"),
    "needs__damm": NEED.format("Damm", ""),
    "needs__laxa": NEED.format("Läxa", ""),
    "cases__givare": CASE.format("Givare", "in_use", "fukt"),
    "cases__video": CASE.format("Video", "failed", "laxa"),
}
SHOWN = "date: 2026-10-23\nthemes: [skola]\nprogramme: [{time: '09:00', title: A, cases: [givare, video]}]"


def test_who_has_the_need_and_who_has_the_answer(small: Callable[..., Path]) -> None:
    """Needs of the examples, of the text and of the themes; an example that failed is no answer; all is by link."""
    catalogue = read(small(SHOWN, "Om [damm](../needs/damm.md).", **FILES))
    assert table(catalogue) == [
        ["Damm Skolan", "Väntar på en idé"],
        ["Fukt Skolan", "Givare Grannkommunen"],
        ["Läxa Skolan", "Väntar på en idé"],
        ["Buss Skolan", "Väntar på en idé"],
    ]
    links = page(catalogue).xpath("//table[contains(@class, 'answers')]//a/@href")
    assert {"../../behov/fukt/", "../../exempel/givare/", "../../enheter/skola/"} <= set(links)
    after = table(read(small(SHOWN, **FILES), datetime.date(2026, 11, 1)))
    assert [row[0] for row in after] == ["Fukt Skolan", "Läxa Skolan"], "after the event, what waited then is not told"
    assert table(read(small("date: 2026-10-23", **FILES))) == []


def test_the_page_of_an_event_knows_what_its_table_depends_on(small: Callable[..., Path]) -> None:
    """Every entry whose change can change the table is read; one that cannot is not."""
    idea = "---\ntitle: Idé\nunit: skola\nneeds: [buss]\n---\n\n## Problemet\n\nDet skaver.\n"
    root = small(SHOWN, **FILES, **{"2026__idea": idea, "2026__annan": idea.replace("needs: [buss]\n", "")})
    reads = artifacts(read(root))["evenemang/mashup/index.html"].reads
    assert {"kind:need", "givare#card", "video#card", "idea#card", "skola#card", "granne#card"} <= set(reads)
    assert not [name for name in reads if name.startswith("annan")]
    assert "Buss Skolan" not in [row[0] for row in table(read(root))], "an idea is on its way"
