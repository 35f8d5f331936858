"""What stands on the pictures of the ideas."""

from __future__ import annotations

from math import cos, radians, sin

from drawing import (
    AMBER,
    BARK,
    BLUSH,
    DEEP,
    FERN,
    GLEAM,
    GREY,
    ICE,
    INK,
    LEAF,
    MIST,
    MOSS,
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
    ball,
    bow,
    chair,
    corners,
    curve,
    drop,
    turned,
)


def damp_guard(s: Sheet) -> None:
    s.box(0, 0, 1200, 330, PEACH)
    s.box(120, 60, 300, 190, MIST)
    s.box(262, 60, 16, 190, PAPER)
    s.box(120, 60, 300, 14, PAPER)
    s.box(104, 246, 332, 18, PAPER)
    s.box(0, 306, 1200, 34, PAPER)
    s.box(0, 340, 1200, 62, AMBER)
    for x in range(-60, 1200, 190):
        s.line([(x, 340), (x, 402)], 5, WOOD)
    chair(s, 1010, 340, 92, MOSS, -1)
    s.box(560, 96, 260, 18, WOOD, 9)
    for x, colour in ((600, RUST), (690, WATER), (780, AMBER)):
        s.disc(x, 126, 9, BARK)
        s.shape([(x - 12, 130), (x + 12, 130), (x + 34, 230), (x - 34, 230)], colour)
    for x in (570, 640):
        s.box(x, 262, 34, 78, DEEP, 8)
        s.box(x, 308, 64, 32, DEEP, 14)
        s.box(x, 262, 34, 14, MIST, 6)
    s.box(0, 402, 1200, 170, STONE)
    s.box(0, 572, 1200, 228, BARK)
    for x, y in ((90, 530), (210, 450), (470, 540), (560, 455), (1010, 530), (1130, 450), (880, 545), (330, 535)):
        s.disc(x, y, 13, GREY)
    drop(s, 790, 690, 64, MIST)
    drop(s, 700, 726, 26, MIST)
    drop(s, 872, 742, 30, MIST)
    for x, colour in ((260, DEEP), (525, DEEP), (790, RUST)):
        s.box(x - 68, 462, 136, 62, colour, 31)
        s.disc(x + 34, 493, 13, PAPER if colour == RUST else MIST)
        s.line([(x - 36, 493), (x - 2, 493)], 8, PAPER if colour == RUST else MIST)
    for radius in (66, 104, 142):
        s.arc(790, 470, radius, 232, 308, 13, RUST)


def shade_tree(s: Sheet) -> None:
    s.disc(170, 150, 86, SUN)
    s.box(760, 330, 360, 220, PAPER)
    s.shape([(730, 340), (800, 250), (1080, 250), (1150, 340)], RUST)
    for x in (800, 900, 1000):
        s.box(x, 390, 60, 76, WATER)
    s.box(0, 540, 1200, 260, SAGE)
    s.disc(610, 680, 360, MOSS, 0.22)
    s.box(430, 640, 330, 96, WOOD, 8)
    s.box(450, 648, 290, 66, SUN)
    s.shape([(500, 708), (570, 650), (640, 708)], AMBER)
    s.shape([(660, 640), (718, 640), (708, 700), (670, 700)], RUST)
    s.line(bow(689, 640, 26, 180, 360), 6, INK)
    s.shape([(372, 660), (396, 300), (452, 300), (470, 660)], BARK)
    s.line([(424, 380), (530, 290)], 28, BARK)
    for x, y, r in ((330, 240, 140), (480, 170, 150), (610, 260, 128), (440, 290, 130)):
        s.disc(x, y, r, MOSS)
    for x, y, r in ((360, 190, 40), (520, 240, 52), (450, 130, 30)):
        s.disc(x, y, r, FERN)


