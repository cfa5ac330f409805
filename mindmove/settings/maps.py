"""The one host beside our own that a page may ask: that of map tiles, when the operator names it."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def tile_host(template: str) -> str:
    """Return the origin of the tiles' address. Raises ImproperlyConfigured unless it is one of tiles, over https."""
    parts = urlsplit(template)
    is_whole = (
        parts.scheme == "https" and parts.hostname and all(blank in parts.path for blank in ("{z}", "{x}", "{y}"))
    )
    if not is_whole or "{" in parts.netloc or "@" in parts.netloc:
        raise ImproperlyConfigured("MAP_TILES is an https address of one host with {z}, {x} and {y} in its path.")
    return f"https://{parts.netloc}"
