"""A small instance to work in: an idea with a layout of its author's own, and what its gates want to refer to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from click.testing import CliRunner, Result

from idesluss.cli import everything

IDEA = """\
---
# Skriven för hand, så här.
title:   'Varma matlådor'   # hela vägen
unit: kok

stage: submitted  # bara kommandona ändrar
handed_in: {door: meeting,at: 2026-01-08}
# coach: vem?
links:
    - title: "Prov"
      url: https://prov.example/
---

## Problem

Maten är *ljummen*.
"""

STOCK: Mapping[str, str] = {
    "ideas/2026/varma-matlador.md": IDEA,
    "ideas/2026/kalla-handskar.md": "---\ntitle: Kalla handskar\nunit: kok\n---\n\n## Problem\n\nKallt.\n",
    "ideas/units/kok.md": "---\ntitle: Köket\ntype: unit\npart_of: omsorg\n---\n",
    "ideas/units/omsorg.md": "---\ntitle: Omsorgen\ntype: administration\n---\n",
    "ideas/coaches/coach-omsorg.md": "---\ntitle: Idécoach för omsorg\nunits: [omsorg]\nsubstitute: coach-stad\n---\n",
    "ideas/coaches/coach-stad.md": "---\ntitle: Idécoach för stad\nsubstitute: coach-omsorg\n---\n",
    "ideas/goals/god-mat.md": "---\ntitle: God mat\nlevel: board_goal\n---\n",
    "ideas/needs/varm-mat.md": (
        "---\ntitle: Varm mat\nunit: kok\nsource: audit\nconfirmed: {date: 2026-01-01, how: Mätning}\n---\n"
        "\n## Beskrivning\n\nMaten är kall.\n"
    ),
}


def run(root: Path, *arguments: str, language: str = "en", said: str | None = None) -> Result:
    return CliRunner().invoke(everything, ["--root", str(root), "--lang", language, *arguments], input=said)


def text(root: Path, path: str = "ideas/2026/varma-matlador.md") -> str:
    return (root / path).read_bytes().decode()
