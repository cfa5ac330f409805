"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url

NAMES_IN_THEIR_OWN = [("en", "English"), ("zh-hans", "中文")]
OPEN_GRAPH_LOCALES = {"en": "en_US", "zh-hans": "zh_CN"}


def site(request: HttpRequest) -> dict[str, object]:
    """Return the site's name, this page's address in each language, whether it may be found, and whether tools are on.

    Of `language_urls`, `url` leads to this page as it is asked for; `address` is whole and without the query.
    """
    full, origin = request.get_full_path(), settings.SITE_ORIGIN
    pages = [
        {
            "code": code,
            "name": name,
            "url": translate_url(full, code),
            "address": f"{origin}{translate_url(request.path, code)}",
            "locale": OPEN_GRAPH_LOCALES[code],
        }
        for code, name in NAMES_IN_THEIR_OWN
    ]
    return {
        "site_name": settings.SITE_NAME,
        "site_origin": origin,
        "devtools": settings.DEVTOOLS,
        "language_urls": pages,
        "is_findable": getattr(getattr(request.resolver_match, "func", None), "is_findable", False),
    }
