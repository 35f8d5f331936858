"""Replay a believable git history of the worked example: `python tools/replay.py FOLDER`.

The folder, which must be empty or not there, becomes a repository of its own: the settings, the hand-written pages and
`ideas/`, with every idea coming in, taking its steps and being answered on the days that its file states. Nothing is
made up by hand: days come from the files' own `history`, `handed_in`, `log`, `decisions` and tests (tools/days.py).
The last commit holds the very `ideas/` of this checkout but for the field `history` of the ideas, which git then shows
instead. The same files give the same commits, to the letter.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from days import ALONE, RANKS, START, Day, Days
from idesluss import examine, translate
from idesluss.catalogue import Catalogue
from idesluss.kinds import BY_NAME
from idesluss.kinds.entry import Entry
from idesluss.kinds.idea import Idea
from idesluss.stages import ORDER, STAGES
from pieces import Piece, cut, joined

ROOT = Path(__file__).resolve().parent.parent
BESIDE = ("idesluss.yml", "mkdocs.yml", "docs")
"""What stands in an instance's repository beside `ideas/`."""
ZONE = timezone(timedelta(hours=1))
MORNING, MINUTES = 8, 6
"""The first commit of a day is made at this hour, and each further one so many minutes later."""
WAYS = ("merge", "squash", "rebase")
"""How pull requests are merged, in turn."""
DOORS = {"form": "Formuläret", "issue": "Ärendeformuläret", "mail": "Brevlådan"}
"""The doors through which an idea comes in by itself; at a meeting or in the terminal it is the coach who writes."""

_HISTORY = re.compile(r"^history:\n(?:(?: |- ).*\n)+", re.MULTILINE)
_STAGE = re.compile(r"^stage: \w+$", re.MULTILINE)

Files = Mapping[str, bytes]


class Change(NamedTuple):
    """What becomes of some files in one commit."""

    says: str
    author: str
    files: Files


class Request(NamedTuple):
    """A pull request: its branch's commits, who merges it, and when."""

    day: Day
    rank: tuple[int, str]
    title: str
    branch: str
    merger: str
    changes: tuple[Change, ...]


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print(__doc__)
        return 0 if "--help" in arguments else 2
    folder = Path(arguments[0])
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        print(f"{folder} is not empty")
        return 1
    made = replay(ROOT, folder)
    print(f"{folder}: {made} commits on main")
    return 0


def replay(root: Path, folder: Path) -> int:
    """Make the repository in `folder` of the instance at `root`; gives how many commits its main line has."""
    catalogue = examine.examine(root).catalogue
    if catalogue is None:
        raise SystemExit("idesluss.yml cannot be read")
    translate.use("sv")
    told = Telling(catalogue)
    stream = Stream(told.house)
    stream.commit(START, Change("Öppna idéslussen", told.house, dict(_beside(root))))
    for number, request in enumerate(told.requests(), 1):
        stream.merge(number, request)
    folder.mkdir(parents=True, exist_ok=True)
    _git(folder, "init", "--quiet", "--initial-branch=main", "--object-format=sha1", "--template=")
    _git(folder, "fast-import", "--quiet", "--done", data=b"".join([*stream.told, b"done\n"]))
    if stream.number > 1:
        _git(folder, "update-ref", "-d", "refs/heads/branch")
    _git(folder, "reset", "--quiet", "--hard", "main")
    return int(_git(folder, "rev-list", "--count", "--first-parent", "main"))


def _beside(root: Path) -> Iterator[tuple[str, bytes]]:
    for name in BESIDE:
        within = root / name
        for path in sorted(within.rglob("*")) if within.is_dir() else [within]:
            if path.is_file():
                yield path.relative_to(root).as_posix(), path.read_bytes()


