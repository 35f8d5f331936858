"""`python -m idesluss` is `idesluss`."""

from __future__ import annotations

from idesluss.cli import main

if __name__ == "__main__":
    main()
