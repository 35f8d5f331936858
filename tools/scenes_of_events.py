"""What stands on the pictures of the events."""

from __future__ import annotations

from math import cos, radians, sin

from drawing import (
    AMBER,
    BARK,
    BLUSH,
    BRICK,
    DEEP,
    ICE,
    INK,
    MIST,
    NIGHT,
    PAPER,
    PEACH,
    RUST,
    SAGE,
    SAND,
    STONE,
    SUN,
    WATER,
    WOOD,
    Sheet,
    bow,
    corners,
    turned,
)


def mashup_stage(s: Sheet) -> None:
    s.shape([(0, 0), (150, 0), (110, 560), (0, 560)], RUST)
    s.shape([(1200, 0), (1050, 0), (1090, 560), (1200, 560)], RUST)
    for fold in (50, 96):
        s.line([(fold, 0), (fold - 10, 560)], 6, BRICK)
        s.line([(1200 - fold, 0), (1210 - fold, 560)], 6, BRICK)
    s.box(0, 520, 1200, 70, WOOD)
    s.box(0, 520, 1200, 16, AMBER)
    for at, colour in enumerate((SUN, MIST, SAGE, BLUSH, PAPER, AMBER, ICE, SUN)):
        angle = radians(197 + at * 20.9)
        x, y = 600 + 410 * cos(angle), 505 + 370 * sin(angle)
        s.box(x - 66, y - 46, 132, 92, colour, 18)
        s.shape([(x - 16, y + 40), (x + 24, y + 40), (x + (600 - x) * 0.1, y + 78)], colour)
        s.line([(x - 36, y - 14), (x + 36, y - 14)], 9, DEEP)
        s.line([(x - 36, y + 14), (x + 14, y + 14)], 9, DEEP)
    s.line([(600, 516), (600, 390)], 9, STONE)
    s.disc(600, 378, 20, PAPER)
    s.line([(566, 516), (634, 516)], 11, STONE)
    for row, (low, step, size) in enumerate(((640, 100, 34), (716, 120, 42))):
        for seat in range(20 + row * 40, 1220, step):
            s.disc(seat, low - size * 1.02, size * 0.66, (SUN, BLUSH, AMBER, SAND)[(seat // 20 + row) % 4])
            s.box(seat - size, low - size * 0.3, size * 2, 160, (WATER, NIGHT)[row], size * 0.8)


def mashup_lock(s: Sheet) -> None:
    s.disc(640, 270, 150, SUN)
    s.shape([(0, 330), (300, 250), (700, 330), (1200, 210), (1200, 800), (0, 800)], SAGE)
    s.shape([(0, 590), (400, 590), (400, 500), (800, 500), (800, 400), (1200, 400), (1200, 800), (0, 800)], WATER)
    s.shape([(0, 720), (400, 720), (400, 660), (800, 660), (800, 590), (1200, 590), (1200, 800), (0, 800)], STONE)
    for x, top, low in ((380, 440, 740), (780, 345, 680)):
        s.box(x, top, 40, low - top, WOOD)
        for y in range(top + 36, low, 52):
            s.box(x, y, 40, 6, BARK)
        s.box(x - 60, top, 160, 22, BARK, 8)
    for x, y, sail in ((190, 590, PAPER), (590, 500, PEACH), (1000, 400, PAPER)):
        s.shape([(x - 76, y - 26), (x + 76, y - 26), (x + 48, y + 16), (x - 48, y + 16)], RUST)
        s.line([(x, y - 24), (x, y - 176)], 8, INK)
        s.shape([(x + 10, y - 170), (x + 10, y - 44), (x + 84, y - 44)], sail)
        s.shape([(x - 10, y - 140), (x - 10, y - 44), (x - 58, y - 44)], SUN)
    for x, y in ((60, 640), (270, 660), (470, 560), (660, 590), (880, 470), (1080, 500)):
        s.line([(x, y), (x + 64, y)], 8, MIST)


def needs_workshop(s: Sheet) -> None:
    for x, y, turn in ((600, 76, 0), (600, 724, 180), (244, 400, 270), (956, 400, 90)):
        seat = turned(corners(x - 70, y - 40, 140, 100), (x, y), turn)
        s.shape(seat, WATER)
        s.line([*seat, seat[0]], 24, WATER)
        s.line(turned([(x - 78, y - 46), (x + 78, y - 46)], (x, y), turn), 26, DEEP)
    s.disc(610, 412, 284, SAGE)
    s.disc(600, 400, 284, AMBER)
    s.disc(600, 400, 264, SUN)
    notes = (
        (490, 276, -8, SAGE), (606, 254, 5, PAPER), (716, 306, 12, SAGE), (462, 402, 6, PAPER), (588, 386, -6, RUST),
        (704, 424, 4, PAPER), (520, 524, -10, SAGE), (644, 540, 8, PAPER),
    )  # fmt: skip
    for x, y, degrees, colour in notes:
        s.shape([(a + 5, b + 6) for a, b in turned(corners(x - 50, y - 44, 100, 88), (x, y), degrees)], AMBER)
        s.shape(turned(corners(x - 50, y - 44, 100, 88), (x, y), degrees), colour)
        for off, end in ((-14, 30), (10, 14)):
            words = turned([(x - 30, y + off), (x + end, y + off)], (x, y), degrees)
            s.line(words, 7, INK if colour == PAPER else PAPER)
    s.line(bow(806, 542, 20, -100, 130), 12, PAPER)
    s.disc(766, 526, 44, PAPER)
    s.disc(766, 526, 30, BARK)
    s.line([(392, 500), (428, 572)], 14, RUST)
    s.line([(428, 572), (434, 588)], 8, INK)
