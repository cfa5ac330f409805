"""Production: refuses to start without its secrets; TLS ends at the proxy in front.

The proxy sets `X-Forwarded-Proto` itself and lets no client's through (docs/operating.md).
"""

from django.core.exceptions import ImproperlyConfigured

from mindmove.settings.base import *
from mindmove.settings.base import ALLOWED_HOSTS, EMAIL_BACKEND_PATH, SITE_ORIGIN, env
from mindmove.settings.carriers import SMTP_BACKEND
from mindmove.settings.logs import log_settings

SECRET_KEY = env.str("SECRET_KEY", default="")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5 or "development-only" in SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY to at least 50 random characters; see docs/operating.md.")
needed = ["DATABASE_URL", "REDIS_URL", "SITE_ORIGIN", *(["EMAIL_HOST"] if EMAIL_BACKEND_PATH == SMTP_BACKEND else [])]
for name in needed:
    if not env.str(name, default=""):
        raise ImproperlyConfigured(f"Set {name}; see docs/operating.md.")
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS to the names this site answers to; see docs/operating.md.")

CSRF_TRUSTED_ORIGINS = [SITE_ORIGIN]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
LOGGING = log_settings(env.str("LOG_LEVEL", default="INFO"))
