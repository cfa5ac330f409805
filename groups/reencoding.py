"""Pictures made anew from what was sent: pixels alone, bounded in bytes, pixels, time and memory. No ORM.

What a file is, its content says; its name is not asked. Nothing but pixels goes over: no place, no camera, no comment,
no colour profile, nothing that stands behind the picture in the same file.
"""

from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext_lazy as _
from PIL import Image

from core.errors import InvalidInput, Text

MOST_BYTES = 10 * 1024 * 1024
# What 200 MB of memory hold: a plain JPEG is read at a fraction of its size, a WebP takes four copies of itself.
MOST_PIXELS = {"JPEG": 50_000_000, "MPO": 50_000_000, "PNG": 16_000_000, "WEBP": 9_000_000}
MOST_PIXELS_IN_PASSES = 16_000_000  # a progressive JPEG is held as a whole
LONGEST_SIDE = 16_383  # of a WebP; beyond it a strip, not a picture
LONG_SIDE, SMALL_SIDE = 1600, 480
CONTENT_TYPE, SUFFIX = "image/webp", ".webp"
_FORMATS = ("JPEG", "PNG", "WEBP")
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: [Image.Transpose.FLIP_LEFT_RIGHT],
    3: [Image.Transpose.ROTATE_180],
    4: [Image.Transpose.FLIP_TOP_BOTTOM],
    5: [Image.Transpose.TRANSPOSE],
    6: [Image.Transpose.ROTATE_270],
    7: [Image.Transpose.TRANSVERSE],
    8: [Image.Transpose.ROTATE_90],
}

_WORDS: dict[str, Text] = {
    "picture_empty": _("This file is empty."),
    "picture_large": _("This picture is larger than 10 MB. A smaller version will do."),
    "picture_unreadable": _("This is no JPEG, PNG or WebP picture that can be read."),
    "picture_wide": _("This picture has more points than can be shown. A smaller version will do."),
    "picture_moves": _("This picture moves. A still one, please."),
}


class Refused(InvalidInput):
    """What was sent cannot become a picture here. `code` is one of `_WORDS`."""

    def __init__(self, code: str, *, field: str = "picture") -> None:
        super().__init__(code, _WORDS[code], field=field)


@dataclass(frozen=True)
class Renditions:
    """One picture in two sizes, each a file of its own; `size` is the large one's width and height."""

    size: tuple[int, int]
    large: bytes
    small: bytes


def reencode(data: bytes) -> Renditions:
    """Return the picture in `data`, upright and made anew. Raises Refused."""
    if not data:
        raise Refused("picture_empty")
    if len(data) > MOST_BYTES:
        raise Refused("picture_large")
    try:
        picture = _pixels(data)
    except Refused:
        raise
    except Exception as error:
        raise Refused("picture_unreadable") from error
    size, large = picture.size, _file(picture)
    picture.thumbnail((SMALL_SIDE, SMALL_SIDE))
    return Renditions(size, large, _file(picture))


def _pixels(data: bytes) -> Image.Image:
    """Return nothing but the pixels, upright, on white where they were transparent."""
    if not _looks_like_a_picture(data):
        raise Refused("picture_unreadable")
    with Image.open(BytesIO(data), formats=_FORMATS) as sent:
        _require_bounded(sent)
        turns = _UPRIGHT.get(_orientation(sent), [])
        sent.draft("RGB", (LONG_SIDE, LONG_SIDE))
        sent.thumbnail((LONG_SIDE, LONG_SIDE))
        clear = sent.convert("RGBA") if sent.has_transparency_data else None
        clean = Image.new("RGB", sent.size, "white")
        clean.paste(clear or sent.convert("RGB"), mask=clear)
    for turn in turns:
        clean = clean.transpose(turn)
    return clean


def _looks_like_a_picture(data: bytes) -> bool:
    """Whether it begins as one of the formats does, so that no other reader is ever asked."""
    return data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def _require_bounded(sent: Image.Image) -> None:
    """Ask what the head of the file says, before anything of its size is held in memory."""
    most = MOST_PIXELS_IN_PASSES if sent.info.get("progressive") else MOST_PIXELS[sent.format or ""]
    if max(sent.size) > LONGEST_SIDE or sent.width * sent.height > most:
        raise Refused("picture_wide")
    if sent.format in {"PNG", "WEBP"} and getattr(sent, "is_animated", False):
        raise Refused("picture_moves")


def _orientation(sent: Image.Image) -> int:
    """Return how the camera was held, 1 (upright) when what it wrote makes no sense."""
    try:
        return int(sent.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - as above; a picture lying on its side is better than none
        return 1


def _file(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "WEBP", quality=80, method=2)
    return out.getvalue()
