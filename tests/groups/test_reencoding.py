"""Promise I3: pictures are told by content, made anew, stripped of place and camera, bounded in time and memory."""

import resource
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from groups.reencoding import LONG_SIDE, SMALL_SIDE, Refused, reencode
from tests.kit.samples import HOSTILE, HTML, LARGE, PLACE, photo, png, webp

ROOT = Path(__file__).parents[2]
READER = """
import os, sys, time
sys.path.insert(0, {root!r})
import django
from django.conf import settings
settings.configure(USE_I18N=False)
from groups.reencoding import Refused, reencode
data = open(sys.argv[1], "rb").read()
def most():
    return int(next(row for row in open("/proc/self/status") if row.startswith("VmHWM")).split()[1])
reencode(open(sys.argv[2], "rb").read())
before, began, said = most(), time.process_time(), "made"
try:
    reencode(data)
except Refused as refused:
    said = refused.code
print(said, round(time.process_time() - began, 3), (most() - before) // 1024)
"""
SECONDS, MEGABYTES = 1, 200


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def said_of(name: str, data: bytes, folder: Path) -> tuple[str, float, int]:
    """Re-encode in a process of its own; return the code, the seconds of work and the megabytes it grew by."""
    sent, first = folder / "sent", folder / "first"
    sent.write_bytes(data)
    first.write_bytes(png())
    command = [sys.executable, "-B", "-c", READER.format(root=str(ROOT)), str(sent), str(first)]

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # nothing is written

    ran = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60, preexec_fn=limit)
    said, took, grew = ran.stdout.split()
    return said, float(took), int(grew)


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_is_refused_in_time_and_memory(name: str, tmp_path: Path) -> None:
    make, code = HOSTILE[name]
    said, took, grew = said_of(name, make(), tmp_path)
    assert said in ({code} if code else {"made", "picture_unreadable"})
    assert took < SECONDS
    assert grew < MEGABYTES


@pytest.mark.parametrize("name", LARGE)
def test_what_is_large_is_made_in_time_and_memory(name: str, tmp_path: Path) -> None:
    said, took, grew = said_of(name, LARGE[name](), tmp_path)
    assert said == "made"
    assert took < SECONDS
    assert grew < MEGABYTES


@pytest.mark.parametrize("make", [photo, png, webp])
def test_nothing_but_pixels_goes_over(make) -> None:
    sent = make()
    assert PLACE in sent or b"zTXt" in sent or b"iTXt" in sent
    for made in (reencode(sent).large, reencode(sent).small):
        picture = opened(made)
        assert picture.format == "WEBP"
        assert PLACE not in made
        assert not picture.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(picture.info)
        assert {made[12:16]} <= {b"VP8 ", b"VP8L"}, "no container that could hold anything else"


def test_control_a_plain_copy_would_carry_the_place() -> None:
    out = BytesIO()
    picture = opened(photo())
    picture.save(out, "WEBP", exif=picture.getexif())
    assert PLACE in out.getvalue()


def test_what_stands_behind_or_within_a_picture_stays_behind() -> None:
    for sent in (photo() + HTML, png() + b"PK\x03\x04" + HTML, photo() + SVG_TAIL):
        made = reencode(sent)
        assert b"script" not in made.large + made.small


SVG_TAIL = b"<svg onload=alert(1)>"


@pytest.mark.parametrize("orientation", [1, 2, 3, 4, 5, 6, 7, 8])
def test_a_picture_stands_upright(orientation: int) -> None:
    """The left half is red as it was sent; where that is once it is turned, the orientation says."""
    picture = opened(reencode(photo((400, 200), orientation=orientation)).large).convert("RGB")
    assert picture.size == ((400, 200) if orientation < 5 else (200, 400))
    left, right, top, bottom = (50, 100), (350, 100), (100, 50), (100, 350)
    red = [left, right, right, left, top, top, bottom, bottom][orientation - 1]
    red_part, _green, blue_part = picture.getpixel(red)
    assert red_part > 180
    assert blue_part < 80


def test_an_orientation_that_means_nothing_is_none() -> None:
    assert opened(reencode(photo((400, 200), orientation=77)).large).size == (400, 200)


def test_sizes_are_bounded_and_small_pictures_stay_small() -> None:
    made = reencode(photo((3000, 1000)))
    assert max(opened(made.large).size) == LONG_SIDE
    assert max(opened(made.small).size) == SMALL_SIDE
    assert opened(reencode(png((30, 20))).large).size == (30, 20)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_of_png_is_read(mode: str) -> None:
    assert opened(reencode(png(mode=mode)).large).mode == "RGB"


def test_what_was_transparent_is_white() -> None:
    assert opened(reencode(png()).large).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_cmyk_and_what_phones_call_mpo_are_read() -> None:
    out = BytesIO()
    Image.new("CMYK", (64, 48)).save(out, "JPEG")
    assert reencode(out.getvalue())
    out = BytesIO()
    Image.new("RGB", (64, 48)).save(out, "MPO", save_all=True, append_images=[Image.new("RGB", (32, 24))])
    assert reencode(out.getvalue())


def test_a_refusal_speaks_beside_its_field() -> None:
    with pytest.raises(Refused) as refused:
        reencode(b"")
    assert (refused.value.field, str(refused.value.message)) == ("picture", "This file is empty.")
