"""The admin's own look (django-unfold) and its own, narrow policy for what a page may load."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

# Alpine, which django-unfold runs on, compiles its attributes with `new Function`, and its templates set a few
# widths in `style` attributes. Both are granted here and on no other page; inline scripts stay forbidden.
ADMIN_CSP: dict[str, Any] = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE, CSP.UNSAFE_EVAL],
    "style-src": [CSP.SELF, CSP.NONCE],
    "style-src-attr": [CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
}

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "MindMove",
    "SITE_HEADER": "MindMove",
    "SITE_SUBHEADER": _("Behind the scenes"),
    "SITE_SYMBOL": "nature",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda _request: static("img/mark.svg")}],
    "SHOW_LANGUAGES": True,
    "LANGUAGES": {"action": lambda _request: reverse("accounts:language")},
    "SHOW_HISTORY": True,
    "SHOW_BACK_BUTTON": True,
    "DASHBOARD_CALLBACK": "mindmove.admin_front.dashboard",
    "SIDEBAR": {"show_search": True, "show_all_applications": False},
    # Colours stand in a stylesheet, since the theme would put them in an inline one.
    "COLORS": lambda _request: {},
    "STYLES": [lambda _request: static("css/admin.css")],
}
