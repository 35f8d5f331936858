"""`python -m idesluss.handbook`, which `make handbook` calls."""

from __future__ import annotations

import sys
from pathlib import Path

from idesluss.handbook import write

if __name__ == "__main__":
    for path in write(Path("docs")):
        sys.stdout.write(f"{path}\n")
