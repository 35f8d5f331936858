"""Figures as values: what a measure came to at one commit, as a table that pages, JSON and CSV all read."""

from __future__ import annotations

from idesluss.figures.figure import NOTHING, Cell, Column, Figure, Figures, Row, Same, Spot, Sum

__all__ = ["NOTHING", "Cell", "Column", "Figure", "Figures", "Row", "Same", "Spot", "Sum"]
