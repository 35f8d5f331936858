"""What is remembered: for the same program and libraries only, and nothing left behind where the disk is full."""

from __future__ import annotations

import os
import resource
import signal
from pathlib import Path

import pytest

from idesluss import memory


def test_a_renewed_library_makes_all_else_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "LIBRARIES", tmp_path)
    key = memory.stamp("settings")
    memory.save(tmp_path, "readings", key, "held")
    os.utime(tmp_path, ns=(1, 1))
    assert memory.recall(tmp_path, "readings", memory.stamp("settings")) is None
    assert memory.stamp("settings") == memory.stamp("settings")


def test_what_is_torn_is_not_recalled(tmp_path: Path) -> None:
    memory.save(tmp_path, "readings", "key", ["held"] * 100)
    assert memory.recall(tmp_path, "readings", "key") == ["held"] * 100
    assert memory.recall(tmp_path, "readings", "other") is None
    place = tmp_path / "readings"
    place.write_bytes(place.read_bytes()[:-1])
    assert memory.recall(tmp_path, "readings", "key") is None


def test_a_full_disk_leaves_what_was_there_and_nothing_beside(tmp_path: Path) -> None:
    memory.save(tmp_path, "readings", "key", "held")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    heard = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))  # a file that grows further is refused
    try:
        memory.save(tmp_path, "readings", "key", "x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, heard)
    assert memory.recall(tmp_path, "readings", "key") == "held"
    assert [path.name for path in tmp_path.iterdir()] == ["readings"]
