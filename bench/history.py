"""Measure the reading of a long history beside bare git, paired in one run, and beside asking git for each file.

    python bench/history.py --ideas 10000 --commits 40000 --rounds 3
    python bench/history.py --only-make FOLDER --ideas 10000 --commits 40000

The repository is made by `git fast-import`: the same numbers give the same commits. Every idea is handed in, and then
changed: it is answered, its text grows, it goes to its last stage. `cold` reads it all, `warm` finds the answer kept,
`new` comes after some further commits. Their seconds are those of `history.read` and the git that it starts, without
the start of Python; the memory is that of the whole process and the git below it. Each is told twice: by the clock on
the wall, and by the time of the processor, which other work on the machine disturbs less. `one by one` is GitPython
asked for the commits and contents of each file by itself, for a few files only, and extrapolated to all.
TMPDIR=/dev/shm leaves the disk out.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import corpus
from measure import PYTHON, Run, middle, run, show

START = 1_514_764_800
"""2018-01-01, in seconds since 1970."""
YEARS = 8 * 365 * 86_400
SAMPLE = 10
"""So many files are asked for one by one."""


def versions(dice: random.Random, number: int, count: int) -> tuple[str, list[str]]:
    """The path of an idea below ideas/, and the texts that it had, the oldest first."""
    path, last = corpus.idea(dice, number, 100)
    lines = last.split("\n")
    stage = next(line for line in lines if line.startswith("stage: "))
    start = lines.index("log:")
    handed_in = [line for at, line in enumerate(lines) if not start <= at <= start + 2]
    early = "\n".join(handed_in).replace(stage, "stage: submitted", 1)
    answered = "\n".join(line for at, line in enumerate(lines) if at != start + 2).replace(stage, "stage: answered", 1)
    texts = [early, answered, f"{answered}\n{corpus.sentence(dice, 9)}\n", last]
    while len(texts) < count:
        texts.append(f"{texts[-1]}\n{corpus.sentence(dice, 9)}\n")
    return path, texts[:count]


def commands(ideas: int, commits: int) -> Iterator[bytes]:
    """What `git fast-import` is told."""
    dice = random.Random(ideas)
    told: list[tuple[float, str, str]] = []
    for number in range(ideas):
        path, texts = versions(dice, number, commits // ideas + (number < commits % ideas))
        moments = sorted(dice.random() for _ in texts)
        told += [(moment, path, text) for moment, text in zip(moments, texts, strict=True)]
    settings = corpus.SETTINGS.encode()
    for at, (moment, path, text) in enumerate(sorted(told)):
        seconds = START + int(moment * YEARS)
        data = text.encode()
        yield b"commit refs/heads/main\ncommitter Mat <mat@matning.example> %d +0100\n" % seconds
        yield b"data 6\nChange\n"
        if at == 0:
            yield b"M 100644 inline idesluss.yml\ndata %d\n%s\n" % (len(settings), settings)
        yield b"M 100644 inline ideas/%s\ndata %d\n%s\n" % (path.encode(), len(data), data)


def make(folder: Path, ideas: int, commits: int) -> None:
    """Make the repository, packed as a clone is, with the last commit checked out."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main"], cwd=folder, check=True)
    with subprocess.Popen(["git", "fast-import", "--quiet", "--done"], cwd=folder, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None  # noqa: S101 - Popen was told to open it; the type cannot say so
        process.stdin.writelines(commands(ideas, commits))
        process.stdin.write(b"done\n")
    subprocess.run(["git", "gc", "--quiet"], cwd=folder, check=True)
    subprocess.run(["git", "reset", "--quiet", "--hard"], cwd=folder, check=True)


READ = """
import gc, os, sys, time
from pathlib import Path
from idesluss import history, memory
from idesluss.history import reading
gc.disable()  # as the command line does
root = Path(sys.argv[1])
place = memory.folder(root)
started, before = time.perf_counter(), sum(os.times()[:4])
told = history.read(root, place)
print(time.perf_counter() - started, sum(os.times()[:4]) - before, len(told.lives), file=open(sys.argv[2], "w"))
"""


class Timed(NamedTuple):
    """One run by the clock on the wall, and by the time of the processor."""

    wall: Run
    processor: Run


def bare_git(folder: Path, cache: Path) -> Timed:
    before = sum(os.times()[2:4])
    wall = run(["git", "log", "--raw"], folder, cache)
    return Timed(wall, wall._replace(seconds=sum(os.times()[2:4]) - before))


def read(folder: Path, cache: Path, ideas: int) -> Timed:
    """Read the history in a process of its own."""
    answer = cache.parent / "answer"
    whole = run([PYTHON, "-c", READ, str(folder), str(answer)], folder, cache)
    wall, processor, lives = answer.read_text("ascii").split()
    if int(lives) != ideas:
        sys.exit(f"{lives} lives were read, not {ideas}")
    return Timed(whole._replace(seconds=float(wall)), whole._replace(seconds=float(processor)))


def add(folder: Path, number: int) -> None:
    """Commit a change of so many ideas, each by itself."""
    paths = sorted((folder / "ideas").glob("2*/*.md"))[:number]
    for path in paths:
        path.write_text(path.read_text("utf-8") + "\nMer.\n", "utf-8")
        given = ["-c", "user.name=Mat", "-c", "user.email=mat@matning.example", "-c", "gc.auto=0"]
        subprocess.run(["git", *given, "commit", "--quiet", "-m", "Change", str(path)], cwd=folder, check=True)


def one_by_one(folder: Path, ideas: int) -> float:
    """Seconds for asking GitPython for every version of each file, extrapolated from a few."""
    import git

    repository = git.Repo(folder)
    paths = random.Random(1).sample(sorted((folder / "ideas").glob("2*/*.md")), SAMPLE)
    started = time.perf_counter()
    for path in paths:
        name = path.relative_to(folder).as_posix()
        for commit in repository.iter_commits("HEAD", paths=name, first_parent=True):
            (commit.tree / name).data_stream.read()
    return (time.perf_counter() - started) / SAMPLE * ideas


def measure(folder: Path, work: Path, ideas: int, rounds: int) -> None:
    cache = work / "cache"
    runs: dict[str, list[Timed]] = {"bare git log --raw": [], "history, cold": [], "history, warm": []}
    bare, cold, warm = runs.values()
    for _ in range(rounds):
        bare.append(bare_git(folder, cache))
        shutil.rmtree(cache, ignore_errors=True)
        cache.mkdir()
        cold.append(read(folder, cache, ideas))
        warm.append(read(folder, cache, ideas))
    for number in (1, 100):
        add(folder, number)
        runs[f"history, {number} new commits"] = [read(folder, cache, ideas)]
    slow = one_by_one(folder, ideas)
    for at, clock in enumerate(Timed._fields):
        print(f"\nby {clock}: minimum, median, maximum")
        for name, timed in runs.items():
            show(name, [one[at] for one in timed])
        print(f"cold is {ratios(cold, bare, at)} times bare git, by round")
        print(f"cold is {ratios(cold, warm, at)} times warm, by round")
    told = f"{slow:.0f} s, {slow / middle([one.wall for one in cold]):.0f} times cold"
    print(f"\none by one, extrapolated from {SAMPLE} files of {ideas}, by wall: {told}")


def ratios(runs: list[Timed], others: list[Timed], at: int) -> str:
    return ", ".join(f"{one[at].seconds / other[at].seconds:.1f}" for one, other in zip(runs, others, strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ideas", type=int, default=1000)
    parser.add_argument("--commits", type=int, default=4000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only-make", type=Path, metavar="FOLDER")
    told = parser.parse_args()
    if told.only_make:
        make(told.only_make, told.ideas, told.commits)
        return
    with tempfile.TemporaryDirectory(prefix="idesluss-bench-") as name:
        work = Path(name)
        make(work / "instance", told.ideas, told.commits)
        measure(work / "instance", work, told.ideas, told.rounds)


if __name__ == "__main__":
    main()