class Telling:
    """The pull requests that an instance's files tell of."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.days = Days(catalogue)
        mail = catalogue.settings.contact or "idesluss@example.org"
        self.domain = mail.partition("@")[2]
        self.house = f"{catalogue.settings.name} <{mail}>"
        self._pictures: set[str] = set()

    def requests(self) -> list[Request]:
        """All of them in their order; entries of most kinds that change on one day share one."""
        alone = [one for entry in self.catalogue.entries.values() for one in self._of_entry(entry)]
        alone.sort(key=lambda one: (one.day, one.rank))
        found = []
        for (_day, rank), group in groupby(alone, key=lambda one: (one.day, one.rank)):
            same = list(group)
            found.append(self._together(same) if len(same) > 1 and rank[0] >= 0 else same[0])
        return self._with_media(found)

    def _together(self, same: list[Request]) -> Request:
        """Requests of one kind and day as one."""
        kind = next(kind for kind, rank in RANKS.items() if rank == same[0].rank[0])
        files = {path: data for one in same for change in one.changes for path, data in change.files.items()}
        label = translate.gettext(BY_NAME[kind].plural)
        title = f"{label}: {len(same)} poster"
        change = Change(title, self.house, files)
        return same[0]._replace(title=title, branch=f"{BY_NAME[kind].words['sv']}-{same[0].day}", changes=(change,))

    def _of_entry(self, entry: Entry) -> Iterator[Request]:
        """An entry's requests: one for each day on which something of it came."""
        whole = _HISTORY.sub("", (self.catalogue.root / entry.path).read_text(encoding="utf-8"))
        pieces = cut(whole, frozenset(self.catalogue.entries))
        came = _openings(pieces, [self.days.of(entry, piece) for piece in pieces])
        stages = self.days.stages(entry.id) if isinstance(entry, Idea) else {}
        before = ""
        for day in sorted({*came, *stages.values()}):
            text = joined([piece for piece, at in zip(pieces, came, strict=True) if at <= day])
            new = [piece for piece, at in zip(pieces, came, strict=True) if at == day]
            after = self._staged(entry, text, day)
            yield self._request(entry, day, before, after, _labels(entry, new))
            before = after
        if before != whole:
            raise SystemExit(f"{entry.path} did not come out as it went in")

    def _staged(self, entry: Entry, text: str, day: Day) -> str:
        return _STAGE.sub(f"stage: {self.days.stage(entry, day)}", text, 1) if isinstance(entry, Idea) else text

    def _request(self, entry: Entry, day: Day, before: str, after: str, new: str) -> Request:
        """The request by which an entry's file goes from `before`, "" for none, to `after`; `new` says what came."""
        rank = (RANKS[entry.kind], entry.id if entry.kind in ALONE else "")
        says = [f"{entry.title}: {new}" if before else entry.title]
        files = [{entry.path: after.encode()}]
        author, merger, branch = self.house, self.house, entry.id
        if isinstance(entry, Idea):
            merger = self._coach(entry)
            author = self._door(entry) if not before else merger
            told = self.days.stage(entry, day)
            came = day == self.days.stages(entry.id).get(told)
            if came:
                says, branch = [f"{entry.title}: {translate.gettext(STAGES[told].label).lower()}"], f"{entry.id}-{told}"
            held = _STAGE.findall(before)
            if came and held and told in ORDER:
                lacks = _STAGE.sub(held[0], after, 1)
                says, files = [f"{entry.title}: underlag", *says], [{entry.path: lacks.encode()}, *files]
        changes = tuple(Change(say, author, file) for say, file in zip(says, files, strict=True))
        return Request(day, rank, says[-1], branch, merger, changes)

    def _coach(self, idea: Idea) -> str:
        coach = self.catalogue.get(idea.coach) if idea.coach else None
        return f"{coach.title} <{coach.id}@{self.domain}>" if coach else self.house

    def _door(self, idea: Idea) -> str:
        door = idea.handed_in.door if idea.handed_in else ""
        return f"{DOORS[door]} <{door}@{self.domain}>" if door in DOORS else self._coach(idea)

    def _with_media(self, requests: list[Request]) -> list[Request]:
        """The same with each file of ideas/media/ beside the first text that names it, and the rest in the last."""
        files = sorted(path for path in (self.catalogue.root / "ideas" / "media").iterdir() if path.is_file())
        waiting = {path.name: path for path in files}
        found = []
        for at, request in enumerate(requests, 1):
            changes = []
            for change in request.changes:
                text = b"".join(change.files.values())
                now = [name for name in waiting if name.encode() in text]
                taken = {f"ideas/media/{name}": waiting.pop(name).read_bytes() for name in now}
                changes.append(change._replace(files={**change.files, **taken}))
            if at == len(requests):
                rest = {f"ideas/media/{name}": path.read_bytes() for name, path in waiting.items()}
                changes[-1] = changes[-1]._replace(files={**changes[-1].files, **rest})
            found.append(request._replace(changes=tuple(changes)))
        return found


