"""An index that is made anew when nothing has changed for a while, beside what its user does."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from idesluss.problem import Problem
    from idesluss.search import Made

IDLE = 2.0
"""Seconds without a further change after which the index is made."""


class Idle:
    """`files` are those of the last index; they may be older than what was asked for, and nobody waits for them."""

    def __init__(self, told: Callable[[list[Problem]], None]) -> None:
        self.files: Mapping[str, bytes] = {}
        self._told = told
        self._turn = threading.Condition()
        self._work: Callable[[], Callable[[], Made]] | None = None
        threading.Thread(target=self._run, daemon=True).start()

    def ask(self, work: Callable[[], Callable[[], Made]]) -> None:
        """Let the index be made by what `work` begins, unless somebody asks for another before that."""
        with self._turn:
            self._work = work
            self._turn.notify()

    def _run(self) -> None:
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._work is not None)
                while self._turn.wait(IDLE):
                    pass
                work, self._work = self._work, None
            if work is not None:
                made = work()()
                self.files = made.files
                if made.problems:
                    self._told(list(made.problems))
