"""Pictures for the demo, painted here: no photograph of anybody travels with the site. Hills, one behind the other."""

import math
from io import BytesIO

from PIL import Image, ImageColor, ImageDraw

from groups.services.pictures import Sent
from library.drawing import palette

SIZE = (1200, 800)
# Sky, the sun and where it stands, then hills from far to near.
SCENES = {
    "morning": ("#f3e3cf", palette.SUN, (0.72, 0.34), (palette.RANGE, palette.MONTHS, palette.WEEKS, "#7d9c83")),
    "mist": ("#e9ecea", "#f6efe2", (0.30, 0.30), ("#d5dcdb", "#c3cfcb", "#a9bbb1", "#7f988a")),
    "evening": ("#dfe7ea", palette.DAWN, (0.22, 0.46), ("#a7bcc7", "#7f9aa3", "#5b7a72", "#2f5243")),
}


def painted(scene: str, alt: str) -> Sent:
    """Return the scene as somebody would send it, with what it shows."""
    sky, sun, (x, y), hills = SCENES[scene]
    picture = Image.new("RGB", SIZE, sky)
    draw = ImageDraw.Draw(picture)
    wide, high = SIZE
    draw.circle((x * wide, y * high), high * 0.09, fill=sun)
    for number, colour in enumerate(hills):
        ridge = [(step, _height(step / wide, number) * high) for step in range(0, wide + 1, 8)]
        draw.polygon([*ridge, (wide, high), (0, high)], fill=ImageColor.getrgb(colour))
    out = BytesIO()
    picture.save(out, "JPEG", quality=88)
    return Sent(out.getvalue(), alt)


def _height(at: float, number: int) -> float:
    """Return how far from the top the ridge of a hill is, as parts of the picture."""
    swell = math.sin(at * (3.1 + number * 1.7) + number * 2.3) * 0.07 + math.sin(at * 11 + number) * 0.012
    return 0.46 + number * 0.13 + swell