def park_bench(s: Sheet) -> None:
    s.disc(880, 360, 120, SUN)
    s.box(0, 380, 1200, 190, WATER)
    for x, y, width in ((800, 410, 170), (830, 446, 120), (860, 482, 60), (150, 430, 140), (470, 500, 120)):
        s.line([(x, y), (x + width, y)], 10, SUN if x > 780 else MIST)
    s.box(0, 560, 1200, 240, LEAF)
    s.shape([(0, 700), (1200, 650), (1200, 800), (0, 800)], SAND)
    s.box(276, 330, 44, 330, BARK)
    s.disc(298, 240, 200, MOSS)
    s.disc(352, 176, 62, FERN)
    s.disc(240, 280, 40, FERN)
    for y in (452, 500):
        s.box(450, y, 470, 34, WOOD, 8)
    s.box(430, 574, 510, 36, AMBER, 8)
    s.box(430, 610, 510, 12, WOOD, 6)
    for x in (490, 860):
        s.line([(x, 446), (x, 700)], 20, INK)
        s.line([(x - 44, 704), (x + 44, 704)], 16, INK)


def open_kitchen(s: Sheet) -> None:
    s.box(0, 620, 1200, 180, SAND)
    s.box(80, 150, 210, 250, MIST)
    s.box(910, 150, 210, 250, MIST)
    for x in (179, 1009):
        s.box(x, 150, 12, 250, PEACH)
    for x in (300, 600, 900):
        s.line([(x, 0), (x, 170)], 6, INK)
        s.shape([(x - 90, 250), (x - 34, 166), (x + 34, 166), (x + 90, 250)], MOSS)
        s.disc(x, 252, 34, SUN)
        s.box(x - 94, 238, 188, 16, MOSS, 8)
    for x, colour in ((180, RUST), (450, WATER), (750, RUST), (1020, WATER)):
        s.box(x - 56, 350, 112, 36, colour, 14)
        for off in (-46, -6, 34):
            s.box(x + off, 370, 12, 130, colour)
    s.box(90, 490, 1020, 40, WOOD, 10)
    s.box(130, 530, 30, 220, BARK)
    s.box(1040, 530, 30, 220, BARK)
    for x in (300, 600, 900):
        s.shape(bow(x, 438, 76, 0, 180, 0.72), PAPER)
        s.box(x - 82, 428, 164, 16, STONE, 8)
    for x in (416, 700, 1000):
        s.box(x - 16, 430, 32, 60, MIST, 5)
    for x in (300, 600, 900):
        for at in (-14, 14):
            s.line(curve((x + at, 414), (x + at - 16, 390), (x + at + 16, 366), (x + at, 340)), 7, STONE)
    for x in (300, 600, 900):
        s.box(x - 70, 610, 140, 26, AMBER, 10)
        for leg in (-54, 54):
            s.box(x + leg - 8, 630, 16, 140, WOOD)


def tunnel_light(s: Sheet) -> None:
    s.disc(190, 110, 56, SUN)
    s.shape([(0, 190), (420, 130), (900, 180), (1200, 120), (1200, 250), (0, 250)], SAGE)
    s.box(0, 220, 1200, 34, DEEP)
    for x in range(40, 1200, 130):
        s.box(x, 234, 70, 6, SUN)
    s.box(690, 128, 250, 92, RUST, 18)
    for x in (712, 772, 832):
        s.box(x, 144, 46, 34, ICE, 6)
    s.box(892, 144, 30, 34, ICE, 6)
    for x in (744, 886):
        s.disc(x, 220, 24, INK)
        s.disc(x, 220, 9, STONE)
    s.box(0, 254, 1200, 546, STONE)
    stones = (
        (60, 300),
        (250, 285),
        (520, 305),
        (770, 282),
        (980, 304),
        (1150, 288),
        (120, 770),
        (700, 778),
        (1060, 765),
    )
    for x, y in stones:
        s.disc(x, y, 12, GREY)
    s.box(0, 330, 1200, 390, DEEP)
    for x in (220, 600, 980):
        s.shape([(x - 44, 372), (x + 44, 372), (x + 168, 676), (x - 168, 676)], GLEAM)
    s.box(0, 676, 1200, 44, GREY)
    for x in (220, 600, 980):
        s.box(x - 176, 676, 352, 16, SUN, 8)
        s.box(x - 62, 330, 124, 30, PAPER, 8)
        s.box(x - 46, 356, 92, 18, SUN, 9)
    s.line([(470, 612), (545, 612), (590, 546), (505, 546), (470, 612)], 9, PAPER)
    s.line([(545, 612), (500, 530)], 9, PAPER)
    s.line([(484, 528), (518, 528)], 10, PAPER)
    s.line([(630, 612), (584, 524), (612, 516)], 9, PAPER)
    for x in (470, 630):
        s.ring(x, 616, 54, 9, PAPER)


