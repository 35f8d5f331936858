"""Idésluss: ideas and good examples as Markdown in git, checked and published as a portal."""

__version__ = "0.1.0"
