"""Draw the pictures of the invented examples: `python tools/pictures.py` writes them into ideas/media/.

Drawn rather than photographed, so that they are small, have no rights to ask for and show no persons.
The same code gives the same bytes with the same version of Pillow.
"""

from __future__ import annotations

from pathlib import Path

import scenes_of_cases
import scenes_of_events
import scenes_of_ideas
from drawing import (
    BAND,
    BLUSH,
    DEEP,
    ICE,
    LEAF,
    MIST,
    NIGHT,
    PEACH,
    WATER,
    Motif,
    Sheet,
)

MEDIA = Path(__file__).resolve().parent.parent / "ideas" / "media"

PICTURES: tuple[tuple[str, str, Motif], ...] = (
    ("fuktgivare", MIST, scenes_of_cases.damp_sensors),
    ("fuktvakt", PEACH, scenes_of_ideas.damp_guard),
    ("mobelbank", PEACH, scenes_of_cases.furniture_bank),
    ("coachen-kommer", MIST, scenes_of_cases.coach_comes),
    ("svinnvagen", LEAF, scenes_of_cases.waste_scale),
    ("nattillsyn", DEEP, scenes_of_cases.night_watch),
    ("beslut-en-sida", BAND, scenes_of_cases.one_page),
    ("idelada", PEACH, scenes_of_cases.idea_box),
    ("videolaxhjalp", DEEP, scenes_of_cases.empty_lesson),
    ("klassrumskort", LEAF, scenes_of_cases.class_card),
    ("telefonkedjan", WATER, scenes_of_cases.phone_chain),
    ("gatuvandring", LEAF, scenes_of_cases.street_walk),
    ("fritidsbussen", MIST, scenes_of_cases.youth_bus),
    ("skuggtrad", MIST, scenes_of_ideas.shade_tree),
    ("bank-i-parken", BLUSH, scenes_of_ideas.park_bench),
    ("oppna-koket", PEACH, scenes_of_ideas.open_kitchen),
    ("armatur-i-tunnel", MIST, scenes_of_ideas.tunnel_light),
    ("bygglovslots", MIST, scenes_of_ideas.permit_pilot),
    ("oppen-hall", NIGHT, scenes_of_ideas.open_hall),
    ("gryttippen", LEAF, scenes_of_ideas.tipping_pot),
    ("snoplog", MIST, scenes_of_ideas.snow_plough),
    ("mashup-2026", DEEP, scenes_of_events.mashup_stage),
    ("mashup-2027", ICE, scenes_of_events.mashup_lock),
    ("behovsverkstad", LEAF, scenes_of_events.needs_workshop),
)
"""Name of the file, colour of the ground, what is drawn."""


def main() -> None:
    MEDIA.mkdir(parents=True, exist_ok=True)
    for name, ground, motif in PICTURES:
        sheet = Sheet(ground)
        motif(sheet)
        sheet.save(MEDIA / f"{name}.webp")


if __name__ == "__main__":
    main()