def permit_pilot(s: Sheet) -> None:
    s.box(0, 560, 1200, 240, STONE)
    houses = ((0, 240, 250, BLUSH), (240, 200, 310, SAND), (820, 190, 290, SAND), (1010, 190, 240, BLUSH))
    for x, width, top, colour in houses:
        s.box(x, top, width, 560 - top, colour)
        for at in (40, 120):
            for y in (top + 50, top + 150):
                s.box(x + at, y, 40, 60, WATER)
    s.box(590, 120, 20, 600, WOOD)
    for at in range(5):
        sides = []
        for share in (-1 + at * 0.4, -0.6 + at * 0.4):
            turns = [radians(step * 3) for step in range(31)]
            sides.append([(600 + 400 * share * sin(turn), 300 - 248 * cos(turn)) for turn in turns])
        colour = PAPER if at % 2 else RUST
        s.shape(sides[0] + sides[1][::-1], colour)
        s.disc(280 + at * 160, 299, 80, colour, 0.3)
    s.disc(600, 46, 13, WOOD)
    s.box(270, 560, 660, 34, AMBER, 8)
    for x in (310, 866):
        s.box(x, 594, 24, 180, WOOD)
    s.box(360, 470, 150, 92, PAPER)
    s.shape([(340, 474), (435, 396), (530, 474)], DEEP)
    s.box(412, 500, 40, 62, WOOD)
    s.box(470, 496, 28, 28, SUN)
    s.shape([(650, 556), (690, 500), (890, 500), (876, 556)], PAPER)
    s.line([(710, 540), (730, 516), (790, 516), (780, 540), (710, 540)], 5, WATER)
    s.line([(812, 518), (858, 518)], 5, STONE)
    s.line([(806, 534), (850, 534)], 5, STONE)


def open_hall(s: Sheet) -> None:
    s.shape([(0, 520), (1200, 520), (1200, 800), (0, 800)], AMBER)
    s.line(bow(640, 800, 330, 180, 360, 0.55), 10, PAPER)
    s.line([(0, 700), (1200, 700)], 8, PAPER)
    s.box(0, 500, 1200, 22, WOOD)
    s.box(90, 190, 230, 330, SUN)
    s.shape([(90, 190), (30, 150), (30, 570), (90, 520)], RUST)
    s.shape([(90, 522), (320, 522), (520, 800), (120, 800)], SUN)
    s.disc(46, 370, 9, PAPER)
    for y in range(150, 480, 66):
        s.line([(960, y), (1130, y)], 12, WOOD)
    for x in (960, 1130):
        s.line([(x, 110), (x, 498)], 14, WOOD)
    s.box(520, 110, 280, 190, PAPER, 6)
    for x, y, width, height in ((600, 170, 120, 8), (600, 170, 8, 84), (712, 170, 8, 84), (600, 246, 120, 8)):
        s.box(x, y, width, height, RUST)
    s.line([(604, 300), (716, 300)], 13, RUST)
    for start, end in ((610, 634), (634, 658), (658, 634), (684, 658), (710, 684)):
        s.line([(start, 306), (end, 374)], 5, ICE)
    s.line([(632, 374), (688, 374)], 5, ICE)
    s.disc(742, 706, 96, WOOD, 0.16)
    ball(s, 736, 628, 78, RUST)


