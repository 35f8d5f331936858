"""Addresses that a change would lose: of themes, of hand-written pages, of everything at once, and names used again."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import SETTINGS, GitInstance
from lock_ideas import idea, surroundings, written
from test_compare import brought

A, B = "ideas/2026/a.md", "ideas/2026/b.md"
CODE = "lost-address"


@pytest.fixture(autouse=True)
def _own_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("IDESLUSS_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def repository(git_instance: GitInstance) -> GitInstance:
    files = {A: written(idea("submitted", title="A", tests=[])), B: written(idea("submitted", title="B"))}
    git_instance.commit({**surroundings(), **files, "docs/om.md": "# Om\n"}, "2026-02-01")
    git_instance.git("switch", "--quiet", "--create", "forslag")
    return git_instance


def test_a_theme_that_goes_takes_its_page_and_feeds(repository: GitInstance) -> None:
    repository.commit({"idesluss.yml": SETTINGS.replace("id: skola", "id: larande")}, "2026-02-02")
    assert brought(repository) == {"idesluss": [CODE]}


def test_a_theme_with_a_new_title_is_no_loss(repository: GitInstance) -> None:
    repository.commit({"idesluss.yml": SETTINGS.replace("title: Skola", "title: Skola och lärande")}, "2026-02-02")
    assert brought(repository) == {}


def test_another_language_changes_every_address(repository: GitInstance) -> None:
    repository.commit({"idesluss.yml": SETTINGS.replace("language: sv", "language: en")}, "2026-02-02")
    assert CODE in brought(repository)["idesluss"]


def test_a_hand_written_page_that_goes(repository: GitInstance) -> None:
    repository.commit({"docs/om.md": None, "docs/nytt.md": "# Nytt\n"}, "2026-02-02")
    assert brought(repository) == {"om": [CODE]}


def test_a_name_that_is_used_again_by_another(repository: GitInstance) -> None:
    """Committed on the branch or not, the name of what main has taken away is not free; putting it back is fine."""
    repository.git("switch", "--quiet", "main")
    gone = repository.commit({A: None}, "2026-02-03", "Take away")
    repository.git("switch", "--quiet", "--create", "annan")
    repository.commit({A: written(idea("submitted", title="Något helt annat", tests=[]))}, "2026-02-04")
    assert brought(repository) == {"a": [CODE]}
    repository.git("reset", "--quiet", "--soft", "main")
    assert brought(repository) == {"a": [CODE]}
    repository.git("reset", "--quiet", "--hard", "main")
    repository.git("revert", "--no-edit", gone, date="2026-02-05")
    assert brought(repository) == {}


def test_a_new_name_is_no_loss(repository: GitInstance) -> None:
    repository.commit({"ideas/2026/c.md": written(idea("submitted", title="C", tests=[]))}, "2026-02-02")
    assert brought(repository) == {}
