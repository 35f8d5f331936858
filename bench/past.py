"""Make an instance with a long history to measure with, by `git fast-import`: the same numbers give the same commits.

    python bench/past.py FOLDER --ideas 10000 --commits 40000

Every idea is handed in, and then changed: it is answered, its text grows, it goes to its last stage, and so round again
till the commits are used up.
"""

from __future__ import annotations

import argparse
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import corpus

START = 1_514_764_800
"""2018-01-01, in seconds since 1970."""
YEARS = 8 * 365 * 86_400


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
        assert process.stdin is not None  # noqa: S101 - it was asked for
        process.stdin.writelines(commands(ideas, commits))
        process.stdin.write(b"done\n")
    subprocess.run(["git", "gc", "--quiet"], cwd=folder, check=True)
    subprocess.run(["git", "reset", "--quiet", "--hard"], cwd=folder, check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--ideas", type=int, default=1000)
    parser.add_argument("--commits", type=int, default=4000)
    told = parser.parse_args()
    make(told.folder, told.ideas, told.commits)


if __name__ == "__main__":
    main()