def tipping_pot(s: Sheet) -> None:
    for x in range(60, 1200, 120):
        s.line([(x, 0), (x, 610)], 3, PAPER)
    for y in range(10, 610, 120):
        s.line([(0, y), (1200, y)], 3, PAPER)
    s.box(0, 610, 1200, 190, STONE)
    middle = (470, 372)
    s.line([(320, 736), (470, 372), (620, 736)], 28, DEEP)
    s.line([(372, 620), (568, 620)], 20, DEEP)
    soup = curve((664, 330), (740, 350), (758, 440), (764, 610))
    s.shape([*soup, *curve((704, 610), (700, 500), (690, 440), (640, 420))], AMBER)
    for at in (252, 688):
        s.line(turned(bow(at, 286, 34, 0, 360, 0.8), middle, 30), 16, DEEP)
    pot = [(262, 240), (678, 240), (678, 430), *bow(628, 430, 50, 0, 90), *bow(312, 430, 50, 90, 180)]
    s.shape(turned(pot, middle, 30), WATER)
    s.shape(turned(corners(300, 290, 30, 130), middle, 30), MIST)
    s.line(turned([(256, 236), (684, 236)], middle, 30), 30, DEEP)
    s.disc(*middle, 36, DEEP)
    s.disc(*middle, 14, SUN)
    s.line([(200, 520), (372, 620)], 16, DEEP)
    s.ring(190, 514, 84, 20, RUST)
    for angle in (20, 140, 260):
        s.line([(190, 514), (190 + 84 * cos(radians(angle)), 514 + 84 * sin(radians(angle)))], 13, RUST)
    s.disc(190, 514, 20, INK)
    s.disc(254, 460, 22, INK)
    s.shape([(610, 616), (980, 616), (946, 720), (644, 720)], PAPER)
    s.shape([(620, 616), (970, 616), (964, 640), (626, 640)], AMBER)
    s.box(592, 598, 406, 26, GREY, 13)
    for x in (840, 890, 940):
        s.line(curve((x, 566), (x - 24, 526), (x + 24, 496), (x, 456)), 10, PAPER)
    for x in (672, 918):
        s.disc(x, 742, 24, INK)


def snow_plough(s: Sheet) -> None:
    s.shape([(0, 330), (380, 240), (800, 330), (1200, 250), (1200, 800), (0, 800)], PAPER)
    for x, base, size in ((120, 350, 120), (250, 320, 90), (1010, 330, 130), (1120, 350, 100), (900, 310, 80)):
        for at in range(3):
            wide, low = size * (0.42 + at * 0.12), base - size * (1 - at * 0.36)
            s.shape([(x, low - size * 0.62), (x - wide, low), (x + wide, low)], MOSS)
        s.box(x - 8, base - size * 0.3, 16, size * 0.42, BARK)
    s.shape([(420, 320), (500, 320), (1010, 800), (130, 800)], STONE)
    s.shape([(410, 320), (424, 320), (150, 800), (60, 800)], ICE)
    s.shape([(496, 320), (512, 320), (1090, 800), (1000, 800)], ICE)
    s.box(622, 176, 176, 14, DEEP, 4)
    for x in (630, 780):
        s.box(x, 186, 10, 144, DEEP)
    s.box(640, 196, 140, 92, ICE)
    s.box(652, 296, 116, 14, WOOD)
    s.box(828, 200, 10, 130, INK)
    s.disc(833, 192, 30, WATER)
    s.box(400, 400, 300, 210, RUST, 24)
    s.box(436, 426, 228, 96, ICE, 10)
    s.box(544, 426, 12, 96, RUST)
    s.box(524, 376, 52, 30, AMBER, 12)
    for x in (440, 660):
        s.disc(x, 560, 20, SUN)
    for x in (410, 620):
        s.box(x, 596, 76, 62, INK, 14)
    s.shape([(330, 620), (770, 660), (800, 740), (300, 700)], DEEP)
    s.shape([(330, 620), (770, 660), (774, 676), (326, 636)], WATER)
    for x, y, r in ((830, 730, 60), (900, 760, 76), (790, 690, 36), (960, 720, 40)):
        s.disc(x, y, r, PAPER)
    for x, y in ((80, 90), (250, 150), (460, 70), (620, 120), (830, 80), (1000, 130), (1130, 60), (350, 40), (720, 30)):
        s.disc(x, y, 9, PAPER)
