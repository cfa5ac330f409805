"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url


def site(request: HttpRequest) -> dict[str, object]:
    """Return the site's name, this page's address in each language, and whether tools are on."""
    path = request.get_full_path()
    return {
        "site_name": settings.SITE_NAME,
        "site_origin": settings.SITE_ORIGIN,
        "devtools": settings.DEVTOOLS,
        "language_urls": [
            {"code": code, "name": name, "url": translate_url(path, code)} for code, name in NAMES_IN_THEIR_OWN
        ],
    }


NAMES_IN_THEIR_OWN = [("en", "English"), ("zh-hans", "中文")]