def _labels(entry: Entry, pieces: list[Piece]) -> str:
    """What the pieces are parts of, in words."""
    known = type(entry).model_fields
    fields = dict.fromkeys(str(piece.path[0]) for piece in pieces if piece.path)
    titles = [(known[name].title if name in known else None) or "Text" for name in fields]
    return ", ".join(translate.gettext(title).lower() for title in titles)


def _openings(pieces: list[Piece], days: list[Day]) -> list[Day]:
    """The days of the pieces, where a line that opens a group comes with the first of the group."""
    found = list(days)
    for at in reversed(range(len(pieces))):
        if pieces[at].opens:
            path = pieces[at].path[:2] if pieces[at].path[0] == "body" else pieces[at].path
            within = [
                day for piece, day in zip(pieces[at + 1 :], found[at + 1 :], strict=True)
                if piece.path[: len(path)] == path
            ]  # fmt: skip
            found[at] = min(within, default=found[at])
    return found


@dataclass
class Stream:
    """The commits as git's fast-import reads them."""

    merger: str
    told: list[bytes] = field(default_factory=list)
    number: int = 0
    tip: int = 0
    base: int = 0
    """The tip at the end of the day before, from which the branches of the day begin."""
    day: Day = ""
    made: int = 0

    def commit(self, day: Day, change: Change, *, branch: int = 0, merges: int = 0, committer: str = "") -> int:
        """A commit on main, or on a branch that begins at `branch`; gives its mark."""
        self._turn(day)
        self.number += 1
        at = f"{self._moment()} +0100"
        says = change.says.encode()
        parent = branch or self.tip
        head = [
            f"commit refs/heads/{'branch' if branch else 'main'}",
            f"mark :{self.number}",
            f"author {change.author} {at}",
            f"committer {committer or change.author} {at}",
            f"data {len(says)}",
        ]
        links = [f"from :{parent}"] * bool(parent) + [f"merge :{merges}"] * bool(merges)
        self.told += ["\n".join(head).encode(), b"\n", says, b"\n", "".join(f"{link}\n" for link in links).encode()]
        for path, data in change.files.items():
            self.told += [f"M 100644 inline {path}\ndata {len(data)}\n".encode(), data, b"\n"]
        self.told.append(b"\n")
        self.tip = self.tip if branch else self.number
        return self.number

    def merge(self, number: int, request: Request) -> None:
        """A pull request, merged as its number says."""
        way = WAYS[number % len(WAYS)]
        self._turn(request.day)
        if way == "squash":
            files = {path: data for change in request.changes for path, data in change.files.items()}
            says = f"{request.title} (#{number})"
            self.commit(request.day, Change(says, request.changes[0].author, files), committer=request.merger)
        elif way == "rebase":
            for change in request.changes:
                self.commit(request.day, change, committer=request.merger)
        else:
            at = self.base
            for change in request.changes:
                at = self.commit(request.day, change, branch=at)
            files = {path: data for change in request.changes for path, data in change.files.items()}
            says = f"Merge pull request #{number} from exempelstad/{request.branch}\n\n{request.title}"
            self.commit(request.day, Change(says, request.merger, files), merges=at)

    def _turn(self, day: Day) -> None:
        if day != self.day:
            self.day, self.made, self.base = day, 0, self.tip

    def _moment(self) -> int:
        start = datetime.fromisoformat(self.day).replace(hour=MORNING, tzinfo=ZONE)
        self.made += 1
        return int((start + timedelta(minutes=MINUTES * self.made)).timestamp())


def _git(folder: Path, *arguments: str, data: bytes = b"") -> str:
    """Run git in `folder`, away from the settings, hooks and keys of whoever runs this."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    apart = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", "-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false", *arguments]
    done = subprocess.run(command, cwd=folder, env={**own, **apart}, input=data, check=True, capture_output=True)
    return done.stdout.decode().strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
