"""The admin's own look (django-unfold) and its own, narrow policy for what a page may load."""

from typing import Any

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
    "SHOW_LANGUAGES": True,
    "LANGUAGES": {"action": lambda _request: reverse("accounts:language")},
    "SHOW_HISTORY": True,
    "SHOW_BACK_BUTTON": True,
    "BORDER_RADIUS": "10px",
    "SIDEBAR": {"show_search": True, "show_all_applications": False},
    "COLORS": {
        "base": {
            "50": "oklch(0.985 0.006 95)",
            "100": "oklch(0.96 0.008 100)",
            "200": "oklch(0.90 0.01 110)",
            "300": "oklch(0.84 0.012 120)",
            "400": "oklch(0.70 0.015 130)",
            "500": "oklch(0.55 0.018 145)",
            "600": "oklch(0.46 0.02 160)",
            "700": "oklch(0.38 0.02 160)",
            "800": "oklch(0.33 0.015 160)",
            "900": "oklch(0.23 0.014 160)",
            "950": "oklch(0.19 0.012 160)",
        },
        "primary": {
            "50": "oklch(0.97 0.02 155)",
            "100": "oklch(0.94 0.035 155)",
            "200": "oklch(0.89 0.06 155)",
            "300": "oklch(0.83 0.085 155)",
            "400": "oklch(0.76 0.11 155)",
            "500": "oklch(0.62 0.11 155)",
            "600": "oklch(0.48 0.09 155)",
            "700": "oklch(0.42 0.08 155)",
            "800": "oklch(0.36 0.065 155)",
            "900": "oklch(0.31 0.05 155)",
            "950": "oklch(0.24 0.035 155)",
        },
    },
}
