"""Work that is done in several forked processes, on Linux."""

from __future__ import annotations

import gc
import json
import os
import selectors
import signal
import struct
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

LIFE = 3000
"""After about so many numbers a worker is replaced: what it touches of the memory that it inherited, it copies."""

_MOST_LOTS = 1000  # their numbers, 4 bytes each, fit into the smallest pipe that Linux gives
_NUMBER = struct.Struct("=i")
_NOTHING_LEFT = 0  # the exit code of a worker that has no successor
_LEAVING = 3
_AT_ONCE = 1 << 16  # bytes read from a pipe


def can_fork() -> bool:
    return sys.platform == "linux"


def in_parallel(make: Callable[[int], Sequence[Any]], numbers: range, jobs: int) -> Iterator[tuple[int, list[Any]]]:
    """Make each of the `numbers` in forked workers, which inherit all they need, so that nothing is pickled.

    Gives each number, in any order, with what `make` gave for it, which has to be values that JSON knows. Where a
    worker is killed, the few numbers that it had taken on are not given, and another takes its place. Raises the
    OSError that a worker met.
    """
    if not numbers:
        return
    length = -(-len(numbers) // _MOST_LOTS)
    lots = [numbers[at : at + length] for at in range(0, len(numbers), length)]
    waiting = _pipe_of(range(len(lots)))
    workers: list[_Worker] = []
    chances = iter(lots)  # for whoever takes on a lot or more; workers that never come so far are not replaced for ever
    try:
        with selectors.DefaultSelector() as ears:

            def hire() -> None:
                worker = _hire(make, lots, waiting)
                workers.append(worker)
                ears.register(worker.ear, selectors.EVENT_READ, worker)

            for _ in range(min(jobs, len(lots))):
                hire()
            while workers:
                for key, _ in ears.select():
                    worker: _Worker = key.data
                    heard = worker.listen()
                    if heard is None:
                        ears.unregister(worker.ear)
                        workers.remove(worker)
                        if worker.end() != _NOTHING_LEFT and next(chances, None):
                            hire()
                        continue
                    for at, *made in heard:
                        if at < 0:
                            raise OSError(*made)
                        yield at, made
    finally:
        os.close(waiting)
        for worker in workers:
            os.kill(worker.process, signal.SIGKILL)
            worker.end()
        gc.unfreeze()


def _pipe_of(numbers: range) -> int:
    """The end of a pipe from which each of the numbers can be taken once."""
    take, give = os.pipe()
    os.write(give, b"".join(map(_NUMBER.pack, numbers)))
    os.close(give)
    return take


@dataclass(slots=True)
class _Worker:
    """A forked process, and the end of the pipe on which it is heard."""

    process: int
    ear: int
    _unfinished: bytes = b""

    def listen(self) -> list[list[Any]] | None:
        """What it told since, a list for each line; None when it has ended."""
        told = os.read(self.ear, _AT_ONCE)
        if not told:
            return None
        *lines, self._unfinished = (self._unfinished + told).split(b"\n")
        return [json.loads(line) for line in lines]

    def end(self) -> int:
        """Wait for its end; its exit code, or the negative number of the signal that killed it."""
        os.close(self.ear)
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])


def _hire(make: Callable[[int], Sequence[Any]], lots: Sequence[range], waiting: int) -> _Worker:
    ear, mouth = os.pipe()
    parent = os.getpid()
    gc.freeze()  # a collector that marks what it finds would make a copy of it
    process = os.fork()
    if not process:
        os.close(ear)
        _work(make, lots, waiting, mouth, parent)
    os.close(mouth)
    return _Worker(process, ear)


def _work(
    make: Callable[[int], Sequence[Any]], lots: Sequence[range], waiting: int, mouth: int, parent: int
) -> NoReturn:
    """What a worker does; it never returns, so that nothing of the parent's runs twice."""
    done, code = 0, _LEAVING
    try:
        with open(mouth, "wb") as tell:
            try:
                while done < LIFE:
                    number = os.read(waiting, _NUMBER.size)
                    if not number or os.getppid() != parent:
                        code = _NOTHING_LEFT
                        break
                    lot = lots[_NUMBER.unpack(number)[0]]
                    tell.writelines(json.dumps([at, *make(at)]).encode("ascii") + b"\n" for at in lot)
                    tell.flush()
                    done += len(lot)
            except OSError as error:
                tell.write(json.dumps([-1, error.errno, error.strerror, error.filename]).encode("ascii") + b"\n")
    except Exception:  # noqa: BLE001 - a fault of ours: its pages count as failed, and the trace says why
        traceback.print_exc()
    finally:
        os._exit(code)
