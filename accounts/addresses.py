"""The same page in another language, and which pages are ours."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme


def language_of(path: str) -> str:
    """Return the language that a page's address is written in."""
    return translation.get_language_from_path(path) or settings.LANGUAGE_CODE


def in_language(url: str, language: str) -> str:
    """Return the page's address in `language`, or `url` itself when there is no such page."""
    with translation.override(language_of(urlsplit(url).path)):  # addresses resolve under their own language
        return translate_url(url, language)


def welcome_before(wanted: str) -> str:
    """Return the address of the welcome, which leads on to `wanted` (empty: home)."""
    query = f"?{urlencode({'next': wanted})}" if wanted else ""
    return reverse("accounts:welcome", kwargs={"step": "language"}) + query


def page_after(request: HttpRequest) -> str:
    """Return the `next` that the request names when it is a page of this site, else an empty string."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if ours and "/" in target else ""  # without one, `redirect` takes it for the name of a route
