"""Work that is done when nothing has changed for a while, beside what its user does."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from typing import Generic, TypeVar

IDLE = 2.0
"""Seconds without a further change after which the work is begun."""

Done = TypeVar("Done")


class Idle(Generic[Done]):
    """Does what it is asked for, one thing after another, in a thread of its own; `told` hears what came of it."""

    def __init__(self, told: Callable[[Done], None]) -> None:
        self._told = told
        self._turn = threading.Condition()
        self._work: Callable[[], Done] | None = None
        threading.Thread(target=self._run, daemon=True).start()

    def ask(self, work: Callable[[], Done]) -> None:
        """Let this be done, unless somebody asks for something else before it is begun."""
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
                try:
                    self._told(work())
                except Exception:  # noqa: BLE001 - what goes wrong once must not end all that comes after
                    traceback.print_exc()
