"""Pictures as people and others send them."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO

from PIL import Image, PngImagePlugin

PLACE = b"zqplace"  # what no picture of ours may hold


def photo(size: tuple[int, int] = (640, 480), **options: object) -> bytes:
    """Return a JPEG with a place, a camera, a comment and a colour profile in it, its left half red."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x010F] = "zqplace camera"
    exif[0x9286] = "zqplace comment"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4], gps[29] = "N", (52.0, 31.0, 12.0), "E", (13.0, 24.0, 36.0), "zqplace"
    exif[0x0112] = options.pop("orientation", 1)
    out = BytesIO()
    picture.save(out, "JPEG", exif=exif.tobytes(), comment=PLACE, icc_profile=PLACE * 20, **options)
    return out.getvalue()


def png(size: tuple[int, int] = (64, 48), mode: str = "RGBA", **options: object) -> bytes:
    out, notes = BytesIO(), PngImagePlugin.PngInfo()
    notes.add_text("Location", "zqplace")
    notes.add_itxt("XML:com.adobe.xmp", "zqplace", zip=True)
    Image.new(mode, size).save(out, "PNG", pnginfo=notes, **options)
    return out.getvalue()


def webp(size: tuple[int, int] = (64, 48), **options: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size).save(out, "WEBP", exif=b"Exif\0\0" + PLACE, xmp=PLACE, icc_profile=PLACE * 20, **options)
    return out.getvalue()


def _other(form: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 48)).save(out, form)
    return out.getvalue()


def _moving(form: str) -> bytes:
    out = BytesIO()
    first, second = (Image.new("RGB", (64, 48), colour) for colour in ("red", "blue"))
    first.save(out, form, save_all=True, append_images=[second])
    return out.getvalue()


def _claiming(width: int, height: int) -> bytes:
    """Return a small PNG whose head says that it is large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(bytes(1000))) + _chunk(b"IEND")


def _chunk(name: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _with_chunk(name: bytes, body: bytes) -> bytes:
    whole = png()
    return whole[:33] + _chunk(name, body) + whole[33:]


def _bomb_of_text() -> bytes:
    return _with_chunk(b"zTXt", b"note\0\0" + zlib.compress(bytes(100_000_000)))


def _bomb_of_colours() -> bytes:
    return _with_chunk(b"iCCP", b"icc\0\0" + zlib.compress(bytes(100_000_000)))


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"

# name → how to make it, and the code it is refused with (empty: its pixels may be there all the same)
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "picture_empty"),
    "words": (lambda: b"not a picture", "picture_unreadable"),
    "svg": (lambda: SVG, "picture_unreadable"),
    "html": (lambda: HTML, "picture_unreadable"),
    "gif": (lambda: _moving("GIF"), "picture_unreadable"),
    "tiff": (lambda: _other("TIFF"), "picture_unreadable"),
    "bmp": (lambda: _other("BMP"), "picture_unreadable"),
    "postscript": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "picture_unreadable"),
    "jpeg by its first bytes alone": (lambda: b"\xff\xd8\xff" + bytes(5000), "picture_unreadable"),
    "svg behind a head of jpeg": (lambda: b"\xff\xd8\xff\xe0" + SVG, "picture_unreadable"),
    "webp by its head alone": (lambda: b"RIFF\x00\x10\x00\x00WEBPVP8 " + bytes(4000), "picture_unreadable"),
    "jpeg cut off": (lambda: photo()[:-1500], "picture_unreadable"),
    "png cut off": (lambda: png((640, 480))[:200], "picture_unreadable"),
    "png with a broken sum": (lambda: png()[:-30] + bytes(30), ""),
    "moving png": (lambda: _moving("PNG"), "picture_moves"),
    "moving webp": (lambda: _moving("WEBP"), "picture_moves"),
    "png bomb": (lambda: png((8000, 8000), "1"), "picture_wide"),
    "png that claims to be endless": (lambda: _claiming(2**31 - 1, 2**31 - 1), "picture_unreadable"),
    "png that claims to be wide": (lambda: _claiming(100_000, 100), "picture_wide"),
    "png of more than it says": (lambda: _claiming(3000, 3000), "picture_unreadable"),
    "a strip": (lambda: png((20_000, 1), "L"), "picture_wide"),
    "webp bomb": (lambda: webp((8000, 8000), lossless=True, method=0), "picture_wide"),
    "progressive bomb": (lambda: photo((8000, 8000), progressive=True), "picture_wide"),
    "jpeg bomb": (lambda: photo((12_000, 12_000), quality=1), "picture_wide"),
    "too many bytes": (lambda: photo() + bytes(10 * 1024 * 1024), "picture_large"),
    "text bomb": (_bomb_of_text, "picture_unreadable"),
    "colour bomb": (_bomb_of_colours, ""),
}

# What is large and allowed: read in bounds of time and memory.
LARGE: dict[str, Callable[[], bytes]] = {
    "photo of a phone": lambda: photo((4032, 3024), quality=90),
    "photo of a large phone": lambda: photo((8160, 6120), quality=60),
    "progressive photo": lambda: photo((4000, 4000), progressive=True, subsampling=0),
    "screenshot": lambda: png((4000, 4000)),
    "large webp": lambda: webp((3000, 3000), lossless=True, method=0),
}
