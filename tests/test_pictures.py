"""Pictures are judged by what they hold: what is harmless, small enough and silent about its place is published."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from conftest import run_cli
from idesluss import pictures
from idesluss.examine import Examined, examine
from idesluss.geotag import has_location
from idesluss.translate import render

IDEA = """\
---
title: Fuktvakt
unit: fastighet
{front}---

## Problem

{body}
"""
UNIT = "---\ntitle: Fastighet\ntype: unit\n---\n"
EVENT = "---\ntitle: Mashup\ntype: mashup\ndate: 2026-05-05\n{front}---\n"
GPS_TAG = 0x8825
PLACE = {1: "N", 2: (56.0, 2.0, 0.0), 3: "E", 4: (12.0, 42.0, 0.0)}
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description exif:GPSLatitude="56,2.7N"/></x:xmpmeta>'


def drawn(kind: str = "PNG", size: tuple[int, int] = (6, 4), **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind, **more)
    return out.getvalue()


def exif(gps: Mapping[int, Any] = PLACE) -> Image.Exif:
    made = Image.Exif()
    made[0x0110] = "En telefon"
    made.get_ifd(GPS_TAG).update(gps)
    return made


def png_with(*chunks: tuple[bytes, bytes]) -> bytes:
    """A picture with these chunks behind its last one, where PNG allows notes."""
    whole = drawn()
    tail = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return whole[:-12] + tail + whole[-12:]


def huge_png(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header says that it is very large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


RAW_PROFILE = b"Raw profile type exif\0\0" + zlib.compress(b"\nexif\n%8d\n" % 90 + exif().tobytes().hex().encode())
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><script>alert(1)</script>"
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def media(instance: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Examined]:
    """Put files into ideas/media/ and examine an instance whose one idea has this front matter and body."""
    monkeypatch.setenv("IDESLUSS_CACHE", str(tmp_path / "cache"))

    def look(files: Mapping[str, bytes], body: str = "Fukt.", front: str = "", event: str = "") -> Examined:
        written: dict[str, str | bytes] = {f"ideas/media/{name}": data for name, data in files.items()}
        written |= {"ideas/2026/fuktvakt.md": IDEA.format(front=front, body=body), "ideas/units/fastighet.md": UNIT}
        if event:
            written["ideas/events/mashup.md"] = EVENT.format(front=event)
        return examine(instance(written))

    return look


def told(examined: Examined) -> list[tuple[str, int, int, str]]:
    return [(problem.path.rpartition("/")[2], *problem.place, problem.code) for problem in examined.problems]


def named(name: str) -> dict[str, str]:
    return {"front": f"image: {{file: {name}, alt: En sensor}}\n"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", drawn("PNG")),
        ("a.jpg", drawn("JPEG")),
        ("a.jpeg", drawn("JPEG")),
        ("a.webp", drawn("WEBP")),
        ("a.avif", drawn("AVIF")),
        ("A.PNG", drawn("PNG")),
        ("2026/tak/a.png", drawn("PNG")),
        ("a.jpg", drawn("JPEG", exif=exif({0: b"\2\3\0\0", 29: "2026:01:01"}))),  # GPS fields, but no place
        ("a.png", png_with((b"tEXt", b"Comment\0taken without gps"))),
    ],
)
def test_a_good_picture_has_no_fault(media: Callable[..., Examined], name: str, data: bytes) -> None:
    assert told(media({name: data}, **named(name))) == []


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.svg", SVG, "picture-type"),
        ("a.png", SVG, "picture-type"),
        ("a.png", HTML, "picture-type"),
        ("a.png", b"\xef\xbb\xbf <!-- x --> <svg>", "picture-type"),
        ("a.png", b"", "picture-type"),
        ("a.png", b"\x89PNG\r\n\x1a\n and then nothing of a picture", "picture-type"),
        ("a.gif", drawn("GIF"), "picture-type"),
        ("a.tiff", drawn("TIFF"), "picture-type"),
        ("a.bmp", drawn("BMP"), "picture-type"),
        ("a.pdf", PDF, "picture-type"),
        ("a.html", drawn("PNG"), "picture-type"),  # a host would send it as a page
        ("a.jpg", drawn("PNG"), "picture-type"),
        ("a", drawn("PNG"), "picture-type"),
        ("a.png", drawn("PNG") + bytes(pictures.BYTES), "picture-large"),
        ("a.png", huge_png(8_000, 6_000), "picture-large"),
        ("a.png", huge_png(200_000, 200_000), "picture-large"),
        ("a.jpg", drawn("JPEG", exif=exif()), "picture-location"),
        ("a.jpg", drawn("JPEG", exif=exif({4: (12.0, 42.0, 0.0)})), "picture-location"),
        ("a.jpg", drawn("JPEG", xmp=XMP), "picture-location"),
        ("a.jpg", drawn("JPEG") + b"ftypmp42\xa9xyz\x00\x12\x15\xc7+56.04+012.69/", "picture-location"),
        ("a.png", drawn("PNG", exif=exif()), "picture-location"),
        ("a.png", png_with((b"eXIf", exif().tobytes()[6:])), "picture-location"),
        ("a.png", png_with((b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP)), "picture-location"),
        ("a.png", png_with((b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(XMP))), "picture-location"),
        ("a.png", png_with((b"zTXt", RAW_PROFILE)), "picture-location"),
        ("a.webp", drawn("WEBP", exif=exif()), "picture-location"),
        ("a.webp", drawn("WEBP", xmp=XMP), "picture-location"),
        ("a.avif", drawn("AVIF", exif=exif()), "picture-location"),
        ("a.avif", drawn("AVIF", xmp=XMP), "picture-location"),
    ],
)
@pytest.mark.parametrize("where", ["field", "prose"])
def test_a_bad_picture_is_told_of_and_not_published(
    media: Callable[..., Examined], name: str, data: bytes, code: str, where: str
) -> None:
    use = named(name) if where == "field" else {"body": f"Fukt. ![En sensor](../media/{name})"}
    examined = media({name: data}, **use)
    assert told(examined) == [("fuktvakt.md", *((4, 15) if where == "field" else (8, 7)), code)]
    assert examined.catalogue is not None
    assert not pictures.usable(examined.catalogue.root, name)
    assert "fuktvakt" in examined.catalogue.entries


def test_the_settings_say_how_large_a_picture_may_be(media: Callable[..., Examined], tmp_path: Path) -> None:
    examined = media({"a.png": drawn() + bytes(2_000)}, **named("a.png"))
    assert told(examined) == []
    settings = tmp_path / "instance" / "idesluss.yml"
    settings.write_text(f"{settings.read_text('utf-8')}picture_bytes: 1500\n", "utf-8")
    assert [code for *_, code in told(examine(tmp_path / "instance"))] == ["picture-large"]


def test_a_picture_on_a_phone_with_two_pictures_in_one_file(media: Callable[..., Examined]) -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (6, 4), colour) for colour in ("white", "black")]
    frames[0].save(out, "MPO", save_all=True, append_images=frames[1:])
    assert told(media({"a.jpg": out.getvalue()}, **named("a.jpg"))) == []


def test_a_note_that_unpacks_to_very_much_is_not_unpacked_in_full() -> None:
    bomb = zlib.compress(bytes(200_000_000), 9)
    tracemalloc.start()
    assert not has_location("PNG", png_with((b"zTXt", b"x\0\0" + bomb)))
    assert tracemalloc.get_traced_memory()[1] < 30_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("cut", [9, 20, 40, 60])
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF"])
def test_a_picture_that_is_cut_off_stops_nothing(media: Callable[..., Examined], kind: str, cut: int) -> None:
    suffix = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp", "AVIF": "avif"}[kind]
    examined = media({f"a.{suffix}": drawn(kind, exif=exif())[:cut]}, **named(f"a.{suffix}"))
    assert {code for *_, code in told(examined)} <= {"picture-type", "picture-location"}


def noise(kind: str, **more: Any) -> bytes:
    """A picture of some size, which no header tells all of."""
    out = io.BytesIO()
    Image.effect_noise((160, 120), 80).convert("RGB").save(out, kind, **more)
    return out.getvalue()


CUT = [
    ("PNG", "png", {}),
    ("JPEG", "jpg", {}),
    ("JPEG", "jpg", {"progressive": True}),
    ("WEBP", "webp", {}),
    ("AVIF", "avif", {}),
]


@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
@pytest.mark.parametrize(("kind", "suffix", "more"), CUT)
def test_a_picture_that_came_in_half_is_told_of(
    media: Callable[..., Examined], kind: str, suffix: str, more: dict[str, Any], part: float
) -> None:
    whole = noise(kind, **more)
    assert told(media({f"a.{suffix}": whole}, **named(f"a.{suffix}"))) == []
    assert told(media({f"b.{suffix}": whole[: int(len(whole) * part)]}, **named(f"b.{suffix}"))) == [
        ("fuktvakt.md", 4, 15, "picture-type")
    ]


def test_a_small_picture_within_a_picture_is_not_its_end(media: Callable[..., Examined]) -> None:
    small = noise("JPEG")
    told_of_it = b"\xff\xe1" + (len(small) + 8).to_bytes(2, "big") + b"Exif\0\0" + small
    whole = noise("JPEG")
    within = whole[:2] + told_of_it + whole[2:]
    assert told(media({"a.jpg": within}, **named("a.jpg"))) == []
    assert told(media({"b.jpg": within[:-900]}, **named("b.jpg"))) == [("fuktvakt.md", 4, 15, "picture-type")]


def test_what_stands_behind_a_picture_is_no_fault(media: Callable[..., Examined]) -> None:
    files = {"a.jpg": noise("JPEG") + bytes(300_000), "b.png": noise("PNG") + bytes(300_000)}
    assert told(media(files, "![En](../media/a.jpg) ![Två](../media/b.png)")) == []


def test_a_sum_that_does_not_fit_is_told_of(media: Callable[..., Examined]) -> None:
    bad = bytearray(noise("PNG"))
    bad[len(bad) // 2] ^= 1
    assert told(media({"a.png": bytes(bad)}, **named("a.png"))) == [("fuktvakt.md", 4, 15, "picture-type")]


def test_a_document_in_the_place_of_a_picture_leaves_the_page_standing(instance: Callable[..., Path]) -> None:
    body = "![En](../media/a.pdf) Läs [mer](../media/a.pdf)."
    root = instance(
        {
            "ideas/media/a.pdf": PDF,
            "ideas/2026/fuktvakt.md": IDEA.format(front="image: {file: a.pdf, alt: En}\n", body=body),
            "ideas/units/fastighet.md": UNIT,
        }
    )
    done = run_cli("build", "--site", root / "site", root=root)
    assert done.returncode == 1
    assert done.stdout.count("picture-type]") == 2, done.stdout + done.stderr
    page = (root / "site" / "ideer" / "fuktvakt" / "index.html").read_text("utf-8")
    assert "<img" not in page.partition("<main")[2]
    assert 'href="../../media/a.pdf"' in page


@pytest.mark.parametrize(
    ("there", "written", "way_out"),
    [
        ("Stor Bild.PNG", "stor bild.png", "did you mean Stor Bild.PNG?"),
        ("ba\u030at.png", "b\u00e5t.png", "only looks the same"),
        ("helt-annan.png", "b\u00e5t.png", "put the file there"),
    ],
)
def test_a_picture_whose_name_looks_alike_is_told_with_the_difference(
    there: str, written: str, way_out: str, media: Callable[..., Examined]
) -> None:
    """In capitals, or in signs: on an older Mac an å is an a and a ring."""
    examined = media({there: drawn("PNG")}, **named(written))
    (problem,) = examined.problems
    assert way_out in render(problem.hint, "en")


def test_a_missing_picture_is_told_with_what_was_meant(media: Callable[..., Examined]) -> None:
    examined = media({"fuktvakt.webp": drawn("WEBP")}, "![En sensor](../media/Fuktvakt.webp)", **named("fuktvakt.wepb"))
    assert told(examined) == [("fuktvakt.md", 4, 15, "picture-missing"), ("fuktvakt.md", 9, 1, "picture-missing")]
    assert [problem.hint.values for problem in examined.problems] == [{"near": "fuktvakt.webp"}] * 2
    assert examined.catalogue is not None
    assert "fuktvakt" in examined.catalogue.entries


@pytest.mark.parametrize(
    "name", ["../../idesluss.yml", "/etc/passwd", "../2026/fuktvakt.md", "a/../../x.png", "..\\x.png", "./a.png"]
)
def test_a_field_cannot_lead_out_of_the_media_folder(media: Callable[..., Examined], name: str) -> None:
    examined = media({"a.png": drawn()}, front=f"image: {{file: '{name}', alt: En sensor}}\n")
    assert told(examined) == [("fuktvakt.md", 4, 15, "outside-root")]
    assert not pictures.usable(Path(), name)


@pytest.mark.parametrize(
    "target", ["../../docs/x.png", "x.png", "/etc/passwd", "../../../x.png", "%2e%2e/units/x.png", "../media"]
)
def test_a_picture_in_the_prose_cannot_lie_elsewhere(media: Callable[..., Examined], target: str) -> None:
    assert told(media({}, f"![En sensor]({target})")) == [("fuktvakt.md", 8, 1, "outside-root")]


def test_symbolic_links_are_not_followed(media: Callable[..., Examined], tmp_path: Path) -> None:
    media({"a.png": drawn(), "sub/b.png": drawn()})
    folder = tmp_path / "instance" / "ideas" / "media"
    (folder / "lank.png").symlink_to(folder / "a.png")
    (folder / "lankmapp").symlink_to(folder / "sub", target_is_directory=True)
    (folder / "sub" / "bruten.png").symlink_to("/nowhere")
    body = "![x](../media/lank.png) ![y](../media/lankmapp/b.png) ![z](../media/sub/bruten.png)"
    assert told(media({}, body)) == [
        ("fuktvakt.md", 8, 1, "outside-root"),
        ("fuktvakt.md", 8, 25, "outside-root"),
        ("fuktvakt.md", 8, 55, "outside-root"),
        ("lank.png", 0, 0, "outside-root"),
        ("lankmapp", 0, 0, "outside-root"),
        ("bruten.png", 0, 0, "outside-root"),
    ]


def test_the_media_folder_itself_is_no_symbolic_link(media: Callable[..., Examined], tmp_path: Path) -> None:
    (tmp_path / "annat").mkdir()
    (tmp_path / "annat" / "a.png").write_bytes(drawn())
    media({})
    (tmp_path / "instance" / "ideas" / "media").symlink_to(tmp_path / "annat", target_is_directory=True)
    examined = media({}, **named("a.png"))
    assert ("fuktvakt.md", 4, 15, "outside-root") in told(examined)
    assert not pictures.usable(tmp_path / "instance", "a.png")


def test_an_event_has_a_cover_and_material_which_may_be_pdf(media: Callable[..., Examined]) -> None:
    files = {"a.pdf": PDF, "b.png": drawn(), "c.svg": SVG, "d.pptx": b"PK\x03\x04", "e.png": drawn("PNG", exif=exif())}
    event = "materials: [a.pdf, b.png, c.svg, d.pptx, saknas.pdf]\nbooklet: {cover: e.png}\n"
    assert told(media(files, event=event)) == [
        ("mashup.md", 5, 27, "picture-type"),
        ("mashup.md", 5, 34, "picture-type"),
        ("mashup.md", 5, 42, "picture-missing"),
        ("mashup.md", 6, 18, "picture-location"),
    ]
    assert told(media(files, event="booklet: {cover: a.pdf}\n")) == [("mashup.md", 5, 18, "picture-type")]


def test_a_file_that_the_prose_links_to_is_looked_at_too(media: Callable[..., Examined]) -> None:
    files = {"a.pdf": PDF, "b.html": HTML}
    assert told(media(files, "Läs [mer](../media/a.pdf) och [mest](../media/b.html).")) == [
        ("fuktvakt.md", 8, 31, "picture-type")
    ]
    assert told(media({"a.pdf": PDF + bytes(pictures.BYTES)}, "Läs [mer](../media/a.pdf).")) == []
    large = {"a.pdf": PDF + bytes(pictures.DOCUMENT_BYTES)}
    assert told(media(large, "Läs [mer](../media/a.pdf).")) == [("fuktvakt.md", 8, 5, "picture-large")]


def test_a_picture_that_is_mended_is_looked_at_again(media: Callable[..., Examined]) -> None:
    assert told(media({"a.png": SVG}, **named("a.png"))) != []
    assert told(media({"a.png": drawn()}, **named("a.png"))) == []
