"""Flat shapes on a sheet of 1200 by 800, drawn three times as large and scaled down, so that edges are smooth."""
# ruff: noqa: PLR0917 - part of a script; where and how large is said in one row

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import cos, pi, radians, sin
from pathlib import Path

from PIL import Image, ImageDraw

WIDTH, HEIGHT, TIMES = 1200, 800, 3

INK, DEEP, NIGHT, DUSK, GLEAM = "#13222c", "#0f3346", "#1c4a5f", "#27607a", "#3b6a7a"
WATER, MIST, ICE, BAND = "#2b7c93", "#9fcad3", "#d3e5e8", "#eef3f2"
PAPER, SAND, PEACH, STONE, GREY = "#fbfaf6", "#efe2cd", "#f5eadf", "#c9c3b4", "#a39c8b"
SUN, AMBER, WOOD, BARK = "#f0c98e", "#d9984f", "#9a5b1e", "#6f4116"
PINE, MOSS, FERN, SAGE, LEAF = "#355c40", "#3f6b4b", "#55845f", "#8fb08f", "#dde6d0"
BRICK, RUST, BLUSH = "#7d2f20", "#9b3d2a", "#e6cabb"

Point = tuple[float, float]
Motif = Callable[["Sheet"], None]


class Sheet:
    """A sheet to draw on; all lengths are in points of the finished picture."""

    def __init__(self, ground: str) -> None:
        self.image = Image.new("RGB", (WIDTH * TIMES, HEIGHT * TIMES), ground)
        self.pen = ImageDraw.Draw(self.image)

    def box(self, x: float, y: float, width: float, height: float, colour: str, round_by: float = 0) -> None:
        edges = (x * TIMES, y * TIMES, (x + width) * TIMES - 1, (y + height) * TIMES - 1)
        self.pen.rounded_rectangle(edges, round_by * TIMES, fill=colour)

    def shape(self, points: Sequence[Point], colour: str) -> None:
        self.pen.polygon([(x * TIMES, y * TIMES) for x, y in points], fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: str, flat: float = 1) -> None:
        """A disc, or an ellipse that is `flat` times as high as wide."""
        edges = (x - radius, y - radius * flat, x + radius, y + radius * flat)
        self.pen.ellipse([edge * TIMES for edge in edges], fill=colour)

    def line(self, points: Sequence[Point], width: float, colour: str) -> None:
        """A line with round ends and joints."""
        scaled = [(x * TIMES, y * TIMES) for x, y in points]
        self.pen.line(scaled, fill=colour, width=round(width * TIMES))
        for x, y in points:
            self.disc(x, y, width / 2, colour)

    def arc(self, x: float, y: float, radius: float, start: float, end: float, width: float, colour: str) -> None:
        """A part of a ring, clockwise from `start` to `end` degrees, where 0 is to the right."""
        self.line(bow(x, y, radius, start, end), width, colour)

    def ring(self, x: float, y: float, radius: float, width: float, colour: str) -> None:
        self.arc(x, y, radius, 0, 360, width, colour)

    def save(self, path: Path) -> None:
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        small.save(path, "WEBP", lossless=True, quality=100, method=6, exact=True)


def bow(x: float, y: float, radius: float, start: float, end: float, flat: float = 1) -> list[Point]:
    """Points along an arc, close enough to look round."""
    steps = max(8, round(abs(end - start) * max(radius, 20) / 150))
    angles = [radians(start + (end - start) * step / steps) for step in range(steps + 1)]
    return [(x + radius * cos(angle), y + radius * flat * sin(angle)) for angle in angles]


def curve(first: Point, pull: Point, push: Point, last: Point) -> list[Point]:
    """Points along a Bézier curve with two handles."""
    points = []
    for step in range(61):
        t = step / 60
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        ends = (first, pull, push, last)
        points.append((sum(w * p[0] for w, p in zip(weights, ends, strict=True)),
                       sum(w * p[1] for w, p in zip(weights, ends, strict=True))))  # fmt: skip
    return points


def turned(points: Sequence[Point], about: Point, degrees: float) -> list[Point]:
    angle = degrees * pi / 180
    return [
        (
            about[0] + (x - about[0]) * cos(angle) - (y - about[1]) * sin(angle),
            about[1] + (x - about[0]) * sin(angle) + (y - about[1]) * cos(angle),
        )
        for x, y in points
    ]


def corners(x: float, y: float, width: float, height: float) -> list[Point]:
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]


def drop(sheet: Sheet, x: float, y: float, size: float, colour: str) -> None:
    """A drop of water whose round part has its middle at (x, y)."""
    sheet.disc(x, y, size, colour)
    sheet.shape([(x - size * 0.9, y - size * 0.44), (x, y - size * 2.1), (x + size * 0.9, y - size * 0.44)], colour)


def chair(sheet: Sheet, x: float, floor: float, size: float, colour: str, facing: int = 1) -> None:
    """A plain chair from the side; `facing` 1 looks right, -1 left."""
    for at in (-0.42, 0.42):
        sheet.line([(x + at * size, floor - size), (x + at * size * 1.12, floor)], size * 0.1, colour)
    sheet.box(x - size * 0.55, floor - size * 1.06, size * 1.1, size * 0.16, colour, size * 0.06)
    back = x - facing * size * 0.46
    sheet.line([(back, floor - size), (back - facing * size * 0.14, floor - size * 2.1)], size * 0.1, colour)
    tilt = [(back - facing * size * off, floor - size * up) for off, up in ((0.06, 1.5), (0.13, 2.08))]
    sheet.line(tilt, size * 0.24, colour)


def ball(sheet: Sheet, x: float, y: float, radius: float, colour: str) -> None:
    """A ball with seams, as for basketball."""
    sheet.disc(x, y, radius, colour)
    reach = radius * 0.97
    across = [(x - reach, y), (x + reach, y)]
    sides = (bow(x - radius * 1.1, y, reach, -56, 56), bow(x + radius * 1.1, y, reach, 124, 236))
    for seam in ([(x, y - reach), (x, y + reach)], across, *sides):
        sheet.line(seam, radius * 0.08, INK)
