"""What stands on the pictures of the good examples."""

from __future__ import annotations

from math import cos, radians, sin

from drawing import (
    AMBER,
    BARK,
    BLUSH,
    BRICK,
    DEEP,
    DUSK,
    GREY,
    ICE,
    INK,
    MIST,
    MOSS,
    NIGHT,
    PAPER,
    PINE,
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


def damp_sensors(s: Sheet) -> None:
    s.disc(985, 170, 78, SUN)
    s.shape([(0, 400), (1200, 300), (1200, 520), (0, 520)], SAGE)
    s.box(250, 230, 700, 290, PAPER)
    s.shape([(205, 240), (330, 110), (870, 110), (995, 240)], DEEP)
    for x in (310, 430, 690, 810):
        s.box(x, 300, 84, 110, WATER)
        s.box(x + 39, 300, 6, 110, PAPER)
    s.box(556, 310, 92, 210, WOOD)
    s.disc(632, 420, 6, SUN)
    s.disc(602, 175, 38, PAPER)
    s.line([(602, 175), (602, 152)], 6, INK)
    s.line([(602, 175), (617, 183)], 6, INK)
    s.box(0, 520, 1200, 70, STONE)
    s.box(0, 590, 1200, 210, WOOD)
    s.box(0, 690, 1200, 110, BARK)
    for x in (330, 465, 600, 900):
        s.box(x - 30, 540, 60, 30, DEEP, 15)
        s.disc(x + 14, 555, 6, MIST)
    for radius in (62, 96, 130):
        s.arc(770, 555, radius, 226, 314, 12, RUST)
    s.box(732, 536, 76, 38, RUST, 19)
    s.disc(788, 555, 8, PAPER)
    drop(s, 770, 700, 46, MIST)


def furniture_bank(s: Sheet) -> None:
    s.box(0, 600, 1200, 200, SAND)
    s.box(0, 600, 1200, 12, STONE)
    s.arc(420, 392, 280, -62, 222, 34, MOSS)
    tip = (420 + 280 * cos(radians(-62)), 392 + 280 * sin(radians(-62)))
    s.shape([(tip[0] + x, tip[1] + y) for x, y in turned([(0, -66), (0, 66), (-104, 0)], (0, 0), 28)], MOSS)
    chair(s, 420, 644, 176, WATER)
    s.box(760, 420, 350, 28, WOOD, 6)
    for x in (786, 1060):
        s.box(x, 448, 24, 192, WOOD)
    s.box(940, 448, 120, 84, AMBER)
    s.disc(1000, 490, 9, BARK)
    s.line([(840, 418), (840, 300), (910, 236)], 14, DEEP)
    s.disc(840, 414, 42, DEEP, 0.22)
    s.shape([(872, 250), (938, 180), (984, 284), (926, 312)], RUST)


def coach_comes(s: Sheet) -> None:
    s.disc(880, 230, 96, SUN)
    s.shape([(0, 420), (1200, 250), (1200, 640), (0, 640)], WATER)
    s.shape([(0, 560), (520, 420), (1200, 560), (1200, 660), (0, 660)], MOSS)
    s.box(0, 640, 1200, 160, SAND)
    for x in range(40, 1200, 140):
        s.box(x, 440, 22, 220, BARK)
    for y in (478, 556):
        s.box(0, y, 1200, 20, WOOD)
    left, right, crank, seat, head = (430, 590), (800, 590), (590, 590), (540, 415), (742, 420)
    for x, y in (left, right):
        s.ring(x, y, 112, 15, INK)
        s.disc(x, y, 12, INK)
    for start, end in ((left, crank), (left, seat), (crank, seat), (crank, head), (seat, head), (head, right)):
        s.line([start, end], 15, PAPER)
    s.line([seat, (528, 378)], 15, PAPER)
    s.line([(742, 384), (800, 384)], 10, INK)
    s.line([(486, 372), (572, 372)], 22, INK)
    s.line([head, (728, 356), (690, 346)], 14, INK)
    s.disc(*crank, 28, RUST)
    s.line([crank, (606, 640), (636, 640)], 11, INK)
    s.shape([(758, 348), (904, 348), (884, 446), (776, 446)], AMBER)
    for x in (790, 830, 870):
        s.line([(x, 356), (x - (830 - x) * -0.12, 438)], 5, WOOD)
    s.box(752, 338, 158, 18, WOOD, 9)


def waste_scale(s: Sheet) -> None:
    s.box(0, 560, 1200, 240, WATER)
    s.box(0, 560, 1200, 20, DEEP)
    s.box(690, 90, 410, 300, WOOD, 10)
    s.box(712, 112, 366, 256, DEEP)
    s.line(curve((842, 160), (790, 190), (776, 240), (778, 284)), 26, PAPER)
    s.ring(826, 284, 48, 26, PAPER)
    s.arc(966, 200, 40, 200, 450, 26, PAPER)
    s.arc(966, 286, 46, 270, 520, 26, PAPER)
    s.line([(880, 390), (860, 560)], 16, WOOD)
    s.line([(910, 390), (930, 560)], 16, WOOD)
    s.shape([(190, 660), (230, 500), (570, 500), (610, 660)], PAPER)
    s.box(170, 650, 460, 46, STONE, 12)
    s.disc(400, 582, 66, ICE)
    for angle in range(200, 341, 28):
        x, y = cos(radians(angle)), sin(radians(angle))
        s.line([(400 + 50 * x, 590 + 50 * y), (400 + 58 * x, 590 + 58 * y)], 5, INK)
    s.line([(400, 596), (426, 552)], 9, RUST)
    s.disc(400, 596, 10, RUST)
    s.box(376, 440, 48, 66, STONE)
    s.box(170, 424, 460, 26, STONE, 13)
    s.disc(400, 408, 190, PAPER, 0.2)
    s.disc(400, 402, 140, ICE, 0.17)
    s.disc(350, 392, 44, AMBER, 0.6)
    s.disc(430, 396, 36, RUST, 0.55)
    leaf = curve((450, 392), (470, 340), (520, 340), (520, 340))
    s.shape([*leaf, *curve((520, 340), (520, 380), (480, 400), (450, 392))], MOSS)


def night_watch(s: Sheet) -> None:
    s.box(0, 610, 1200, 190, NIGHT)
    s.box(150, 110, 330, 330, WATER)
    s.disc(398, 194, 48, SUN)
    s.disc(420, 180, 42, WATER)
    for x, y in ((210, 180), (250, 340), (430, 380), (196, 400), (262, 226), (372, 326)):
        s.disc(x, y, 6, PAPER)
    s.box(306, 110, 16, 330, DEEP)
    s.box(150, 268, 330, 14, DEEP)
    s.shape([(166, 610), (640, 610), (800, 760), (326, 760)], DUSK)
    s.box(430, 520, 640, 110, WOOD, 12)
    s.box(1034, 400, 44, 290, BARK, 10)
    s.box(430, 470, 34, 220, BARK, 10)
    s.box(460, 486, 580, 70, PAPER, 24)
    s.box(900, 440, 130, 66, ICE, 30)
    blanket = curve((452, 500), (500, 430), (640, 420), (720, 450))
    blanket += curve((720, 450), (790, 474), (840, 480), (870, 484))
    s.shape([(452, 580), *blanket, (870, 580)], MIST)
    s.box(452, 556, 420, 40, MIST)
    s.box(820, 480, 52, 116, PAPER)
    s.box(770, 168, 70, 46, PAPER, 12)
    s.disc(818, 191, 13, SUN)
    s.disc(790, 191, 9, DEEP)
    for radius in (40, 62):
        s.arc(818, 191, radius, -38, 38, 6, SUN)


def one_page(s: Sheet) -> None:
    s.box(0, 640, 1200, 160, AMBER)
    s.box(0, 640, 1200, 14, WOOD)
    for at in range(15):
        s.box(640 + (at * 37 % 23) - 11, 616 - at * 24, 400, 24, (STONE, PAPER, SAND)[at % 3], 3)
    sheet = turned(corners(250, 130, 380, 530), (440, 395), -5)
    s.shape([(x + 18, y + 14) for x, y in sheet], MIST)
    s.shape(sheet, PAPER)
    s.line(turned([(322, 252), (368, 300), (462, 196)], (440, 395), -5), 34, MOSS)
    for y, end in ((372, 570), (424, 540), (476, 560), (560, 470)):
        s.line(turned([(312, y), (end, y)], (440, 395), -5), 18, INK if y == 372 else STONE)


def idea_box(s: Sheet) -> None:
    s.box(0, 600, 1200, 200, BLUSH)
    behind = ((300, 226, -24, PAPER), (600, 214, 21, SUN), (450, 170, 5, PAPER))
    for x, y, degrees, colour in (*behind, (380, 262, 13, SUN), (540, 272, -15, PAPER)):
        note = turned(corners(x - 66, y - 76, 132, 152), (x, y), degrees)
        s.shape([(a + 6, b + 6) for a, b in note], BLUSH)
        s.shape(note, colour)
        for off in (-34, -6, 22):
            s.line(turned([(x - 40, y + off), (x + 36, y + off)], (x, y), degrees), 7, STONE)
    s.shape([(230, 320), (670, 320), (640, 690), (260, 690)], RUST)
    s.box(204, 296, 492, 54, BRICK, 8)
    s.box(330, 314, 240, 18, INK, 9)
    s.disc(450, 478, 70, SUN)
    s.shape([(414, 520), (486, 520), (478, 560), (422, 560)], SUN)
    s.box(420, 562, 60, 14, PAPER, 7)
    s.box(428, 582, 44, 14, PAPER, 7)
    for x, y, degrees in ((180, 690, -12), (770, 720, 16), (690, 660, 40), (100, 640, 30)):
        s.shape(turned(corners(x - 60, y - 26, 120, 52), (x, y), degrees), PAPER)
        s.line(turned([(x - 34, y), (x + 30, y)], (x, y), degrees), 6, STONE)
    chair(s, 960, 690, 130, WOOD, -1)


def empty_lesson(s: Sheet) -> None:
    s.box(0, 590, 1200, 210, INK)
    s.box(790, 80, 250, 270, NIGHT)
    s.disc(960, 160, 34, SUN)
    s.disc(978, 150, 30, NIGHT)
    s.box(907, 80, 14, 270, DEEP)
    s.shape([(330, 480), (700, 480), (1000, 800), (40, 800)], NIGHT)
    s.box(120, 500, 800, 34, WOOD, 6)
    for x in (150, 860):
        s.box(x, 534, 28, 230, BARK)
    s.box(330, 240, 370, 236, GREY, 14)
    s.box(348, 258, 334, 200, MIST)
    s.disc(515, 338, 44, WATER)
    s.shape(bow(515, 458, 84, 180, 360, 0.86), WATER)
    s.box(364, 272, 96, 66, PAPER, 6)
    s.line([(380, 294), (440, 294)], 7, STONE)
    s.line([(380, 316), (420, 316)], 7, STONE)
    s.shape([(300, 476), (730, 476), (756, 502), (274, 502)], STONE)
    for y, colour in ((478, RUST), (456, MOSS), (434, SUN)):
        s.box(760, y, 120, 22, colour, 3)
    s.box(420, 590, 200, 170, RUST, 26)
    s.box(500, 740, 40, 60, BRICK)
    s.box(452, 622, 136, 24, BRICK, 12)


def class_card(s: Sheet) -> None:
    s.box(0, 690, 1200, 110, AMBER)
    s.box(0, 676, 1200, 18, WOOD)
    s.box(150, 70, 420, 620, PAPER)
    s.box(176, 96, 368, 594, MOSS)
    s.box(226, 150, 268, 210, ICE)
    s.shape([(226, 290), (340, 150), (400, 150), (226, 360)], PAPER)
    s.disc(500, 440, 20, SUN)
    s.box(226, 420, 210, 200, PINE)
    s.disc(826, 120, 17, DEEP)
    s.line([(826, 120), (734, 226)], 7, DEEP)
    s.line([(826, 120), (918, 226)], 7, DEEP)
    s.box(668, 228, 336, 400, SAGE, 16)
    s.box(654, 214, 336, 400, PAPER, 16)
    for y, colour in ((240, SUN), (362, MIST), (484, BLUSH)):
        s.box(680, y, 284, 106, colour, 10)
        s.line([(750, y + 40), (930, y + 40)], 10, PAPER)
        s.line([(750, y + 68), (880, y + 68)], 10, PAPER)
    s.disc(714, 293, 20, AMBER)
    s.disc(714, 406, 13, WATER)
    s.shape(bow(714, 442, 24, 180, 360), WATER)
    s.disc(707, 531, 12, RUST)
    s.disc(725, 531, 12, RUST)
    s.shape([(696, 537), (736, 537), (716, 562)], RUST)


def phone_chain(s: Sheet) -> None:
    s.shape([(0, 470), (600, 380), (1200, 470), (1200, 800), (0, 800)], NIGHT)
    s.box(0, 600, 1200, 200, DEEP)
    s.disc(1040, 150, 62, SUN)
    houses = ((120, 230, 210, BLUSH, RUST), (480, 240, 260, SAND, WOOD), (850, 230, 210, MIST, DEEP))
    for x, width, height, wall, roof in houses:
        top = 620 - height
        s.box(x, top, width, height, wall)
        s.shape([(x - 28, top + 4), (x + width / 2, top - 120), (x + width + 28, top + 4)], roof)
        s.box(x + 34, top + 50, 66, 72, SUN)
        s.box(x + 64, top + 50, 6, 72, wall)
        s.box(x + width - 96, top + 66, 62, height - 66, roof)
    s.line(curve((198, 748), (230, 780), (250, 720), (290, 700)), 10, PAPER)
    for x in (290, 338, 386, 434, 482, 530, 578, 626, 674, 722, 770, 818, 866):
        s.ring(x + 24, 700, 26, 9, PAPER)
    s.line(curve((914, 700), (950, 720), (970, 780), (1002, 748)), 10, PAPER)
    for x in (126, 1074):
        s.line(bow(x, 740, 78, 205, 335), 36, AMBER)
        for at in (-72, 72):
            s.box(x + at - 34, 700, 68, 54, AMBER, 20)
            s.box(x + at - 34, 740, 68, 18, WOOD, 9)


def street_walk(s: Sheet) -> None:
    s.shape([(0, 0), (420, 0), (0, 330)], SAGE)
    s.shape([(1200, 800), (1200, 430), (700, 800)], SAGE)
    s.shape([(760, 0), (1200, 0), (1200, 210)], MIST)
    way = curve((190, 660), (520, 760), (330, 420), (610, 420)) + curve((610, 420), (900, 420), (700, 190), (1000, 190))
    s.line(way, 74, SAND)
    for at in range(3, len(way) - 3, 6):
        s.line([way[at], way[at + 2]], 8, WOOD)
    s.box(90, 520, 170, 130, PAPER)
    s.shape([(66, 526), (175, 430), (284, 526)], RUST)
    s.box(150, 576, 50, 74, WOOD)
    s.box(900, 90, 230, 140, PAPER)
    s.shape([(880, 96), (920, 40), (1110, 40), (1150, 96)], DEEP)
    for x in (924, 986, 1060):
        s.box(x, 124, 40, 48, WATER)
    for x, y, r in ((330, 240, 58), (420, 300, 40), (820, 610, 62), (930, 560, 44), (980, 660, 50), (560, 210, 46)):
        s.disc(x, y, r, MOSS)
    for x, y, colour in ((396, 520, RUST), (610, 392, WATER), (792, 300, AMBER)):
        s.disc(x, y + 6, 34, STONE, 0.3)
        s.shape([(x - 50, y - 96), (x + 50, y - 96), (x, y + 6)], colour)
        s.disc(x, y - 116, 56, colour)
        s.disc(x, y - 116, 23, PAPER)


def youth_bus(s: Sheet) -> None:
    s.box(0, 620, 1200, 180, STONE)
    s.shape([(0, 400), (260, 300), (560, 420), (900, 280), (1200, 380), (1200, 620), (0, 620)], SAGE)
    s.disc(1020, 140, 70, SUN)
    s.box(140, 260, 800, 350, WATER, 44)
    s.box(140, 470, 800, 140, DEEP, 30)
    s.box(140, 462, 800, 60, DEEP)
    for x in (190, 330, 710):
        s.box(x, 310, 120, 116, ICE, 14)
    s.box(850, 310, 90, 150, ICE, 14)
    s.box(500, 318, 160, 292, SUN, 8)
    s.box(574, 318, 12, 292, AMBER)
    s.shape([(440, 300), (720, 300), (770, 400), (390, 400)], PAPER)
    for at in range(0, 5, 2):
        left = 440 + at * 56
        low = 390 + at * 76
        s.shape([(left, 300), (left + 56, 300), (low + 76, 400), (low, 400)], RUST)
    for x in (290, 790):
        s.disc(x, 612, 68, INK)
        s.disc(x, 612, 28, STONE)
    s.disc(918, 540, 18, SUN)
    ball(s, 1040, 700, 60, AMBER)
    for x in (470, 620):
        s.box(x, 690, 100, 20, WOOD, 8)
        for leg in (14, 76):
            s.box(x + leg, 706, 12, 60, BARK)
